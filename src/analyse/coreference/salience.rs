//! How present what a candidate means is: which of the clusters was mentioned last,
//! which most, who has just spoken.
//!
//! In: the candidates of one mention, the nearest first, and the clusters so far.
//! Out: [`Salience`], one a candidate.

use super::Problem;
use super::partition::Partition;
use crate::text::NameKind;

/// How present a candidate is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Salience {
    /// How many other clusters have a candidate nearer.
    pub(super) nearer: usize,
    /// Whether it is the nearest candidate of its cluster.
    pub(super) is_latest: bool,
    /// Whether no candidate's cluster has more mentions.
    pub(super) is_largest: bool,
    /// Whether others' clusters have as many.
    pub(super) is_even: bool,
    /// The sentence of the first mention of its cluster.
    pub(super) first: usize,
    /// What the longest name of its cluster is a name of.
    pub(super) entity: Option<NameKind>,
    /// Whether it is who spoke last; none where nobody did.
    pub(super) speaks: Option<bool>,
}

/// The salience of each candidate; `speaker` is a mention of who spoke last.
pub(super) fn of_candidates(
    problem: &Problem<'_>,
    partition: &mut Partition,
    candidates: &[usize],
    speaker: Option<usize>,
) -> Vec<Salience> {
    let speaker = speaker.map(|speaker| partition.find(speaker));
    let mut clusters: Vec<(usize, u32)> = Vec::new();
    let mut places = Vec::with_capacity(candidates.len());
    for &candidate in candidates {
        let root = partition.find(candidate);
        let known = clusters.iter().position(|&(cluster, _)| cluster == root);
        places.push((known.unwrap_or(clusters.len()), known.is_none()));
        if known.is_none() {
            clusters.push((root, partition.nature(root).size));
        }
    }
    let largest = clusters.iter().map(|&(_, size)| size).max().unwrap_or(0);
    let is_even = clusters.iter().filter(|&&(_, size)| size == largest).count() > 1;
    let mut salience = Vec::with_capacity(candidates.len());
    for (nearer, is_latest) in places {
        let Some(&(root, size)) = clusters.get(nearer) else { continue };
        let facts = |mention: usize| problem.facts.get(mention);
        salience.push(Salience {
            nearer,
            is_latest,
            is_largest: size == largest,
            is_even,
            first: facts(root).map_or(0, |f| f.sentence),
            entity: partition.nature(root).name.and_then(facts).and_then(|f| f.entity),
            speaks: speaker.map(|speaker| speaker == root),
        });
    }
    salience
}
