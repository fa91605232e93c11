//! Articles that somebody sends, built into the store as the command `build` does it.

use std::io::Cursor;
use std::path::PathBuf;

use oxigraph::sparql::CancellationToken;
use serde::Serialize;

use super::upload::{Upload, uploads};
use super::{open, unwritten};
use crate::build::{self, Builder, Tally, Watch};
use crate::graph::{Activity, Store};
use crate::serve::http::{Problem, Reply, Request};
use crate::serve::scope::Analyst;
use crate::text::ArticleId;

/// So many names of articles stand in a reply.
const NAMED: usize = 100;

/// Who writes to the store.
pub(in crate::serve) struct Writer {
    /// The folder of the store.
    pub(in crate::serve) store: PathBuf,
    /// What builds are made with.
    pub(in crate::serve) activity: Activity,
    /// Cancelled when the server stops.
    pub(in crate::serve) stopping: CancellationToken,
    /// Who understands articles.
    pub(in crate::serve) analyst: std::sync::Arc<Analyst>,
}

/// What became of what was sent.
#[derive(Default, Serialize)]
struct Added {
    articles: Vec<Stored>,
    new: usize,
    changed: usize,
    unchanged: usize,
    withdrawn: usize,
    claims: usize,
    attributions: usize,
    skipped: Vec<String>,
    notes: Vec<String>,
}

/// An article that is in the store now.
#[derive(Serialize)]
struct Stored {
    iri: String,
    path: String,
}

impl Watch for Added {
    fn note(&mut self, what: &str) {
        self.notes.push(what.to_owned());
    }

    fn complain(&mut self, reason: &str) {
        self.skipped.push(reason.to_owned());
    }

    fn advance(&mut self) {}
}

impl Added {
    fn count(&mut self, store: &Store, tally: &Tally) {
        self.new += tally.new;
        self.changed += tally.changed;
        self.unchanged += tally.unchanged;
        self.withdrawn += tally.removed;
        self.claims += tally.claims;
        self.attributions += tally.attributions;
        let room = NAMED.saturating_sub(self.articles.len());
        self.articles.extend(tally.seen.keys().take(room).map(|id| stored(store, id)));
    }
}

fn stored(store: &Store, id: &ArticleId) -> Stored {
    let iri = store.iris().article(id).into_string();
    let path = iri.strip_prefix(store.iris().base()).map_or_else(String::new, |p| format!("/{p}"));
    Stored { iri, path }
}

/// Builds what a request holds into the store.
pub(super) fn add(writer: &Writer, request: &Request) -> Result<Reply, Problem> {
    let uploads = uploads(request)?;
    let added = built(writer, &uploads)?;
    let place = added.articles.first().map(|article| article.path.clone());
    let Some(place) = place.filter(|place| !place.is_empty()) else {
        return Err(nothing(&added));
    };
    if request.path == "/add" && added.skipped.is_empty() {
        let is_one = added.articles.len() == 1;
        return Ok(Reply::see(if is_one { place } else { "/articles".to_owned() }));
    }
    if request.path == "/add" {
        let stored = format!("{} articles are stored. ", added.articles.len());
        return Err(Problem::new(422, stored + &nothing(&added).detail));
    }
    let status = if added.new > 0 { 201 } else { 200 };
    Ok(Reply { status, ..Reply::json(&added) }.with("location", place))
}

fn built(writer: &Writer, uploads: &[Upload]) -> Result<Added, Problem> {
    let pool = rayon::ThreadPoolBuilder::new().build();
    let pool = pool.map_err(|error| Problem::new(500, error.to_string()))?;
    let store = open(writer)?;
    // Decisions that wait are told to who decides.
    let (pipeline, _) =
        build::with_decisions(&store, writer.analyst.pipeline()?).map_err(unwritten)?;
    let builder = Builder { pipeline: &pipeline, store: &store, activity: &writer.activity };
    let mut added = Added::default();
    for upload in uploads {
        let bytes = Cursor::new(upload.bytes.clone());
        let articles = crate::read::from_reader(&upload.name, bytes, &pipeline.reading());
        let tally = builder.run(articles, &pool, &mut added).map_err(unwritten)?;
        added.count(&store, &tally);
    }
    for reason in added.skipped.iter_mut().chain(&mut added.notes) {
        for upload in uploads {
            *reason = reason.replace(&upload.name, &upload.called);
        }
    }
    Ok(added)
}

/// Why nothing is stored.
fn nothing(added: &Added) -> Problem {
    let reasons: Vec<&str> = added.skipped.iter().chain(&added.notes).map(String::as_str).collect();
    let reasons = reasons.join("\n");
    Problem::new(
        422,
        if reasons.is_empty() { "no article was found in it".into() } else { reasons },
    )
}
