//! What has an IRI of the store, at the same path here: as a page or as RDF.

use std::collections::BTreeSet;

use oxrdf::{GraphNameRef, NamedNode, Quad, Term, Triple};

use super::answer::{accepted, graph, within};
use super::facts::{self, Lookup};
use super::fields::encoded;
use super::http::{HTML, Problem, Reply, Request};
use super::page;
use super::scope::Scope;
use super::tables;
use crate::graph::vocabulary::{rp, schema};
use crate::graph::{StoreError, with_derived};
use crate::report;

/// So many claims of each list stand on the page of an entity.
const LISTED: usize = 20;

/// Answers at the path of an IRI.
pub(super) fn node(scope: &Scope<'_>, request: &Request) -> Result<Reply, Problem> {
    if !request.is_get() {
        return Err(Problem::method("GET, HEAD, OPTIONS"));
    }
    let path = request.path.trim_start_matches('/');
    let node = at(scope, path).ok_or_else(|| Problem::missing(&request.path))?;
    let format = request.query.get("format");
    if let Some(story) = renamed(scope, &node)? {
        let path = scope.site(request).path(story.as_str());
        let path = path.ok_or_else(|| Problem::missing(&request.path))?;
        return Ok(Reply::see(match format {
            Some(format) => format!("{path}?{}", encoded([("format", format)])),
            None => path,
        }));
    }
    if format.is_none() && request.accept.wants_page() {
        return page(scope, request, &node).map(Reply::varying);
    }
    if tables::is_wanted(request) {
        return tables::of_node(scope, &node);
    }
    let accept = accepted(format, &request.accept)?;
    let triples = described(scope, &node)?;
    if triples.is_empty() {
        return Err(Problem::missing(&request.path));
    }
    graph(scope, triples, &accept).map(Reply::varying)
}

/// The story that a node used to name. Stories are called by their first article, so that one
/// has another name once an older article is added.
fn renamed(scope: &Scope<'_>, node: &NamedNode) -> Result<Option<NamedNode>, Problem> {
    let store = &scope.snapshot.store;
    let iris = store.iris();
    if !node.as_str().starts_with(&iris.stories())
        || store.database().contains_named_graph(node).map_err(|e| store.error(e))?
    {
        return Ok(None);
    }
    let heads = scope.snapshot.catalogue.newest();
    let mut articles = heads.filter_map(|head| NamedNode::new(head.iri.as_str()).ok());
    let Some(first) = articles.find(|article| iris.story(article) == *node) else {
        return Ok(None);
    };
    let stories = scope.snapshot.lookup().subjects(schema::HAS_PART, &first.into(), 1)?;
    Ok(stories.into_iter().next())
}

/// The node that a path names. What IRIs have percent-encoded stays so; of what
/// browsers encode, which is all beyond ASCII, the characters are taken.
pub(super) fn at(scope: &Scope<'_>, path: &str) -> Option<NamedNode> {
    scope.snapshot.store.iris().at(&characters(path))
}

/// A path with the characters beyond ASCII in place of their encoding.
fn characters(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = digits.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match byte {
            Some(byte) if first == b'%' && !byte.is_ascii() => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

fn page(scope: &Scope<'_>, request: &Request, node: &NamedNode) -> Result<Reply, Problem> {
    let (site, lookup) = (scope.site(request), scope.snapshot.lookup());
    let catalogue = &scope.snapshot.catalogue;
    if let Some(article) = facts::article(lookup, catalogue, node)? {
        let at = request.query.get("at").and_then(range);
        return Ok(Reply::new(HTML, page::article(site, &article, at)));
    }
    if let Some(claim) = facts::claim(lookup, catalogue, node)? {
        return Ok(Reply::new(HTML, page::claim(site, &claim)));
    }
    if node.as_str().starts_with(&scope.snapshot.store.iris().stories()) {
        let asked = report::Scope { story: Some(node.clone()), ..report::Scope::default() };
        if let Ok(report) = report::report(&scope.snapshot.store, &asked) {
            return Ok(Reply::new(HTML, page::story(site, &request.path, &report)));
        }
    }
    let start = request.start()?;
    if let Some(entity) = facts::entity(lookup, catalogue, node, start, LISTED)? {
        return Ok(Reply::new(HTML, page::entity(site, &entity)));
    }
    let quads = lookup.said_of(node)?;
    if quads.is_empty() {
        return graph_named(scope, request, node);
    }
    Ok(Reply::new(HTML, page::node(site, node.as_str(), &sorted(quads))))
}

/// Leads to a graph that says nothing of itself.
fn graph_named(scope: &Scope<'_>, request: &Request, node: &NamedNode) -> Result<Reply, Problem> {
    let store = &scope.snapshot.store;
    let is_there = store.database().contains_named_graph(node).map_err(|e| store.error(e))?;
    if is_there {
        return Ok(Reply::see(format!("/graph?{}", encoded([("graph", node.as_str())]))));
    }
    Err(Problem::missing(&request.path))
}

fn sorted(mut quads: Vec<Quad>) -> Vec<Quad> {
    quads.sort_by_cached_key(|quad| (quad.predicate.to_string(), quad.object.to_string()));
    quads.dedup_by(|a, b| a.predicate == b.predicate && a.object == b.object);
    quads
}

/// Characters of a text: `12,34`.
fn range(given: &str) -> Option<(usize, usize)> {
    let (start, end) = given.split_once(',')?;
    Some((start.parse().ok()?, end.parse().ok()?))
}

/// The triples that describe a node: of an article and other graphs the whole graph;
/// else what is said of the node, and of the passages and attributions of a claim.
fn described(scope: &Scope<'_>, node: &NamedNode) -> Result<Vec<Triple>, Problem> {
    let store = &scope.snapshot.store;
    let name = Some(GraphNameRef::from(node.as_ref()));
    let mut triples = Vec::new();
    for quad in store.database().quads_for_pattern(None, None, None, name) {
        triples.push(Triple::from(quad.map_err(|error| store.error(error))?));
        within(scope, triples.len())?;
    }
    if !triples.is_empty() {
        return Ok(with_derived(node, triples));
    }
    let lookup = scope.snapshot.lookup();
    let mut all: BTreeSet<NamedNode> = [node.clone()].into();
    all.extend(parts(lookup, node)?);
    for node in all {
        triples.extend(lookup.said_of(&node)?.into_iter().map(Triple::from));
        within(scope, triples.len())?;
    }
    Ok(triples)
}

/// The passages and attributions of a claim.
fn parts(lookup: Lookup<'_>, node: &NamedNode) -> Result<Vec<NamedNode>, StoreError> {
    const MOST: usize = 100;
    let mut parts = Vec::new();
    for passage in [rp::EVIDENCE, rp::SUBJECT_EVIDENCE, rp::RELATION_EVIDENCE, rp::OBJECT_EVIDENCE]
    {
        parts.extend(lookup.nodes(node, passage)?);
    }
    parts.extend(lookup.subjects(rp::CLAIM_OF, &Term::from(node.clone()), MOST)?);
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::characters;

    #[test]
    fn only_what_browsers_encode_is_decoded() {
        assert_eq!(characters("entity/caf%C3%A9"), "entity/café");
        assert_eq!(characters("entity/a%2Fb%20c"), "entity/a%2Fb%20c");
        assert_eq!(characters("entity/%C3"), "entity/%C3");
        assert_eq!(characters("entity/50%"), "entity/50%");
    }
}
