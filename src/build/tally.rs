//! What a build did, counted. In: what became of each article.

use std::collections::{BTreeMap, BTreeSet};

use super::event::Work;
use crate::resolve::EntityKey;
use crate::text::ArticleId;

/// What a build did.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Tally {
    /// Articles that were not stored before.
    pub new: usize,
    /// Articles that replace what was stored of them.
    pub changed: usize,
    /// Articles that are as they were stored.
    pub unchanged: usize,
    /// Articles that could not be read or built.
    pub failed: usize,
    /// Sentences of what was stored.
    pub sentences: usize,
    /// Claims of it.
    pub claims: usize,
    /// Attributions of it.
    pub attributions: usize,
    /// Articles that were taken out.
    pub removed: usize,
    /// The articles of the inputs, each with the turn of its latest version.
    pub seen: BTreeMap<ArticleId, u64>,
    /// Entities that all articles know.
    pub global_entities: BTreeSet<EntityKey>,
    /// Entities of one article each.
    pub local_entities: usize,
    /// Articles that were stored before, whose sources are kept only now, and their digests.
    pub(super) kept: Vec<(ArticleId, String)>,
    /// Articles that their providers withdrew, up to these versions.
    pub(super) withdrawn: Vec<(ArticleId, Option<u64>)>,
}

impl Tally {
    /// Whether no later version of an article was written before; notes this one.
    pub(super) fn is_latest(&mut self, id: &ArticleId, turn: u64) -> bool {
        let latest = self.seen.entry(id.clone()).or_insert(turn);
        let is_latest = *latest <= turn;
        *latest = turn.max(*latest);
        is_latest
    }

    /// Counts an article that is to be written, unless a later version of it was.
    pub(super) fn add(&mut self, work: &Work) -> bool {
        let again = self.seen.contains_key(&work.built.graph.id);
        if !self.is_latest(&work.built.graph.id, work.turn) {
            return false;
        }
        if !again {
            *(if work.is_new { &mut self.new } else { &mut self.changed }) += 1;
        }
        self.sentences += work.sentences;
        self.claims += work.claims;
        self.attributions += work.attributions;
        for key in &work.entities {
            if key.is_global() {
                self.global_entities.insert(key.clone());
            } else {
                self.local_entities += 1;
            }
        }
        true
    }

    /// The articles that were stored.
    pub fn built(&self) -> usize {
        self.new + self.changed
    }

    /// The articles of the inputs that are in the store now.
    pub fn articles(&self) -> usize {
        self.built() + self.unchanged
    }
}
