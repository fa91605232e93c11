//! Whether a store is what it should be: verdicts, never repairs.
//!
//! In: a [`Store`] and the [`Shapes`] of a file of SHACL. Out: a [`Report`]:
//! what was looked at, and every [`Violation`]. Two questions are asked.
//! [`check_evidence`] asks what no shape can say: does every passage still
//! quote its article, does all evidence stand in it, does a claim warrant every
//! asserted triple? [`check_shapes`] asks whether nodes are as the shapes want
//! them.
//!
//! The data graph is the union of all named graphs but the store's own notes on
//! what it was built from.

mod by_article;
mod constraint;
mod data;
mod evidence;
mod local;
mod report;
mod shapes;
mod targets;
mod value;

pub use evidence::check_evidence;
pub use report::{Checked, Report, Violation};
pub use shapes::{Shapes, ShapesError, embedded_shapes};

use oxigraph::store::StorageError;

use crate::graph::{Store, StoreError};
use by_article::Verdict;
use data::Union;
use shapes::Shape;

/// Asks both questions.
pub fn validate(store: &Store, shapes: &Shapes) -> Result<Report, StoreError> {
    let mut report = check_evidence(store)?;
    report.add(check_shapes(store, shapes)?);
    Ok(report)
}

/// Whether the nodes that the shapes target are as the shapes want them.
pub fn check_shapes(store: &Store, shapes: &Shapes) -> Result<Report, StoreError> {
    let shapes: Vec<&Shape> = shapes.targeting().collect();
    let verdicts = verdicts(store, &shapes).map_err(|e| store.error(e))?;
    let mut report = Report::default();
    report.checked.shapes = shapes.len();
    for mut verdict in verdicts {
        report.checked.nodes += verdict.nodes;
        verdict.violations.sort_by_cached_key(|wrong| wrong.node.to_string());
        report.violations.extend(verdict.violations);
    }
    Ok(report)
}

/// What comes of each shape.
fn verdicts(store: &Store, shapes: &[&Shape]) -> Result<Vec<Verdict>, StorageError> {
    let union = Union::new(store)?;
    let graphs: Vec<_> = evidence::graphs(store)?.into_iter().collect();
    if let Some(verdicts) = by_article::check(store, shapes, &union, &graphs)? {
        return Ok(verdicts);
    }
    let targets = shapes.iter().map(|shape| union.targets(shape)).collect::<Result<_, _>>()?;
    by_article::in_database(shapes, targets, &union)
}
