//! How much each feature counts: one row of numbers a feature, whose sum a layer
//! of [`HIDDEN`] units looks at.
//!
//! In: the bytes of a file of weights, or rows of floats. Out: the other. In the
//! file a weight takes one byte, with a scale for each column. Sums are of floats,
//! always in one order, so that every processor gives the same.

use super::template::{COUNT, FIRST_NOMINAL, FIRST_PRONOUN, Feature, SORTS, Template};

/// How many units look at a sum.
pub const HIDDEN: usize = 31;
/// How many numbers a feature has: one for each unit, and one that counts as it is.
pub const WIDTH: usize = HIDDEN + 1;

/// The numbers of a feature, or the sum of some.
pub type Row = [f32; WIDTH];

const MAGIC: &[u8; 8] = b"RPANTE\0\x01";

/// What is learned.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// One row a feature.
    pub rows: Vec<Row>,
    /// What is added to every sum.
    pub bias: Row,
    /// How much each unit counts.
    pub units: Row,
}

/// The file is no file of weights for this program's features.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no weights of antecedents for this program's features")]
pub struct AntecedentWeightsError;

impl Weights {
    /// The weights that ship in the program.
    #[allow(clippy::expect_used)] // no input reaches it
    pub(in crate::analyse) fn shipped() -> Self {
        Self::read(reportedly_english::ANTECEDENTS).expect("a test reads the shipped weights")
    }

    /// Weights that are all zero.
    pub fn zeros() -> Self {
        Self { rows: vec![[0.0; WIDTH]; COUNT], bias: [0.0; WIDTH], units: [0.0; WIDTH] }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Where it is none, or made for other features.
    pub fn read(bytes: &[u8]) -> Result<Self, AntecedentWeightsError> {
        let body = bytes.strip_prefix(MAGIC).ok_or(AntecedentWeightsError)?;
        let (floats, body) = body.split_at_checked(3 * WIDTH * 4).ok_or(AntecedentWeightsError)?;
        if body.len() != COUNT * WIDTH {
            return Err(AntecedentWeightsError);
        }
        let mut floats =
            floats.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        let mut row = || -> Row { std::array::from_fn(|_| floats.next().unwrap_or(0.0)) };
        let (scales, bias, units) = (row(), row(), row());
        let rows = body.chunks_exact(WIDTH);
        let row = |bytes: &[u8]| std::array::from_fn(|i| f32::from(bytes[i] as i8) * scales[i]);
        Ok(Self { rows: rows.map(row).collect(), bias, units })
    }

    /// Writes a file.
    pub fn write(&self) -> Vec<u8> {
        let greatest = |i: usize| self.rows.iter().map(|row| row[i].abs()).fold(0.0, f32::max);
        let scales: Row = std::array::from_fn(|i| greatest(i) / 127.0);
        let mut bytes = MAGIC.to_vec();
        for row in [&scales, &self.bias, &self.units] {
            bytes.extend(row.iter().flat_map(|weight| weight.to_le_bytes()));
        }
        let quantise =
            |weight: f32, scale: f32| if scale > 0.0 { (weight / scale).round() } else { 0.0 };
        for row in &self.rows {
            bytes.extend(row.iter().zip(scales).map(|(&w, scale)| quantise(w, scale) as i8 as u8));
        }
        bytes
    }

    /// Takes something off the score of there being no antecedent: of names,
    /// descriptions and pronouns.
    pub fn embolden(&mut self, boldness: &[f32]) {
        for sort in 0..SORTS {
            let kind = usize::from(sort >= FIRST_NOMINAL) + usize::from(sort >= FIRST_PRONOUN);
            let row = &mut self.rows[Template::New.value(sort).index()];
            row[HIDDEN] -= boldness.get(kind).copied().unwrap_or(0.0);
        }
    }

    /// Adds the rows of some features to a sum.
    #[inline]
    pub fn add(&self, sum: &mut Row, features: &[Feature]) {
        for feature in features {
            let Some(row) = self.rows.get(feature.index()) else { continue };
            for (sum, weight) in sum.iter_mut().zip(row) {
                *sum += weight;
            }
        }
    }

    /// What a sum is worth.
    #[inline]
    pub fn score(&self, sum: &Row) -> f32 {
        let mut score = sum[HIDDEN];
        for (unit, weight) in sum.iter().zip(&self.units).take(HIDDEN) {
            score += unit.max(0.0) * weight;
        }
        score
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_survive_their_file() {
        let mut weights = Weights::zeros();
        weights.rows[3][5] = 12.7;
        weights.rows[4][5] = -0.1;
        weights.units[5] = 2.0;
        weights.bias[HIDDEN] = 0.5;
        let read = Weights::read(&weights.write()).unwrap();
        let bits = |numbers: &[f32]| numbers.iter().map(|n| n.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&read.units), bits(&weights.units));
        assert_eq!(bits(&read.bias), bits(&weights.bias));
        assert!((read.rows[3][5] - 12.7).abs() < 1e-3);
        assert!((read.rows[4][5] + 0.1).abs() < 1e-3);
        assert_eq!(Weights::read(b"something else"), Err(AntecedentWeightsError));
        assert_eq!(Weights::read(&weights.write()[1..]), Err(AntecedentWeightsError));
    }

    #[test]
    fn the_shipped_weights_can_be_read() {
        assert_eq!(Weights::shipped().rows.len(), COUNT);
    }
}
