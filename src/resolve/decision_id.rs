//! The name of a decision, by which entities tell which hold for them.

use std::fmt;

use compact_str::CompactString;

/// The name of a decision: 16 hexadecimal digits that follow from what was decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecisionId(CompactString);

impl DecisionId {
    /// That of these digits.
    pub(super) fn of(digits: &str) -> Self {
        Self(digits.into())
    }

    /// The id that a text is, if it is one.
    pub fn read(text: &str) -> Option<Self> {
        let is_one =
            text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        is_one.then(|| Self(text.into()))
    }

    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DecisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
