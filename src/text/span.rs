//! Half-open byte ranges, and their conversion to character offsets.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of **bytes** `start..end` of an article's text.
///
/// Both ends lie on character boundaries of the text the span was made for;
/// every constructor in this crate keeps that, and property tests hold it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`; an inverted range becomes empty at `start`.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The span of a `usize` range. Texts are at most `u32::MAX` bytes long
    /// (`read` refuses longer ones), so the conversion loses nothing.
    pub fn of(range: Range<usize>) -> Self {
        Self::new(range.start as u32, range.end as u32)
    }

    /// As a range to slice with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The text under the span; empty where the span does not fit the text.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Turns byte offsets of one text into character offsets (Unicode scalar
/// values), the unit of everything that leaves the program.
#[derive(Clone, Debug)]
pub struct CharOffsets {
    /// Number of characters before each 64-byte block; empty for ASCII text.
    before: Vec<u32>,
    bytes: Vec<u8>,
}

const BLOCK: usize = 64;

impl CharOffsets {
    /// Indexes `text`, in time linear in its length.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { before: Vec::new(), bytes: Vec::new() };
        }
        let bytes = text.as_bytes().to_vec();
        let mut seen = 0;
        let before = bytes
            .chunks(BLOCK)
            .map(|block| {
                let here = seen;
                seen += starts(block);
                here
            })
            .collect();
        Self { before, bytes }
    }

    /// The character offset of a byte offset.
    pub fn char(&self, byte: u32) -> u32 {
        let at = byte as usize;
        if self.before.is_empty() {
            return byte;
        }
        let block = (at / BLOCK).min(self.before.len() - 1);
        let rest = self.bytes.get(block * BLOCK..at.min(self.bytes.len())).unwrap_or(&[]);
        self.before.get(block).copied().unwrap_or(0) + starts(rest)
    }

    /// The character range of a byte span.
    pub fn span(&self, span: Span) -> Range<u32> {
        self.char(span.start)..self.char(span.end)
    }
}

/// How many characters start among these bytes (UTF-8 continuation bytes are `10xxxxxx`).
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count() as u32
}

/// Text on one line: runs of white space become one space.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character may stand between tokens: white space, control
/// characters, and the invisible marks that web pages leave behind.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) {
        let offsets = CharOffsets::new(text);
        for (i, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.char(byte as u32), i as u32, "byte {byte} of {text:?}");
        }
        assert_eq!(offsets.char(text.len() as u32) as usize, text.chars().count());
    }

    #[test]
    fn bytes_become_characters() {
        check("");
        check("plain");
        check("Київ – “quoted” 🙂 end");
        check(&"“é🙂x".repeat(100));
    }

    #[test]
    fn spans_that_do_not_fit_slice_to_nothing() {
        assert_eq!(Span::new(1, 3).slice("é"), "");
        assert_eq!(Span::new(5, 9).slice("abc"), "");
    }
}
