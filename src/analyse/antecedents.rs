//! Antecedents by what was learned: which of the mentions before it a description
//! or pronoun means, if any.
//!
//! In: numbers of features, for a mention and for each that it may mean. Out: the
//! one that scores best, or none. What the features are of, the module of
//! coreference knows; training asks the same questions and learns the weights.

mod choice;
mod template;
mod weights;

pub use choice::{Candidate, Choice, Chooser, Ranker};
pub use template::{COUNT, Feature};
pub use weights::{AntecedentWeightsError, HIDDEN, Row, Slot, VECTOR, WIDTH, Weights};

pub(super) use template::{FIRST_NOMINAL, FIRST_PRONOUN, SORTS, Template};

/// Features of one mention, or of two.
pub type Features = Vec<Feature>;
