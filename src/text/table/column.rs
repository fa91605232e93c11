//! Columns of tables, and what may stand in their cells.

use compact_str::CompactString;

use super::error::{TableError, TableProblem};
use super::{NONE, near, place_of_cell};

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it is called.
    pub name: CompactString,
    /// What its cells hold.
    pub cells: CellType,
    /// Whether a cell may be `-`, for nothing.
    pub optional: bool,
    /// Whether no two lines may have the same cell (the first column only).
    pub unique: bool,
}

/// What the cells of a column hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellType {
    /// `lemma`: one word in small letters, as lemmas are compared.
    Lemma,
    /// `lemmas`: one or more words in small letters, with one space between them.
    Lemmas,
    /// `word`: one word, written as it stands in texts.
    Word,
    /// `words`: one or more words, with one space between them.
    Words,
    /// `integer`: a whole number.
    Integer,
    /// `number`: a number, perhaps with decimals.
    Number,
    /// `one of a | b`: one of some words.
    OneOf(Vec<CompactString>),
    /// `some of a | b`: one or more of some words, with commas between them.
    SomeOf(Vec<CompactString>),
    /// `in LIST`: a key of another table.
    In(CompactString),
    /// `text`: anything.
    Text,
}

impl CellType {
    fn parse(text: &str) -> Option<Self> {
        let words = |list: &str| list.split('|').map(|word| word.trim().into()).collect();
        Some(match text.trim() {
            "lemma" => Self::Lemma,
            "lemmas" => Self::Lemmas,
            "word" => Self::Word,
            "words" => Self::Words,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "text" => Self::Text,
            text => match text.split_once(" of ") {
                Some(("one", list)) => Self::OneOf(words(list)),
                Some(("some", list)) => Self::SomeOf(words(list)),
                _ => Self::In(text.strip_prefix("in ")?.trim().into()),
            },
        })
    }
}

impl Column {
    /// Reads `name`, `name: TYPE`, `name: unique TYPE`, `name: TYPE?`.
    fn parse(text: &str) -> Option<Self> {
        let (name, cells) = text.split_once(':').unwrap_or((text, text));
        let (unique, cells) = match cells.trim().strip_prefix("unique ") {
            Some(rest) => (true, rest),
            None => (false, cells),
        };
        let (optional, cells) = match cells.trim().strip_suffix('?') {
            Some(rest) => (true, rest),
            None => (false, cells),
        };
        let cells = CellType::parse(cells)?;
        Some(Self { name: name.trim().into(), cells, optional, unique })
    }

    /// Holds that a cell is what the column declares.
    pub(super) fn check(&self, cell: &str) -> Result<(), TableProblem> {
        let wrong = |right: String| {
            Err(TableProblem::Form { found: cell.to_owned(), right, column: self.name.to_string() })
        };
        if cell.is_empty() {
            return Err(TableProblem::Empty(self.name.to_string()));
        }
        if cell == NONE && self.optional {
            return Ok(());
        }
        let spaced = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        match &self.cells {
            CellType::Lemma | CellType::Word if spaced.contains(' ') => {
                Err(TableProblem::SeveralWords(cell.to_owned()))
            }
            CellType::Lemma | CellType::Lemmas if spaced.to_lowercase() != cell => {
                wrong(spaced.to_lowercase())
            }
            CellType::Words if spaced != cell => wrong(spaced),
            CellType::Integer if cell.parse::<i32>().is_err() => self.no_number(cell),
            CellType::Number if cell.parse::<f32>().is_err() => self.no_number(cell),
            CellType::OneOf(all) => self.known(cell, all),
            CellType::SomeOf(all) => {
                cell.split(',').try_for_each(|part| self.known(part.trim(), all))
            }
            _ => Ok(()),
        }
    }

    fn no_number(&self, cell: &str) -> Result<(), TableProblem> {
        let (found, column) = (cell.to_owned(), self.name.to_string());
        Err(TableProblem::NoNumber { found, column })
    }

    fn known(&self, word: &str, all: &[CompactString]) -> Result<(), TableProblem> {
        let all: Vec<&str> = all.iter().map(CompactString::as_str).collect();
        if all.contains(&word) {
            return Ok(());
        }
        Err(TableProblem::unknown(word, &self.name, &all))
    }
}

/// The columns that a header declares.
pub(super) fn declared(file: &str, number: usize, header: &str) -> Result<Vec<Column>, TableError> {
    let mut columns: Vec<Column> = Vec::new();
    for (position, text) in header.split('\t').enumerate() {
        let place = place_of_cell(header, position);
        let broken = |problem| TableError::new(file, number, place, problem);
        let column = Column::parse(text)
            .ok_or_else(|| broken(TableProblem::UnknownType(text.trim().to_owned())))?;
        if columns.iter().any(|known| known.name == column.name) {
            return Err(broken(TableProblem::RepeatedColumn(column.name.to_string())));
        }
        columns.push(column);
    }
    Ok(columns)
}

/// Which of a table's columns each cell of a header names.
pub(super) fn order(
    columns: &[Column],
    file: &str,
    number: usize,
    header: &str,
) -> Result<Vec<usize>, TableError> {
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let mut order = Vec::new();
    for (position, text) in header.split('\t').enumerate() {
        let name = text.split(':').next().unwrap_or(text).trim();
        let place = place_of_cell(header, position);
        let broken = |problem| TableError::new(file, number, place, problem);
        let Some(at) = names.iter().position(|known| *known == name) else {
            let (found, columns) = (name.to_owned(), names.join(", "));
            let near = near(name, names.iter().copied()).map(str::to_owned);
            return Err(broken(TableProblem::UnknownColumn { found, near, columns }));
        };
        if order.contains(&at) {
            return Err(broken(TableProblem::RepeatedColumn(name.to_owned())));
        }
        if text.contains(':') && Column::parse(text).as_ref() != columns.get(at) {
            return Err(broken(TableProblem::OtherType(name.to_owned())));
        }
        order.push(at);
    }
    let lacking = (0..columns.len()).find(|at| !order.contains(at));
    match lacking {
        Some(at) => {
            let problem = TableProblem::MissingColumn(names[at].to_owned());
            Err(TableError::new(file, number, 1, problem))
        }
        None => Ok(order),
    }
}
