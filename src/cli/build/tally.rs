//! What a build did, counted. In: what became of each article. Out: the lines at its end.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::time::Duration;

use super::Work;
use crate::resolve::EntityKey;
use crate::text::ArticleId;

/// What a build did.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) new: usize,
    pub(super) changed: usize,
    pub(super) unchanged: usize,
    pub(super) failed: usize,
    pub(super) sentences: usize,
    pub(super) claims: usize,
    pub(super) attributions: usize,
    pub(super) removed: usize,
    /// The articles of the inputs, each with the turn of its latest version.
    pub(super) seen: BTreeMap<ArticleId, u64>,
    pub(super) global_entities: BTreeSet<EntityKey>,
    pub(super) local_entities: usize,
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
    pub(super) fn built(&self) -> usize {
        self.new + self.changed
    }

    /// The articles of the inputs that are in the store now.
    pub(super) fn articles(&self) -> usize {
        self.built() + self.unchanged
    }

    pub(super) fn print(&self, took: Duration) -> std::io::Result<()> {
        let built = self.built();
        let seconds = took.as_secs_f64();
        let mut out = anstream::stdout().lock();
        writeln!(
            out,
            "articles      {} ({} new, {} changed, {} unchanged)",
            self.articles(),
            self.new,
            self.changed,
            self.unchanged
        )?;
        if self.removed > 0 {
            writeln!(out, "removed       {}", self.removed)?;
        }
        writeln!(out, "sentences     {}", self.sentences)?;
        writeln!(out, "claims        {}", self.claims)?;
        writeln!(out, "attributions  {}", self.attributions)?;
        writeln!(out, "entities      {}", self.global_entities.len() + self.local_entities)?;
        if self.failed > 0 {
            writeln!(out, "skipped       {} (reasons above)", self.failed)?;
        }
        writeln!(out, "seconds       {seconds:.1} ({:.1} articles/s)", built as f64 / seconds)
    }
}
