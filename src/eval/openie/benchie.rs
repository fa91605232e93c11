//! BenchIE: exact match of triples with any member of a cluster of one fact.

use std::collections::BTreeMap;

use super::{OpenieError, Tuple};
use crate::eval::score::Score;

/// Clusters by sentence; a cluster is all ways to put one fact.
pub type BenchieGold = BTreeMap<String, Vec<Vec<Pattern>>>;

/// One way to put a fact: each part's words, some of them optional.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern([Vec<Word>; 3]);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    text: String,
    optional: bool,
}

/// Reads `sent_id:N<tab>sentence`, `N--> Cluster M:` and lines of
/// `subject --> relation --> object`, optional words in brackets.
pub fn read_benchie(text: &str) -> Result<BenchieGold, OpenieError> {
    let mut gold = BenchieGold::new();
    let mut sentence: Option<String> = None;
    for (i, line) in text.lines().enumerate() {
        let error = |problem| OpenieError { line: i + 1, problem };
        let line = line.trim_start_matches('\u{feff}').trim();
        if let Some(rest) = line.strip_prefix("sent_id:") {
            let (_, words) = rest.split_once('\t').ok_or_else(|| error("expected a sentence"))?;
            gold.entry(words.trim().to_owned()).or_default();
            sentence = Some(words.trim().to_owned());
        } else if line.contains("-->") && line.contains("Cluster ") && line.ends_with(':') {
            clusters(&mut gold, sentence.as_ref())
                .ok_or_else(|| error("no sentence above"))?
                .push(Vec::new());
        } else if !line.is_empty() {
            let cluster = clusters(&mut gold, sentence.as_ref()).and_then(|c| c.last_mut());
            let cluster = cluster.ok_or_else(|| error("no cluster above"))?;
            cluster.push(pattern(line).ok_or_else(|| error("expected parts with arrows between"))?);
        }
    }
    Ok(gold)
}

fn clusters<'a>(
    gold: &'a mut BenchieGold,
    sentence: Option<&String>,
) -> Option<&'a mut Vec<Vec<Pattern>>> {
    gold.get_mut(sentence?)
}

fn pattern(line: &str) -> Option<Pattern> {
    let mut parts = line.split("-->").map(words);
    Some(Pattern([parts.next()?, parts.next()?, parts.next().unwrap_or_default()]))
}

/// The words of a part; `[x y]` makes `x` and `y` optional.
fn words(part: &str) -> Vec<Word> {
    let mut open = false;
    let mut words = Vec::new();
    for word in part.split_whitespace() {
        open |= word.starts_with('[');
        let text = word.trim_start_matches('[').trim_end_matches(']').to_lowercase();
        if !text.is_empty() {
            words.push(Word { text, optional: open });
        }
        open &= !word.ends_with(']');
    }
    words
}

impl Pattern {
    fn fits(&self, tuple: &Tuple) -> bool {
        let [subject, relation, object] = &self.0;
        let argument = |i: usize| tuple.arguments.get(i).map_or("", String::as_str);
        part_fits(subject, argument(0))
            && part_fits(relation, &tuple.relation)
            && part_fits(object, argument(1))
    }
}

/// Whether words spell a part, with any of its optional words left out.
fn part_fits(part: &[Word], text: &str) -> bool {
    let found: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    // `reached[i]`: the words so far are spelt by the first `i` of the part.
    let mut reached: Vec<bool> = vec![false; part.len() + 1];
    reached[0] = true;
    skip(part, &mut reached);
    for word in &found {
        let mut next = vec![false; part.len() + 1];
        for (i, expected) in part.iter().enumerate() {
            next[i + 1] = reached[i] && expected.text == *word;
        }
        skip(part, &mut next);
        reached = next;
    }
    reached.last().copied().unwrap_or(false)
}

fn skip(part: &[Word], reached: &mut [bool]) {
    for (i, word) in part.iter().enumerate() {
        if reached[i] && word.optional {
            reached[i + 1] = true;
        }
    }
}

/// Precision over tuples, recall over clusters.
pub fn score_benchie(gold: &BenchieGold, found: &BTreeMap<String, Vec<Tuple>>) -> (Score, Score) {
    let (mut tuples, mut facts) = (Score::default(), Score::default());
    let none = Vec::new();
    for (sentence, clusters) in gold {
        let found = found.get(sentence).unwrap_or(&none);
        let fits = |cluster: &[Pattern], t: &Tuple| cluster.iter().any(|p| p.fits(t));
        let right = found.iter().filter(|t| clusters.iter().any(|c| fits(c, t))).count();
        let hit = clusters.iter().filter(|c| found.iter().any(|t| fits(c, t))).count();
        tuples.found += found.len();
        tuples.right += right;
        facts.gold += clusters.len();
        facts.right += hit;
    }
    (tuples, facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(part: &str, text: &str, expected: bool) {
        assert_eq!(part_fits(&words(part), text), expected, "{part} / {text}");
    }

    #[test]
    fn optional_words_may_be_left_out() {
        check("[the] old mill [of the town]", "old mill", true);
        check("[the] old mill [of the town]", "The old mill of the town", true);
        check("[the] old mill", "mill", false);
        check("[a] [a] b", "a b", true);
        check("", "x", false);
    }

    #[test]
    fn facts_count_once() {
        let text =
            "sent_id:1\tA sold B .\n1--> Cluster 1:\nA --> sold --> [the] B\nA --> sold B -->\n";
        let gold = read_benchie(text).unwrap();
        let tuple = |object: &str| Tuple {
            relation: "sold".into(),
            arguments: vec!["A".into(), object.into()],
            confidence: 1.0,
        };
        let found = [("A sold B .".to_owned(), vec![tuple("B"), tuple("the B"), tuple("C")])];
        let (tuples, facts) = score_benchie(&gold, &found.into());
        assert_eq!((tuples.right, tuples.found, facts.right, facts.gold), (2, 3, 1, 1));
        assert!(read_benchie("A --> b --> c").is_err());
    }
}
