//! Where a hash stands among many.

/// Sorted hashes, with the place where each beginning of a hash starts: good
/// hashes are spread evenly, so few stand between two places.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Index {
    keys: Vec<u64>,
    /// For each beginning, how many keys begin with less; and the number of all.
    starts: Vec<u32>,
    /// How far a key is shifted to leave its beginning.
    shift: u32,
}

impl Index {
    /// An index of hashes in order.
    pub(super) fn new(keys: Vec<u64>) -> Self {
        let bits = keys.len().max(2).next_power_of_two().ilog2();
        let shift = u64::BITS - bits;
        let mut starts = Vec::with_capacity((1 << bits) + 1);
        for (i, key) in keys.iter().enumerate() {
            let beginning = (key >> shift) as usize;
            starts.resize(starts.len().max(beginning + 1), i as u32);
        }
        starts.resize((1 << bits) + 1, keys.len() as u32);
        Self { keys, starts, shift }
    }

    /// The place of a hash among all; `None` for an unknown one.
    #[allow(clippy::inline_always)] // must become a part of `vectorised` work
    #[inline(always)]
    pub(super) fn find(&self, key: u64) -> Option<usize> {
        let beginning = (key >> self.shift) as usize;
        let start = *self.starts.get(beginning)? as usize;
        let end = *self.starts.get(beginning + 1)? as usize;
        let within = self.keys.get(start..end)?.binary_search(&key).ok()?;
        Some(start + within)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(keys: &[u64], others: &[u64]) {
        let index = Index::new(keys.to_vec());
        for (place, &key) in keys.iter().enumerate() {
            assert_eq!(index.find(key), Some(place), "{key}");
        }
        for &other in others {
            assert_eq!(index.find(other), keys.binary_search(&other).ok());
        }
    }

    #[test]
    fn few_keys_and_uneven_ones() {
        check(&[], &[0, u64::MAX]);
        check(&[7], &[0, 8, u64::MAX]);
        check(&[0, 1, 2, 3, u64::MAX], &[4, u64::MAX - 1]);
    }

    proptest! {
        #[test]
        fn finds_what_a_search_finds(
            keys in prop::collection::btree_set(any::<u64>(), 0..200),
            others in prop::collection::vec(any::<u64>(), 0..20)
        ) {
            check(&keys.into_iter().collect::<Vec<_>>(), &others);
        }
    }
}
