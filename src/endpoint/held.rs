//! What an endpoint holds, by its own list: the graph `graph/pushed`.

use std::collections::BTreeMap;

use oxigraph::sparql::results::ReaderQueryResultsParserOutput;
use oxrdf::{Literal, NamedNode};

use super::ask::value;
use super::{Client, EndpointError};
use crate::graph::Iris;
use crate::graph::vocabulary::rp;

/// So many rows are asked for at a time; many servers give no more than ten thousand.
const TOGETHER: usize = 5_000;

/// Digests by the IRIs of graphs and of parts of graphs.
pub(super) type Held = BTreeMap<String, String>;

/// What was sent to an endpoint.
pub(super) fn held(client: &Client, iris: &Iris) -> Result<Held, EndpointError> {
    let (list, digest) = (iris.pushed_graph(), rp::DIGEST);
    let pattern = format!("GRAPH {list} {{ ?node {digest} ?value }}");
    let mut held = Held::new();
    in_pages(client, &pattern, |node, value| {
        held.insert(node, value);
    })?;
    Ok(held)
}

/// The subjects of a graph that satisfy a filter.
pub(super) fn subjects(
    client: &Client,
    graph: &NamedNode,
    filter: &str,
) -> Result<Vec<String>, EndpointError> {
    let pattern = format!("GRAPH {graph} {{ ?node ?property ?object }} FILTER({filter})");
    let mut subjects = Vec::new();
    in_pages(client, &pattern, |node, _| subjects.push(node))?;
    Ok(subjects)
}

/// All values of `?node` in a pattern with that of `?value`, in order, a page at a time:
/// each begins behind the last node of the one before.
fn in_pages(
    client: &Client,
    pattern: &str,
    mut take: impl FnMut(String, String),
) -> Result<(), EndpointError> {
    let mut last = String::new();
    loop {
        let from = Literal::new_simple_literal(&last);
        let sparql = format!(
            "SELECT DISTINCT ?node ?value WHERE {{ {pattern} FILTER(STR(?node) > {from}) }} \
             ORDER BY STR(?node) LIMIT {TOGETHER}"
        );
        let page = page(client, &sparql)?;
        let Some((end, _)) = page.last() else { return Ok(()) };
        if *end <= last {
            return Err(EndpointError::NoEnd { address: client.address().to_owned() });
        }
        last.clone_from(end);
        for (node, value) in page {
            take(node, value);
        }
    }
}

fn page(client: &Client, sparql: &str) -> Result<Vec<(String, String)>, EndpointError> {
    let ReaderQueryResultsParserOutput::Solutions(rows) = client.query(sparql)? else {
        return Err(client.not_an_answer(&"yes or no in place of rows"));
    };
    let mut page = Vec::new();
    for row in rows {
        let row = row.map_err(|error| client.not_an_answer(&error))?;
        let of = |name| row.get(name).map(value).unwrap_or_default();
        page.push((of("node"), of("value")));
    }
    Ok(page)
}
