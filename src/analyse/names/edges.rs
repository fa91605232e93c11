//! Where names begin and end: articles and titles are no part of them, a
//! surname before a comma is.

use super::Draft;
use super::WordClass;
use crate::text::{Name, NameKind, TokenId};

impl Draft<'_> {
    /// *the* and *Gen* stand before a name.
    pub(super) fn trim(&mut self) {
        let (names, draft) = (std::mem::take(&mut self.names), &*self);
        let trimmed = names.iter().filter_map(|name| draft.trimmed(name)).collect();
        self.names = trimmed;
    }

    /// A name without what only stands before it; none of a title alone.
    fn trimmed(&self, name: &Name) -> Option<Name> {
        let person = name.kind == NameKind::Person;
        let is_before = |t: TokenId| {
            self.form(t) == "the" || person && self.is(t, WordClass::Title)
        };
        let first = (name.first..name.last).find(|&t| !is_before(t))?;
        self.name(first, name.last, name.kind)
    }

    /// *"Doe, Jane" <jane@example.org>* names one person.
    pub(super) fn join_inverted(&mut self) {
        for i in (1..self.names.len()).rev() {
            let (before, name) = (self.names[i - 1], self.names[i]);
            let persons = [before, name].iter().all(|n| n.kind == NameKind::Person);
            if persons && self.is_inverted(&before, &name) {
                let whole = self.name(before.first, name.last, NameKind::Person);
                self.names.splice(i - 1..=i, whole);
            }
        }
    }

    fn is_inverted(&self, surname: &Name, given: &Name) -> bool {
        let quoted = |t: Option<TokenId>| t.is_some_and(|t| self.form(t) == "\"");
        surname.last + 1 == given.first
            && self.form(surname.last) == ","
            && quoted(surname.first.checked_sub(1))
            && quoted(Some(given.last))
            && self.form(given.last + 1).starts_with(['<', '(', '['])
    }
}
