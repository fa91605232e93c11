//! The word lists of resolution that ship with the program.

use crate::text::lexicon::Lexicon;

include!(concat!(env!("OUT_DIR"), "/resolve_lists.rs"));

/// The lists, by file.
pub fn word_lists() -> impl Iterator<Item = (&'static str, &'static str)> {
    LISTS.iter().copied()
}

/// The shipped lists of these names.
pub(super) fn shipped(names: &[&str]) -> Lexicon {
    Lexicon::shipped(LISTS, names)
}
