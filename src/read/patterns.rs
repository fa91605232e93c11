//! Regular expressions that stand in word lists.
//!
//! In: rows with a column `pattern`. Out: all their patterns, compiled as one.

use regex::bytes::{RegexSet, RegexSetBuilder};

use crate::text::table::{Row, TableError};

/// The patterns of some rows, without regard to case where that is said.
///
/// # Errors
/// The first row whose pattern is no regular expression.
pub(super) fn patterns(rows: &[Row<'_>], any_case: bool) -> Result<RegexSet, TableError> {
    let set = |rows: &[Row<'_>]| {
        let patterns = rows.iter().map(|row| row.text("pattern"));
        RegexSetBuilder::new(patterns).case_insensitive(any_case).unicode(false).build()
    };
    match set(rows) {
        Ok(patterns) => Ok(patterns),
        // Together they may be too many, each by itself all right.
        Err(_) => {
            let broken = rows.iter().find(|row| set(&[**row]).is_err()).or(rows.last());
            broken.map_or_else(|| Ok(RegexSet::empty()), |row| row.parse("pattern", |_| None))
        }
    }
}
