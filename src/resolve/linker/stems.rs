//! Words as descriptions and articles are compared by them.

use compact_str::CompactString;

use crate::resolve::name::fold;

/// Words are compared by so many letters, so that *minister* is one with *ministers*.
const STEM: usize = 6;
/// A shorter word of a description tells little.
const SHORTEST: usize = 4;

/// The words of a text that tell something, as they are compared.
pub(super) fn stems(text: &str) -> Vec<CompactString> {
    let mut stems = words(text);
    stems.retain(|word| word.chars().count() >= SHORTEST);
    for word in &mut stems {
        *word = stem(word);
    }
    stems
}

/// The words of a text, whole.
pub(super) fn words(text: &str) -> Vec<CompactString> {
    fold(text).split(' ').map(Into::into).collect()
}

/// A word as it is compared.
pub(super) fn stem(word: &str) -> CompactString {
    word.chars().take(STEM).collect()
}
