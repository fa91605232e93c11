//! Writes the graphs of a store.

use std::collections::{BTreeMap, HashSet};
use std::io::Write;

use oxigraph::store::StorageError;
use oxrdf::{GraphName, NamedOrBlankNode, Triple};

use super::order::compare_subjects;
use super::write::Output;
use super::{ExportError, Options, Summary};
use crate::graph::Store;

/// Writes a store.
pub fn write_store(
    store: &Store,
    options: &Options,
    writer: impl Write,
) -> Result<Summary, ExportError> {
    let mut output = Output::new(options, store.iris().base(), writer)?;
    let mut names = graphs(store)?;
    if let Some(graph) = &options.graph {
        if !names.iter().any(|name| *name == GraphName::from(graph.clone())) {
            return Err(ExportError::NoGraph { graph: graph.clone() });
        }
        output.write(graph_triples(store, &graph.clone().into())?, &GraphName::DefaultGraph)?;
        return Ok(output.finish()?);
    }
    names.retain(|name| *name != GraphName::from(store.iris().build_graph()));
    if options.format.has_graphs() {
        for name in &names {
            output.write(graph_triples(store, name)?, name)?;
        }
    } else {
        write_merged(store, &names, &mut output)?;
    }
    Ok(output.finish()?)
}

/// The names of all graphs that say something, in order; the default graph first.
fn graphs(store: &Store) -> Result<Vec<GraphName>, ExportError> {
    let database = store.database();
    let mut names: Vec<NamedOrBlankNode> =
        database.named_graphs().collect::<Result<_, StorageError>>().map_err(|e| store.error(e))?;
    names.sort_by(compare_subjects);
    let all = names.into_iter().map(GraphName::from);
    Ok(std::iter::once(GraphName::DefaultGraph).chain(all).collect())
}

fn graph_triples(store: &Store, graph: &GraphName) -> Result<Vec<Triple>, ExportError> {
    triples(store, None, Some(graph))
}

/// What a graph says, of one subject or all. What was built from what is the
/// store's own affair, and shows only where its graph is asked for.
fn triples(
    store: &Store,
    subject: Option<&NamedOrBlankNode>,
    graph: Option<&GraphName>,
) -> Result<Vec<Triple>, ExportError> {
    let subject = subject.map(NamedOrBlankNode::as_ref);
    let quads =
        store.database().quads_for_pattern(subject, None, None, graph.map(GraphName::as_ref));
    let builds = GraphName::from(store.iris().build_graph());
    let is_wanted = |name: &GraphName| graph.is_some() || *name != builds;
    let quads = quads.filter(|quad| quad.as_ref().map_or(true, |q| is_wanted(&q.graph_name)));
    let triples: Result<_, StorageError> = quads.map(|quad| quad.map(Triple::from)).collect();
    Ok(triples.map_err(|e| store.error(e))?)
}

/// Merges the graphs, in bounded memory: subjects that belong to an article
/// are written with it, those that several graphs speak of after all articles.
fn write_merged<W: Write>(
    store: &Store,
    names: &[GraphName],
    output: &mut Output<W>,
) -> Result<(), ExportError> {
    let mut shared: BTreeMap<String, NamedOrBlankNode> = BTreeMap::new();
    for name in names {
        let (mut own, other): (Vec<_>, Vec<_>) = graph_triples(store, name)?
            .into_iter()
            .partition(|triple| belongs_to(&triple.subject, name, store));
        if let GraphName::NamedNode(article) = name
            && !own.is_empty()
        {
            own.extend(triples(store, Some(&article.clone().into()), None)?);
        }
        output.write(own, &GraphName::DefaultGraph)?;
        shared.extend(other.into_iter().map(|t| (t.subject.to_string(), t.subject)));
    }
    let mut shared: Vec<NamedOrBlankNode> = shared.into_values().collect();
    let graphs: HashSet<&GraphName> = names.iter().collect();
    shared.retain(|subject| !is_article(subject, store, &graphs));
    shared.sort_by(compare_subjects);
    for subject in &shared {
        output.write(triples(store, Some(subject), None)?, &GraphName::DefaultGraph)?;
    }
    Ok(())
}

/// Whether only this graph, of an article, speaks of a node: the article
/// itself and what is named below it.
fn belongs_to(node: &NamedOrBlankNode, graph: &GraphName, store: &Store) -> bool {
    let (NamedOrBlankNode::NamedNode(node), GraphName::NamedNode(graph)) = (node, graph) else {
        return false;
    };
    graph.as_str().starts_with(&store.iris().articles())
        && node
            .as_str()
            .strip_prefix(graph.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['#', '/']))
}

/// Whether a node is an article that has a graph, and so was written already.
fn is_article(node: &NamedOrBlankNode, store: &Store, graphs: &HashSet<&GraphName>) -> bool {
    let NamedOrBlankNode::NamedNode(node) = node else { return false };
    node.as_str().starts_with(&store.iris().articles())
        && graphs.contains(&GraphName::from(node.clone()))
}
