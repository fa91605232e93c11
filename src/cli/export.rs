//! `reportedly export`.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use oxrdf::NamedNode;
use tempfile::NamedTempFile;

use super::Outcome;
use crate::export::{ExportError, Format, Options, Profile, Summary, write_store};
use crate::graph::Store;
use crate::text::ArticleId;

const EXAMPLES: &str = "\
Examples:
  reportedly export --store examples.store -o examples.ttl
      All of it as Turtle.
  reportedly export --store examples.store --format nquads | sort | sha256sum
      One line a statement, with the graph that it stands in.
  reportedly export --store examples.store --article world-cup-brief
      One article, with the labels, links and propositions of what it speaks of.
  reportedly export --store news.store --about entity/lisbon --since 2023-01-01
      The articles from that day on that speak of an entity.
  reportedly export --store examples.store --profile facts -o facts.ttl
      Asserted triples, what they speak of, and its links; no claims.
  reportedly export --store examples.store --rdf 1.2 -o new.ttl
      With triple terms (rdf:reifies), for tools that know RDF 1.2.

Exit codes:
  0 written, 1 not.";

/// Write the store as Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML
///
/// The same store gives the same bytes. Turtle, N-Triples and RDF/XML merge
/// the named graphs. All are RDF 1.1 unless --rdf 1.2 is given, which adds
/// rdf:reifies with a triple term to the rdf:subject, rdf:predicate and rdf:object
/// of each claim.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Flags {
    /// Folder of the store
    #[arg(long, value_name = "DIR")]
    store: PathBuf,
    /// Format of the output
    #[arg(long, value_enum, default_value_t = Name::Turtle)]
    format: Name,
    /// How much of each graph
    #[arg(long, value_enum, default_value_t = Amount::Full)]
    profile: Amount,
    /// Only this article, with what other graphs say of what it speaks of; may be repeated
    #[arg(long, value_name = "ID")]
    article: Vec<String>,
    /// Only articles that speak of this entity: its IRI, as tables show it
    #[arg(long, value_name = "IRI")]
    about: Option<String>,
    /// Only articles published on this day or later
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<jiff::civil::Date>,
    /// Only this graph, as it is: its IRI, or relative to the store's base
    #[arg(long, value_name = "IRI", conflicts_with_all = ["article", "about", "since"])]
    graph: Option<String>,
    /// File to write; it appears when it is complete [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Version of RDF: 1.2 has triple terms, which JSON-LD and RDF/XML lack
    #[arg(long, value_enum, default_value_t = Rdf::V11)]
    rdf: Rdf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Amount {
    /// Asserted triples, what they speak of, and its links
    Facts,
    /// Also claims: how each is put, whose word it is, its words and time
    Claims,
    /// All: the texts, every passage and mention
    Full,
}

impl From<Amount> for Profile {
    fn from(amount: Amount) -> Self {
        match amount {
            Amount::Facts => Self::Facts,
            Amount::Claims => Self::Claims,
            Amount::Full => Self::Full,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Rdf {
    #[value(name = "1.1")]
    V11,
    #[value(name = "1.2")]
    V12,
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
    let format = flags.format.format();
    let triple_terms = flags.rdf == Rdf::V12;
    if triple_terms && !format.has_triple_terms() {
        anyhow::bail!(
            "--rdf 1.2: this format has no triple terms; turtle, trig, ntriples, nquads have"
        );
    }
    let (profile, articles) = (flags.profile.into(), articles(flags, &store)?);
    let options = Options { format, profile, graph, articles, triple_terms };
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

/// The articles that are asked for; none where all are.
fn articles(flags: &Flags, store: &Store) -> anyhow::Result<Option<Vec<NamedNode>>> {
    if flags.article.is_empty() && flags.about.is_none() && flags.since.is_none() {
        return Ok(None);
    }
    let mut articles = store.articles()?;
    if !flags.article.is_empty() {
        let mut asked = Vec::new();
        for given in &flags.article {
            let article =
                store.iris().article(&ArticleId::new(given.trim_start_matches("article/")));
            anyhow::ensure!(articles.contains(&article), "--article {given}: not in this store");
            asked.push(article);
        }
        articles.retain(|article| asked.contains(article));
    }
    if let Some(about) = &flags.about {
        let entity = graph(about, store).context("--about")?;
        let speaking = store.articles_about(&entity)?;
        articles.retain(|article| speaking.contains(article));
    }
    if let Some(day) = flags.since {
        let published = store.articles_since(&day.to_string())?;
        articles.retain(|article| published.contains(article));
    }
    anyhow::ensure!(!articles.is_empty(), "no article of this store is such");
    Ok(Some(articles))
}

fn graph(given: &str, store: &Store) -> anyhow::Result<NamedNode> {
    let iri =
        if given.contains(':') { given.to_owned() } else { store.iris().base().to_owned() + given };
    NamedNode::new(iri).with_context(|| format!("{given}: not an IRI"))
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
