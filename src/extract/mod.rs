//! What the sentences say, and whose word it is.
//!
//! In: a [`Document`](crate::text::Document). Out: [`Claim`]s and
//! [`Attribution`]s that point at its characters. Must not know entities,
//! RDF, files, or the clock; rules are data (`rules/*.rule`, `lexicon/*.tsv`).

mod arc;
pub mod attribution;
mod background;
mod claim;
mod claims;
mod conjunct;
mod ellipsis;
mod enhance;
mod extractor;
mod link;
mod rejection;
mod relative;
mod repetition;
pub mod rule;
mod scope;
mod sentence;

#[cfg(test)]
mod parsed;

pub use arc::Arc;
pub use claim::{
    Argument, ArgumentKind, Attitude, Attribution, AttributionId, AttributionKind, Claim, ClaimId,
    Extraction, Modality, Polarity, Qualifier, Relation, Source, When,
};
pub use extractor::{Extractor, ExtractorError, names_list, word_lists};
pub use scope::Factuality;
pub use sentence::Graph;

pub use crate::text::lexicon;

/// The rule files and word lists that ship with the program, collected by the
/// build script.
mod shipped {
    include!(concat!(env!("OUT_DIR"), "/extract_data.rs"));
}
