//! `reportedly store`: what a store holds, and how it is kept.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use sha2::{Digest, Sha256};

use super::Outcome;
use crate::graph::Store;
use crate::text::hex;

const EXAMPLES: &str = "\
Examples:
  reportedly store info examples.store
      Articles, quads, bytes.
  reportedly store backup examples.store backups/monday
      A copy, while others read and even while one writes.
  reportedly store restore backups/monday examples.store
      A store of a backup.
  reportedly store source news.store ferry-sinks -o ferry-sinks.html
      The page that an article was read from, if it was built with --keep-source.

Exit codes:
  0 done; 2 `check` found the store broken; 1 not done.";

/// Show, check, tidy, copy a store
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Flags {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand, Debug)]
enum Task {
    /// Show how much a store holds, and how large it is
    Info {
        /// Folder of the store
        #[arg(value_name = "DIR")]
        store: PathBuf,
    },
    /// Write the files of a store anew, in order: smaller and faster to read
    Compact {
        /// Folder of the store
        #[arg(value_name = "DIR")]
        store: PathBuf,
    },
    /// Check that the indexes of a store agree (for what is in it, see `validate`)
    Check {
        /// Folder of the store
        #[arg(value_name = "DIR")]
        store: PathBuf,
    },
    /// Copy a store to a new folder; on the same disk it takes no room
    Backup {
        /// Folder of the store
        #[arg(value_name = "DIR")]
        store: PathBuf,
        /// Folder that is not there yet
        #[arg(value_name = "BACKUP")]
        backup: PathBuf,
    },
    /// Give back what an article was read from, where `build --keep-source` kept it
    Source {
        /// Folder of the store
        #[arg(value_name = "DIR")]
        store: PathBuf,
        /// Id or IRI of the article
        #[arg(value_name = "ARTICLE")]
        article: String,
        /// File to write [default: standard output]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Make a store of a backup
    Restore {
        /// What `backup` made
        #[arg(value_name = "BACKUP")]
        backup: PathBuf,
        /// Folder that is not there yet
        #[arg(value_name = "DIR")]
        store: PathBuf,
    },
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    match &flags.task {
        Task::Info { store } => info(store),
        Task::Compact { store } => compact(store),
        Task::Check { store } => check(store),
        Task::Backup { store, backup } => {
            Store::open(store)?.backup(backup)?;
            Ok(Outcome::Done)
        }
        Task::Source { store, article, output } => source(store, article, output.as_deref()),
        Task::Restore { backup, store } => {
            Store::restore(backup, store)?;
            // Makes what is kept beside the database.
            Store::create(store, None)?.flush()?;
            Ok(Outcome::Done)
        }
    }
}

fn info(path: &Path) -> anyhow::Result<Outcome> {
    let store = Store::open(path)?;
    let (articles, quads, bytes) = (store.articles()?.len(), store.quads()?, size(path)?);
    let mut out = anstream::stdout().lock();
    writeln!(out, "base      {}", store.iris().base())?;
    writeln!(out, "articles  {articles}")?;
    writeln!(out, "quads     {quads}")?;
    writeln!(out, "bytes     {bytes}")?;
    if let (sources @ 1.., bytes) = store.sources().size()? {
        writeln!(out, "sources   {sources} ({bytes} bytes)")?;
    }
    if let Some(quads) = quads.checked_div(articles) {
        let bytes = bytes / articles as u64;
        writeln!(out, "an article has {quads} quads and {bytes} bytes")?;
    }
    Ok(Outcome::Done)
}

/// Writes what an article was read from, if it is what its digest says.
fn source(path: &Path, article: &str, output: Option<&Path>) -> anyhow::Result<Outcome> {
    let store = Store::open(path)?;
    let id = super::remove::article(article, &store);
    let Some(digest) = store.source_digest(&id)? else {
        anyhow::bail!("{id}: no such article; `reportedly query articles` shows what is there");
    };
    let Some(bytes) = store.sources().get(&id)? else {
        anyhow::bail!(
            "{id}: its source is not kept, only its digest: sha256:{digest}; `reportedly build \
             --keep-source` keeps it"
        );
    };
    if hex(&Sha256::digest(&bytes)) != digest {
        anyhow::bail!("{id}: what is kept is not what the article was read from; build it again");
    }
    match output {
        Some(file) => fs::write(file, bytes).with_context(|| file.display().to_string())?,
        None => io::stdout().lock().write_all(&bytes)?,
    }
    Ok(Outcome::Done)
}

fn compact(path: &Path) -> anyhow::Result<Outcome> {
    drop(Store::open(path)?);
    let before = size(path)?;
    Store::create(path, None)?.compact()?;
    writeln!(anstream::stdout(), "bytes  {before} before, {} now", size(path)?)?;
    Ok(Outcome::Done)
}

fn check(path: &Path) -> anyhow::Result<Outcome> {
    match Store::open(path)?.check() {
        Ok(()) => {
            writeln!(anstream::stdout(), "the indexes agree")?;
            Ok(Outcome::Done)
        }
        Err(error) => {
            anstream::eprintln!("{error}");
            Ok(Outcome::SomeFailed)
        }
    }
}

/// The bytes of the files in a folder, without those of folders in it: these
/// are second names of the same files.
fn size(folder: &Path) -> anyhow::Result<u64> {
    let bytes = || -> io::Result<u64> {
        let mut bytes = 0;
        for file in fs::read_dir(folder)? {
            let about = file?.metadata()?;
            bytes += if about.is_file() { about.len() } else { 0 };
        }
        Ok(bytes)
    };
    bytes().with_context(|| folder.display().to_string())
}
