//! Hashed features of one decision.

/// The features of a decision, by hash. The first argument of [`Features::add`]
/// numbers the template, so that equal values of two templates differ.
#[derive(Debug, Default)]
pub(super) struct Features {
    hashes: Vec<u32>,
}

impl Features {
    pub(super) fn clear(&mut self) {
        self.hashes.clear();
    }

    pub(super) fn add<const N: usize>(&mut self, template: u64, values: [u64; N]) {
        let hash = values.iter().fold(mix(0, template), |hash, &value| mix(hash, value));
        self.hashes.push((hash >> 32) as u32);
    }

    pub(super) fn as_slice(&self) -> &[u32] {
        &self.hashes
    }
}

/// One step of a multiplicative hash (the constant is 2^64 over the golden ratio).
pub(super) fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(23) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
