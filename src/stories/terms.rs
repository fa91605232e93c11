//! The terms of a story: the words and entities that its claims are compared by.
//!
//! In: texts and IRIs. Out: [`Term`]s, numbers that are the same for words of one stem,
//! with their weights and how nearly two of them mean the same.

use std::collections::HashMap;
use std::sync::LazyLock;

use compact_str::CompactString;
use regex::Regex;

use super::words::{Stem, Words};

/// How much an entity tells of what a claim is about.
const ENTITY_WEIGHT: f32 = 1.0;
/// How much a number does.
const NUMBER_WEIGHT: f32 = 0.9;

/// A word of the story, by its stem; or an entity, or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Term(u32);

impl Term {
    /// Its place among all terms of the story.
    pub(super) fn place(self) -> usize {
        self.0 as usize
    }
}

/// What a term is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Word(Option<Stem>),
    Number,
    Entity,
}

/// What is known of a term.
struct Known {
    kind: Kind,
    weight: f32,
    text: CompactString,
}

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is compared by; none for a word that tells nothing.
    pub(super) term: Option<Term>,
    /// Whether it stands behind the head of a noun phrase.
    pub(super) ends_head: bool,
    /// Whether it is written with a capital letter.
    pub(super) is_capitalised: bool,
}

/// The terms of a story.
pub(super) struct Terms<'w> {
    words: &'w Words,
    numbers: HashMap<CompactString, Term>,
    /// The words that were read, as they were written.
    tokens: HashMap<CompactString, Token>,
    known: Vec<Known>,
}

impl<'w> Terms<'w> {
    pub(super) fn new(words: &'w Words) -> Self {
        Self { words, numbers: HashMap::new(), tokens: HashMap::new(), known: Vec::new() }
    }

    /// The term of an entity that is the same in every article.
    pub(super) fn entity(&mut self, iri: &str) -> Term {
        self.intern(iri.into(), Kind::Entity, ENTITY_WEIGHT)
    }

