//! *It* in what a body says of itself, "Acme said *it* would close the mill", and *it* that
//! speaks: "Acme closed the mill. *It* said that the roof leaked".

use std::collections::{BTreeSet, HashMap};

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

/// Joins each *it* that says something with the one body that the clause before, or the
/// sentence before, is about. Out: these pronouns.
pub(super) fn speaking(problem: &Problem<'_>, partition: &mut Partition) -> BTreeSet<usize> {
    let mut settled = BTreeSet::new();
    for (i, facts) in problem.facts.iter().enumerate() {
        if facts.pronoun != Some(Pronoun::It) || facts.quotation.is_some() {
            continue;
        }
        let body = body_above(problem, i).or_else(|| body_before(problem, i));
        let Some(body) = body.filter(|_| speaks(problem, facts)) else { continue };
        if partition.same(body, i) || partition.try_join(body, i) {
            settled.insert(i);
        }
    }
    settled
}

/// Whether a mention is the subject of a verb of saying with what is said.
fn speaks(problem: &Problem<'_>, facts: &Facts<'_>) -> bool {
    let (parsed, tree) = (problem.parsed, problem.parsed.tree);
    let verb = tree.head(facts.head).filter(|_| tree.deprel(facts.head) == Deprel::Nsubj);
    verb.is_some_and(|verb| {
        let said = tree.has_any(verb, &[Deprel::Ccomp, Deprel::Parataxis]);
        said && problem.lexicon.is_saying(parsed.lemma(verb))
    })
}

/// The body that is the subject of the clause that opens the sentence of a pronoun: "when the
/// *Gazette* asked, *it* said".
fn body_above(problem: &Problem<'_>, pronoun: usize) -> Option<usize> {
    let tree = problem.parsed.tree;
    let facts = &problem.facts[pronoun];
    let verb = tree.head(facts.head)?;
    let opening = tree.children_by(verb, Deprel::Advcl).find(|&clause| clause < facts.head)?;
    let subject = tree.child(opening, Deprel::Nsubj)?;
    let here = problem.facts[..pronoun].iter().enumerate().rev();
    let mut here = here.take_while(|(_, other)| other.sentence == facts.sentence);
    let (i, body) = here.find(|(_, other)| other.head == subject)?;
    let is_body = body.animacy == Animacy::Body && body.plural != Some(true);
    (is_body && !body.is_pronoun()).then_some(i)
}

/// The body that is the subject of the sentence before, where it names no other as the
/// subject of a clause.
fn body_before(problem: &Problem<'_>, pronoun: usize) -> Option<usize> {
    let tree = problem.parsed.tree;
    let sentence = problem.facts[pronoun].sentence.checked_sub(1)?;
    let mut found = None;
    for (i, facts) in problem.facts[..pronoun].iter().enumerate().rev() {
        if facts.sentence < sentence {
            break;
        }
        let subject = matches!(tree.deprel(facts.head), Deprel::Nsubj | Deprel::NsubjPass);
        let body = facts.animacy == Animacy::Body && facts.plural != Some(true);
        if !body || facts.is_pronoun() || facts.sentence == sentence && !subject {
            continue;
        }
        // A body that is nearer may be meant, too.
        if facts.sentence > sentence {
            return None;
        }
        let main = tree.head(facts.head).is_some_and(|verb| tree.head(verb).is_none());
        if !main || found.is_some() {
            return None;
        }
        found = Some(i);
    }
    found
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
