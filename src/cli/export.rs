//! `reportedly export`.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use oxrdf::NamedNode;
use tempfile::NamedTempFile;

use super::Outcome;
use crate::export::{ExportError, Format, Options, Summary, write_store};
use crate::graph::Store;

const EXAMPLES: &str = "\
Examples:
  reportedly export --store examples.store -o examples.ttl
      All of it as Turtle.
  reportedly export --store examples.store --format nquads | sort | sha256sum
      One line a statement, with the graph that it stands in.
  reportedly export --store examples.store --graph article/world-cup-brief
      What one article says.
  reportedly export --store examples.store --format turtle --rdf11 -o old.ttl
      For tools that do not know triple terms (RDF 1.2).

Exit codes:
  0 written, 1 not.";

/// Write the store as Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML
///
/// The same store gives the same bytes. Turtle, N-Triples and RDF/XML merge
/// the named graphs. JSON-LD and RDF/XML leave out the triple terms of RDF 1.2
/// (rdf:reifies); what they say stands in rdf:subject, rdf:predicate and
/// rdf:object, too.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Flags {
    /// Folder of the store
    #[arg(long, value_name = "DIR")]
    store: PathBuf,
    /// Format of the output
    #[arg(long, value_enum, default_value_t = Name::Turtle)]
    format: Name,
    /// Only this graph: the IRI of an article, or relative to the store's base
    #[arg(long, value_name = "IRI")]
    graph: Option<String>,
    /// File to write; it appears when it is complete [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Leave out triple terms, for readers that know RDF 1.1 only
    #[arg(long)]
    rdf11: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Name {
    Turtle,
    Trig,
    Ntriples,
    Nquads,
    Jsonld,
    Rdfxml,
}

impl Name {
    fn format(self) -> Format {
        match self {
            Self::Turtle => Format::Turtle,
            Self::Trig => Format::TriG,
            Self::Ntriples => Format::NTriples,
            Self::Nquads => Format::NQuads,
            Self::Jsonld => Format::JsonLd,
            Self::Rdfxml => Format::RdfXml,
        }
    }
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let store = Store::open(&flags.store)?;
    let graph = flags.graph.as_deref().map(|given| graph(given, &store)).transpose()?;
    let options = Options { format: flags.format.format(), graph, rdf11: flags.rdf11 };
    let summary = match &flags.output {
        Some(path) => to_file(&store, &options, path)?,
        None => {
            let out = BufWriter::new(io::stdout().lock());
            write_store(&store, &options, out).map_err(unwrap_io)?
        }
    };
    note(&summary, &options);
    Ok(Outcome::Done)
}

fn graph(given: &str, store: &Store) -> anyhow::Result<NamedNode> {
    let iri =
        if given.contains(':') { given.to_owned() } else { store.iris().base().to_owned() + given };
    NamedNode::new(iri).with_context(|| format!("--graph {given}: not an IRI"))
}

/// Writes to a file beside the one asked for, and puts it in its place when it
/// is complete.
fn to_file(store: &Store, options: &Options, path: &Path) -> anyhow::Result<Summary> {
    let name = || path.display().to_string();
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder).with_context(name)?;
    let mut out = BufWriter::new(file.as_file_mut());
    let summary = write_store(store, options, &mut out).with_context(name)?;
    out.flush().with_context(name)?;
    drop(out);
    share(file.as_file()).with_context(name)?;
    file.persist(path).with_context(name)?;
    Ok(summary)
}

/// Temporary files are for their owner's eyes only; the output is not.
#[cfg(unix)]
fn share(file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn share(_file: &std::fs::File) -> io::Result<()> {
    Ok(())
}

/// Lets a broken pipe be seen as what it is.
fn unwrap_io(error: ExportError) -> anyhow::Error {
    match error {
        ExportError::Io(error) => error.into(),
        other => other.into(),
    }
}

fn note(summary: &Summary, options: &Options) {
    if options.graph.is_none() && !options.format.has_graphs() {
        anstream::eprintln!("note: this format has no named graphs; they were merged");
    }
    let left_out = summary.without_triple_terms;
    if left_out > 0 {
        anstream::eprintln!(
            "note: {left_out} triple terms (rdf:reifies) were left out; rdf:subject, \
             rdf:predicate and rdf:object say the same"
        );
    }
}
