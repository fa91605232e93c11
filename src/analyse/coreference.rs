//! Coreference clusters: the mentions of one and the same thing.
//!
//! In: mentions, and the layers they were found in. Out: the mentions with
//! their clusters. Sieves from the surest to the least sure, each building on the
//! clusters of those before (Raghunathan et al. 2010, "A Multi-Pass Sieve for
//! Coreference Resolution", EMNLP): names, reflexive pronouns, appositions and relative
//! pronouns, speakers, what bodies say of themselves, of whom something is said, who goes on
//! behind a quotation, pronouns before the one they mean, who goes on speaking; then
//! descriptions and pronouns, whose antecedents are chosen by learned weights; at last
//! subjects and owners that nothing was found for, and descriptions that are still without a
//! name, where one only can be meant.

mod binding;
mod bodies;
mod cataphora;
mod constructions;
mod epithets;
mod facts;
mod features;
mod going_on;
mod known;
mod lead_ins;
mod names;
mod nominals;
mod own_words;
mod owned;
mod partition;
mod pronouns;
mod proper;
mod quoted;
mod ranking;
mod said_of;
mod salience;
mod search;
mod speakers;
mod subjects;
mod turns;

use std::collections::BTreeMap;

use super::antecedents::{Chooser, Ranker};
use super::reference::{Parsed, ReferenceLexicon};
use crate::text::{Cluster, ClusterId, Mention, MentionId, MentionKind, NameKind};

use facts::Facts;
use partition::Partition;

/// Joins mentions that refer to one thing. The mentions keep their order and
/// get the number of their cluster; clusters are in order of their first mentions.
pub fn clusters(
    parsed: &Parsed<'_>,
    lexicon: &ReferenceLexicon,
    mentions: Vec<Mention>,
) -> (Vec<Mention>, Vec<Cluster>) {
    let mut ranker = Ranker::new(&lexicon.antecedents, mentions.len());
    clusters_by(parsed, lexicon, mentions, &mut ranker)
}

/// The same, with antecedents that somebody else chooses.
pub fn clusters_by(
    parsed: &Parsed<'_>,
    lexicon: &ReferenceLexicon,
    mentions: Vec<Mention>,
    chooser: &mut impl Chooser,
) -> (Vec<Mention>, Vec<Cluster>) {
    let facts: Vec<Facts<'_>> =
        mentions.iter().map(|mention| Facts::of(parsed, lexicon, mention)).collect();
    let mut partition = Partition::new(&facts);
    let problem = Problem { parsed, lexicon, facts: &facts };
    names::link(&problem, &mut partition);
    proper::link(&problem, &mut partition);
    let mut settled = binding::link(&problem, &mut partition);
    constructions::link(&problem, &mut partition);
    speakers::link(&problem, &mut partition);
    own_words::link(&problem, &mut partition);
    nominals::link(&problem, &mut partition);
    quoted::keep_apart(&problem, &mut partition);
    settled.extend(said_of::link(&problem, &mut partition));
    settled.extend(lead_ins::link(&problem, &mut partition));
    settled.extend(cataphora::link(&problem, &mut partition));
    settled.extend(turns::link(&problem, &mut partition));
    settled.extend(own_words::speaking(&problem, &mut partition));
    ranking::link(&problem, &mut partition, &settled, chooser);
    going_on::link(&problem, &mut partition);
    owned::link(&problem, &mut partition);
    epithets::link(&problem, &mut partition);
    drop(facts);
    let (mut kept, mut roots) = (Vec::with_capacity(mentions.len()), Vec::new());
    for (i, mention) in mentions.into_iter().enumerate() {
        // A clause that nothing takes up is no mention.
        if mention.kind != MentionKind::Clause || partition.nature(i).size > 1 {
            roots.push(partition.find(i));
            kept.push(mention);
        }
    }
    let clusters = number(&mut kept, &roots);
    (kept, clusters)
}

/// What every sieve looks at.
struct Problem<'a> {
    parsed: &'a Parsed<'a>,
    lexicon: &'a ReferenceLexicon,
    facts: &'a [Facts<'a>],
}

/// Numbers the clusters in order of their first mentions; `roots` says which mentions are
/// in one.
fn number(mentions: &mut [Mention], roots: &[usize]) -> Vec<Cluster> {
    let mut numbers: BTreeMap<usize, ClusterId> = BTreeMap::new();
    let mut clusters: Vec<Cluster> = Vec::new();
    for (i, (mention, &root)) in mentions.iter_mut().zip(roots).enumerate() {
        let next = ClusterId::from_index(clusters.len());
        let cluster = *numbers.entry(root).or_insert(next);
        if cluster == next {
            clusters.push(Cluster { mentions: Vec::new(), kind: None });
        }
        mention.cluster = cluster;
        if let Some(cluster) = clusters.get_mut(cluster.index()) {
            cluster.mentions.push(MentionId::from_index(i));
        }
    }
    for cluster in &mut clusters {
        cluster.kind = kind(mentions, &cluster.mentions);
    }
    clusters
}

/// The kind most of the names agree on, else most of the descriptions; the
/// first mention's where they are even.
fn kind(mentions: &[Mention], members: &[MentionId]) -> Option<NameKind> {
    let vote = |wanted: MentionKind| {
        let mut votes: Vec<(NameKind, usize)> = Vec::new();
        let members = members.iter().filter_map(|&m| mentions.get(m.index()));
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
