//! Mentions of one cluster that are of two things: *Republican* voters have a party, *a
//! Republican* is one of it, though both are called the same; and *Ben Brook Jr.* is not
//! the *Brook* whom everybody knows.
//!
//! In: a coreference cluster; who is known to be two. Out: its mentions, those of another
//! thing apart.

use compact_str::CompactString;

use super::{is_modifier, name_of, tidy};
use crate::analyse::PersonLexicon;
use crate::text::{Cluster, Document, MentionId, MentionKind, NameKind};

/// What tells whether a name and one with *Jr.* are those of two people.
pub(in crate::resolve) type AreTwo<'a> = &'a dyn Fn(&str, &str) -> bool;

/// Tells mentions apart.
pub(super) struct Parting<'p> {
    pub(super) document: &'p Document,
    pub(super) persons: &'p PersonLexicon,
    pub(super) are_two: AreTwo<'p>,
}

impl Parting<'_> {
    /// The mentions of a cluster, those of each thing by themselves.
    pub(super) fn parts(&self, cluster: &Cluster) -> Vec<Vec<MentionId>> {
        let (one, other) = match cluster.kind {
            Some(NameKind::Group) => {
                cluster.mentions.iter().partition(|&&id| self.is_adjective(id))
            }
            Some(NameKind::Person) if self.holds_two(cluster) => self.generations(cluster),
            _ => return vec![cluster.mentions.clone()],
        };
        [one, other].into_iter().filter(|part: &Vec<MentionId>| !part.is_empty()).collect()
    }

    fn is_adjective(&self, id: MentionId) -> bool {
        let mention = self.document.mentions.get(id.index());
        mention.is_some_and(|m| m.kind == MentionKind::Name && is_modifier(self.document, m.head))
    }

    /// What a mention by name calls it.
    fn name(&self, id: MentionId) -> Option<CompactString> {
        let mention = self.document.mentions.get(id.index())?;
        let name = || tidy(self.document, name_of(self.document, mention).0);
        (mention.kind == MentionKind::Name).then(name)
    }

    /// Whether father and son are in one cluster, and neither is in another. Where the
    /// son is named first, the bare surname is his.
    fn holds_two(&self, cluster: &Cluster) -> bool {
        let names = || cluster.mentions.iter().filter_map(|&id| self.name(id));
        if names().next().is_none_or(|first| self.is_son(&first)) {
            return false;
        }
        let Some(son) = names().find(|name| self.is_son(name)) else { return false };
        let father = names().filter(|name| !self.is_son(name)).max_by_key(|name| name.len());
        let Some(father) = father.filter(|father| (self.are_two)(&son, father)) else {
            return false;
        };
        let surname = last_word(&father);
        let clusters = self.document.clusters.iter();
        let others = clusters.filter(|c| c.kind == cluster.kind && c.mentions != cluster.mentions);
        let mut others = others.flat_map(|c| &c.mentions).filter_map(|&id| self.name(id));
        !others.any(|name| last_word(&name) == surname)
    }

    fn is_son(&self, name: &str) -> bool {
        self.persons.is_generation(last_word(name))
    }

    /// Sons and fathers; who is not named is who was named last.
    fn generations(&self, cluster: &Cluster) -> (Vec<MentionId>, Vec<MentionId>) {
        let (mut sons, mut fathers) = (Vec::new(), Vec::new());
        let mut is_son = false;
        for &id in &cluster.mentions {
            if let Some(name) = self.name(id) {
                is_son = self.is_son(&name);
            }
            if is_son { sons.push(id) } else { fathers.push(id) }
        }
        (sons, fathers)
    }
}

fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}
