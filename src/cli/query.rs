//! `reportedly query`: named queries, files and SPARQL on the command line.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use oxigraph::sparql::QueryResults;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxrdf::Triple;

use super::{Outcome, table};
use crate::export::{self, write_triples};
use crate::graph::Store;
use crate::query::{NamedQuery, Parameter, QueryError, ask, named_queries};

const EXAMPLES: &str = "\
Examples:
  reportedly query --list
      The questions that ship with the program, and their parameters.
  reportedly query --store examples.store said-by --set who=Zelensky
      Everything one person said.
  reportedly query --store examples.store claims --format csv > claims.csv
      Every claim as a table.
  reportedly query --store examples.store -e 'SELECT ?o (COUNT(*) AS ?n) { ?s rel:guards ?o } GROUP BY ?o'
      SPARQL of your own; a file of it works as well.

Exit codes:
  0 answered, even if with no rows; 1 not: broken SPARQL, no store, store locked.";

/// Ask the store
///
/// A question is SPARQL: the name of a query that ships with the program, a
/// file, or text after -e. SELECT and ASK give a table; CONSTRUCT and DESCRIBE
/// give Turtle. Prefixes such as rp: and rel: need not be declared.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Flags {
    /// Name of a query, or a file of SPARQL
    #[arg(value_name = "NAME|FILE.rq", required_unless_present_any = ["sparql", "list"])]
    question: Option<String>,
    /// Folder of the store
    #[arg(long, value_name = "DIR", required_unless_present = "list")]
    store: Option<PathBuf>,
    /// SPARQL instead of a name or file
    #[arg(short = 'e', value_name = "SPARQL", conflicts_with = "question")]
    sparql: Option<String>,
    /// How to show the answer
    #[arg(long, value_enum, default_value_t = Show::Table)]
    format: Show,
    /// Value of a variable: text, <IRI> or a prefixed name
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// Show the named queries with their questions and parameters
    #[arg(long)]
    list: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Show {
    Table,
    Csv,
    Tsv,
    Json,
    Xml,
}

impl Show {
    fn results_format(self) -> Option<QueryResultsFormat> {
        match self {
            Self::Table => None,
            Self::Csv => Some(QueryResultsFormat::Csv),
            Self::Tsv => Some(QueryResultsFormat::Tsv),
            Self::Json => Some(QueryResultsFormat::Json),
            Self::Xml => Some(QueryResultsFormat::Xml),
        }
    }
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    if flags.list {
        return list();
    }
    let parameters: Vec<Parameter> =
        flags.set.iter().map(|given| given.parse()).collect::<Result<_, _>>()?;
    let (source, sparql) = question(flags)?;
    let store = Store::open(flags.store.as_deref().unwrap_or(Path::new("")))?;
    let answer = ask(&store, &source, &sparql, &parameters)?;
    show(answer, &source, flags.format, &store)?;
    Ok(Outcome::Done)
}

/// The question's source, to be named in errors, and its text.
fn question(flags: &Flags) -> anyhow::Result<(String, String)> {
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
    Err(QueryError::UnknownQuery { name: name.to_owned() }.into())
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

fn show(answer: QueryResults<'_>, source: &str, format: Show, store: &Store) -> anyhow::Result<()> {
    let broken = |error| QueryError::Evaluation { source_name: source.to_owned(), error };
    match (answer, format.results_format()) {
        (QueryResults::Solutions(solutions), None) => {
            let columns = solutions.variables().to_vec();
            let rows = solutions.collect::<Result<Vec<_>, _>>().map_err(broken)?;
            table::print(&columns, &rows, store.iris().base())?;
        }
        (QueryResults::Solutions(solutions), Some(format)) => {
            let out = io::BufWriter::new(io::stdout().lock());
            let serializer = QueryResultsSerializer::from_format(format);
            let mut writer =
                serializer.serialize_solutions_to_writer(out, solutions.variables().to_vec())?;
            for solution in solutions {
                writer.serialize(&solution.map_err(broken)?)?;
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
            let triples: Vec<Triple> = triples.collect::<Result<_, _>>().map_err(broken)?;
            let options =
                export::Options { format: export::Format::Turtle, graph: None, rdf11: false };
            let out = io::BufWriter::new(io::stdout().lock());
            write_triples(triples, store.iris().base(), &options, out)?;
        }
    }
    Ok(())
}
