//! `reportedly export`.

mod tables;

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use oxrdf::NamedNode;
use tempfile::NamedTempFile;

use super::Outcome;
use crate::export::{
    ExportError, Format, Network, Options, Profile, Publication, Summary, TableFormat, write_ftm,
    write_graphml, write_nanopubs, write_schema_claims, write_store,
};
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
  reportedly export --store examples.store --format graphml --profile facts \\
      -o facts.graphml
      Who did what to whom as a network, for Gephi and the like.
  reportedly export --store examples.store --format nanopub \\
      --created 2024-05-31 \\
      --license https://creativecommons.org/publicdomain/zero/1.0/ \\
      -o claims.trig
      A nanopublication for each claim.
  reportedly export --store examples.store --format parquet -o tables
      A table a file (articles, claims, mentions, ...), for DuckDB, pandas, Spark:
      SELECT subject_label, relation_label, object_text
        FROM 'tables/claims.parquet' WHERE asserted;
      What each column means: docs/tables.md; as text: --format csv.
  reportedly export --store examples.store --format ftm -o examples.ftm.json
      Articles, persons, bodies and their mentions for Aleph (FollowTheMoney).
  reportedly export --store examples.store --format claims-jsonld -o claims.jsonld
      What articles claim, alone or several in common, as schema.org's Claim.

Exit codes:
  0 written, 1 not.";

/// Write the store as RDF, nanopublications, GraphML, tables, for Aleph or fact checkers
///
/// RDF is Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML.
/// The same store gives the same bytes. Turtle, N-Triples and RDF/XML merge
/// the named graphs. All are RDF 1.1 unless --rdf 1.2 is given, which adds
/// rdf:reifies with a triple term to the rdf:subject, rdf:predicate and rdf:object
/// of each claim.
///
/// nanopub, graphml and claims-jsonld have claims: those that are asserted with --profile facts, else
/// all. A nanopublication (TriG) has a claim for its assertion, whose word it is and
/// where it stands for its provenance. In GraphML, entities are nodes, and each claim
/// from one to another is an edge with its relation, polarity, modality and source.
/// claims-jsonld has what several articles say, in whatever words, as one Claim of
/// schema.org, with its appearances; it fits into a ClaimReview, and rates nothing.
///
/// parquet and csv are a folder of tables, with the IRIs of the RDF: articles,
/// sentences, entities, names, mentions, claims, qualifiers, reports, attributions,
/// contents, links, propositions, origins, relations, stories, story_articles,
/// story_entities, shared_claims, appearances, differences. --profile claims leaves out
/// texts, sentences, mentions and what the rest was chosen from.
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
    /// File to write, which appears when it is complete [default: standard output]; of
    /// tables the folder
    #[arg(short, long, value_name = "FILE|DIR")]
    output: Option<PathBuf>,
    /// Version of RDF: 1.2 has triple terms, which JSON-LD and RDF/XML lack
    #[arg(long, value_enum, default_value_t = Rdf::V11)]
    rdf: Rdf,
    #[command(flatten)]
    publication: PublicationFlags,
}

/// What nanopublications, and claims of schema.org, say of themselves.
#[derive(Args, Debug)]
#[command(next_help_heading = "Of nanopub and claims-jsonld")]
struct PublicationFlags {
    /// Day or moment that they say they were made on
    #[arg(long, value_name = "WHEN", value_parser = moment)]
    created: Option<String>,
    /// Who publishes them, such as https://orcid.org/0000-0000-0000-0000
    #[arg(long, value_name = "IRI", value_parser = iri)]
    creator: Option<NamedNode>,
    /// Licence that they are under
    #[arg(long, value_name = "IRI", value_parser = iri)]
    license: Option<NamedNode>,
}

fn iri(given: &str) -> Result<NamedNode, String> {
    NamedNode::new(given).map_err(|error| error.to_string())
}

/// A day as `2024-05-31`, or a moment as `2024-05-31T12:00:00Z`.
fn moment(given: &str) -> Result<String, String> {
    let is_day = given.parse::<jiff::civil::Date>().is_ok() && given.len() == "2024-05-31".len();
    let is_moment = given.contains('T') && given.parse::<jiff::Timestamp>().is_ok();
    if is_day || is_moment {
        Ok(given.to_owned())
    } else {
        Err("not a day as 2024-05-31, nor a moment as 2024-05-31T12:00:00Z".to_owned())
    }
}

