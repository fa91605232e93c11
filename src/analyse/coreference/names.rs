//! Names: the same, shorter, abbreviated, spelt differently.

use std::collections::HashMap;

use super::Problem;
use super::facts::Facts;
use super::partition::Partition;
use crate::analyse::syntax::Definiteness;
use crate::text::{FunctionWord, FunctionWords, NameKind};

/// How many names that share a word are looked at.
const CANDIDATES: usize = 24;

/// Initials between names have so many letters at most: *H.W.*
const INITIALS: usize = 2;
/// What the name of a family has behind that of one of it.
const PLURAL: &[char] = &['s'];

/// A name that others can be shorter forms of: where it was mentioned first.
struct Known {
    words: Vec<String>,
    /// *jr* of *John Roe Jr.*
    suffix: Option<String>,
    mention: usize,
    /// When it was last used.
    latest: usize,
    kind: Option<NameKind>,
}

/// The names so far, by what they can be found by.
#[derive(Default)]
struct Names {
    known: Vec<Known>,
    exact: HashMap<Vec<String>, Vec<usize>>,
    by_word: HashMap<String, Vec<usize>>,
}

/// Joins names, in order of mention; a name that fits several takes the one
/// used last.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition) {
    let mut names = Names::default();
    for (i, facts) in problem.facts.iter().enumerate() {
        if !facts.is_name() || facts.is_some_of {
            continue;
        }
        let words = key(facts);
        if words.is_empty() {
            continue;
        }
        let same = names.same(facts, &words);
        let joined = names.join(problem, partition, (i, &words), same);
        if let Some(entry) = joined.and_then(|k| names.known.get_mut(k)) {
            entry.latest = i;
        }
        if same.is_none() || joined.is_none() {
            names.add((i, facts), words, problem.parsed.words);
        }
    }
}

impl Names {
    /// The last name of the same words.
    fn same(&self, facts: &Facts<'_>, words: &[String]) -> Option<usize> {
        let fits =
            |known: &Known| kinds_agree(known.kind, facts.entity) && known.suffix == facts.suffix;
        let same = self.exact.get(words)?;
        same.iter().copied().rfind(|&k| self.known.get(k).is_some_and(fits))
    }

    /// Joins a name with the same one, else with the last of which it is a form and
    /// that nothing speaks against; gives which.
    fn join(
        &self,
        problem: &Problem<'_>,
        partition: &mut Partition,
        (mention, words): (usize, &[String]),
        same: Option<usize>,
    ) -> Option<usize> {
        let facts = problem.facts.get(mention)?;
        let candidates =
            same.map_or_else(|| self.near(words, problem.parsed.words), |same| vec![same]);
        candidates.into_iter().find(|&k| {
            let Some(known) = self.known.get(k) else { return false };
            (same.is_some() || kinds_agree(known.kind, facts.entity) && fits(problem, facts, known))
                && is_same_person(problem, partition, known.mention, facts)
                && partition.join_names(known.mention, mention)
        })
    }

    /// The names that share a word with some, the last used first.
    fn near(&self, words: &[String], lexicon: &FunctionWords) -> Vec<usize> {
        let index = index_words(words, lexicon);
        let sharing = index.iter().filter_map(|word| self.by_word.get(word));
        let mut near: Vec<usize> =
            sharing.flat_map(|known| known.iter().rev().take(CANDIDATES).copied()).collect();
        let latest = |k: usize| self.known.get(k).map_or(0, |known| known.latest);
        near.sort_unstable_by_key(|&k| std::cmp::Reverse((latest(k), k)));
        near.dedup();
        near
    }

