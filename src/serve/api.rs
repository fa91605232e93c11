//! The JSON interface: the same questions as the pages. `assets/openapi.json`
//! describes it.

use serde::Serialize;

use super::answer::{accepted, answer};
use super::facts::{self, Head};
use super::http::{Problem, Reply, Request};
use super::nodes;
use super::rows::{named, rows};
use super::scope::Scope;
use crate::query::{NamedQuery, named_queries};

const OPENAPI: &str = include_str!("assets/openapi.json");
/// So many of each list are given, unless the address says otherwise, and at most.
const USUAL: usize = 20;
const MOST: usize = 1_000;

/// Some articles of many.
#[derive(Serialize)]
struct Articles<'c> {
    total: usize,
    start: usize,
    articles: Vec<&'c Head>,
}

/// A question that ships.
#[derive(Serialize)]
struct Shipped {
    name: &'static str,
    question: &'static str,
    parameters: Vec<Meaning>,
    columns: Vec<&'static str>,
}

/// A parameter, and what it means.
#[derive(Serialize)]
struct Meaning {
    name: &'static str,
    meaning: &'static str,
}

/// Answers below `/api/`.
pub(super) fn api(scope: &Scope<'_>, request: &Request, path: &str) -> Result<Reply, Problem> {
    if !request.is_get() {
        return Err(Problem::method("GET, HEAD, OPTIONS"));
    }
    match path.split_once('/').unwrap_or((path, "")) {
        ("openapi.json", "") => Ok(Reply::new(super::http::JSON, OPENAPI)),
        ("search", "") => search(scope, request),
        ("articles", "") => articles(scope, request),
        ("sources", "") => Ok(Reply::json(&*scope.snapshot.sources()?)),
        ("questions", "") => Ok(Reply::json(&shipped())),
        ("question", name) if !name.is_empty() => question(scope, request, name),
        ("article" | "entity", _) => node(scope, request, path),
        _ => Err(Problem::missing(&request.path)),
    }
}

/// How many of each list are wanted.
fn many(request: &Request) -> Result<usize, Problem> {
    match request.query.words("limit") {
        None => Ok(USUAL),
        Some(given) => match given.parse() {
            Ok(many) if (1..=MOST).contains(&many) => Ok(many),
            _ => Err(Problem::bad(format!("limit={given}: no number from 1 to {MOST}"))),
        },
    }
}

fn search(scope: &Scope<'_>, request: &Request) -> Result<Reply, Problem> {
    let words = request.query.words("q").unwrap_or("");
    let lookup = scope.snapshot.lookup();
    let found = facts::search(lookup, &scope.snapshot.catalogue, words, many(request)?)?;
    Ok(Reply::json(&found))
}

fn articles(scope: &Scope<'_>, request: &Request) -> Result<Reply, Problem> {
    let (start, catalogue) = (request.start()?, &scope.snapshot.catalogue);
    let articles = catalogue.newest().skip(start).take(many(request)?).collect();
    Ok(Reply::json(&Articles { total: catalogue.len(), start, articles }))
}

fn shipped() -> Vec<Shipped> {
    let meaning = |(name, meaning)| Meaning { name, meaning };
    let question = |query: NamedQuery| Shipped {
        name: query.name,
        question: query.question(),
        parameters: query.parameters().map(meaning).collect(),
        columns: query.columns().collect(),
    };
    named_queries().map(question).collect()
}

/// A shipped question, its parameters as fields; the answer as JSON of our own, or in
/// a format of SPARQL results where `format` names one.
fn question(scope: &Scope<'_>, request: &Request, name: &str) -> Result<Reply, Problem> {
    let query = NamedQuery::find(name).ok_or_else(|| {
        Problem::new(404, format!("{name}: no such question; /api/questions lists them"))
    })?;
    let ours = ["format", "limit", "start"];
    let values = request.query.iter().filter(|(name, _)| !ours.contains(name));
    let question = named(scope, query, values)?;
    if let Some(format) = request.query.get("format") {
        return answer(scope, &question, &accepted(Some(format), &request.accept)?);
    }
    let found = rows(scope, &question, request.start()?, many(request)?)?;
    Ok(Reply::json(&found))
}

fn node(scope: &Scope<'_>, request: &Request, path: &str) -> Result<Reply, Problem> {
    let missing = || Problem::missing(&request.path);
    let node = nodes::at(scope, path).ok_or_else(missing)?;
    let (lookup, catalogue) = (scope.snapshot.lookup(), &scope.snapshot.catalogue);
    if let Some(article) = facts::article(lookup, catalogue, &node)? {
        return Ok(Reply::json(&article));
    }
    if let Some(claim) = facts::claim(lookup, catalogue, &node)? {
        return Ok(Reply::json(&claim));
    }
    let (start, many) = (request.start()?, many(request)?);
    let entity = facts::entity(lookup, catalogue, &node, start, many)?;
    entity.map(|entity| Reply::json(&entity)).ok_or_else(missing)
}
