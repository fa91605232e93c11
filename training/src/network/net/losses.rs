//! What the network gets wrong, task by task, and the gradient of that.
//!
//! In: what going forward left behind, and the examples. Out: sums of losses,
//! and the gradient at the output, at arcs, relations and name tags.

use fastrand::Rng;
use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, Axis, Slice};
use reportedly::analyse::network::distance_class;
use reportedly::analyse::network::math::{add, exp, log_sum_exp, rectify, row, row_mut};

use super::super::data::{ANY, Allowed};
use super::super::example::UNKNOWN;
use super::{
    Forward, Losses, NAME_WEIGHT, Parameters, Pass, TAG_WEIGHT, block, block_mut, columns_of,
    linear_back,
};

impl Pass<'_> {
    pub(super) fn tag_losses(
        &self,
        forward: &Forward,
        back: &mut Array2<f32>,
        losses: &mut Losses,
    ) {
        let parts =
            [self.columns.upos.clone(), self.columns.xpos.clone(), self.columns.feats.clone()];
        let gold = self.examples.iter().flat_map(|e| &e.tags);
        for (i, tags) in gold.enumerate() {
            for (columns, &tag) in parts.iter().zip(tags) {
                if tag != UNKNOWN {
                    let scores = &row(&forward.output, i)[columns.clone()];
                    let back = &mut row_mut(back, i)[columns.clone()];
                    let gold = [(tag as usize, 1.0)];
                    losses.tags += cross_entropy(scores, &gold, self.share * TAG_WEIGHT, back);
                }
            }
        }
    }

    /// The logarithm of the sum over all classes that the gold data leave open,
    /// or its mean over what the teachers think possible.
    pub(super) fn name_losses(
        &self,
        forward: &Forward,
        back: &mut Array2<f32>,
        gradient: &mut Parameters,
        losses: &mut Losses,
    ) {
        let weights = &self.parameters.weights.name;
        let hidden = columns_of(&forward.output, &self.columns.name);
        let mut all_scores = weights.apply(&hidden);
        let gold = self.examples.iter().flat_map(|e| {
            let soft = (0..e.len()).map(|i| e.soft.get(i).map_or(&[][..], |soft| &soft.names));
            e.names.iter().zip(soft)
        });
        for (i, (&allowed, soft)) in gold.enumerate() {
            let scores = row_mut(&mut all_scores, i);
            if allowed == ANY && soft.is_empty() {
                scores.fill(0.0);
                continue;
            }
            let hard = [(allowed, 1.0)];
            losses.names += open_entropy(scores, or_hard(soft, &hard), self.share * NAME_WEIGHT);
        }
        // `all_scores` now holds the gradient.
        linear_back(weights, &hidden.to_owned(), &all_scores, &mut gradient.weights.name);
        let mut to = back.slice_axis_mut(Axis(1), Slice::from(self.columns.name.clone()));
        general_mat_mul(1.0, &all_scores, &weights.weights.t(), 1.0, &mut to);
    }

    pub(super) fn arc_losses(
        &self,
        forward: &Forward,
        back: &mut Array2<f32>,
        gradient: &mut Parameters,
        losses: &mut Losses,
    ) {
        let weights = &self.parameters.weights;
        let columns = &self.columns;
        let dependents = columns_of(&forward.output, &columns.arc_dependent);
        let wanted = weights.arc.apply(&dependents);
        let mut back_wanted: Array2<f32> = Array2::zeros(wanted.raw_dim());
        for (rows, example) in self.sentences.iter().zip(self.examples) {
            let Some(heads) = &example.heads else { continue };
            let wanted = wanted.slice_axis(Axis(0), Slice::from(rows.clone()));
            let offered = block(&forward.output, rows, &columns.arc_head);
            let distances = block(&forward.output, rows, &columns.distance);
            let mut scores = weights.arc_scores(&wanted, &offered, &distances);
            for (dependent, &head) in heads.iter().enumerate() {
                scores[[dependent, dependent + 1]] = -1e9;
                let scores = row_mut(&mut scores, dependent);
                let before = scores.to_vec();
                scores.fill(0.0);
                let gold = example.soft.get(dependent).map_or(&[][..], |soft| &soft.heads);
                losses.arcs +=
                    cross_entropy(&before, or_hard(gold, &[(head, 1.0)]), self.share, scores);
            }
            // `scores` now holds the gradient.
            let words = scores.slice_axis(Axis(1), Slice::from(1..));
            let mut back_here = back_wanted.slice_axis_mut(Axis(0), Slice::from(rows.clone()));
            general_mat_mul(1.0, &words, &offered, 1.0, &mut back_here);
            let mut back_offered = block_mut(back, rows, &columns.arc_head);
            general_mat_mul(1.0, &words.t(), &wanted, 1.0, &mut back_offered);
            for dependent in 0..heads.len() {
                let root = scores[[dependent, 0]];
                let at = rows.start + dependent;
                let to = gradient.weights.root.iter_mut().zip(wanted.row(dependent));
                to.for_each(|(g, x)| *g += root * x);
                let to = row_mut(&mut back_wanted, at).iter_mut().zip(&weights.root);
                to.for_each(|(g, x)| *g += root * x);
                let back = &mut row_mut(back, at)[columns.distance.clone()];
                for head in 0..=heads.len() {
                    back[distance_class(dependent, head.checked_sub(1))] +=
                        scores[[dependent, head]];
                }
            }
        }
        let (arc, gradient) = (&weights.arc, &mut gradient.weights.arc);
        linear_back(arc, &dependents.to_owned(), &back_wanted, gradient);
        let mut to = back.slice_axis_mut(Axis(1), Slice::from(columns.arc_dependent.clone()));
        general_mat_mul(1.0, &back_wanted, &arc.weights.t(), 1.0, &mut to);
    }

    pub(super) fn relation_losses(
        &self,
        rng: &mut Rng,
        forward: &Forward,
        back: &mut Array2<f32>,
        gradient: &mut Parameters,
        losses: &mut Losses,
    ) {
        // (dependent, head, shares of relations) of all arcs but those from the root.
        let mut arcs = Vec::new();
        for (rows, example) in self.sentences.iter().zip(self.examples) {
            let heads = example.heads.iter().flatten().zip(&example.relations);
            for (dependent, (&head, &relation)) in heads.enumerate() {
                if head > 0 && relation != UNKNOWN {
                    let hard = [(relation as usize, 1.0)];
                    let gold = example.soft.get(dependent).map_or(&[][..], |soft| &soft.relations);
                    let gold = or_hard(gold, &hard).to_vec();
                    arcs.push((rows.start + dependent, rows.start + head - 1, gold));
                }
            }
        }
        let keep = 1.0 - self.dropout.scorers;
        let size = self.shape.relation;
        let mut hidden: Array2<f32> = Array2::zeros((arcs.len(), size));
        let mut slopes: Array2<f32> = Array2::zeros((arcs.len(), size));
        for (i, &(dependent, head, _)) in arcs.iter().enumerate() {
            let one = &row(&forward.output, head)[self.columns.relation_head.clone()];
            let two = &row(&forward.output, dependent)[self.columns.relation_dependent.clone()];
            for k in 0..size {
                let x = one[k] + two[k];
                let mask = if rng.f32() < keep { 1.0 / keep } else { 0.0 };
                hidden[[i, k]] = rectify(x) * mask;
                slopes[[i, k]] = if x > 0.0 { mask } else { 0.1 * mask };
            }
        }
        let relation = &self.parameters.weights.relation;
        let mut scores = relation.apply(&hidden.view());
        for (i, (_, _, gold)) in arcs.iter().enumerate() {
            let scores = row_mut(&mut scores, i);
            let before = scores.to_vec();
            scores.fill(0.0);
            losses.relations += cross_entropy(&before, gold, self.share, scores);
        }
        linear_back(relation, &hidden, &scores, &mut gradient.weights.relation);
        let back_hidden = scores.dot(&relation.weights.t()) * slopes;
        for (i, &(dependent, head, _)) in arcs.iter().enumerate() {
            let from = back_hidden.row(i).to_vec();
            add(&mut row_mut(back, head)[self.columns.relation_head.clone()], &from);
            add(&mut row_mut(back, dependent)[self.columns.relation_dependent.clone()], &from);
        }
    }
}

