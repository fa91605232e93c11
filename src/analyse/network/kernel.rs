//! The innermost loop of products in whole numbers: in plain Rust, and in the
//! instructions that multiply and add 16 or 32 numbers at a time. Whole
//! numbers leave no room for rounding: all give the same sums.

use super::math::vectorised;
use pulp::NullaryFnOnce;

/// Rows that are multiplied together: as many as it takes to keep a processor
/// busy that needs several cycles for each sum and begins two in each cycle.
pub(super) const ROWS: usize = 12;
/// Outputs that are summed together.
pub(super) const LANES: usize = 16;

/// Two numbers that follow one another.
pub(super) type Pair = [i16; 2];
/// A pair of each of some rows.
pub(super) type Tile = [Pair; ROWS];
/// What they are multiplied with, for each of some outputs; a line of the cache.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(align(64))]
pub(super) struct Line(pub(super) [Pair; LANES]);
/// One sum an output, for each row.
pub(super) type Sums = [[i32; LANES]; ROWS];

/// A way to sum.
pub(super) trait Kernel: Copy {
    /// The sums of the products of lines and tiles, pair by pair.
    fn sums(self, lines: &[Line], tiles: &[Tile]) -> Sums;
}

/// What is done with a kernel; `run` must be inlined, to become a part of
/// code that may use the kernel's instructions.
pub(super) trait Work {
    /// Does it.
    fn run<K: Kernel>(self, kernel: K);
}

/// Does work with the fastest kernel that the processor has.
pub(super) fn with_kernel(work: impl Work) {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V4::try_new() {
        let run = Run { work, kernel: x86::Avx512(simd) };
        return match x86::Vnni::try_new() {
            Some(vnni) => vnni.vectorize(run),
            None => simd.vectorize(run),
        };
    }
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V3::try_new() {
        return simd.vectorize(Run { work, kernel: x86::Avx2(simd) });
    }
    vectorised(Run { work, kernel: Plain });
}

struct Run<W, K> {
    work: W,
    kernel: K,
}

impl<W: Work, K: Kernel> NullaryFnOnce for Run<W, K> {
    type Output = ();

    #[allow(clippy::inline_always)] // must become a part of `vectorised` work
    #[inline(always)]
    fn call(self) {
        self.work.run(self.kernel);
    }
}

/// Without instructions of its own: the compiler does what it can.
#[derive(Clone, Copy)]
pub(super) struct Plain;

