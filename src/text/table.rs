//! Tables: word lists and other data that stand in tab-separated files.
//!
//! In: the name and the contents of a `.tsv` file. Out: a [`Table`], every cell
//! of which is what its column declares, or a [`TableError`] with the file, line
//! and column of the first mistake. All word lists are read here, those that
//! ship and those of users.
//!
//! ```text
//! # Comments start with a number sign; between cells stands one tab.
//! lemma     class: one of adverb | pronoun
//! never     adverb
//! nobody    pronoun
//! ```
//!
//! The first line that is no comment names the columns, each with the type of its
//! cells, if that is not the column's name: see [`CellType`]. `?` behind a type
//! allows `-` for an empty cell. The first column is the key: the lines of one key
//! belong together.

mod column;
mod error;

use std::collections::{HashMap, HashSet};

use compact_str::CompactString;

pub use self::column::{CellType, Column};
pub use self::error::{TableError, TableProblem};

/// The cell that says: nothing.
const NONE: &str = "-";

/// A table that has been read: see the [module](self) for how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    name: CompactString,
    columns: Vec<Column>,
    lines: Vec<Line>,
}

/// A line of a table, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    /// The file that it comes from, and where it stands there, from 1.
    file: CompactString,
    number: usize,
    cells: Vec<CompactString>,
    /// Where each cell stands in its line, in characters from 1.
    places: Vec<usize>,
}

/// A line of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    table: &'a Table,
    line: &'a Line,
}

/// What a file says of a table: rows, and keys or rows to be taken out.
struct Content {
    lines: Vec<Line>,
    taken_out: Vec<Line>,
}

impl Table {
    /// Reads a table that declares its own columns.
    ///
    /// # Errors
    /// The first mistake in the file.
    pub fn read(file: &str, text: &str) -> Result<Self, TableError> {
        let mut lines = content_lines(text);
        let Some((number, header)) = lines.next() else {
            return Err(TableError::new(file, 1, 1, TableProblem::NoHeader));
        };
        let columns = column::declared(file, number, header)?;
        let name = list_name(file).into();
        let mut table = Self { name, columns, lines: Vec::new() };
        let order: Vec<usize> = (0..table.columns.len()).collect();
        let content = table.content(file, lines, &order)?;
        if let Some(line) = content.taken_out.first() {
            let word = line.cells.concat();
            return Err(TableError::new(file, line.number, 1, TableProblem::NotMerged(word)));
        }
        table.lines = content.lines;
        Ok(table)
    }

    /// Reads a table that is part of the program.
    ///
    /// # Panics
    /// Where it is broken, which the tests of whoever embeds it rule out.
    #[allow(clippy::panic)] // no input reaches it
    pub fn shipped(file: &str, text: &str) -> Self {
        Self::read(file, text).unwrap_or_else(|error| panic!("shipped table: {error}"))
    }

    /// Merges a user's file of the same name: its lines for a key take the place of
    /// those that stand here, lines for other keys are added, and a line `-key`
    /// takes those of the key out (`-key`, tab, cells: only that line). It names the
    /// same columns, in any order, without their types.
    ///
    /// # Errors
    /// The first mistake in the file; the table is then as it was.
    pub fn merge(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        let mut lines = content_lines(text);
        let Some((number, header)) = lines.next() else {
            return Err(TableError::new(file, 1, 1, TableProblem::NoHeader));
        };
        let order = column::order(&self.columns, file, number, header)?;
        let Content { lines, taken_out } = self.content(file, lines, &order)?;
        let is_here = |out: &Line| self.lines.iter().any(|line| line.begins_with(out));
        if let Some(out) = taken_out.iter().find(|out| !is_here(out)) {
            return Err(self.not_there(out));
        }
        let new: HashSet<CompactString> = lines.iter().map(|line| line.key().into()).collect();
        self.lines.retain(|line| {
            !new.contains(line.key()) && !taken_out.iter().any(|out| line.begins_with(out))
        });
        self.lines.extend(lines);
        Ok(())
    }

