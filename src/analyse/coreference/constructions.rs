//! Constructions that say themselves what is the same: appositions, names behind
//! descriptions, relative pronouns.

use std::collections::HashMap;

use super::Problem;
use super::facts::{Facts, Role};
use super::partition::Partition;
use crate::analyse::syntax::Definiteness;
use crate::text::{Deprel, MentionKind, NameKind, TokenId};

/// Joins what stands in such constructions.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition) {
    let by_head: HashMap<TokenId, usize> =
        problem.facts.iter().enumerate().map(|(i, f)| (f.head, i)).collect();
    for (i, facts) in problem.facts.iter().enumerate() {
        let other =
            if facts.is_pronoun() { relative(problem, facts) } else { apposition(problem, facts) };
        let other = other.or_else(|| predicated(problem, facts));
        let Some(&other) = other.and_then(|head| by_head.get(&head)) else { continue };
        if names_described(&problem.facts[other], facts) && unnamed(partition, other) {
            partition.join(other, i);
        } else if allowed(&problem.facts[other], facts) {
            partition.try_join(other, i);
        }
    }
}

/// The antecedent of a relative pronoun: what its clause modifies.
fn relative(problem: &Problem<'_>, facts: &Facts<'_>) -> Option<TokenId> {
    let parsed = problem.parsed;
    if !parsed.tag(facts.head).feats.has("PronType", "Rel") {
        return None;
    }
    let clause =
        parsed.tree.ancestors(facts.head).take(6).find(|&t| {
            parsed.tree.is(t, Deprel::AclRelcl) || parsed.tree.is(t, Deprel::AdvclRelcl)
        })?;
    parsed.tree.is(clause, Deprel::AclRelcl).then(|| parsed.tree.head(clause)).flatten()
}

/// What a mention explains, or names: *activist* for *Roe* in *the activist Ann Roe*.
fn apposition(problem: &Problem<'_>, facts: &Facts<'_>) -> Option<TokenId> {
    let tree = problem.parsed.tree;
    let is_name = facts.is_name() && tree.is(facts.head, Deprel::Flat);
    (is_name || tree.is(facts.head, Deprel::Appos)).then(|| tree.head(facts.head)).flatten()
}

/// The subject of whom a name says who it is: *the winner* of *the winner is Ann Roe*.
fn predicated(problem: &Problem<'_>, facts: &Facts<'_>) -> Option<TokenId> {
    let (parsed, tree) = (problem.parsed, problem.parsed.tree);
    let copula = tree.child(facts.head, Deprel::Cop)?;
    let subject = tree.child(facts.head, Deprel::Nsubj)?;
    let hedged = [Deprel::Aux, Deprel::Advmod, Deprel::Mark, Deprel::Case, Deprel::Conj];
    let is_plain = !tree.has_any(facts.head, &hedged) && !tree.has(subject, Deprel::Conj);
    let noun = problem.lexicon.noun(parsed.lemma(subject));
    let bearer = noun.is_some_and(|noun| noun.kind == NameKind::Person);
    let person = bearer && facts.is_name() && facts.entity == Some(NameKind::Person);
    let finite = parsed.tag(copula).feats.has("VerbForm", "Fin");
    (person && is_plain && finite && subject < copula && copula < facts.head).then_some(subject)
}

/// A person's name behind a subject such as *the mayor's counterpart*, which is that person
/// though no list has the noun as one.
fn names_described(noun: &Facts<'_>, name: &Facts<'_>) -> bool {
    let person = name.is_name() && name.entity == Some(NameKind::Person);
    let known = noun.definiteness == Definiteness::Definite && noun.role == Role::Subject;
    let unlisted = noun.kind == MentionKind::Nominal && noun.entity.is_none();
    person && known && unlisted && noun.plural != Some(true)
}

fn unnamed(partition: &mut Partition, mention: usize) -> bool {
    partition.nature(mention).name.is_none()
}

/// Two names are one by what they say alone: in a list that looks like an
/// apposition (*Roe, head of the bank, Doe and others*) or a place within another
/// (*Kyiv, Ukraine*) they are two.
fn allowed(a: &Facts<'_>, b: &Facts<'_>) -> bool {
    !(a.is_name() && b.is_name())
}
