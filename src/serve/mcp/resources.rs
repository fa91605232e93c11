//! What a client may read by its address: articles, and the questions that ship.

use serde_json::{Value, json};

use crate::query::{NamedQuery, named_queries};
use crate::serve::facts;
use crate::serve::http::Problem;
use crate::serve::scope::Scope;

/// So many resources are listed at a time.
const LISTED: usize = 100;
/// What the addresses of questions begin with.
const QUESTIONS: &str = "reportedly:question/";

/// Questions, then articles, the newest first; some of them, from a place on.
pub(super) fn list(scope: &Scope<'_>, start: usize) -> Value {
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
    let some: Vec<Value> = questions.chain(articles).skip(start).take(LISTED).collect();
    let end = start + some.len();
    if end < total && !some.is_empty() {
        return json!({ "resources": some, "nextCursor": end.to_string() });
    }
    json!({ "resources": some })
}

/// What addresses look like.
pub(super) fn templates(scope: &Scope<'_>) -> Value {
    let articles = scope.snapshot.store.iris().articles();
    json!({ "resourceTemplates": [
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
    ] })
}

/// What an address leads to; none where it leads nowhere.
pub(super) fn read(scope: &Scope<'_>, uri: &str) -> Result<Option<Value>, Problem> {
    if let Some(name) = uri.strip_prefix(QUESTIONS) {
        let query = NamedQuery::find(name);
        return Ok(query.map(|query| contents(uri, "application/sparql-query", query.sparql)));
    }
    let Ok(node) = oxrdf::NamedNode::new(uri) else { return Ok(None) };
    let lookup = scope.snapshot.lookup();
    let article = facts::article(lookup, &scope.snapshot.catalogue, &node)?;
    Ok(article.map(|article| contents(uri, "application/json", &json!(article).to_string())))
}

fn contents(uri: &str, mime: &str, text: &str) -> Value {
    json!({ "contents": [{ "uri": uri, "mimeType": mime, "text": text }] })
}
