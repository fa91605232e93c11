//! Questions to the store: SPARQL, and the named queries of `queries/`.
//!
//! In: a [`Store`] and a [`Question`]. Out: what the database answers; how it is
//! shown is the command line's business. SPARQL Update changes a store ([`update()`]). The default graph of every query is
//! the union of all named graphs.
//!
//! The database joins nearly as a query is written, and keeps no statistics. So
//! values that are known narrow the patterns that they occur in before anything
//! is asked (`narrow`), words in labels are looked up in the store's index of
//! texts (`lookup`), offsets of passages are worked out (`offsets`), a subquery that says which claims are meant is answered
//! before what is asked of each (`steps`), and long lists are asked for part by part
//! (`parts`).

mod csv;
mod error;
mod lookup;
mod named;
mod narrow;
mod offsets;
mod parameter;
mod parts;
mod steps;
mod update;
mod written;

pub use oxigraph::sparql::QueryResults;
use oxigraph::sparql::{CancellationToken, SparqlEvaluator};
use oxrdf::NamedNode;
use spargebra::algebra::{GraphPattern, QueryDataset};
use spargebra::{Query, SparqlParser};

pub use csv::cells;
pub use error::QueryError;
pub use named::{NamedQuery, named_queries};
pub use parameter::Parameter;
pub use update::{Update, update};

use crate::graph::vocabulary::PREFIXES;
use crate::graph::{Iris, Store};

/// A question, and what limits its answer.
#[derive(Clone, Default)]
pub struct Question {
    /// What names it in errors: a file, a named query, the command line.
    pub source: String,
    /// SPARQL. The prefixes of [`PREFIXES`] need not be declared, and relative
    /// IRIs are those of the store.
    pub sparql: String,
    /// Values of its variables.
    pub parameters: Vec<Parameter>,
    /// So many rows at most.
    pub limit: Option<usize>,
    /// The graphs to ask, in place of those that the query names or of all.
    pub graphs: Option<Graphs>,
    /// Stops the answer when it is cancelled.
    pub cancellation: CancellationToken,
}

/// The graphs that a question is put to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graphs {
    /// Those whose union is the default graph.
    pub default: Vec<NamedNode>,
    /// Those that `GRAPH` reaches.
    pub named: Vec<NamedNode>,
}

impl Question {
    /// A question without parameters or limits.
    pub fn new(source: impl Into<String>, sparql: impl Into<String>) -> Self {
        Self { source: source.into(), sparql: sparql.into(), ..Self::default() }
    }

    /// The query with its parameters in place, as it is written for any engine.
    pub fn query(&self, iris: &Iris) -> Result<Query, QueryError> {
        parameter::check(&self.source, &self.sparql, &self.parameters, iris)?;
        let sparql = parameter::with_parameters(&self.sparql, &self.parameters, iris);
        let parsed = parse(&self.source, &sparql, iris.base())?;
        let parsed = written::in_written_order(parsed, &sparql);
        let bound = parameter::bind(parsed, &sparql, &self.parameters, iris);
        Ok(match &self.graphs {
            Some(graphs) => asked_of(bound, graphs),
            None => bound,
        })
    }
}

impl Question {
    /// The same with no more rows than are asked for, as an engine elsewhere is asked.
    pub fn limited(&self, iris: &Iris) -> Result<Query, QueryError> {
        Ok(limited(self.query(iris)?, self.limit))
    }
}

/// Asks a store a question.
pub fn ask<'a>(store: &'a Store, question: &Question) -> Result<QueryResults<'a>, QueryError> {
    let query = with_offsets(question.query(store.iris())?);
    let (query, is_narrow) = lookup::narrow(query, store)?;
    let is_narrow = is_narrow || !question.parameters.is_empty();
    if let Some(order) = parts::Order::of(&question.sparql) {
        return parts::ask(store, question, query, order, is_narrow);
    }
    let found = if is_narrow { steps::find(store, question, &query)? } else { None };
    let query = match found {
        Some(found) => steps::with_found(query, found),
        None => query,
    };
    evaluate(store, question, limited(query, question.limit))
}

/// A query that works out the offsets of passages, which are not stored.
fn with_offsets(query: Query) -> Query {
    parameter::with_pattern(query, |mut pattern| {
        offsets::work_out(&mut pattern);
        pattern
    })
}

fn evaluate<'a>(
    store: &Store,
    question: &Question,
    query: Query,
) -> Result<QueryResults<'a>, QueryError> {
    let evaluator = SparqlEvaluator::new().with_cancellation_token(question.cancellation.clone());
    let mut prepared = evaluator.for_query(query);
    if prepared.dataset().is_default_dataset() {
        prepared.dataset_mut().set_default_graph_as_union();
    }
    let answer = prepared.on_store(store.database()).execute();
    answer.map_err(|error| QueryError::evaluation(&question.source, error))
}

/// A query that is put to these graphs, whichever it names itself.
fn asked_of(mut query: Query, graphs: &Graphs) -> Query {
    let (Query::Select { dataset, .. }
    | Query::Ask { dataset, .. }
    | Query::Construct { dataset, .. }
    | Query::Describe { dataset, .. }) = &mut query;
    let Graphs { default, named } = graphs.clone();
    *dataset = Some(QueryDataset { default, named: Some(named) });
    query
}

fn limited(query: Query, limit: Option<usize>) -> Query {
    match (query, limit) {
        (Query::Select { dataset, pattern, base_iri }, Some(length)) => {
            let inner = Box::new(pattern);
            let pattern = GraphPattern::Slice { inner, start: 0, length: Some(length) };
            Query::Select { dataset, pattern, base_iri }
        }
        (query, _) => query,
    }
}

/// Parses a query; what is wrong with it is told with its place.
pub fn parse(source: &str, sparql: &str, base: &str) -> Result<Query, QueryError> {
    let broken = |message: String| QueryError::syntax(source, sparql, &message);
    let parser = with_prefixes(SparqlParser::new(), base).map_err(broken)?;
    parser.clone().parse_query(sparql).map_err(|error| {
        if parser.parse_update(sparql).is_ok_and(|update| !update.operations.is_empty()) {
            QueryError::ReadOnly { source_name: source.to_owned() }
        } else {
            broken(error.to_string())
        }
    })
}

/// A parser that knows the base and the prefixes of a store.
fn with_prefixes(parser: SparqlParser, base: &str) -> Result<SparqlParser, String> {
    let mut parser = parser.with_base_iri(base).map_err(|error| error.to_string())?;
    for &(name, iri) in PREFIXES {
        parser = parser.with_prefix(name, iri).map_err(|error| error.to_string())?;
    }
    Ok(parser)
}
