//! `reportedly build`: articles into a store.

use std::ffi::OsString;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::Outcome;
use super::progress::Progress;
use super::{pipeline, reading};
use crate::build::{self, Builder, Tally};
use crate::graph::Store;
use crate::read::{self, Input};
use crate::resolve::AssertionPolicy;
use crate::text::ArticleId;

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

/// Whose claims become asserted triples.
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
    let (pipeline, left) = build::with_decisions(&store, &pipeline)?;
    for unlike in left {
        anstream::eprintln!("warning: a decision waits: {unlike}");
    }
    let threads = flags.threads.map_or(0, NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let originals = flags.keep_source;
    let reading = read::Options { originals, ..flags.reading.options(&pipeline) };
    let activity = flags.pipeline.activity(flags.assert.into())?;
    let builder = Builder { pipeline: &pipeline, store: &store, activity: &activity };
    let inputs: Vec<Input> = flags.inputs.iter().cloned().map(Input::from).collect();
    let articles = read::articles(&inputs, &reading);
    let mut progress = Progress::new(&articles);
    let built = builder.run(articles, &pool, &mut progress);
    progress.finish();
    let mut tally = built.context(
        "the build stopped; what it had written is kept, and building again goes on from there",
    )?;
    if flags.sync {
        tally.removed += remove_missing(&store, &tally)?;
    }
    print(&tally, started.elapsed())?;
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

/// The lines at the end of a build.
fn print(tally: &Tally, took: Duration) -> std::io::Result<()> {
    let built = tally.built();
    let seconds = took.as_secs_f64();
    let mut out = anstream::stdout().lock();
    writeln!(
        out,
        "articles      {} ({} new, {} changed, {} unchanged)",
        tally.articles(),
        tally.new,
        tally.changed,
        tally.unchanged
    )?;
    if tally.removed > 0 {
        writeln!(out, "removed       {}", tally.removed)?;
    }
    writeln!(out, "sentences     {}", tally.sentences)?;
    writeln!(out, "claims        {}", tally.claims)?;
    writeln!(out, "attributions  {}", tally.attributions)?;
    writeln!(out, "entities      {}", tally.global_entities.len() + tally.local_entities)?;
    if tally.failed > 0 {
        writeln!(out, "skipped       {} (reasons above)", tally.failed)?;
    }
    writeln!(out, "seconds       {seconds:.1} ({:.1} articles/s)", built as f64 / seconds)
}
