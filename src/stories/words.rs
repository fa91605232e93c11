//! What is known of words beforehand: how much each tells of what a text is about, and
//! which mean nearly the same.
//!
//! In: the tables beside this file. Out: [`Words`].

use std::collections::HashMap;
use std::sync::LazyLock;

use compact_str::CompactString;
use rust_stemmers::{Algorithm, Stemmer};

use crate::text::table::Table;

/// A table beside this file.
macro_rules! shipped {
    ($file:literal) => {
        Table::shipped($file, include_str!($file))
    };
}

/// How alike two words are that mean the same, where nothing else is known of them.
const SYNONYMS: f32 = 0.9;
/// How alike a word and one of its kind are: *guard*, *protect*.
const KINDS: f32 = 0.75;
/// What opposites are.
const OPPOSITES: f32 = -1.0;

/// The number of a stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Stem(u32);

impl Stem {
    fn place(self) -> usize {
        self.0 as usize
    }
}

/// The nearer of two kinships, an opposite before all.
fn nearer(one: f32, other: f32) -> f32 {
    if one >= 0.0 && (other < 0.0 || other > one) { other } else { one }
}

/// What is known of English words.
pub struct Words {
    stemmer: Stemmer,
    stems: HashMap<CompactString, Stem>,
    /// To which stems each is related, in order.
    related: Vec<Vec<(Stem, f32)>>,
    weights: HashMap<Stem, f32>,
    /// The weight of a word that no text of the reference corpus has.
    rarest: f32,
    /// Whether each word ends the core of a noun phrase.
    stop_words: HashMap<CompactString, bool>,
    numbers: HashMap<CompactString, CompactString>,
    irregular: HashMap<CompactString, CompactString>,
}

