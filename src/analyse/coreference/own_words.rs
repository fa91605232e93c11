//! *It* in what a body says of itself: "Acme said *it* would close the mill".

use std::collections::HashMap;

use super::Problem;
use super::facts::{Animacy, Facts};
use super::partition::Partition;
use crate::text::{Deprel, Pronoun, TokenId, Upos};

/// How many clauses may be coordinated with the one that is said.
const CONJUNCTS: usize = 4;

/// Joins each *it* that does something in what is said with the body that says it.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition) {
    let mut by_head: HashMap<TokenId, usize> = HashMap::new();
    for (i, facts) in problem.facts.iter().enumerate() {
        by_head.insert(facts.head, i);
    }
    for (i, facts) in problem.facts.iter().enumerate() {
        if facts.pronoun != Some(Pronoun::It) {
            continue;
        }
        let Some(speaker) = speaker(problem, facts) else { continue };
        let Some(&speaker) = by_head.get(&speaker) else { continue };
        let nature = partition.nature(speaker);
        if nature.animacy == Animacy::Body && nature.plural != Some(true) {
            partition.try_join(speaker, i);
        }
    }
}

/// Who says the clause that a pronoun is the subject of, where that tells what it does.
fn speaker(problem: &Problem<'_>, pronoun: &Facts<'_>) -> Option<TokenId> {
    let (parsed, tree) = (problem.parsed, problem.parsed.tree);
    let mut clause = tree.head(pronoun.head)?;
    let verbal = parsed.tag(clause).upos == Upos::Verb && !tree.has(clause, Deprel::Cop);
    if tree.deprel(pronoun.head) != Deprel::Nsubj || !verbal {
        return None;
    }
    for _ in 0..CONJUNCTS {
        if !tree.is(clause, Deprel::Conj) {
            break;
        }
        clause = tree.head(clause)?;
    }
    let verb = tree.head(clause)?;
    let said = tree.is(clause, Deprel::Ccomp) && verb < clause;
    if !said || !problem.lexicon.is_saying(parsed.lemma(verb)) {
        return None;
    }
    let subject = match tree.child(verb, Deprel::Nsubj) {
        Some(subject) => subject,
        None if tree.is(verb, Deprel::Conj) => tree.child(tree.head(verb)?, Deprel::Nsubj)?,
        None => return None,
    };
    (subject < pronoun.head).then_some(subject)
}
