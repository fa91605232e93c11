//! Groups: nationalities, peoples, religions, political camps.

use std::collections::BTreeSet;

use super::{Draft, is_name_like};
use crate::analyse::name_words::WordClass;
use crate::text::{Name, NameKind, TokenId};

/// Groups have at most so many words.
const LONGEST_GROUP: u32 = 3;

impl Draft<'_> {
    /// Finds groups, and tells those that are known as something else.
    pub(super) fn add_groups(&mut self) {
        for i in 0..self.names.len() {
            if self.lexicon.is_group(&self.words(&self.names[i])) {
                self.names[i].kind = NameKind::Group;
            }
        }
        self.add_where(|draft, token| Some((NameKind::Group, draft.group_at(token)?)));
        self.widen_groups();
        self.join_groups();
    }

    /// What has elders and speaks a language is a people: no place or person
    /// that a list knows, *Orm elder* makes *Orm* a group in all of the article.
    pub(super) fn classify_peoples(&mut self) {
        let unknown = |draft: &Self, name: &Name| {
            let form = draft.form(name.tokens.start);
            name.tokens.len() == 1
                && matches!(name.kind, NameKind::Person | NameKind::Place)
                && !draft.phrases.is_person_or_place(form)
        };
        let peoples: BTreeSet<String> = self
            .names
            .iter()
            .filter(|name| unknown(self, name) && self.is(name.tokens.end, WordClass::People))
            .map(|name| self.words(name))
            .collect();
        for i in 0..self.names.len() {
            if peoples.contains(&self.words(&self.names[i])) {
                self.names[i].kind = NameKind::Group;
            }
        }
    }

    /// The end of the longest group that starts at a token.
    fn group_at(&self, first: TokenId) -> Option<TokenId> {
        self.form(first).starts_with(char::is_uppercase).then_some(())?;
        let mut ends = (1..=LONGEST_GROUP).rev().map(|length| first + length);
        ends.find(|&end| self.lexicon.is_group(&self.text(first, end)))
    }

    /// *British Indians* are one group.
    fn join_groups(&mut self) {
        self.join_where(|_, before, name| {
            let groups = [before, name].iter().all(|n| n.kind == NameKind::Group);
            (groups && before.tokens.end == name.tokens.start).then_some(NameKind::Group)
        });
    }

    /// *South* belongs to *South Korean*.
    fn widen_groups(&mut self) {
        // Where the name before begins: a name of one word gives way.
        let (mut free, mut alone) = (TokenId::default(), None);
        let mut given_way = Vec::new();
        for i in 0..self.names.len() {
            let Some(&Name { tokens, kind, .. }) = self.names.get(i) else { return };
            let (first, last) = (tokens.start, tokens.end);
            let before = first.checked_sub(1).filter(|&t| t >= free || alone == Some(t));
            if let Some(part) = before.filter(|&t| self.is(t, WordClass::Part)) {
                let group = kind == NameKind::Group && is_name_like(self.form(part));
                if let Some(wider) = self.name(part, last, kind).filter(|_| group) {
                    given_way.extend((alone == Some(part)).then(|| i - 1));
                    self.names[i] = wider;
                }
            }
            (free, alone) = (last, (last - first == 1).then_some(first));
        }
        for i in given_way.into_iter().rev() {
            self.names.remove(i);
        }
    }
}
