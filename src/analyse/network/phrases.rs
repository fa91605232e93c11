//! Names that are known beforehand, as hints to the network: which words of a
//! sentence stand in a list of places, organisations, given names or surnames.
//!
//! In: the words of a sentence. Out: rows of the embedding table, a few a word
//! ([`Phrases::marks`]). The network learns how far to trust them; nothing is
//! a name because a list says so. Lists in taggers of names: Ratinov and Roth
//! 2009, *Design Challenges and Misconceptions in Named Entity Recognition*.

use super::hash::folded_hash;

/// What a phrase can be, one bit each.
pub mod kind {
    /// An organisation's name.
    pub const ORGANIZATION: u8 = 1;
    /// A place's name.
    pub const PLACE: u8 = 2;
    /// A word that is a given name.
    pub const GIVEN: u8 = 4;
    /// A word that is a surname.
    pub const SURNAME: u8 = 8;
    /// The kinds that whole phrases have.
    pub const WHOLE: u8 = ORGANIZATION | PLACE;
}

/// Phrases have at most so many words.
const LONGEST: usize = 6;
/// Single, first, inner and last word of a phrase.
const POSITIONS: u32 = 4;
/// Rows of the table for hints; they follow the hashed ones.
pub const MARK_ROWS: usize = 16;

/// The hints that one word gets: a set of rows, counted from the first for hints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Marks(u16);

impl Marks {
    fn add(&mut self, row: u32) {
        self.0 |= 1 << row;
    }

    /// The rows, counted from the first for hints.
    pub fn rows(self) -> impl Iterator<Item = usize> {
        (0..MARK_ROWS).filter(move |row| self.0 >> row & 1 == 1)
    }
}

/// Known phrases, filed under the hash of their words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrases {
    /// Hashes ([`Phrases::key`]) in order.
    pub keys: Vec<u64>,
    /// The kinds of each.
    pub kinds: Vec<u8>,
}

impl Phrases {
    /// Files phrases: the words of each with its kind.
    pub fn new<'a>(all: impl IntoIterator<Item = (Vec<&'a str>, u8)>) -> Self {
        let mut pairs: Vec<(u64, u8)> =
            all.into_iter().map(|(words, kind)| (Self::key(&words), kind)).collect();
        pairs.sort_unstable();
        let mut this = Self::default();
        for (key, kind) in pairs {
            match this.kinds.last_mut().filter(|_| this.keys.last() == Some(&key)) {
                Some(kinds) => *kinds |= kind,
                None => {
                    this.keys.push(key);
                    this.kinds.push(kind);
                }
            }
        }
        this
    }

    /// The hash under which words are filed, in any case of their letters.
    pub fn key(words: &[&str]) -> u64 {
        words.iter().fold(START, |key, word| extend(key, folded_hash(word)))
    }

    /// Whether a place has this name, in any case of its letters.
    pub fn is_place(&self, words: &[&str]) -> bool {
        self.kinds(Self::key(words)) & kind::PLACE != 0
    }

    /// Whether a word is a place, a given name or a surname, in any case of its
    /// letters.
    pub fn is_person_or_place(&self, word: &str) -> bool {
        self.kinds(Self::key(&[word])) & !kind::ORGANIZATION != 0
    }

    fn kinds(&self, key: u64) -> u8 {
        let index = self.keys.binary_search(&key).ok();
        index.and_then(|i| self.kinds.get(i)).copied().unwrap_or(0)
    }

    /// The rows of the hints of each word: of the longest phrase that it stands
    /// in, and of the word alone. Phrases start with a capital or a digit.
    pub fn marks(&self, words: &[&str]) -> Vec<Marks> {
        let mut marks = vec![Marks::default(); words.len()];
        let hashes: Vec<u64> = words.iter().map(|word| folded_hash(word)).collect();
        let mut free = 0;
        for (first, word) in words.iter().enumerate() {
            if !word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) {
                continue;
            }
            let alone = self.kinds(extend(START, hashes[first])) & !kind::WHOLE;
            if alone != 0 {
                marks[first].add(u32::from(alone / kind::GIVEN - 1));
            }
            if first >= free
                && let Some((length, kinds)) = self.longest(&hashes[first..])
            {
                free = first + length;
                for (at, marks) in marks[first..free].iter_mut().enumerate() {
                    marks.add(phrase_row(kinds, at, length));
                }
            }
        }
        marks
    }

    /// The length and kinds of the longest phrase at the start of words.
    fn longest(&self, hashes: &[u64]) -> Option<(usize, u8)> {
        let mut key = START;
        let mut best = None;
        for (at, &hash) in hashes.iter().take(LONGEST).enumerate() {
            key = extend(key, hash);
            let kinds = self.kinds(key) & kind::WHOLE;
            if kinds != 0 {
                best = Some((at + 1, kinds));
            }
        }
        best
    }
}

const START: u64 = 0x5bd1_e995;

fn extend(key: u64, word: u64) -> u64 {
    (key.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Which hint: three for words alone, then four positions in phrases of one
/// kind, the other, or both.
fn phrase_row(kinds: u8, at: usize, length: usize) -> u32 {
    let position = match at {
        _ if length == 1 => 0,
        0 => 1,
        _ if at + 1 == length => 3,
        _ => 2,
    };
    3 + (u32::from(kinds) - 1) * POSITIONS + position
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Phrases {
        Phrases::new([
            (vec!["lake", "orm"], kind::PLACE),
            (vec!["Lake", "Orm", "Bank"], kind::ORGANIZATION),
            (vec!["Orm"], kind::PLACE),
            (vec!["Orm"], kind::SURNAME),
            (vec!["Ada"], kind::GIVEN),
        ])
    }

    /// The marks of each word, as numbers.
    fn check(text: &str, expected: &[&[usize]]) {
        let words: Vec<&str> = text.split(' ').collect();
        let marks: Vec<Vec<usize>> =
            known().marks(&words).iter().map(|m| m.rows().collect()).collect();
        assert_eq!(marks, expected, "{text}");
    }

    #[test]
    fn the_longest_phrase_counts() {
        check("at Lake Orm today", &[&[], &[8], &[1, 10], &[]]);
        check("Lake Orm Bank", &[&[4], &[1, 5], &[6]]);
        check("Ada Orm", &[&[0], &[1, 7]]);
    }

    #[test]
    fn small_letters_begin_no_phrase() {
        check("orm", &[&[]]);
        check("ORM", &[&[1, 7]]);
    }
}