    fn add(
        &mut self,
        (mention, facts): (usize, &Facts<'_>),
        words: Vec<String>,
        lexicon: &FunctionWords,
    ) {
        let at = self.known.len();
        for word in index_words(&words, lexicon) {
            self.by_word.entry(word).or_default().push(at);
        }
        self.exact.entry(words.clone()).or_default().push(at);
        let (suffix, kind) = (facts.suffix.clone(), facts.entity);
        self.known.push(Known { words, suffix, mention, latest: mention, kind });
    }
}

/// Whether a name is a form of the fullest one of a cluster too, where that is a
/// person's: *Brook* may be *Ada Brook*, and *Ben Brook* may be *Brook*, but never
/// both at a time.
fn is_same_person(
    problem: &Problem<'_>,
    partition: &mut Partition,
    mention: usize,
    facts: &Facts<'_>,
) -> bool {
    let fullest = partition.nature(mention).name.and_then(|i| problem.facts.get(i));
    fullest.is_none_or(|full| {
        let persons = [full, facts].iter().any(|f| f.entity == Some(NameKind::Person));
        let (words, others) = (key(facts), key(full));
        !persons
            || is_person_form(&words, &others)
                && is_same_generation((&words, &facts.suffix), (&others, &full.suffix))
    })
}

/// *John Roe Jr.* is not *John Roe*, but *Roe* may be either.
fn is_same_generation(
    (words, suffix): (&[String], &Option<String>),
    (others, other): (&[String], &Option<String>),
) -> bool {
    let is_open = |words: &[String], suffix: &Option<String>| words.len() == 1 && suffix.is_none();
    suffix == other || is_open(words, suffix) || is_open(others, other)
}

/// The words of a name, folded: lower case, no dots.
fn key(facts: &Facts<'_>) -> Vec<String> {
    let fold = |w: &&str| w.to_lowercase().replace(['.', '\'', '’'], "");
    facts.name.iter().map(fold).filter(|w| !w.is_empty()).collect()
}

/// What a name can be found by: its words, and its initials.
fn index_words(words: &[String], lexicon: &FunctionWords) -> Vec<String> {
    let mut index: Vec<String> =
        words.iter().filter(|w| !is_in_name(w, lexicon) && w.len() > 1).cloned().collect();
    index.extend(initials(words, lexicon));
    index.extend(words.last().and_then(|w| Some(format!("~{}", w.get(..2)?))));
    index
}

fn is_in_name(word: &str, lexicon: &FunctionWords) -> bool {
    lexicon.is(word, FunctionWord::InName)
}

/// The initials of the words of a longer name.
fn initials(words: &[String], lexicon: &FunctionWords) -> Option<String> {
    let counts = |w: &&String| !is_in_name(w, lexicon) || lexicon.is(w, FunctionWord::ShortCountry);
    let words: Vec<&String> = words.iter().filter(counts).collect();
    (words.len() > 1).then(|| words.iter().filter_map(|w| w.chars().next()).collect())
}

fn kinds_agree(a: Option<NameKind>, b: Option<NameKind>) -> bool {
    use NameKind::{Other, Person};
    match (a, b) {
        (None | Some(Other), _) | (_, None | Some(Other)) => true,
        // Taggers confuse organisations, places, groups and buildings, not
        // people with them.
        (Some(a), Some(b)) => a == b || a != Person && b != Person,
    }
}

/// Whether a name is another form of a known one.
fn fits(problem: &Problem<'_>, facts: &Facts<'_>, known: &Known) -> bool {
    let (words, lexicon) = (&key(facts), problem.parsed.words);
    if facts.entity == Some(NameKind::Person) || known.kind == Some(NameKind::Person) {
        return is_person_form(words, &known.words)
            && is_same_generation((words, &facts.suffix), (&known.words, &known.suffix));
    }
    is_acronym(facts, words, known, lexicon)
        || is_same_words(words, &known.words, lexicon)
        || is_short_form(facts, words, &known.words, lexicon)
            && !problem.lexicon.is_whole_name(words)
}

/// *Kirby* or *John* of *John Kirby*; *Anthony Blinken* of *Antony Blinken*.
fn is_person_form(words: &[String], known: &[String]) -> bool {
    let (short, long) = if words.len() <= known.len() { (words, known) } else { (known, words) };
    let (Some(first), Some(last)) = (long.first(), long.last()) else { return false };
    match short {
        [one] => one == last || one == first && words.len() <= known.len() || close(one, last),
        [a, .., b] => {
            (b == last || close(b, last))
                && (a == first || close(a, first) || is_initial(a, first))
                && middles_agree(short, long)
        }
        [] => false,
    }
}

/// *George H.W. Bush* is not *George W. Bush*, but *George Bush* may be either.
fn middles_agree(a: &[String], b: &[String]) -> bool {
    let middle = |words: &[String]| match words {
        [_, middle, _, ..] => Some(middle.clone()),
        _ => None,
    };
    let (Some(a), Some(b)) = (middle(a), middle(b)) else { return true };
    let are_names = a.len() > INITIALS && b.len() > INITIALS;
    are_names || a.chars().next() == b.chars().next()
}

fn is_initial(a: &str, b: &str) -> bool {
    (a.len() == 1 || b.len() == 1) && a.chars().next() == b.chars().next()
}

/// Whether two words are spellings of one name: the same first letter, and one
/// edit apart, or two where they are long.
fn close(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // *The Brooks* are no *Brook*.
    if a.strip_suffix(PLURAL) == Some(b.as_slice()) || b.strip_suffix(PLURAL) == Some(a.as_slice())
    {
        return false;
    }
    let allowed = match a.len().min(b.len()) {
        0..=4 => return false,
        5..=7 => 1,
        _ => 2,
    };
    a.first() == b.first() && a.len().abs_diff(b.len()) <= allowed && edits(&a, &b) <= allowed
}

/// Levenshtein's distance.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b) {
            let above = *cell;
            let best = (diagonal + usize::from(x != y)).min(above + 1).min(left + 1);
            (diagonal, left, *cell) = (above, best, best);
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// *JSOC* of *Joint Special Operations Command*, either way round.
fn is_acronym(facts: &Facts<'_>, words: &[String], known: &Known, lexicon: &FunctionWords) -> bool {
    let written = facts.name.iter().all(|w| w.chars().all(|c| c.is_uppercase() || c == '.'));
    let of = |short: &[String], long: &[String]| match short {
        [one] if one.len() > 1 => initials(long, lexicon).as_ref() == Some(one),
        _ => false,
    };
    written && of(words, &known.words) || of(&known.words, words)
}

/// *Department of State* and *the State Department*, but for *U.S.* in front.
fn is_same_words(words: &[String], known: &[String], lexicon: &FunctionWords) -> bool {
    let content = |words: &[String]| {
        let mut words: Vec<String> =
            words.iter().filter(|w| !is_in_name(w, lexicon)).cloned().collect();
        words.sort();
        words
    };
    let (a, b) = (content(words), content(known));
    !a.is_empty() && a == b
}

/// *the Journal* of *The Wall Street Journal*, *Boeing* of *Boeing Co.*, *Ida* of
/// *Hurricane Ida*: the last words, if there is a determiner or it is an event,
/// or the first, if they are not common; but not *Brookland* of *Bank of Brookland*.
fn is_short_form(
    facts: &Facts<'_>,
    words: &[String],
    known: &[String],
    lexicon: &FunctionWords,
) -> bool {
    if words.len() >= known.len() {
        return false;
    }
    let left_out = known.len() - words.len();
    let is_part = known.get(left_out - 1).is_some_and(|word| is_in_name(word, lexicon));
    let determined = facts.definiteness == Definiteness::Definite;
    let event = facts.entity == Some(NameKind::Event);
    known.ends_with(words) && !is_part && (determined || event || words.len() > 1)
        || known.starts_with(words) && left_out == 1 && is_company(known, lexicon)
}

fn is_company(words: &[String], lexicon: &FunctionWords) -> bool {
    words.last().is_some_and(|word| lexicon.is(word, FunctionWord::Company))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, known: &str, expected: bool) {
        let split = |s: &str| s.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(is_person_form(&split(words), &split(known)), expected, "{words} / {known}");
    }

    #[test]
    fn persons_have_forms() {
        check("kirby", "john kirby", true);
        check("anthony blinken", "antony blinken", true);
        check("anne doe", "john doe", false);
        check("zelenskiy", "volodymyr zelenskyy", true);
        check("j doe", "john doe", true);
        check("doe", "roe", false);
        check("george hw roe", "george w roe", false);
        check("george roe", "george w roe", true);
        check("clintons", "hillary clinton", false);
    }

    #[test]
    fn fathers_are_not_their_sons() {
        let split = |s: &str| s.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let same = |a: (&str, Option<&str>), b: (&str, Option<&str>)| {
            let suffix = |s: Option<&str>| s.map(str::to_owned);
            is_same_generation((&split(a.0), &suffix(a.1)), (&split(b.0), &suffix(b.1)))
        };
        assert!(!same(("john roe", Some("jr")), ("john roe", None)));
        assert!(same(("john roe", Some("jr")), ("john roe", Some("jr"))));
        assert!(same(("roe", None), ("john roe", Some("jr"))));
        assert!(!same(("roe", Some("jr")), ("john roe", None)));
    }

    #[test]
    fn distances() {
        let distance = |a: &str, b: &str| {
            edits(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
        };
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", "abc"), 0);
    }
}