impl Words {
    /// Those that ship with the program.
    pub fn english() -> &'static Self {
        static ENGLISH: LazyLock<Words> = LazyLock::new(Words::read);
        &ENGLISH
    }

    fn read() -> Self {
        let mut words = Self {
            stemmer: Stemmer::create(Algorithm::English),
            stems: HashMap::new(),
            related: Vec::new(),
            weights: HashMap::new(),
            rarest: 1.0,
            stop_words: HashMap::new(),
            numbers: HashMap::new(),
            irregular: HashMap::new(),
        };
        for row in shipped!("irregular.tsv").rows() {
            words.irregular.insert(row.text("form").into(), row.text("lemma").into());
        }
        words.read_frequencies();
        words.read_related();
        words.read_synonyms();
        for row in shipped!("stop-words.tsv").rows() {
            let ends_head = row.text("place") == "behind-head";
            words.stop_words.insert(row.text("word").into(), ends_head);
        }
        for row in shipped!("numbers.tsv").rows() {
            words.numbers.insert(row.text("word").into(), row.text("number").into());
        }
        words
    }

    /// The weight of a word falls with the share of texts that have it, from about 1
    /// for one that few have to 0 for one that all have.
    fn read_frequencies(&mut self) {
        let table = shipped!("document-frequencies.tsv");
        let counts: Vec<(CompactString, f32)> = table
            .rows()
            .map(|row| {
                (row.text("stem").into(), row.text("pieces").parse().expect("a column of numbers"))
            })
            .collect();
        let all = counts.iter().map(|(_, n)| *n).fold(1.0, f32::max);
        let weight = |n: f32| ((all + 1.0) / (n + 0.5)).ln() / (all + 1.0).ln();
        self.rarest = weight(0.0).min(1.1);
        for (stem, count) in counts {
            let stem = self.stem_of(stem);
            self.weights.insert(stem, weight(count).max(0.0));
        }
    }

    fn read_related(&mut self) {
        for row in shipped!("related.tsv").rows() {
            let alike = match row.text("kinship") {
                "kind" => KINDS,
                "opposite" => OPPOSITES,
                _ => SYNONYMS,
            };
            let word = self.stem(row.text("word"));
            for other in row.text("others").split(", ") {
                let other = self.stem(other);
                self.relate(word, other, alike);
            }
        }
    }

    /// The words of a group mean the same, but for those that are opposites.
    fn read_synonyms(&mut self) {
        for row in shipped!("news-synonyms.tsv").rows() {
            let group: Vec<Stem> = row.text("members").split(", ").map(|w| self.stem(w)).collect();
            for (i, &one) in group.iter().enumerate() {
                for &other in &group[i + 1..] {
                    self.relate(one, other, SYNONYMS);
                }
            }
        }
    }

    /// What is nearer wins, opposites before all.
    fn relate(&mut self, one: Stem, other: Stem, alike: f32) {
        if one == other {
            return;
        }
        for (of, to) in [(one, other), (other, one)] {
            let related = &mut self.related[of.place()];
            match related.binary_search_by_key(&to, |(stem, _)| *stem) {
                Ok(at) => related[at].1 = nearer(related[at].1, alike),
                Err(at) => related.insert(at, (to, alike)),
            }
        }
    }

    fn stem(&mut self, word: &str) -> Stem {
        let stem = self.stem_text(word);
        self.stem_of(stem)
    }

    fn stem_of(&mut self, stem: CompactString) -> Stem {
        let next = Stem(self.stems.len() as u32);
        let stem = *self.stems.entry(stem).or_insert(next);
        self.related.resize(self.stems.len(), Vec::new());
        stem
    }

    /// The stem of a word in small letters, as text.
    pub(super) fn stem_text(&self, word: &str) -> CompactString {
        let lemma = self.irregular.get(word).map_or(word, CompactString::as_str);
        self.stemmer.stem(lemma).into()
    }

    /// The number of a stem, if anything is known of it.
    pub(super) fn known(&self, stem: &str) -> Option<Stem> {
        self.stems.get(stem).copied()
    }

    /// How much a stem tells of what a text is about, from 0 to about 1.
    pub(super) fn weight(&self, stem: Option<Stem>) -> f32 {
        stem.and_then(|stem| self.weights.get(&stem)).copied().unwrap_or(self.rarest)
    }

    /// How nearly two stems mean the same: from 0 to 1, and -1 for opposites.
    pub(super) fn kinship(&self, one: Stem, other: Stem) -> f32 {
        let related = self.related(one);
        let found = related.binary_search_by_key(&other, |(stem, _)| *stem);
        found.map_or(0.0, |at| related[at].1)
    }

    /// To which stems one is related, in order, and how nearly they mean the same.
    pub(super) fn related(&self, stem: Stem) -> &[(Stem, f32)] {
        &self.related[stem.place()]
    }

    /// Whether a word in small letters tells nothing of what a text is about.
    pub(super) fn is_stop_word(&self, word: &str) -> bool {
        self.stop_words.contains_key(word)
    }

    /// Whether a word stands behind the head of a noun phrase: *of*, *who*.
    pub(super) fn ends_head(&self, word: &str) -> bool {
        self.stop_words.get(word).is_some_and(|ends| *ends)
    }

    /// The digits of a number that is written as a word.
    pub(super) fn digits(&self, word: &str) -> Option<&str> {
        self.numbers.get(word).map(CompactString::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, other: &str, alike: f32) {
        let words = Words::english();
        let stem = |word: &str| words.known(&words.stem_text(word)).expect("a known word");
        let found = words.kinship(stem(one), stem(other));
        assert!((found - alike).abs() < 1e-6, "{one}, {other}: {found}");
    }

    #[test]
    fn words_of_one_meaning_are_alike() {
        check("weigh", "considering", SYNONYMS);
        check("guards", "protect", SYNONYMS);
        check("deploy", "sent", SYNONYMS);
        check("deploy", "send", SYNONYMS);
        check("buy", "sell", OPPOSITES);
        check("rise", "fall", OPPOSITES);
        check("guard", "table", 0.0);
    }

    #[test]
    fn rare_words_weigh_more() {
        let words = Words::english();
        let weight = |word: &str| words.weight(words.known(&words.stem_text(word)));
        assert!(weight("embassy") > weight("house"));
        assert!(weight("house") > weight("people"));
        assert!(weight("zorblatt") >= weight("embassy"));
    }
}
