//! How much each feature counts: one row of numbers a feature, whose sum a layer
//! of [`HIDDEN`] units looks at.
//!
//! In: the bytes of a file of weights, or rows of floats. Out: the other. In the
//! file a weight takes one byte, with a scale for each column. Sums are of floats,
//! always in one order, so that every processor gives the same.

use super::template::{
    CLAUSE, COUNT, DEMONSTRATIVES, FIRST_NOMINAL, FIRST_PRONOUN, Feature, IT, PERSONAL, SORTS,
    Template,
};

/// How many units look at a sum.
pub const HIDDEN: usize = 31;
/// How many numbers a feature has: one for each unit, and one that counts as it is.
pub const WIDTH: usize = HIDDEN + 1;

/// The numbers of a feature, or the sum of some.
pub type Row = [f32; WIDTH];

/// How many numbers the vector of a word has.
pub const VECTOR: usize = 100;

/// Whose vector it is.
#[derive(Clone, Copy, Debug)]
pub enum Slot {
    /// The head of the mention whose antecedent is sought.
    Anaphor,
    /// The word that this head depends on.
    Governor,
    /// The head of the mention that may be the antecedent.
    Antecedent,
}

/// How many slots there are.
const SLOTS: usize = 3;
/// How many rows there are: one a feature, and one for each number of a vector.
const ROWS: usize = COUNT + SLOTS * VECTOR;

const MAGIC: &[u8; 8] = b"RPANTE\0\x02";

/// What is learned.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// One row a feature, then one for each number of the vectors of each [`Slot`].
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
        Self { rows: vec![[0.0; WIDTH]; ROWS], bias: [0.0; WIDTH], units: [0.0; WIDTH] }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Where it is none, or made for other features.
    pub fn read(bytes: &[u8]) -> Result<Self, AntecedentWeightsError> {
        let body = bytes.strip_prefix(MAGIC).ok_or(AntecedentWeightsError)?;
        let (floats, body) = body.split_at_checked(4 * WIDTH * 4).ok_or(AntecedentWeightsError)?;
        if body.len() != ROWS * WIDTH {
            return Err(AntecedentWeightsError);
        }
        let mut floats =
            floats.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        let mut row = || -> Row { std::array::from_fn(|_| floats.next().unwrap_or(0.0)) };
        let (scales, vector_scales, bias, units) = (row(), row(), row(), row());
        let read = |(number, bytes): (usize, &[u8])| -> Row {
            let scales = if number < COUNT { &scales } else { &vector_scales };
            std::array::from_fn(|i| f32::from(bytes[i] as i8) * scales[i])
        };
        let rows = body.chunks_exact(WIDTH).enumerate().map(read).collect();
        Ok(Self { rows, bias, units })
    }

    /// Writes a file.
    pub fn write(&self) -> Vec<u8> {
        let (features, vectors) = self.rows.split_at(COUNT);
        let (scales, vector_scales) = (scales(features), scales(vectors));
        let mut bytes = MAGIC.to_vec();
        for row in [&scales, &vector_scales, &self.bias, &self.units] {
            bytes.extend(row.iter().flat_map(|weight| weight.to_le_bytes()));
        }
        let quantise =
            |weight: f32, scale: f32| if scale > 0.0 { (weight / scale).round() } else { 0.0 };
        let features = features.iter().map(|row| (row, &scales));
        for (row, scales) in features.chain(vectors.iter().map(|row| (row, &vector_scales))) {
            bytes.extend(row.iter().zip(scales).map(|(&w, &scale)| quantise(w, scale) as i8 as u8));
        }
        bytes
    }

    /// Takes something off the score of there being no antecedent: of names,
    /// descriptions, *he* and *she*, *it*, and other pronouns.
    pub fn embolden(&mut self, boldness: &[f32]) {
        for sort in 0..SORTS {
            let kind = match sort {
                0..FIRST_NOMINAL => 0,
                FIRST_NOMINAL..FIRST_PRONOUN => 1,
                _ if PERSONAL.contains(&sort) => 2,
                IT => 3,
                _ => 4,
            };
            let row = &mut self.rows[Template::New.value(sort).index()];
            row[HIDDEN] -= boldness.get(kind).copied().unwrap_or(0.0);
        }
    }

    /// Takes something off the scores of names as what descriptions mean, and of names
    /// and descriptions as what demonstrative pronouns mean.
    pub fn caution(&mut self, descriptions: f32, demonstratives: f32) {
        let mut take = |own: usize, other: usize, caution: f32| {
            let row = &mut self.rows[Template::Sorts.value(own * SORTS + other).index()];
            row[HIDDEN] -= caution;
        };
        for own in FIRST_NOMINAL..FIRST_PRONOUN {
            (0..FIRST_NOMINAL).for_each(|name| take(own, name, descriptions));
        }
        for own in DEMONSTRATIVES {
            (0..CLAUSE).for_each(|other| take(own, other, demonstratives));
        }
    }

    /// The number of the row for the first number of a vector.
    pub fn first_row(slot: Slot) -> usize {
        COUNT + slot as usize * VECTOR
    }

    /// Adds what a vector counts to a sum; nothing where it is empty.
    #[inline]
    pub fn add_vector(&self, sum: &mut Row, slot: Slot, vector: &[f32]) {
        let rows = self.rows.get(Self::first_row(slot)..).unwrap_or(&[]);
        for (x, row) in vector.iter().take(VECTOR).zip(rows) {
            for (sum, weight) in sum.iter_mut().zip(row) {
                *sum += x * weight;
            }
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

/// What a step of one of 127 is worth in each column.
fn scales(rows: &[Row]) -> Row {
    let greatest = |i: usize| rows.iter().map(|row| row[i].abs()).fold(0.0, f32::max);
    std::array::from_fn(|i| greatest(i) / 127.0)
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
        weights.rows[COUNT][5] = 0.01;
        let read = Weights::read(&weights.write()).unwrap();
        let bits = |numbers: &[f32]| numbers.iter().map(|n| n.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&read.units), bits(&weights.units));
        assert_eq!(bits(&read.bias), bits(&weights.bias));
        assert!((read.rows[3][5] - 12.7).abs() < 1e-3);
        assert!((read.rows[4][5] + 0.1).abs() < 1e-3);
        assert!((read.rows[COUNT][5] - 0.01).abs() < 1e-6);
        assert_eq!(Weights::read(b"something else"), Err(AntecedentWeightsError));
        assert_eq!(Weights::read(&weights.write()[1..]), Err(AntecedentWeightsError));
    }

    #[test]
    fn the_shipped_weights_can_be_read() {
        assert_eq!(Weights::shipped().rows.len(), ROWS);
    }
}
