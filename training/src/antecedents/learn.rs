//! Learning from each choice: the antecedents that are right get more likely, all
//! others less (the marginal likelihood of a mention-ranking model: Durrett and Klein
//! 2013, "Easy Victories and Uphill Battles in Coreference Resolution", EMNLP), by
//! stochastic gradient descent with `AdaGrad`. What was chosen is what the next
//! choice builds on.

use reportedly::analyse::antecedents::{
    Choice, Chooser, Feature, HIDDEN, Row, Slot, WIDTH, Weights,
};

use super::gold::{Label, Lesson};

/// The weights as they are learned.
pub(super) struct Learner {
    weights: Weights,
    /// Sums of squared gradients.
    squares: Box<Weights>,
    /// Sums of the weights at the ends of epochs.
    total: Box<Weights>,
    epochs: f32,
    rate: f32,
    vector_rate: f32,
    loss: f64,
    choices: usize,
    random: fastrand::Rng,
}

impl Learner {
    pub(super) fn new(rate: f32, vector_rate: f32, seed: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut weights = Weights::zeros();
        let mut draw = |most: f32| (random.f32() * 2.0 - 1.0) * most;
        for row in &mut weights.rows {
            row.iter_mut().take(HIDDEN).for_each(|weight| *weight = draw(0.08));
        }
        weights.bias.iter_mut().take(HIDDEN).for_each(|weight| *weight = draw(0.08));
        weights.units.iter_mut().take(HIDDEN).for_each(|weight| *weight = draw(0.4));
        let (squares, total) = (Box::new(Weights::zeros()), Box::new(Weights::zeros()));
        Self {
            weights,
            squares,
            total,
            epochs: 0.0,
            rate,
            vector_rate,
            loss: 0.0,
            choices: 0,
            random,
        }
    }

    pub(super) fn weights(&self) -> &Weights {
        &self.weights
    }

    /// The mean loss since the last time.
    pub(super) fn take_loss(&mut self) -> f64 {
        let mean = self.loss / self.choices.max(1) as f64;
        (self.loss, self.choices) = (0.0, 0);
        mean
    }

    pub(super) fn end_epoch(&mut self, counts: bool) {
        if counts {
            self.epochs += 1.0;
            let rows = self.total.rows.iter_mut().zip(&self.weights.rows);
            let others = [
                (&mut self.total.bias, &self.weights.bias),
                (&mut self.total.units, &self.weights.units),
            ];
            for (total, row) in rows.chain(others) {
                total.iter_mut().zip(row).for_each(|(total, weight)| *total += weight);
            }
        }
    }

    /// The mean of the weights of the epochs that count.
    pub(super) fn into_average(self) -> Weights {
        let mut mean = *self.total;
        let others = [&mut mean.bias, &mut mean.units];
        for row in mean.rows.iter_mut().chain(others) {
            for weight in row.iter_mut() {
                *weight /= self.epochs.max(1.0);
            }
        }
        mean
    }

    pub(super) fn pupil<'a>(&'a mut self, lesson: &'a Lesson) -> Pupil<'a> {
        Pupil { learner: self, lesson }
    }

    /// Steps down a gradient, of one feature's row.
    fn step(&mut self, feature: Feature, gradient: &Row) {
        let row = &mut self.weights.rows[feature.index()];
        descend(row, &mut self.squares.rows[feature.index()], gradient, self.rate);
    }

    /// The same, of the rows of a vector.
    fn step_vector(&mut self, slot: Slot, vector: &[f32], gradient: &Row) {
        let first = Weights::first_row(slot);
        let rows = self.weights.rows[first..].iter_mut().zip(&mut self.squares.rows[first..]);
        for (&x, (row, squares)) in vector.iter().zip(rows) {
            descend(row, squares, &gradient.map(|g| g * x), self.vector_rate);
        }
    }

    /// Learns from one choice; gives the best of it.
    fn learn(&mut self, choice: &Choice<'_>, right: &[bool], weight: f32) -> usize {
        let sums = self.sums(choice);
        let scores: Vec<f32> = sums.iter().map(|sum| self.weights.score(sum)).collect();
        let all = softmax(&scores, |_| true);
        let wanted = softmax(&scores, |k| right[k]);
        let likely: f32 = all.iter().zip(right).filter(|(_, right)| **right).map(|(p, _)| p).sum();
        self.loss -= f64::from(likely.max(1e-9).ln());
        self.choices += 1;
        let mut shared = [0.0; WIDTH];
        let mut units = [0.0; WIDTH];
        for (k, sum) in sums.iter().enumerate() {
            let error = (all[k] - wanted[k]) * weight;
            if error.abs() < 1e-4 {
                continue;
            }
            let gradient = self.gradient(sum, error, &mut units);
            shared.iter_mut().zip(&gradient).for_each(|(shared, g)| *shared += g);
            match choice.candidates.get(k) {
                Some(candidate) => {
                    let pair = &choice.pairs[candidate.pair.clone()];
                    candidate.own.iter().chain(pair).for_each(|&f| self.step(f, &gradient));
                    self.step_vector(Slot::Antecedent, candidate.word, &gradient);
                }
                None => choice.new.iter().for_each(|&f| self.step(f, &gradient)),
            }
        }
        choice.own.iter().for_each(|&f| self.step(f, &shared));
        self.step_vector(Slot::Anaphor, choice.word, &shared);
        self.step_vector(Slot::Governor, choice.governor, &shared);
        descend(&mut self.weights.bias, &mut self.squares.bias, &shared, self.rate);
        descend(&mut self.weights.units, &mut self.squares.units, &units, self.rate);
        best(&scores)
    }

