//! The ways to read a claim as a relation between two things.

use crate::extract::{Argument, ArgumentKind, Claim};
use crate::text::{Document, Upos};

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
    for other in others {
        let joint = other.preposition.to_lowercase();
        let noun = claim.object.as_ref().map(|o| format!(" {}", lemma(document, o)));
        let words = format!("{words}{} {joint}", noun.unwrap_or_default());
        all.push(Reading { words, subject, object: &other.argument });
    }
    if let Some(object) = object {
        all.push(Reading { words, subject, object });
    }
    all.extend(passive(document, claim, &lemmas));
    all.sort_by_key(|r| std::cmp::Reverse(r.words.split(' ').count()));
    all
}

/// *Y is bought by X* as *X buys Y*; where *by X* is no object, among the
/// qualifiers.
fn passive<'a>(document: &Document, claim: &'a Claim, lemmas: &[&str]) -> Option<Reading<'a>> {
    let ["be", verb @ ..] = lemmas else { return None };
    let is_verb = matches!(document.tag(claim.relation.head).upos, Upos::Verb | Upos::Noun);
    let by_agent = claim.qualifiers.iter().find(|q| q.preposition == "by").map(|q| &q.argument);
    let (verb, agent) = match verb {
        [verb @ .., "by"] => (verb, claim.object.as_ref()),
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
