//! Words as descriptions and articles are compared by them.

use compact_str::CompactString;

use crate::resolve::name::fold;

/// Words are compared by so many letters, so that *minister* is one with *ministers*.
const STEM: usize = 6;
/// A shorter word of a description tells little.
const SHORTEST: usize = 4;

/// The words of a text that tell something, as they are compared.
pub(super) fn stems(text: &str) -> Vec<CompactString> {
    let mut stems = Vec::new();
    for word in fold(text).split(' ') {
        if word.chars().count() >= SHORTEST {
            stems.push(word.chars().take(STEM).collect());
        }
    }
    stems
}
