//! Adam (Kingma and Ba 2015) with clipped gradients, and a running average of
//! the weights, which scores better than their last state.

use super::net::Parameters;
use ndarray::Array2;
use reportedly::analyse::network::Shape;
use reportedly::analyse::network::features::HASHED_ROWS;
use reportedly::analyse::network::math::{dot, row, row_mut};
use reportedly::analyse::network::phrases::MARK_ROWS;

const MEAN: f32 = 0.9;
const SQUARE: f32 = 0.99;
const LONGEST_GRADIENT: f32 = 3.0;
/// How often the average is taken, in steps.
const EVERY: usize = 10;

/// The optimiser's memory.
pub(crate) struct Adam {
    means: Parameters,
    squares: Parameters,
    average: Parameters,
    steps: usize,
}

impl Adam {
    pub(crate) fn new(shape: &Shape, parameters: &Parameters) -> Self {
        let forms = parameters.table.nrows() - HASHED_ROWS - MARK_ROWS;
        Self {
            means: Parameters::zeros(shape, forms),
            squares: Parameters::zeros(shape, forms),
            average: parameters.clone(),
            steps: 0,
        }
    }

    /// The averaged parameters.
    pub(crate) fn average(&self) -> &Parameters {
        &self.average
    }

    /// Moves against the gradient, which is zero afterwards. Of the table,
    /// only the touched rows move.
    pub(crate) fn step(
        &mut self,
        parameters: &mut Parameters,
        gradient: &mut Parameters,
        touched: &mut Vec<u32>,
        rate: f32,
        decay: f32,
    ) {
        touched.sort_unstable();
        touched.dedup();
        self.steps += 1;
        let clip = clip(gradient, touched);
        let steps = self.steps as i32;
        let rate = rate * (1.0 - SQUARE.powi(steps)).sqrt() / (1.0 - MEAN.powi(steps));
        let rule = Rule { rate, clip, decay };
        let means = self.means.weights.tensors_mut();
        let squares = self.squares.weights.tensors_mut();
        let memory = means.into_iter().zip(squares);
        let weights = parameters.weights.tensors_mut();
        for ((x, g), (m, s)) in weights.into_iter().zip(gradient.weights.tensors_mut()).zip(memory)
        {
            rule.apply(x, g, m, s);
        }
        let rule = Rule { decay: 0.0, ..rule };
        for &feature in touched.iter() {
            let at = feature as usize;
            rule.apply(
                row_mut(&mut parameters.table, at),
                row_mut(&mut gradient.table, at),
                row_mut(&mut self.means.table, at),
                row_mut(&mut self.squares.table, at),
            );
        }
        touched.clear();
        if self.steps.is_multiple_of(EVERY) {
            self.take_average(parameters);
        }
    }

    fn take_average(&mut self, parameters: &mut Parameters) {
        let age = self.steps as f32 / EVERY as f32;
        let keep = (1.0 - 1.0 / age.max(1.0)).min(0.99).min(age / (age + 10.0));
        let mix = |into: &mut [f32], from: &[f32]| {
            into.iter_mut().zip(from).for_each(|(a, x)| *a = keep * *a + (1.0 - keep) * x);
        };
        let tensors = self.average.weights.tensors_mut().into_iter();
        tensors.zip(parameters.weights.tensors_mut()).for_each(|(a, x)| mix(a, x));
        let flat = |table: &Array2<f32>| table.as_slice().unwrap_or(&[]).to_vec();
        mix(self.average.table.as_slice_mut().unwrap_or(&mut []), &flat(&parameters.table));
    }
}

fn clip(gradient: &mut Parameters, touched: &[u32]) -> f32 {
    let dense: f32 = gradient.weights.tensors_mut().iter().map(|t| dot(t, t)).sum();
    let rows = touched.iter().map(|&r| row(&gradient.table, r as usize));
    let length = (dense + rows.map(|r| dot(r, r)).sum::<f32>()).sqrt();
    (LONGEST_GRADIENT / length.max(1e-9)).min(1.0)
}

#[derive(Clone, Copy)]
struct Rule {
    rate: f32,
    clip: f32,
    decay: f32,
}

impl Rule {
    fn apply(
        self,
        weights: &mut [f32],
        gradient: &mut [f32],
        means: &mut [f32],
        squares: &mut [f32],
    ) {
        let memory = means.iter_mut().zip(squares);
        for ((x, g), (m, s)) in weights.iter_mut().zip(gradient).zip(memory) {
            let slope = *g * self.clip;
            *m = MEAN * *m + (1.0 - MEAN) * slope;
            *s = SQUARE * *s + (1.0 - SQUARE) * slope * slope;
            *x -= self.rate * (*m / (s.sqrt() + 1e-8) + self.decay * *x);
            *g = 0.0;
        }
    }
}
