//! How sure a parser was of a choice.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// By how much the score of what a parser chose is above that of the next best, in tenths;
/// scores are logarithms of odds. What was not chosen among scores is certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Certainty(u8);

impl Certainty {
    /// Nothing else was possible.
    pub const FULL: Self = Self(u8::MAX);
    /// Something else was as good, or better.
    pub const NONE: Self = Self(0);

    /// So many tenths.
    pub const fn tenths(tenths: u8) -> Self {
        Self(tenths)
    }

    /// Of a choice with a score, where others had these.
    ///
    /// ```
    /// use reportedly::text::Certainty;
    /// assert_eq!(Certainty::of_choice(2.0, [0.5, -1.0]), Certainty::tenths(15));
    /// assert_eq!(Certainty::of_choice(0.5, [2.0]), Certainty::NONE);
    /// assert_eq!(Certainty::of_choice(0.5, []), Certainty::FULL);
    /// ```
    pub fn of_choice(chosen: f32, others: impl IntoIterator<Item = f32>) -> Self {
        let margin = chosen - others.into_iter().fold(f32::NEG_INFINITY, f32::max);
        // Casts of floats stop at the ends of the type.
        Self((margin * 10.0) as u8)
    }
}

/// How sure a parser was of one arc of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArcCertainty {
    /// Of the head.
    pub head: Certainty,
    /// Of the relation, if the head is right.
    pub relation: Certainty,
}

impl ArcCertainty {
    /// Of an arc that no parser chose.
    pub const FULL: Self = Self { head: Certainty::FULL, relation: Certainty::FULL };

    /// The lesser of each.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self { head: self.head.min(other.head), relation: self.relation.min(other.relation) }
    }

    /// Of head and relation together.
    pub fn whole(self) -> Certainty {
        self.head.min(self.relation)
    }
}

/// As CoNLL-U has it: tenths of the head, a comma, those of the relation.
impl fmt::Display for ArcCertainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.head.0, self.relation.0)
    }
}

/// No certainty of an arc.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("two numbers from 0 to 255 with a comma between them are wanted")]
pub struct NoCertainty;

impl FromStr for ArcCertainty {
    type Err = NoCertainty;

    fn from_str(text: &str) -> Result<Self, NoCertainty> {
        let tenths = |text: &str| text.parse().map(Certainty).map_err(|_| NoCertainty);
        let (head, relation) = text.split_once(',').ok_or(NoCertainty)?;
        Ok(Self { head: tenths(head)?, relation: tenths(relation)? })
    }
}
