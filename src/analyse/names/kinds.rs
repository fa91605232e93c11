//! Kinds that words tell, whatever the model makes of them.

use std::collections::BTreeSet;

use super::{Draft, is_name_like};
use crate::analyse::name_words::WordClass;
use crate::text::{Name, NameKind, TokenId, Upos};

impl Draft<'_> {
    /// *Toyota* is the company, unless somebody of that name is written of.
    pub(super) fn classify_organizations(&mut self) {
        let persons = self.person_words();
        for i in 0..self.names.len() {
            let name = self.names[i];
            let known = self.lexicon.is(&self.words(&name), WordClass::Organization);
            let told = matches!(name.kind, NameKind::Organization | NameKind::Product);
            if known && !told && !persons.contains(self.form(name.tokens.start)) {
                self.names[i].kind = NameKind::Organization;
            }
        }
    }

    /// *Miller Motors* is no person, *Harbin Bank* no place.
    pub(super) fn classify_firms(&mut self) {
        for i in 0..self.names.len() {
            let name = self.names[i];
            let other = matches!(name.kind, NameKind::Person | NameKind::Place);
            let firm = name.tokens.len() > 1 && self.is(name.tokens.end - 1, WordClass::Firm);
            if other && firm && !self.is_place(&name) {
                self.names[i].kind = NameKind::Organization;
            }
        }
    }

    fn is_place(&self, name: &Name) -> bool {
        let forms: Vec<&str> = name.tokens.iter().map(|t| self.form(t)).collect();
        self.phrases.is_place(&forms)
    }

    /// *Toyota* is a name, though the model sees none.
    pub(super) fn add_organizations(&mut self) {
        self.add_where(|draft, token| {
            let proper = draft.upos(token) == Upos::Propn && is_name_like(draft.form(token));
            let known = proper && draft.is(token, WordClass::Organization);
            known.then_some((NameKind::Organization, token + 1))
        });
    }

    /// The words of persons' names of more than one word.
    pub(super) fn person_words(&self) -> BTreeSet<String> {
        let full = |n: &&Name| n.kind == NameKind::Person && n.tokens.len() > 1;
        let words = self.names.iter().filter(full).flat_map(|n| n.tokens);
        words.map(|t| self.form(t).to_owned()).collect()
    }

    /// Illnesses and planets are none of the kinds that the model knows.
    pub(super) fn classify_others(&mut self) {
        let persons = self.person_words();
        for i in 0..self.names.len() {
            let name = self.names[i];
            let planet = name.tokens.len() == 1
                && self.is(name.tokens.start, WordClass::Planet)
                && !persons.contains(self.form(name.tokens.start));
            if planet || self.is(name.tokens.start, WordClass::Illness) {
                self.names[i].kind = NameKind::Other;
            }
        }
    }

    /// Laws and songs are no events, though the model takes them for such; Easter
    /// is nothing else.
    pub(super) fn classify_events(&mut self) {
        for i in 0..self.names.len() {
            let name = self.names[i];
            let occasion = self.lexicon.is(&self.words(&name), WordClass::Occasion);
            let told = name.tokens.iter().any(|t| self.tells_event(t));
            self.names[i].kind = match name.kind {
                _ if occasion => NameKind::Event,
                NameKind::Event if !told => NameKind::Other,
                kind => kind,
            };
        }
    }

    fn tells_event(&self, token: TokenId) -> bool {
        let noun = self.reference.noun(self.form(token)).map(|noun| noun.kind);
        let occasion = self.is(token, WordClass::Occasion);
        occasion || self.is(token, WordClass::Event) || noun == Some(NameKind::Event)
    }

    /// *the Cabinet* is one that everybody knows.
    pub(super) fn add_bodies(&mut self) {
        self.add_where(|draft, token| {
            let the = |t| draft.form(t).eq_ignore_ascii_case("the");
            let article = token.checked_sub(1).is_some_and(the);
            let body = is_name_like(draft.form(token)) && draft.is(token, WordClass::Body);
            (article && body).then_some((NameKind::Organization, token + 1))
        });
    }

    /// A made place is told by its last words (*Sofia Airport*), or known.
    pub(super) fn classify_facilities(&mut self) {
        for i in 0..self.names.len() {
            let name = self.names[i];
            let place = matches!(name.kind, NameKind::Place | NameKind::Organization);
            let made =
                |first| self.lexicon.is(&self.text(first, name.tokens.end), WordClass::Facility);
            let last =
                name.tokens.end.saturating_sub(3).max(name.tokens.start).until(name.tokens.end);
            let told = name.tokens.len() > 1 && last.into_iter().any(made);
            let known = self.lexicon.is(&self.words(&name), WordClass::Landmark);
            if place && (told || known) {
                self.names[i].kind = NameKind::Facility;
            }
        }
        self.add_where(|draft, token| {
            let is_name = |end: &TokenId| {
                draft.upos(*end - 1) == Upos::Propn
                    && draft.lexicon.is(&draft.text(token, *end), WordClass::Landmark)
            };
            is_name_like(draft.form(token)).then_some(())?;
            Some((NameKind::Facility, (token + 1).through(token + 3).iter().rev().find(is_name)?))
        });
    }

    /// *KS* of *Lawrence, KS* is a place.
    pub(super) fn add_states(&mut self) {
        let state = |town: &Name| {
            let token = town.tokens.end + 1;
            let form = self.form(token);
            let code = form.len() == 2 && form.chars().all(|c| c.is_ascii_uppercase());
            let follows = town.kind == NameKind::Place && self.form(town.tokens.end) == ",";
            let begun = self.names.binary_search_by_key(&token, |name| name.tokens.start).ok();
            let longer =
                begun.and_then(|i| self.names.get(i)).is_some_and(|n| n.tokens.end > token + 1);
            let state = follows && code && !longer && self.is(token, WordClass::Region);
            state.then(|| self.name(token, token + 1, NameKind::Place)).flatten()
        };
        self.put(self.names.iter().filter_map(state).collect());
    }
}
