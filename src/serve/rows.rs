//! The rows of an answer as values.

use oxigraph::sparql::QueryResults;
use oxrdf::{Term, Triple};
use serde::Serialize;

use super::answer::refused;
use super::facts::Thing;
use super::http::Problem;
use super::scope::Scope;
use crate::query::{NamedQuery, Parameter, QueryError, Question, ask};

/// Some rows of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Rows {
    /// The names of the columns.
    pub(super) columns: Vec<String>,
    /// The cells, column by column; none where a variable is unbound.
    pub(super) rows: Vec<Vec<Option<Thing>>>,
    /// Whether there are more.
    pub(super) more: bool,
    /// Whether they are the triples of a graph.
    #[serde(skip)]
    pub(super) is_graph: bool,
}

impl Rows {
    /// The text of a column's cell in a row.
    pub(super) fn get<'r>(&self, row: &'r [Option<Thing>], column: &str) -> Option<&'r Thing> {
        let place = self.columns.iter().position(|name| name == column)?;
        row.get(place)?.as_ref()
    }
}

/// Rows of an answer, from `start` on, and no more than `many`; triples are rows, too.
pub(super) fn rows(
    scope: &Scope<'_>,
    question: &Question,
    start: usize,
    many: usize,
) -> Result<Rows, Problem> {
    let store = &scope.snapshot.store;
    let limit = question.limit.or(Some(start.saturating_add(many).saturating_add(1)));
    let limited = Question { limit, ..question.clone() };
    let broken = |error: QueryError| refused(&error, scope);
    let solutions = match ask(store, &limited).map_err(broken)? {
        QueryResults::Solutions(solutions) => solutions,
        QueryResults::Boolean(answer) => return Ok(yes_or_no(answer)),
        QueryResults::Graph(triples) => {
            let broken = |error| refused(&QueryError::evaluation(&question.source, error), scope);
            let triples = triples.map(|triple| triple.map_err(broken));
            return graph(triples, start, many, store.iris().base());
        }
    };
    let columns = solutions.variables().to_vec();
    let mut found = Rows {
        columns: columns.iter().map(|column| column.as_str().to_owned()).collect(),
        ..Rows::default()
    };
    for solution in solutions.skip(start) {
        if found.rows.len() == many {
            found.more = true;
            break;
        }
        let broken = |error| refused(&QueryError::evaluation(&question.source, error), scope);
        let solution = solution.map_err(broken)?;
        let cell = |column| solution.get(column).map(|term| shown(term, store.iris().base()));
        found.rows.push(columns.iter().map(cell).collect());
    }
    Ok(found)
}

/// Some of the triples, a row each.
fn graph(
    triples: impl Iterator<Item = Result<Triple, Problem>>,
    start: usize,
    many: usize,
    base: &str,
) -> Result<Rows, Problem> {
    let columns = ["subject", "predicate", "object"].map(str::to_owned).to_vec();
    let mut found = Rows { columns, is_graph: true, ..Rows::default() };
    for triple in triples.skip(start) {
        if found.rows.len() == many {
            found.more = true;
            break;
        }
        let Triple { subject, predicate, object } = triple?;
        let terms = [subject.into(), predicate.into(), object];
        found.rows.push(terms.iter().map(|term: &Term| Some(shown(term, base))).collect());
    }
    Ok(found)
}

fn yes_or_no(answer: bool) -> Rows {
    let label = if answer { "yes" } else { "no" };
    let row = vec![Some(Thing { iri: None, label: label.to_owned() })];
    Rows { columns: vec!["answer".to_owned()], rows: vec![row], ..Rows::default() }
}

/// A term as tables show it: IRIs of the store without its base.
fn shown(term: &Term, base: &str) -> Thing {
    match term {
        Term::NamedNode(node) => {
            let iri = node.as_str().to_owned();
            let label = iri.strip_prefix(base).unwrap_or(&iri).to_owned();
            Thing { iri: Some(iri), label }
        }
        Term::Literal(literal) => Thing { iri: None, label: literal.value().to_owned() },
        other => Thing { iri: None, label: other.to_string() },
    }
}

/// A shipped question with values for its parameters; empty ones are left unset.
pub(super) fn named<'v>(
    scope: &Scope<'_>,
    query: NamedQuery,
    values: impl IntoIterator<Item = (&'v str, &'v str)>,
) -> Result<Question, Problem> {
    let mut parameters = Vec::new();
    for (name, value) in values {
        if !value.trim().is_empty() {
            let parameter: Result<Parameter, QueryError> = format!("{name}={value}").parse();
            parameters.push(parameter.map_err(|error| refused(&error, scope))?);
        }
    }
    let cancellation = scope.cancellation.clone();
    Ok(Question { parameters, cancellation, ..Question::new(query.name, query.sparql) })
}
