//! Which articles of a story print nearly the same text.
//!
//! In: the [`Telling`]s of a story. Out: pairs of articles of which one has most of the
//! other's words in the same order, five at a time: syndicated texts, and one agency's
//! piece cut to several lengths.

use std::collections::HashSet;

use super::telling::Telling;

/// So many words in a row are compared.
const SHINGLE: usize = 5;
/// The shorter of two copies has this share of its shingles in the longer.
const COPIED: f32 = 0.5;
/// Texts of fewer shingles are no copies of anything.
const FEWEST: usize = 30;

/// Pairs of articles of which one is a near copy of the other, by their places; the first
/// of each pair comes first.
pub fn near_copies(tellings: &[Telling]) -> Vec<(usize, usize)> {
    let shingles: Vec<HashSet<u64>> = tellings.iter().map(|t| shingles(&t.text)).collect();
    let mut pairs = Vec::new();
    for (one, of_one) in shingles.iter().enumerate() {
        for (other, of_other) in shingles.iter().enumerate().skip(one + 1) {
            let (short, long) = if of_one.len() <= of_other.len() {
                (of_one, of_other)
            } else {
                (of_other, of_one)
            };
            let common = short.intersection(long).count();
            if short.len() >= FEWEST && common as f32 >= COPIED * short.len() as f32 {
                pairs.push((one, other));
            }
        }
    }
    pairs
}

fn shingles(text: &str) -> HashSet<u64> {
    let lower = text.to_lowercase();
    let words: Vec<u64> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(hash).collect();
    words
        .windows(SHINGLE)
        .map(|row| row.iter().fold(17, |sum: u64, word| sum.wrapping_mul(0x0100_0000_01b3) ^ word))
        .collect()
}

/// FNV-1a.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_copy_is_found() {
        let sentence =
            |n: usize| format!("In harbour {n} the crew of ship {n} counted {n} crates. ");
        let long: String = (0..20).map(sentence).collect();
        let cut: String = (0..12).map(sentence).collect();
        let other: String = (40..60).map(sentence).collect();
        let telling = |text: &str| Telling { text: text.to_owned(), ..Telling::default() };
        let all = [telling(&long), telling(&cut), telling(&other)];
        assert_eq!(near_copies(&all), [(0, 1)]);
    }
}
