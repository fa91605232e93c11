//! What a request is answered with: a state of the store, limits, and a pipeline
//! for texts that are not in it.

use std::sync::OnceLock;

use oxigraph::sparql::CancellationToken;

use super::http::Problem;
use super::limits::Limits;
use super::views::Snapshot;
use crate::pipeline::Pipeline;

/// What a request is answered with.
pub(super) struct Scope<'s> {
    /// The state of the store.
    pub(super) snapshot: &'s Snapshot,
    /// How much may be asked.
    pub(super) limits: Limits,
    /// Cancelled when nobody waits any longer.
    pub(super) cancellation: CancellationToken,
    /// Who reads other texts.
    pub(super) analyst: &'s Analyst,
}

/// The pipeline that ships, made when it is first asked for: most servers never are.
#[derive(Default)]
pub(super) struct Analyst(OnceLock<Pipeline>);

impl Analyst {
    /// The pipeline.
    pub(super) fn pipeline(&self) -> Result<&Pipeline, Problem> {
        if let Some(pipeline) = self.0.get() {
            return Ok(pipeline);
        }
        let made = Pipeline::builder().build();
        let made = made.map_err(|error| Problem::new(500, error.to_string()))?;
        Ok(self.0.get_or_init(|| made))
    }
}
