//! `reportedly report`: a page for people on what several articles tell.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use oxrdf::NamedNode;

use super::Outcome;
use crate::graph::Store;
use crate::query::{NamedQuery, QueryResults, Question, ask};
use crate::report::{Scope, report, to_html, to_markdown};

const EXAMPLES: &str = "\
Examples:
  reportedly report --store examples.store -o stories.html
      All stories: what several articles say, who says, hedges or denies it, in whose
      words, from how many origins; where they differ; what one alone says.
  reportedly query --store examples.store stories
      The stories that there are; the first is number 1.
  reportedly report --store examples.store --story 1 --format md
  reportedly report --store examples.store --story story/1e3234b956a8c10a…
      One story, by its number or its IRI.
  reportedly report --store examples.store --about entity/ukraine
      What articles share about somebody or something.
  reportedly report --store examples.store --since 2024-05-01

The file needs nothing else: no script, no network. It shows what articles say and
never who is right.";

/// Write a page for people: what several articles say, and where they differ
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Flags {
    /// Folder of the store
    #[arg(long, value_name = "DIR")]
    store: PathBuf,
    /// One story: its number in `query stories`, or its IRI
    #[arg(long, value_name = "STORY")]
    story: Option<String>,
    /// Only what is about an entity: its IRI, such as entity/ukraine
    #[arg(long, value_name = "ENTITY")]
    about: Option<String>,
    /// Only one claim: its IRI
    #[arg(long, value_name = "CLAIM")]
    claim: Option<String>,
    /// Only stories that go on on this day or later
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// What is written
    #[arg(long, value_enum, default_value_t = Format::Html)]
    format: Format,
    /// File to write; else standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One HTML file, to read on a screen or print
    Html,
    /// Markdown
    Md,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let store = Store::open(&flags.store)?;
    let scope = Scope {
        story: flags.story.as_deref().map(|given| story(given, &store)).transpose()?,
        about: flags.about.as_deref().map(|given| node(given, &store, "--about")).transpose()?,
        claim: flags.claim.as_deref().map(|given| node(given, &store, "--claim")).transpose()?,
        since: flags.since.map(|day| day.to_string()),
    };
    let report = report(&store, &scope)?;
    let page = match flags.format {
        Format::Html => to_html(&report),
        Format::Md => to_markdown(&report),
    };
    match &flags.output {
        Some(path) => {
            std::fs::write(path, page).with_context(|| path.display().to_string())?;
            anstream::eprintln!("note: {} stories in {}", report.stories.len(), path.display());
        }
        None => anstream::stdout().lock().write_all(page.as_bytes())?,
    }
    Ok(Outcome::Done)
}

/// A story by its place in the list of stories, or by its IRI.
fn story(given: &str, store: &Store) -> anyhow::Result<NamedNode> {
    let Ok(number) = given.parse::<usize>() else { return node(given, store, "--story") };
    let query = NamedQuery::find("stories").expect("a query that ships");
    let QueryResults::Solutions(rows) = ask(store, &Question::new("stories", query.sparql))? else {
        anyhow::bail!("the list of stories is no table");
    };
    let row = number.checked_sub(1).and_then(|skipped| rows.into_iter().nth(skipped));
    match row.transpose()?.as_ref().and_then(|row| row.get("story")) {
        Some(oxrdf::Term::NamedNode(story)) => Ok(story.clone()),
        _ => anyhow::bail!(
            "--story {given}: there are fewer stories; `reportedly query --store {} stories` lists them",
            store_name(store)
        ),
    }
}

fn store_name(store: &Store) -> String {
    store.path().display().to_string()
}

/// A node by its IRI or its path below the base.
fn node(given: &str, store: &Store, flag: &str) -> anyhow::Result<NamedNode> {
    let given = given.trim_matches(['<', '>']);
    let iri =
        if given.contains(':') { given.to_owned() } else { store.iris().base().to_owned() + given };
    NamedNode::new(iri).with_context(|| format!("{flag} {given}: not an IRI"))
}
