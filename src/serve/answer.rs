//! Answers of the database, written within the limits and in the format asked for.

use std::io::{self, Write};

use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, QuerySolutionIter};
use oxrdf::Triple;

use super::accept::Accept;
use super::http::{Problem, Reply};
use super::scope::Scope;
use crate::export::{self, Format, write_triples};
use crate::query::{QueryError, Question, ask, cells};

/// The formats of rows, the default first.
pub(super) const ROWS: &[(&str, QueryResultsFormat)] = &[
    ("application/sparql-results+json", QueryResultsFormat::Json),
    ("application/json", QueryResultsFormat::Json),
    ("application/sparql-results+xml", QueryResultsFormat::Xml),
    ("text/csv; charset=utf-8", QueryResultsFormat::Csv),
    ("text/tab-separated-values; charset=utf-8", QueryResultsFormat::Tsv),
    ("application/xml", QueryResultsFormat::Xml),
    ("text/xml", QueryResultsFormat::Xml),
];

/// The formats of yes and no: CSV and TSV have no place for them.
const YES_OR_NO: &[(&str, QueryResultsFormat)] = &[
    ("application/sparql-results+json", QueryResultsFormat::Json),
    ("application/json", QueryResultsFormat::Json),
    ("application/sparql-results+xml", QueryResultsFormat::Xml),
    ("application/xml", QueryResultsFormat::Xml),
    ("text/xml", QueryResultsFormat::Xml),
];

/// The formats of graphs, the default first.
pub(super) const GRAPHS: &[(&str, Format)] = &[
    ("text/turtle; charset=utf-8", Format::Turtle),
    ("application/n-triples", Format::NTriples),
    ("application/ld+json", Format::JsonLd),
    ("application/rdf+xml", Format::RdfXml),
    ("text/plain; charset=utf-8", Format::NTriples),
];

/// The short names of formats, for addresses that say which they want.
const SHORT: &[(&str, &str)] = &[
    ("csv", "text/csv"),
    ("tsv", "text/tab-separated-values"),
    ("json", "application/sparql-results+json"),
    ("xml", "application/sparql-results+xml"),
    ("turtle", "text/turtle"),
    ("ntriples", "application/n-triples"),
    ("jsonld", "application/ld+json"),
    ("rdfxml", "application/rdf+xml"),
];

/// What is accepted: the format that the address names, else what the header says.
pub(super) fn accepted(format: Option<&str>, accept: &Accept) -> Result<Accept, Problem> {
    let Some(format) = format else { return Ok(accept.clone()) };
    let known = SHORT.iter().find(|(short, _)| *short == format).map(|(_, full)| *full);
    // A `+` that was not encoded has become a space.
    let full = known.map_or_else(|| format.replace(' ', "+"), str::to_owned);
    if full.contains('/') {
        return Ok(Accept::parse(&full));
    }
    let names: Vec<&str> = SHORT.iter().map(|(short, _)| *short).collect();
    Err(Problem::bad(format!("format={format}: none of {}", names.join(", "))))
}

/// The offer that is accepted, with its name.
pub(super) fn choose<T: Copy>(
    accept: &Accept,
    offers: &'static [(&'static str, T)],
) -> Result<(&'static str, T), Problem> {
    let indexed: Vec<(&str, usize)> =
        offers.iter().enumerate().map(|(index, (name, _))| (*name, index)).collect();
    let chosen = accept.choose(&indexed).and_then(|&index| offers.get(index));
    chosen.copied().ok_or_else(|| {
        let names: Vec<&str> = offers.iter().map(|(name, _)| *name).collect();
        Problem::new(406, format!("written here: {}; put one into Accept", names.join(", ")))
    })
}

/// Asks a question, and writes what comes of it.
pub(super) fn answer(
    scope: &Scope<'_>,
    question: &Question,
    accept: &Accept,
) -> Result<Reply, Problem> {
    let store = &scope.snapshot.store;
    match ask(store, question).map_err(|error| refused(&error, scope))? {
        QueryResults::Solutions(solutions) => {
            let (name, format) = choose(accept, ROWS)?;
            Ok(Reply::new(name, rows(scope, question, solutions, format)?))
        }
        QueryResults::Boolean(answer) => {
            let (name, format) = choose(accept, YES_OR_NO)?;
            let serializer = QueryResultsSerializer::from_format(format);
            let body = serializer.serialize_boolean_to_writer(Vec::new(), answer);
            Ok(Reply::new(name, body.map_err(|error| unwritten(&error, scope))?))
        }
        QueryResults::Graph(triples) => {
            let mut all = Vec::new();
            for triple in triples {
                let broken =
                    |error| refused(&QueryError::evaluation(&question.source, error), scope);
                all.push(triple.map_err(broken)?);
                within(scope, all.len())?;
            }
            graph(scope, all, accept)
        }
    }
    .map(Reply::varying)
}

/// Triples in the format asked for.
pub(super) fn graph(
    scope: &Scope<'_>,
    triples: Vec<Triple>,
    accept: &Accept,
) -> Result<Reply, Problem> {
    let (name, format) = choose(accept, GRAPHS)?;
    let mut body = Limited::new(scope.limits.bytes);
    let base = scope.snapshot.store.iris().base();
    write_triples(triples, base, &export::Options::of(format), &mut body).map_err(|error| {
        if body_is_full(&error) { too_long(scope) } else { Problem::new(500, error.to_string()) }
    })?;
    Ok(Reply::new(name, body.bytes))
}

