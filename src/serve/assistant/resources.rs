//! What a client may read by its address: articles, and the questions that ship.

use serde_json::{Value, json};

use super::part::{Part, start};
use crate::query::{NamedQuery, named_queries};
use crate::serve::facts;
use crate::serve::http::Problem;
use crate::serve::scope::Scope;

/// So many resources are listed at a time.
const LISTED: usize = 100;
/// What the addresses of questions begin with.
const QUESTIONS: &str = "reportedly:question/";

/// Questions, then articles, the newest first; some of them, from a place on.
pub(super) fn list(scope: &Scope<'_>, cursor: Option<&str>) -> Result<Part<Value>, Problem> {
    let start = start(cursor)?;
    let catalogue = &scope.snapshot.catalogue;
    let questions = named_queries().map(|query| {
        json!({
            "uri": format!("{QUESTIONS}{}", query.name),
            "name": query.name,
            "title": query.question(),
            "mimeType": "application/sparql-query",
        })
    });
    let articles = catalogue.newest().map(|head| {
        json!({
            "uri": head.iri,
            "name": facts::local_name(&head.iri),
            "title": head.headline,
            "mimeType": "application/json",
        })
    });
    let total = named_queries().count() + catalogue.len();
    let results: Vec<Value> = questions.chain(articles).skip(start).take(LISTED).collect();
    let end = start + results.len();
    let is_more = end < total && !results.is_empty();
    Ok(Part { results, cursor: is_more.then(|| end.to_string()) })
}

/// What addresses look like.
pub(super) fn templates(scope: &Scope<'_>) -> Value {
    let articles = scope.snapshot.store.iris().articles();
    json!([
        {
            "uriTemplate": format!("{articles}{{id}}"),
            "name": "article",
            "title": "An article: its text, claims and attributions",
            "mimeType": "application/json",
        },
        {
            "uriTemplate": format!("{QUESTIONS}{{name}}"),
            "name": "question",
            "title": "A question that ships, as SPARQL",
            "mimeType": "application/sparql-query",
        },
    ])
}

/// What an address leads to.
pub(super) fn read(scope: &Scope<'_>, uri: &str) -> Result<Value, Problem> {
    let missing = || Problem::new(404, format!("{uri}: no such resource"));
    if let Some(name) = uri.strip_prefix(QUESTIONS) {
        let query = NamedQuery::find(name).ok_or_else(missing)?;
        return Ok(contents(uri, "application/sparql-query", query.sparql));
    }
    let node = oxrdf::NamedNode::new(uri).map_err(|_| missing())?;
    let lookup = scope.snapshot.lookup();
    let article = facts::article(lookup, &scope.snapshot.catalogue, &node)?;
    let article = article.ok_or_else(missing)?;
    Ok(contents(uri, "application/json", &json!(article).to_string()))
}

fn contents(uri: &str, mime: &str, text: &str) -> Value {
    json!({ "uri": uri, "mimeType": mime, "text": text })
}