    /// The words of a text.
    pub(super) fn tokens(&mut self, text: &str) -> Vec<Token> {
        // Abbreviations, words, numbers; a comma ends the core of a phrase as a
        // preposition does.
        static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(
                r"(?:\p{L}\.){2,}|\b[Rr]e-\p{Ll}+|\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)?|\d[\d.,]*|,",
            )
            .expect("a valid pattern")
        });
        TOKEN.find_iter(text).map(|found| self.token(found.as_str())).collect()
    }

    /// The terms of a text, once each, in order.
    pub(super) fn of(&mut self, text: &str) -> Vec<Term> {
        let mut terms = Vec::new();
        for token in self.tokens(text) {
            push_new(&mut terms, token.term);
        }
        terms
    }

    fn token(&mut self, text: &str) -> Token {
        if let Some(token) = self.tokens.get(text) {
            return *token;
        }
        let token = self.new_token(text);
        self.tokens.insert(text.into(), token);
        token
    }

    fn new_token(&mut self, text: &str) -> Token {
        let is_capitalised = text.starts_with(char::is_uppercase);
        let lower = text.to_lowercase().replace('’', "'");
        let bare = lower.strip_suffix("'s").unwrap_or(&lower);
        let word = bare.replace(['.', '-', '\''], "");
        // *US* is no pronoun.
        let is_acronym = word.len() > 1 && !text.contains(char::is_lowercase);
        let ends_head = text == "," || !is_acronym && self.words.ends_head(&word);
        let term = if text.starts_with(|c: char| c.is_ascii_digit()) {
            Some(self.number(&lower))
        } else if text == "," || word.is_empty() || !is_acronym && self.words.is_stop_word(&word) {
            None
        } else {
            Some(self.word(&word))
        };
        Token { term, ends_head, is_capitalised }
    }

    fn number(&mut self, digits: &str) -> Term {
        let digits = digits.trim_end_matches(['.', ',']).replace(',', "");
        self.intern(digits.into(), Kind::Number, NUMBER_WEIGHT)
    }

    fn word(&mut self, word: &str) -> Term {
        let words = self.words;
        if let Some(digits) = words.digits(word) {
            return self.number(digits);
        }
        let stem = self.words.stem_text(word);
        let known = self.words.known(&stem);
        let weight = self.words.weight(known);
        self.intern(stem, Kind::Word(known), weight)
    }

    fn intern(&mut self, text: CompactString, kind: Kind, weight: f32) -> Term {
        let next = Term(self.known.len() as u32);
        let term = *self.numbers.entry(text.clone()).or_insert(next);
        if term == next {
            self.known.push(Known { kind, weight, text });
        }
        term
    }

    /// How many terms there are.
    pub(super) fn count(&self) -> usize {
        self.known.len()
    }

    /// All terms, in order of their places.
    pub(super) fn all(&self) -> impl Iterator<Item = Term> {
        (0..self.known.len() as u32).map(Term)
    }

    fn known(&self, term: Term) -> &Known {
        &self.known[term.place()]
    }

    /// The stem, the digits or the IRI.
    pub(super) fn text(&self, term: Term) -> &str {
        &self.known(term).text
    }

    /// How much a term tells of what a claim is about.
    pub(super) fn weight(&self, term: Term) -> f32 {
        self.known(term).weight
    }

    /// The sum of the weights of terms.
    pub(super) fn mass(&self, terms: &[Term]) -> f32 {
        terms.iter().map(|&term| self.weight(term)).sum()
    }

    pub(super) fn is_number(&self, term: Term) -> bool {
        self.known(term).kind == Kind::Number
    }

    pub(super) fn is_entity(&self, term: Term) -> bool {
        self.known(term).kind == Kind::Entity
    }

    /// How nearly two terms mean the same: from 0 to 1, and -1 for opposites.
    pub(super) fn kinship(&self, one: Term, other: Term) -> f32 {
        if one == other {
            return 1.0;
        }
        match (self.known(one).kind, self.known(other).kind) {
            (Kind::Word(Some(one)), Kind::Word(Some(other))) => self.words.kinship(one, other),
            _ => 0.0,
        }
    }

    /// The share of the weight of some terms that others have too, or nearly.
    pub(super) fn share(&self, of: &[Term], within: &[Term]) -> f32 {
        self.share_by(of, within, |term| self.weight(term))
    }

    /// The same, by other weights.
    pub(super) fn share_by(
        &self,
        of: &[Term],
        within: &[Term],
        weight: impl Fn(Term) -> f32,
    ) -> f32 {
        let (mut all, mut found) = (0.0, 0.0);
        for &term in of {
            let best = self.nearness(term, within);
            all += weight(term);
            found += weight(term) * best;
        }
        if all > 0.0 { found / all } else { 0.0 }
    }

    /// How nearly the nearest of two groups of terms mean the same.
    pub(super) fn nearest(&self, some: &[Term], others: &[Term]) -> f32 {
        some.iter().map(|&one| self.nearness(one, others)).fold(0.0, f32::max)
    }

    /// How nearly a term and the nearest of others mean the same. Most terms are related to
    /// none, so that nothing has to be looked up of the others.
    fn nearness(&self, term: Term, others: &[Term]) -> f32 {
        if others.contains(&term) {
            return 1.0;
        }
        match self.known(term).kind {
            Kind::Word(Some(stem)) if !self.words.related(stem).is_empty() => {
                others.iter().map(|&other| self.kinship(term, other)).fold(0.0, f32::max)
            }
            _ => 0.0,
        }
    }
}

/// Adds those terms that are not there yet.
pub(super) fn extend_new(terms: &mut Vec<Term>, more: &[Term]) {
    for &term in more {
        push_new(terms, Some(term));
    }
}

/// Adds a term that is not there yet.
pub(super) fn push_new(terms: &mut Vec<Term>, term: Option<Term>) {
    if let Some(term) = term
        && !terms.contains(&term)
    {
        terms.push(term);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let mut terms = Terms::new(Words::english());
        terms.of(text).into_iter().map(|term| terms.text(term).to_owned()).collect()
    }

    #[test]
    fn a_text_becomes_terms() {
        assert_eq!(
            texts("The U.S. embassies told us of F.B.I. men"),
            ["us", "embassi", "tell", "fbi", "man"]
        );
        assert_eq!(
            texts("at least twelve of 1,200 re-elected"),
            ["least", "12", "1200", "reelect"]
        );
        assert!(texts("of the and").is_empty());
    }

    #[test]
    fn a_part_is_shared() {
        let mut terms = Terms::new(Words::english());
        let (one, other) =
            (terms.of("guards the embassy"), terms.of("protects an embassy in Kyiv"));
        assert!(terms.share(&one, &other) > 0.9);
        assert!(terms.share(&other, &one) < 0.8);
    }
}
