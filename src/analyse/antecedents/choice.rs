//! The choice of an antecedent.

use std::ops::Range;

use super::template::Feature;
use super::weights::{Row, Slot, Weights};

/// A mention and what it may mean.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    /// Which mention.
    pub anaphor: usize,
    /// Its features.
    pub own: &'a [Feature],
    /// The vector of its head; empty for an unknown word, and for a pronoun.
    pub word: &'a [f32],
    /// The vector of the word that its head depends on.
    pub governor: &'a [f32],
    /// The features of its meaning nothing before it.
    pub new: &'a [Feature],
    /// What it may mean, the nearest first.
    pub candidates: &'a [Candidate<'a>],
    /// The features of each candidate together with it, one after the other.
    pub pairs: &'a [Feature],
}

/// A mention that another may mean.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// Which mention.
    pub mention: usize,
    /// Its features.
    pub own: &'a [Feature],
    /// The vector of its head; empty for an unknown word, and for a pronoun.
    pub word: &'a [f32],
    /// Where in [`Choice::pairs`] those of the two stand.
    pub pair: Range<usize>,
}

/// Who chooses antecedents.
pub trait Chooser {
    /// The candidate that a mention means, by its place among them. `same` says of
    /// two mentions whether they are in one cluster by now.
    fn choose(
        &mut self,
        choice: &Choice<'_>,
        same: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Option<usize>;
}

/// Chooses by learned weights.
#[derive(Clone, Debug)]
pub struct Ranker<'w> {
    weights: &'w Weights,
    /// The sums of mentions as candidates, once they are known.
    sums: Vec<Option<Row>>,
}

impl<'w> Ranker<'w> {
    /// A ranker for a document of so many mentions.
    pub fn new(weights: &'w Weights, mentions: usize) -> Self {
        Self { weights, sums: vec![None; mentions] }
    }

    fn sum_of(&mut self, candidate: &Candidate<'_>) -> Row {
        let weights = self.weights;
        let Some(sum) = self.sums.get_mut(candidate.mention) else { return Row::default() };
        *sum.get_or_insert_with(|| {
            let mut sum = Row::default();
            weights.add(&mut sum, candidate.own);
            weights.add_vector(&mut sum, Slot::Antecedent, candidate.word);
            sum
        })
    }
}

impl Chooser for Ranker<'_> {
    fn choose(
        &mut self,
        choice: &Choice<'_>,
        _: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Option<usize> {
        let mut own = self.weights.bias;
        self.weights.add(&mut own, choice.own);
        self.weights.add_vector(&mut own, Slot::Anaphor, choice.word);
        self.weights.add_vector(&mut own, Slot::Governor, choice.governor);
        let mut new = own;
        self.weights.add(&mut new, choice.new);
        let (mut best, mut chosen) = (self.weights.score(&new), None);
        for (i, candidate) in choice.candidates.iter().enumerate() {
            let mut sum = self.sum_of(candidate);
            for (sum, own) in sum.iter_mut().zip(&own) {
                *sum += own;
            }
            self.weights.add(&mut sum, choice.pairs.get(candidate.pair.clone()).unwrap_or(&[]));
            let score = self.weights.score(&sum);
            if score > best {
                (best, chosen) = (score, Some(i));
            }
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::super::weights::HIDDEN;
    use super::*;
    use crate::analyse::antecedents::Template;

    #[test]
    fn the_best_is_chosen_or_none() {
        let (new, near, far) =
            (Template::New.value(0), Template::Rank.value(0), Template::Rank.value(1));
        let candidate = |mention, pair| Candidate { mention, own: &[], word: &[], pair };
        let candidates = [candidate(1, 0..1), candidate(0, 1..2)];
        let choice = Choice {
            anaphor: 2,
            own: &[],
            word: &[],
            governor: &[],
            new: &[new],
            candidates: &candidates,
            pairs: &[near, far],
        };
        for (scores, expected) in
            [([0.0, 1.0, 2.0], Some(1)), ([0.0, 1.0, 1.0], Some(0)), ([3.0, 1.0, 2.0], None)]
        {
            let mut weights = Weights::zeros();
            for (feature, score) in [new, near, far].into_iter().zip(scores) {
                weights.rows[feature.index()][HIDDEN] = score;
            }
            let chosen = Ranker::new(&weights, 3).choose(&choice, &mut |_, _| false);
            assert_eq!(chosen, expected, "{scores:?}");
        }
    }
}
