//! What belongs to one who is known: *Roe's lawyer* and later *his lawyer* are one, *his
//! company* is the one whose head he is said to be, and whose post he leaves is his own,
//! where nothing else was found.
//!
//! In: the clusters, after antecedents have been chosen. Out: the clusters with these.

use std::collections::HashMap;

use super::Problem;
use super::binding;
use super::facts::{Facts, Role};
use super::known::Told;
use super::partition::Partition;
use super::pronouns;
use crate::text::{Deprel, MentionKind, NameKind, Pronoun, TokenId, Upos};

/// How many sentences back it may have been told what somebody is the head of.
const REACH: usize = 3;
/// How many mentions before a description are looked at.
const NEAR: usize = 64;

/// Joins descriptions that have an owner.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition) {
    let mut by_head: HashMap<TokenId, usize> = HashMap::new();
    for (i, facts) in problem.facts.iter().enumerate() {
        by_head.insert(facts.head, i);
    }
    own(problem, partition, &by_head);
    same_owner(problem, partition, &by_head);
    headed(problem, partition, &by_head);
}

/// Joins owners that nothing was found for with the subject above: *Orm raised its prices*.
fn own(problem: &Problem<'_>, partition: &mut Partition, by_head: &HashMap<TokenId, usize>) {
    for (i, facts) in problem.facts.iter().enumerate() {
        let is_third = facts.pronoun.is_some_and(Pronoun::is_third_person);
        let is_owner = is_third && facts.role == Role::Possessor;
        if !is_owner || partition.nature(i).size > 1 {
            continue;
        }
        let subject = subject_above(problem, facts).and_then(|subject| by_head.get(&subject));
        let Some(&subject) = subject.filter(|&&subject| subject < i) else { continue };
        let (own, other) = (partition.nature(i), partition.nature(subject));
        let candidate = &problem.facts[subject];
        if pronouns::agrees_in_number(facts, other)
            && candidate.quotation == facts.quotation
            && !problem.parsed.tree.has(candidate.head, Deprel::Conj)
            && pronouns::can_be(problem, facts, own, candidate, other)
            && !partition.are_apart(i, subject)
        {
            partition.join(subject, i);
        }
    }
}

/// The subject of the verb of which an owner's noun is the object, or goes with it.
fn subject_above(problem: &Problem<'_>, owner: &Facts<'_>) -> Option<TokenId> {
    let tree = problem.parsed.tree;
    let noun = tree.head(owner.head)?;
    let is_argument = tree.is(noun, Deprel::Obj) || tree.is(noun, Deprel::Obl);
    binding::subject(problem, tree.head(noun).filter(|_| is_argument)?)
}

/// The owner of what a mention describes, as a mention.
fn owner(facts: &Facts<'_>, by_head: &HashMap<TokenId, usize>) -> Option<usize> {
    let owner = facts.owner.filter(|_| facts.kind == MentionKind::Nominal)?;
    by_head.get(&owner).copied().filter(|_| facts.plural != Some(true))
}

/// Joins persons whom one noun calls somebody's, in the same words beside: a *first wife*
/// is not the *wife*.
fn same_owner(problem: &Problem<'_>, partition: &mut Partition, by_head: &HashMap<TokenId, usize>) {
    let mut last: HashMap<(usize, &str), usize> = HashMap::new();
    for (i, facts) in problem.facts.iter().enumerate() {
        // Of ages, *her three-year-old*, there may be several.
        let is_noun = problem.parsed.tag(facts.head).upos == Upos::Noun;
        let is_person = facts.entity == Some(NameKind::Person) && is_noun && facts.parts.is_empty();
        let Some(owner) = owner(facts, by_head).filter(|_| is_person) else { continue };
        let key = (partition.find(owner), &*facts.word);
        if let Some(&before) = last.get(&key) {
            let other = &problem.facts[before];
            if details(problem, facts) == details(problem, other) {
                partition.try_join(before, i);
            }
        }
        last.insert(key, i);
    }
}

/// The words that tell more of a noun, but for its owner.
fn details<'a>(problem: &Problem<'a>, facts: &Facts<'_>) -> Vec<&'a str> {
    let (parsed, tree) = (problem.parsed, problem.parsed.tree);
    let tells = |&&word: &&TokenId| {
        let relation = tree.deprel(word);
        [Deprel::Amod, Deprel::Compound, Deprel::Nummod].into_iter().any(|r| relation.is(r))
    };
    tree.children(facts.head).iter().filter(tells).map(|&word| parsed.lemma(word)).collect()
}

/// Joins *his company* with the body that he is said to be the head of: "Roe, the chief
/// executive of Orm, said his company …".
fn headed(problem: &Problem<'_>, partition: &mut Partition, by_head: &HashMap<TokenId, usize>) {
    let told = Told::of(problem, partition);
    let owners = owners(problem, partition, by_head);
    for (i, facts) in problem.facts.iter().enumerate() {
        let Some(owner) = owner(facts, by_head) else { continue };
        let is_bare = details(problem, facts).is_empty() && facts.parts.is_empty();
        if !is_bare || !problem.facts[owner].is_pronoun() || partition.nature(i).name.is_some() {
            continue;
        }
        let all = owners.get(&partition.find(i)).map_or(&[][..], Vec::as_slice);
        let is_of_one = all.iter().all(|&other| partition.same(other, owner));
        let body = led_by(problem, partition, &told, (i, owner), by_head);
        if let Some(body) = body.filter(|_| is_of_one) {
            partition.try_join(body, i);
        }
    }
}

/// The owners of what the mentions of each cluster describe.
fn owners(
    problem: &Problem<'_>,
    partition: &mut Partition,
    by_head: &HashMap<TokenId, usize>,
) -> HashMap<usize, Vec<usize>> {
    let mut owners: HashMap<usize, Vec<usize>> = HashMap::new();
    for (i, facts) in problem.facts.iter().enumerate() {
        if let Some(owner) = owner(facts, by_head) {
            owners.entry(partition.find(i)).or_default().push(owner);
        }
    }
    owners
}

/// The body named before a description that its owner is at the head of.
fn led_by(
    problem: &Problem<'_>,
    partition: &mut Partition,
    told: &Told<'_>,
    (described, owner): (usize, usize),
    by_head: &HashMap<TokenId, usize>,
) -> Option<usize> {
    let facts = problem.facts.get(described)?;
    let sorts = problem.lexicon.descriptions.of_noun(&facts.word);
    let before = problem.facts[..described].iter().enumerate().rev().take(NEAR);
    let mut near = before.take_while(|(_, other)| facts.sentence - other.sentence <= REACH);
    let found = near.find(|&(j, other)| {
        let known = told.known(partition.find(j)).map(|known| known.sorts);
        let is_of_sort = known.is_some_and(|known| known.is_empty() || known.meets(sorts));
        let head = head_of_body(problem, other).and_then(|head| by_head.get(&head));
        is_of_sort && head.is_some_and(|&head| partition.same(head, owner))
    });
    found.map(|(body, _)| body).filter(|_| !sorts.is_empty())
}

/// Who is at a body's head, or of it, by the words beside its name: *the owner of Orm*,
/// *Orm chief Ann Roe*.
fn head_of_body(problem: &Problem<'_>, body: &Facts<'_>) -> Option<TokenId> {
    let tree = problem.parsed.tree;
    let is_body = body.is_name() && body.entity == Some(NameKind::Organization);
    let relation = tree.deprel(body.head);
    let hangs = relation.is(Deprel::Nmod) || relation.is(Deprel::Compound);
    tree.head(body.head).filter(|_| is_body && hangs)
}
