//! What a clause tells of its own arguments: a pronoun is none of the others, and a
//! reflexive one is the subject (Chomsky 1981, *Lectures on Government and Binding*,
//! principles A and B); an owner that follows *and* is what stands before it.
//!
//! In: the facts of mentions. Out: clusters with such pronouns, and which mentions are
//! apart: no sieve may join them any more.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Problem;
use super::facts::{Facts, Role};
use super::partition::Partition;
use crate::analyse::syntax::is_infinitive;
use crate::text::{Deprel, FunctionWord, Pronoun, Tag, TokenId, Upos};

/// How many clauses may hang in each other.
const DEEPEST: usize = 8;

/// Keeps the arguments of each verb apart, and joins reflexive pronouns with its subject,
/// owners with what their own things are joined with.
/// Out: these pronouns.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition) -> BTreeSet<usize> {
    let by_head: HashMap<TokenId, usize> =
        problem.facts.iter().enumerate().map(|(i, f)| (f.head, i)).collect();
    for (verb, mut arguments) in arguments(problem) {
        let doer = controller(problem, verb).and_then(|doer| by_head.get(&doer));
        arguments.extend(doer.filter(|doer| !arguments.contains(doer)));
        keep_apart(problem, partition, &arguments);
    }
    let mut settled = BTreeSet::new();
    for (i, facts) in problem.facts.iter().enumerate() {
        let meant = reflexive_of(problem, facts).or_else(|| joined_owner(problem, facts));
        let meant = meant.and_then(|meant| by_head.get(&meant));
        if let Some(&meant) = meant
            && meant < i
            && partition.try_join(meant, i)
        {
            settled.insert(i);
        }
    }
    settled
}

/// The mentions that are arguments of each verb.
fn arguments(problem: &Problem<'_>) -> BTreeMap<TokenId, Vec<usize>> {
    let mut arguments: BTreeMap<TokenId, Vec<usize>> = BTreeMap::new();
    for (i, facts) in problem.facts.iter().enumerate() {
        let above = above_infinitive(problem, facts);
        for verb in verb(problem, facts).into_iter().chain(above) {
            arguments.entry(verb).or_default().push(i);
        }
    }
    arguments
}

/// The verb that a mention is an argument of, or the pronoun behind what is some of it:
/// *took some of them*.
fn verb(problem: &Problem<'_>, facts: &Facts<'_>) -> Option<TokenId> {
    let (parsed, tree) = (problem.parsed, problem.parsed.tree);
    let is_some = |word| matches!(parsed.tag(word).upos, Upos::Det | Upos::Num | Upos::Pron);
    let is_part = facts.is_pronoun() && tree.is(facts.head, Deprel::Nmod);
    if is_part && facts.role != Role::Possessor {
        let some = tree.head(facts.head).filter(|&some| is_some(some))?;
        let relation = tree.deprel(some).main();
        let is_argument = matches!(relation, Deprel::Nsubj | Deprel::Obj | Deprel::Obl);
        return tree.head(some).filter(|_| is_argument);
    }
    let is_argument = matches!(facts.role, Role::Subject | Role::Object | Role::Oblique);
    tree.head(facts.head).filter(|_| is_argument)
}

/// The verb above the infinitive that a pronoun is the subject of: who *asked for him to
/// stay* is not *him*.
fn above_infinitive(problem: &Problem<'_>, facts: &Facts<'_>) -> Option<TokenId> {
    let tree = problem.parsed.tree;
    let is_subject = facts.is_pronoun() && tree.is(facts.head, Deprel::Nsubj);
    let clause = tree.head(facts.head).filter(|_| is_subject)?;
    let is_clause =
        [Deprel::Advcl, Deprel::Ccomp, Deprel::Xcomp].iter().any(|&r| tree.is(clause, r));
    tree.head(clause).filter(|_| is_clause && is_infinitive(problem.parsed, clause))
}

/// Two arguments are two, where one is a pronoun and none is reflexive.
fn keep_apart(problem: &Problem<'_>, partition: &mut Partition, arguments: &[usize]) {
    for (place, &one) in arguments.iter().enumerate() {
        for &other in &arguments[place + 1..] {
            let both = [one, other].map(|i| &problem.facts[i]);
            let is_reflexive = both.iter().any(|f| self::is_reflexive(problem, f));
            if both.iter().any(|f| f.is_pronoun()) && !is_reflexive {
                partition.keep_apart(one, other);
            }
        }
    }
}

fn is_reflexive(problem: &Problem<'_>, facts: &Facts<'_>) -> bool {
    facts.is_pronoun() && problem.parsed.words.is(&facts.word, FunctionWord::Reflexive)
}

/// Whom a reflexive pronoun means: the subject of its verb, or the noun before that it only
/// stresses (*Roe himself*).
fn reflexive_of(problem: &Problem<'_>, facts: &Facts<'_>) -> Option<TokenId> {
    let tree = problem.parsed.tree;
    let above = tree.head(facts.head).filter(|_| is_reflexive(problem, facts))?;
    match facts.role {
        Role::Object | Role::Oblique => subject(problem, above),
        _ => Some(above).filter(|&noun| noun + 1 == facts.head),
    }
}

/// Whose something is that is joined with its owner: *the victims and their families*.
fn joined_owner(problem: &Problem<'_>, facts: &Facts<'_>) -> Option<TokenId> {
    let tree = problem.parsed.tree;
    let is_third = facts.pronoun.is_some_and(Pronoun::is_third_person);
    let is_owner = is_third && tree.is(facts.head, Deprel::NmodPoss);
    let noun = tree.head(facts.head).filter(|&noun| is_owner && tree.is(noun, Deprel::Conj))?;
    let first = tree.head(noun)?;
    // Both have the owner in "her doctor and her friends"; of several the last before may be
    // meant.
    let is_owned = tree.has(first, Deprel::NmodPoss);
    (!is_owned && tree.child(first, Deprel::Conj) == Some(noun)).then_some(first)
}

/// The subject of a verb, wherever it stands.
pub(super) fn subject(problem: &Problem<'_>, verb: TokenId) -> Option<TokenId> {
    problem.parsed.tree.child(verb, Deprel::Nsubj).or_else(|| controller(problem, verb))
}

/// Who does what a verb without a subject says: of an infinitive the object of the verb
/// above, or else its subject; of what is done *to* an end, or *after doing* it, its
/// subject; of a verb that goes on from another (*came and saw*) the other's.
fn controller(problem: &Problem<'_>, verb: TokenId) -> Option<TokenId> {
    let tree = problem.parsed.tree;
    let mut at = verb;
    for _ in 0..DEEPEST {
        // What a bare participle tells may be done by all that happens: "…, making it dear".
        let is_after_doing = is_participle(problem.parsed.tag(at)) && tree.has(at, Deprel::Mark);
        let is_without_tense = is_infinitive(problem.parsed, at) || is_after_doing;
        let end = tree.is(at, Deprel::Advcl) && is_without_tense;
        let goes_on = tree.is(at, Deprel::Conj);
        if tree.has(at, Deprel::Nsubj) || !(end || goes_on || tree.is(at, Deprel::Xcomp)) {
            break;
        }
        at = tree.head(at)?;
        let object = tree.child(at, Deprel::Obj).or_else(|| tree.child(at, Deprel::Iobj));
        let object = object.filter(|&object| object < verb && !end && !goes_on);
        if object.is_some() {
            return object;
        }
    }
    tree.child(at, Deprel::Nsubj).filter(|_| at != verb)
}

fn is_participle(tag: &Tag) -> bool {
    matches!(&*tag.xpos, "VBG" | "VBN")
}
