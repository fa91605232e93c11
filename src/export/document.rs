//! One document at a time, as the pipeline saw it: JSON Lines (the public
//! format of `ontology/analysis.schema.json`), CoNLL-U, text for people, drawings.
//!
//! In: a [`Document`] with what was extracted from it and whom it speaks of.
//! Out: strings. No files, no terminal; offsets leave as characters.

pub mod conllu;
mod drawing;
mod json;
mod page;
mod tree;
mod view;

pub use drawing::{drawing, drawings};
pub use json::{json, json_without_tokens};
pub use page::{Paint, page};

use crate::extract::Extraction;
use crate::resolve::Resolution;
use crate::text::Document;

/// Everything that was found in one document, to be rendered.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// The layers.
    pub document: &'a Document,
    /// Its claims and attributions.
    pub extraction: &'a Extraction,
    /// Its entities and statements.
    pub resolution: &'a Resolution,
}
