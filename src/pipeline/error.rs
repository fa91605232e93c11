//! Why there is no pipeline.

use crate::analyse::{AnalyserError, ModelError};
use crate::extract::ExtractorError;
use crate::graph::OntologyError;
use crate::resolve::CompiledError;

/// Why a pipeline could not be built: something that the builder was given is
/// broken. What ships is not, in a build that passes its tests.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// A model that was given cannot be read.
    #[error("{name}: {source}")]
    Model {
        /// Its name.
        name: String,
        /// What is wrong with it.
        source: ModelError,
    },
    /// The model or the segmenter that ships cannot be read.
    #[error(transparent)]
    Analyser(#[from] AnalyserError),
    /// A list of known entities or declared relations cannot be read.
    #[error(transparent)]
    Ontology(#[from] OntologyError),
    /// The knowledge base that ships cannot be read.
    #[error(transparent)]
    KnowledgeBase(#[from] CompiledError),
    /// Rules or word lists cannot be read.
    #[error(transparent)]
    Rules(#[from] ExtractorError),
}
