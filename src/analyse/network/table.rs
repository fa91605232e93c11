//! Tables of word vectors, with one scale a row: eight bits a number for those
//! that are learned, four for those that are taken as they are.

/// Rows of small numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Numbers in a row.
    pub width: usize,
    /// All rows, one after another.
    pub numbers: Vec<i8>,
    /// What the numbers of each row are multiplied with.
    pub scales: Vec<f32>,
}

impl Table {
    /// Rounds rows of floats of this width.
    pub fn quantise(rows: &[f32], width: usize) -> Self {
        let mut table = Self { width, ..Self::default() };
        for row in rows.chunks_exact(width.max(1)) {
            let most = row.iter().fold(0.0f32, |m, x| m.max(x.abs()));
            let scale = most / 127.0;
            let unit = if scale > 0.0 { 1.0 / scale } else { 0.0 };
            table.numbers.extend(row.iter().map(|x| (x * unit).round() as i8));
            table.scales.push(scale);
        }
        table
    }

    /// Adds a row to `into`; nothing where there is no such row.
    #[allow(clippy::inline_always)] // must become a part of `vectorised` work
    #[inline(always)]
    pub fn add_row(&self, row: usize, into: &mut [f32]) {
        let numbers = self.numbers.get(row * self.width..(row + 1) * self.width).unwrap_or(&[]);
        let scale = self.scales.get(row).copied().unwrap_or(0.0);
        for (sum, &x) in into.iter_mut().zip(numbers) {
            *sum += f32::from(x) * scale;
        }
    }
}

/// Rows of numbers from -7 to 7, two a byte.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Halves {
    /// Numbers in a row; even.
    pub width: usize,
    /// All rows, one after another: the first number of a pair in the low half
    /// of its byte, each 8 more than it is.
    pub pairs: Vec<u8>,
    /// What the numbers of each row are multiplied with.
    pub scales: Vec<f32>,
}

impl Halves {
    /// Rounds rows of floats of this width.
    pub fn quantise(rows: &[f32], width: usize) -> Self {
        let mut halves = Self { width, ..Self::default() };
        for row in rows.chunks_exact(width.max(1)) {
            let scale = row.iter().fold(0.0f32, |m, x| m.max(x.abs())) / 7.0;
            let unit = if scale > 0.0 { 1.0 / scale } else { 0.0 };
            let half = |x: &f32| ((x * unit).round() + 8.0) as u8;
            let pair = |two: &[f32; 2]| half(&two[0]) | half(&two[1]) << 4;
            halves.pairs.extend(row.as_chunks().0.iter().map(pair));
            halves.scales.push(scale);
        }
        halves
    }

    /// Adds a row to `into`; nothing where there is no such row.
    #[allow(clippy::inline_always)] // must become a part of `vectorised` work
    #[inline(always)]
    pub fn add_row(&self, row: usize, into: &mut [f32]) {
        let bytes = self.width / 2;
        let pairs = self.pairs.get(row * bytes..(row + 1) * bytes).unwrap_or(&[]);
        let scale = self.scales.get(row).copied().unwrap_or(0.0);
        let number = |half: u8| (f32::from(half) - 8.0) * scale;
        for (sums, pair) in into.as_chunks_mut::<2>().0.iter_mut().zip(pairs) {
            sums[0] += number(pair & 15);
            sums[1] += number(pair >> 4);
        }
    }
}

/// Pretrained vectors of words, filed under the hash of the word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vectors {
    /// Hashes ([`super::features::vector_key`]) in order; row `i` belongs to `keys[i]`.
    pub keys: Vec<u64>,
    /// The vectors.
    pub table: Halves,
}

impl Vectors {
    /// Adds the vector filed under `key` to `into`; nothing for an unknown word.
    #[allow(clippy::inline_always)] // must become a part of `vectorised` work
    #[inline(always)]
    pub fn add(&self, key: u64, into: &mut [f32]) {
        if let Ok(row) = self.keys.binary_search(&key) {
            self.table.add_row(row, into);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_nearly() {
        let table = Table::quantise(&[1.0, -0.5, 0.0, 0.0, 100.0, 3.0], 2);
        let mut sum = [10.0, 0.0];
        table.add_row(0, &mut sum);
        table.add_row(7, &mut sum);
        assert!((sum[0] - 11.0).abs() < 0.01 && (sum[1] + 0.5).abs() < 0.01);
    }

    #[test]
    fn unknown_words_add_nothing() {
        let table = Halves::quantise(&[1.0, 0.5, 2.0, -1.4], 2);
        let vectors = Vectors { keys: vec![3, 9], table };
        let mut sum = [0.0, 0.0];
        vectors.add(5, &mut sum);
        assert!(sum[0].abs() < f32::EPSILON);
        vectors.add(9, &mut sum);
        assert!((sum[0] - 2.0).abs() < 1e-5 && (sum[1] + 1.4).abs() < 0.15);
    }
}
