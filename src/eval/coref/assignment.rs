//! The assignment of rows to columns with the greatest sum.

/// The greatest sum of cells, no two in one row or column (the Hungarian
/// algorithm with potentials, cubic in the shorter side). Rows must have one length.
pub(super) fn best_assignment(table: &[Vec<f64>]) -> f64 {
    let (rows, columns) = (table.len(), table.first().map_or(0, Vec::len));
    if rows > columns {
        let turned: Vec<Vec<f64>> = (0..columns)
            .map(|c| table.iter().map(|row| row.get(c).copied().unwrap_or(0.0)).collect())
            .collect();
        return best_assignment(&turned);
    }
    let mut search = Search {
        table,
        row_potential: vec![0.0; rows + 1],
        column_potential: vec![0.0; columns + 1],
        row_of: vec![0; columns + 1],
    };
    for row in 1..=rows {
        search.place(row);
    }
    let assigned = search.row_of.iter().enumerate().skip(1).filter(|&(_, &row)| row > 0);
    assigned.fold(0.0, |sum, (column, &row)| sum - search.cost(row, column))
}

/// Rows and columns count from 1; column 0 is where a row waits.
struct Search<'a> {
    table: &'a [Vec<f64>],
    row_potential: Vec<f64>,
    column_potential: Vec<f64>,
    row_of: Vec<usize>,
}

impl Search<'_> {
    fn cost(&self, row: usize, column: usize) -> f64 {
        -self.table.get(row - 1).and_then(|r| r.get(column - 1)).copied().unwrap_or(0.0)
    }

    /// Finds the cheapest path that gives a new row a column, and shifts the
    /// rows along it.
    fn place(&mut self, row: usize) {
        let n = self.row_of.len();
        let (mut least, mut from, mut seen) = (vec![f64::INFINITY; n], vec![0; n], vec![false; n]);
        self.row_of[0] = row;
        let mut at = 0;
        while self.row_of[at] != 0 {
            seen[at] = true;
            let next = self.relax(at, &seen, &mut least, &mut from);
            let step = least[next];
            for column in 0..n {
                if seen[column] {
                    self.row_potential[self.row_of[column]] += step;
                    self.column_potential[column] -= step;
                } else {
                    least[column] -= step;
                }
            }
            at = next;
        }
        while at != 0 {
            self.row_of[at] = self.row_of[from[at]];
            at = from[at];
        }
    }

    /// Reduced costs from a column's row; gives the cheapest unseen column.
    fn relax(&self, at: usize, seen: &[bool], least: &mut [f64], from: &mut [usize]) -> usize {
        let row = self.row_of[at];
        let mut best = 0;
        for column in 1..least.len() {
            if seen[column] {
                continue;
            }
            let cost =
                self.cost(row, column) - self.row_potential[row] - self.column_potential[column];
            if cost < least[column] {
                (least[column], from[column]) = (cost, at);
            }
            if best == 0 || least[column] < least[best] {
                best = column;
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Tries every assignment.
    fn brute(table: &[Vec<f64>], used: &mut Vec<usize>) -> f64 {
        let Some((row, rest)) = table.split_first() else { return 0.0 };
        let mut best = brute(rest, used);
        for (column, cell) in row.iter().enumerate() {
            if !used.contains(&column) {
                used.push(column);
                best = best.max(cell + brute(rest, used));
                used.pop();
            }
        }
        best
    }

    proptest! {
        #[test]
        fn nothing_beats_it(rows in 0usize..5, columns in 0usize..5, cells in proptest::collection::vec(0u8..9, 25)) {
            let table: Vec<Vec<f64>> = (0..rows)
                .map(|r| (0..columns).map(|c| f64::from(cells[r * 5 + c])).collect())
                .collect();
            prop_assert!((best_assignment(&table) - brute(&table, &mut Vec::new())).abs() < 1e-9);
        }
    }
}
