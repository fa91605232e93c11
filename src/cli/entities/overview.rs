//! What a store knows of entities, as tables.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;

use super::given;
use crate::cli::{Outcome, table};
use crate::curation::{self, Filter, Listed, Shown};
use crate::graph::{Store, decisions_to_turtle};
use crate::resolve::{Decision, EntityNode, Verdict};
use crate::text::ArticleId;

const COLUMNS: &str = "articles, kind, label, entity, same as";
/// So many articles of an entity are shown.
const ARTICLES: usize = 20;

pub(super) fn list(
    path: &Path,
    words: Option<&str>,
    kind: Option<&str>,
    limit: usize,
) -> anyhow::Result<Outcome> {
    let store = Store::open(path)?;
    let filter = Filter { words: words.map(str::to_owned), kind: kind.map(str::to_owned) };
    let all = curation::list(&store, &filter)?;
    let shown = all.iter().take(limit).map(|listed| row(&store, listed));
    table::draw(COLUMNS.split(", "), shown)?;
    let more = all.len().saturating_sub(limit);
    if more > 0 {
        anstream::eprintln!("{limit} of {}; --limit N shows more", all.len());
    } else {
        anstream::eprintln!("{} in all", all.len());
    }
    Ok(Outcome::Done)
}

fn row(store: &Store, listed: &Listed) -> Vec<String> {
    vec![
        listed.articles.to_string(),
        listed.kind.to_lowercase(),
        listed.label.clone(),
        short(store, listed.entity.as_str()),
        listed.same.join(" "),
    ]
}

/// An IRI as a path below the base.
pub(super) fn short(store: &Store, iri: &str) -> String {
    iri.strip_prefix(store.iris().base()).unwrap_or(iri).to_owned()
}

pub(super) fn show(path: &Path, entity: &str) -> anyhow::Result<Outcome> {
    let store = Store::open(path)?;
    let node = given::known_entity(&store, entity)?;
    let shown = curation::show(&store, &node)?.context("some article speaks of it")?;
    let mut out = anstream::stdout().lock();
    writeln!(out, "{}  ({}, {})", shown.label, shown.kind.to_lowercase(), node)?;
    names(&mut out, &shown)?;
    for link in &shown.links {
        writeln!(out, "  is {}  score {}, by {}", link.target, link.score, link.method)?;
    }
    for decision in &shown.decisions {
        writeln!(out, "  {}", told(&store, decision))?;
    }
    writeln!(out, "\n{} articles speak of it:", shown.articles.len())?;
    for article in shown.articles.iter().take(ARTICLES) {
        writeln!(out, "  {:10}  {}  {}", article.day, article.id, article.title)?;
    }
    let more = shown.articles.len().saturating_sub(ARTICLES);
    if more > 0 {
        writeln!(out, "  and {more} more")?;
    }
    Ok(Outcome::Done)
}

fn names(out: &mut impl Write, shown: &Shown) -> io::Result<()> {
    let counted = |(name, count): &(String, usize)| match count {
        1 => name.clone(),
        count => format!("{name} ({count} articles)"),
    };
    let names: Vec<String> = shown.names.iter().map(counted).collect();
    if names.is_empty() {
        return Ok(());
    }
    writeln!(out, "  called {}", names.join(", "))
}

pub(super) fn decisions(path: &Path, output: Option<&Path>) -> anyhow::Result<Outcome> {
    let store = Store::open(path)?;
    let decisions = store.decisions()?;
    let Some(output) = output else {
        for (_, decision) in decisions.iter() {
            writeln!(anstream::stdout(), "{}", told(&store, decision))?;
        }
        anstream::eprintln!("{} decisions", decisions.iter().count());
        return Ok(Outcome::Done);
    };
    let turtle = decisions_to_turtle(store.iris(), decisions.iter().map(|(_, decision)| decision));
    if output == Path::new("-") {
        io::stdout().lock().write_all(turtle.as_bytes())?;
    } else {
        std::fs::write(output, turtle).with_context(|| output.display().to_string())?;
    }
    Ok(Outcome::Done)
}

/// A decision on one line.
pub(super) fn told(store: &Store, decision: &Decision) -> String {
    let path = |key: &str| {
        let node = store.iris().entity_node(&EntityNode::Global(key.into()));
        short(store, node.as_str())
    };
    let node = short(store, store.iris().entity_node(&decision.node).as_str());
    let what = match &decision.verdict {
        Verdict::Same { key, .. } => format!("{node} is {}", path(key)),
        Verdict::Apart { articles, key, .. } => {
            let articles: Vec<&str> = articles.iter().map(ArticleId::as_str).collect();
            format!("{node} is {} in {}", path(key), articles.join(", "))
        }
        Verdict::Linked((authority, id)) => format!("{node} is {}", authority.iri(id)),
        Verdict::NotLinked((authority, id)) => format!("{node} is not {}", authority.iri(id)),
        Verdict::Called(name) => format!("{node} is called {name}"),
    };
    let mut line = format!("decision/{}  {what}", decision.id());
    let said = [decision.reason.clone(), decision.by.clone(), decision.on.map(|on| on.to_string())];
    let said: Vec<String> = said.into_iter().flatten().collect();
    if !said.is_empty() {
        line.push_str(&format!("  ({})", said.join("; ")));
    }
    line
}
