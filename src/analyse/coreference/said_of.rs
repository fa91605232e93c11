//! Of whom something is said: “*He* is honest,” Ada Brook said of *Ben Hale*.
//!
//! In: the facts of mentions, and who speaks each quotation. Out: the clusters with the first
//! *he* or *she* of each quotation that is said of a person, and which these are.

use std::collections::{BTreeSet, HashMap};

use super::Problem;
use super::facts::Animacy;
use super::partition::Partition;
use super::speakers::speakers;
use crate::analyse::syntax::is;
use crate::text::{Deprel, FunctionWord, Pronoun, TokenId};

/// Joins *he* or *she* in a quotation with the person of whom it is said.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition) -> BTreeSet<usize> {
    let by_head: HashMap<TokenId, usize> =
        problem.facts.iter().enumerate().map(|(i, f)| (f.head, i)).collect();
    let mut settled = BTreeSet::new();
    for (quotation, speaker) in speakers(problem) {
        let topic = topic(problem, problem.facts[speaker].head);
        let Some(&topic) = topic.and_then(|topic| by_head.get(&topic)) else { continue };
        let Some(pronoun) = first_pronoun(problem, quotation) else { continue };
        let nature = partition.nature(topic);
        let is_person = nature.animacy == Animacy::Person && nature.plural != Some(true);
        if is_person && partition.try_join(topic, pronoun) {
            settled.insert(pronoun);
        }
    }
    settled
}

/// The noun of which a verb says something, by the verb's subject.
fn topic(problem: &Problem<'_>, speaker: TokenId) -> Option<TokenId> {
    let (parsed, tree) = (problem.parsed, problem.parsed.tree);
    let verb = tree.head(speaker).filter(|&verb| problem.lexicon.is_saying(parsed.lemma(verb)))?;
    let is_of = |&word: &TokenId| {
        tree.children_by(word, Deprel::Case).any(|case| is(parsed, case, FunctionWord::Of))
    };
    tree.children_by(verb, Deprel::Obl).find(is_of)
}

/// The first *he* or *she* of a quotation, where it names nobody before.
fn first_pronoun(problem: &Problem<'_>, quotation: usize) -> Option<usize> {
    let span = problem.parsed.quotations.get(quotation)?.span;
    let first = problem.facts.partition_point(|facts| facts.span.start < span.start);
    let inside = problem.facts[first..].iter().take_while(|facts| facts.span.end <= span.end);
    let mut persons = inside.enumerate().filter(|(_, facts)| {
        let is_one = facts.pronoun.is_some_and(Pronoun::is_he_or_she);
        is_one || !facts.is_pronoun() && facts.animacy == Animacy::Person
    });
    persons.next().filter(|(_, facts)| facts.is_pronoun()).map(|(at, _)| first + at)
}
