//! Questions that an endpoint answers.

use std::sync::Arc;

use oxigraph::sparql::results::ReaderQueryResultsParserOutput;
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolutionIter, QueryTripleIter};
use oxrdf::Term;
use oxttl::NTriplesParser;
use spargebra::Query;

use super::client::Answer;
use super::union::over_named_graphs;
use super::{Client, EndpointError};
use crate::graph::vocabulary::{rp, void};
use crate::graph::{DEFAULT_BASE, Iris};
use crate::query::Question;

/// Asks an endpoint a question, over the union of its named graphs, as of a store. Words
/// in labels are looked for by the endpoint itself: no index of this program helps it.
pub fn ask(
    client: &Client,
    question: &Question,
    iris: &Iris,
) -> Result<QueryResults<'static>, EndpointError> {
    let query = question.limited(iris)?;
    let query = if has_union(client)? { query } else { over_named_graphs(query) };
    let sparql = query.to_string();
    if matches!(query, Query::Construct { .. } | Query::Describe { .. }) {
        let triples = NTriplesParser::new().for_reader(client.triples(&sparql)?);
        let triples = triples.map(|triple| triple.map_err(unreadable));
        return Ok(QueryResults::Graph(QueryTripleIter::new(triples)));
    }
    let is_ask = matches!(query, Query::Ask { .. });
    Ok(match client.query(&sparql)? {
        ReaderQueryResultsParserOutput::Boolean(answer) => QueryResults::Boolean(answer),
        // Virtuoso gives a row with 0 or 1.
        rows @ ReaderQueryResultsParserOutput::Solutions(_) if is_ask => {
            QueryResults::Boolean(column(client, rows)?.iter().any(|value| value == "1"))
        }
        ReaderQueryResultsParserOutput::Solutions(rows) => {
            let variables: Arc<[_]> = rows.variables().into();
            let rows = rows.map(|row| row.map_err(unreadable));
            QueryResults::Solutions(QuerySolutionIter::new(variables, rows))
        }
    })
}

fn unreadable(error: impl std::error::Error + Send + Sync + 'static) -> QueryEvaluationError {
    QueryEvaluationError::Unexpected(Box::new(error))
}

/// Whether the default graph of an endpoint has what its named graphs say.
fn has_union(client: &Client) -> Result<bool, EndpointError> {
    let sparql = format!("SELECT ?claim WHERE {{ ?claim a {} }} LIMIT 1", rp::CLAIM);
    Ok(!column(client, client.query(&sparql)?)?.is_empty())
}

/// The base of the IRIs at an endpoint: that of the store that was pushed there, else the
/// default.
pub fn base_of(client: &Client) -> Result<Iris, EndpointError> {
    let sparql = format!(
        "SELECT DISTINCT ?base WHERE {{ GRAPH ?graph {{ ?graph {} ?base }} }} ORDER BY ?base",
        void::URI_SPACE
    );
    let mut bases = column(client, client.query(&sparql)?)?;
    let base = if bases.is_empty() { DEFAULT_BASE.to_owned() } else { bases.remove(0) };
    Iris::new(&base).map_err(|error| client.not_an_answer(&error))
}

/// The values of the first column of an answer.
pub(super) fn column(client: &Client, answer: Answer) -> Result<Vec<String>, EndpointError> {
    let ReaderQueryResultsParserOutput::Solutions(rows) = answer else {
        return Err(client.not_an_answer(&"yes or no in place of rows"));
    };
    let mut values = Vec::new();
    for row in rows {
        let row = row.map_err(|error| client.not_an_answer(&error))?;
        values.extend(row.iter().next().map(|(_, term)| value(term)));
    }
    Ok(values)
}

/// A term as text, without quotation marks or brackets.
pub(super) fn value(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    }
}
