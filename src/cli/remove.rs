//! `reportedly remove`: takes articles out of a store.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use crate::graph::Store;
use crate::text::ArticleId;

const EXAMPLES: &str = "\
Examples:
  reportedly remove world-cup-brief --store examples.store
      An article by its id; article/world-cup-brief and the whole IRI mean the same.
  reportedly query --store examples.store articles
      The articles that there are.
  reportedly build news/ --store news.store --sync
      Takes out whatever is no longer in the folder.

Exit codes:
  0 all are taken out; 2 some are, the others are named, as they are not in the
  store; 1 none is.";

/// Take articles out of a store, with all that rests on them alone
///
/// Their claims, attributions, mentions and plain triples go. Entities and
/// propositions that other articles speak of stay, with the labels, links and
/// origins that follow from those: the store is as if the articles had never
/// been built.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Flags {
    /// Ids or IRIs of articles
    #[arg(required = true, value_name = "ARTICLE")]
    articles: Vec<String>,
    /// Folder of the store
    #[arg(long, value_name = "DIR")]
    store: PathBuf,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    drop(Store::open(&flags.store)?);
    let store = Store::create(&flags.store, None)?;
    let (mut found, mut failed) = (Vec::new(), false);
    for given in &flags.articles {
        let id = article(given, &store);
        if store.digest(&id)?.is_some() {
            found.push(id);
        } else {
            failed = true;
            anstream::eprintln!("{given}: no such article in this store");
        }
    }
    if found.is_empty() {
        anyhow::bail!("nothing is taken out; `reportedly query articles` shows what is there");
    }
    store.remove(&found)?;
    store.flush()?;
    let mut out = anstream::stdout().lock();
    for id in &found {
        writeln!(out, "removed {id}")?;
    }
    Ok(if failed { Outcome::SomeFailed } else { Outcome::Done })
}

/// The article that is meant by an id, a path below the base, or an IRI.
pub(super) fn article(given: &str, store: &Store) -> ArticleId {
    let given = given.trim_matches(['<', '>']);
    let path = given.strip_prefix(store.iris().base()).unwrap_or(given);
    ArticleId::new(path.strip_prefix("article/").unwrap_or(path))
}
