//! Scores against gold data: the modules' output on one side, a set's gold on the
//! other.
//!
//! In: documents, extractions and gold files' contents. Out: precision, recall
//! and F1, and the worst cases. Reads no files itself, prints nothing.

pub mod attribution;
pub mod conllu;
pub mod coref;
pub mod events;
pub mod factuality;
pub mod gap;
pub mod links;
pub mod names;
pub mod openie;
pub mod pages;
pub mod pairs;
mod score;
mod sentences;
pub mod times;

pub use score::Score;
pub use sentences::analyse_sentences;
