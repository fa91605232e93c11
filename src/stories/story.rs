//! Which articles tell one story.
//!
//! In: the [`Signature`]s of articles. Out: groups of them. Two articles are candidates
//! where they share terms that few others have and lie a few days apart; groups grow from
//! the most alike pairs, as long as their articles are alike on average, so that a chain
//! of neighbours makes no story.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::signature::Signature;

/// Articles must be alike so much to be of one story; set on 27 stories of three outlets
/// among other articles.
const SAME_STORY: f32 = 0.30;
/// Articles without a day must be more alike.
const WITHOUT_DAY: f32 = 0.48;
/// Articles of one story are published at most so many days one after the other.
const DAYS_BETWEEN: i64 = 4;
/// A story spans no more days.
const DAYS_OF_A_STORY: i64 = 14;
/// A term that more articles of a window of days have brings no two together.
const COMMON: usize = 200;

/// The groups of articles that tell one story, each of two articles at least, by their
/// places in `signatures`. The order of articles decides nothing but which of two equally
/// alike pairs comes first, so whoever calls gives them in a fixed order.
///
/// ```
/// use reportedly::stories::{Signature, Telling, Words, stories};
///
/// let signature = |text: &str| {
///     let telling = Telling { text: text.to_owned(), ..Telling::default() };
///     Signature::new(&telling, Words::english())
/// };
/// let articles = [
///     signature("The ferry Halden sank off Tallinn. Divers searched the wreck of the ferry."),
///     signature("The central bank of Norway raised interest rates to curb inflation."),
///     signature("Divers found the wreck of the ferry Halden, which sank near Tallinn."),
/// ];
/// assert_eq!(stories(&articles), [[0, 2]]);
/// ```
pub fn stories(signatures: &[Signature]) -> Vec<Vec<usize>> {
    let mut edges = edges(signatures);
    edges.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut groups = Groups::new(signatures);
    for (_, one, other) in edges {
        groups.join(one, other);
    }
    groups.stories()
}

/// The groups that articles are in, while they grow. Most articles are alone.
struct Groups<'s> {
    signatures: &'s [Signature],
    /// The group of each article, by the place of its first.
    of: Vec<usize>,
    /// Those that were looked at, by the place of their first article.
    all: BTreeMap<usize, Group>,
}

impl<'s> Groups<'s> {
    fn new(signatures: &'s [Signature]) -> Self {
        Self { signatures, of: (0..signatures.len()).collect(), all: BTreeMap::new() }
    }

    /// Makes one group of those of two articles, if they go with each other.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of[one], self.of[other]);
        if one == other {
            return;
        }
        let (mut into, from) = (self.take(one.min(other)), self.take(one.max(other)));
        if into.goes_with(&from) {
            for &article in &from.articles {
                self.of[article] = one.min(other);
            }
            into.join(from);
        } else {
            self.all.insert(one.max(other), from);
        }
        self.all.insert(one.min(other), into);
    }

    fn take(&mut self, first: usize) -> Group {
        let kept = self.all.remove(&first);
        kept.unwrap_or_else(|| Group::of(first, &self.signatures[first]))
    }

    /// Those of two articles at least.
    fn stories(self) -> Vec<Vec<usize>> {
        let mut found: Vec<Vec<usize>> =
            self.all.into_values().map(|group| group.articles).collect();
        found.retain(|articles| articles.len() > 1);
        for articles in &mut found {
            articles.sort_unstable();
        }
        found
    }
}

/// How alike two articles must be.
fn least(one: &Signature, other: &Signature) -> f32 {
    match (one.day, other.day) {
        (Some(one), Some(other)) if days(one, other) <= DAYS_BETWEEN => SAME_STORY,
        (Some(_), Some(_)) => f32::INFINITY,
        _ => WITHOUT_DAY,
    }
}

fn days(one: Date, other: Date) -> i64 {
    let days = |date: Date| i64::from(date.year()) * 366 + i64::from(date.day_of_year());
    one.until(other)
        .map_or_else(|_| (days(one) - days(other)).abs(), |span| i64::from(span.get_days()).abs())
}

/// Pairs of articles that are alike enough to be of one story, and how alike they are.
fn edges(signatures: &[Signature]) -> Vec<(f32, usize, usize)> {
    let timeline = Timeline::of(signatures);
    (0..timeline.order.len()).flat_map(|place| timeline.edges(place)).collect()
}

/// Whether two articles are near in time; those without a day are near to all.
fn are_near(one: Option<Date>, other: Option<Date>) -> bool {
    one.zip(other).is_none_or(|(one, other)| days(one, other) <= DAYS_BETWEEN)
}

/// Articles by day.
struct Timeline<'s> {
    signatures: &'s [Signature],
    /// The articles, the earliest first. Those without a day stand before all.
    order: Vec<usize>,
    /// For each place the first behind it that is too far away.
    ends: Vec<usize>,
    /// The places of the articles that have a term, in order.
    with: HashMap<u32, Vec<u32>>,
}

impl<'s> Timeline<'s> {
    fn of(signatures: &'s [Signature]) -> Self {
        let mut order: Vec<usize> = (0..signatures.len()).collect();
        order.sort_by_key(|&article| (signatures[article].day, article));
        let mut with: HashMap<u32, Vec<u32>> = HashMap::new();
        for (place, &article) in order.iter().enumerate() {
            for (term, _) in signatures[article].terms() {
                with.entry(*term).or_default().push(place as u32);
            }
        }
        let day = |article: usize| signatures[article].day;
        let end = |(place, &one): (usize, &usize)| {
            place + order[place..].partition_point(|&other| are_near(day(one), day(other)))
        };
        let ends = order.iter().enumerate().map(end).collect();
        Self { signatures, order, ends, with }
    }

