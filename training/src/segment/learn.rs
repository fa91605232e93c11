//! Multinomial logistic regression over hashed features.

use std::collections::BTreeMap;

use reportedly::analyse::segment::Table;

use super::vary::Dice;

/// One decision: its features and what was right.
pub(super) struct Example {
    pub(super) class: u8,
    pub(super) features: Box<[u32]>,
}

/// How to train.
#[derive(clap::Args, Clone, Copy, Debug)]
pub(super) struct Plan {
    /// Passes over the training examples
    #[arg(long, default_value_t = 6)]
    epochs: usize,
    /// Learning rate of `AdaGrad`
    #[arg(long, default_value_t = 0.15)]
    rate: f32,
    /// Weights are drawn towards 0 by this much of their size at each update
    #[arg(long, default_value_t = 2e-6)]
    decay: f32,
}

struct Learner {
    plan: Plan,
    classes: usize,
    buckets: usize,
    weights: Vec<f32>,
    /// Sum of squared gradients.
    squares: Vec<f32>,
}

/// The size of a table, and which features have a place in it.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub(super) classes: usize,
    /// A power of two.
    pub(super) buckets: usize,
    /// Features seen less often than this are left out.
    pub(super) least: u32,
}

/// Trains a table; the same examples give the same table.
pub(super) fn train(examples: &[Example], shape: Shape, plan: Plan) -> Table {
    let Shape { classes, buckets, least } = shape;
    let examples = &frequent(examples, least);
    let size = classes * buckets;
    let mut learner =
        Learner { plan, classes, buckets, weights: vec![0.0; size], squares: vec![1.0; size] };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut dice = Dice::new(1);
    for epoch in 1..=plan.epochs {
        dice.shuffle(&mut order);
        let loss: f64 = order.iter().map(|&i| learner.step(&examples[i]) as f64).sum();
        println!("epoch {epoch}: loss {:.5}", loss / examples.len() as f64);
    }
    quantized(&learner.weights, classes)
}

/// The examples without the features that fewer than `least` of them have.
fn frequent(examples: &[Example], least: u32) -> Vec<Example> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for feature in examples.iter().flat_map(|e| &*e.features) {
        *counts.entry(*feature).or_default() += 1;
    }
    counts.retain(|_, count| *count >= least);
    println!("{} features", counts.len());
    let known =
        |e: &Example| e.features.iter().copied().filter(|f| counts.contains_key(f)).collect();
    examples.iter().map(|e| Example { class: e.class, features: known(e) }).collect()
}

impl Learner {
    /// One update; returns the loss before it.
    fn step(&mut self, example: &Example) -> f32 {
        let probabilities = self.probabilities(&example.features);
        for &feature in &*example.features {
            let at = Table::bucket(feature, self.buckets) * self.classes;
            for (class, p) in probabilities.iter().enumerate() {
                let target = f32::from(u8::from(class == example.class as usize));
                let weight = &mut self.weights[at + class];
                let gradient = p - target + self.plan.decay * *weight;
                let square = &mut self.squares[at + class];
                *square += gradient * gradient;
                *weight -= self.plan.rate * gradient / square.sqrt();
            }
        }
        -probabilities[example.class as usize].max(1e-9).ln()
    }

    fn probabilities(&self, features: &[u32]) -> Vec<f32> {
        let mut scores = vec![0.0_f32; self.classes];
        for &feature in features {
            let at = Table::bucket(feature, self.buckets) * self.classes;
            for (score, weight) in scores.iter_mut().zip(&self.weights[at..]) {
                *score += weight;
            }
        }
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let powers: Vec<f32> = scores.iter().map(|s| (s - most).exp()).collect();
        let sum: f32 = powers.iter().sum();
        powers.iter().map(|p| p / sum).collect()
    }
}

/// The weights as bytes; the largest becomes 127.
fn quantized(weights: &[f32], classes: usize) -> Table {
    let most = weights.iter().fold(f32::MIN_POSITIVE, |most, w| most.max(w.abs()));
    let scale = most / 127.0;
    let weights = weights.iter().map(|w| (w / scale).round() as i8).collect();
    Table { classes, scale, weights }
}