    /// The sums of the candidates, and of there being none, as the last.
    fn sums(&self, choice: &Choice<'_>) -> Vec<Row> {
        let mut own = self.weights.bias;
        self.weights.add(&mut own, choice.own);
        self.weights.add_vector(&mut own, Slot::Anaphor, choice.word);
        self.weights.add_vector(&mut own, Slot::Governor, choice.governor);
        let mut sums = Vec::new();
        for candidate in choice.candidates {
            let mut sum = own;
            self.weights.add(&mut sum, candidate.own);
            self.weights.add_vector(&mut sum, Slot::Antecedent, candidate.word);
            self.weights.add(&mut sum, &choice.pairs[candidate.pair.clone()]);
            sums.push(sum);
        }
        self.weights.add(&mut own, choice.new);
        sums.push(own);
        sums
    }

    /// How a score with this error would have to change its sum; adds how the units
    /// would have to change.
    fn gradient(&self, sum: &Row, error: f32, units: &mut Row) -> Row {
        let mut gradient = [0.0; WIDTH];
        for i in 0..HIDDEN {
            if sum[i] > 0.0 {
                gradient[i] = error * self.weights.units[i];
                units[i] += error * sum[i];
            }
        }
        gradient[HIDDEN] = error;
        gradient
    }
}

fn descend(row: &mut Row, squares: &mut Row, gradient: &Row, rate: f32) {
    for i in 0..WIDTH {
        squares[i] += gradient[i] * gradient[i];
        if squares[i] > 0.0 {
            row[i] -= rate * gradient[i] / (squares[i].sqrt() + 1e-3);
        }
    }
}

/// The shares of some of the scores; 0 for the others.
fn softmax(scores: &[f32], counts: impl Fn(usize) -> bool) -> Vec<f32> {
    let some = || scores.iter().enumerate().filter(|&(k, _)| counts(k));
    let most = some().map(|(_, &score)| score).fold(f32::MIN, f32::max);
    let total: f32 = some().map(|(_, &score)| (score - most).exp()).sum();
    let share = |(k, &score): (usize, &f32)| {
        if counts(k) { (score - most).exp() / total } else { 0.0 }
    };
    scores.iter().enumerate().map(share).collect()
}

/// The first of the best, but none before any.
fn best(scores: &[f32]) -> usize {
    let none = scores.len() - 1;
    let better = |best: usize, k: usize| if scores[k] > scores[best] { k } else { best };
    (0..none).fold(none, better)
}

/// Learns while the mentions of one text find their antecedents.
pub(super) struct Pupil<'a> {
    learner: &'a mut Learner,
    lesson: &'a Lesson,
}

impl Chooser for Pupil<'_> {
    fn choose(
        &mut self,
        choice: &Choice<'_>,
        same: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Option<usize> {
        let chosen = match self.right(choice, same) {
            Some(right) => {
                let best = self.learner.learn(choice, &right, self.lesson.weight);
                // Now and then the text goes on from what is right.
                let certain = self.learner.random.f32() < 0.3;
                let gold = right.iter().position(|&right| right).unwrap_or(best);
                if certain { gold } else { best }
            }
            None => {
                let scores: Vec<f32> = self
                    .learner
                    .sums(choice)
                    .iter()
                    .map(|s| self.learner.weights.score(s))
                    .collect();
                best(&scores)
            }
        };
        (chosen < choice.candidates.len()).then_some(chosen)
    }
}

impl Pupil<'_> {
    /// Which candidates are right; as the last, whether there being none is. None
    /// where nobody knows.
    fn right(
        &self,
        choice: &Choice<'_>,
        same: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Option<Vec<bool>> {
        let label = self.lesson.labels.get(choice.anaphor)?;
        let mentions = choice.candidates.iter().map(|candidate| candidate.mention);
        let mut right: Vec<bool> = match label {
            Label::Unknown => return None,
            Label::Single => vec![false; choice.candidates.len()],
            Label::Cluster(_) => {
                mentions.map(|m| self.lesson.labels.get(m) == Some(label)).collect()
            }
            Label::Means { these, not_those } => {
                let mut is_one = |mention, some: &[usize]| some.iter().any(|&m| same(mention, m));
                if these.is_empty() {
                    let mut right: Vec<bool> = mentions.map(|m| !is_one(m, not_those)).collect();
                    right.push(true);
                    return Some(right);
                }
                let right: Vec<bool> = mentions.map(|m| is_one(m, these)).collect();
                // Where it is out of reach there is nothing to learn.
                if !right.contains(&true) {
                    return None;
                }
                right
            }
        };
        right.push(!right.contains(&true));
        Some(right)
    }
}
