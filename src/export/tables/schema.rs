//! Which tables there are, and their columns: `columns.tsv`, from which
//! `docs/tables.md` is made, too.

use std::sync::OnceLock;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// UTF-8.
    Text,
    /// 64 bits, signed.
    Integer,
    /// 64 bits, floating.
    Number,
    /// True or false.
    Boolean,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnType,
    /// Whether each row has a value.
    pub required: bool,
    /// What it means.
    pub meaning: &'static str,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// Its name, and that of its file without the ending.
    pub name: &'static str,
    /// Its columns, in order.
    pub columns: Vec<Column>,
}

/// All tables, in the order in which they are documented.
pub fn schemas() -> &'static [Schema] {
    static SCHEMAS: OnceLock<Vec<Schema>> = OnceLock::new();
    SCHEMAS.get_or_init(|| parse(include_str!("columns.tsv")))
}

fn parse(tsv: &'static str) -> Vec<Schema> {
    let mut schemas: Vec<Schema> = Vec::new();
    for line in tsv.lines().skip(1) {
        let (name, column) = parse_line(line).expect("the columns that ship are whole");
        match schemas.last_mut() {
            Some(last) if last.name == name => last.columns.push(column),
            _ => schemas.push(Schema { name, columns: vec![column] }),
        }
    }
    schemas
}

fn parse_line(line: &'static str) -> Option<(&'static str, Column)> {
    let mut cells = line.split('\t');
    let (table, name) = (cells.next()?, cells.next()?);
    let kind = match cells.next()? {
        "text" => ColumnType::Text,
        "integer" => ColumnType::Integer,
        "number" => ColumnType::Number,
        "boolean" => ColumnType::Boolean,
        _ => return None,
    };
    let required = cells.next()? == "yes";
    Some((table, Column { name, kind, required, meaning: cells.next()? }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_stands_once_and_every_column_says_what_it_means() {
        let mut names: Vec<_> = schemas().iter().map(|schema| schema.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), schemas().len());
        assert!(schemas().iter().flat_map(|s| &s.columns).all(|c| !c.meaning.is_empty()));
    }

    #[test]
    fn a_line_that_is_broken_is_none() {
        assert!(parse_line("claims\tclaim\ttext\tyes\tIRI").is_some());
        assert!(parse_line("claims\tclaim\twords\tyes\tIRI").is_none());
        assert!(parse_line("claims\tclaim\ttext\tyes").is_none());
    }
}
