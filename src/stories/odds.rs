//! How likely two claims say the same, by their signs.
//!
//! In: the table beside this file, which `training/claims` wrote, and the [`Signs`] of two
//! claims. Out: a probability. Each sign counts by its weight; the sum is the logarithm of
//! the odds.

use std::sync::LazyLock;

use super::signs::Signs;
use crate::text::table::Table;

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
            let weight = row.text("weight").parse().expect("a column of numbers");
            match Signs::NAMES.iter().position(|name| *name == row.text("sign")) {
                Some(sign) => odds.weights[sign] = weight,
                None => odds.prior = weight,
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
