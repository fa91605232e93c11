//! Precision, recall and F1 from counts.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::AddAssign;

/// Counts of right, found and gold things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Found and gold.
    pub right: usize,
    /// Found at all.
    pub found: usize,
    /// That there are.
    pub gold: usize,
}

impl Score {
    /// The counts of two sets.
    pub fn of_sets<T: Ord>(gold: &BTreeSet<T>, found: &BTreeSet<T>) -> Self {
        let right = gold.intersection(found).count();
        Self { right, found: found.len(), gold: gold.len() }
    }

    /// The share of the found that is right; 1 where nothing was found.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.found)
    }

    /// The share of the gold that was found; 1 where there is none.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.gold)
    }

    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, self.found + self.gold)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (p, r, f1) = (self.precision(), self.recall(), self.f1());
        write!(f, "P {p:.3}  R {r:.3}  F1 {f1:.3}  ({}/{}/{})", self.right, self.found, self.gold)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(right: usize, found: usize, gold: usize, expected: &str) {
        let score = Score { right, found, gold };
        assert_eq!(score.to_string(), expected);
    }

    #[test]
    fn scores() {
        check(1, 2, 4, "P 0.500  R 0.250  F1 0.333  (1/2/4)");
        check(0, 0, 4, "P 1.000  R 0.000  F1 0.000  (0/0/4)");
        check(0, 0, 0, "P 1.000  R 1.000  F1 1.000  (0/0/0)");
    }
}
