//! What a pronoun cannot mean, by agreement and syntax.

use super::Problem;
use super::facts::{Animacy, Facts, Role};
use super::partition::Nature;
use crate::analyse::syntax::{is, is_infinitive};
use crate::text::{Deprel, FunctionWord, NameKind, Pronoun, Tag, TokenId};

/// How many mentions before a pronoun may be arguments of its verb.
const NEAR: usize = 48;
/// How many infinitives may hang in each other.
const DEEPEST: usize = 8;

fn is_third_person(facts: &Facts<'_>) -> bool {
    facts.pronoun.is_some_and(Pronoun::is_third_person)
}

/// Whether a pronoun may take up what a clause tells: *this*, *that*.
fn is_demonstrative(pronoun: &Facts<'_>) -> bool {
    pronoun.pronoun == Some(Pronoun::This)
}

/// Whether agreement and syntax allow a candidate.
pub(super) fn can_be(
    problem: &Problem<'_>,
    pronoun: &Facts<'_>,
    own: Nature,
    candidate: &Facts<'_>,
    nature: Nature,
) -> bool {
    let is_other_person = candidate.is_pronoun() && !is_third_person(candidate);
    let is_he_or_she = pronoun.pronoun.is_some_and(Pronoun::is_he_or_she);
    if is_other_person && (nature.size < 2 || is_he_or_she && nature.name.is_none()) {
        return false;
    }
    // *The New York Democrat* is no name of a man, though he may be one.
    let is_group = candidate.is_name() && candidate.entity == Some(NameKind::Group);
    if is_he_or_she && is_group {
        return false;
    }
    agrees(pronoun, own, nature)
        && (!candidate.is_clause() || is_demonstrative(pronoun))
        && !pronoun.span.overlaps(candidate.span)
        && !(is_done(problem, pronoun) && candidate.is_name())
        && !is_inside(problem, pronoun, candidate)
}

fn agrees(pronoun: &Facts<'_>, own: Nature, nature: Nature) -> bool {
    let gender = own.gender.is_none() || nature.gender.is_none() || own.gender == nature.gender;
    let kind = match pronoun.pronoun {
        Some(Pronoun::He | Pronoun::She) => {
            matches!(nature.animacy, Animacy::Person | Animacy::Unknown)
                && nature.plural != Some(true)
        }
        Some(Pronoun::It | Pronoun::This) => is_thing(nature),
        None if own.plural == Some(false) => is_thing(nature),
        _ => nature.plural != Some(false) || matches!(nature.animacy, Animacy::Body),
    };
    gender && kind
}

/// Whether something may be one thing.
fn is_thing(nature: Nature) -> bool {
    nature.animacy != Animacy::Person && nature.plural != Some(true)
}

/// The mentions before a pronoun that are arguments of its verb too: unless it is
/// reflexive, it is none of these (*Smith saw him*, *Smith wants to see him*).
pub(super) fn co_arguments(problem: &Problem<'_>, pronoun: usize) -> Vec<usize> {
    let tree = problem.parsed.tree;
    let argument = |f: &Facts<'_>| matches!(f.role, Role::Subject | Role::Object | Role::Oblique);
    let words = problem.parsed.words;
    let reflexive = |f: &Facts<'_>| words.is(&f.word, FunctionWord::Reflexive);
    let facts = problem.facts.get(pronoun).filter(|f| argument(f) && !reflexive(f));
    let Some((facts, verb)) = facts.and_then(|f| Some((f, tree.head(f.head)?))) else {
        return Vec::new();
    };
    let controller = controller(problem, verb);
    let shares = |other: &Facts<'_>| {
        controller == Some(other.head) || argument(other) && tree.head(other.head) == Some(verb)
    };
    let near = (pronoun.saturating_sub(NEAR)..pronoun).rev();
    near.filter(|&j| {
        problem.facts.get(j).is_some_and(|other| other.sentence == facts.sentence && shares(other))
    })
    .collect()
}

/// Who does what a verb without a subject says: of an infinitive the object of the verb
/// above, or else its subject; of what is done *to* an end, or *after doing* it, its
/// subject.
fn controller(problem: &Problem<'_>, verb: TokenId) -> Option<TokenId> {
    let tree = problem.parsed.tree;
    let mut at = verb;
    for _ in 0..DEEPEST {
        // What a bare participle tells may be done by all that happens: "…, making it dear".
        let is_after_doing = is_participle(problem.parsed.tag(at)) && tree.has(at, Deprel::Mark);
        let is_without_tense = is_infinitive(problem.parsed, at) || is_after_doing;
        let end = tree.is(at, Deprel::Advcl) && is_without_tense;
        if tree.has(at, Deprel::Nsubj) || !(end || tree.is(at, Deprel::Xcomp)) {
            break;
        }
        at = tree.head(at)?;
        if let Some(object) = tree.child(at, Deprel::Obj).filter(|&o| o < verb && !end) {
            return Some(object);
        }
    }
    tree.child(at, Deprel::Nsubj).filter(|_| at != verb)
}

