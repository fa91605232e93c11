//! Regular expressions that stand in word lists.
//!
//! In: rows with a column `pattern`. Out: all their patterns, compiled as one.

use regex::bytes::{RegexSet, RegexSetBuilder};

use crate::text::table::{Row, TableError, TableProblem};

/// The patterns of some rows, without regard to case where that is said.
///
/// # Errors
/// The first row whose pattern is no regular expression.
pub(super) fn patterns(rows: &[Row<'_>], any_case: bool) -> Result<RegexSet, TableError> {
    let set = |rows: &[Row<'_>]| {
        let patterns = rows.iter().map(|row| row.text("pattern"));
        RegexSetBuilder::new(patterns).case_insensitive(any_case).unicode(false).build()
    };
    for row in rows {
        set(&[*row]).map_err(|problem| broken(*row, &problem))?;
    }
    // Together they may be too many, each by itself all right.
    let together = set(rows);
    together.or_else(|problem| {
        rows.last().map_or_else(|| Ok(RegexSet::empty()), |row| Err(broken(*row, &problem)))
    })
}

fn broken(row: Row<'_>, problem: &regex::Error) -> TableError {
    row.problem("pattern", TableProblem::Pattern(problem.to_string()))
}
