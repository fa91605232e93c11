//! The Reconciliation Service API 0.2
//! (<https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/>)
//! over the entities of the store: names of a table become entities. [`draft`] is 1.0.

mod draft;
mod extend;

use std::collections::BTreeMap;

use oxrdf::NamedNode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::facts::{self, Entity, Hit};
use super::http::{HTML, Problem, Reply, Request};
use super::nodes;
use super::page;
use super::scope::Scope;

/// So many candidates there are for a name, unless the query says otherwise.
const USUAL: usize = 5;
const MOST: usize = 100;
/// So many queries may be in one batch.
const BATCH: usize = 100;
/// A candidate of this score is the one that is meant, if it is the only one.
const SURE: u32 = 100;

/// A query for one cell.
#[derive(Deserialize)]
struct Query {
    #[serde(default)]
    query: String,
    #[serde(default, rename = "type")]
    kind: Option<Kinds>,
    #[serde(default)]
    limit: Option<usize>,
}

/// One type or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kinds {
    One(String),
    Some(Vec<String>),
}

impl Kinds {
    fn has(&self, kind: &str) -> bool {
        match self {
            Self::One(one) => one == kind,
            Self::Some(some) => some.iter().any(|one| one == kind),
        }
    }
}

/// An entity that may be meant.
#[derive(Serialize)]
struct Candidate {
    id: String,
    name: String,
    #[serde(rename = "type")]
    kinds: Vec<Kind>,
    score: u32,
    #[serde(rename = "match")]
    is_meant: bool,
}

/// A type: a class of schema.org, mostly.
#[derive(Clone, Serialize)]
struct Kind {
    id: String,
    name: String,
}

/// Answers at `/reconcile` and below.
pub(super) fn reconcile(
    scope: &Scope<'_>,
    request: &Request,
    rest: &str,
) -> Result<Reply, Problem> {
    if !request.is_get() && request.method != "POST" {
        return Err(Problem::method("GET, HEAD, POST, OPTIONS"));
    }
    if let Some(rest) = rest.strip_prefix("/1.0") {
        return draft::answer(scope, request, rest);
    }
    match rest {
        "" | "/" => service(scope, request),
        "/suggest/entity" => suggest(scope, request),
        "/preview" => preview(scope, request),
        _ => Err(Problem::missing(&request.path)),
    }
}

fn service(scope: &Scope<'_>, request: &Request) -> Result<Reply, Problem> {
    if request.method == "POST" && !request.is_form() {
        return Err(Problem::unsupported("a form with a field `queries`"));
    }
    match request.fields().words("queries") {
        None => Ok(Reply::json(&manifest(scope, &request.address))),
        Some(queries) => batch(scope, queries),
    }
}

fn manifest(scope: &Scope<'_>, address: &str) -> Value {
    json!({
        "versions": ["0.2"],
        "name": "Reportedly: entities of news articles",
        "identifierSpace": scope.snapshot.store.iris().base(),
        "schemaSpace": "https://schema.org/",
        "serviceVersion": env!("CARGO_PKG_VERSION"),
        "view": { "url": format!("{address}/{{{{id}}}}") },
        "preview": {
            "url": format!("{address}/reconcile/preview?id={{{{id}}}}"),
            "width": 400,
            "height": 300,
        },
        "suggest": {
            "entity": { "service_url": address, "service_path": "/reconcile/suggest/entity" },
        },
    })
}

fn batch(scope: &Scope<'_>, queries: &str) -> Result<Reply, Problem> {
    let queries: Result<BTreeMap<String, Query>, _> = serde_json::from_str(queries);
    let queries = queries.map_err(|error| Problem::bad(format!("queries: {error}")))?;
    if queries.len() > BATCH {
        let detail = format!("{} queries at a time; no more than {BATCH}", queries.len());
        return Err(Problem::new(413, detail));
    }
    let mut results = BTreeMap::new();
    for (key, query) in &queries {
        results.insert(key.as_str(), json!({ "result": candidates(scope, query)? }));
    }
    Ok(Reply::json(&results))
}

fn candidates(scope: &Scope<'_>, query: &Query) -> Result<Vec<Candidate>, Problem> {
    let many = query.limit.unwrap_or(USUAL).clamp(1, MOST);
    let is_wanted = |hit: &Hit| {
        query.kind.as_ref().is_none_or(|kinds| hit.types.iter().any(|kind| kinds.has(kind)))
    };
    let mut hits = found(scope, &query.query, MOST)?;
    hits.retain(is_wanted);
    hits.truncate(many);
    Ok(ranked(scope, hits))
}

/// Candidates of hits.
fn ranked(scope: &Scope<'_>, hits: Vec<Hit>) -> Vec<Candidate> {
    let sure = hits.iter().filter(|hit| hit.score == SURE).count();
    hits.into_iter().map(|hit| candidate(scope, hit, sure == 1)).collect()
}

fn found(scope: &Scope<'_>, words: &str, many: usize) -> Result<Vec<Hit>, Problem> {
    let words = words.trim();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let found = facts::entities(scope.snapshot.lookup(), words, many)?;
    Ok(found.unwrap_or_default())
}

fn candidate(scope: &Scope<'_>, hit: Hit, one_is_sure: bool) -> Candidate {
    Candidate {
        id: id(scope, &hit.iri),
        name: hit.label,
        kinds: kinds(hit.types),
        score: hit.score,
        is_meant: one_is_sure && hit.score == SURE,
    }
}

/// An IRI without the base of the store.
fn id(scope: &Scope<'_>, iri: &str) -> String {
    iri.strip_prefix(scope.snapshot.store.iris().base()).unwrap_or(iri).to_owned()
}

fn kinds(types: Vec<String>) -> Vec<Kind> {
    types.into_iter().map(|name| Kind { id: name.clone(), name }).collect()
}

fn suggest(scope: &Scope<'_>, request: &Request) -> Result<Reply, Problem> {
    let hits = found(scope, request.query.get("prefix").unwrap_or(""), USUAL * 2)?;
    let result: Vec<Value> = hits.into_iter().map(|hit| suggestion(scope, hit)).collect();
    Ok(Reply::json(&json!({ "result": result })))
}

fn suggestion(scope: &Scope<'_>, hit: Hit) -> Value {
    json!({
        "id": id(scope, &hit.iri),
        "name": hit.label,
        "description": format!("{} claims", hit.claims),
        "notable": kinds(hit.types),
    })
}

fn preview(scope: &Scope<'_>, request: &Request) -> Result<Reply, Problem> {
    let id = request.query.words("id").ok_or_else(|| Problem::bad("preview?id=… is missing"))?;
    let node = nodes::at(scope, id).ok_or_else(|| Problem::missing(id))?;
    let entity = entity(scope, &node)?.ok_or_else(|| Problem::missing(id))?;
    Ok(Reply::new(HTML, page::preview(scope.site(request), &entity)))
}

/// An entity with the first of its claims.
fn entity(scope: &Scope<'_>, node: &NamedNode) -> Result<Option<Entity>, Problem> {
    let lookup = scope.snapshot.lookup();
    Ok(facts::entity(lookup, &scope.snapshot.catalogue, node, 0, 1)?)
}

/// The entity of an id: its path below the base, or its IRI.
fn by_id(scope: &Scope<'_>, id: &str) -> Result<Option<Entity>, Problem> {
    let path = self::id(scope, id);
    match nodes::at(scope, &path) {
        Some(node) => entity(scope, &node),
        None => Ok(None),
    }
}
