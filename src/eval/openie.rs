//! Open information extraction: tuples against those of CaRB and BenchIE.
//!
//! In: the contents of a gold file, and tuples made of claims (`tuples`). Out:
//! scores as the sets' own scorers give them: CaRB's lenient token match with
//! multiple matches for recall and single ones for precision (Bhardwaj, Aggarwal
//! and Mausam 2019, section 3), BenchIE's exact match of any member of a cluster
//! (Gashteovski et al. 2022, section 3).

mod benchie;
mod carb;
mod tuples;

pub use benchie::{BenchieGold, read_benchie, score_benchie};
pub use carb::{CarbGold, CarbPoint, CarbScore, read_carb, score_carb};
pub use tuples::{binary_tuples, tuples};

/// A tuple of a relation and its arguments, as space-separated words.
#[derive(Clone, Debug, PartialEq)]
pub struct Tuple {
    /// The words of the relation.
    pub relation: String,
    /// The words of each argument, the subject first.
    pub arguments: Vec<String>,
    /// How far it is trusted, 0 to 1.
    pub confidence: f32,
}

/// A broken line of a gold file.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("line {line}: {problem}")]
pub struct OpenieError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: &'static str,
}
