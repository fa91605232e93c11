//! Which claims are asserted: stated by the graph on its own word, as facts.
//!
//! In: a claim, the attributions of its article, a policy. Out: whether it is
//! asserted, and why not where it is not.

use serde::Serialize;

use crate::extract::{Attitude, Attribution, AttributionId, Claim, Extraction, Modality, Polarity};

/// Whose claims are asserted. Only positive, actual claims that pass the
/// assertion filter ever are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum AssertionPolicy {
    /// Nobody's.
    None,
    /// The article's own.
    #[default]
    Own,
    /// Those of sources with a name, too.
    Named,
}

/// Whether a claim is asserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Assertion {
    /// It is: its triple stands in the graph by itself.
    Asserted,
    /// It is not: it stands in the graph as a claim only.
    Withheld(Withheld),
}

/// Why a claim is not asserted: the first of these that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Withheld {
    /// It is said not to hold.
    Negative,
    /// It is said to be planned, possible, wanted, asked …
    NotActual,
    /// It is somebody's word, and the policy does not take their word.
    Attributed,
    /// It may be misread: it does not pass the assertion filter.
    FailsFilter,
    /// The policy asserts nothing.
    Policy,
}

impl Assertion {
    /// Whether a claim of an article is asserted under a policy.
    pub fn of(claim: &Claim, extraction: &Extraction, policy: AssertionPolicy) -> Self {
        match withheld(claim, extraction, policy) {
            Some(reason) => Self::Withheld(reason),
            None => Self::Asserted,
        }
    }

    /// Whether it is asserted.
    pub fn is_asserted(self) -> bool {
        self == Self::Asserted
    }

    /// Why it is not asserted; none where it is.
    pub fn withheld(self) -> Option<Withheld> {
        match self {
            Self::Asserted => None,
            Self::Withheld(reason) => Some(reason),
        }
    }
}

fn withheld(claim: &Claim, extraction: &Extraction, policy: AssertionPolicy) -> Option<Withheld> {
    if claim.polarity == Polarity::Negative {
        Some(Withheld::Negative)
    } else if claim.modality != Modality::Actual {
        Some(Withheld::NotActual)
    } else if !takes_word(claim.attribution, extraction, policy) {
        Some(Withheld::Attributed)
    } else if !claim.passes_filter {
        Some(Withheld::FailsFilter)
    } else if policy == AssertionPolicy::None {
        Some(Withheld::Policy)
    } else {
        None
    }
}

/// Whether a policy takes the word that a claim rests on.
fn takes_word(
    attribution: Option<AttributionId>,
    extraction: &Extraction,
    policy: AssertionPolicy,
) -> bool {
    match attribution {
        None => true,
        Some(id) if policy == AssertionPolicy::Named => extraction.chain(id).all(is_vouched_for),
        Some(_) => false,
    }
}

/// Whether a source has a name and says that the content holds.
fn is_vouched_for(attribution: &Attribution) -> bool {
    attribution.polarity == Polarity::Positive
        && matches!(attribution.attitude, Attitude::States | Attitude::Shows)
        && attribution.source.as_ref().is_some_and(|source| !source.unnamed)
}
