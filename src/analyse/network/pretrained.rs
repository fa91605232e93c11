//! Pretrained vectors of words, as the program looks them up: shared, for more than
//! one task reads them.

use std::sync::Arc;

use super::features::vector_key;
use super::index::Index;
use super::table::{Halves, Vectors};

/// The vectors of known words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pretrained {
    known: Arc<Index>,
    vectors: Arc<Halves>,
}

impl Pretrained {
    pub(super) fn new(vectors: Vectors) -> Self {
        Self { known: Arc::new(Index::new(vectors.keys)), vectors: Arc::new(vectors.table) }
    }

    /// Adds the vector filed under a key to `into`; nothing for an unknown word.
    #[allow(clippy::inline_always)] // must become a part of `vectorised` work
    #[inline(always)]
    pub(super) fn add(&self, key: u64, into: &mut [f32]) {
        if let Some(place) = self.known.find(key) {
            self.vectors.add_row(place, into);
        }
    }

    /// The vector of a word, brought to length 1; empty for an unknown word.
    pub fn direction(&self, word: &str) -> Vec<f32> {
        let mut vector = vec![0.0; self.vectors.width];
        self.add(vector_key(word), &mut vector);
        let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
        if length <= 0.0 {
            return Vec::new();
        }
        for value in &mut vector {
            *value /= length;
        }
        vector
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_have_length_one() {
        let table = Halves::quantise(&[3.0, -3.0], 2);
        let pretrained = Pretrained::new(Vectors { keys: vec![vector_key("mine")], table });
        let [x, y] = pretrained.direction("Mine")[..] else { panic!("two numbers") };
        assert!((x - 0.5_f32.sqrt()).abs() < 1e-5 && (x + y).abs() < 1e-5);
        assert!(pretrained.direction("other").is_empty());
        assert!(Pretrained::default().direction("mine").is_empty());
    }
}
