//! The recurrent layer: simple recurrent units (Lei et al. 2018) in both directions.
//!
//! All products with the weights are done at once for all words; what is left
//! to do word by word is cheap:
//!
//! ```text
//! [z f' r'] = x·W + b
//! f = σ(f' + vf⊙c₋₁)    c = f⊙c₋₁ + (1−f)⊙z
//! r = σ(r' + vr⊙c₋₁)    h = r⊙c + (1−r)⊙x
//! ```

use std::ops::Range;

use ndarray::Array2;
use pulp::NullaryFnOnce;

use super::math::{Linear, row, row_mut, sigmoid, vectorised};

/// One layer; its output is as wide as its input, half of it from each direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Recurrent {
    /// To `z f' r'` of the forward direction, then of the backward one.
    pub input: Linear,
    /// `vf vr` of the forward direction, then of the backward one.
    pub peephole: Vec<f32>,
}

/// What a pass through a layer leaves behind: training goes back along it.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// `z f r` of both directions, one row a word.
    pub gates: Array2<f32>,
    /// `c` of both directions, one row a word.
    pub cells: Array2<f32>,
}

impl Recurrent {
    /// A layer of zeros, of this width (an even number).
    pub fn zeros(width: usize) -> Self {
        Self { input: Linear::zeros(width, 3 * width), peephole: vec![0.0; 2 * width] }
    }

    /// Reads words, one row each; every sentence (a range of rows) on its own.
    pub fn apply(&self, words: &Array2<f32>, sentences: &[Range<usize>]) -> (Array2<f32>, Trace) {
        let mut gates = self.input.apply(&words.view());
        let mut cells = Array2::zeros(words.raw_dim());
        let peephole = &self.peephole;
        let output = scan(words, sentences, peephole, &mut gates, Some(&mut cells));
        (output, Trace { gates, cells })
    }
}

/// The part of a layer that goes word by word. `gates` holds `z f' r'`, and
/// `z f r` afterwards; `cells` takes `c`, where that is wanted.
pub(super) fn scan(
    words: &Array2<f32>,
    sentences: &[Range<usize>],
    peephole: &[f32],
    gates: &mut Array2<f32>,
    cells: Option<&mut Array2<f32>>,
) -> Array2<f32> {
    let mut output = Array2::zeros(words.raw_dim());
    vectorised(Scan { words, sentences, peephole, gates, cells, output: &mut output });
    output
}

struct Scan<'a> {
    words: &'a Array2<f32>,
    sentences: &'a [Range<usize>],
    peephole: &'a [f32],
    gates: &'a mut Array2<f32>,
    cells: Option<&'a mut Array2<f32>>,
    output: &'a mut Array2<f32>,
}

impl NullaryFnOnce for Scan<'_> {
    type Output = ();

    #[allow(clippy::inline_always)] // must become a part of `vectorised` work
    #[inline(always)]
    fn call(mut self) {
        let half = self.words.ncols() / 2;
        let mut cell = vec![0.0; half];
        for direction in 0..2 {
            let at = |size: usize| direction * size * half..(direction + 1) * size * half;
            let peephole = self.peephole.get(at(2)).unwrap_or(&[]);
            for sentence in self.sentences {
                cell.fill(0.0);
                for word in in_direction(direction, sentence.clone()) {
                    let gates = row_mut(self.gates, word).get_mut(at(3)).unwrap_or(&mut []);
                    let input = row(self.words, word).get(at(1)).unwrap_or(&[]);
                    let output = row_mut(self.output, word).get_mut(at(1)).unwrap_or(&mut []);
                    step(gates, peephole, input, &mut cell, output);
                    if let Some(cells) = &mut self.cells {
                        let cells = row_mut(cells, word).get_mut(at(1)).unwrap_or(&mut []);
                        cells.copy_from_slice(&cell);
                    }
                }
            }
        }
    }
}

/// The words of a sentence as a direction (0 forward, 1 backward) meets them.
pub fn in_direction(direction: usize, sentence: Range<usize>) -> impl Iterator<Item = usize> {
    let (start, end) = (sentence.start, sentence.end);
    sentence.map(move |i| if direction == 0 { i } else { start + end - 1 - i })
}

#[allow(clippy::inline_always)] // must become a part of `vectorised` work
#[inline(always)]
fn step(gates: &mut [f32], peephole: &[f32], input: &[f32], cell: &mut [f32], output: &mut [f32]) {
    let half = cell.len();
    let (z, gates) = gates.split_at_mut(half);
    let (forget, reset) = gates.split_at_mut(half);
    let (forget_cell, reset_cell) = peephole.split_at(half);
    let (input, output) = (&input[..half], &mut output[..half]);
    let (reset, reset_cell) = (&mut reset[..half], &reset_cell[..half]);
    for i in 0..half {
        let before = cell[i];
        let f = sigmoid(forget[i] + forget_cell[i] * before);
        let r = sigmoid(reset[i] + reset_cell[i] * before);
        let now = f * before + (1.0 - f) * z[i];
        output[i] = r * now + (1.0 - r) * input[i];
        (forget[i], reset[i], cell[i]) = (f, r, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With all weights zero, f = r = ½, z = 0, so c = 0 and h = x/2.
    #[test]
    fn zeros_halve_the_input() {
        let layer = Recurrent::zeros(2);
        let words = ndarray::arr2(&[[2.0, 4.0], [6.0, 8.0]]);
        let (output, _) = layer.apply(&words, &[0..1, 1..2]);
        for (a, b) in output.iter().zip([1.0, 2.0, 3.0, 4.0]) {
            assert!((a - b).abs() < 1e-4);
        }
    }

    /// A remembering layer: the forward half hands on what came before, the
    /// backward half what comes after, and nothing crosses sentences.
    #[test]
    fn memory_runs_both_ways_within_a_sentence() {
        let mut layer = Recurrent::zeros(2);
        layer.input.weights[[0, 0]] = 1.0;
        layer.input.weights[[1, 3]] = 1.0;
        let words = ndarray::arr2(&[[8.0, 0.0], [0.0, 0.0], [0.0, 8.0], [0.0, 0.0]]);
        let (_, trace) = layer.apply(&words, &[0..3, 3..4]);
        let near = |a: f32, b: f32| (a - b).abs() < 1e-4;
        assert!(near(trace.cells[[1, 0]], 2.0) && near(trace.cells[[2, 0]], 1.0));
        assert!(near(trace.cells[[1, 1]], 2.0) && near(trace.cells[[0, 1]], 1.0));
        assert!(near(trace.cells[[3, 0]], 0.0));
    }
}
