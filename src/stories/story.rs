//! Which articles tell one story.
//!
//! In: the [`Signature`]s of articles. Out: groups of them. Two articles are candidates
//! where they share terms that few others have and lie a few days apart; groups grow from
//! the most alike pairs, as long as their articles are alike on average, so that a chain
//! of neighbours makes no story.

use std::collections::{BTreeMap, BTreeSet};

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
    let mut edges: Vec<(f32, usize, usize)> = Vec::new();
    for (one, other) in candidates(signatures) {
        let likeness = signatures[one].likeness(&signatures[other]);
        if likeness >= least(&signatures[one], &signatures[other]) {
            edges.push((likeness, one, other));
        }
    }
    edges.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut group_of: Vec<usize> = (0..signatures.len()).collect();
    let mut groups: Vec<Group> =
        (0..signatures.len()).map(|i| Group::of(i, &signatures[i])).collect();
    for (_, one, other) in edges {
        let (one, other) = (group_of[one], group_of[other]);
        if one != other && groups[one].goes_with(&groups[other]) {
            let (into, from) = (one.min(other), one.max(other));
            let moved = std::mem::take(&mut groups[from]);
            for &article in &moved.articles {
                group_of[article] = into;
            }
            groups[into].join(moved);
        }
    }
    let mut found: Vec<Vec<usize>> = groups.into_iter().map(|group| group.articles).collect();
    found.retain(|articles| articles.len() > 1);
    for articles in &mut found {
        articles.sort_unstable();
    }
    found
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

/// Pairs of articles that share a term which few articles of their days have.
fn candidates(signatures: &[Signature]) -> BTreeSet<(usize, usize)> {
    let mut with: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut order: Vec<usize> = (0..signatures.len()).collect();
    order.sort_by_key(|&article| (signatures[article].day, article));
    for article in order {
        for (term, _) in signatures[article].terms() {
            with.entry(*term).or_default().push(article);
        }
    }
    let mut pairs = BTreeSet::new();
    for articles in with.values() {
        pairs_within_days(articles, signatures, &mut pairs);
    }
    pairs
}

/// Articles without a day stand first, and go with all others.
fn pairs_within_days(
    articles: &[usize],
    signatures: &[Signature],
    pairs: &mut BTreeSet<(usize, usize)>,
) {
    for (place, &one) in articles.iter().enumerate() {
        let near = articles[place + 1..].iter().take_while(|&&other| {
            match (signatures[one].day, signatures[other].day) {
                (Some(one), Some(other)) => days(one, other) <= DAYS_BETWEEN,
                _ => true,
            }
        });
        if near.clone().count() <= COMMON {
            pairs.extend(near.map(|&other| (one.min(other), one.max(other))));
        }
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
