//! One document, as other programs read it.
//!
//! In: a [`Document`](crate::text::Document). Out: its text in a format.

pub mod conllu;
