//! Writes graphs in order.

use std::io::{self, Write};

use oxrdf::{GraphName, NamedNode, Term, Triple};
use oxrdfio::{RdfSerializer, WriterQuadSerializer};

use super::Format;
use super::order::compare;
use super::pretty::PrettyWriter;
#[cfg(feature = "store")]
use crate::graph::StoreError;
use crate::graph::vocabulary::PREFIXES;

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

/// Where triples go: people read Turtle and TriG, programs the rest.
enum Sink<W: Write> {
    Pretty(PrettyWriter<W>),
    Plain(WriterQuadSerializer<W>),
}

/// Writes triples, each graph's in order, leaving out what the format has no room for.
pub(super) struct Output<W: Write> {
    sink: Sink<W>,
    triple_terms: bool,
    summary: Summary,
}

impl<W: Write> Output<W> {
    pub(super) fn new(options: &Options, base: &str, writer: W) -> io::Result<Self> {
        let format = options.format;
        let sink = match format {
            Format::Turtle | Format::TriG => Sink::Pretty(PrettyWriter::new(base, writer)?),
            _ => Sink::Plain(serializer(format)?.for_writer(writer)),
        };
        let triple_terms = format.has_triple_terms() && !options.rdf11;
        Ok(Self { sink, triple_terms, summary: Summary::default() })
    }

    pub(super) fn write(&mut self, mut triples: Vec<Triple>, graph: &GraphName) -> io::Result<()> {
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

    pub(super) fn finish(self) -> io::Result<Summary> {
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
