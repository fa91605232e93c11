//! An article becomes a [`Document`](crate::text::Document): sentences, tokens,
//! tags, tree, names, times, quotations, mentions and coreference clusters.
//!
//! In: an [`Article`](crate::text::Article) and a model. Out: its document;
//! analysis cannot fail. Knows English and its model; no files, no clock.

mod analyser;
#[doc(hidden)]
pub mod antecedents;
mod coreference;
mod description_words;
mod known_names;
pub mod lemma;
mod lists;
mod media;
mod mend;
mod mentions;
mod model;
mod model_file;
#[doc(hidden)]
pub mod name_tags;
mod name_words;
mod names;
#[doc(hidden)]
pub mod network;
mod parse;
mod person;
mod quotations;
mod reference;
mod seams;
#[doc(hidden)]
pub mod segment;
mod sentences;
mod sorts;
mod spanning_tree;
pub mod syntax;
mod tagger;
mod times;

pub use analyser::{Analyser, AnalyserError};
pub use known_names::KnownNames;
pub use model::Model;
pub use model_file::{ModelError, ModelFile};
pub use segment::WeightsError;
pub use sentences::SentenceSplitter;

// The parts of analysis, for evaluation, benches and training: no promise is
// made of them.
#[doc(hidden)]
pub use self::{
    coreference::{clusters, clusters_by},
    lists::word_lists,
    media::{MediaLexicon, MediaWord},
    mentions::mentions,
    model::{Inventory, NAME_CLASSES, NAME_KINDS},
    name_words::GroupLexicon,
    parse::{Layers, tag_and_parse},
    person::{Gender, PersonLexicon},
    quotations::quotations,
    reference::{Parsed, ReferenceLexicon, core_of_name},
    spanning_tree::best_tree,
    times::{TimeLexicon, calendar_time, times},
};
