//! Linear layers in whole numbers, for inference.
//!
//! In: floats, rounded to 16 bits with one scale a row (what comes in) or a
//! column (the weights). Out: floats again. The products between are summed in
//! 32 bits, which are chosen so that nothing overflows: whole numbers give the
//! same sum in every order, so the result is the same bits on every processor,
//! which sums of floats are not.

use ndarray::{Array2, ArrayView2};
use pulp::NullaryFnOnce;

use super::kernel::{Kernel, LANES, Line, ROWS, Tile, Work, with_kernel};
use super::math::{Linear, row, vectorised};

/// The greatest whole number that may stand for a float, so that the sum of
/// `inputs` products of two of them fits into 32 bits.
fn most_whole(inputs: usize) -> f32 {
    let share = i32::MAX as u32 / inputs.clamp(1, i32::MAX as usize) as u32;
    share.isqrt().min(i16::MAX as u32) as f32
}

/// How many pairs of inputs there are.
fn pairs(inputs: usize) -> usize {
    inputs.div_ceil(2).max(1)
}

/// Rows of numbers on their way into layers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rows {
    inputs: usize,
    count: usize,
    /// For each [`ROWS`] rows, their numbers side by side, two by two.
    tiles: Vec<Tile>,
    /// What the numbers of each row are multiplied with.
    scales: Vec<f32>,
}

impl Rows {
    /// Rounds rows of so many numbers; missing numbers are zeros.
    pub(super) fn new(inputs: usize, rows: &[&[f32]]) -> Self {
        let groups = rows.len().div_ceil(ROWS);
        let mut this = Self {
            inputs,
            count: rows.len(),
            tiles: vec![Tile::default(); groups * pairs(inputs)],
            scales: Vec::with_capacity(rows.len()),
        };
        vectorised(RoundRows { rows, into: &mut this });
        this
    }

    /// Rounds the rows of a matrix in standard layout, or of columns of one.
    pub(super) fn of(matrix: &ArrayView2<f32>) -> Self {
        let rows: Vec<&[f32]> =
            matrix.rows().into_iter().map(|row| row.to_slice().unwrap_or(&[])).collect();
        Self::new(matrix.ncols(), &rows)
    }
}

struct RoundRows<'a> {
    rows: &'a [&'a [f32]],
    into: &'a mut Rows,
}

impl NullaryFnOnce for RoundRows<'_> {
    type Output = ();

    #[allow(clippy::inline_always)] // must become a part of `vectorised` work
    #[inline(always)]
    fn call(self) {
        let Rows { inputs, tiles, scales, .. } = self.into;
        let most = most_whole(*inputs);
        let mut whole = vec![0_i16; 2 * pairs(*inputs)];
        for (i, row) in self.rows.iter().enumerate() {
            scales.push(round(row, most, &mut whole));
            let tile = tiles.chunks_exact_mut(pairs(*inputs)).nth(i / ROWS);
            let (whole, _) = whole.as_chunks();
            for (to, &pair) in tile.unwrap_or(&mut []).iter_mut().zip(whole) {
                to[i % ROWS] = pair;
            }
        }
    }
}

/// Numbers so small that they count as zeros.
const SMALLEST: f32 = 1e-30;

/// Rounds numbers so that the greatest becomes `most`; what the whole numbers
/// are to be multiplied with. Where not all are finite, all become zeros:
/// what comes of others differs between processors.
#[allow(clippy::inline_always)] // must become a part of `vectorised` work
#[inline(always)]
fn round(numbers: &[f32], most: f32, into: &mut [i16]) -> f32 {
    // The bits of floats without their sign are in the order of the floats.
    let bits = numbers.iter().map(|x| x.to_bits() & !(1 << 31)).fold(0, u32::max);
    let greatest = f32::from_bits(bits);
    if !(SMALLEST..=f32::MAX).contains(&greatest) {
        into.fill(0);
        return 0.0;
    }
    let unit = most / greatest;
    // Adding 1.5·2²³ leaves a whole number in the last bits, halves to even.
    const WHOLE: f32 = 12_582_912.0;
    for (to, x) in into.iter_mut().zip(numbers) {
        *to = (x * unit + WHOLE).to_bits().wrapping_sub(WHOLE.to_bits()) as i16;
    }
    into.iter_mut().skip(numbers.len()).for_each(|to| *to = 0);
    greatest / most
}

