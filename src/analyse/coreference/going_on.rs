//! Who or what the text goes on with: "Miners blocked the road. *They* want a bridge."
//!
//! In: the clusters, after antecedents have been chosen. Out: the clusters; *they* and *it*
//! that are the subject of a sentence, and for which nothing was found, are what the sentence
//! before is about.

use super::Problem;
use super::facts::Facts;
use super::partition::Partition;
use super::pronouns;
use super::subjects::Subjects;
use crate::text::{Deprel, Pronoun, Upos};

/// Joins each such pronoun with the subject of the sentence before.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition) {
    let subjects = Subjects::of(problem);
    for (i, facts) in problem.facts.iter().enumerate() {
        let is_subject =
            subjects.at(facts.sentence) == Some(i) && stands_for_something(problem, facts);
        if !is_subject || partition.nature(i).size > 1 {
            continue;
        }
        let before = facts.sentence.checked_sub(1).and_then(|before| subjects.at(before));
        let Some(before) = before else { continue };
        let (own, nature, other) =
            (partition.nature(i), partition.nature(before), &problem.facts[before]);
        if pronouns::agrees_in_number(facts, nature)
            && (!other.is_pronoun() || nature.size > 1)
            && pronouns::can_be(problem, facts, own, other, nature)
            && !partition.are_apart(i, before)
        {
            partition.join(before, i);
        }
    }
}

/// Whether a pronoun is *they*, or *it* that does something: *it* of *it seems that*, *it is
/// late* means nothing.
fn stands_for_something(problem: &Problem<'_>, facts: &Facts<'_>) -> bool {
    let (parsed, tree) = (problem.parsed, problem.parsed.tree);
    let clauses = [Deprel::Ccomp, Deprel::Csubj, Deprel::Xcomp, Deprel::Cop];
    let does = |verb| parsed.tag(verb).upos == Upos::Verb && !tree.has_any(verb, &clauses);
    match facts.pronoun {
        Some(Pronoun::They) => true,
        Some(Pronoun::It) => tree.head(facts.head).is_some_and(does),
        _ => false,
    }
}
