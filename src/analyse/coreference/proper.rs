//! Acronyms that no list or model takes for names: *DH* and *DH*.
//!
//! In: the facts of mentions, and the clusters of names. Out: the clusters with such words
//! that are written alike.

use std::collections::HashMap;

use super::Problem;
use super::facts::Facts;
use super::partition::Partition;
use crate::analyse::name_words::is_acronym;
use crate::analyse::syntax::Definiteness;
use crate::text::{MentionKind, TokenId, Upos};

/// Joins phrases of the same words whose head is an acronym, and names of those words.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition) {
    let mut last: HashMap<Vec<&str>, usize> = HashMap::new();
    for (i, facts) in problem.facts.iter().enumerate() {
        if !(facts.is_name() || is_proper(problem, facts)) || facts.is_some_of {
            continue;
        }
        let words = words(problem, facts);
        if let Some(&before) = last.get(&words)
            && !(facts.is_name() && problem.facts[before].is_name())
        {
            partition.try_join(before, i);
        }
        last.insert(words, i);
    }
}

/// Whether a description is an acronym, and no one of several.
fn is_proper(problem: &Problem<'_>, facts: &Facts<'_>) -> bool {
    let form = problem.parsed.form(facts.head);
    let is_one = matches!(facts.definiteness, Definiteness::Bare | Definiteness::Definite);
    facts.kind == MentionKind::Nominal
        && facts.is_proper
        && facts.owner.is_none()
        && is_one
        && form.len() > 1
        && is_acronym(form)
}

/// The words of a phrase without its determiner.
fn words<'a>(problem: &Problem<'a>, facts: &Facts<'_>) -> Vec<&'a str> {
    let parsed = problem.parsed;
    let first = parsed.tokens.partition_point(|t| t.span.start < facts.span.start);
    let last = parsed.tokens.partition_point(|t| t.span.end <= facts.span.end);
    let all = TokenId::from_index(first).until(TokenId::from_index(last));
    let counts = |&word: &TokenId| !matches!(parsed.tag(word).upos, Upos::Det | Upos::Punct);
    all.iter().filter(counts).map(|word| parsed.form(word)).collect()
}
