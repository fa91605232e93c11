//! Pairs of sentences of two articles: do they claim the same?
//!
//! In: the lines of a table of pairs, and for each what the program makes of it. Out:
//! how often that is right, by label. The table that ships with the tests is our own
//! prose.

use std::collections::BTreeMap;
use std::fmt;

use super::Score;
use crate::stories::Relation;
use crate::text::table::{Table, TableError};

/// The relations, as the table names them.
const LABELS: [(&str, Relation); 4] = [
    ("same", Relation::Same),
    ("entails", Relation::Entails),
    ("contradicts", Relation::Contradicts),
    ("unrelated", Relation::Unrelated),
];

/// Two sentences, and how what they mainly claim stands to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// What names it.
    pub id: String,
    /// How people see it.
    pub relation: Relation,
    /// The first sentence; it says more where it entails the second.
    pub first: String,
    /// The second.
    pub second: String,
    /// `dev` or `test`.
    pub split: String,
}

/// Reads a table with the columns `id`, `label`, `first`, `second` and `split`.
///
/// # Errors
/// The first mistake in the file.
pub fn read_pairs(file: &str, text: &str) -> Result<Vec<Pair>, TableError> {
    let table = Table::read(file, text)?;
    let relation =
        |label: &str| LABELS.iter().find(|(name, _)| *name == label).map(|(_, relation)| *relation);
    let mut pairs = Vec::new();
    for row in table.rows() {
        pairs.push(Pair {
            id: row.text("id").to_owned(),
            relation: row.parse("label", relation)?,
            first: row.text("first").to_owned(),
            second: row.text("second").to_owned(),
            split: row.text("split").to_owned(),
        });
    }
    Ok(pairs)
}

/// Scores by relation.
#[derive(Clone, Debug, Default)]
pub struct PairsReport {
    scores: BTreeMap<Relation, Score>,
    /// How often each relation was taken for each.
    counts: BTreeMap<(Relation, Relation), usize>,
}

impl PairsReport {
    /// Adds what was found for a pair.
    pub fn add(&mut self, gold: Relation, found: Relation) {
        *self.counts.entry((gold, found)).or_default() += 1;
        for (_, relation) in LABELS {
            let score = self.scores.entry(relation).or_default();
            score.gold += usize::from(gold == relation);
            score.found += usize::from(found == relation);
            score.right += usize::from(gold == relation && found == relation);
        }
    }

    /// The scores of one relation.
    pub fn of(&self, relation: Relation) -> Score {
        self.scores.get(&relation).copied().unwrap_or_default()
    }

    /// The mean of the relations' F1.
    pub fn macro_f1(&self) -> f64 {
        LABELS.iter().map(|(_, relation)| self.of(*relation).f1()).sum::<f64>() / 4.0
    }
}

impl fmt::Display for PairsReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (label, relation) in LABELS {
            writeln!(f, "{label:<12} {}", self.of(relation))?;
        }
        writeln!(f, "macro F1     {:.3}", self.macro_f1())?;
        for (label, gold) in LABELS {
            let row = LABELS.map(|(_, found)| {
                self.counts.get(&(gold, found)).copied().unwrap_or_default().to_string()
            });
            writeln!(
                f,
                "{label:<12} taken for same, entails, contradicts, unrelated: {}",
                row.join(", ")
            )?;
        }
        Ok(())
    }
}
