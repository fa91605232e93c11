//! What belongs to one who is known: *Roe's lawyer* and later *his lawyer* are one, and *his
//! company* is the one whose head he is said to be.
//!
//! In: the clusters, after antecedents have been chosen. Out: the clusters with these.

use std::collections::HashMap;

use super::Problem;
use super::facts::Facts;
use super::known::Told;
use super::partition::Partition;
use crate::text::{Deprel, MentionKind, NameKind, TokenId, Upos};

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
    same_owner(problem, partition, &by_head);
    headed(problem, partition, &by_head);
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
    for (i, facts) in problem.facts.iter().enumerate() {
        let sorts = problem.lexicon.descriptions.of_noun(&facts.word);
        let Some(owner) = owner(facts, by_head).filter(|_| !sorts.is_empty()) else { continue };
        let is_bare = details(problem, facts).is_empty() && facts.parts.is_empty();
        if !is_bare || !problem.facts[owner].is_pronoun() || partition.nature(i).name.is_some() {
            continue;
        }
        let before = problem.facts[..i].iter().enumerate().rev().take(NEAR);
        let near = before.take_while(|(_, other)| facts.sentence - other.sentence <= REACH);
        let mut found = None;
        for (j, other) in near {
            let root = partition.find(j);
            let may_be =
                told.known(root).is_some_and(|k| k.sorts.is_empty() || k.sorts.meets(sorts));
            let head = head_of_body(problem, other).and_then(|head| by_head.get(&head));
            if may_be && head.is_some_and(|&head| partition.same(head, owner)) {
                found = Some(j);
                break;
            }
        }
        if let Some(body) = found {
            partition.try_join(body, i);
        }
    }
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