    /// Its file's name without the extension.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Its lines, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.lines.iter().map(|line| Row { table: self, line })
    }

    /// The line of this number, from 0.
    pub fn row(&self, number: usize) -> Option<Row<'_>> {
        self.lines.get(number).map(|line| Row { table: self, line })
    }

    /// Holds that the cells of each column `in` another table are keys of it.
    ///
    /// # Errors
    /// The first cell that is none, or a column of a table that is not there.
    pub fn check_references<'a>(
        &self,
        table: impl Fn(&str) -> Option<&'a Self>,
    ) -> Result<(), TableError> {
        for (at, column) in self.columns.iter().enumerate() {
            let CellType::In(name) = &column.cells else { continue };
            let keys: Vec<&str> =
                table(name).into_iter().flat_map(|t| t.lines.iter().map(Line::key)).collect();
            for row in self.rows() {
                let cell = &row.line.cells[at];
                if !keys.contains(&cell.as_str()) {
                    return Err(row.error(at, TableProblem::unknown(cell, &column.name, &keys)));
                }
            }
        }
        Ok(())
    }

    /// Reads and checks lines; `order` tells which column each cell belongs to.
    fn content<'t>(
        &self,
        file: &str,
        lines: impl Iterator<Item = (usize, &'t str)>,
        order: &[usize],
    ) -> Result<Content, TableError> {
        let mut content = Content { lines: Vec::new(), taken_out: Vec::new() };
        let mut seen: HashMap<Vec<CompactString>, usize> = HashMap::new();
        for (number, text) in lines {
            let out = taken_out(text);
            let line = self.line(file, number, text, order)?;
            let cells = &line.cells;
            let key = if self.columns[0].unique { cells[..1].to_vec() } else { cells.clone() };
            if let Some(&first) = seen.get(&key) {
                let problem = TableProblem::Duplicate { text: key.join(" "), first };
                return Err(TableError::new(file, number, 1, problem));
            }
            seen.insert(key, number);
            if out.is_some() { content.taken_out.push(line) } else { content.lines.push(line) }
        }
        Ok(content)
    }

    /// A line with its cells in the order of the columns. Where it takes something
    /// out, the key alone is enough.
    fn line(
        &self,
        file: &str,
        number: usize,
        text: &str,
        order: &[usize],
    ) -> Result<Line, TableError> {
        let out = taken_out(text);
        let found: Vec<&str> = out.unwrap_or(text).split('\t').map(str::trim).collect();
        let key_alone = out.is_some() && found.len() == 1 && order.first() == Some(&0);
        if found.len() != order.len() && !key_alone {
            let (found, expected) = (found.len(), order.len());
            let problem = TableProblem::Cells { found, expected };
            return Err(TableError::new(file, number, 1, problem));
        }
        let mut cells = vec![CompactString::default(); found.len()];
        let mut places = vec![0; found.len()];
        for (position, (cell, &at)) in found.into_iter().zip(order).enumerate() {
            let place = place_of_cell(text, position);
            let checked = self.columns[at].check(cell);
            checked.map_err(|problem| TableError::new(file, number, place, problem))?;
            (cells[at], places[at]) = (cell.into(), place);
        }
        Ok(Line { file: file.into(), number, cells, places })
    }

    /// The error of a line to be taken out that is not there.
    fn not_there(&self, line: &Line) -> TableError {
        let words = line.cells.join(" ");
        let near = near(line.key(), self.lines.iter().map(Line::key)).map(str::to_owned);
        TableError::new(&line.file, line.number, 1, TableProblem::NotThere { words, near })
    }
}

impl Line {
    fn key(&self) -> &str {
        &self.cells[0]
    }

    fn begins_with(&self, other: &Self) -> bool {
        self.cells.starts_with(&other.cells)
    }
}

impl<'a> Row<'a> {
    /// The cell of the first column.
    pub fn key(self) -> &'a str {
        self.line.key()
    }

    /// All cells, in the order of the table's columns.
    pub fn cells(self) -> &'a [CompactString] {
        &self.line.cells
    }

    /// The cell of a column; none where it holds `-`.
    ///
    /// # Panics
    /// Where the table has no such column.
    pub fn get(self, column: &str) -> Option<&'a str> {
        let at = self.at(column);
        let cell = self.line.cells[at].as_str();
        (cell != NONE || !self.table.columns[at].optional).then_some(cell)
    }

    /// The cell of a column, which is never empty.
    ///
    /// # Panics
    /// Where the table has no such column, or declares that its cells may be empty.
    #[allow(clippy::expect_used)]
    pub fn text(self, column: &str) -> &'a str {
        self.get(column).expect("code asks this of columns without empty cells")
    }

    /// What `parse` makes of the cell of a column.
    ///
    /// # Errors
    /// Where it makes nothing of it.
    pub fn parse<T>(
        self,
        column: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, TableError> {
        let at = self.at(column);
        let cell = &self.line.cells[at];
        let problem = || TableProblem::unknown(cell, &self.table.columns[at].name, &[]);
        parse(cell).ok_or_else(|| self.error(at, problem()))
    }

    /// Which of the words that its column declares a cell is, from 0; none where
    /// the column declares none.
    pub fn choice(self, column: &str) -> Option<usize> {
        let at = self.at(column);
        let CellType::OneOf(all) = &self.table.columns[at].cells else { return None };
        all.iter().position(|word| *word == self.line.cells[at])
    }

    /// The index of a column.
    #[allow(clippy::expect_used)] // code names the columns of tables that it embeds
    fn at(self, column: &str) -> usize {
        let at = self.table.columns.iter().position(|c| c.name == column);
        at.expect("code names only columns that its tables have")
    }

    /// What is wrong with the cell of a column.
    pub(crate) fn problem(self, column: &str, problem: TableProblem) -> TableError {
        self.error(self.at(column), problem)
    }

    /// An error at one of the row's cells.
    fn error(self, at: usize, problem: TableProblem) -> TableError {
        TableError::new(&self.line.file, self.line.number, self.line.places[at], problem)
    }
}

/// The name of a table whose file has this name.
pub fn list_name(file: &str) -> &str {
    let file = file.rsplit('/').next().unwrap_or(file);
    file.strip_suffix(".tsv").unwrap_or(file)
}

/// What a line takes out of the table that it is merged with: `-say`.
fn taken_out(line: &str) -> Option<&str> {
    line.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| !c.is_whitespace()))
}

/// The lines that are neither empty nor comments, by number from 1.
fn content_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.lines().enumerate().map(|(i, line)| (i + 1, line));
    lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
}

/// Where a cell starts in its line, in characters from 1.
fn place_of_cell(line: &str, position: usize) -> usize {
    let before = line.split('\t').take(position);
    before.map(|cell| cell.chars().count() + 1).sum::<usize>() + 1
}

/// Of some words the one that another may be meant for: the nearest, if few
/// letters differ.
pub fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = 1 + word.chars().count() / 4;
    let distance = |other: &&str| strsim::damerau_levenshtein(word, other);
    let known = known.into_iter().filter(|other| *other != word);
    known.min_by_key(distance).filter(|other| distance(other) <= most)
}

#[cfg(test)]
mod tests;
