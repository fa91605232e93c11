//! The edges of the enhanced graph.

use crate::text::{Deprel, TokenId};

/// An edge of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// The head.
    pub head: TokenId,
    /// The dependent.
    pub dependent: TokenId,
    /// How it depends.
    pub label: Deprel,
    /// The word whose markers (`case`, `mark`) count: the dependent, or the
    /// conjunct or relative pronoun it stands for.
    pub via: TokenId,
    /// Whether it stands in the tree; the others were added.
    pub basic: bool,
}
