//! An article becomes a [`Document`](crate::text::Document): sentences, tokens,
//! tags, tree, names, times, quotations, mentions and coreference clusters.
//!
//! In: an [`Article`](crate::text::Article) and a model. Out: its document;
//! analysis cannot fail. Knows English and its model; no files, no clock.

mod analyser;
mod coreference;
mod known_names;
pub mod lemma;
mod mentions;
mod model;
mod model_file;
pub mod name_tags;
mod name_words;
mod names;
pub mod network;
mod parse;
mod person;
mod quotations;
mod reference;
pub mod segment;
mod spanning_tree;
mod tagger;
mod times;

pub use analyser::{Analyser, AnalyserError};
pub use coreference::clusters;
pub use known_names::KnownNames;
pub use mentions::mentions;
pub use model::{Inventory, Model, NAME_CLASSES, NAME_KINDS};
pub use model_file::{ModelError, ModelFile};
pub use name_words::GroupLexicon;
pub use parse::{Layers, tag_and_parse};
pub use person::{Gender, PersonLexicon};
pub use quotations::quotations;
pub use reference::{Parsed, ReferenceLexicon, core_of_name};
pub use spanning_tree::best_tree;
pub use times::{TimeLexicon, calendar_days, calendar_time, times};
