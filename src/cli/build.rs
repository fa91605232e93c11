//! `reportedly build`: many read, understand and describe articles; one writes.

mod identity;
mod tally;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::{Args, ValueEnum};
use rayon::iter::{ParallelBridge, ParallelIterator};

use self::identity::{Identity, identify};
use self::tally::Tally;
use super::Outcome;
use super::progress::Progress;
use super::{pipeline, reading};
use crate::curation;
use crate::graph::{Activity, ArticleSource, Built, Store, StoreError, layout};
use crate::pipeline::{Analysis, Pipeline};
use crate::read::{self, Articles, Found, Input, Original, ReadError};
use crate::resolve::{AssertionPolicy, EntityKey};
use crate::text::ArticleId;

/// A batch is stored when it holds this many quads: large ones are stored faster,
/// and are held in memory till then.
const BATCH_QUADS: usize = 400_000;
/// Or when it is this old, or a twentieth of the time that the build has taken:
/// so much work a kill can cost.
const BATCH_AGE: Duration = Duration::from_secs(1);
const BATCH_SHARE: u32 = 20;
/// After so many articles, what follows from them is worked out, and published
/// to those who read meanwhile: till then a kill leaves that to whoever opens
/// the store next.
const REFRESH_ARTICLES: usize = 2_000;

const EXAMPLES: &str = "\
Examples:
  reportedly build examples --store examples.store
      Every article below the folder; again later, only what is new or changed.
  reportedly build news.jsonl.gz more/ --store news.store --base https://news.example/
      Several inputs; the IRIs of the graph begin with the base.
  curl -s https://news.example/today.jsonl | reportedly build - --store news.store
      Standard input.
  reportedly build news/ --store news.store --sync
      Also takes out of the store what is no longer in the folder.
  reportedly build pages.warc.gz --store news.store --keep-source
      Also keeps the pages themselves; `reportedly store source` gives them back.
  reportedly build examples --store named.store --assert named
      What sources with a name state becomes asserted triples, too.

Inputs:
  Pages (.html, .mhtml), texts (.txt, .md), feeds (.rss, .atom), tables (.csv,
  .tsv, .parquet), JSON (.jsonl, .json), news formats (NITF, NewsML-G2, ninjs), documents
  (.pdf, .docx, .odt, .rtf, .epub), mail (.eml, .mbox), parses (.conllu),
  archives of all these (.warc, .wacz, .zip, .tar), each also .gz, .bz2, .zst;
  folders with such files below them, and - for standard input. A text may
  start with a header of lines like \"title: …\", \"publisher: …\",
  \"date: 2022-05-22\" and a blank line.
  Articles that are not in English are skipped, each by name.

Exit codes:
  0 all well; 2 some inputs failed, each named with its reason; 1 nothing done:
  no input could be read, or the store could not be written. What was stored
  before stays in any case.";

/// Read, analyse, extract, resolve and load articles into a store
///
/// Building again reads only what is new or changed. An article is stored
/// whole or not at all; after a failure or a kill, build again to go on.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Flags {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<OsString>,
    /// Folder of the store; made where there is none
    #[arg(long, value_name = "DIR")]
    store: PathBuf,
    /// What IRIs begin with [default: that of the store, else https://reportedly.example/]
    #[arg(long, value_name = "IRI")]
    base: Option<String>,
    /// Whose positive, actual claims become asserted triples
    #[arg(long, value_enum, default_value_t = Assert::Own)]
    assert: Assert,
    /// How many articles are worked on at a time [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Take out of the store what is in none of the inputs, if all could be read
    #[arg(long)]
    sync: bool,
    /// Keep what each article is read from (its page, file or row) beside its graph
    #[arg(long)]
    keep_source: bool,
    #[command(flatten)]
    reading: reading::Flags,
    #[command(flatten)]
    pipeline: pipeline::Flags,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Assert {
    /// Nobody's
    None,
    /// The article's own
    Own,
    /// The article's own and those of sources with a name
    Named,
}

