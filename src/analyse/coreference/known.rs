//! What all mentions of each cluster together tell of who or what it is.
//!
//! In: the facts of mentions, and the clusters so far. Out: [`Known`].

use std::collections::HashMap;

use super::Problem;
use super::facts::Facts;
use super::nominals;
use super::partition::Partition;
use crate::analyse::description_words::{BodySort, BodySorts};
use crate::analyse::syntax::{Definiteness, is};
use crate::text::{Deprel, FunctionWord, MentionKind, Sort, TokenId};

/// What is told of one cluster.
#[derive(Clone, Debug, Default)]
pub(super) struct Known<'a> {
    /// The titles of a person, and what else one who bears them is called.
    pub(super) titles: Vec<&'a str>,
    /// The parties of a person.
    pub(super) parties: Vec<&'a str>,
    /// The sorts that the names of a body tell.
    pub(super) sorts: BodySorts,
    /// Whether a description brings it in as something new: *a young lawyer*.
    pub(super) is_brought_in: bool,
    /// Whether a description tells what it is of: *the group of miners*.
    pub(super) is_of_something: bool,
}

/// What is told of each cluster, by its first mention.
pub(super) struct Told<'a> {
    clusters: HashMap<usize, Known<'a>>,
    /// The clusters of those who bear a title.
    bearers: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Told<'a> {
    pub(super) fn of(problem: &'a Problem<'_>, partition: &mut Partition) -> Self {
        let mut clusters: HashMap<usize, Known<'a>> = HashMap::new();
        let mut bearers: HashMap<&'a str, Vec<usize>> = HashMap::new();
        for (i, facts) in problem.facts.iter().enumerate() {
            let root = partition.find(i);
            let known = clusters.entry(root).or_default();
            match facts.kind {
                MentionKind::Name => {
                    for title in nominals::titles(problem, facts) {
                        known.titles.push(title);
                        bearers.entry(title).or_default().push(root);
                    }
                    known.parties.extend(party(problem, facts));
                    known.parties.extend(tagged_party(problem, facts));
                    known.sorts = known.sorts.with(sorts(problem, facts));
                }
                MentionKind::Nominal => {
                    known.parties.extend(party(problem, facts));
                    known.is_brought_in |= facts.definiteness > Definiteness::SuchA;
                    known.is_of_something |= is_of_something(problem, facts.head);
                }
                MentionKind::Pronoun | MentionKind::Clause => {}
            }
        }
        Self { clusters, bearers }
    }

    /// What is told of the cluster with this first mention.
    pub(super) fn known(&self, root: usize) -> Option<&Known<'a>> {
        self.clusters.get(&root)
    }

    /// Whether somebody bears a title, but not this one.
    pub(super) fn is_of_others(&self, title: &str, root: usize) -> bool {
        self.bearers.get(title).is_some_and(|bearers| !bearers.contains(&root))
    }
}

/// Whether a noun has what it is of behind it.
fn is_of_something(problem: &Problem<'_>, noun: TokenId) -> bool {
    let (parsed, tree) = (problem.parsed, problem.parsed.tree);
    let mut parts = tree.children_by(noun, Deprel::Nmod).filter(|&part| part > noun);
    parts.any(|part| tree.children_by(part, Deprel::Case).any(|c| is(parsed, c, FunctionWord::Of)))
}

/// The party that the words of a mention tell.
pub(super) fn party<'a>(problem: &'a Problem<'_>, facts: &Facts<'_>) -> Option<&'a str> {
    let words = &problem.lexicon.descriptions;
    let mut all = facts.modifiers.iter().chain([&facts.word]);
    all.find_map(|word| words.party(word))
}

/// The party that a tag behind a name tells: *Roe (R-Tex.)*, *Roe, D-Ohio*.
fn tagged_party<'a>(problem: &'a Problem<'_>, facts: &Facts<'_>) -> Option<&'a str> {
    let parsed = problem.parsed;
    let behind = parsed.tokens.partition_point(|t| t.span.start < facts.span.end);
    let behind = TokenId::from_index(behind);
    let opens = parsed.word(behind).is_some_and(|mark| matches!(mark, "(" | ","));
    let tag = parsed.word(behind + 1)?;
    let is_tag = tag.contains('-') || parsed.word(behind + 2) == Some("-");
    let letter = tag.split('-').next().filter(|letter| opens && is_tag && letter.len() == 1)?;
    problem.lexicon.descriptions.party(letter)
}

/// The sorts of bodies that a name tells, or that are known of it.
pub(super) fn sorts(problem: &Problem<'_>, facts: &Facts<'_>) -> BodySorts {
    let words = &problem.lexicon.descriptions;
    let told = facts.name.iter().fold(BodySorts::default(), |all, w| all.with(words.of_name(w)));
    let sort = problem.parsed.name(facts.head).and_then(|name| name.sort);
    let known: &[BodySort] = match sort {
        Some(Sort::Media) if told.is_empty() => &[BodySort::Newspaper, BodySort::Broadcaster],
        Some(Sort::Government) if told.is_empty() => &[BodySort::Agency, BodySort::Other],
        Some(Sort::Company) => &[BodySort::Company],
        Some(Sort::Party) if told.is_empty() => &[BodySort::Party],
        _ => &[],
    };
    told.with(BodySorts::of(known))
}
