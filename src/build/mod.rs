//! Many articles into a store: the pool's threads read, understand and describe them, one
//! thread writes.
//!
//! In: articles, a [`Pipeline`], a [`Store`] that is open for writing. Out: a [`Tally`] of
//! what became of each. The command `build` and the server both build so.

mod batch;
mod event;
mod identity;
mod tally;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Instant;

use rayon::iter::{ParallelBridge, ParallelIterator};

pub use self::tally::Tally;

use self::batch::Batch;
use self::event::{Event, Work};
use self::identity::{Identity, identify};
use crate::curation::{self, Unlike};
use crate::graph::{Activity, ArticleSource, Built, Store, StoreError, layout};
use crate::pipeline::Pipeline;
use crate::read::{Articles, Found, Original, ReadError};
use crate::text::ArticleId;

/// After so many articles, what follows from them is worked out, and published
/// to those who read meanwhile: till then a kill leaves that to whoever opens
/// the store next.
const REFRESH_ARTICLES: usize = 2_000;

/// The same pipeline with what people decided about the entities of a store. What a kill
/// left undone of that is done first; what cannot be is told.
pub fn with_decisions(
    store: &Store,
    pipeline: &Pipeline,
) -> Result<(Pipeline, Vec<Unlike>), StoreError> {
    let left = curation::finish(store, pipeline)?;
    Ok((pipeline.with_decisions(store.decisions()?), left))
}

/// Who hears how a build goes on.
pub trait Watch {
    /// Something was passed over without loss.
    fn note(&mut self, what: &str);
    /// An article was skipped: why.
    fn complain(&mut self, reason: &str);
    /// One more article is done.
    fn advance(&mut self);
}

/// Builds articles into a store.
pub struct Builder<'a> {
    /// What reads and understands them.
    pub pipeline: &'a Pipeline,
    /// The store, open for writing.
    pub store: &'a Store,
    /// What this build is made with.
    pub activity: &'a Activity,
}

