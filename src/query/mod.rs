//! Questions to the store: SPARQL, and the named queries of `queries/`.
//!
//! In: a [`Store`] and a question. Out: what the database
//! answers; how it is shown is the command line's business. The default graph
//! of every query is the union of all named graphs.

mod error;
mod named;
mod parameter;

pub use oxigraph::sparql::QueryResults;
use oxigraph::sparql::SparqlEvaluator;
use spargebra::{Query, SparqlParser};

pub use error::QueryError;
pub use named::{NamedQuery, named_queries};
pub use parameter::Parameter;

use crate::graph::Store;
use crate::graph::vocabulary::PREFIXES;

/// Asks a store a question. `source` names it in errors: a file, a named
/// query, the command line. The prefixes of [`PREFIXES`] need not be declared,
/// and relative IRIs are those of the store.
pub fn ask<'a>(
    store: &Store,
    source: &str,
    sparql: &str,
    parameters: &[Parameter],
) -> Result<QueryResults<'a>, QueryError> {
    let parsed = parse(source, sparql, store.iris().base())?;
    let bound = parameter::bind(parsed, source, sparql, parameters)?;
    let mut prepared = SparqlEvaluator::new().for_query(bound);
    if prepared.dataset().is_default_dataset() {
        prepared.dataset_mut().set_default_graph_as_union();
    }
    prepared
        .on_store(store.database())
        .execute()
        .map_err(|error| QueryError::Evaluation { source_name: source.to_owned(), error })
}

/// Parses a query; what is wrong with it is told with its place.
pub fn parse(source: &str, sparql: &str, base: &str) -> Result<Query, QueryError> {
    let broken = |message: String| QueryError::syntax(source, sparql, &message);
    let parser = SparqlParser::new().with_base_iri(base).map_err(|e| broken(e.to_string()))?;
    let parser = PREFIXES.iter().try_fold(parser, |parser, &(name, iri)| {
        parser.with_prefix(name, iri).map_err(|e| broken(e.to_string()))
    })?;
    parser.parse_query(sparql).map_err(|e| broken(e.to_string()))
}
