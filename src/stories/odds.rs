//! How likely two claims say the same, by their signs.
//!
//! In: the table beside this file, which `training/claims` wrote, and the [`Signs`] of two
//! claims. Out: a probability. Each sign counts by its weight; the sum is the logarithm of
//! the odds.

use std::sync::LazyLock;

use super::signs::Signs;
use crate::text::table::Table;

/// The row of the table that is no sign.
const PRIOR: &str = "prior";

/// The weights of a logistic regression.
pub(super) struct Odds {
    /// What there is without any sign.
    prior: f32,
    /// In the order of [`Signs::NAMES`].
    weights: [f32; Signs::NAMES.len()],
}

impl Odds {
    /// Those that ship in the program.
    pub(super) fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Odds> = LazyLock::new(|| {
            Odds::new(&Table::shipped("same-claim.tsv", include_str!("same-claim.tsv")))
        });
        &SHIPPED
    }

    fn new(table: &Table) -> Self {
        let mut odds = Self { prior: 0.0, weights: [0.0; _] };
        for row in table.rows() {
            let (name, weight) = (row.text("sign"), row.text("weight"));
            let weight = weight.parse().expect("a test reads the shipped weights");
            if name == PRIOR {
                odds.prior = weight;
            } else {
                let sign = Signs::NAMES.iter().position(|sign| *sign == name);
                odds.weights[sign.expect("a test looks up the shipped signs")] = weight;
            }
        }
        odds
    }

    /// How likely two claims with these signs say the same.
    pub(super) fn probability(&self, signs: &Signs) -> f32 {
        let values = signs.values();
        let sum: f32 = values.iter().zip(&self.weights).map(|(value, weight)| value * weight).sum();
        1.0 / (1.0 + (-(self.prior + sum)).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sign_has_a_weight() {
        let odds = Odds::shipped();
        for (name, weight) in Signs::NAMES.iter().zip(odds.weights) {
            assert!(weight.is_finite() && weight != 0.0, "{name}");
        }
        assert!(odds.prior < 0.0, "most pairs do not say the same");
    }

    #[test]
    fn signs_count_by_their_weights() {
        let text = "sign: text\tweight: text\nprior\t-1\nrelation\t2\nanchor\t-0.5\n";
        let odds = Odds::new(&Table::shipped("weights.tsv", text));
        let signs = |relation, anchor| Signs { anchor, relation, ..Signs::default() };
        let check = |signs: &Signs, wanted: f32| {
            assert!((odds.probability(signs) - wanted).abs() < 1e-3, "{signs:?}");
        };
        check(&signs(0.5, 0.0), 0.5);
        check(&signs(1.0, 0.0), 0.731);
        check(&signs(1.0, 1.0), 0.622);
    }
}