impl Builder<'_> {
    /// Builds all articles that are read: the pool's threads take them one by
    /// one, this thread writes. At most a few articles a thread wait for the writer.
    pub fn run(
        &self,
        articles: Articles,
        pool: &rayon::ThreadPool,
        watch: &mut impl Watch,
    ) -> Result<Tally, StoreError> {
        let stopped = AtomicBool::new(false);
        let (sender, receiver) = sync_channel(2 * pool.current_num_threads());
        std::thread::scope(|scope| {
            let stop = &stopped;
            scope.spawn(move || pool.install(|| self.work(articles, &sender, stop)));
            let written = self.write(&receiver, watch);
            stopped.store(true, Ordering::Relaxed);
            // Workers that wait for room in the channel are let go.
            drop(receiver);
            written
        })
    }

    fn work(&self, mut articles: Articles, sender: &SyncSender<Event>, stopped: &AtomicBool) {
        let all = std::iter::from_fn(move || articles.next_found());
        all.take_while(|_| !stopped.load(Ordering::Relaxed)).par_bridge().for_each_with(
            sender.clone(),
            |sender, item| {
                // The writer goes away only after a failure, which it tells itself.
                let _ = sender.send(self.event(item));
            },
        );
    }

    fn event(&self, found: Result<Found, ReadError>) -> Event {
        let found = match found {
            Ok(found) => found,
            Err(error) => return Event::of_error(&error),
        };
        let id = found.item.article().id.clone();
        match catch_unwind(AssertUnwindSafe(|| self.build(found))) {
            Ok(Ok(event)) => event,
            Ok(Err(error)) => Event::Failed(format!("{id}: {error}")),
            Err(_) => Event::Failed(format!("{id}: an error of this program; please report it")),
        }
    }

    fn build(&self, found: Found) -> Result<Event, StoreError> {
        let id = match identify(self.store, &found)? {
            Identity::At(id) => id,
            Identity::Older(url) => {
                let older = ReadError::Older { name: found.name.to_string(), url };
                return Ok(Event::PassedOver(older.to_string()));
            }
        };
        let Found { item, name, file, fetched, version, original, turn, .. } = found;
        let item = item.called(id.clone());
        let digest = self.pipeline.fingerprint(&item);
        let stored = self.store.digest(&id)?;
        if stored.as_deref() == Some(digest.as_str()) && self.store.holds_layout(&id)? {
            let kept = self.keep_missing(&id, original.as_ref())?;
            return Ok(Event::Unchanged(id, turn, kept));
        }
        if stored.is_none()
            && let Some(other) = self.store.article_of_text(&item.article().text)?
        {
            tracing::warn!("{name}: the text of \"{id}\" is that of \"{other}\", too");
        }
        let layout = Some(layout(&item));
        let analysis = self.pipeline.analyse(item);
        let source = ArticleSource {
            file: file.map(|file| file.to_string()),
            fetched,
            version,
            digest: original.as_ref().map(|original| original.digest.to_string()),
            build: Some(self.activity.iri(self.store.iris())),
            layout,
        };
        if let Some(bytes) = original.and_then(|original| original.bytes) {
            self.store.sources().keep(&id, &bytes)?;
        }
        let built = Built { graph: analysis.graph(self.store.iris()), digest, source };
        Ok(Event::Built(Box::new(Work::new(built, stored.is_none(), turn, &analysis))))
    }

    /// Keeps what a stored article was read from, if that is asked for and was not kept
    /// before: its digest.
    fn keep_missing(
        &self,
        id: &ArticleId,
        original: Option<&Original>,
    ) -> Result<Option<String>, StoreError> {
        let sources = self.store.sources();
        match original.and_then(|original| Some((original, original.bytes.as_ref()?))) {
            Some((original, bytes)) if !sources.holds(id) => {
                sources.keep(id, bytes)?;
                Ok(Some(original.digest.to_string()))
            }
            _ => Ok(None),
        }
    }

    /// What is done behind the articles: some are withdrawn, what follows from all is
    /// brought up to date, and it is noted how they were built.
    fn end(&self, tally: &mut Tally) -> Result<(), StoreError> {
        tally.removed = self.withdraw(&tally.withdrawn)?;
        self.store.refresh()?;
        // Behind the articles: what a transaction leaves to be compacted while files are
        // loaded can crash RocksDB. A build that is killed before is noted by the next.
        self.store.note_build(self.activity)?;
        for (id, digest) in &tally.kept {
            self.store.note_source(id, digest)?;
        }
        self.store.flush()
    }

    /// Takes out of the store what was withdrawn, unless a later version of it is there: how
    /// many articles.
    fn withdraw(&self, withdrawn: &[(ArticleId, Option<u64>)]) -> Result<usize, StoreError> {
        let mut stored = BTreeSet::new();
        for (id, killed) in withdrawn {
            let is_later = match (self.store.version(id)?, killed) {
                (Some(version), Some(killed)) => version > *killed,
                _ => false,
            };
            if !is_later && self.store.digest(id)?.is_some() {
                stored.insert(id.clone());
            }
        }
        let stored: Vec<ArticleId> = stored.into_iter().collect();
        self.store.remove(&stored)?;
        Ok(stored.len())
    }

    /// Writes what the workers send, batch by batch.
    fn write(&self, events: &Receiver<Event>, watch: &mut impl Watch) -> Result<Tally, StoreError> {
        let mut tally = Tally::default();
        let mut batch = Batch::default();
        let started = Instant::now();
        for event in events {
            match event {
                Event::Unchanged(id, turn, kept) => {
                    if tally.is_latest(&id, turn) {
                        tally.unchanged += 1;
                    }
                    tally.kept.extend(kept.map(|digest| (id, digest)));
                }
                Event::PassedOver(reason) => watch.note(&reason),
                Event::Withdrawn(id, version, reason) => {
                    watch.note(&reason);
                    tally.withdrawn.push((id, version));
                }
                Event::Failed(reason) => {
                    tally.failed += 1;
                    watch.complain(&reason);
                }
                Event::Built(work) => {
                    if !tally.add(&work) {
                        continue;
                    }
                    batch.push(work.built);
                    if tally.built().is_multiple_of(REFRESH_ARTICLES) {
                        batch.write(self.store)?;
                        self.store.refresh()?;
                        self.store.publish()?;
                    }
                }
            }
            watch.advance();
            if batch.is_due(started) {
                batch.write(self.store)?;
            }
        }
        batch.write(self.store)?;
        self.end(&mut tally)?;
        Ok(tally)
    }
}
