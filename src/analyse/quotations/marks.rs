//! Quotation marks: what may be one, and which way it points.
//!
//! In: a stretch of text. Out: its marks in order. A mark points the way its
//! neighbours say; only where they say nothing does its shape count.

use crate::text::{FunctionWord, FunctionWords, Span};

/// A character (or two) that may open or close a quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) weight: Weight,
    pub(super) side: Side,
    /// A single mark that may just as well be the apostrophe of `officials'`.
    pub(super) possessive: bool,
}

/// `"`, `“`, `«`, `''` against `'`, `‘`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Double,
    Single,
}

/// Which way a mark points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Open,
    Close,
    /// Neither neighbours nor shape tell.
    Unsure,
}

/// Whether a block starts with an opening mark.
pub(super) fn opens(block: &str) -> bool {
    let mut chars = block.chars();
    let first = chars.next().and_then(shape);
    first.is_some_and(|(weight, side)| weight == Weight::Double && side != Side::Close)
        || block.starts_with("''")
}

/// The marks within `span`, in order.
pub(super) fn marks(text: &str, span: Span, lexicon: &FunctionWords) -> Vec<Mark> {
    let words = span.slice(text);
    let mut found = Vec::new();
    let mut skip = 0;
    for (at, c) in words.char_indices() {
        let Some((weight, side)) = shape(c).filter(|_| at >= skip) else { continue };
        let Some((before, rest)) = words.split_at_checked(at) else { continue };
        let after = rest.get(c.len_utf8()..).unwrap_or("");
        let around = Around { before, after, lexicon };
        let mark = match weight {
            Weight::Double => around.double(c, side),
            Weight::Single => around.single(c, side),
        };
        let Some((length, mark)) = mark else { continue };
        skip = at + length;
        let start = span.start + at as u32;
        found.push(Mark { span: Span::new(start, start + length as u32), ..mark });
    }
    found
}

/// What a mark looks like: its weight, and the side its shape stands for.
fn shape(c: char) -> Option<(Weight, Side)> {
    Some(match c {
        '"' | '＂' | '″' => (Weight::Double, Side::Unsure),
        '“' | '„' | '‟' | '«' | '〝' => (Weight::Double, Side::Open),
        '”' | '»' | '〞' => (Weight::Double, Side::Close),
        '\'' => (Weight::Single, Side::Unsure),
        '‘' | '‚' | '‛' | '`' | '‹' => (Weight::Single, Side::Open),
        '’' | '´' | '›' => (Weight::Single, Side::Close),
        _ => return None,
    })
}

/// What stands before and after a character that may be a mark.
struct Around<'a> {
    before: &'a str,
    after: &'a str,
    lexicon: &'a FunctionWords,
}

/// A mark of unknown place; [`marks`] fills in the span.
fn mark(weight: Weight, side: Side) -> Mark {
    Mark { span: Span::new(0, 0), weight, side, possessive: false }
}

impl Around<'_> {
    fn double(&self, c: char, shape: Side) -> Option<(usize, Mark)> {
        if shape == Side::Unsure && self.is_inches() {
            return None;
        }
        Some((c.len_utf8(), mark(Weight::Double, self.side(shape))))
    }

    /// Two single marks in a row make a double one, unless the first closes a
    /// single quotation and two more follow (`'Go.'''`).
    fn single(&self, c: char, shape: Side) -> Option<(usize, Mark)> {
        let length = c.len_utf8();
        let run = self.after.chars().take_while(|&d| d == c).take(3).count();
        let ends_word = !self.free_before();
        if run == 1 || run == 2 && !ends_word {
            let rest = self.after.get(length..).unwrap_or("");
            let pair = Around { after: rest, ..*self };
            return Some((2 * length, mark(Weight::Double, pair.side(shape))));
        }
        if run > 2 || self.is_apostrophe(c) {
            return None;
        }
        let side = if run == 2 { Side::Close } else { self.side(shape) };
        let possessive = side == Side::Close && self.is_possessive();
        Some((length, Mark { possessive, ..mark(Weight::Single, side) }))
    }

    /// The neighbours' word; the shape's where they have none.
    fn side(&self, shape: Side) -> Side {
        match (self.free_before(), self.free_after()) {
            (true, false) => Side::Open,
            (false, true) => Side::Close,
            _ => shape,
        }
    }

    /// Whether a quotation may start after what stands before.
    fn free_before(&self) -> bool {
        self.before
            .chars()
            .next_back()
            .is_none_or(|c| c.is_whitespace() || "([{—–―-/|".contains(c) || opens_only(c))
    }

    /// Whether a quotation may end before what follows.
    fn free_after(&self) -> bool {
        self.after
            .chars()
            .next()
            .is_none_or(|c| c.is_whitespace() || ".,;:!?)]}—–―/|…".contains(c) || closes_only(c))
    }

    /// `don't`, `'90s`, `'em`: single marks that mark no quotation.
    fn is_apostrophe(&self, c: char) -> bool {
        let before = self.before.chars().next_back().is_some_and(char::is_alphanumeric);
        let after = self.after.chars().next().is_some_and(char::is_alphanumeric);
        match (before, after) {
            (true, true) => true,
            (false, true) => c != '‘' && c != '`' && self.is_elision() || self.is_decade(),
            _ => false,
        }
    }

    fn is_elision(&self) -> bool {
        let word: String = self.after.chars().take_while(|c| c.is_alphabetic()).take(6).collect();
        self.lexicon.is(&word, FunctionWord::Clipped)
    }

    fn is_decade(&self) -> bool {
        let digits = self.after.chars().take_while(char::is_ascii_digit).take(3).count();
        digits == 2 && self.free_before()
    }

    /// `officials' plan`, `goin' home`: the word may end in an apostrophe, and a word follows.
    fn is_possessive(&self) -> bool {
        let mut after = self.after.chars();
        let word_follows =
            after.next() == Some(' ') && after.next().is_some_and(char::is_alphanumeric);
        let before = self.before;
        word_follows && (before.ends_with(['s', 'S', 'z', 'x']) || before.ends_with("in"))
    }

    /// `6'2"`: a height.
    fn is_inches(&self) -> bool {
        let feet = self.before.trim_end_matches(|c: char| c.is_ascii_digit());
        feet.len() < self.before.len() && feet.ends_with(['\'', '’', '′'])
    }
}

/// Marks whose shape says that a quotation starts.
fn opens_only(c: char) -> bool {
    shape(c).is_some_and(|(_, side)| side != Side::Close)
}

/// Marks whose shape says that a quotation ends.
fn closes_only(c: char) -> bool {
    shape(c).is_some_and(|(_, side)| side != Side::Open)
}