    /// The articles behind one that are alike enough.
    fn edges(&self, place: usize) -> Vec<(f32, usize, usize)> {
        let one = self.order[place];
        let mut edges = Vec::new();
        for other in self.candidates(place) {
            let (one, other) = (one.min(self.order[other]), one.max(self.order[other]));
            let (of_one, of_other) = (&self.signatures[one], &self.signatures[other]);
            let likeness = of_one.likeness(of_other);
            if likeness >= least(of_one, of_other) {
                edges.push((likeness, one, other));
            }
        }
        edges
    }

    /// The articles behind one and near to it with which it shares a term that few of
    /// these have.
    fn candidates(&self, place: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for (term, _) in self.signatures[self.order[place]].terms() {
            let behind = &self.with[term];
            let behind = &behind[behind.partition_point(|&other| other as usize <= place)..];
            let near = behind.partition_point(|&other| (other as usize) < self.ends[place]);
            if near <= COMMON {
                found.extend(behind[..near].iter().map(|&other| other as usize));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Articles of one story, while it grows.
#[derive(Default)]
struct Group {
    articles: Vec<usize>,
    /// The sum of their terms; the product of two sums over the numbers of articles is
    /// how alike they are on average.
    terms: BTreeMap<u32, f32>,
    first: Option<Date>,
    last: Option<Date>,
    has_day: bool,
}

impl Group {
    fn of(article: usize, signature: &Signature) -> Self {
        Self {
            articles: vec![article],
            terms: signature.terms().iter().copied().collect(),
            first: signature.day,
            last: signature.day,
            has_day: signature.day.is_some(),
        }
    }

    fn goes_with(&self, other: &Self) -> bool {
        let first = self.first.into_iter().chain(other.first).min();
        let last = self.last.into_iter().chain(other.last).max();
        let is_short = first.zip(last).is_none_or(|(f, l)| days(f, l) <= DAYS_OF_A_STORY);
        let least = if self.has_day && other.has_day { SAME_STORY } else { WITHOUT_DAY };
        is_short && self.likeness(other) >= 0.9 * least
    }

    /// How alike the articles of the two are on average.
    fn likeness(&self, other: &Self) -> f32 {
        // Summed in order of the terms, so that the last digits are always the same.
        let mut sum = 0.0;
        for (term, weight) in &other.terms {
            sum += self.terms.get(term).map_or(0.0, |own| own * weight);
        }
        sum / (self.articles.len() * other.articles.len()) as f32
    }

    fn join(&mut self, other: Self) {
        self.articles.extend(other.articles);
        for (term, weight) in other.terms {
            *self.terms.entry(term).or_default() += weight;
        }
        self.first = self.first.into_iter().chain(other.first).min();
        self.last = self.last.into_iter().chain(other.last).max();
        self.has_day &= other.has_day;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fmt::Write as _;

    use super::*;

    /// Signatures of a few of so many terms, on some days and without one.
    fn signatures(many: usize, terms: u32) -> Vec<Signature> {
        let mut state = 7_u32;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % below
        };
        let mut all = Vec::new();
        for _ in 0..many {
            let day = next(30);
            let mut text = if day < 28 { format!("2024-05-{:02} ", day + 1) } else { " ".into() };
            let found: BTreeSet<u32> = (0..8).map(|_| next(terms)).collect();
            for term in found {
                write!(text, "{term:08x}{:02x}", 40 + next(80)).unwrap();
            }
            all.push(Signature::from_text(&text).unwrap());
        }
        all
    }

    /// The pairs that share a term which few of the later articles of the days have, by
    /// going through all of them.
    fn all_pairs(signatures: &[Signature]) -> Vec<(f32, usize, usize)> {
        let mut order: Vec<usize> = (0..signatures.len()).collect();
        order.sort_by_key(|&article| (signatures[article].day, article));
        let has = |article: usize, term: u32| {
            signatures[article].terms().iter().any(|(other, _)| *other == term)
        };
        let mut pairs = BTreeSet::new();
        for (place, &one) in order.iter().enumerate() {
            for (term, _) in signatures[one].terms() {
                let near = order[place + 1..].iter().copied().filter(|&other| {
                    has(other, *term) && are_near(signatures[one].day, signatures[other].day)
                });
                let near: Vec<usize> = near.collect();
                if near.len() <= COMMON {
                    pairs.extend(near.iter().map(|&other| (one.min(other), one.max(other))));
                }
            }
        }
        let alike = pairs
            .into_iter()
            .map(|(one, other)| (signatures[one].likeness(&signatures[other]), one, other));
        let is_enough = |(likeness, one, other): &(f32, usize, usize)| {
            *likeness >= least(&signatures[*one], &signatures[*other])
        };
        alike.filter(is_enough).collect()
    }

    #[test]
    fn pairs_are_found_as_if_all_were_compared() {
        for (many, terms) in [(60, 30), (900, 20)] {
            let signatures = signatures(many, terms);
            let mut found = edges(&signatures);
            found.sort_by_key(|&(_, one, other)| (one, other));
            assert!(found.len() > many / 2);
            assert_eq!(found, all_pairs(&signatures));
        }
    }
}
