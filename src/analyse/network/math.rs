//! The arithmetic everything else is made of: products of matrices and the
//! few functions of single numbers, written so that the compiler can vectorise them.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2};

/// A row of a matrix in standard layout; empty where there is none.
#[allow(clippy::inline_always)] // must become a part of `vectorised` work
#[inline(always)]
pub fn row(matrix: &Array2<f32>, index: usize) -> &[f32] {
    let width = matrix.ncols();
    let all = matrix.as_slice().unwrap_or(&[]);
    all.get(index * width..(index + 1) * width).unwrap_or(&[])
}

/// A row of a matrix in standard layout, to be written.
#[allow(clippy::inline_always)] // must become a part of `vectorised` work
#[inline(always)]
pub fn row_mut(matrix: &mut Array2<f32>, index: usize) -> &mut [f32] {
    let width = matrix.ncols();
    let all = matrix.as_slice_mut().unwrap_or(&mut []);
    all.get_mut(index * width..(index + 1) * width).unwrap_or(&mut [])
}

/// `into = into + left · right`.
pub fn add_product(left: &ArrayView2<f32>, right: &ArrayView2<f32>, into: &mut Array2<f32>) {
    general_mat_mul(1.0, left, right, 1.0, into);
}

/// A linear layer: `output = input · weights + bias`.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    /// One row an input, one column an output.
    pub weights: Array2<f32>,
    /// Added to every output.
    pub bias: Vec<f32>,
}

impl Linear {
    /// A layer of zeros.
    pub fn zeros(inputs: usize, outputs: usize) -> Self {
        Self { weights: Array2::zeros((inputs, outputs)), bias: vec![0.0; outputs] }
    }

    /// The layer's outputs for a matrix of inputs, one row each.
    pub fn apply(&self, input: &ArrayView2<f32>) -> Array2<f32> {
        let mut output = Array2::zeros((input.nrows(), self.bias.len()));
        for i in 0..input.nrows() {
            row_mut(&mut output, i).copy_from_slice(&self.bias);
        }
        add_product(input, &self.weights.view(), &mut output);
        output
    }
}

/// `into += from`, number by number.
pub fn add(into: &mut [f32], from: &[f32]) {
    for (a, b) in into.iter_mut().zip(from) {
        *a += b;
    }
}

/// The inner product.
pub fn dot(left: &[f32], right: &[f32]) -> f32 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

/// Work that is done with the widest vector instructions the machine has. The
/// results are the same on every machine: nothing is reordered or fused.
pub fn vectorised<W: pulp::NullaryFnOnce>(work: W) -> W::Output {
    pulp::Arch::new().dispatch(work)
}

/// Leaky rectifier: negative numbers shrink to a tenth.
#[allow(clippy::inline_always)] // must become a part of `vectorised` work
#[inline(always)]
pub fn rectify(x: f32) -> f32 {
    x.max(0.1 * x)
}

/// e to the power of `x`, to about six digits, without a branch. Splits
/// x·log₂e into a whole part, which becomes the exponent of the number's bit
/// pattern, and a rest, for which a polynomial stands.
#[allow(clippy::inline_always)] // must become a part of `vectorised` work
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0; // 1.5·2²³: adding it rounds to a whole number
    let power = (x * std::f32::consts::LOG2_E).clamp(-126.0, 126.0);
    let rounded = power + ROUND;
    let rest = power - (rounded - ROUND);
    let c =
        [0.001_333_355_8, 0.009_618_129, 0.055_504_11, 0.240_226_51, std::f32::consts::LN_2, 1.0];
    let near = c.iter().skip(1).fold(c[0], |sum, next| sum * rest + next);
    f32::from_bits(near.to_bits().wrapping_add(rounded.to_bits() << 23))
}

/// The logistic function.
#[allow(clippy::inline_always)] // must become a part of `vectorised` work
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// The sum of what numbers give, in an order that is the same on every
/// machine and leaves room for vector instructions.
#[allow(clippy::inline_always)] // must become a part of `vectorised` work
#[inline(always)]
fn sum(numbers: &[f32], gives: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = numbers.as_chunks::<16>();
    let mut sums = [0.0; 16];
    for chunk in chunks {
        sums.iter_mut().zip(chunk).for_each(|(sum, &x)| *sum += gives(x));
    }
    sums.iter_mut().zip(rest).for_each(|(sum, &x)| *sum += gives(x));
    sums.iter().sum()
}

/// Scales numbers to mean 0 and variance 1; gives back the scale.
#[allow(clippy::inline_always)] // must become a part of `vectorised` work
#[inline(always)]
pub fn normalise(numbers: &mut [f32]) -> f32 {
    let count = numbers.len().max(1) as f32;
    let mean = sum(numbers, |x| x) / count;
    let variance = sum(numbers, |x| (x - mean) * (x - mean)) / count;
    let scale = 1.0 / (variance + 1e-5).sqrt();
    for x in numbers {
        *x = (*x - mean) * scale;
    }
    scale
}

/// The logarithm of the sum of the exponentials.
pub fn log_sum_exp(numbers: impl Iterator<Item = f32> + Clone) -> f32 {
    let most = numbers.clone().fold(f32::NEG_INFINITY, f32::max);
    if most == f32::NEG_INFINITY {
        return most;
    }
    most + numbers.map(|x| exp(x - most)).sum::<f32>().ln()
}

/// Where the greatest number stands; the first of equals, 0 for none.
pub fn greatest(numbers: &[f32]) -> usize {
    let mut best = 0;
    let mut most = f32::NEG_INFINITY;
    for (i, &x) in numbers.iter().enumerate() {
        if x > most {
            (best, most) = (i, x);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(x: f32) {
        let (mine, real) = (exp(x), x.exp());
        assert!((mine - real).abs() <= 2e-5 * real.abs(), "{x}: {mine} for {real}");
    }

    #[test]
    fn exp_is_near() {
        for i in -800..800 {
            check(i as f32 / 10.0);
        }
        assert!(exp(1e9).is_finite() && exp(-1e9) >= 0.0);
    }

    #[test]
    fn linear_layer_adds_its_bias() {
        let mut layer = Linear::zeros(2, 3);
        layer.weights[[1, 2]] = 4.0;
        layer.bias = vec![1.0, 2.0, 3.0];
        let out = layer.apply(&ndarray::arr2(&[[5.0, 0.5]]).view());
        assert_eq!(row(&out, 0), [1.0, 2.0, 5.0]);
    }

    #[test]
    fn greatest_takes_the_first_of_equals() {
        assert_eq!(greatest(&[1.0, 3.0, 3.0]), 1);
        assert_eq!(greatest(&[]), 0);
    }
}
