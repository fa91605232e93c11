//! `reportedly query`: named queries, files and SPARQL on the command line.

#[cfg(feature = "endpoint")]
mod remote;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use anyhow::Context;
use clap::{Args, ValueEnum};
use oxigraph::sparql::QueryResults;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxrdf::Triple;
use spargebra::Query;

use super::{Outcome, table};
use crate::export::{self, write_triples};
use crate::graph::Store;
use crate::query::{NamedQuery, QueryError, Question, ask, cells, named_queries};

const EXAMPLES: &str = "\
Examples:
  reportedly query --list
      The questions that ship with the program, and their parameters.
  reportedly query --store examples.store said-by --set who=Zelensky
      Everything one person said.
  reportedly query --store examples.store claims --format csv > claims.csv
      Every claim as a table.
  reportedly query --store examples.store said-about --set entity=entity/lisbon --limit 20
      An entity by its IRI, as tables show it; no more than twenty rows.
  reportedly query --store examples.store said-by --set who=Zelensky --print
      The question itself, for another SPARQL engine.
  reportedly query said-by --set who=Zelensky --endpoint http://localhost:7878/query
      The same of a SPARQL endpoint that `reportedly push` has filled.
  reportedly query --store examples.store -e 'SELECT ?o (COUNT(*) AS ?n) { ?s rel:guards ?o } GROUP BY ?o'
      SPARQL of your own; a file of it works as well.

Exit codes:
  0 answered, even if with no rows; 1 not: broken SPARQL, no store, store locked,
  --timeout reached (rows may have been printed before).";

/// Ask the store, or a SPARQL endpoint
///
/// A question is SPARQL: the name of a query that ships with the program, a
/// file, or text after -e. SELECT gives a table, ASK yes or no; CONSTRUCT and
/// DESCRIBE give Turtle. Prefixes such as rp: and rel: need not be declared. The
/// default graph is the union of all graphs. Queries only read.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Flags {
    /// Name of a query, or a file of SPARQL
    #[arg(value_name = "NAME|FILE.rq", required_unless_present_any = ["sparql", "list"])]
    question: Option<String>,
    /// Folder of the store
    #[cfg_attr(not(feature = "endpoint"), arg(required_unless_present = "list"))]
    #[cfg_attr(feature = "endpoint", arg(required_unless_present_any = ["list", "endpoint"]))]
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    /// Address of a SPARQL endpoint to ask in place of a store
    #[cfg(feature = "endpoint")]
    #[arg(long, value_name = "URL", conflicts_with = "store")]
    endpoint: Option<String>,
    /// SPARQL instead of a name or file
    #[arg(short = 'e', value_name = "SPARQL", conflicts_with = "question")]
    sparql: Option<String>,
    /// How to show the answer [default: table; turtle for CONSTRUCT and DESCRIBE]
    #[arg(long, value_enum)]
    format: Option<Show>,
    /// Value of a variable: text, <IRI>, a prefixed name, or an IRI as tables show it
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// No more rows than these; there may be others
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Stop after so many seconds
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<f64>,
    /// Print the SPARQL, with the values of --set in place, and do not ask
    #[arg(long)]
    print: bool,
    /// Show the named queries with their questions and parameters
    #[arg(long)]
    list: bool,
    #[cfg(feature = "endpoint")]
    #[command(flatten)]
    asks: super::endpoint::EndpointFlags,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Show {
    Table,
    Csv,
    Tsv,
    Json,
    Xml,
    Turtle,
    Ntriples,
    Jsonld,
    Rdfxml,
}

impl Show {
    /// The format of results, where it is one.
    fn results(self) -> Option<QueryResultsFormat> {
        match self {
            Self::Csv => Some(QueryResultsFormat::Csv),
            Self::Tsv => Some(QueryResultsFormat::Tsv),
            Self::Json => Some(QueryResultsFormat::Json),
            Self::Xml => Some(QueryResultsFormat::Xml),
            _ => None,
        }
    }

