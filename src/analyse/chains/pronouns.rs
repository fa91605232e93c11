//! Third-person pronouns: the most salient mention that agrees with them.

use super::Problem;
use super::clusters::{Clusters, Nature};
use super::facts::{Animacy, Facts, Role};
use super::speakers::speakers;
use crate::text::MentionKind;

/// How many sentences back an antecedent is looked for.
const REACH: usize = 3;
/// How many mentions back.
const CANDIDATES: usize = 48;

/// Joins each pronoun with the best of the mentions before it.
pub(super) fn link(problem: &Problem<'_>, clusters: &mut Clusters) {
    let speakers = speakers(problem);
    for (i, facts) in problem.facts.iter().enumerate() {
        if !facts.is_pronoun() || !is_third_person(&facts.word) {
            continue;
        }
        let own = clusters.nature(i);
        let mut best: Option<(i32, usize)> = None;
        for j in (i.saturating_sub(CANDIDATES)..i).rev() {
            let Some(candidate) = problem.facts.get(j) else { continue };
            if facts.sentence - candidate.sentence > REACH {
                break;
            }
            let nature = clusters.nature(j);
            let speaks = facts.quotation.and_then(|q| speakers.get(&q));
            if speaks.is_some_and(|&s| clusters.same(s, j))
                || !can_be(problem, facts, own, candidate, nature)
            {
                continue;
            }
            let score = salience(problem, facts, candidate, nature);
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, j));
            }
        }
        if let Some((_, j)) = best {
            clusters.join(j, i);
        }
    }
}

fn is_third_person(word: &str) -> bool {
    matches!(
        word,
        "he" | "him"
            | "his"
            | "himself"
            | "she"
            | "her"
            | "hers"
            | "herself"
            | "it"
            | "its"
            | "itself"
            | "they"
            | "them"
            | "their"
            | "theirs"
            | "themselves"
    )
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
        && !is_co_argument(problem, pronoun, candidate)
        && !is_inside(problem, pronoun, candidate)
}

fn agrees(pronoun: &Facts<'_>, own: Nature, nature: Nature) -> bool {
    let gender = own.gender.is_none() || nature.gender.is_none() || own.gender == nature.gender;
    let kind = match &*pronoun.word {
        "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => {
            matches!(nature.animacy, Animacy::Person | Animacy::Unknown)
                && nature.plural != Some(true)
        }
        "it" | "its" | "itself" => nature.animacy != Animacy::Person && nature.plural != Some(true),
        _ => nature.plural != Some(false) || matches!(nature.animacy, Animacy::Body),
    };
    gender && kind
}

/// A pronoun that is not reflexive is not what another argument of its own verb
/// is: *Smith saw him*.
fn is_co_argument(problem: &Problem<'_>, pronoun: &Facts<'_>, candidate: &Facts<'_>) -> bool {
    let tree = problem.parsed.tree;
    if pronoun.word.ends_with("self") || pronoun.word.ends_with("selves") {
        return false;
    }
    let argument = |f: &Facts<'_>| matches!(f.role, Role::Subject | Role::Object | Role::Oblique);
    argument(pronoun) && argument(candidate) && tree.head(pronoun.head) == tree.head(candidate.head)
}

/// A pronoun within a phrase is not what the phrase is: *his brother*.
fn is_inside(problem: &Problem<'_>, pronoun: &Facts<'_>, candidate: &Facts<'_>) -> bool {
    let tree = problem.parsed.tree;
    // A relative clause may speak of its head: "a man who lost his job".
    let path = tree.ancestors(pronoun.head).take(12);
    let mut below = pronoun.head;
    for token in path {
        if token == candidate.head {
            return !tree.is(below, "acl") && !tree.is(below, "appos") && !tree.is(below, "conj");
        }
        below = token;
    }
    false
}

/// How much a candidate stands out (after Lappin and Leass 1994, "An Algorithm
/// for Pronominal Anaphora Resolution", Computational Linguistics 20(4)).
fn salience(
    problem: &Problem<'_>,
    pronoun: &Facts<'_>,
    candidate: &Facts<'_>,
    nature: Nature,
) -> i32 {
    let sentences = (pronoun.sentence - candidate.sentence) as i32;
    let role = match candidate.role {
        Role::Subject => 80,
        Role::Object => 50,
        Role::Possessor => 40,
        Role::Oblique => 30,
        Role::Other => 15,
    };
    let parallel = if candidate.role == pronoun.role { 20 } else { 0 };
    let kind = match candidate.kind {
        MentionKind::Pronoun => 25,
        MentionKind::Name => 20,
        MentionKind::Nominal => 0,
    };
    let same_word =
        if candidate.is_pronoun() && candidate.gender == pronoun.gender { 15 } else { 0 };
    let frequent = (nature.size.min(6) * 6) as i32;
    let known = i32::from(nature.animacy != Animacy::Unknown) * 10;
    let agrees = if pronoun.gender.is_some() && nature.gender == pronoun.gender { 30 } else { 0 };
    let same_voice = if candidate.quotation == pronoun.quotation { 10 } else { 0 };
    let distance = (pronoun.head - candidate.head).min(60) as i32;
    let clause = i32::from(in_clause_of(problem, pronoun, candidate)) * 10;
    role + parallel + kind + same_word + frequent + known + agrees + same_voice + clause
        - 60 * sentences
        - distance / 2
}

/// Whether the candidate is an argument of a verb above the pronoun's.
fn in_clause_of(problem: &Problem<'_>, pronoun: &Facts<'_>, candidate: &Facts<'_>) -> bool {
    let tree = problem.parsed.tree;
    let verb = tree.head(candidate.head);
    verb.is_some() && tree.ancestors(pronoun.head).take(8).any(|t| Some(t) == verb)
}