impl PublicationFlags {
    fn publication(&self) -> Publication {
        let Self { created, creator, license } = self;
        Publication { created: created.clone(), creator: creator.clone(), license: license.clone() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Amount {
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
    Nanopub,
    Graphml,
    #[cfg(feature = "parquet")]
    Parquet,
    Csv,
    Ftm,
    ClaimsJsonld,
}

/// What a format has of a store.
#[derive(Clone, Copy)]
enum Kind {
    Rdf(Format),
    Nanopub,
    GraphMl,
    Tables(TableFormat),
    Ftm,
    SchemaClaims,
}

impl Name {
    fn kind(self) -> Kind {
        match self {
            Self::Turtle => Kind::Rdf(Format::Turtle),
            Self::Trig => Kind::Rdf(Format::TriG),
            Self::Ntriples => Kind::Rdf(Format::NTriples),
            Self::Nquads => Kind::Rdf(Format::NQuads),
            Self::Jsonld => Kind::Rdf(Format::JsonLd),
            Self::Rdfxml => Kind::Rdf(Format::RdfXml),
            Self::Nanopub => Kind::Nanopub,
            Self::Graphml => Kind::GraphMl,
            #[cfg(feature = "parquet")]
            Self::Parquet => Kind::Tables(TableFormat::Parquet),
            Self::Csv => Kind::Tables(TableFormat::Csv),
            Self::Ftm => Kind::Ftm,
            Self::ClaimsJsonld => Kind::SchemaClaims,
        }
    }
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    check(flags)?;
    let store = Store::open(&flags.store)?;
    match flags.format.kind() {
        Kind::Rdf(format) => rdf(flags, &store, format)?,
        Kind::Nanopub => nanopubs(flags, &store)?,
        Kind::GraphMl => network(flags, &store)?,
        Kind::Tables(format) => tables::write(flags, &store, format)?,
        Kind::Ftm => ftm(flags, &store)?,
        Kind::SchemaClaims => schema_claims(flags, &store)?,
    }
    Ok(Outcome::Done)
}

/// Refuses flags that say nothing to the format.
fn check(flags: &Flags) -> anyhow::Result<()> {
    let PublicationFlags { created, creator, license } = &flags.publication;
    let is_published = created.is_some() || creator.is_some() || license.is_some();
    let says_so = matches!(flags.format, Name::Nanopub | Name::ClaimsJsonld);
    anyhow::ensure!(
        says_so || !is_published,
        "--created, --creator and --license are for --format nanopub or claims-jsonld"
    );
    let has_triple_terms = match flags.format.kind() {
        Kind::Rdf(format) => format.has_triple_terms(),
        kind => {
            anyhow::ensure!(flags.graph.is_none(), "--graph is for formats of RDF");
            tables::check(flags, kind)?;
            false
        }
    };
    anyhow::ensure!(
        has_triple_terms || flags.rdf == Rdf::V11,
        "--rdf 1.2: this format has no triple terms; turtle, trig, ntriples, nquads have"
    );
    Ok(())
}

fn rdf(flags: &Flags, store: &Store, format: Format) -> anyhow::Result<()> {
    let graph = flags.graph.as_deref().map(|given| graph(given, store)).transpose()?;
    let (profile, articles) = (flags.profile.into(), articles(flags, store)?);
    let triple_terms = flags.rdf == Rdf::V12;
    let options = Options { format, profile, graph, articles, triple_terms };
    let summary = write(flags, |out| write_store(store, &options, out))?;
    note(&summary, &options);
    Ok(())
}

fn nanopubs(flags: &Flags, store: &Store) -> anyhow::Result<()> {
    let (articles, publication) = (all_articles(flags, store)?, flags.publication.publication());
    let profile = flags.profile.into();
    let written = write(flags, |out| write_nanopubs(store, &articles, profile, &publication, out))?;
    anstream::eprintln!("note: {written} nanopublications");
    Ok(())
}

fn schema_claims(flags: &Flags, store: &Store) -> anyhow::Result<()> {
    let (articles, publication) = (all_articles(flags, store)?, flags.publication.publication());
    let profile = flags.profile.into();
    let written =
        write(flags, |out| write_schema_claims(store, &articles, profile, &publication, out))?;
    anstream::eprintln!("note: {written} claims");
    Ok(())
}

fn network(flags: &Flags, store: &Store) -> anyhow::Result<()> {
    let (articles, profile) = (all_articles(flags, store)?, flags.profile.into());
    let Network { nodes, edges, left_out, .. } =
        write(flags, |out| write_graphml(store, &articles, profile, out))?;
    anstream::eprintln!(
        "note: {nodes} nodes, {edges} edges; {left_out} claims do not go from one node to another"
    );
    Ok(())
}

fn ftm(flags: &Flags, store: &Store) -> anyhow::Result<()> {
    let (articles, profile) = (all_articles(flags, store)?, flags.profile.into());
    let summary = write(flags, |out| write_ftm(store, &articles, profile, out))?;
    let counts: Vec<String> = summary.iter().map(|(name, n)| format!("{n} {name}")).collect();
    anstream::eprintln!("note: {}", counts.join(", "));
    Ok(())
}

/// Writes to the file that is asked for, or to standard output.
fn write<T>(
    flags: &Flags,
    write: impl FnOnce(&mut dyn Write) -> Result<T, ExportError>,
) -> anyhow::Result<T> {
    match &flags.output {
        Some(path) => to_file(path, write),
        None => write(&mut BufWriter::new(io::stdout().lock())).map_err(unwrap_io),
    }
}

/// The articles that are asked for; all of the store where none are.
fn all_articles(flags: &Flags, store: &Store) -> anyhow::Result<Vec<NamedNode>> {
    match articles(flags, store)? {
        Some(articles) => Ok(articles),
        None => Ok(store.articles()?),
    }
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
fn to_file<T>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<T, ExportError>,
) -> anyhow::Result<T> {
    let name = || path.display().to_string();
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder).with_context(name)?;
    let mut out = BufWriter::new(file.as_file_mut());
    let written = write(&mut out).with_context(name)?;
    out.flush().with_context(name)?;
    drop(out);
    share(file.as_file()).with_context(name)?;
    file.persist(path).with_context(name)?;
    Ok(written)
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
