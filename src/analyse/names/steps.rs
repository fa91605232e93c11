//! Steps that no pattern can say: they count or compare over the whole article.

use std::collections::BTreeMap;

use super::draft::{Draft, is_name_like};
use super::rule::Algorithm;
use crate::analyse::name_words::{WordClass, is_acronym};
use crate::text::{Name, NameKind, Upos};

/// A full name counts so much as the surname standing alone does.
const FULL_NAME: usize = 2;
/// An unmarked word becomes a name when so many votes say so.
const ENOUGH: usize = 2;

/// For the words of a name, how often each kind was seen.
type Votes = BTreeMap<String, BTreeMap<NameKind, usize>>;

impl Draft<'_> {
    /// Does a step.
    pub(super) fn step(&mut self, algorithm: Algorithm) {
        match algorithm {
            Algorithm::ExpandAcronyms => self.expand_acronyms(),
            Algorithm::Agree => self.agree(),
            Algorithm::KeepAcronyms => self.keep_acronyms(),
        }
    }

    /// The same words get the kind that most of them have; of equals, their own.
    /// Proper nouns outside of names that are names elsewhere become such.
    fn agree(&mut self) {
        let votes = self.votes();
        for i in 0..self.names.len() {
            let Some(kinds) = votes.get(&self.words_of(&self.names[i])) else { continue };
            let own = kinds.get(&self.names[i].kind).copied().unwrap_or(0);
            let (kind, count) = most_voted(kinds);
            if count > own {
                self.retag(i, kind);
            }
        }
        self.put((0..self.len()).filter_map(|token| self.missed(token, &votes)).collect());
    }

    /// The name of a proper noun outside of names that is a name elsewhere.
    fn missed(&self, token: usize, votes: &Votes) -> Option<Name> {
        let form = self.form(token);
        let outside = self.name_at(token).is_none();
        if !outside || self.upos(token) != Upos::Propn || !is_name_like(form) {
            return None;
        }
        let kinds = votes.get(form).filter(|kinds| kinds.values().sum::<usize>() >= ENOUGH)?;
        self.name(token..token + 1, most_voted(kinds).0)
    }

    fn votes(&self) -> Votes {
        let mut votes = Votes::new();
        for name in &self.names {
            *votes.entry(self.words_of(name)).or_default().entry(name.kind).or_default() += 1;
            let surname = self.form(name.tokens.end.index() - 1);
            let full = name.kind == NameKind::Person && name.tokens.len() > 1;
            if full && is_name_like(surname) {
                let kinds = votes.entry(surname.to_owned()).or_default();
                *kinds.entry(name.kind).or_default() += FULL_NAME;
            }
        }
        votes
    }

    /// Makes one name of the words that an acronym in brackets is of, and gives both
    /// the same kind, in all of the article: *the Northern Rail Board (NRB)*, where
    /// the letters in brackets begin the words before them (Schwartz and Hearst 2003,
    /// *A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical Text*).
    fn expand_acronyms(&mut self) {
        let mut both: Vec<Name> = Vec::new();
        for bracket in 1..self.len().saturating_sub(2) {
            let acronym = bracket + 1;
            let enclosed = self.form(bracket) == "(" && self.form(acronym + 1) == ")";
            if enclosed
                && is_acronym(self.form(acronym))
                && let Some(names) = self.expand(bracket)
            {
                self.acronyms.insert(self.form(acronym).to_owned(), names[1].kind);
                both.extend(names);
            }
        }
        self.put(both);
        self.keep_acronyms();
    }

    /// What the article spells out is that and nothing else.
    fn keep_acronyms(&mut self) {
        for i in 0..self.names.len() {
            let name = self.names[i];
            if let Some(&kind) = self.acronyms.get(self.form(name.tokens.start.index()))
                && name.tokens.len() == 1
            {
                self.retag(i, kind);
            }
        }
    }

    /// The names before a bracket and in it, if the model sees any of the first.
    fn expand(&self, bracket: usize) -> Option<[Name; 2]> {
        let first = self.expansion(bracket)?;
        let overlapping = self.names.partition_point(|name| name.tokens.end.index() <= first);
        let within =
            self.names.iter().skip(overlapping).take_while(|n| n.tokens.start.index() < bracket);
        let kind = within.map(|n| n.kind).max_by_key(|&kind| rank(kind))?;
        let kind = if rank(kind) == 0 { NameKind::Organization } else { kind };
        let acronym = bracket + 1;
        Some([self.name(first..bracket, kind)?, self.name(acronym..acronym + 1, kind)?])
    }

    /// Where the words begin whose first letters stand in the bracket.
    fn expansion(&self, bracket: usize) -> Option<usize> {
        let mut letters = self.form(bracket + 1).chars().rev().filter(|c| c.is_alphabetic());
        let mut letter = letters.next()?;
        let mut token = bracket;
        loop {
            token = token.checked_sub(1)?;
            if self.form(token).starts_with(letter) {
                match letters.next() {
                    Some(next) => letter = next,
                    None => return Some(token),
                }
            } else if !self.is(token, WordClass::Unlettered) {
                return None;
            }
        }
    }
}

/// The kind with the most votes, the last of several.
#[allow(clippy::expect_used)]
fn most_voted(kinds: &BTreeMap<NameKind, usize>) -> (NameKind, usize) {
    let best = kinds.iter().max_by_key(|(_, count)| **count);
    best.map(|(kind, count)| (*kind, *count)).expect("whoever has votes has one")
}

/// Of two kinds within a name, which is more likely that of the whole.
fn rank(kind: NameKind) -> usize {
    match kind {
        NameKind::Organization => 3,
        NameKind::Facility => 2,
        NameKind::Event | NameKind::Product => 1,
        _ => 0,
    }
}
