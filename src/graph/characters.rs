//! The text of an article by characters, as passages count it.
//!
//! In: a text, the IRIs of passages (RFC 5147). Out: their bytes and words.

use std::ops::Range;

/// A text, and where its characters stand.
pub struct Characters {
    text: String,
    /// Where each character begins, and where the last one ends.
    starts: Vec<usize>,
}

impl Characters {
    /// Counts the characters of a text.
    pub fn of(text: String) -> Self {
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { text, starts }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the characters from `start` to `end`; none where the text has no such.
    pub fn bytes(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let (start, end) = (*self.starts.get(start)?, *self.starts.get(end)?);
        (start <= end).then_some(start..end)
    }

    /// The bytes of a passage.
    pub(super) fn of_passage(&self, passage: &str) -> Option<Range<usize>> {
        let (start, end) = offsets_of_passage(passage)?;
        self.bytes(start, end)
    }
}

/// The characters of a passage, as its IRI has them (RFC 5147): from the first on, to the one
/// behind the last.
///
/// ```
/// use reportedly::graph::offsets_of_passage;
///
/// let passage = "https://news.example/article/quay#char=3,14";
/// assert_eq!(offsets_of_passage(passage), Some((3, 14)));
/// assert_eq!(offsets_of_passage("https://news.example/article/quay/claim/3"), None);
/// ```
pub fn offsets_of_passage(iri: &str) -> Option<(usize, usize)> {
    offsets(iri.rsplit_once("#char=")?.1)
}

/// The offsets of a fragment `12,34`.
pub(super) fn offsets(fragment: &str) -> Option<(usize, usize)> {
    let (start, end) = fragment.split_once(',')?;
    Some((start.parse().ok()?, end.parse().ok()?))
}
