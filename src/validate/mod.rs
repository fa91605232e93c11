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

mod constraint;
mod data;
mod evidence;
mod report;
mod shapes;
mod value;

pub use evidence::check_evidence;
pub use report::{Checked, Report, Violation};
pub use shapes::{Shapes, ShapesError, embedded_shapes};

use oxigraph::store::StorageError;
use oxrdf::Term;
use rayon::prelude::*;

use crate::graph::{Store, StoreError};
use data::{Data, Node, Union};
use shapes::Shape;

/// Asks both questions.
pub fn validate(store: &Store, shapes: &Shapes) -> Result<Report, StoreError> {
    let mut report = check_evidence(store)?;
    report.add(check_shapes(store, shapes)?);
    Ok(report)
}

/// Nodes are looked at in parts of so many, on all threads.
const PART: usize = 1024;

/// Whether the nodes that the shapes target are as the shapes want them.
pub fn check_shapes(store: &Store, shapes: &Shapes) -> Result<Report, StoreError> {
    let union = Union::new(store).map_err(|e| store.error(e))?;
    let mut report = Report::default();
    for shape in shapes.targeting() {
        report.checked.shapes += 1;
        let targets = union.targets(shape).map_err(|e| store.error(e))?;
        report.checked.nodes += targets.len();
        let parts = targets.par_chunks(PART).map(|part| check_part(shape, part, &union));
        let found: Vec<_> = parts.collect::<Result<_, _>>().map_err(|e| store.error(e))?;
        report.violations.extend(found.into_iter().flatten());
    }
    Ok(report)
}

fn check_part(
    shape: &Shape,
    targets: &[Term],
    union: &Union<'_>,
) -> Result<Vec<Violation>, StorageError> {
    let data = Data::new(union);
    let mut found = Vec::new();
    for target in targets {
        found.extend(constraint::check(shape, &Node::new(target.clone()), &data)?);
    }
    Ok(found)
}
