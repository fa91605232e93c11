//! Who goes on behind a quotation: whom the last sentence before it is about. Ada Brook has
//! doubts. “The roof leaks. It is old,” *she* said. “It drips.” *She* will sell it.
//!
//! In: the facts of mentions, and the clusters so far. Out: the clusters with such pronouns,
//! and which these are.

use std::collections::BTreeSet;

use super::Problem;
use super::facts::{Animacy, Facts, Role};
use super::partition::Partition;
use super::subjects::{Subjects, is_main};
use crate::text::{Deprel, NameKind, Pronoun, Upos};

/// How many sentences of quotations may stand between.
const REACH: usize = 8;

/// Joins each *he* or *she* that is the subject behind a quotation with the person whom the
/// sentence before the quotation is about.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition) -> BTreeSet<usize> {
    let subjects = Subjects::of(problem);
    let mut settled = BTreeSet::new();
    for (i, facts) in problem.facts.iter().enumerate() {
        let is_he_or_she = facts.pronoun.is_some_and(Pronoun::is_he_or_she);
        if !is_he_or_she || facts.quotation.is_some() || !is_main(problem, facts.head) {
            continue;
        }
        let Some((sentence, is_between)) = lead_in(problem, i) else { continue };
        let before = about(problem, &subjects, sentence).filter(|&before| {
            is_person(problem, partition, before)
                && (is_between || is_told_to_be(problem, &problem.facts[before]))
                && !is_other_likely(problem, partition, i, before)
                && !is_told_of(problem, partition, &subjects, before)
        });
        let Some(before) = before else { continue };
        if partition.same(before, i) || partition.try_join(before, i) {
            settled.insert(i);
        }
    }
    settled
}

/// The last sentence before a pronoun that is the text's own, and whether quoted words stand
/// between; none where somebody else acts in the pronoun's own sentence.
fn lead_in(problem: &Problem<'_>, pronoun: usize) -> Option<(usize, bool)> {
    let facts = &problem.facts[pronoun];
    let here = problem.facts[..pronoun].iter().rev();
    let is_somebody = |other: &Facts<'_>| {
        let acts = other.is_name() || other.role == Role::Subject;
        other.quotation.is_none() && acts && other.animacy != Animacy::Thing
    };
    let near = |other: &&Facts<'_>| other.sentence == facts.sentence;
    if here.take_while(near).any(is_somebody) {
        return None;
    }
    let mut before = (facts.sentence.saturating_sub(REACH)..facts.sentence).rev();
    let own = before.find(|&sentence| !is_quoted(problem, sentence))?;
    Some((own, own + 1 < facts.sentence || begins_quoted(problem, facts)))
}

/// Whether all words of a sentence are quoted.
fn is_quoted(problem: &Problem<'_>, sentence: usize) -> bool {
    let parsed = problem.parsed;
    let Some(sentence) = parsed.sentences.get(sentence) else { return false };
    let mut words = sentence.tokens.iter().filter(|&t| parsed.tag(t).upos != Upos::Punct);
    words.all(|word| parsed.quotation(word).is_some())
}

/// Whether the sentence of a pronoun begins within quotation marks.
fn begins_quoted(problem: &Problem<'_>, pronoun: &Facts<'_>) -> bool {
    let parsed = problem.parsed;
    let first = parsed
        .sentences
        .get(pronoun.sentence)
        .and_then(|s| s.tokens.iter().find(|&t| parsed.tag(t).upos != Upos::Punct));
    first.is_some_and(|word| parsed.quotation(word).is_some())
}

/// Whom a sentence is about: its subject, or who it says that somebody is ("one of them is
/// *Ada Brook*").
fn about(problem: &Problem<'_>, subjects: &Subjects, sentence: usize) -> Option<usize> {
    subjects.at(sentence).or_else(|| {
        let first = problem.facts.partition_point(|facts| facts.sentence < sentence);
        let mut here = problem.facts[first..].iter().take_while(|f| f.sentence == sentence);
        let found = here.position(|facts| is_told_to_be(problem, facts));
        found.map(|at| first + at)
    })
}

/// Whether a name is what the main clause says that its subject is.
fn is_told_to_be(problem: &Problem<'_>, facts: &Facts<'_>) -> bool {
    let tree = problem.parsed.tree;
    let is_main = tree.head(facts.head).is_none() && tree.has(facts.head, Deprel::Cop);
    facts.entity == Some(NameKind::Person) && facts.is_name() && is_main
}

fn is_person(problem: &Problem<'_>, partition: &mut Partition, mention: usize) -> bool {
    let facts = &problem.facts[mention];
    let nature = partition.nature(mention);
    let is_known = facts.pronoun.is_none_or(Pronoun::is_he_or_she);
    is_known && nature.animacy == Animacy::Person && nature.plural != Some(true)
}

/// Whether the sentence tells of somebody else, too, who is known to be *she* as who it is
/// about is not.
fn is_other_likely(
    problem: &Problem<'_>,
    partition: &mut Partition,
    pronoun: usize,
    before: usize,
) -> bool {
    let (gender, sentence) = (problem.facts[pronoun].gender, problem.facts[before].sentence);
    if partition.nature(before).gender == gender {
        return false;
    }
    let (tree, head) = (problem.parsed.tree, problem.facts[before].head);
    let first = problem.facts.partition_point(|facts| facts.sentence < sentence);
    (first..pronoun).take_while(|&i| problem.facts[i].sentence == sentence).any(|other| {
        let is_known = partition.nature(other).gender == gender;
        let is_of_subject = tree.dominates(head, problem.facts[other].head);
        is_known && !is_of_subject && !partition.same(other, before)
    })
}

/// Whether somebody else told of a person in the sentence before, and may still be telling.
fn is_told_of(
    problem: &Problem<'_>,
    partition: &mut Partition,
    subjects: &Subjects,
    person: usize,
) -> bool {
    let (parsed, tree) = (problem.parsed, problem.parsed.tree);
    let Some(before) = problem.facts[person].sentence.checked_sub(1) else { return false };
    let Some(teller) = subjects.at(before) else { return false };
    let verb = tree.head(problem.facts[teller].head);
    let tells = verb.is_some_and(|verb| problem.lexicon.is_saying(parsed.lemma(verb)));
    let first = problem.facts.partition_point(|facts| facts.sentence < before);
    let mut told = (first..person).take_while(|&i| problem.facts[i].sentence == before);
    tells && !partition.same(teller, person) && told.any(|other| partition.same(other, person))
}
