//! How surely a claim was read.
//!
//! In: a claim and the trees. Out: how certain the parser was of the arcs that lead from
//! the claim's predicate to its subject and object. On texts that it was not trained on,
//! half of the heads are wrong where the next best scored nearly as well (GUM's development
//! set: 50% right below 1, 70% from 1 to 2, 82% to 3, 95% at 4, 99% from 7 on, in natural
//! logarithms of odds), so that two thirds of all mistakes stand in a sixth of the arcs.

use super::relation::predicate;
use crate::extract::Claim;
use crate::text::{Certainty, Document, TokenId};

/// Of the arcs that the parser is no surer of, about every other one is wrong.
pub(super) const DOUBTFUL: Certainty = Certainty::tenths(7);
/// Below this hardly anything can be trusted, whatever else speaks for it.
pub(super) const GUESSED: Certainty = Certainty::tenths(5);
/// Of the arcs that it is at least as sure of, nine of ten are right.
pub(super) const FAIR: Certainty = Certainty::tenths(25);
/// Of the arcs that it is at least as sure of, more than nineteen of twenty are right.
pub(super) const SURE: Certainty = Certainty::tenths(31);

/// How certain the arcs are that a claim's subject and object hang on its predicate by.
pub(super) fn certainty(document: &Document, claim: &Claim) -> Certainty {
    let predicate = predicate(document, &claim.relation);
    let of = |argument: TokenId| document.tree.certainty_between(argument, predicate).whole();
    let object = claim.object.as_ref().map_or(Certainty::FULL, |object| of(object.head));
    of(claim.subject.head).min(object)
}

#[cfg(test)]
mod tests {
    use crate::extract::parsed::parsed;
    use crate::text::{ArcCertainty, Certainty, Document, TokenId};

    /// A sentence whose object and qualifier were read with these certainties.
    fn document(object: u8, qualifier: u8) -> Document {
        let words = "Ada/Ada/PROPN/NNP/2/nsubj locked/lock/VERB/VBD/0/root Orm/Orm/PROPN/NNP/2/obj \
             with/with/ADP/IN/5/case keys/key/NOUN/NNS/2/obl ././PUNCT/./2/punct";
        let mut document = parsed(words);
        let mut certainty = vec![ArcCertainty::FULL; document.tokens.len()];
        certainty[2].head = Certainty::tenths(object);
        certainty[4].relation = Certainty::tenths(qualifier);
        document.tree = std::mem::take(&mut document.tree).with_certainty(certainty);
        document
    }

    #[test]
    fn the_weakest_arc_between_two_words_counts() {
        let document = document(7, 9);
        let between = |from, to| {
            let (from, to) = (TokenId::from_index(from), TokenId::from_index(to));
            document.tree.certainty_between(from, to).whole()
        };
        assert_eq!(between(0, 1), Certainty::FULL);
        assert_eq!(between(0, 2), Certainty::tenths(7));
        assert_eq!(between(2, 4), Certainty::tenths(7));
        assert_eq!(between(3, 1), Certainty::tenths(9));
        assert_eq!(between(2, 2), Certainty::FULL);
    }
}
