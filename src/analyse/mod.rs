//! An article becomes a [`Document`](crate::text::Document): sentences, tokens,
//! tags, tree, names, times, quotations, mentions and chains.
//!
//! In: an [`Article`](crate::text::Article) and a model. Out: its document;
//! analysis cannot fail. Knows English and its model; no files, no clock.

mod quotations;
pub mod segment;
mod times;

pub use quotations::quotations;
pub use times::{TimeLexicon, calendar_time, times};
