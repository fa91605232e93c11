//! Acronyms: what they stand for tells their kind.
//!
//! *the Northern Rail Board (NRB)*: the letters in brackets begin the words
//! before them (Schwartz and Hearst 2003, *A Simple Algorithm for Identifying
//! Abbreviation Definitions in Biomedical Text*).

use std::collections::{BTreeMap, BTreeSet};

use super::Draft;
use crate::analyse::name_words::{WordClass, is_acronym};
use crate::text::{Name, NameKind, TokenId, TokenRange, Upos};

/// Words without letters in an acronym.
const SMALL_WORDS: [&str; 10] = ["of", "the", "and", "for", "in", "on", "to", "de", "&", "-"];
/// Unknown letters are a name when they stand so often, proper nouns twice.
const OFTEN: usize = 6;

impl Draft<'_> {
    /// Makes one name of the words that an acronym in brackets is of, and gives
    /// both the same kind, in all of the article.
    pub(super) fn expand_acronyms(&mut self) {
        let brackets =
            TokenId::new(1).until(TokenId::from_index(self.tokens.len()).saturating_sub(2));
        let encloses = |&t: &TokenId| {
            self.form(t) == "(" && self.form(t + 2) == ")" && is_acronym(self.form(t + 1))
        };
        let both = brackets.iter().filter(encloses).filter_map(|bracket| self.expand(bracket));
        let both: Vec<[Name; 2]> = both.collect();
        self.acronyms =
            both.iter().map(|[_, acronym]| (self.words(acronym), acronym.kind)).collect();
        self.put(both.into_iter().flatten().collect());
        self.keep_acronyms();
    }

    /// What the article spells out is that and nothing else.
    pub(super) fn keep_acronyms(&mut self) {
        for i in 0..self.names.len() {
            if let Some(&kind) = self.acronyms.get(self.form(self.names[i].tokens.start))
                && self.names[i].tokens.end - self.names[i].tokens.start == 1
            {
                self.names[i].kind = kind;
            }
        }
    }

    /// The names before a bracket and in it, if the model sees any of the first.
    fn expand(&self, bracket: TokenId) -> Option<[Name; 2]> {
        let first = self.expansion(bracket)?;
        let overlapping = self.names.partition_point(|name| name.tokens.end <= first);
        let within = self.names.iter().skip(overlapping).take_while(|n| n.tokens.start < bracket);
        let kind = within.map(|n| n.kind).max_by_key(|&kind| rank(kind))?;
        let kind = if rank(kind) == 0 { NameKind::Organization } else { kind };
        let acronym = bracket + 1;
        Some([self.name(first, bracket, kind)?, self.name(acronym, acronym + 1, kind)?])
    }

    /// Where the words begin whose first letters stand in the bracket.
    fn expansion(&self, bracket: TokenId) -> Option<TokenId> {
        let mut letters = self.form(bracket + 1).chars().rev().filter(|c| c.is_alphabetic());
        let mut letter = letters.next()?;
        let mut token = bracket;
        loop {
            token = token.checked_sub(1)?;
            let form = self.form(token);
            if form.starts_with(letter) {
                match letters.next() {
                    Some(next) => letter = next,
                    None => return Some(token),
                }
            } else if !SMALL_WORDS.contains(&form) {
                return None;
            }
        }
    }

    /// Letters alone are an organisation's, if no list has them as a place or a
    /// person, and the words beside them are not in capitals, too.
    pub(super) fn classify_acronyms(&mut self) {
        for i in 0..self.names.len() {
            let name = self.names[i];
            let form = self.form(name.tokens.start);
            let other = matches!(name.kind, NameKind::Place | NameKind::Group);
            let alone = name.tokens.len() == 1 && is_acronym(form) && form.len() > 2;
            let known = self.phrases.is_person_or_place(form)
                || self.is(name.tokens.start, WordClass::Region);
            if alone && other && !known && !self.shouts(name.tokens.start) {
                self.names[i].kind = NameKind::Organization;
            }
        }
    }

    /// Letters that stand after an article again and again, and in no name, are
    /// an organisation's.
    pub(super) fn add_acronyms(&mut self) {
        let mut seen: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for token in TokenRange::first(self.tokens.len()) {
            if self.is_unknown_acronym(token) {
                let article = token.checked_sub(1).is_some_and(|t| self.form(t) == "the");
                let (times, articles) = seen.entry(self.form(token)).or_default();
                *times += 1 + usize::from(self.upos(token) == Upos::Propn);
                *articles += usize::from(article);
            }
        }
        seen.retain(|_, (times, articles)| *times >= OFTEN && *articles >= 1);
        let found: BTreeSet<String> = seen.into_keys().map(str::to_owned).collect();
        self.add_where(|draft, token| {
            let known = draft.is_unknown_acronym(token) && found.contains(draft.form(token));
            known.then_some((NameKind::Organization, token + 1))
        });
    }

    fn is_unknown_acronym(&self, token: TokenId) -> bool {
        let form = self.form(token);
        let noun = matches!(self.upos(token), Upos::Propn | Upos::Noun);
        let known = self.is(token, WordClass::Common);
        let letters = form.len() > 2 && is_acronym(form);
        noun && letters && !known && !self.phrases.is_person_or_place(form) && !self.shouts(token)
    }

    /// Whether the words beside a token are in capitals.
    pub(super) fn shouts(&self, token: TokenId) -> bool {
        let small = |t: TokenId| self.form(t).contains(char::is_lowercase);
        !(token.checked_sub(1).is_some_and(small) || small(token + 1))
    }
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
