//! Storms have the names of persons.

use std::collections::BTreeSet;

use super::{Draft, is_name_like};
use crate::analyse::name_words::WordClass;
use crate::text::{Name, NameKind, TokenId};

impl Draft<'_> {
    /// *Hurricane Ida* is no person, nor is *Ida* in the same article.
    pub(super) fn classify_storms(&mut self) {
        self.join_storms();
        let storms: BTreeSet<String> = self
            .names
            .iter()
            .filter(|name| self.is_storm(name))
            .map(|name| self.text(name.tokens.start + 1, name.tokens.end))
            .collect();
        for i in 0..self.names.len() {
            let name = self.names[i];
            if self.is_storm(&name) || storms.contains(&self.words(&name)) {
                self.names[i].kind = NameKind::Event;
            }
        }
    }

    /// Makes one name of *Hurricane* and the name behind it.
    fn join_storms(&mut self) {
        let whole = |name: &Name| {
            let before = name.tokens.start.checked_sub(1).filter(|&t| self.names_storm(t))?;
            (name.tokens.len() == 1).then(|| self.name(before, name.tokens.end, name.kind))?
        };
        self.put(self.names.iter().filter_map(whole).collect());
    }

    fn is_storm(&self, name: &Name) -> bool {
        name.tokens.len() == 2 && self.names_storm(name.tokens.start)
    }

    fn names_storm(&self, token: TokenId) -> bool {
        is_name_like(self.form(token)) && self.is(token, WordClass::Storm)
    }
}