/// A linear layer: `output = input · weights + bias`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fixed {
    inputs: usize,
    outputs: usize,
    /// For each [`LANES`] outputs, the weights of two inputs after another.
    lines: Vec<Line>,
    /// What the sums of each output are multiplied with.
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl Fixed {
    /// The same as a layer of floats.
    pub(super) fn of(layer: &Linear) -> Self {
        let columns = layer.weights.t().as_standard_layout().into_owned();
        let columns: Vec<&[f32]> = (0..columns.nrows()).map(|i| row(&columns, i)).collect();
        Self::new(layer.weights.nrows(), &columns, &layer.bias)
    }

    /// Packs a layer of so many inputs: the weights of its outputs, one after
    /// another, and what is added to each (zero where that is missing).
    pub(super) fn new(inputs: usize, outputs: &[&[f32]], bias: &[f32]) -> Self {
        let blocks = outputs.len().div_ceil(LANES);
        let mut this = Self {
            inputs,
            outputs: outputs.len(),
            lines: vec![Line::default(); blocks * pairs(inputs)],
            scales: Vec::with_capacity(blocks * LANES),
            bias: bias.to_vec(),
        };
        vectorised(Pack { columns: outputs, into: &mut this });
        this.scales.resize(blocks * LANES, 0.0);
        this.bias.resize(blocks * LANES, 0.0);
        this
    }

    /// The outputs for rows of the layer's width.
    pub(super) fn apply(&self, rows: &Rows) -> Array2<f32> {
        let mut output = Array2::zeros((rows.count, self.outputs));
        let numbers = output.as_slice_mut().unwrap_or(&mut []);
        with_kernel(Product { layer: self, rows, output: numbers });
        output
    }
}

struct Product<'a> {
    layer: &'a Fixed,
    rows: &'a Rows,
    output: &'a mut [f32],
}

impl Work for Product<'_> {
    #[allow(clippy::inline_always)] // must become a part of `vectorised` work
    #[inline(always)]
    fn run<K: Kernel>(self, kernel: K) {
        let Self { layer, rows, output } = self;
        let width = layer.outputs.max(1);
        let columns = layer.scales.as_chunks::<LANES>().0.iter().zip(layer.bias.as_chunks().0);
        let blocks = layer.lines.chunks_exact(pairs(layer.inputs)).zip(columns);
        // A block of weights stays in the nearest cache while all rows pass.
        for (block, (lines, columns)) in blocks.enumerate() {
            let tiles = rows.tiles.chunks_exact(pairs(rows.inputs)).zip(rows.scales.chunks(ROWS));
            for ((tiles, scales), output) in tiles.zip(output.chunks_mut(ROWS * width)) {
                let sums = kernel.sums(lines, tiles);
                for ((sums, &scale), output) in
                    sums.iter().zip(scales).zip(output.chunks_mut(width))
                {
                    let output = output.get_mut(block * LANES..).unwrap_or(&mut []);
                    scale_back(sums, scale, columns, output);
                }
            }
        }
    }
}

/// Floats of whole sums, as many as there is room for.
#[allow(clippy::inline_always)] // must become a part of `vectorised` work
#[inline(always)]
fn scale_back(
    sums: &[i32; LANES],
    scale: f32,
    (scales, bias): (&[f32; LANES], &[f32; LANES]),
    output: &mut [f32],
) {
    let mut floats = [0.0; LANES];
    for (to, ((&sum, of_column), bias)) in floats.iter_mut().zip(sums.iter().zip(scales).zip(bias))
    {
        *to = bias + sum as f32 * (scale * of_column);
    }
    match output.first_chunk_mut::<LANES>() {
        Some(whole) => *whole = floats,
        None => output.iter_mut().zip(floats).for_each(|(to, x)| *to = x),
    }
}

struct Pack<'a> {
    columns: &'a [&'a [f32]],
    into: &'a mut Fixed,
}