    /// The format of triples, where it is one.
    fn triples(self) -> Option<export::Format> {
        match self {
            Self::Turtle => Some(export::Format::Turtle),
            Self::Ntriples => Some(export::Format::NTriples),
            Self::Jsonld => Some(export::Format::JsonLd),
            Self::Rdfxml => Some(export::Format::RdfXml),
            _ => None,
        }
    }

    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// What a query gives, and the formats that fit it.
#[derive(Clone, Copy)]
enum Answer {
    Rows,
    YesOrNo,
    Triples,
}

impl Answer {
    fn of(query: &Query) -> Self {
        match query {
            Query::Select { .. } => Self::Rows,
            Query::Ask { .. } => Self::YesOrNo,
            Query::Construct { .. } | Query::Describe { .. } => Self::Triples,
        }
    }

    /// The formats that fit; the first is the default.
    fn formats(self) -> &'static [Show] {
        match self {
            Self::Rows => &[Show::Table, Show::Csv, Show::Tsv, Show::Json, Show::Xml],
            Self::YesOrNo => &[Show::Table, Show::Json, Show::Xml],
            Self::Triples => &[Show::Turtle, Show::Ntriples, Show::Jsonld, Show::Rdfxml],
        }
    }

    fn what(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::YesOrNo => "yes or no",
            Self::Triples => "triples",
        }
    }

    /// The format asked for, if it fits.
    fn format(self, asked: Option<Show>) -> anyhow::Result<Show> {
        let fitting = self.formats();
        let format = asked.unwrap_or(*fitting.first().context("an answer has formats")?);
        if fitting.contains(&format) {
            return Ok(format);
        }
        let (what, format) = (self.what(), format.name());
        let names: Vec<String> = fitting.iter().map(|f| f.name()).collect();
        anyhow::bail!("--format {format}: the query gives {what}; --format {}", names.join(" or "))
    }
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    if flags.list {
        return list();
    }
    let question = question(flags)?;
    #[cfg(feature = "endpoint")]
    if let Some(address) = &flags.endpoint {
        return remote::run(flags, address, &question);
    }
    let store = Store::open(flags.store.as_deref().unwrap_or(Path::new("")))?;
    let query = question.query(store.iris())?;
    if flags.print {
        return print(&query);
    }
    let format = Answer::of(&query).format(flags.format)?;
    match flags.timeout {
        None => answer(&store, &question, format)?,
        Some(seconds) => answer_within(seconds, store, question, format)?,
    }
    Ok(Outcome::Done)
}

fn print(query: &Query) -> anyhow::Result<Outcome> {
    writeln!(io::stdout(), "{}", spaced(&query.to_string()))?;
    Ok(Outcome::Done)
}

fn answer(store: &Store, question: &Question, format: Show) -> anyhow::Result<()> {
    show(ask(store, question)?, question, format, store.iris().base())
}

/// Answers on another thread, which is left to itself after some seconds: the
/// database looks for a cancellation only when it reads, and may be busy with
/// what it has read.
fn answer_within(
    seconds: f64,
    store: Store,
    question: Question,
    format: Show,
) -> anyhow::Result<()> {
    let limit = Duration::try_from_secs_f64(seconds)
        .with_context(|| format!("--timeout {seconds}: not a number of seconds"))?;
    let store = Arc::new(store);
    let (sender, receiver) = mpsc::channel();
    let (worker_store, worker_question) = (Arc::clone(&store), question.clone());
    std::thread::spawn(move || {
        let answered = answer(&worker_store, &worker_question, format);
        drop(worker_store);
        // Nobody waits for it after the limit.
        let _ = sender.send(answered);
    });
    match receiver.recv_timeout(limit) {
        Ok(answered) => answered,
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            anyhow::bail!("{}: an error of this program; please report it", question.source)
        }
        Err(mpsc::RecvTimeoutError::Timeout) => {
            question.cancellation.cancel();
            store.abandon();
            anyhow::bail!(
                "{}: stopped, as --timeout {seconds} is reached; give it longer, or narrow the \
                 question with --set or --limit",
                question.source
            )
        }
    }
}

