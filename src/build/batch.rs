//! Articles that are stored together: large batches are stored faster, and are held in
//! memory till then.

use std::time::{Duration, Instant};

use crate::graph::{Built, Store, StoreError};

/// A batch is stored when it holds this many quads.
const QUADS: usize = 600_000;
/// Or when it is this old, or half the time that the build has taken, up to half a minute:
/// so much work a kill can cost. Each batch becomes files of its own, and while a store is
/// small the database merges all that it holds as soon as there are two of them, so that
/// many small batches cost more than few large ones.
const AGE: Duration = Duration::from_secs(15);
const SHARE: u32 = 2;
const OLDEST: Duration = Duration::from_secs(30);

/// Articles that are written together; each is whole in itself.
#[derive(Default)]
pub(super) struct Batch {
    articles: Vec<Built>,
    quads: usize,
    since: Option<Instant>,
}

impl Batch {
    /// Adds an article.
    pub(super) fn push(&mut self, built: Built) {
        self.quads += built.graph.quads.len();
        self.articles.push(built);
        self.since.get_or_insert_with(Instant::now);
    }

    /// Whether it is large or old enough, in a build that was started then.
    pub(super) fn is_due(&self, started: Instant) -> bool {
        let age = (started.elapsed() / SHARE).clamp(AGE, OLDEST);
        self.quads >= QUADS || self.since.is_some_and(|since| since.elapsed() >= age)
    }

    /// Stores what it holds, and empties it.
    pub(super) fn write(&mut self, store: &Store) -> Result<(), StoreError> {
        let Self { articles, .. } = std::mem::take(self);
        store.add(articles)
    }
}
