//! Multinomial logistic regression over hashed features.

use reportedly::analyse::segment::Table;

use super::vary::Dice;

/// One decision: its features and what was right.
pub(super) struct Example {
    pub(super) class: u8,
    pub(super) features: Box<[u32]>,
}

/// Learning rate of `AdaGrad`.
const RATE: f32 = 0.15;
/// Weights are drawn towards 0 by this much of their size at each update.
const DECAY: f32 = 2e-6;

struct Learner {
    classes: usize,
    buckets: usize,
    weights: Vec<f32>,
    /// Sum of squared gradients.
    squares: Vec<f32>,
}

/// Trains a table; the same examples give the same table.
pub(super) fn train(examples: &[Example], classes: usize, buckets: usize, epochs: usize) -> Table {
    let size = classes * buckets;
    let mut learner =
        Learner { classes, buckets, weights: vec![0.0; size], squares: vec![1.0; size] };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut dice = Dice::new(1);
    for epoch in 1..=epochs {
        dice.shuffle(&mut order);
        let loss: f64 = order.iter().map(|&i| learner.step(&examples[i]) as f64).sum();
        println!("epoch {epoch}: loss {:.5}", loss / examples.len() as f64);
    }
    quantized(&learner.weights, classes)
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
                let gradient = p - target + DECAY * *weight;
                let square = &mut self.squares[at + class];
                *square += gradient * gradient;
                *weight -= RATE * gradient / square.sqrt();
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