fn question(flags: &Flags) -> anyhow::Result<Question> {
    let (source, sparql) = sparql(flags)?;
    let parameters = flags.set.iter().map(|given| given.parse()).collect::<Result<_, _>>()?;
    Ok(Question { parameters, limit: flags.limit, ..Question::new(source, sparql) })
}

/// The question's source, to be named in errors, and its text.
fn sparql(flags: &Flags) -> anyhow::Result<(String, String)> {
    if let Some(sparql) = &flags.sparql {
        return Ok(("-e".to_owned(), sparql.clone()));
    }
    let name = flags.question.as_deref().unwrap_or("");
    if let Some(query) = NamedQuery::find(name) {
        return Ok((name.to_owned(), query.sparql.to_owned()));
    }
    let path = Path::new(name);
    if path.is_file() {
        let bytes = std::fs::read(path).with_context(|| name.to_owned())?;
        let text = String::from_utf8(bytes).with_context(|| format!("{name}: not UTF-8"))?;
        return Ok((name.to_owned(), text));
    }
    Err(QueryError::unknown_query(name).into())
}

fn list() -> anyhow::Result<Outcome> {
    let mut out = anstream::stdout().lock();
    for query in named_queries() {
        writeln!(out, "{}\n    {}", query.name, query.question())?;
        for (name, meaning) in query.parameters() {
            writeln!(out, "    --set {name}=…  {meaning}")?;
        }
    }
    Ok(Outcome::Done)
}

/// SPARQL on one line, its statements a line each.
fn spaced(sparql: &str) -> String {
    sparql.replace(" . ", " .\n  ").replace(" } ", " }\n  ").replace(" { ", " {\n  ")
}

fn show(
    answer: QueryResults<'_>,
    question: &Question,
    format: Show,
    base: &str,
) -> anyhow::Result<()> {
    let broken = |error| QueryError::evaluation(&question.source, error);
    match (answer, format.results()) {
        (QueryResults::Solutions(solutions), None) => {
            let columns = solutions.variables().to_vec();
            let rows = solutions.map(|row| row.map_err(broken));
            table::print(&columns, rows, base)?;
        }
        (QueryResults::Solutions(solutions), Some(format)) => {
            let out = io::BufWriter::new(io::stdout().lock());
            let serializer = QueryResultsSerializer::from_format(format);
            let mut writer =
                serializer.serialize_solutions_to_writer(out, solutions.variables().to_vec())?;
            for solution in solutions {
                writer.serialize(cells(&solution.map_err(broken)?, format))?;
            }
            writer.finish()?.flush()?;
        }
        (QueryResults::Boolean(answer), None) => {
            writeln!(io::stdout(), "{}", if answer { "yes" } else { "no" })?;
        }
        (QueryResults::Boolean(answer), Some(format)) => {
            let serializer = QueryResultsSerializer::from_format(format);
            serializer.serialize_boolean_to_writer(io::stdout(), answer)?.flush()?;
        }
        (QueryResults::Graph(triples), _) => {
            let most = question.limit.unwrap_or(usize::MAX);
            let triples: Vec<Triple> =
                triples.take(most).collect::<Result<_, _>>().map_err(broken)?;
            let format = format.triples().context("the format was checked")?;
            let options = export::Options::of(format);
            let out = io::BufWriter::new(io::stdout().lock());
            write_triples(triples, base, &options, out)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_fit_the_answer() {
        assert!(Answer::Rows.format(None).unwrap() == Show::Table);
        assert!(Answer::Triples.format(None).unwrap() == Show::Turtle);
        let error = Answer::Triples.format(Some(Show::Csv)).unwrap_err().to_string();
        assert!(error.contains("--format csv: the query gives triples"), "{error}");
        assert!(Answer::YesOrNo.format(Some(Show::Tsv)).is_err());
    }
}
