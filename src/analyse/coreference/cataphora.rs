//! Pronouns before the one they mean: "In *his* speech, Tom Hale promised a bridge".
//!
//! In: the facts of mentions, and the clusters so far. Out: the clusters with such pronouns,
//! and which these are: nobody looks for their antecedents any more.

use std::collections::{BTreeSet, HashMap};

use super::Problem;
use super::facts::{Animacy, Facts};
use super::partition::Partition;
use crate::analyse::syntax::Definiteness;
use crate::text::{Deprel, MentionKind, NameKind, Pronoun, TokenId, Upos};

/// How deep a pronoun may stand in what opens its sentence.
const DEEPEST: usize = 12;

/// Joins each such pronoun with the subject that follows.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition) -> BTreeSet<usize> {
    let mut by_head: HashMap<TokenId, usize> = HashMap::new();
    for (i, facts) in problem.facts.iter().enumerate() {
        by_head.insert(facts.head, i);
    }
    let mut settled = BTreeSet::new();
    for (i, facts) in problem.facts.iter().enumerate() {
        let subject = subject_behind(problem, facts).and_then(|subject| by_head.get(&subject));
        let Some(&subject) = subject else { continue };
        if is_meant(facts, &problem.facts[subject])
            && !is_named_before(problem, i)
            && partition.try_join(subject, i)
        {
            settled.insert(i);
        }
    }
    settled
}

/// The subject of the clause that a possessive pronoun's phrase opens.
fn subject_behind(problem: &Problem<'_>, pronoun: &Facts<'_>) -> Option<TokenId> {
    let tree = problem.parsed.tree;
    let owner = tree.is(pronoun.head, Deprel::NmodPoss);
    let known = matches!(pronoun.pronoun, Some(Pronoun::He | Pronoun::She | Pronoun::It));
    let mut at = Some(pronoun.head).filter(|_| owner && known)?;
    for _ in 0..DEEPEST {
        let above = tree.head(at)?;
        let opens = matches!(tree.deprel(at).main(), Deprel::Obl | Deprel::Advcl) && at < above;
        let subject = tree.child(above, Deprel::Nsubj).filter(|&s| opens && s > pronoun.head);
        if subject.is_some() {
            return subject.filter(|_| is_first(problem, pronoun, at));
        }
        at = above;
    }
    None
}

/// Whether nothing but the phrase stands before a pronoun in its sentence.
fn is_first(problem: &Problem<'_>, pronoun: &Facts<'_>, phrase: TokenId) -> bool {
    let (parsed, tree) = (problem.parsed, problem.parsed.tree);
    let Some(sentence) = parsed.sentences.get(pronoun.sentence) else { return false };
    let light = |t: TokenId| matches!(parsed.tag(t).upos, Upos::Punct | Upos::Cconj | Upos::Adv);
    let inside = |t: TokenId| t == phrase || tree.dominates(phrase, t);
    sentence.tokens.start.until(pronoun.head).iter().all(|t| light(t) || inside(t))
}

/// Whether a subject is a name, or a description that is known.
fn is_meant(pronoun: &Facts<'_>, subject: &Facts<'_>) -> bool {
    let known = subject.definiteness == Definiteness::Definite;
    let is_bare = known && subject.owner.is_none();
    let described = subject.kind == MentionKind::Nominal && is_bare && subject.entity.is_some();
    let kind = match pronoun.pronoun {
        Some(Pronoun::It) => subject.animacy == Animacy::Body,
        _ => subject.entity == Some(NameKind::Person),
    };
    kind && (subject.is_name() || described)
        && subject.plural != Some(true)
        && subject.quotation == pronoun.quotation
}

/// Whether somebody or something of a name stands before a pronoun in its sentence.
fn is_named_before(problem: &Problem<'_>, pronoun: usize) -> bool {
    let sentence = problem.facts[pronoun].sentence;
    let before = problem.facts[..pronoun].iter().rev();
    let mut same = before.take_while(|facts| facts.sentence == sentence);
    same.any(Facts::is_name)
}