impl Kernel for Plain {
    #[allow(clippy::inline_always)] // must become a part of `vectorised` work
    #[inline(always)]
    fn sums(self, lines: &[Line], tiles: &[Tile]) -> Sums {
        let mut sums = Sums::default();
        for (line, tile) in lines.iter().zip(tiles) {
            for (sums, pair) in sums.iter_mut().zip(tile) {
                for (sum, weights) in sums.iter_mut().zip(&line.0) {
                    let [first, second] =
                        [0, 1].map(|i| i32::from(pair[i]) * i32::from(weights[i]));
                    *sum = sum.wrapping_add(first.wrapping_add(second));
                }
            }
        }
        sums
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use pulp::x86::{V3, V4};
    use pulp::{cast, i16x16, i16x32, i32x8, i32x16};

    use super::{Kernel, Line, Pair, ROWS, Sums, Tile};

    pulp::simd_type! {
        /// What [`V4`] has, and the instruction that multiplies and adds to a
        /// sum at once: in code that may use it, the compiler makes one of the
        /// two of [`Avx512`].
        pub(super) struct Vnni {
            avx512f: "avx512f",
            avx512bw: "avx512bw",
            avx512cd: "avx512cd",
            avx512dq: "avx512dq",
            avx512vl: "avx512vl",
            avx512vnni: "avx512vnni",
            bmi1: "bmi1",
            bmi2: "bmi2",
            lzcnt: "lzcnt",
            popcnt: "popcnt",
        }
    }

    /// 32 products an instruction.
    #[derive(Clone, Copy)]
    pub(super) struct Avx512(pub(super) V4);

    impl Avx512 {
        /// Adds what a pair gives to the sums of its row.
        #[allow(clippy::inline_always)] // must become a part of `vectorised` work
        #[inline(always)]
        fn add(self, sums: i32x16, pair: Pair, weights: i16x32) -> i32x16 {
            let Self(simd) = self;
            let pair: i16x32 = cast(simd.splat_i32x16(cast(pair)));
            let products = simd.multiply_wrapping_add_adjacent_i16x32(pair, weights);
            simd.wrapping_add_i32x16(sums, products)
        }
    }

    impl Kernel for Avx512 {
        #[allow(clippy::inline_always)] // must become a part of `vectorised` work
        #[inline(always)]
        fn sums(self, lines: &[Line], tiles: &[Tile]) -> Sums {
            let mut sums = [self.0.splat_i32x16(0); ROWS];
            for (line, tile) in lines.iter().zip(tiles) {
                let weights: i16x32 = cast(line.0);
                for (sums, &pair) in sums.iter_mut().zip(tile) {
                    *sums = self.add(*sums, pair, weights);
                }
            }
            sums.map(cast)
        }
    }

    /// 16 products an instruction.
    #[derive(Clone, Copy)]
    pub(super) struct Avx2(pub(super) V3);

    /// Rows whose sums there are registers for.
    const FEW: usize = 4;

    impl Avx2 {
        /// Adds what a pair gives to the sums of its row.
        #[allow(clippy::inline_always)] // must become a part of `vectorised` work
        #[inline(always)]
        fn add(self, [low, high]: [i32x8; 2], pair: Pair, weights: [i16x16; 2]) -> [i32x8; 2] {
            let Self(simd) = self;
            let pair: i16x16 = cast(simd.splat_i32x8(cast(pair)));
            let products = |weights| simd.multiply_wrapping_add_adjacent_i16x16(pair, weights);
            [
                simd.wrapping_add_i32x8(low, products(weights[0])),
                simd.wrapping_add_i32x8(high, products(weights[1])),
            ]
        }
    }

    impl Kernel for Avx2 {
        #[allow(clippy::inline_always)] // must become a part of `vectorised` work
        #[inline(always)]
        fn sums(self, lines: &[Line], tiles: &[Tile]) -> Sums {
            let mut all = Sums::default();
            for (part, to) in all.as_chunks_mut::<FEW>().0.iter_mut().enumerate() {
                let mut sums = [[self.0.splat_i32x8(0); 2]; FEW];
                for (line, tile) in lines.iter().zip(tiles) {
                    let weights: [i16x16; 2] = cast(line.0);
                    let pairs = &tile.as_chunks::<FEW>().0[part];
                    for (sums, &pair) in sums.iter_mut().zip(pairs) {
                        *sums = self.add(*sums, pair, weights);
                    }
                }
                *to = sums.map(cast);
            }
            all
        }
    }
}

/// The sums of each kernel that the processor has.
#[cfg(test)]
pub(super) fn sums_of_each(lines: &[Line], tiles: &[Tile]) -> Vec<Sums> {
    struct Keep<'a>(&'a [Line], &'a [Tile], &'a mut Vec<Sums>);
    impl Work for Keep<'_> {
        #[allow(clippy::inline_always)] // as all of its kind
        #[inline(always)]
        fn run<K: Kernel>(self, kernel: K) {
            self.2.push(kernel.sums(self.0, self.1));
        }
    }
    let mut all = Vec::new();
    vectorised(Run { work: Keep(lines, tiles, &mut all), kernel: Plain });
    #[cfg(target_arch = "x86_64")]
    {
        if let Some(simd) = pulp::x86::V3::try_new() {
            simd.vectorize(Run { work: Keep(lines, tiles, &mut all), kernel: x86::Avx2(simd) });
        }
        if let Some(simd) = pulp::x86::V4::try_new() {
            let kernel = x86::Avx512(simd);
            simd.vectorize(Run { work: Keep(lines, tiles, &mut all), kernel });
            if let Some(vnni) = x86::Vnni::try_new() {
                vnni.vectorize(Run { work: Keep(lines, tiles, &mut all), kernel });
            }
        }
    }
    all
}
