//! Third-person pronouns: the most salient mention that agrees with them.

use super::Problem;
use super::facts::{Animacy, Facts, Role};
use super::partition::{Nature, Partition};
use super::speakers::speakers;
use crate::analyse::syntax::{Definiteness, Pronoun};
use crate::text::{Deprel, MentionKind, TokenId, Tree};

/// How many sentences back an antecedent is looked for.
const REACH: usize = 3;
/// How many mentions back.
const CANDIDATES: usize = 48;
/// How many infinitives may hang in each other.
const DEEPEST: usize = 8;

/// Joins each pronoun with the best of the mentions before it.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition) {
    let speakers = speakers(problem);
    for (i, facts) in problem.facts.iter().enumerate() {
        if !facts.is_pronoun() || !is_third_person(&facts.word) {
            continue;
        }
        let own = partition.nature(i);
        let others = co_arguments(problem, i);
        let mut best: Option<(i32, usize)> = None;
        for j in (i.saturating_sub(CANDIDATES)..i).rev() {
            let Some(candidate) = problem.facts.get(j) else { continue };
            if facts.sentence - candidate.sentence > REACH {
                break;
            }
            let nature = partition.nature(j);
            let speaks = facts.quotation.and_then(|q| speakers.get(&q));
            if speaks.is_some_and(|&s| partition.same(s, j))
                || others.iter().any(|&other| partition.same(other, j))
                || !can_be(problem, facts, own, candidate, nature)
            {
                continue;
            }
            let score = salience(problem, facts, candidate, nature);
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, j));
            }
        }
        let least = LEAST.get(class(&facts.word)).copied().unwrap_or(0);
        if let Some((_, j)) = best.filter(|&(score, _)| score >= least) {
            partition.join(j, i);
        }
    }
}

fn is_third_person(word: &str) -> bool {
    Pronoun::of(word).is_some_and(Pronoun::is_third_person)
}

/// Whether agreement and syntax allow a candidate.
fn can_be(
    problem: &Problem<'_>,
    pronoun: &Facts<'_>,
    own: Nature,
    candidate: &Facts<'_>,
    nature: Nature,
) -> bool {
    if candidate.is_pronoun() && !is_third_person(&candidate.word) && nature.size < 2 {
        return false;
    }
    agrees(pronoun, own, nature)
        && !pronoun.span.overlaps(candidate.span)
        && !(is_done(problem, pronoun) && candidate.is_name())
        && !is_inside(problem, pronoun, candidate)
}

fn agrees(pronoun: &Facts<'_>, own: Nature, nature: Nature) -> bool {
    let gender = own.gender.is_none() || nature.gender.is_none() || own.gender == nature.gender;
    let kind = match Pronoun::of(&pronoun.word) {
        Some(Pronoun::He | Pronoun::She) => {
            matches!(nature.animacy, Animacy::Person | Animacy::Unknown)
                && nature.plural != Some(true)
        }
        Some(Pronoun::It) => nature.animacy != Animacy::Person && nature.plural != Some(true),
        _ => nature.plural != Some(false) || matches!(nature.animacy, Animacy::Body),
    };
    gender && kind
}

/// The mentions before a pronoun that are arguments of its verb too: unless it is
/// reflexive, it is none of these (*Smith saw him*, *Smith wants to see him*).
fn co_arguments(problem: &Problem<'_>, pronoun: usize) -> Vec<usize> {
    let tree = problem.parsed.tree;
    let argument = |f: &Facts<'_>| matches!(f.role, Role::Subject | Role::Object | Role::Oblique);
    let reflexive = |f: &Facts<'_>| f.word.ends_with("self") || f.word.ends_with("selves");
    let facts = problem.facts.get(pronoun).filter(|f| argument(f) && !reflexive(f));
    let Some((facts, verb)) = facts.and_then(|f| Some((f, tree.head(f.head)?))) else {
        return Vec::new();
    };
    let controller = controller(tree, verb);
    let shares = |other: &Facts<'_>| {
        controller == Some(other.head) || argument(other) && tree.head(other.head) == Some(verb)
    };
    let near = (pronoun.saturating_sub(CANDIDATES)..pronoun).rev();
    near.filter(|&j| {
        problem.facts.get(j).is_some_and(|other| other.sentence == facts.sentence && shares(other))
    })
    .collect()
}

/// Who does what an infinitive without a subject says: the object of the verb
/// above, or else its subject.
fn controller(tree: &Tree, verb: TokenId) -> Option<TokenId> {
    let mut at = verb;
    for _ in 0..DEEPEST {
        if tree.has(at, Deprel::Nsubj) || !tree.is(at, Deprel::Xcomp) {
            break;
        }
        at = tree.head(at)?;
        if let Some(object) = tree.child(at, Deprel::Obj).filter(|&o| o < verb) {
            return Some(object);
        }
    }
    tree.child(at, Deprel::Nsubj).filter(|_| at != verb)
}

