//! A word becomes rows of the embedding table: its beginnings and endings, its
//! letter trigrams and its shape, each hashed (rows may collide), and keys
//! under which its form and its pretrained vector are filed, if they are known.

use super::hash::{hash, plain, shape, shorten};
use super::phrases::Marks;

/// Rows for hashed features: the first of the table. Those of hints
/// ([`super::phrases`]) and of known forms follow.
pub const HASHED_ROWS: usize = 24_576;

/// The features of a sequence of words.
#[derive(Clone, Debug, Default)]
pub struct Words {
    rows: Vec<u32>,
    /// Where each word's rows end.
    ends: Vec<u32>,
    /// The hash of each word under which pretrained vectors are filed.
    pub keys: Vec<u64>,
    /// The hash of each word, digits all alike, under which forms are filed.
    pub forms: Vec<u64>,
}

impl Words {
    /// How many words.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The rows of one word's hashed features.
    pub fn rows(&self, word: usize) -> &[u32] {
        let start = word.checked_sub(1).and_then(|w| self.ends.get(w)).map_or(0, |&e| e as usize);
        let end = self.ends.get(word).map_or(start, |&e| e as usize);
        self.rows.get(start..end).unwrap_or(&[])
    }

    /// Adds a word.
    pub fn push(&mut self, form: &str) {
        self.push_marked(form, Marks::default());
    }

    /// Adds a word with hints.
    pub fn push_marked(&mut self, form: &str, marks: Marks) {
        self.rows.extend(marks.rows().map(|row| (HASHED_ROWS + row) as u32));
        let lower: Vec<char> = shorten(form.chars().map(plain).flat_map(char::to_lowercase));
        self.keys.push(key(&lower));
        let digitless: Vec<char> =
            lower.iter().map(|&c| if c.is_numeric() { '0' } else { c }).collect();
        self.forms.push(hash(0, &digitless));
        self.push_parts(&digitless);
        self.push_other(3, &shape(form));
        self.ends.push(self.rows.len() as u32);
    }

    fn push_parts(&mut self, form: &[char]) {
        for length in 1..=4.min(form.len()) {
            self.push_other(10 + length as u64, form.get(form.len() - length..).unwrap_or(&[]));
        }
        for length in 1..=3.min(form.len()) {
            self.push_other(20 + length as u64, form.get(..length).unwrap_or(&[]));
        }
        for three in form.windows(3) {
            self.push_other(30, three);
        }
    }

    fn push_other(&mut self, salt: u64, feature: &[char]) {
        self.rows.push((hash(salt, feature) % HASHED_ROWS as u64) as u32);
    }
}

/// The hash under which a word's pretrained vector is filed.
pub fn vector_key(word: &str) -> u64 {
    key(&shorten(word.chars().map(plain).flat_map(char::to_lowercase)))
}

fn key(lower: &[char]) -> u64 {
    hash(0, lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(form: &str, expected: &str) {
        assert_eq!(shape(form).iter().collect::<String>(), expected);
    }

    #[test]
    fn shapes() {
        check("McDonald", "XxXxx");
        check("1984", "dddd");
        check("12345-7", "dddd-d");
        check("U.S.", "X.X.");
        check("", "");
    }

    #[test]
    fn curly_marks_count_as_straight_ones() {
        assert_eq!(vector_key("DON’T"), vector_key("don't"));
    }

    #[test]
    fn words_of_any_length_have_few_rows() {
        let mut words = Words::default();
        words.push("");
        words.push(&"é".repeat(100_000));
        assert_eq!(words.len(), 2);
        assert!(
            words.rows(1).len() < 60 && words.rows(1).iter().all(|&r| (r as usize) < HASHED_ROWS)
        );
        assert!(words.rows(2).is_empty());
    }
}
