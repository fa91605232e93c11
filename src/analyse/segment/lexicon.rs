//! Words that the classifiers are told about: contractions written without an
//! apostrophe, and abbreviations.

use std::collections::{BTreeMap, BTreeSet};

use super::features::mix;
use super::glyphs::Glyph;
use crate::analyse::lists::shipped;
use crate::text::lexicon::Lexicon as WordLists;
use crate::text::table::Row;

/// Words by the hash of their signs, see [`word_hash`].
#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    /// Where a contraction divides: number of letters before the second word.
    contractions: BTreeMap<u64, usize>,
    /// How the second words of contractions begin: a quick look before the words are
    /// asked.
    endings: BTreeSet<[char; 2]>,
    /// The class of an abbreviation, from 1.
    abbreviations: BTreeMap<u64, u64>,
    /// Abbreviations of titles, which stand before a name.
    titles: BTreeSet<u64>,
}

impl Lexicon {
    /// The shipped words.
    pub(super) fn english() -> Self {
        Self::new(&shipped(&["contractions", "abbreviations"]))
    }

    /// The words of the lists `contractions` and `abbreviations`.
    pub(super) fn new(lists: &WordLists) -> Self {
        Self {
            contractions: lists.rows("contractions").map(contraction).collect(),
            endings: lists.rows("contractions").filter_map(ending).collect(),
            abbreviations: lists.rows("abbreviations").map(abbreviation).collect(),
            titles: lists.rows("abbreviations").filter_map(title).collect(),
        }
    }

    /// Where a word divides if it is a contraction.
    pub(super) fn contraction(&self, word: &[Glyph]) -> Option<usize> {
        self.contractions.get(&word_hash(word)).copied()
    }

    /// Whether a contraction's second word may start with these two letters, or be the
    /// first of them alone.
    pub(super) fn may_end_contraction(&self, first: char, second: char) -> bool {
        !second.is_alphabetic() || self.endings.contains(&[first, second])
    }

    /// The class of an abbreviation (given without its last full stop), 0 for
    /// other words.
    pub(super) fn abbreviation(&self, word: &[Glyph]) -> u64 {
        self.abbreviations.get(&word_hash(word)).copied().unwrap_or(0)
    }

    /// Whether a word (without its last full stop) is a title before a name: *Rep*.
    pub(super) fn is_title(&self, word: &[Glyph]) -> bool {
        self.titles.contains(&word_hash(word))
    }
}

fn contraction(row: Row<'_>) -> (u64, usize) {
    let (first, second) = (row.text("first"), row.text("second"));
    (hash(first.chars().chain(second.chars())), first.chars().count())
}

/// The first two letters of a contraction's second word.
fn ending(row: Row<'_>) -> Option<[char; 2]> {
    let mut letters = row.text("second").chars();
    Some([letters.next()?, letters.next()?])
}

/// Classes are numbered in the order in which the table declares them.
#[allow(clippy::expect_used)]
fn abbreviation(row: Row<'_>) -> (u64, u64) {
    let class = row.choice("class").expect("the table declares its classes");
    (hash(row.key().chars()), 1 + class as u64)
}

/// A title that is nothing else.
fn title(row: Row<'_>) -> Option<u64> {
    let titled = row.text("class") == "title" && row.get("else").is_none();
    titled.then(|| hash(row.key().chars()))
}

/// The hash of a word, whatever its case.
pub(super) fn word_hash(word: &[Glyph]) -> u64 {
    hash(word.iter().map(|g| g.sign))
}

fn hash(signs: impl Iterator<Item = char>) -> u64 {
    signs.fold(1, |hash, c| mix(hash, c as u64))
}