/// *It* of *do it* is something that happens.
fn is_done(problem: &Problem<'_>, pronoun: &Facts<'_>) -> bool {
    let verb = problem.parsed.tree.head(pronoun.head).filter(|_| pronoun.role == Role::Object);
    pronoun.word == "it" && verb.is_some_and(|verb| problem.parsed.lemma(verb) == "do")
}

/// A pronoun within a phrase is not what the phrase is: *his brother*.
fn is_inside(problem: &Problem<'_>, pronoun: &Facts<'_>, candidate: &Facts<'_>) -> bool {
    let tree = problem.parsed.tree;
    // A relative clause may speak of its head: "a man who lost his job".
    let path = tree.ancestors(pronoun.head).take(12);
    let mut below = pronoun.head;
    for token in path {
        if token == candidate.head {
            return !tree.is(below, Deprel::Acl)
                && !tree.is(below, Deprel::Appos)
                && !tree.is(below, Deprel::Conj);
        }
        below = token;
    }
    false
}

/// What speaks for or against a candidate.
const FEATURES: usize = 20;

/// What each feature is worth, in the order of [`features`]; found by
/// coordinate ascent on OntoGUM's training documents (the freely licensed ones).
const WEIGHTS: [i32; FEATURES] =
    [-100, 80, 90, 90, 30, 20, -55, 0, 95, 6, 100, 190, -50, 10, -5, 10, 70, 10, -25, 100];

/// What a candidate must be worth: for *he* and *she*, *it*, *they*.
const LEAST: [i32; 3] = [-130, -20, -80];

/// How much a candidate stands out (after Lappin and Leass 1994, "An Algorithm
/// for Pronominal Anaphora Resolution", Computational Linguistics 20(4)).
fn salience(
    problem: &Problem<'_>,
    pronoun: &Facts<'_>,
    candidate: &Facts<'_>,
    nature: Nature,
) -> i32 {
    let features = features(problem, pronoun, candidate, nature);
    features.iter().zip(WEIGHTS).map(|(feature, weight)| feature * weight).sum()
}

fn features(
    problem: &Problem<'_>,
    pronoun: &Facts<'_>,
    candidate: &Facts<'_>,
    nature: Nature,
) -> [i32; FEATURES] {
    let role = |role| i32::from(candidate.role == role);
    let tree = problem.parsed.tree;
    let verb = tree.head(pronoun.head).filter(|_| pronoun.role == Role::Subject);
    let speaks = verb.is_some_and(|v| problem.lexicon.is_saying(problem.parsed.lemma(v)));
    let person = nature.animacy == Animacy::Person;
    let plural = pronoun.plural == Some(true);
    let main = tree.head(candidate.head).is_some_and(|v| tree.head(v).is_none());
    let described = candidate.kind == MentionKind::Nominal;
    let open = matches!(candidate.definiteness, Definiteness::Indefinite | Definiteness::Bare);
    [
        (pronoun.sentence - candidate.sentence) as i32,
        role(Role::Subject),
        role(Role::Object),
        role(Role::Possessor),
        role(Role::Oblique),
        i32::from(candidate.role == pronoun.role),
        i32::from(candidate.is_pronoun()),
        i32::from(candidate.is_name()),
        i32::from(candidate.is_pronoun() && candidate.word == pronoun.word),
        nature.size.min(6) as i32,
        i32::from(nature.animacy != Animacy::Unknown),
        i32::from(pronoun.gender.is_some() && nature.gender == pronoun.gender),
        i32::from(candidate.quotation == pronoun.quotation),
        i32::from(in_clause_of(problem, pronoun, candidate)),
        ((pronoun.head - candidate.head).min(60) / 10) as i32,
        i32::from(plural && person),
        i32::from(speaks && (person || nature.animacy == Animacy::Body)),
        i32::from(candidate.role == Role::Subject && main),
        i32::from(described && open),
        i32::from(plural && nature.plural == Some(true)),
    ]
}

/// Which of the least values a pronoun has to reach.
fn class(word: &str) -> usize {
    match word {
        "it" | "its" | "itself" => 1,
        "they" | "them" | "their" | "theirs" | "themselves" => 2,
        _ => 0,
    }
}

/// Whether the candidate is an argument of a verb above the pronoun's.
fn in_clause_of(problem: &Problem<'_>, pronoun: &Facts<'_>, candidate: &Facts<'_>) -> bool {
    let tree = problem.parsed.tree;
    let verb = tree.head(candidate.head);
    verb.is_some() && tree.ancestors(pronoun.head).take(8).any(|t| Some(t) == verb)
}
