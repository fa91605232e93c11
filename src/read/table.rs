//! Tables: CSV and TSV, an article a row, its columns known by their names.

use std::sync::Arc;

use csv::ReaderBuilder;
use serde_json::{Map, Value};

use super::budget::{Budget, Budgeted, is_spent};
use super::columns::{Columns, nearest};
use super::known_tables::Holds;
use super::metadata::Field;
use super::record::{Found, Record};
use super::start::{bare_column, delimiter};
use super::{Options, Part, Read, ReadError, Reader, Reads, single};

pub(super) fn read(reader: &Arc<Reader>, part: Part) -> Reads {
    match Rows::new(reader, part) {
        Ok(rows) => Box::new(rows),
        Err(error) => single(Err(error)),
    }
}

/// The header and each row may have so many bytes more than an article.
const BESIDES: u64 = 1 << 20;

/// The rows of a table, one at a time.
struct Rows {
    reader: Arc<Reader>,
    name: Arc<str>,
    stem: String,
    rows: csv::Reader<Budgeted>,
    budget: Budget,
    names: Vec<String>,
    broken: bool,
}

impl Rows {
    fn new(reader: &Arc<Reader>, mut part: Part) -> Result<Self, ReadError> {
        let start = String::from_utf8_lossy(part.stream.start()?).into_owned();
        let first = start.trim_start_matches('\u{FEFF}').lines().next().unwrap_or("");
        let mark = delimiter(first);
        let (budget, bytes) = Budget::of(part.stream.into_bytes());
        let mut rows = ReaderBuilder::new().delimiter(mark).flexible(true).from_reader(bytes);
        let name = Arc::clone(&part.origin.name);
        budget.refill(BESIDES);
        let header = rows.byte_headers().map_err(|error| broken(&name, &error))?;
        let names: Vec<String> = header.iter().map(column_name).collect();
        if let Err(error) = check_columns(&name, &names, &reader.options) {
            return Err(with_hint(error, &mut rows, &names));
        }
        let stem = part.origin.path.as_deref().map_or_else(|| "row".to_owned(), super::stem);
        Ok(Self { reader: Arc::clone(reader), name, stem, rows, budget, names, broken: false })
    }

    fn article(&self, row: &csv::ByteRecord, line: u64) -> Result<Read, ReadError> {
        let mut values = Map::new();
        for (name, value) in self.names.iter().zip(row) {
            let value = String::from_utf8_lossy(value).into_owned();
            values.insert(name.clone(), Value::String(value));
        }
        let record = Record::new(&values, &self.reader.options);
        let Some(Found { id, metadata, body }) = record.article(&self.stem) else {
            let (name, hint) = (self.name.to_string(), record.hint());
            return Err(ReadError::NoText { name, line, hint });
        };
        let name = format!("{}, line {line}", self.name).into();
        let read = self.reader.article(name, id, metadata, body)?;
        Ok(read.with_original(self.reader.original_row(values)))
    }

    fn too_long(&self, line: u64) -> ReadError {
        let limit = self.reader.options.longest_article;
        let reason = format!("longer than {limit} bytes; the rows after it are not read");
        ReadError::Row { name: self.name.to_string(), line, reason }
    }
}

fn column_name(cell: &[u8]) -> String {
    let name = String::from_utf8_lossy(cell);
    bare_column(name.trim_start_matches('\u{FEFF}')).to_owned()
}

/// Fails unless there is a column of texts, and every one that the user names.
pub(super) fn check_columns(
    table: &str,
    names: &[String],
    options: &Options,
) -> Result<(), ReadError> {
    let (columns, all, name) = (&options.columns, names.join(", "), table.to_owned());
    if let Some(column) = columns.missing(names) {
        let near = nearest(names, column).map(str::to_owned);
        return Err(ReadError::NoColumn { name, column: column.to_owned(), columns: all, near });
    }
    if columns.of(Field::Text).is_some() {
        return Ok(());
    }
    let known = options.lists.tables().of(|column| names.iter().any(|name| name == column));
    match known.map(|known| (known, known.holds)) {
        Some((known, Holds::Addresses)) => {
            return Err(ReadError::NoTextField { name, hint: known.only_addresses() });
        }
        Some((known, Holds::Beginnings)) => known.tell_beginnings(table),
        _ => {}
    }
    let is_text = |name: &String| Field::of(name).is_some_and(|(field, _)| field == Field::Text);
    if names.iter().any(is_text) {
        return Ok(());
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Err(ReadError::NoTextColumn { name, hint: Columns::hint(&names, &[]) })
}

/// Where no column is that of the texts, which may be it, by what the first row has in it.
fn with_hint(error: ReadError, rows: &mut csv::Reader<Budgeted>, names: &[String]) -> ReadError {
    let mut row = csv::ByteRecord::new();
    let has_row = rows.read_byte_record(&mut row).is_ok_and(|is_there| is_there);
    match error {
        ReadError::NoTextColumn { name, .. } if has_row => {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let lengths: Vec<usize> = row.iter().map(<[u8]>::len).collect();
            ReadError::NoTextColumn { name, hint: Columns::hint(&names, &lengths) }
        }
        _ => error,
    }
}

impl Iterator for Rows {
    type Item = Result<Read, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.broken {
            return None;
        }
        let mut row = csv::ByteRecord::new();
        self.budget.refill(self.reader.options.longest_article + BESIDES);
        let line = self.rows.position().line();
        match self.rows.read_byte_record(&mut row) {
            Ok(true) => Some(self.article(&row, line)),
            Ok(false) => None,
            Err(error) => {
                self.broken = true;
                let spent = matches!(error.kind(), csv::ErrorKind::Io(e) if is_spent(e));
                Some(Err(if spent { self.too_long(line) } else { broken(&self.name, &error) }))
            }
        }
    }
}

fn broken(name: &str, error: &csv::Error) -> ReadError {
    let reason = match error.kind() {
        csv::ErrorKind::Io(error) if is_spent(error) => {
            format!("its first line is longer than {BESIDES} bytes")
        }
        _ => error.to_string(),
    };
    ReadError::Broken { name: name.to_owned(), kind: "table", reason }
}

/// The addresses in a table that has a column of them; `None` where it has none.
#[cfg(feature = "fetch")]
pub(crate) fn addresses(table: &[u8]) -> Option<Vec<String>> {
    let first = table.split(|b| *b == b'\n').next()?;
    let mark = delimiter(&String::from_utf8_lossy(first));
    let mut rows = ReaderBuilder::new().delimiter(mark).flexible(true).from_reader(table);
    let header = rows.byte_headers().ok()?;
    let is_address =
        |name: &[u8]| Field::of(&column_name(name)).is_some_and(|(f, _)| f == Field::Url);
    let column = header.iter().position(is_address)?;
    let cells = rows.byte_records().filter_map(Result::ok);
    let cells = cells
        .filter_map(|row| row.get(column).map(|cell| String::from_utf8_lossy(cell).into_owned()));
    Some(cells.filter(|cell| !cell.trim().is_empty()).collect())
}
