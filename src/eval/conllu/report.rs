//! What went wrong, for those who want to put it right.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::align::Alignment;
use super::side::{Side, Word};
use super::{BadSentence, Confusion};

/// Labels that differ on aligned words, most frequent first.
pub(super) fn confusions(gold: &Side, system: &Side, alignment: &Alignment) -> Vec<Confusion> {
    let mut counts: BTreeMap<(&'static str, &str, &str), usize> = BTreeMap::new();
    for &(g, s) in &alignment.pairs {
        let (Some(g), Some(s)) = (gold.words.get(g), system.words.get(s)) else { continue };
        for (column, a, b) in [
            ("UPOS", g.tag.upos.as_str(), s.tag.upos.as_str()),
            ("XPOS", g.tag.xpos.as_str(), s.tag.xpos.as_str()),
            ("DEPREL", g.deprel.as_str(), s.deprel.as_str()),
        ] {
            if a != b {
                *counts.entry((column, a, b)).or_default() += 1;
            }
        }
    }
    let mut confusions: Vec<Confusion> = counts
        .into_iter()
        .map(|((column, gold, system), count)| Confusion {
            column,
            gold: gold.to_owned(),
            system: system.to_owned(),
            count,
        })
        .collect();
    confusions.sort_by_key(|c| Reverse(c.count));
    confusions
}

/// Gold sentences with errors, the one with the most wrong words first.
pub(super) fn worst(gold: &Side, system: &Side, alignment: &Alignment) -> Vec<BadSentence> {
    let system_of: BTreeMap<usize, usize> = alignment.pairs.iter().copied().collect();
    let details = |g: usize| -> Option<String> {
        let word = gold.words.get(g)?;
        let found = system_of.get(&g).and_then(|&s| system.words.get(s));
        let head = found.and_then(|w| w.parent);
        let same_head =
            found.is_some() && head.map(|h| alignment.gold_of(h)) == word.parent.map(Some);
        let same = same_head && found.is_some_and(|w| w.deprel == word.deprel);
        (!same).then(|| detail(word, found, &gold.words, &system.words))
    };
    let mut worst: Vec<BadSentence> = gold
        .names
        .iter()
        .map(|sentence| {
            let details: Vec<String> = sentence.words.clone().filter_map(details).collect();
            BadSentence {
                name: sentence.name.clone(),
                text: sentence.text.clone(),
                wrong: details.len(),
                words: sentence.words.len(),
                details,
            }
        })
        .filter(|sentence| sentence.wrong > 0)
        .collect();
    worst.sort_by_key(|sentence| Reverse(sentence.wrong));
    worst
}

/// `form: gold relation ← gold head; system relation ← system head`.
fn detail(gold: &Word, system: Option<&Word>, golds: &[Word], systems: &[Word]) -> String {
    let arc = |word: &Word, words: &[Word]| {
        let head = word.parent.and_then(|p| words.get(p));
        format!("{} ← {}", word.deprel, head.map_or("ROOT", |h| &h.form))
    };
    let found = system.map_or_else(|| "no such word".to_owned(), |w| arc(w, systems));
    format!("{}: {}; {found}", gold.form, arc(gold, golds))
}
