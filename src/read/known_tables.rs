//! Tables that many people have, known by their columns.
//!
//! In: the names of the columns of a table, or of the keys of an object. Out: which table
//! it is, where it is a known one: what its columns hold, and whether they hold articles.

use super::columns::Columns;
use super::metadata::Field;
use crate::text::lexicon::Lexicon;
use crate::text::table::{Row, TableError};

/// The list of tables that are known.
#[derive(Debug)]
pub(super) struct KnownTables(Vec<KnownTable>);

/// A table that many people have.
#[derive(Debug)]
pub(super) struct KnownTable {
    /// What it is called.
    pub(super) name: String,
    /// The columns that it is known by.
    by: Vec<String>,
    columns: Columns,
    pub(super) holds: Holds,
}

/// How much of articles a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Articles,
    /// Their first words.
    Beginnings,
    /// Where they are.
    Addresses,
}

impl KnownTables {
    /// The tables of the list `known-tables`.
    pub(super) fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        lexicon.rows("known-tables").map(KnownTable::new).collect::<Result<_, _>>().map(Self)
    }

    /// The first table all of whose columns are there.
    pub(super) fn of(&self, is_there: impl Fn(&str) -> bool) -> Option<&KnownTable> {
        self.0.iter().find(|table| table.by.iter().all(|column| is_there(column)))
    }

    /// Whether a known table has a column of this name.
    #[cfg(feature = "parquet")]
    pub(super) fn have(&self, column: &str) -> bool {
        self.0.iter().any(|table| table.columns.name(column) || table.is_by(column))
    }
}

impl KnownTable {
    fn new(row: Row<'_>) -> Result<Self, TableError> {
        let columns = match row.get("map") {
            Some(map) => row.parse("map", |_| map.parse().ok())?,
            None => Columns::default(),
        };
        let holds = match row.choice("holds") {
            Some(0) => Holds::Articles,
            Some(1) => Holds::Beginnings,
            _ => Holds::Addresses,
        };
        let by = row.text("columns").split(',').map(str::to_owned).collect();
        Ok(Self { name: row.key().to_owned(), by, columns, holds })
    }

    /// The column that holds a field, where it has another than its usual name.
    pub(super) fn column_of(&self, field: Field) -> Option<&str> {
        self.columns.of(field)
    }

    /// What to do about a table that lists addresses only.
    pub(super) fn only_addresses(&self) -> String {
        let name = &self.name;
        format!(
            "{name} tells where articles are, and not what they say; fetch them with `reportedly \
             fetch --list`"
        )
    }

    /// Says that there is more of its articles than the table holds.
    pub(super) fn tell_beginnings(&self, input: &str) {
        let name = &self.name;
        tracing::warn!(
            "{input}: {name} gives the first words of each article only; `reportedly fetch --list` \
             fetches the pages"
        );
    }

    #[cfg(feature = "parquet")]
    fn is_by(&self, column: &str) -> bool {
        self.by.iter().any(|by| by == column)
    }
}
