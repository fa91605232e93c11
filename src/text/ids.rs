//! Numbers that name the things of a document: one type each, so that none is
//! taken for another.

use std::fmt;
use std::ops::{Add, AddAssign, Range, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// Declares a type for the indices of one kind of things. A text has at most
/// 1 GiB, so that 32 bits count everything in it.
macro_rules! index_type {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord,
            ::serde::Serialize, ::serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(u32);

        impl $name {
            /// The thing of this number.
            pub const fn new(number: u32) -> Self {
                Self(number)
            }

            /// The thing at this place of its list.
            pub const fn from_index(index: usize) -> Self {
                Self(index as u32)
            }

            /// Its place in its list.
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The thing behind it.
            #[must_use]
            pub const fn next(self) -> Self {
                Self(self.0 + 1)
            }

            /// The thing before it; none before the first.
            pub fn previous(self) -> Option<Self> {
                self.0.checked_sub(1).map(Self)
            }

            /// Its number, counted from 0.
            pub const fn number(self) -> u32 {
                self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

pub(crate) use index_type;

index_type! {
    /// Index of a token in [`Document::tokens`](super::Document::tokens), counted
    /// over the whole article.
    TokenId
}

index_type! {
    /// Index of a sentence in [`Document::sentences`](super::Document::sentences).
    SentenceId
}

index_type! {
    /// Index of a mention in [`Document::mentions`](super::Document::mentions).
    MentionId
}

index_type! {
    /// Index of a coreference cluster in [`Document::clusters`](super::Document::clusters).
    ClusterId
}

impl TokenId {
    /// The token so many before; none before the first of the article.
    pub fn checked_sub(self, count: u32) -> Option<Self> {
        self.0.checked_sub(count).map(Self)
    }

    /// The token so many before, or the first of the article.
    #[must_use]
    pub fn saturating_sub(self, count: u32) -> Self {
        Self(self.0.saturating_sub(count))
    }

    /// How many tokens lie between this one and another, the nearer one counted.
    pub fn abs_diff(self, other: Self) -> u32 {
        self.0.abs_diff(other.0)
    }

    /// The tokens from this one up to another that is not among them.
    pub fn until(self, end: Self) -> TokenRange {
        TokenRange { start: self, end }
    }

    /// The tokens from this one to another, both among them.
    pub fn through(self, last: Self) -> TokenRange {
        TokenRange { start: self, end: last + 1 }
    }
}

impl From<u32> for TokenId {
    fn from(number: u32) -> Self {
        Self(number)
    }
}

impl Add<u32> for TokenId {
    type Output = Self;

    fn add(self, count: u32) -> Self {
        Self(self.0 + count)
    }
}

impl AddAssign<u32> for TokenId {
    fn add_assign(&mut self, count: u32) {
        self.0 += count;
    }
}

impl Sub<u32> for TokenId {
    type Output = Self;

    fn sub(self, count: u32) -> Self {
        Self(self.0 - count)
    }
}

impl SubAssign<u32> for TokenId {
    fn sub_assign(&mut self, count: u32) {
        self.0 -= count;
    }
}

impl Sub for TokenId {
    type Output = u32;

    /// How many tokens further.
    fn sub(self, other: Self) -> u32 {
        self.0 - other.0
    }
}

/// A run of tokens: from `start` up to `end`, which is not among them. Empty
/// where `end` does not come behind `start`.
///
/// ```
/// use reportedly::text::TokenId;
///
/// let run = TokenId::new(3).until(TokenId::new(6));
/// assert_eq!(run.len(), 3);
/// assert_eq!(run.last(), Some(TokenId::new(5)));
/// assert!(run.iter().all(|token| run.contains(token)));
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct TokenRange {
    /// The first token.
    pub start: TokenId,
    /// One past the last token.
    pub end: TokenId,
}

impl TokenRange {
    /// The first tokens of an article, so many.
    pub fn first(count: usize) -> Self {
        Self { start: TokenId::new(0), end: TokenId::from_index(count) }
    }

    /// How many tokens there are.
    pub fn len(self) -> usize {
        self.indices().len()
    }

    /// Whether there is no token.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether a token is among them.
    pub fn contains(self, token: TokenId) -> bool {
        self.start <= token && token < self.end
    }

    /// The last token.
    pub fn last(self) -> Option<TokenId> {
        self.iter().next_back()
    }

    /// The tokens in order.
    pub fn iter(self) -> TokenIds {
        TokenIds(self.start.0..self.end.0)
    }

    /// Their places among the tokens of the article.
    pub fn indices(self) -> Range<usize> {
        self.start.index()..self.end.index()
    }
}

impl From<Range<u32>> for TokenRange {
    fn from(numbers: Range<u32>) -> Self {
        Self { start: TokenId(numbers.start), end: TokenId(numbers.end) }
    }
}

impl IntoIterator for TokenRange {
    type Item = TokenId;
    type IntoIter = TokenIds;

    fn into_iter(self) -> TokenIds {
        self.iter()
    }
}

impl fmt::Display for TokenRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// The tokens of a [`TokenRange`], in order or from the end.
#[derive(Clone, Debug)]
pub struct TokenIds(Range<u32>);

impl Iterator for TokenIds {
    type Item = TokenId;

    fn next(&mut self) -> Option<TokenId> {
        self.0.next().map(TokenId)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<TokenId> {
        self.0.nth(n).map(TokenId)
    }
}

impl DoubleEndedIterator for TokenIds {
    fn next_back(&mut self) -> Option<TokenId> {
        self.0.next_back().map(TokenId)
    }
}

impl ExactSizeIterator for TokenIds {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_what_they_iterate() {
        let (a, b) = (TokenId::new(2), TokenId::new(5));
        assert_eq!(a.until(b).iter().map(TokenId::number).collect::<Vec<_>>(), [2, 3, 4]);
        assert_eq!(a.through(b).last(), Some(b));
        assert_eq!((a.until(b).len(), b.until(a).len()), (3, 0));
        assert!(a.until(a).is_empty() && b.until(a).is_empty() && !a.through(a).is_empty());
        assert!(a.until(b).contains(a) && !a.until(b).contains(b));
        assert_eq!(a.until(b).iter().next_back(), Some(TokenId::new(4)));
    }
}
