//! What a request is answered with: a state of the store, limits, and a pipeline
//! for texts that are not in it.

use std::sync::OnceLock;

use oxigraph::sparql::CancellationToken;

use super::http::{Problem, Request};
use super::limits::Limits;
use super::site::Site;
use super::views::Snapshot;
use crate::pipeline::{Pipeline, PipelineBuilder};

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

impl Scope<'_> {
    /// Where things of the store have their pages, for an asker.
    pub(super) fn site(&self, request: &Request) -> Site<'_> {
        Site { iris: self.snapshot.store.iris(), rights: request.rights }
    }
}

/// The pipeline, made when it is first asked for: most servers never are.
#[derive(Default)]
pub(super) struct Analyst {
    builder: PipelineBuilder,
    made: OnceLock<Pipeline>,
}

impl Analyst {
    /// Makes its pipeline so.
    pub(super) fn new(builder: PipelineBuilder) -> Self {
        Self { builder, made: OnceLock::new() }
    }

    /// The pipeline.
    pub(super) fn pipeline(&self) -> Result<&Pipeline, Problem> {
        if let Some(pipeline) = self.made.get() {
            return Ok(pipeline);
        }
        let made = self.builder.clone().build();
        let made = made.map_err(|error| Problem::new(500, error.to_string()))?;
        Ok(self.made.get_or_init(|| made))
    }
}
