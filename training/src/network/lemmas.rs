//! Learns the lemma rules by counting.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use compact_str::CompactString;
use reportedly::analyse::lemma::{Edit, endings};

use super::data::Sentence;

/// An ending that is no whole word needs so many words behind it.
const FEWEST: usize = 2;

/// For each tag and ending, how often each edit was right.
type Counts = BTreeMap<(String, usize, CompactString), BTreeMap<Edit, usize>>;

/// The rules, as the lemmatiser reads them.
pub(crate) fn rules(sentences: &[Sentence]) -> String {
    let mut kept: HashMap<(String, CompactString), Edit> = HashMap::new();
    let mut text = String::new();
    // Shorter endings come first: a longer one is only needed where it differs.
    for ((tag, length, ending), edits) in count(sentences) {
        let words: usize = edits.values().sum();
        let whole = ending.starts_with('^');
        let Some((edit, _)) = edits.iter().max_by_key(|(_, count)| **count) else { continue };
        let shorter = shorter(&tag, &ending, &kept);
        if shorter == Some(edit) || !whole && length > 0 && words < FEWEST {
            continue;
        }
        let _ = writeln!(text, "{tag}\t{ending}\t{}", edit.to_text());
        kept.insert((tag, ending), edit.clone());
    }
    text
}

fn shorter<'a>(
    tag: &str,
    ending: &str,
    kept: &'a HashMap<(String, CompactString), Edit>,
) -> Option<&'a Edit> {
    endings(ending.trim_start_matches('^'))
        .skip(usize::from(!ending.starts_with('^')) + 1)
        .find_map(|shorter| kept.get(&(tag.to_owned(), shorter)))
}

fn count(sentences: &[Sentence]) -> Counts {
    let mut tokens: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for word in sentences.iter().filter(|s| s.parsed).flat_map(|s| &s.words) {
        *tokens.entry((&word.form, &word.xpos, &word.lemma)).or_default() += 1;
    }
    let mut counts = Counts::new();
    for ((form, tag, lemma), count) in tokens {
        if lemma.is_empty() || lemma == "_" {
            continue;
        }
        let edit = Edit::between(form, lemma, tag.starts_with("NNP"));
        for ending in endings(form) {
            // Frequent words speak for themselves, not for their endings.
            let weight = if ending.starts_with('^') { count } else { 1 };
            let key = (tag.to_owned(), ending.chars().count(), ending);
            *counts.entry(key).or_default().entry(edit.clone()).or_default() += weight;
        }
    }
    counts
}