/// What teachers share out, or else what is sure.
fn or_hard<'a, T>(soft: &'a [(T, f32)], hard: &'a [(T, f32)]) -> &'a [(T, f32)] {
    if soft.is_empty() { hard } else { soft }
}

/// Adds `weight · (softmax − gold)` to `back`; gives the loss. The gold shares
/// sum to one.
fn cross_entropy(scores: &[f32], gold: &[(usize, f32)], weight: f32, back: &mut [f32]) -> f32 {
    let all = log_sum_exp(scores.iter().copied());
    for (back, x) in back.iter_mut().zip(scores) {
        *back += exp(x - all) * weight;
    }
    let mut loss = 0.0;
    for &(class, share) in gold {
        back[class] -= weight * share;
        loss += share * (all - scores[class]);
    }
    loss
}

/// Puts `weight · (softmax − gold)` in the scores' place; gives the loss. Each
/// share of the gold is that of a set of classes, and all of the set will do.
fn open_entropy(scores: &mut [f32], gold: &[(Allowed, f32)], weight: f32) -> f32 {
    let all = log_sum_exp(scores.iter().copied());
    let mut loss = 0.0;
    let mut back: Vec<f32> = scores.iter().map(|x| exp(*x - all)).collect();
    for &(allowed, share) in gold {
        let open = scores.iter().enumerate().filter(|(class, _)| allowed >> class & 1 == 1);
        let right = log_sum_exp(open.clone().map(|(_, x)| *x));
        loss += share * (all - right);
        open.for_each(|(class, x)| back[class] -= share * exp(*x - right));
    }
    scores.iter_mut().zip(back).for_each(|(x, back)| *x = back * weight);
    loss
}
