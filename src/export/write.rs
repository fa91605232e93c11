//! Writes graphs in order.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};

use oxigraph::io::{RdfSerializer, WriterQuadSerializer};
use oxigraph::store::StorageError;
use oxrdf::{GraphName, NamedNode, NamedOrBlankNode, Term, Triple};

use super::Format;
use super::order::{compare, compare_subjects};
use super::pretty::PrettyWriter;
use crate::graph::vocabulary::PREFIXES;
use crate::graph::{Store, StoreError};

/// Why the store could not be written out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The output cannot be written.
    #[error("cannot write: {0}")]
    Io(#[from] io::Error),
    /// There is no such graph.
    #[error("--graph {graph}: no such graph in this store")]
    NoGraph {
        /// The graph as given.
        graph: NamedNode,
    },
}

/// What is written, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// In which format.
    pub format: Format,
    /// One graph, without its name; all of them where it is `None`.
    pub graph: Option<NamedNode>,
    /// Whether triple terms are left out though the format has them, for
    /// readers of RDF 1.1.
    pub rdf11: bool,
}

/// What was written and what had to be left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Triples or quads written.
    pub written: u64,
    /// Statements left out because of a triple term in them.
    pub without_triple_terms: u64,
}

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

/// Writes triples that belong to no store, such as the answer to a query.
pub fn write_triples(
    triples: Vec<Triple>,
    base: &str,
    options: &Options,
    writer: impl Write,
) -> Result<Summary, ExportError> {
    let mut output = Output::new(options, base, writer)?;
    output.write(triples, &GraphName::DefaultGraph)?;
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

/// Where triples go: people read Turtle and TriG, programs the rest.
enum Sink<W: Write> {
    Pretty(PrettyWriter<W>),
    Plain(WriterQuadSerializer<W>),
}

/// Writes triples, each graph's in order, leaving out what the format has no room for.
struct Output<W: Write> {
    sink: Sink<W>,
    triple_terms: bool,
    summary: Summary,
}

impl<W: Write> Output<W> {
    fn new(options: &Options, base: &str, writer: W) -> io::Result<Self> {
        let format = options.format;
        let sink = match format {
            Format::Turtle | Format::TriG => Sink::Pretty(PrettyWriter::new(base, writer)?),
            _ => Sink::Plain(serializer(format)?.for_writer(writer)),
        };
        let triple_terms = format.has_triple_terms() && !options.rdf11;
        Ok(Self { sink, triple_terms, summary: Summary::default() })
    }

    fn write(&mut self, mut triples: Vec<Triple>, graph: &GraphName) -> io::Result<()> {
        triples.sort_by(compare);
        triples.dedup();
        for triple in &triples {
            if !self.triple_terms && matches!(triple.object, Term::Triple(_)) {
                self.summary.without_triple_terms += 1;
                continue;
            }
            self.summary.written += 1;
            match &mut self.sink {
                Sink::Pretty(pretty) => pretty.write(triple, graph)?,
                Sink::Plain(serializer) => {
                    serializer.serialize_quad(triple.as_ref().in_graph(graph))?;
                }
            }
        }
        Ok(())
    }

    fn finish(self) -> io::Result<Summary> {
        let mut writer = match self.sink {
            Sink::Pretty(pretty) => pretty.finish()?,
            Sink::Plain(serializer) => serializer.finish()?,
        };
        writer.flush()?;
        Ok(self.summary)
    }
}

fn serializer(format: Format) -> io::Result<RdfSerializer> {
    let serializer = RdfSerializer::from_format(format.rdf_format());
    PREFIXES.iter().try_fold(serializer, |serializer, &(name, iri)| {
        serializer.with_prefix(name, iri).map_err(io::Error::other)
    })
}
