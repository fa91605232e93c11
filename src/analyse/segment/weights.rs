//! The trained weights: what they are, how they are stored, how they decide.

use super::{Judge, Split};

/// Classes of the decision within a run: [`Split`]'s.
pub const CLASSES: usize = 3;

const MAGIC: &[u8; 8] = b"RPSEGM01";

/// The weights of one linear classifier over hashed features: a weight for
/// each bucket and class, as a multiple of `scale`.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Number of classes; the weights of a bucket stand together.
    pub classes: usize,
    /// What a weight of 1 is worth.
    pub scale: f32,
    /// `classes` times a power of two of them.
    pub weights: Vec<i8>,
}

impl Table {
    /// The bucket of a feature, of `buckets` (a power of two).
    pub fn bucket(feature: u32, buckets: usize) -> usize {
        feature as usize & (buckets - 1)
    }

    /// The score of each class.
    fn scores<const N: usize>(&self, features: &[u32]) -> [f32; N] {
        let buckets = (self.weights.len() / self.classes).max(1);
        let mut sums = [0_i32; N];
        for &feature in features {
            let at = Self::bucket(feature, buckets) * N;
            let weights = self.weights.get(at..at + N).unwrap_or(&[]);
            for (sum, &weight) in sums.iter_mut().zip(weights) {
                *sum += i32::from(weight);
            }
        }
        sums.map(|sum| sum as f32 * self.scale)
    }
}

/// Both classifiers.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// Decides on [`Split`]s.
    pub split: Table,
    /// Decides whether a sentence ends.
    pub stop: Table,
    /// How much a sentence's end must score.
    pub threshold: f32,
}

/// Why weights could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// The bytes are not weights of this version.
    #[error("not a file of segmentation weights, or of another version")]
    Format,
    /// The bytes end too soon, or go on too long.
    #[error("segmentation weights of the wrong length: {found} bytes where {expected} were due")]
    Length {
        /// How many there are.
        found: usize,
        /// How many there should be.
        expected: usize,
    },
}

impl Weights {
    /// The weights as a file holds them: the magic word; threshold, and scale
    /// and number of buckets of both tables, little-endian; both tables.
    pub fn to_bytes(&self) -> Vec<u8> {
        let buckets = |table: &Table| (table.weights.len() / table.classes.max(1)) as u32;
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.threshold.to_le_bytes());
        for table in [&self.split, &self.stop] {
            bytes.extend(table.scale.to_le_bytes());
            bytes.extend(buckets(table).to_le_bytes());
        }
        for table in [&self.split, &self.stop] {
            bytes.extend(table.weights.iter().map(|w| w.cast_unsigned()));
        }
        bytes
    }

    /// Reads what [`Weights::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WeightsError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(WeightsError::Format)?;
        let (header, tables) = rest.split_at_checked(20).ok_or(WeightsError::Format)?;
        let word = |i: usize| -> [u8; 4] {
            header[4 * i..4 * i + 4].try_into().expect("the header has five words of four bytes")
        };
        let (split, stop) = (u32::from_le_bytes(word(2)), u32::from_le_bytes(word(4)));
        if !split.is_power_of_two() || !stop.is_power_of_two() {
            return Err(WeightsError::Format);
        }
        let (split, stop) = (split as usize * CLASSES, stop as usize);
        if tables.len() != split + stop {
            return Err(WeightsError::Length { found: tables.len(), expected: split + stop });
        }
        let table = |classes, scale, weights: Option<&[u8]>| Table {
            classes,
            scale: f32::from_le_bytes(scale),
            weights: weights.unwrap_or(&[]).iter().map(|b| b.cast_signed()).collect(),
        };
        Ok(Self {
            threshold: f32::from_le_bytes(word(0)),
            split: table(CLASSES, word(1), tables.get(..split)),
            stop: table(1, word(3), tables.get(split..)),
        })
    }
}

impl Judge for &Weights {
    fn split(&mut self, _at: usize, features: &[u32]) -> Split {
        let [inside, token, joined] = self.split.scores(features);
        if inside >= token && inside >= joined {
            Split::Inside
        } else if token >= joined {
            Split::Token
        } else {
            Split::Joined
        }
    }

    fn stop(&mut self, _at: usize, features: &[u32]) -> f32 {
        let [score] = self.stop.scores(features);
        score - self.threshold
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_survive_their_bytes() {
        let table = |classes| Table { classes, scale: 0.5, weights: vec![-3; 4 * classes] };
        let weights = Weights { split: table(CLASSES), stop: table(1), threshold: -0.25 };
        assert_eq!(Weights::from_bytes(&weights.to_bytes()), Ok(weights.clone()));
        let mut bytes = weights.to_bytes();
        bytes.pop();
        let error = WeightsError::Length { found: 15, expected: 16 };
        assert_eq!(Weights::from_bytes(&bytes), Err(error));
        assert_eq!(Weights::from_bytes(b"nothing"), Err(WeightsError::Format));
    }
}