fn is_participle(tag: &Tag) -> bool {
    matches!(&*tag.xpos, "VBG" | "VBN")
}

/// The names that stand below what a pronoun is an argument of: it is none of these (*he
/// thinks Smith will stay*; “*Smith will stay*,” *he said*).
pub(super) fn names_below(problem: &Problem<'_>, pronoun: usize) -> Vec<usize> {
    let Some(facts) = problem.facts.get(pronoun) else { return Vec::new() };
    let is_reflexive = problem.parsed.words.is(&facts.word, FunctionWord::Reflexive);
    let verb = match facts.role {
        Role::Subject | Role::Object if !is_reflexive => problem.parsed.tree.head(facts.head),
        _ => None,
    };
    let Some(verb) = verb else { return Vec::new() };
    let near = pronoun.saturating_sub(NEAR)..(pronoun + NEAR).min(problem.facts.len());
    let is_below = |other: &Facts<'_>| {
        // What stands before the pronoun only counts where it is what somebody says.
        let is_said = other.quotation.is_some() && facts.quotation.is_none();
        other.is_name()
            && other.sentence == facts.sentence
            && (other.head > facts.head || is_said)
            && is_governed(problem, other.head, verb, is_said)
    };
    near.filter(|&j| j != pronoun && problem.facts.get(j).is_some_and(is_below)).collect()
}

/// Whether a word is an argument of the clause that is the complement of a verb. Names that
/// stand deeper are often repeated for clarity.
fn is_governed(problem: &Problem<'_>, word: TokenId, verb: TokenId, is_said: bool) -> bool {
    let tree = problem.parsed.tree;
    let is_argument = matches!(
        tree.deprel(word).main(),
        Deprel::Nsubj | Deprel::Obj | Deprel::Iobj | Deprel::Obl
    );
    let Some(mut clause) = tree.head(word).filter(|_| is_argument) else { return false };
    for _ in 0..DEEPEST {
        match tree.head(clause) {
            Some(above) if tree.is(clause, Deprel::Xcomp) => clause = above,
            above => {
                let is_complement =
                    tree.is(clause, Deprel::Ccomp) || is_said && tree.is(clause, Deprel::Parataxis);
                return is_complement && above == Some(verb);
            }
        }
    }
    false
}

/// *It* of *do it* is something that happens.
fn is_done(problem: &Problem<'_>, pronoun: &Facts<'_>) -> bool {
    let verb = problem.parsed.tree.head(pronoun.head).filter(|_| pronoun.role == Role::Object);
    problem.parsed.words.is(&pronoun.word, FunctionWord::It)
        && verb.is_some_and(|verb| is(problem.parsed, verb, FunctionWord::Do))
}

/// A pronoun within a phrase is not what the phrase is: *his brother*.
pub(super) fn is_inside(problem: &Problem<'_>, pronoun: &Facts<'_>, candidate: &Facts<'_>) -> bool {
    let tree = problem.parsed.tree;
    // A relative clause may speak of its head: "a man who lost his job".
    let path = tree.ancestors(pronoun.head).take(12);
    let mut below = pronoun.head;
    for token in path {
        if token == candidate.head {
            let is_relative = tree.is(below, Deprel::Acl);
            return !(is_relative && !is_argument(problem, pronoun, below)
                || tree.is(below, Deprel::Appos)
                || tree.is(below, Deprel::Conj));
        }
        below = token;
    }
    false
}

/// Whether a pronoun is an argument of the verb of a clause that tells of a noun: it is not
/// that noun, which has a place there of its own ("the talks *they* had"), but where that is
/// a time or a place.
fn is_argument(problem: &Problem<'_>, pronoun: &Facts<'_>, verb: TokenId) -> bool {
    let tree = problem.parsed.tree;
    let is_adverb = |&word: &TokenId| &*problem.parsed.tag(word).xpos == "WRB";
    pronoun.is_pronoun()
        && tree.head(pronoun.head) == Some(verb)
        && matches!(pronoun.role, Role::Subject | Role::Object | Role::Oblique)
        && !problem.parsed.words.is(&pronoun.word, FunctionWord::Reflexive)
        && !tree.children(verb).iter().any(is_adverb)
}