impl NullaryFnOnce for Pack<'_> {
    type Output = ();

    #[allow(clippy::inline_always)] // must become a part of `vectorised` work
    #[inline(always)]
    fn call(self) {
        let Fixed { inputs, lines, scales, .. } = self.into;
        let most = most_whole(*inputs);
        let mut whole = vec![0_i16; 2 * pairs(*inputs)];
        for (i, column) in self.columns.iter().enumerate() {
            scales.push(round(column, most, &mut whole));
            let block = lines.chunks_exact_mut(pairs(*inputs)).nth(i / LANES);
            let (whole, _) = whole.as_chunks();
            for (to, &pair) in block.unwrap_or(&mut []).iter_mut().zip(whole) {
                to.0[i % LANES] = pair;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::kernel::sums_of_each;
    use super::*;
    use proptest::prelude::*;

    /// Rows of numbers that look random, some of them zeros.
    fn numbers(rows: usize, width: usize, mut seed: u32) -> Vec<Vec<f32>> {
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let x = (seed >> 8) as f32 / (1 << 23) as f32 - 1.0;
            if seed.is_multiple_of(7) { 0.0 } else { x }
        };
        (0..rows).map(|_| (0..width).map(|_| next()).collect()).collect()
    }

    fn slices(rows: &[Vec<f32>]) -> Vec<&[f32]> {
        rows.iter().map(Vec::as_slice).collect()
    }

    fn check(count: usize, inputs: usize, outputs: usize) {
        let (left, right) = (numbers(count, inputs, 1), numbers(outputs, inputs, 2));
        let bias = &numbers(1, outputs, 3)[0];
        let layer = Fixed::new(inputs, &slices(&right), bias);
        let output = layer.apply(&Rows::new(inputs, &slices(&left)));
        assert_eq!(output.dim(), (count, outputs));
        for (i, row) in left.iter().enumerate() {
            for (j, column) in right.iter().enumerate() {
                let exact: f32 = bias[j] + row.iter().zip(column).map(|(a, b)| a * b).sum::<f32>();
                let found = output[[i, j]];
                let most = 1e-3 * (inputs as f32).sqrt();
                assert!((found - exact).abs() <= most, "{i} {j}: {found} for {exact}");
            }
        }
    }

    #[test]
    fn products_are_near() {
        check(0, 3, 2);
        check(3, 0, 2);
        check(1, 1, 1);
        check(5, 7, 17);
        check(9, 192, 33);
        check(2, 4096, 16);
    }

    #[test]
    fn extremes_neither_overflow_nor_panic() {
        for inputs in [1, 2, 511, 4096] {
            let rows = vec![vec![f32::MAX; inputs], vec![f32::NAN; inputs], vec![-1e-40; inputs]];
            let layer = Fixed::new(inputs, &slices(&rows), &[]);
            let found = layer.apply(&Rows::new(inputs, &slices(&rows)));
            assert_eq!(found.dim(), (3, 3));
        }
        let ones = vec![vec![1.0; 4096]];
        let layer = Fixed::new(4096, &slices(&ones), &[]);
        let found = layer.apply(&Rows::new(4096, &slices(&ones)))[[0, 0]];
        assert!((found - 4096.0).abs() < 0.1, "{found}");
    }

    proptest! {
        /// The sums of all kernels are the same.
        #[test]
        fn kernels_agree(pairs in 0..70usize, seed: u32) {
            let mut seed = seed;
            let mut next = || {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 16) as u16 as i16
            };
            let mut pair = || [next().max(-i16::MAX), next().max(-i16::MAX)];
            let lines: Vec<Line> =
                (0..pairs).map(|_| Line(std::array::from_fn(|_| pair()))).collect();
            let tiles: Vec<Tile> = (0..pairs).map(|_| std::array::from_fn(|_| pair())).collect();
            let all = sums_of_each(&lines, &tiles);
            prop_assert!(all.iter().all(|sums| *sums == all[0]));
        }

        /// A row's outputs do not depend on the rows beside it.
        #[test]
        fn rows_do_not_touch_each_other(
            count in 1..9usize, inputs in 1..40usize, outputs in 1..40usize, seed: u32
        ) {
            let (left, right) = (numbers(count, inputs, seed), numbers(outputs, inputs, !seed));
            let layer = Fixed::new(inputs, &slices(&right), &[]);
            let together = layer.apply(&Rows::new(inputs, &slices(&left)));
            for (i, row) in left.iter().enumerate() {
                let alone = layer.apply(&Rows::new(inputs, &[row]));
                prop_assert_eq!(alone.row(0), together.row(i));
            }
        }
    }
}
