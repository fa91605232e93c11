//! What a pronoun cannot mean, by agreement and syntax.

use super::Problem;
use super::facts::{Animacy, Facts, Role};
use super::partition::Nature;
use crate::analyse::syntax::{Definiteness, is};
use crate::text::{Deprel, FunctionWord, MentionKind, NameKind, Pronoun, TokenId};

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
        && !is_predicate(problem, candidate)
        && !(nature.animacy == Animacy::Thing && says(problem, pronoun))
        && !is_inside(problem, pronoun, candidate)
        && !is_in_aside(problem, pronoun, candidate)
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

/// The names that stand below what a pronoun is an argument of: it is none of these (*he
/// thinks Smith will stay*; “*Smith will stay*,” *he said*; *the mills will close, they
/// said*).
pub(super) fn below(problem: &Problem<'_>, pronoun: usize) -> Vec<usize> {
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
        let is_first = is_told_of(problem, other, facts, verb);
        is_first
            || other.is_name()
                && other.sentence == facts.sentence
                && (other.head > facts.head || is_said)
                && is_governed(problem, other.head, verb, is_said)
    };
    near.filter(|&j| j != pronoun && problem.facts.get(j).is_some_and(is_below)).collect()
}

/// Whether a description, but of persons, is the subject of what is told before it is said
/// who tells it: *the mills will close, they said*; but *the miners urged calm: it was too
/// late, they said*.
fn is_told_of(
    problem: &Problem<'_>,
    other: &Facts<'_>,
    pronoun: &Facts<'_>,
    says: TokenId,
) -> bool {
    let (parsed, tree) = (problem.parsed, problem.parsed.tree);
    let told = tree.head(other.head).filter(|_| other.role == Role::Subject);
    let is_told = told.is_some_and(|told| {
        let is_content = tree.is(told, Deprel::Ccomp) && tree.head(told) == Some(says);
        let is_beside = tree.is(says, Deprel::Parataxis) && tree.head(says) == Some(told);
        (is_content || is_beside) && !tree.has(told, Deprel::Mark)
    });
    is_told
        && pronoun.role == Role::Subject
        && other.kind == MentionKind::Nominal
        && other.entity != Some(NameKind::Person)
        && other.head < pronoun.head
        && other.quotation == pronoun.quotation
        && problem.lexicon.is_saying(parsed.lemma(says))
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
            Some(noun) if is_told(problem, clause, noun) => return tree.head(noun) == Some(verb),
            above => {
                let is_complement =
                    tree.is(clause, Deprel::Ccomp) || is_said && tree.is(clause, Deprel::Parataxis);
                return is_complement && above == Some(verb);
            }
        }
    }
    false
}

/// Whether a clause tells what the object of a verb is: repeated *the claim that Roe lied*.
fn is_told(problem: &Problem<'_>, clause: TokenId, noun: TokenId) -> bool {
    let tree = problem.parsed.tree;
    let is_clause = tree.is(clause, Deprel::Acl) && !tree.is(clause, Deprel::AclRelcl);
    is_clause && tree.has(clause, Deprel::Mark) && tree.is(noun, Deprel::Obj)
}

/// Whether a description only says what something is: *a lawyer* of *Roe is a lawyer*.
fn is_predicate(problem: &Problem<'_>, facts: &Facts<'_>) -> bool {
    facts.kind == MentionKind::Nominal
        && facts.definiteness > Definiteness::SuchA
        && problem.parsed.tree.has(facts.head, Deprel::Cop)
}

/// Whether a pronoun for several is the subject of a verb of saying with what is said.
fn says(problem: &Problem<'_>, pronoun: &Facts<'_>) -> bool {
    let tree = problem.parsed.tree;
    let verb = tree.head(pronoun.head).filter(|_| pronoun.role == Role::Subject);
    pronoun.pronoun == Some(Pronoun::They)
        && verb.is_some_and(|verb| {
            let said = tree.is(verb, Deprel::Parataxis)
                || tree.has_any(verb, &[Deprel::Ccomp, Deprel::Parataxis]);
            said && problem.lexicon.is_saying(problem.parsed.lemma(verb))
        })
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

/// Whether a candidate only helps to tell who the subject above a pronoun is: *Moss* of "Roe,
/// an aide to *Moss*, said that *he* would stay".
fn is_in_aside(problem: &Problem<'_>, pronoun: &Facts<'_>, candidate: &Facts<'_>) -> bool {
    let tree = problem.parsed.tree;
    if candidate.sentence != pronoun.sentence || !pronoun.pronoun.is_some_and(Pronoun::is_he_or_she)
    {
        return false;
    }
    let aside = tree.ancestors(candidate.head).take(DEEPEST).find(|&t| tree.is(t, Deprel::Appos));
    let Some(subject) = aside.and_then(|aside| tree.head(aside)) else { return false };
    let verb = tree.head_by(subject, Deprel::Nsubj);
    let is_above = verb.is_some_and(|verb| {
        subject < pronoun.head
            && tree.dominates(verb, pronoun.head)
            && !tree.dominates(subject, pronoun.head)
    });
    let agrees = |subject: &Facts<'_>| {
        let gender = subject.gender.is_none() || subject.gender == pronoun.gender;
        subject.entity == Some(NameKind::Person) && subject.plural != Some(true) && gender
    };
    let first = problem.facts.partition_point(|facts| facts.sentence < pronoun.sentence);
    let here = problem.facts.get(first..).unwrap_or(&[]).iter();
    let mut here = here.take_while(|facts| facts.sentence == pronoun.sentence);
    is_above && here.find(|facts| facts.head == subject).is_some_and(agrees)
}

/// Whether *they* may stand for something: several, hardly a body that is one by its form.
/// Other pronouns tell nothing of that.
pub(super) fn agrees_in_number(pronoun: &Facts<'_>, other: Nature) -> bool {
    other.plural == Some(true) || pronoun.pronoun != Some(Pronoun::They)
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
