//! Kinds that words tell, whatever the model makes of them.

use super::{Draft, is_name_like};
use crate::analyse::name_words::WordClass;
use crate::text::{Name, NameKind, TokenId, Upos};

impl Draft<'_> {
    /// *Toyota* is the company, unless somebody of that name is written of.
    pub(super) fn tell_organizations(&mut self) {
        for i in 0..self.names.len() {
            let name = self.names[i];
            let known = self.lexicon.is(&self.words(&name), WordClass::Organization);
            let told = matches!(name.kind, NameKind::Organization | NameKind::Product);
            if known && !told && !self.is_part(&name) {
                self.names[i].kind = NameKind::Organization;
            }
        }
    }

    /// *Miller Motors* is no person, *Harbin Bank* no place.
    pub(super) fn tell_firms(&mut self) {
        for i in 0..self.names.len() {
            let name = self.names[i];
            let other = matches!(name.kind, NameKind::Person | NameKind::Place);
            let firm = name.last - name.first > 1 && self.is(name.last - 1, WordClass::Firm);
            if other && firm && !self.is_place(&name) {
                self.names[i].kind = NameKind::Organization;
            }
        }
    }

    fn is_place(&self, name: &Name) -> bool {
        let forms: Vec<&str> = (name.first..name.last).map(|t| self.form(t)).collect();
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

    /// Whether a name is a word of a person's.
    pub(super) fn is_part(&self, name: &Name) -> bool {
        let word = self.form(name.first);
        self.names.iter().any(|full| {
            let person = full.kind == NameKind::Person && full.last - full.first > 1;
            person && (full.first..full.last).any(|t| self.form(t) == word)
        })
    }

    /// Illnesses and planets are none of the kinds that the model knows.
    pub(super) fn tell_others(&mut self) {
        for i in 0..self.names.len() {
            let name = self.names[i];
            let planet = name.last - name.first == 1
                && self.is(name.first, WordClass::Planet)
                && !self.is_part(&name);
            if planet || self.is(name.first, WordClass::Illness) {
                self.names[i].kind = NameKind::Other;
            }
        }
    }

    /// Laws and songs are no events, though the model takes them for such.
    pub(super) fn tell_events(&mut self) {
        for i in 0..self.names.len() {
            let name = self.names[i];
            let told = (name.first..name.last).any(|t| self.is(t, WordClass::Event));
            if name.kind == NameKind::Event && !told {
                self.names[i].kind = NameKind::Other;
            }
        }
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
    pub(super) fn tell_facilities(&mut self) {
        for i in 0..self.names.len() {
            let name = self.names[i];
            let place = matches!(name.kind, NameKind::Place | NameKind::Organization);
            let made = |first| self.lexicon.is(&self.text(first, name.last), WordClass::Facility);
            let last = name.last.saturating_sub(3).max(name.first)..name.last;
            let told = name.last - name.first > 1 && last.into_iter().any(made);
            let known = self.lexicon.is(&self.words(&name), WordClass::Landmark);
            if place && (told || known) {
                self.names[i].kind = NameKind::Facility;
            }
        }
        self.add_where(|draft, token| {
            let is_name = |end: &TokenId| {
                draft.upos(end - 1) == Upos::Propn
                    && draft.lexicon.is(&draft.text(token, *end), WordClass::Landmark)
            };
            is_name_like(draft.form(token)).then_some(())?;
            Some((NameKind::Facility, (token + 1..=token + 3).rev().find(is_name)?))
        });
    }

    /// *KS* of *Lawrence, KS* is a place.
    pub(super) fn add_states(&mut self) {
        let towns: Vec<TokenId> =
            self.names.iter().filter(|n| n.kind == NameKind::Place).map(|n| n.last).collect();
        self.add_where(|draft, token| {
            let form = draft.form(token);
            let code = form.len() == 2 && form.chars().all(|c| c.is_ascii_uppercase());
            let comma = token.checked_sub(1).filter(|&t| draft.form(t) == ",")?;
            let state = code && draft.is(token, WordClass::Region);
            let follows = state && towns.binary_search(&comma).is_ok();
            follows.then_some((NameKind::Place, token + 1))
        });
        for i in 1..self.names.len() {
            let (town, state) = (self.names[i - 1], self.names[i]);
            let form = self.form(state.first);
            let code = state.last - state.first == 1
                && form.len() == 2
                && form.chars().all(|c| c.is_ascii_uppercase());
            if code
                && town.kind == NameKind::Place
                && town.last + 1 == state.first
                && self.form(town.last) == ","
                && self.is(state.first, WordClass::Region)
            {
                self.names[i].kind = NameKind::Place;
            }
        }
    }
}
