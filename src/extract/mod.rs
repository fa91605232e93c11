//! What the sentences say, and whose word it is.
//!
//! In: a [`Document`](crate::text::Document). Out: [`Claim`]s and
//! [`Attribution`]s that point at its characters. Must not know entities,
//! RDF, files, or the clock; rules are data (`rules/*.rule`, `lexicon/*.tsv`).

mod claim;

pub use claim::{
    Argument, ArgumentKind, Attitude, Attribution, AttributionId, AttributionKind, Claim, ClaimId,
    Extraction, Modality, Polarity, Qualifier, Relation, Source, When,
};
