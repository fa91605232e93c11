//! The SPARQL 1.1 Protocol, <https://www.w3.org/TR/sparql11-protocol/>, for queries;
//! and the Graph Store Protocol for reading,
//! <https://www.w3.org/TR/sparql11-http-rdf-update/>.

use oxrdf::{GraphNameRef, NamedNode, Triple};

use super::answer::{accepted, answer, graph, read_only, within};
use super::description;
use super::fields::Fields;
use super::http::{Problem, Reply, Request};
use super::scope::Scope;
use crate::query::{Graphs, Question};

/// What a query is called in messages.
const SOURCE: &str = "query";

/// Answers at `/sparql`.
pub(super) fn protocol(scope: &Scope<'_>, request: &Request) -> Result<Reply, Problem> {
    let (fields, query) = asked(request)?;
    if fields.get("update").is_some() {
        return Err(Problem::bad("an update is sent by POST"));
    }
    let Some(sparql) = query else {
        if request.accept.wants_page() {
            return Ok(Reply::see("/query"));
        }
        return description::of_service(scope, request);
    };
    let graphs = graphs(&fields, "default-graph-uri", "named-graph-uri")?;
    let cancellation = scope.cancellation.clone();
    let question = Question { graphs, cancellation, ..Question::new(SOURCE, sparql) };
    answer(scope, &question, &accepted(fields.get("format"), &request.accept)?)
}

/// The fields of a request, and its query, if it has one.
fn asked(request: &Request) -> Result<(Fields, Option<String>), Problem> {
    if request.is_get() {
        let query = one(&request.query, "query")?;
        return Ok((request.query.clone(), query));
    }
    if request.method != "POST" {
        return Err(Problem::method("GET, HEAD, POST, OPTIONS"));
    }
    match request.content_type.as_deref() {
        Some("application/x-www-form-urlencoded") => {
            let fields = request.fields();
            let query = one(&fields, "query")?;
            if query.is_none() {
                return Err(Problem::bad("the form has no field `query`"));
            }
            Ok((fields, query))
        }
        Some("application/sparql-query") => {
            let sparql = String::from_utf8(request.body.clone());
            let sparql = sparql.map_err(|_| Problem::bad("the query is not UTF-8"))?;
            Ok((request.query.clone(), Some(sparql)))
        }
        _ => Err(Problem::unsupported("application/sparql-query or a form with a field `query`")),
    }
}

/// The value of a field that may stand there once.
pub(super) fn one(fields: &Fields, name: &str) -> Result<Option<String>, Problem> {
    let mut all = fields.all(name);
    let first = all.next().map(str::to_owned);
    match all.next() {
        Some(_) => Err(Problem::bad(format!("more than one field `{name}`"))),
        None => Ok(first),
    }
}

/// The graphs that a request names in two fields.
pub(super) fn graphs(
    fields: &Fields,
    default: &str,
    named_field: &str,
) -> Result<Option<Graphs>, Problem> {
    let named = |field: &str| -> Result<Vec<NamedNode>, Problem> {
        fields.all(field).map(|iri| node(field, iri)).collect()
    };
    let graphs = Graphs { default: named(default)?, named: named(named_field)? };
    Ok((graphs != Graphs::default()).then_some(graphs))
}

fn node(field: &str, iri: &str) -> Result<NamedNode, Problem> {
    NamedNode::new(iri).map_err(|error| Problem::bad(format!("{field}={iri}: {error}")))
}

/// Answers at `/graph`: one graph by its name, or what all of them say.
pub(super) fn graph_store(scope: &Scope<'_>, request: &Request) -> Result<Reply, Problem> {
    if !request.is_get() {
        return Err(match request.method.as_str() {
            "PUT" | "POST" | "DELETE" | "PATCH" => read_only(),
            _ => Problem::method("GET, HEAD, OPTIONS"),
        });
    }
    let accept = accepted(request.query.get("format"), &request.accept)?;
    match (request.query.get("graph"), request.query.get("default")) {
        (Some(iri), None) => {
            let name = node("graph", iri)?;
            let triples = triples_of(scope, Some(&name))?;
            if triples.is_empty() {
                return Err(Problem::missing(iri));
            }
            graph(scope, triples, &accept).map(Reply::varying)
        }
        (None, Some(_)) => graph(scope, triples_of(scope, None)?, &accept).map(Reply::varying),
        _ => Err(Problem::bad("say which graph: /graph?graph=IRI, or /graph?default for all")),
    }
}

/// The triples of a graph, or of all.
fn triples_of(scope: &Scope<'_>, name: Option<&NamedNode>) -> Result<Vec<Triple>, Problem> {
    let store = &scope.snapshot.store;
    let name = name.map(|name| GraphNameRef::from(name.as_ref()));
    let mut triples = Vec::new();
    for quad in store.database().quads_for_pattern(None, None, None, name) {
        triples.push(Triple::from(quad.map_err(|error| store.error(error))?));
        within(scope, triples.len())?;
    }
    Ok(triples)
}
