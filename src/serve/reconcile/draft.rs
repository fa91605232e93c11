//! The draft of the Reconciliation Service API 1.0,
//! <https://reconciliation-api.github.io/specs/draft/>, at `/reconcile/1.0`.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{BATCH, Candidate, MOST, USUAL, by_id, extend};
use crate::serve::facts::{Entity, Hit, local_name};
use crate::serve::http::{JSON, Problem, Reply, Request};
use crate::serve::scope::Scope;

/// The types that most entities have.
const TYPES: [&str; 4] = ["Person", "Organization", "Place", "Thing"];

/// Queries that are sent together.
#[derive(Deserialize)]
struct Batch {
    queries: Vec<Query>,
}

/// What is known of one cell.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Query {
    #[serde(default, rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    limit: Option<f64>,
    conditions: Vec<Condition>,
}

/// What an entity is to match.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Condition {
    match_type: Matched,
    #[serde(default)]
    property_id: Option<String>,
    property_value: Value,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    match_quantifier: Quantifier,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Matched {
    Name,
    Id,
    Property,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Quantifier {
    #[default]
    Any,
    All,
    None,
}

impl Condition {
    /// The values, whether there is one or there are several.
    fn values(&self) -> Vec<String> {
        let all = match &self.property_value {
            Value::Array(all) => all.iter().collect(),
            one => vec![one],
        };
        all.into_iter().map(words).collect()
    }

    /// Whether an entity has the values of the property.
    fn holds(&self, entity: &Entity) -> Result<bool, Problem> {
        let property = self.property_id.as_deref().unwrap_or("");
        let held = extend::values(entity, property).ok_or_else(|| unknown(property))?;
        let held: Vec<String> = held.iter().map(|value| words(value).to_lowercase()).collect();
        let mut values =
            self.values().into_iter().map(|value| held.contains(&value.to_lowercase()));
        Ok(match self.match_quantifier {
            Quantifier::Any => values.any(|is_held| is_held),
            Quantifier::All => values.all(|is_held| is_held),
            Quantifier::None => !values.any(|is_held| is_held),
        })
    }
}

/// A value as text: that of an entity is its id.
fn words(value: &Value) -> String {
    let inner = ["id", "str", "int", "date"].iter().find_map(|kind| value.get(kind));
    let inner = inner.unwrap_or(value);
    inner.as_str().map_or_else(|| inner.to_string(), str::to_owned)
}

fn unknown(property: &str) -> Problem {
    let known: Vec<&str> = extend::PROPERTIES.iter().map(|(id, _)| *id).collect();
    Problem::bad(format!("{property}: no property; there are {}", known.join(", ")))
}

/// Answers at `/reconcile/1.0` and below.
pub(super) fn answer(scope: &Scope<'_>, request: &Request, rest: &str) -> Result<Reply, Problem> {
    match (rest, request.is_get()) {
        ("" | "/", true) => Ok(Reply::json(&manifest(scope, &request.address))),
        ("/match", false) => matched(scope, parsed(request)?),
        ("/suggest/entity", true) => entities(scope, request),
        ("/suggest/property", true) => named(request, extend::PROPERTIES.iter().copied()),
        ("/suggest/type", true) => named(request, TYPES.iter().map(|kind| (*kind, *kind))),
        ("/preview", true) => super::preview(scope, request),
        ("/extend/propose", true) => propose(request),
        ("/extend", false) => extend::extend(scope, parsed(request)?),
        ("/match" | "/extend", true) => Err(Problem::method("POST, OPTIONS")),
        _ => Err(Problem::missing(&request.path)),
    }
}

fn parsed<T: DeserializeOwned>(request: &Request) -> Result<T, Problem> {
    if request.content_type.as_deref() != Some(JSON) {
        return Err(Problem::unsupported(JSON));
    }
    serde_json::from_slice(&request.body).map_err(|error| Problem::bad(format!("body: {error}")))
}

fn manifest(scope: &Scope<'_>, address: &str) -> Value {
    let articles = scope.snapshot.catalogue.len();
    json!({
        "versions": ["1.0-draft"],
        "name": format!("Reportedly: entities of {articles} news articles"),
        "serviceVersion": env!("CARGO_PKG_VERSION"),
        "documentation": format!("{address}/"),
        "logo": format!("{address}/assets/icon.svg"),
        "lang": "en",
        "view": { "url": format!("{address}/{{+id}}") },
        "defaultTypes": TYPES.map(|kind| json!({ "id": kind, "name": kind })),
        "preview": { "width": 400, "height": 300 },
        "suggest": { "entity": true, "property": true, "type": true },
        "extend": { "proposeProperties": true, "propertySettings": [] },
        "batchSize": BATCH,
        "standardizedScore": true,
    })
}

fn matched(scope: &Scope<'_>, batch: Batch) -> Result<Reply, Problem> {
    if batch.queries.len() > BATCH {
        let detail = format!("{} queries at a time; no more than {BATCH}", batch.queries.len());
        return Err(Problem::new(413, detail));
    }
    let mut results = Vec::new();
    for query in &batch.queries {
        results.push(json!({ "candidates": candidates(scope, query)? }));
    }
    Ok(Reply::json(&json!({ "results": results })))
}

/// The entities that match a query, the best first.
fn candidates(scope: &Scope<'_>, query: &Query) -> Result<Vec<Candidate>, Problem> {
    let many = query.limit.map_or(USUAL, |limit| (limit as usize).clamp(1, MOST));
    let mut hits = Vec::new();
    for condition in &query.conditions {
        for value in condition.values() {
            match condition.match_type {
                Matched::Name => hits.extend(super::found(scope, &value, MOST)?),
                Matched::Id => hits.extend(by_id(scope, &value)?.map(hit)),
                Matched::Property => {}
            }
        }
    }
    hits.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.iri.cmp(&b.iri)));
    hits.dedup_by(|a, b| a.iri == b.iri);
    if let Some(kind) = &query.kind {
        hits.retain(|hit| hit.types.iter().any(|of| of == kind));
    }
    let mut kept = Vec::new();
    for hit in hits {
        if kept.len() < many && satisfies(scope, query, &hit)? {
            kept.push(hit);
        }
    }
    Ok(super::ranked(scope, kept))
}

