//! The ways to read a claim as a relation between two things.

use crate::extract::{Argument, ArgumentKind, Claim};
use crate::text::{Document, FunctionWord, Upos};

/// A claim as words between two arguments.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading<'a> {
    /// Lemmas with single spaces: `return to`, `impose sanction on`.
    pub(super) words: String,
    pub(super) subject: &'a Argument,
    pub(super) object: &'a Argument,
}

/// The readings of a claim, those of more words first. A passive is read from
/// its agent.
pub(super) fn readings<'a>(document: &Document, claim: &'a Claim) -> Vec<Reading<'a>> {
    let mut all = Vec::new();
    let lemmas: Vec<&str> =
        claim.relation.lemmas.iter().map(compact_str::CompactString::as_str).collect();
    let words = lemmas.join(" ");
    let subject = &claim.subject;
    let object = claim.object.as_ref().filter(|o| is_thing(o));
    let others = claim.qualifiers.iter().filter(|q| is_thing(&q.argument));
    let without_joint = without_joint(document, claim);
    for other in others {
        let joint = other.preposition.to_lowercase();
        let words = format!("{without_joint} {joint}");
        all.push(Reading { words, subject, object: &other.argument });
    }
    if let Some(object) = object {
        all.push(Reading { words, subject, object });
    }
    all.extend(passive(document, claim, &lemmas));
    all.sort_by_key(|r| std::cmp::Reverse(r.words.split(' ').count()));
    all
}

/// What a qualifier is joined to: the relation with its object, "impose sanction"; where
/// the relation joins its own object with a preposition ("return to"), without both.
fn without_joint(document: &Document, claim: &Claim) -> String {
    let own = claim.relation.lemmas.len() - claim.joint(document).len();
    let object = claim.object.as_ref().filter(|_| own == claim.relation.lemmas.len());
    let lemmas = claim.relation.lemmas.iter().take(own).map(ToString::to_string);
    let words: Vec<String> = lemmas.chain(object.map(|o| lemma(document, o))).collect();
    words.join(" ")
}

/// *Y is bought by X* as *X buys Y*; where *by X* is no object, among the
/// qualifiers.
fn passive<'a>(document: &Document, claim: &'a Claim, lemmas: &[&str]) -> Option<Reading<'a>> {
    let (be, verb) = lemmas.split_first()?;
    if !document.words.is(be, FunctionWord::Be) {
        return None;
    }
    let is_verb = matches!(document.tag(claim.relation.head).upos, Upos::Verb | Upos::Noun);
    let words = &document.words;
    let mut by = claim.qualifiers.iter().filter(|q| words.is(&q.preposition, FunctionWord::By));
    let by_agent = by.next().map(|q| &q.argument);
    let (verb, agent) = match verb {
        [verb @ .., by] if words.is(by, FunctionWord::By) => (verb, claim.object.as_ref()),
        verb => (verb, by_agent),
    };
    let subject = agent.filter(|a| is_verb && is_thing(a))?;
    (!verb.is_empty() && is_thing(&claim.subject)).then(|| Reading {
        words: verb.join(" "),
        subject,
        object: &claim.subject,
    })
}

fn is_thing(argument: &Argument) -> bool {
    argument.kind == ArgumentKind::Entity
}

fn lemma(document: &Document, argument: &Argument) -> String {
    document.lemma(argument.head).to_lowercase()
}
