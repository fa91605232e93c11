//! Who goes on speaking: “The roof leaks,” Ada Brook said. “It is old,” *she* added.
//!
//! In: the facts of mentions, and who speaks each quotation. Out: clusters with the pronouns
//! that stand for the speaker of the quotation before, and which these are.

use std::collections::BTreeSet;

use super::Problem;
use super::facts::{Animacy, Role};
use super::partition::Partition;
use super::speakers::speakers;
use crate::text::Pronoun;

/// How many sentences may stand between two who speak.
const REACH: usize = 2;

/// Joins each *he* or *she* that speaks a quotation with who speaks the one before.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition) -> BTreeSet<usize> {
    let mut settled = BTreeSet::new();
    let mut last: Option<usize> = None;
    for (_, speaker) in speakers(problem) {
        let before = last.replace(speaker).filter(|&before| before < speaker);
        let Some(before) = before.filter(|&before| goes_on(problem, partition, before, speaker))
        else {
            continue;
        };
        if partition.same(before, speaker) || partition.try_join(before, speaker) {
            settled.insert(speaker);
        }
    }
    settled
}

/// Whether a pronoun that speaks may be who spoke before, and nobody else who acts stands
/// between them.
fn goes_on(problem: &Problem<'_>, partition: &mut Partition, before: usize, after: usize) -> bool {
    let (one, other) = (&problem.facts[before], &problem.facts[after]);
    let is_he_or_she = other.pronoun.is_some_and(Pronoun::is_he_or_she);
    let is_near = other.sentence - one.sentence <= REACH;
    let is_person = partition.nature(before).animacy == Animacy::Person;
    if !(is_he_or_she && is_near && is_person && other.quotation.is_none()) {
        return false;
    }
    let own = partition.nature(after);
    (before + 1..after).all(|between| {
        let facts = &problem.facts[between];
        let acts = facts.quotation.is_none() && facts.role == Role::Subject;
        let nature = partition.nature(between);
        !acts
            || nature.animacy != Animacy::Person
            || facts.pronoun.is_none() && !facts.is_name()
            || !own.agrees(nature)
            || partition.same(before, between)
    })
}
