//! Changes to the store: SPARQL 1.1 Update.
//!
//! In: a [`Store`] that is open for writing, and an [`Update`]. Out: nothing but the change,
//! which is made as a whole or not at all.

use oxigraph::sparql::{CancellationToken, SparqlEvaluator};
use spargebra::algebra::QueryDataset;
use spargebra::term::NamedNodePattern;
use spargebra::{GraphUpdateOperation, SparqlParser};

use super::{Graphs, QueryError, offsets, with_prefixes};
use crate::graph::Store;

/// A change, and what limits it.
#[derive(Clone, Default)]
pub struct Update {
    /// What names it in errors.
    pub source: String,
    /// SPARQL. The prefixes of [`PREFIXES`](crate::graph::vocabulary::PREFIXES) need not be
    /// declared, and relative IRIs are those of the store.
    pub sparql: String,
    /// The graphs in which `WHERE` looks, where the update names none itself.
    pub using: Option<Graphs>,
    /// Stops it when it is cancelled.
    pub cancellation: CancellationToken,
}

/// Changes a store. `WHERE` looks in all graphs unless the update says in which; what is
/// inserted without `GRAPH` goes to the graph without a name.
pub fn update(store: &Store, update: &Update) -> Result<(), QueryError> {
    let mut parsed = parsed(update, store.iris().base())?;
    for operation in &mut parsed.operations {
        if let GraphUpdateOperation::DeleteInsert { pattern, .. } = operation {
            offsets::work_out(pattern);
        }
    }
    let adds_texts = parsed.operations.iter().any(|operation| adds_texts(store, operation));
    let evaluator = SparqlEvaluator::new().with_cancellation_token(update.cancellation.clone());
    let mut prepared = evaluator.for_update(parsed);
    for dataset in prepared.using_datasets_mut() {
        if dataset.is_default_dataset() {
            dataset.set_default_graph_as_union();
        }
    }
    prepared.on_store(store.database()).execute().map_err(|error| {
        let source_name = update.source.clone();
        if update.cancellation.is_cancelled() {
            return QueryError::Cancelled { source_name };
        }
        QueryError::Update { source_name, message: error.to_string() }
    })?;
    if adds_texts {
        store.index_texts()?;
    }
    Ok(())
}

fn parsed(update: &Update, base: &str) -> Result<spargebra::Update, QueryError> {
    let broken = |message: &str| QueryError::syntax(&update.source, &update.sparql, message);
    let parser = with_prefixes(SparqlParser::new(), base).map_err(|e| broken(&e))?;
    let parsed = parser.parse_update(&update.sparql).map_err(|e| broken(&e.to_string()))?;
    let source_name = || update.source.clone();
    for operation in &parsed.operations {
        if matches!(operation, GraphUpdateOperation::Load { .. }) {
            return Err(QueryError::Load { source_name: source_name() });
        }
    }
    match &update.using {
        None => Ok(parsed),
        Some(graphs) => using(parsed, graphs)
            .ok_or_else(|| QueryError::UsingTwice { source_name: source_name() }),
    }
}

/// An update whose `WHERE` looks in these graphs; none where it says itself in which.
fn using(mut update: spargebra::Update, graphs: &Graphs) -> Option<spargebra::Update> {
    for operation in &mut update.operations {
        if let GraphUpdateOperation::DeleteInsert { using, .. } = operation {
            if using.is_some() {
                return None;
            }
            let Graphs { default, named } = graphs.clone();
            *using = Some(QueryDataset { default, named: Some(named) });
        }
    }
    Some(update)
}

/// Whether an operation may add texts that the store looks up.
fn adds_texts(store: &Store, operation: &GraphUpdateOperation) -> bool {
    match operation {
        GraphUpdateOperation::InsertData { data } => {
            data.iter().any(|quad| store.indexes_texts_of(quad.predicate.as_ref()))
        }
        GraphUpdateOperation::DeleteInsert { insert, .. } => insert.iter().any(|quad| match &quad
            .predicate
        {
            NamedNodePattern::NamedNode(predicate) => store.indexes_texts_of(predicate.as_ref()),
            NamedNodePattern::Variable(_) => true,
        }),
        _ => false,
    }
}
