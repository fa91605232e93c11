//! The choice of an antecedent.

use std::ops::Range;

use super::template::Feature;
use super::weights::{Row, Slot, Weights};
use crate::analyse::network::math::exp;

/// What is less likely beside the best is not looked at.
const NEGLIGIBLE: f32 = 1e-4;

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
    /// How likely the thing that it means must be for it to be taken, of 1.
    pub least: f32,
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

    /// The score of each candidate, and that of there being none.
    fn scores(&mut self, choice: &Choice<'_>) -> (Vec<f32>, f32) {
        let mut own = self.weights.bias;
        self.weights.add(&mut own, choice.own);
        self.weights.add_vector(&mut own, Slot::Anaphor, choice.word);
        self.weights.add_vector(&mut own, Slot::Governor, choice.governor);
        let mut new = own;
        self.weights.add(&mut new, choice.new);
        let mut scores = Vec::with_capacity(choice.candidates.len());
        for candidate in choice.candidates {
            let mut sum = self.sum_of(candidate);
            for (sum, own) in sum.iter_mut().zip(&own) {
                *sum += own;
            }
            self.weights.add(&mut sum, choice.pairs.get(candidate.pair.clone()).unwrap_or(&[]));
            scores.push(self.weights.score(&sum));
        }
        (scores, self.weights.score(&new))
    }
}

impl Chooser for Ranker<'_> {
    fn choose(
        &mut self,
        choice: &Choice<'_>,
        same: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Option<usize> {
        let (scores, none) = self.scores(choice);
        let most = scores.iter().copied().fold(none, f32::max);
        let none = exp(none - most);
        let mut total = none;
        // The best mention of each thing, and how likely its mentions are together.
        let mut things: Vec<(usize, f32)> = Vec::new();
        for (i, (candidate, &score)) in choice.candidates.iter().zip(&scores).enumerate() {
            let share = exp(score - most);
            total += share;
            if share < NEGLIGIBLE {
                continue;
            }
            let mut is_same = |first: usize| {
                let first = choice.candidates.get(first).map(|first| first.mention);
                first.is_some_and(|first| same(first, candidate.mention))
            };
            match things.iter_mut().find(|(best, _)| is_same(*best)) {
                Some((best, sum)) => {
                    *sum += share;
                    if scores.get(*best).is_some_and(|&best| score > best) {
                        *best = i;
                    }
                }
                None => things.push((i, share)),
            }
        }
        let mut likely = (None, none);
        for (best, sum) in things {
            if sum > likely.1 {
                likely = (Some(best), sum);
            }
        }
        // Many mentions, each less likely than none, do not make a thing the one that is meant.
        let is_clear = |best: &usize| scores.get(*best).is_some_and(|&s| exp(s - most) > none);
        likely.0.filter(is_clear).filter(|_| likely.1 >= choice.least * total)
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
            least: 0.0,
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

    #[test]
    fn what_is_taken_is_likely_enough() {
        let feature = Template::Rank.value(0);
        let candidate = |mention| Candidate { mention, own: &[], word: &[], pair: 0..1 };
        let candidates = [candidate(1), candidate(0)];
        // Each of the two scores that much, and none 0.
        let chosen = |score: f32, least, are_one| {
            let mut weights = Weights::zeros();
            weights.rows[feature.index()][HIDDEN] = score;
            let choice = Choice {
                anaphor: 2,
                own: &[],
                word: &[],
                governor: &[],
                new: &[],
                candidates: &candidates,
                pairs: &[feature],
                least,
            };
            Ranker::new(&weights, 3).choose(&choice, &mut |_, _| are_one)
        };
        assert_eq!(chosen(1.0, 0.6, true), Some(0));
        assert_eq!(chosen(1.0, 0.9, true), None);
        assert_eq!(chosen(1.0, 0.6, false), None);
        assert_eq!(chosen(1.0, 0.0, false), Some(0));
        assert_eq!(chosen(0.0, 0.0, true), None);
    }
}
