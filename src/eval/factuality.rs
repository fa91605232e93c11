//! Event factuality: did it happen, according to the text?
//!
//! In: the lines of a UDS It-Happened file (Rudinger, White and Van Durme 2018,
//! Neural models of factuality) and documents of the same sentences. Out: how often
//! polarity and modality agree with people on the sign, where people were certain,
//! and how much of what did not or may not have happened was found. People's
//! labels go from -3 (certainly did not happen) to 3 (certainly did).

use serde::Deserialize;

use super::Score;
use crate::extract::{Factuality, Modality, Polarity};
use crate::text::{Document, TokenId};

/// From which label on people were certain.
pub const CERTAIN: f64 = 2.0;

/// One sentence with its labelled predicates.
#[derive(Clone, Debug, Deserialize)]
pub struct FactualityGold {
    /// Its words with spaces between.
    pub text: String,
    /// The predicates.
    pub targets: Vec<Target>,
}

/// A labelled predicate.
#[derive(Clone, Debug, Deserialize)]
pub struct Target {
    /// Its words in the sentence, half open.
    #[serde(rename = "span1")]
    pub words: [usize; 2],
    /// From -3 to 3.
    pub label: f64,
}

/// Reads the lines; `Err` is the number of a broken one and why.
pub fn read_factuality(text: &str) -> Result<Vec<FactualityGold>, (usize, serde_json::Error)> {
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    lines.map(|(i, line)| serde_json::from_str(line).map_err(|e| (i + 1, e))).collect()
}

/// The word of a document that stands where a target stands in its sentence,
/// counted in characters other than white space from `start` bytes on.
pub fn target_token(
    gold: &FactualityGold,
    target: &Target,
    document: &Document,
    start: u32,
) -> Option<TokenId> {
    let words = gold.text.split(' ').take(target.words[0]);
    let before: usize = words.map(solid).sum();
    let text = document.article.text.get(start as usize..)?;
    let mut seen = 0;
    let at = text.char_indices().find(|(_, c)| {
        let here = !c.is_whitespace() && seen == before;
        seen += usize::from(!c.is_whitespace());
        here
    });
    let byte = start + at?.0 as u32;
    let token = document.tokens.partition_point(|t| t.span.end <= byte);
    document.tokens.get(token).filter(|t| t.span.start <= byte).map(|_| TokenId::from_index(token))
}

fn solid(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Whether what holds like this is said to have happened.
pub fn happened(factuality: Factuality) -> bool {
    factuality.polarity == Polarity::Positive && factuality.modality == Modality::Actual
}

/// How sure it is, by the words around it, that it happened: 3 certainly, -3
/// certainly not, 0 where they leave it open.
pub fn degree(factuality: Factuality) -> f64 {
    let strength = match factuality.modality {
        Modality::Actual => 3.0,
        Modality::Future => 1.0,
        Modality::Planned | Modality::Possible | Modality::Obliged => 0.5,
        Modality::Wanted | Modality::Conditional | Modality::Asked => 0.0,
        Modality::Hypothetical => -1.0,
    };
    match factuality.polarity {
        Polarity::Positive => strength,
        Polarity::Negative => -strength.abs(),
    }
}

/// Sums over pairs of labels and degrees.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Correlation {
    pairs: f64,
    differences: f64,
    labels: [f64; 2],
    degrees: [f64; 2],
    products: f64,
}

impl Correlation {
    fn add(&mut self, label: f64, degree: f64) {
        self.pairs += 1.0;
        self.differences += (label - degree).abs();
        self.labels = [self.labels[0] + label, self.labels[1] + label * label];
        self.degrees = [self.degrees[0] + degree, self.degrees[1] + degree * degree];
        self.products += label * degree;
    }

    /// The mean absolute error; 0 of nothing.
    pub fn mean_error(&self) -> f64 {
        self.differences / self.pairs.max(1.0)
    }

    /// Pearson's r; 0 where either side does not vary.
    pub fn pearson(&self) -> f64 {
        let n = self.pairs;
        let spread = |[sum, squares]: [f64; 2]| (n * squares - sum * sum).max(0.0).sqrt();
        let both = spread(self.labels) * spread(self.degrees);
        let together = n * self.products - self.labels[0] * self.degrees[0];
        if both > 0.0 { together / both } else { 0.0 }
    }
}

/// Counts over predicates.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FactualityScore {
    /// Agreement of sign where people were certain.
    pub certain: Score,
    /// What people say did not or may not have happened.
    pub negative: Score,
    /// The same where people were certain.
    pub certain_negative: Score,
    /// Labels against degrees, as the set's own papers score them.
    pub degrees: Correlation,
    /// How many predicates there are, and how many were found among the words.
    pub aligned: Score,
}

impl FactualityScore {
    /// Counts one predicate; none where no word stands in its place.
    pub fn add(&mut self, label: f64, factuality: Option<Factuality>) {
        self.aligned.gold += 1;
        let Some(factuality) = factuality else { return };
        let happened = happened(factuality);
        self.aligned.right += 1;
        self.degrees.add(label, degree(factuality));
        let right = happened == (label > 0.0);
        let certain = label.abs() >= CERTAIN;
        if certain {
            self.certain += Score { right: usize::from(right), found: 1, gold: 1 };
        }
        let negative = Score {
            right: usize::from(label < 0.0 && !happened),
            found: usize::from(!happened),
            gold: usize::from(label < 0.0),
        };
        self.negative += negative;
        if certain {
            self.certain_negative += negative;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(labels: &[(f64, bool)], certain: (usize, usize), negative: (usize, usize)) {
        let mut score = FactualityScore::default();
        for &(label, happened) in labels {
            let polarity = if happened { Polarity::Positive } else { Polarity::Negative };
            let factuality = Factuality { polarity, modality: Modality::Actual, reported: false };
            score.add(label, Some(factuality));
        }
        assert_eq!((score.certain.right, score.certain.gold), certain);
        assert_eq!((score.negative.right, score.negative.gold), negative);
    }

    #[test]
    fn counts_signs() {
        check(&[(3.0, true), (2.0, false), (-1.0, false), (-3.0, true)], (1, 3), (1, 2));
        check(&[(0.5, false)], (0, 0), (0, 0));
    }

    #[test]
    fn degrees_correlate() {
        let mut all = Correlation::default();
        assert_eq!((all.mean_error(), all.pearson()), (0.0, 0.0));
        for (label, degree) in [(3.0, 3.0), (-3.0, -3.0), (0.0, 0.0), (2.0, 3.0)] {
            all.add(label, degree);
        }
        assert!((all.mean_error() - 0.25).abs() < 1e-9);
        assert!((0.98..1.0).contains(&all.pearson()), "{}", all.pearson());
    }

    #[test]
    fn reads_lines() {
        let line = r#"{"text": "It fell .", "targets": [{"span1": [1, 2], "label": 3.0}]}"#;
        assert_eq!(read_factuality(line).unwrap()[0].targets[0].words, [1, 2]);
        assert_eq!(read_factuality("\n{").unwrap_err().0, 2);
    }
}