/// Whether an entity has what a query says that it must.
fn satisfies(scope: &Scope<'_>, query: &Query, hit: &Hit) -> Result<bool, Problem> {
    for condition in &query.conditions {
        if condition.match_type == Matched::Property {
            let id = super::id(scope, &hit.iri);
            let holds =
                by_id(scope, &id)?.is_some_and(|entity| condition.holds(&entity).unwrap_or(false));
            let property = condition.property_id.as_deref().unwrap_or("");
            if !extend::PROPERTIES.iter().any(|(known, _)| *known == property) {
                return Err(unknown(property));
            }
            if condition.required && !holds {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// An entity that is named by its id.
fn hit(entity: Entity) -> Hit {
    let claims = entity.does.total + entity.about.total;
    let Entity { iri, label, types, .. } = entity;
    Hit { iri, label, other: None, types, claims, score: 100 }
}

/// How many are wanted, and behind how many.
fn part(request: &Request) -> Result<(usize, usize), Problem> {
    let number = |name: &str, usual: usize| match request.query.words(name) {
        None => Ok(usual),
        Some(given) => {
            given.parse().map_err(|_| Problem::bad(format!("{name}={given}: no number")))
        }
    };
    Ok((number("offset", 0)?, number("limit", USUAL * 2)?.min(MOST)))
}

fn entities(scope: &Scope<'_>, request: &Request) -> Result<Reply, Problem> {
    let (start, many) = part(request)?;
    let prefix = request.query.get("prefix").unwrap_or("");
    let own = by_id(scope, prefix)?.map(hit);
    let end = start.saturating_add(many).min(MOST);
    let hits = own.into_iter().chain(super::found(scope, prefix, end)?);
    let result: Vec<Value> =
        hits.skip(start).take(many).map(|hit| super::suggestion(scope, hit)).collect();
    Ok(Reply::json(&json!({ "result": result })))
}

/// Those of some that begin with a prefix.
fn named(
    request: &Request,
    all: impl Iterator<Item = (&'static str, &'static str)>,
) -> Result<Reply, Problem> {
    let (start, many) = part(request)?;
    let prefix = request.query.get("prefix").unwrap_or("").to_lowercase();
    let begins = |(id, name): &(&str, &str)| {
        id.to_lowercase().starts_with(&prefix) || name.to_lowercase().starts_with(&prefix)
    };
    let result: Vec<Value> = all
        .filter(begins)
        .skip(start)
        .take(many)
        .map(|(id, name)| json!({ "id": id, "name": name }))
        .collect();
    Ok(Reply::json(&json!({ "result": result })))
}

fn propose(request: &Request) -> Result<Reply, Problem> {
    let (_, many) = part(request)?;
    let kind = request.query.get("type").unwrap_or("");
    let properties = extend::PROPERTIES.iter().take(many);
    let properties: Vec<Value> =
        properties.map(|(id, name)| json!({ "id": id, "name": name })).collect();
    Ok(Reply::json(&json!({ "type": local_name(kind), "properties": properties })))
}
