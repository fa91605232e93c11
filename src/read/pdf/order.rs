//! The order in which the pieces of a page are read: columns from left to right,
//! each from top to bottom.
//!
//! In: pieces of lines. Out: the same, column by column. A page is cut between
//! columns where a blank strip runs through it from top to bottom; where none
//! does, because a headline or a note stands across the columns, it is first cut
//! below or above what stands across.

use super::lines::Piece;

/// A narrower strip than this, in heights of the font, does not part columns.
const NARROWEST_STRIP: f32 = 0.8;
/// Columns have so many lines at least.
const FEWEST_LINES: usize = 3;
/// Pages are cut into parts of parts so deep.
const DEEPEST: usize = 12;
/// Where more pieces than this stand, as in tables of numbers, no columns are
/// sought: the search takes the cube of their number.
const MOST_PIECES: usize = 240;

/// A column, or what stands across columns: pieces from top to bottom.
pub(super) type Column = Vec<Piece>;

/// The columns of a page, in the order in which they are read.
pub(super) fn columns(pieces: Vec<Piece>) -> Vec<Column> {
    let mut columns = Vec::new();
    cut(pieces, 0, &mut columns);
    columns
}

fn cut(mut pieces: Vec<Piece>, depth: usize, columns: &mut Vec<Column>) {
    pieces.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    if pieces.is_empty() {
        return;
    }
    if depth < DEEPEST {
        if let Some(strip) = strip(&pieces) {
            let is_left = |piece: &Piece| piece.right <= strip;
            let (left, right) = pieces.into_iter().partition(is_left);
            cut(left, depth + 1, columns);
            return cut(right, depth + 1, columns);
        }
        if let Some(at) = row(&pieces) {
            let below = pieces.split_off(at);
            cut(pieces, depth + 1, columns);
            return cut(below, depth + 1, columns);
        }
    }
    columns.push(pieces);
}

/// Where the widest blank strip from top to bottom begins, with a column on both
/// sides of it.
fn strip(pieces: &[Piece]) -> Option<f32> {
    if pieces.len() < 2 * FEWEST_LINES {
        return None;
    }
    let mut by_left: Vec<&Piece> = pieces.iter().collect();
    by_left.sort_by(|a, b| a.left.total_cmp(&b.left));
    let narrowest = NARROWEST_STRIP * usual_size(pieces);
    let (mut reach, mut widest) = (f32::MIN, None);
    for (at, piece) in by_left.iter().enumerate() {
        let width = piece.left - reach;
        let has_columns = at >= FEWEST_LINES && pieces.len() - at >= FEWEST_LINES;
        if has_columns && width >= narrowest && widest.is_none_or(|(most, _)| width > most) {
            widest = Some((width, reach));
        }
        reach = reach.max(piece.right);
    }
    widest.map(|(_, reach)| reach)
}

/// The size that most letters have.
pub(super) fn usual_size(pieces: &[Piece]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = pieces.iter().map(|p| (p.size, p.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, length)| length).sum::<usize>() / 2;
    let mut before = 0;
    for (size, length) in &sizes {
        before += length;
        if before > half {
            return *size;
        }
    }
    sizes.last().map_or(1.0, |(size, _)| *size)
}

/// Where to cut so that the most lines that follow on each other fall into
/// columns; pieces are in order of their base lines.
fn row(pieces: &[Piece]) -> Option<usize> {
    if pieces.len() > MOST_PIECES {
        return None;
    }
    let is_gap = |at: usize| at == pieces.len() || pieces[at].base > pieces[at - 1].base;
    for length in (2 * FEWEST_LINES..pieces.len()).rev() {
        for start in 0..=pieces.len() - length {
            let end = start + length;
            let is_row = (start == 0 || is_gap(start)) && is_gap(end);
            if is_row && strip(&pieces[start..end]).is_some() {
                return Some(if start > 0 { start } else { end });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, left: f32, right: f32, base: f32) -> Piece {
        Piece { text: text.to_owned(), left, right, base, size: 10.0 }
    }

    fn order(pieces: Vec<Piece>) -> Vec<String> {
        columns(pieces).into_iter().flatten().map(|piece| piece.text).collect()
    }

    /// Two columns of four lines each, whose lines stand side by side.
    fn two_columns() -> Vec<Piece> {
        let line = |n: usize| {
            let base = 100.0 + 12.0 * n as f32;
            let left = piece(&format!("left {n}"), 40.0, 190.0, base);
            [piece(&format!("right {n}"), 210.0, 360.0, base), left]
        };
        (0..4).flat_map(line).collect()
    }

    const READ: [&str; 8] =
        ["left 0", "left 1", "left 2", "left 3", "right 0", "right 1", "right 2", "right 3"];

    #[test]
    fn columns_are_read_one_after_the_other() {
        assert_eq!(order(two_columns()), READ);
    }

    #[test]
    fn what_stands_across_columns_is_read_before_and_after_them() {
        let mut page = two_columns();
        page.push(piece("headline", 40.0, 360.0, 70.0));
        page.push(piece("note", 40.0, 360.0, 170.0));
        let expected: Vec<&str> = ["headline"].into_iter().chain(READ).chain(["note"]).collect();
        assert_eq!(order(page), expected);
    }

    #[test]
    fn short_lines_do_not_make_a_column() {
        let page = vec![piece("one", 40.0, 90.0, 50.0), piece("two", 120.0, 160.0, 50.0)];
        assert_eq!(order(page), ["one", "two"]);
    }
}
