//! Words that the classifiers are told about: contractions written without an
//! apostrophe, and abbreviations.

use std::collections::BTreeMap;

use super::features::mix;
use super::glyphs::Glyph;

/// Words by the hash of their signs, see [`word_hash`].
#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    /// Where a contraction divides: number of letters before the second word.
    contractions: BTreeMap<u64, usize>,
    /// The class of an abbreviation, from 1.
    abbreviations: BTreeMap<u64, u64>,
}

/// `can|not`, one a line.
const CONTRACTIONS: &str = include_str!("lexicon/contractions.txt");
/// `class: word word …`, one class a line.
const ABBREVIATIONS: &str = include_str!("lexicon/abbreviations.txt");

impl Lexicon {
    pub(super) fn english() -> Self {
        let contractions = entries(CONTRACTIONS).filter_map(|line| {
            let (first, second) = line.split_once('|')?;
            Some((hash(first.chars().chain(second.chars())), first.chars().count()))
        });
        let abbreviations = (1..).zip(entries(ABBREVIATIONS)).flat_map(|(class, line)| {
            let words = line.split_once(':').map_or("", |(_, words)| words);
            words.split_whitespace().map(move |word| (hash(word.chars()), class))
        });
        Self { contractions: contractions.collect(), abbreviations: abbreviations.collect() }
    }

    /// Where a word divides if it is a contraction.
    pub(super) fn contraction(&self, word: &[Glyph]) -> Option<usize> {
        self.contractions.get(&word_hash(word)).copied()
    }

    /// The class of an abbreviation (given without its last full stop), 0 for
    /// other words.
    pub(super) fn abbreviation(&self, word: &[Glyph]) -> u64 {
        self.abbreviations.get(&word_hash(word)).copied().unwrap_or(0)
    }
}

/// Lines that are neither empty nor comments.
fn entries(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The hash of a word, whatever its case.
pub(super) fn word_hash(word: &[Glyph]) -> u64 {
    hash(word.iter().map(|g| g.sign))
}

fn hash(signs: impl Iterator<Item = char>) -> u64 {
    signs.fold(1, |hash, c| mix(hash, c as u64))
}
