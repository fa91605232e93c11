//! A claim in the making: with what decides whether it stays.

use crate::extract::Claim;

/// A claim, and whether it is only somebody's word by the words of its own
/// sentence.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) claim: Claim,
    pub(super) reported: bool,
    pub(super) weight: f32,
    /// Whether it is said of a clause that leaves its verb out.
    pub(super) restored: bool,
}

impl Draft {
    /// Where a claim stands, and what makes it the same as another.
    pub(super) fn key(&self) -> impl Ord + use<> {
        let claim = &self.claim;
        let object = claim.object_head();
        let relation = &claim.relation;
        let arguments = (claim.subject.head, object);
        (claim.sentence, relation.head, arguments, relation.lemmas.clone(), self.restored)
    }
}