impl From<Assert> for AssertionPolicy {
    fn from(assert: Assert) -> Self {
        match assert {
            Assert::None => Self::None,
            Assert::Own => Self::Own,
            Assert::Named => Self::Named,
        }
    }
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let pipeline = flags.pipeline.builder()?.assertion(flags.assert.into()).build()?;
    flags.pipeline.check(&pipeline)?;
    let store = Store::create(&flags.store, flags.base.as_deref())?;
    for left in curation::finish(&store, &pipeline)? {
        anstream::eprintln!("warning: a decision waits: {left}");
    }
    let pipeline = pipeline.with_decisions(store.decisions()?);
    let threads = flags.threads.map_or(0, NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let originals = flags.keep_source;
    let reading = read::Options { originals, ..flags.reading.options(&pipeline) };
    let activity = flags.pipeline.activity(flags.assert.into())?;
    let builder =
        Builder { pipeline: &pipeline, store: &store, reading: &reading, activity: &activity };
    let inputs: Vec<Input> = flags.inputs.iter().cloned().map(Input::from).collect();
    let mut tally = builder.run(&inputs, &pool).with_context(
        || "the build stopped; what it had written is kept, and building again goes on from there",
    )?;
    if flags.sync {
        tally.removed += remove_missing(&store, &tally)?;
    }
    tally.print(started.elapsed())?;
    match (tally.articles(), tally.failed) {
        (0, 1..) => anyhow::bail!("nothing could be read; what was stored before is unchanged"),
        (_, 0) => Ok(Outcome::Done),
        _ => Ok(Outcome::SomeFailed),
    }
}

/// Takes out of the store what is in none of the inputs, and says so before.
fn remove_missing(store: &Store, tally: &Tally) -> anyhow::Result<usize> {
    if tally.failed > 0 {
        anstream::eprintln!("--sync: nothing is taken out, as not all inputs could be read");
        return Ok(0);
    }
    if tally.seen.is_empty() {
        anyhow::bail!("--sync: the inputs hold no article; nothing is taken out");
    }
    let below = store.iris().articles();
    let stored = store.articles()?;
    let ids = stored.iter().filter_map(|article| article.as_str().strip_prefix(&below));
    let missing: Vec<ArticleId> =
        ids.map(ArticleId::new).filter(|id| !tally.seen.contains_key(id)).collect();
    for id in &missing {
        anstream::eprintln!("removing {id}: in none of the inputs");
    }
    store.remove(&missing)?;
    store.flush()?;
    Ok(missing.len())
}

/// What became of one article.
enum Event {
    /// It is as it was stored; with its turn, and the digest of its source if that is kept
    /// only now.
    Unchanged(ArticleId, u64, Option<String>),
    /// A newer version of it is stored: why.
    PassedOver(String),
    /// It is to be stored.
    Built(Box<Work>),
    /// Its provider withdrew it, up to this version: why.
    Withdrawn(ArticleId, Option<u64>, String),
    /// It could not be read or built.
    Failed(String),
}

impl Event {
    fn of_error(error: &ReadError) -> Self {
        let reason = error.to_string();
        match error.withdrawn() {
            Some((id, version)) => Self::Withdrawn(id, version, reason),
            None if error.is_note() => Self::PassedOver(reason),
            None => Self::Failed(reason),
        }
    }
}

/// An article that is to be stored, and what was found in it.
struct Work {
    built: Built,
    is_new: bool,
    /// Its place in the order of reading.
    turn: u64,
    sentences: usize,
    claims: usize,
    attributions: usize,
    entities: Vec<EntityKey>,
}

impl Work {
    fn new(built: Built, is_new: bool, turn: u64, analysis: &Analysis) -> Self {
        Self {
            built,
            is_new,
            turn,
            sentences: analysis.document().sentences.len(),
            claims: analysis.claims().len(),
            attributions: analysis.attributions().len(),
            entities: analysis.entities().iter().map(|entity| entity.key.clone()).collect(),
        }
    }
}

/// Builds articles into a store.
struct Builder<'a> {
    pipeline: &'a Pipeline,
    store: &'a Store,
    reading: &'a read::Options,
    /// What this build is made with.
    activity: &'a Activity,
}

impl Builder<'_> {
    /// Builds all articles of the inputs: the pool's threads take them one by
    /// one, this thread writes. At most a few articles a thread wait for the writer.
    fn run(&self, inputs: &[Input], pool: &rayon::ThreadPool) -> Result<Tally, StoreError> {
        let stopped = AtomicBool::new(false);
        let articles = read::articles(inputs, self.reading);
        let mut progress = Progress::new(&articles);
        let (sender, receiver) = sync_channel(2 * pool.current_num_threads());
        std::thread::scope(|scope| {
            let stop = &stopped;
            scope.spawn(move || pool.install(|| self.work(articles, &sender, stop)));
            let written = self.write(&receiver, &mut progress);
            stopped.store(true, Ordering::Relaxed);
            // Workers that wait for room in the channel are let go.
            drop(receiver);
            progress.finish();
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
    fn write(
        &self,
        events: &Receiver<Event>,
        progress: &mut Progress,
    ) -> Result<Tally, StoreError> {
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
                Event::PassedOver(reason) => progress.note(&reason),
                Event::Withdrawn(id, version, reason) => {
                    progress.note(&reason);
                    tally.withdrawn.push((id, version));
                }
                Event::Failed(reason) => {
                    tally.failed += 1;
                    progress.complain(&reason);
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
            progress.advance();
            if batch.is_due(started) {
                batch.write(self.store)?;
            }
        }
        batch.write(self.store)?;
        self.end(&mut tally)?;
        Ok(tally)
    }
}

/// Articles that are written together; each is whole in itself.
#[derive(Default)]
struct Batch {
    articles: Vec<Built>,
    quads: usize,
    since: Option<Instant>,
}

impl Batch {
    fn push(&mut self, built: Built) {
        self.quads += built.graph.quads.len();
        self.articles.push(built);
        self.since.get_or_insert_with(Instant::now);
    }

    fn is_due(&self, started: Instant) -> bool {
        let age = BATCH_AGE.max(started.elapsed() / BATCH_SHARE);
        self.quads >= BATCH_QUADS || self.since.is_some_and(|since| since.elapsed() >= age)
    }

    fn write(&mut self, store: &Store) -> Result<(), StoreError> {
        let Self { articles, .. } = std::mem::take(self);
        store.add(articles)
    }
}
