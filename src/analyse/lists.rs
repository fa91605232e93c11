//! The word lists of analysis that ship with the program.

use crate::text::lexicon::Lexicon;

include!(concat!(env!("OUT_DIR"), "/analyse_lists.rs"));

/// A list that goes with the model, which was made with it, and is no user's to change.
const OF_MODEL: &str = "lemmas.tsv";

/// The lists that users may add to, by file.
pub fn word_lists() -> impl Iterator<Item = (&'static str, &'static str)> {
    LISTS.iter().copied().filter(|(file, _)| *file != OF_MODEL)
}

/// The shipped lists of these names.
pub(super) fn shipped(names: &[&str]) -> Lexicon {
    Lexicon::shipped(LISTS, names)
}
