//! The best analysis of a word: part of speech, Penn tag and features that
//! occur together.
//!
//! In: the analyses that occur, and the scores of each of their parts. Out:
//! which has the best sum. Most are never looked at: no analysis of a part of
//! speech is better than its score with the best tag and the best features.

use std::ops::Range;

/// The analyses that occur, by part of speech and Penn tag.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tagger {
    classes: Vec<Class>,
    tags: Vec<Tagged>,
    /// Features and number of each analysis.
    analyses: Vec<(u16, u16)>,
}

/// A part of speech, with the Penn tags it occurs with (a range of `tags`).
#[derive(Clone, Debug, PartialEq)]
struct Class {
    upos: u16,
    tags: Range<usize>,
}

/// A Penn tag, with the features it occurs with (a range of `analyses`).
#[derive(Clone, Debug, PartialEq)]
struct Tagged {
    xpos: u16,
    analyses: Range<usize>,
}

/// The best so far.
#[derive(Clone, Copy)]
struct Best {
    score: f32,
    number: u16,
}

impl Tagger {
    /// Sorts the analyses: part of speech, Penn tag, features.
    pub(super) fn new(analyses: &[[u16; 3]]) -> Self {
        let mut sorted: Vec<([u16; 3], u16)> = analyses.iter().copied().zip(0..).collect();
        sorted.sort_unstable();
        let mut this = Self::default();
        let mut last = None;
        for ([upos, xpos, feats], number) in sorted {
            if last.map(|[u, _]: [u16; 2]| u) != Some(upos) {
                let at = this.tags.len();
                this.classes.push(Class { upos, tags: at..at });
            }
            if last != Some([upos, xpos]) {
                let at = this.analyses.len();
                this.tags.push(Tagged { xpos, analyses: at..at });
            }
            last = Some([upos, xpos]);
            this.analyses.push((feats, number));
            let ends = (this.classes.last_mut(), this.tags.len(), this.tags.last_mut());
            if let (Some(class), tags, Some(tag)) = ends {
                class.tags.end = tags;
                tag.analyses.end = this.analyses.len();
            }
        }
        this
    }

    /// The number of the best analysis, the first of equals; 0 if there is none.
    pub(super) fn best(&self, upos: &[f32], xpos: &[f32], feats: &[f32]) -> usize {
        let greatest = |scores: &[f32]| scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let (best_xpos, best_feats) = (greatest(xpos), greatest(feats));
        let at = |scores: &[f32], i: u16| scores.get(i as usize).copied().unwrap_or(0.0);
        let mut best = Best { score: f32::NEG_INFINITY, number: 0 };
        let likeliest = super::network::math::greatest(upos) as u16;
        let first = self.classes.iter().filter(|class| class.upos == likeliest);
        let others = self.classes.iter().filter(|class| class.upos != likeliest);
        for class in first.chain(others) {
            let of_class = at(upos, class.upos);
            // Sums of floats in this order are never above that of the greatest parts.
            if of_class + best_xpos + best_feats < best.score {
                continue;
            }
            for tag in self.tags.get(class.tags.clone()).unwrap_or(&[]) {
                let of_tag = of_class + at(xpos, tag.xpos);
                if of_tag + best_feats < best.score {
                    continue;
                }
                for &(features, number) in self.analyses.get(tag.analyses.clone()).unwrap_or(&[]) {
                    best.offer(of_tag + at(feats, features), number);
                }
            }
        }
        best.number as usize
    }
}

impl Best {
    fn offer(&mut self, score: f32, number: u16) {
        if score > self.score || score >= self.score && number < self.number {
            *self = Self { score, number };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn without_analyses_there_is_none() {
        assert_eq!(Tagger::default().best(&[1.0], &[], &[]), 0);
    }

    proptest! {
        /// Against the sums of all analyses.
        #[test]
        fn the_best_is_found(
            analyses in prop::collection::vec([0..4u16, 0..5u16, 0..6u16], 1..40),
            scores in prop::collection::vec(-2i8..3, 15)
        ) {
            let scores: Vec<f32> = scores.into_iter().map(f32::from).collect();
            let (upos, rest) = scores.split_at(4);
            let (xpos, feats) = rest.split_at(5);
            let sums: Vec<f32> = analyses
                .iter()
                .map(|&[u, x, f]| upos[u as usize] + xpos[x as usize] + feats[f as usize])
                .collect();
            let best = super::super::network::math::greatest(&sums);
            prop_assert_eq!(Tagger::new(&analyses).best(upos, xpos, feats), best);
        }
    }
}