fn body_is_full(error: &export::ExportError) -> bool {
    matches!(error, export::ExportError::Io(error) if error.kind() == io::ErrorKind::StorageFull)
}

fn rows(
    scope: &Scope<'_>,
    question: &Question,
    solutions: QuerySolutionIter<'_>,
    format: QueryResultsFormat,
) -> Result<Vec<u8>, Problem> {
    let full = |error: io::Error| unwritten(&error, scope);
    let serializer = QueryResultsSerializer::from_format(format);
    let columns = solutions.variables().to_vec();
    let body = Limited::new(scope.limits.bytes);
    let mut writer = serializer.serialize_solutions_to_writer(body, columns).map_err(full)?;
    for (count, solution) in solutions.enumerate() {
        within(scope, count + 1)?;
        let broken = |error| refused(&QueryError::evaluation(&question.source, error), scope);
        writer.serialize(cells(&solution.map_err(broken)?, format)).map_err(full)?;
    }
    Ok(writer.finish().map_err(full)?.bytes)
}

/// Fails where there are more rows or triples than one answer may have.
pub(super) fn within(scope: &Scope<'_>, count: usize) -> Result<(), Problem> {
    let most = scope.limits.rows;
    if count <= most {
        return Ok(());
    }
    let detail =
        format!("more than {most} rows; narrow the query, or take them in parts (LIMIT, OFFSET)");
    Err(Problem::new(503, detail))
}

fn unwritten(error: &io::Error, scope: &Scope<'_>) -> Problem {
    match error.kind() {
        io::ErrorKind::StorageFull => too_long(scope),
        _ => Problem::new(500, error.to_string()),
    }
}

fn too_long(scope: &Scope<'_>) -> Problem {
    let most = scope.limits.bytes;
    Problem::new(503, format!("the answer is longer than {most} bytes; ask for part of it (LIMIT)"))
}

/// The problem of a question that could not be answered.
pub(super) fn refused(error: &QueryError, scope: &Scope<'_>) -> Problem {
    match error {
        QueryError::Cancelled { .. } => stopped(scope),
        QueryError::Store(_) => Problem::new(500, error.to_string()),
        QueryError::ReadOnly { .. } => {
            Problem::new(403, "this only reads; an update goes to /sparql, with the token")
        }
        QueryError::Evaluation { error: inner, .. } => evaluation(&inner.to_string()),
        _ => Problem::bad(error.to_string()),
    }
}

/// The problem of an update that could not be made.
pub(super) fn unchanged(error: &QueryError) -> Problem {
    match error {
        QueryError::Cancelled { .. } => Problem::new(503, "stopped, as the server stops"),
        QueryError::Store(_) => Problem::new(500, error.to_string()),
        QueryError::Update { message, .. } => evaluation(message),
        _ => Problem::bad(error.to_string()),
    }
}

/// The problem of whoever writes where nobody may.
pub(super) fn read_only() -> Problem {
    let detail = "this server only reads; articles are added with `reportedly build`, or here \
                  if it is started with --writable";
    Problem::new(403, detail)
}

fn evaluation(message: &str) -> Problem {
    if message.to_lowercase().contains("service") {
        let detail = "SERVICE is off: nothing is fetched from elsewhere; take it out of the query";
        return Problem::bad(detail);
    }
    Problem::new(500, message)
}

/// The problem of a query that took too long.
pub(super) fn stopped(scope: &Scope<'_>) -> Problem {
    over_time(scope.limits.timeout.as_secs_f32())
}

/// The problem of what takes longer than so many seconds.
pub(super) fn over_time(seconds: f32) -> Problem {
    let detail = format!(
        "stopped after {seconds} seconds; narrow the question, add a LIMIT, or let whoever runs \
         the server give --timeout more"
    );
    Problem::new(503, detail)
}

/// Bytes, no more than some.
struct Limited {
    bytes: Vec<u8>,
    most: usize,
}

impl Limited {
    fn new(most: usize) -> Self {
        Self { bytes: Vec::new(), most }
    }
}

impl Write for Limited {
    fn write(&mut self, some: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + some.len() > self.most {
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        self.bytes.extend_from_slice(some);
        Ok(some.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_have_short_names() {
        let none = Accept::default();
        for (short, full) in SHORT {
            assert_eq!(accepted(Some(short), &none), Ok(Accept::parse(full)));
        }
        assert_eq!(
            accepted(Some("application/ld json"), &none),
            Ok(Accept::parse("application/ld+json"))
        );
        assert_eq!(accepted(Some("pdf"), &none).unwrap_err().status, 400);
        let problem = choose(&Accept::parse("image/png"), ROWS).unwrap_err();
        assert_eq!(problem.status, 406);
        assert!(problem.detail.contains("text/csv"), "{}", problem.detail);
    }

    #[test]
    fn what_is_too_long_is_not_written() {
        let mut body = Limited::new(3);
        assert!(body.write_all(b"abc").is_ok());
        assert_eq!(body.write_all(b"d").unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}
