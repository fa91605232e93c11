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
        let Some(mention) = self.document.mentions.get(id.index()) else { return false };
        mention.kind == MentionKind::Name && is_modifier(self.document, mention.head)
    }

    /// What a mention by name calls it.
    fn name(&self, id: MentionId) -> Option<CompactString> {
        let mention = self.document.mentions.get(id.index())?;
        if mention.kind != MentionKind::Name {
            return None;
        }
        Some(tidy(self.document, name_of(self.document, mention).0))
    }

    /// Whether father and son are in one cluster, and neither is in another. Where the
    /// son is named first, the bare surname is his.
    fn holds_two(&self, cluster: &Cluster) -> bool {
        let names: Vec<_> = cluster.mentions.iter().filter_map(|&id| self.name(id)).collect();
        let (sons, fathers): (Vec<_>, Vec<_>) = names.iter().partition(|name| self.is_son(name));
        let (Some(son), Some(first)) = (sons.first(), names.first()) else { return false };
        let Some(father) = fathers.iter().max_by_key(|name| name.len()) else { return false };
        !self.is_son(first)
            && (self.are_two)(son, father)
            && !self.is_in_another(cluster, last_word(father))
    }

    /// Whether somebody in another cluster of the kind has a surname.
    fn is_in_another(&self, cluster: &Cluster, surname: &str) -> bool {
        for other in &self.document.clusters {
            if other.kind != cluster.kind || other.mentions == cluster.mentions {
                continue;
            }
            for &id in &other.mentions {
                if self.name(id).is_some_and(|name| last_word(&name) == surname) {
                    return true;
                }
            }
        }
        false
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
