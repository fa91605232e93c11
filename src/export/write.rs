//! Writes graphs in order.

use std::collections::BTreeMap;
use std::io::{self, Write};

use oxrdf::{GraphName, NamedNode, Quad, Term, Triple};
#[cfg(feature = "rdf-formats")]
use oxrdfio::{RdfFormat, RdfSerializer, WriterQuadSerializer};

use super::Format;
use super::json_ld::JsonLdWriter;
use super::order::compare;
use super::pretty::PrettyWriter;
#[cfg(feature = "store")]
use crate::graph::StoreError;
#[cfg(feature = "rdf-formats")]
use crate::graph::vocabulary::PREFIXES;
use crate::graph::vocabulary::rdf;

/// Why a graph could not be written out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The store cannot be read.
    #[cfg(feature = "store")]
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
    /// A file of a table cannot be written.
    #[cfg(feature = "store")]
    #[error("{}: {reason}", path.display())]
    Table {
        /// The file.
        path: std::path::PathBuf,
        /// Why not.
        reason: Box<dyn std::error::Error + Send + Sync>,
    },
    /// What has a place in every row is missing of a node.
    #[cfg(feature = "store")]
    #[error("{node}: the store says no {property} of it; `reportedly validate` tells more")]
    Incomplete {
        /// The node.
        node: NamedNode,
        /// The property.
        property: NamedNode,
    },
    /// The program was built with broken weights.
    #[cfg(feature = "store")]
    #[error(transparent)]
    Weights(#[from] crate::analyse::WeightsError),
    /// A format that needs a feature which this build was made without.
    #[error(
        "{} is not written by this build; build it with the feature `rdf-formats`", format.name()
    )]
    NotBuilt {
        /// The format.
        format: Format,
    },
}

/// How much of each graph is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// Asserted triples, what they speak of, its links, and which articles state
    /// them.
    Facts,
    /// Also claims: how each is put, whose word it is, the words and the time.
    Claims,
    /// All of it: the texts, every passage and mention, and what labels, types and
    /// links were chosen from.
    #[default]
    Full,
}

/// What is written, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// In which format.
    pub format: Format,
    /// How much of each graph.
    pub profile: Profile,
    /// One graph, as it is, without its name; all of them where it is `None`.
    pub graph: Option<NamedNode>,
    /// These articles, with what the other graphs say of what they speak of; all
    /// of them where it is `None`.
    pub articles: Option<Vec<NamedNode>>,
    /// Whether each claim also `rdf:reifies` its triple, as a triple term of RDF
    /// 1.2, beside its `rdf:subject`, `rdf:predicate` and `rdf:object`. The format
    /// must have them ([`Format::has_triple_terms`]).
    pub triple_terms: bool,
}

impl Options {
    /// All of the store in a format, as RDF 1.1.
    pub fn of(format: Format) -> Self {
        let (profile, triple_terms) = (Profile::default(), false);
        Self { format, profile, graph: None, articles: None, triple_terms }
    }
}

/// What was written and what had to be left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Triples or quads written.
    pub written: u64,
    /// Statements left out because of a triple term in them.
    pub without_triple_terms: u64,
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

/// Writes quads that belong to no store, such as the graph of one article: graph by
/// graph in order of their names, or merged where the format has no graphs.
pub fn write_quads(
    quads: Vec<Quad>,
    base: &str,
    options: &Options,
    writer: impl Write,
) -> Result<Summary, ExportError> {
    let mut output = Output::new(options, base, writer)?;
    let mut graphs: BTreeMap<String, (GraphName, Vec<Triple>)> = BTreeMap::new();
    for quad in quads {
        let has_graphs = options.format.has_graphs();
        let name = if has_graphs { quad.graph_name.clone() } else { GraphName::DefaultGraph };
        let graph = graphs.entry(name.to_string()).or_insert_with(|| (name, Vec::new()));
        graph.1.push(quad.into());
    }
    for (name, triples) in graphs.into_values() {
        output.write(triples, &name)?;
    }
    Ok(output.finish()?)
}

/// Where triples go: people read Turtle and TriG, programs the rest.
enum Sink<W: Write> {
    Pretty(PrettyWriter<W>),
    Json(JsonLdWriter<W>),
    /// N-Triples and N-Quads: a line each, with the graph's name or without.
    Lines {
        writer: W,
        graphs: bool,
    },
    #[cfg(feature = "rdf-formats")]
    Tree(WriterQuadSerializer<W>),
}

