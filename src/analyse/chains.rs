//! Chains: the mentions of one and the same thing.
//!
//! In: mentions, and the layers they were found in. Out: the mentions with
//! their chains. Sieves from the surest to the least sure, each building on the
//! clusters of those before (Raghunathan et al. 2010, "A Multi-Pass Sieve for
//! Coreference Resolution", EMNLP): names, appositions and relative pronouns,
//! speakers, repeated descriptions, pronouns.

mod clusters;
mod constructions;
mod facts;
mod names;
mod nominals;
mod pronouns;
mod speakers;

use std::collections::BTreeMap;

use super::reference::{Parsed, ReferenceLexicon};
use crate::text::{Chain, ChainId, Mention, MentionId, MentionKind, NameKind};

use clusters::Clusters;
use facts::Facts;

/// Joins mentions that refer to one thing. The mentions keep their order and
/// get the number of their chain; chains are in order of their first mentions.
pub fn chains(
    parsed: &Parsed<'_>,
    lexicon: &ReferenceLexicon,
    mut mentions: Vec<Mention>,
) -> (Vec<Mention>, Vec<Chain>) {
    let facts: Vec<Facts<'_>> =
        mentions.iter().map(|mention| Facts::of(parsed, lexicon, mention)).collect();
    let mut clusters = Clusters::new(&facts);
    let problem = Problem { parsed, lexicon, facts: &facts };
    names::link(&problem, &mut clusters);
    constructions::link(&problem, &mut clusters);
    speakers::link(&problem, &mut clusters);
    nominals::link(&problem, &mut clusters);
    pronouns::link(&problem, &mut clusters);
    let chains = number(&mut mentions, &mut clusters);
    (mentions, chains)
}

/// What every sieve looks at.
struct Problem<'a> {
    parsed: &'a Parsed<'a>,
    lexicon: &'a ReferenceLexicon,
    facts: &'a [Facts<'a>],
}

/// Numbers the clusters in order of their first mentions.
fn number(mentions: &mut [Mention], clusters: &mut Clusters) -> Vec<Chain> {
    let mut numbers: BTreeMap<usize, ChainId> = BTreeMap::new();
    let mut chains: Vec<Chain> = Vec::new();
    for (i, mention) in mentions.iter_mut().enumerate() {
        let next = chains.len() as ChainId;
        let chain = *numbers.entry(clusters.find(i)).or_insert(next);
        if chain == next {
            chains.push(Chain { mentions: Vec::new(), kind: None });
        }
        mention.chain = chain;
        if let Some(chain) = chains.get_mut(chain as usize) {
            chain.mentions.push(i as MentionId);
        }
    }
    for chain in &mut chains {
        chain.kind = kind(mentions, &chain.mentions);
    }
    chains
}

/// The kind most of the names agree on, else most of the descriptions; the
/// first mention's where they are even.
fn kind(mentions: &[Mention], members: &[MentionId]) -> Option<NameKind> {
    let vote = |wanted: MentionKind| {
        let mut votes: Vec<(NameKind, usize)> = Vec::new();
        let members = members.iter().filter_map(|&m| mentions.get(m as usize));
        for kind in members.filter(|m| m.kind == wanted).filter_map(|m| m.entity) {
            match votes.iter_mut().find(|(k, _)| *k == kind) {
                Some((_, count)) => *count += 1,
                None => votes.push((kind, 1)),
            }
        }
        // The last of equals wins in `max_by_key`; the first should.
        votes.into_iter().rev().max_by_key(|&(_, count)| count).map(|(kind, _)| kind)
    };
    vote(MentionKind::Name)
        .or_else(|| vote(MentionKind::Nominal))
        .or_else(|| vote(MentionKind::Pronoun))
}

#[cfg(test)]
mod tests;
