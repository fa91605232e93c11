//! The three measures.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::AddAssign;

use super::assignment::best_assignment;

/// A precision and a recall as sums of shares.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fraction {
    /// Of precision: what was right, of how much.
    pub precision: (f64, f64),
    /// Of recall.
    pub recall: (f64, f64),
}

impl Fraction {
    /// The harmonic mean of precision and recall; 0 where either is.
    pub fn f1(&self) -> f64 {
        let share = |(right, all): (f64, f64)| if all == 0.0 { 0.0 } else { right / all };
        let (p, r) = (share(self.precision), share(self.recall));
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

impl AddAssign for Fraction {
    fn add_assign(&mut self, other: Self) {
        self.precision.0 += other.precision.0;
        self.precision.1 += other.precision.1;
        self.recall.0 += other.recall.0;
        self.recall.1 += other.recall.1;
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |(right, all): (f64, f64)| if all == 0.0 { 0.0 } else { right / all };
        let (p, r) = (share(self.precision), share(self.recall));
        write!(f, "P {p:.3}  R {r:.3}  F1 {:.3}", self.f1())
    }
}

/// What the clusters of documents scored.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Links.
    pub muc: Fraction,
    /// Mentions.
    pub b3: Fraction,
    /// Entities.
    pub ceaf_e: Fraction,
    /// Whether a mention is in any cluster.
    pub mentions: Fraction,
}

impl Scores {
    /// The mean of the three F1, the figure that shared tasks rank by.
    pub fn mean(&self) -> f64 {
        (self.muc.f1() + self.b3.f1() + self.ceaf_e.f1()) / 3.0
    }
}

impl AddAssign for Scores {
    fn add_assign(&mut self, other: Self) {
        self.muc += other.muc;
        self.b3 += other.b3;
        self.ceaf_e += other.ceaf_e;
        self.mentions += other.mentions;
    }
}

/// Clusters of mentions, of whatever kind these are.
type Clusters<M> = [BTreeSet<M>];

/// Scores the clusters of one document.
pub(in crate::eval) fn score<M: Ord>(gold: &Clusters<M>, found: &Clusters<M>) -> Scores {
    Scores {
        muc: Fraction { precision: links(found, gold), recall: links(gold, found) },
        b3: Fraction { precision: shares(found, gold), recall: shares(gold, found) },
        ceaf_e: ceaf_e(gold, found),
        mentions: Fraction { precision: covered(found, gold), recall: covered(gold, found) },
    }
}

/// Which cluster each mention is in.
fn index<M: Ord>(clusters: &Clusters<M>) -> BTreeMap<&M, usize> {
    clusters.iter().enumerate().flat_map(|(i, c)| c.iter().map(move |m| (m, i))).collect()
}

/// Links of one side that the other keeps: mentions less the parts that the
/// other side cuts the cluster into.
fn links<M: Ord>(clusters: &Clusters<M>, other: &Clusters<M>) -> (f64, f64) {
    let other = index(other);
    let mut sum = (0.0, 0.0);
    for cluster in clusters {
        let parts: BTreeSet<usize> = cluster.iter().filter_map(|m| other.get(m).copied()).collect();
        let alone = cluster.iter().filter(|m| !other.contains_key(m)).count();
        sum.0 += (cluster.len() - parts.len() - alone) as f64;
        sum.1 += (cluster.len() - 1) as f64;
    }
    sum
}

/// For each mention the share of its cluster that the other side's cluster holds.
fn shares<M: Ord>(clusters: &Clusters<M>, other: &Clusters<M>) -> (f64, f64) {
    let at = index(other);
    let mut sum = (0.0, 0.0);
    for cluster in clusters {
        for mention in cluster {
            let theirs = at.get(mention).and_then(|&i| other.get(i));
            let common = theirs.map_or(0, |theirs| cluster.intersection(theirs).count());
            sum.0 += common as f64 / cluster.len() as f64;
            sum.1 += 1.0;
        }
    }
    sum
}

/// Clusters matched one to one, so that the sum of their similarities is greatest.
fn ceaf_e<M: Ord>(gold: &Clusters<M>, found: &Clusters<M>) -> Fraction {
    let similarity = |a: &BTreeSet<M>, b: &BTreeSet<M>| {
        2.0 * a.intersection(b).count() as f64 / (a.len() + b.len()) as f64
    };
    let table: Vec<Vec<f64>> =
        gold.iter().map(|a| found.iter().map(|b| similarity(a, b)).collect()).collect();
    let total = best_assignment(&table);
    Fraction { precision: (total, found.len() as f64), recall: (total, gold.len() as f64) }
}

fn covered<M: Ord>(clusters: &Clusters<M>, other: &Clusters<M>) -> (f64, f64) {
    let other = index(other);
    let all: Vec<&M> = clusters.iter().flatten().collect();
    (all.iter().filter(|m| other.contains_key(*m)).count() as f64, all.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TokenId;

    fn clusters(text: &str) -> Vec<BTreeSet<TokenId>> {
        let cluster =
            |c: &str| c.chars().filter_map(|c| c.to_digit(36).map(TokenId::new)).collect();
        text.split_whitespace().map(cluster).collect()
    }

    fn check(gold: &str, found: &str, expected: [&str; 3]) {
        let scores = score(&clusters(gold), &clusters(found));
        let shown = [scores.muc, scores.b3, scores.ceaf_e].map(|f| f.to_string());
        assert_eq!(shown, expected);
    }

    /// The worked example of Luo 2005, figure 1: systems (b) and (c).
    #[test]
    fn published_examples() {
        check(
            "12345 67 89abc",
            "12345 6789abc",
            [
                "P 0.900  R 1.000  F1 0.947",
                "P 0.762  R 1.000  F1 0.865",
                "P 0.917  R 0.611  F1 0.733",
            ],
        );
        check(
            "12345 67 89abc",
            "1234589abc 67",
            [
                "P 0.900  R 1.000  F1 0.947",
                "P 0.583  R 1.000  F1 0.737",
                "P 0.833  R 0.556  F1 0.667",
            ],
        );
    }

    #[test]
    fn all_and_nothing() {
        check("12 34", "12 34", ["P 1.000  R 1.000  F1 1.000"; 3]);
        check("12 34", "", ["P 0.000  R 0.000  F1 0.000"; 3]);
    }
}