impl<W: Write> Sink<W> {
    fn new(format: Format, base: &str, writer: W) -> Result<Self, ExportError> {
        match format {
            Format::Turtle | Format::TriG => Ok(Self::Pretty(PrettyWriter::new(base, writer)?)),
            Format::NTriples => Ok(Self::Lines { writer, graphs: false }),
            Format::NQuads => Ok(Self::Lines { writer, graphs: true }),
            Format::JsonLd => Ok(Self::Json(JsonLdWriter::new(base, writer)?)),
            #[cfg(feature = "rdf-formats")]
            Format::RdfXml => Ok(Self::Tree(serializer(RdfFormat::RdfXml)?.for_writer(writer))),
            #[cfg(not(feature = "rdf-formats"))]
            Format::RdfXml => Err(ExportError::NotBuilt { format }),
        }
    }

    fn write(&mut self, triple: &Triple, graph: &GraphName) -> io::Result<()> {
        match self {
            Self::Pretty(pretty) => pretty.write(triple, graph),
            Self::Json(json) => json.write(triple, graph),
            Self::Lines { writer, graphs: true } => {
                writeln!(writer, "{} .", triple.as_ref().in_graph(graph))
            }
            Self::Lines { writer, graphs: false } => writeln!(writer, "{triple} ."),
            #[cfg(feature = "rdf-formats")]
            Self::Tree(serializer) => serializer.serialize_quad(triple.as_ref().in_graph(graph)),
        }
    }

    fn finish(self) -> io::Result<W> {
        match self {
            Self::Pretty(pretty) => pretty.finish(),
            Self::Json(json) => json.finish(),
            Self::Lines { writer, .. } => Ok(writer),
            #[cfg(feature = "rdf-formats")]
            Self::Tree(serializer) => serializer.finish(),
        }
    }
}

/// Writes triples, each graph's in order, leaving out what the format has no room for.
pub(super) struct Output<W: Write> {
    sink: Sink<W>,
    /// Whether the format has triple terms.
    triple_terms: bool,
    /// Whether statements that are reified as RDF 1.1 has it get their triple term.
    reify: bool,
    summary: Summary,
}

impl<W: Write> Output<W> {
    pub(super) fn new(options: &Options, base: &str, writer: W) -> Result<Self, ExportError> {
        let format = options.format;
        let sink = Sink::new(format, base, writer)?;
        let (triple_terms, summary) = (format.has_triple_terms(), Summary::default());
        Ok(Self { sink, triple_terms, reify: options.triple_terms, summary })
    }

    pub(super) fn write(&mut self, mut triples: Vec<Triple>, graph: &GraphName) -> io::Result<()> {
        if self.reify {
            triples.extend(reifications(&triples));
        }
        triples.sort_by(compare);
        triples.dedup();
        for triple in &triples {
            if !self.triple_terms && matches!(triple.object, Term::Triple(_)) {
                self.summary.without_triple_terms += 1;
                continue;
            }
            self.summary.written += 1;
            self.sink.write(triple, graph)?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> io::Result<Summary> {
        self.sink.finish()?.flush()?;
        Ok(self.summary)
    }
}

/// What each subject of `rdf:subject`, `rdf:predicate` and `rdf:object` reifies.
fn reifications(triples: &[Triple]) -> Vec<Triple> {
    let mut parts: BTreeMap<String, [Option<&Term>; 3]> = BTreeMap::new();
    let mut subjects = BTreeMap::new();
    for triple in triples {
        let properties = [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT];
        let Some(part) = properties.iter().position(|p| triple.predicate == *p) else { continue };
        let key = triple.subject.to_string();
        if let Some(slot) = parts.entry(key.clone()).or_default().get_mut(part) {
            *slot = Some(&triple.object);
        }
        subjects.insert(key, &triple.subject);
    }
    let mut all = Vec::new();
    for (key, parts) in parts {
        if let ([Some(Term::NamedNode(s)), Some(Term::NamedNode(p)), Some(o)], Some(&node)) =
            (parts, subjects.get(&key))
        {
            let term = Term::from(Triple::new(s.clone(), p.clone(), o.clone()));
            all.push(Triple::new(node.clone(), rdf::REIFIES.into_owned(), term));
        }
    }
    all
}

#[cfg(feature = "rdf-formats")]
fn serializer(format: RdfFormat) -> io::Result<RdfSerializer> {
    let mut serializer = RdfSerializer::from_format(format);
    for (name, iri) in PREFIXES {
        serializer = serializer.with_prefix(*name, *iri).map_err(io::Error::other)?;
    }
    Ok(serializer)
}
