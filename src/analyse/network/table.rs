//! Tables of word vectors, eight bits a number with one scale a row.

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

/// Pretrained vectors of words, filed under the hash of the word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vectors {
    /// Hashes ([`super::features::vector_key`]) in order; row `i` belongs to `keys[i]`.
    pub keys: Vec<u64>,
    /// The vectors.
    pub table: Table,
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
        let vectors = Vectors { keys: vec![3, 9], table: Table::quantise(&[1.0, 2.0], 1) };
        let mut sum = [0.0];
        vectors.add(5, &mut sum);
        assert!(sum[0].abs() < f32::EPSILON);
        vectors.add(9, &mut sum);
        assert!((sum[0] - 2.0).abs() < 1e-5);
    }
}
