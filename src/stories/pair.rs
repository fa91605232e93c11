//! How two articles of one story stand to each other in what they mainly say.
//!
//! In: two [`Telling`]s, each of a sentence or a few. Out: a [`Relation`].

use super::difference::differences;
use super::meeting::{Compared, SAME};
use super::telling::Telling;
use super::words::Words;

/// Of two claims that say the same, each shares so much of the other's words; else one
/// says more.
const BOTH_WAYS: f32 = 0.6;

/// How what two texts say stands to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Both say the same.
    Same,
    /// One says all that the other says, and more.
    Entails,
    /// Both cannot be so.
    Contradicts,
    /// They say different things.
    Unrelated,
}

/// Compares two texts by the most alike of their claims.
pub fn relation(one: &Telling, other: &Telling, words: &Words) -> Relation {
    let tellings = [one.clone(), other.clone()];
    let compared = Compared::new(&tellings, words);
    if !differences(&tellings, &compared).is_empty() {
        return Relation::Contradicts;
    }
    let between = compared
        .pairs
        .iter()
        .filter(|((one, other), _)| compared.place(*one).0 != compared.place(*other).0);
    let best = between.map(|(_, likeness)| likeness).max_by(|a, b| a.score.total_cmp(&b.score));
    match best {
        Some(best) if best.score >= SAME && best.less_shared >= BOTH_WAYS => Relation::Same,
        Some(best) if best.score >= SAME => Relation::Entails,
        _ => Relation::Unrelated,
    }
}
