//! Parquet: tables as analysts keep them, an article a row.
//!
//! In: a file, or bytes in memory. Out: an article or an error for each row. One row
//! group is read after the other; in memory are a page of each column that says
//! something of an article, and a few rows. The other columns are not read at all. What a
//! file says of itself is not believed before it was looked at (`pages`).

mod pages;
mod source;
mod values;

use std::sync::Arc;

use parquet::errors::ParquetError;
use parquet::file::reader::FileReader;
use parquet::record::Row;
use parquet::record::reader::{ReaderIter, TreeBuilder};
use parquet::schema::types::{SchemaDescPtr, SchemaDescriptor, Type};
use serde_json::{Map, Value};

use self::pages::CheckedGroup;
use self::source::{Source, open};
use super::guard;
use super::metadata::Field;
use super::record::{Found, Record};
use super::table::check_columns;
use super::{Options, Part, Read, ReadError, Reader, Reads, single};

/// So many rows of a column are taken out of its page at a time.
const ROWS_TOGETHER: usize = 16;

pub(super) fn read(reader: &Arc<Reader>, part: Part) -> Reads {
    match Rows::new(reader, part) {
        Ok(rows) => Box::new(rows),
        Err(error) => single(Err(error)),
    }
}

/// The rows of a file, one at a time.
struct Rows {
    reader: Arc<Reader>,
    name: Arc<str>,
    stem: String,
    source: Source,
    file: Box<dyn FileReader>,
    /// The columns that are read.
    columns: SchemaDescPtr,
    /// The row groups that were begun.
    groups: usize,
    rows: Option<ReaderIter>,
    /// The rows that were read.
    number: u64,
    ended: bool,
}

impl Rows {
    fn new(reader: &Arc<Reader>, part: Part) -> Result<Self, ReadError> {
        let Part { stream, origin } = part;
        let name = Arc::clone(&origin.name);
        let stem = origin.path.as_deref().map_or_else(|| "row".to_owned(), super::stem);
        let source = Source::of(stream, &origin)?;
        let file = guarded(|| open(&source)).map_err(|reason| broken(&name, reason))?;
        let schema = file.metadata().file_metadata().schema_descr().root_schema();
        let names: Vec<String> =
            schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
        check_columns(&name, &names, &reader.options)?;
        let columns = read_columns(schema, &reader.options);
        let columns = columns.map_err(|error| broken(&name, words_of(&error)))?;
        let reader = Arc::clone(reader);
        let (groups, rows, number, ended) = (0, None, 0, false);
        Ok(Self { reader, name, stem, source, file, columns, groups, rows, number, ended })
    }

    /// The next row; `None` behind the last one.
    fn row(&mut self) -> Result<Option<Row>, String> {
        loop {
            if let Some(row) = self.rows.as_mut().and_then(Iterator::next) {
                return row.map(Some).map_err(|error| words_of(&error));
            }
            if self.groups == self.file.num_row_groups() {
                return Ok(None);
            }
            let rows = self.group(self.groups).map_err(|error| words_of(&error))?;
            self.rows = Some(rows);
            self.groups += 1;
        }
    }

    /// The rows of a row group.
    fn group(&self, number: usize) -> Result<ReaderIter, ParquetError> {
        let group = CheckedGroup::new(self.file.get_row_group(number)?, self.source.clone())?;
        let builder = TreeBuilder::new().with_batch_size(ROWS_TOGETHER);
        builder.as_iter(Arc::clone(&self.columns), &group)
    }

    fn article(&self, row: Row) -> Result<Read, ReadError> {
        let columns = row.into_columns().into_iter();
        let values: Map<String, Value> =
            columns.map(|(name, field)| (name, values::value(field))).collect();
        let name: Arc<str> = format!("{}, row {}", self.name, self.number).into();
        let record = Record::new(&values, &self.reader.options);
        let Some(Found { id, metadata, body }) = record.article(&self.stem) else {
            return Err(ReadError::NoTextField { name: name.to_string(), hint: record.hint() });
        };
        let read = self.reader.article(name, id, metadata, body)?;
        Ok(read.with_original(self.reader.original_row(values)))
    }
}

impl Iterator for Rows {
    type Item = Result<Read, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match guarded(|| self.row()) {
            Ok(Some(row)) => {
                self.number += 1;
                Some(self.article(row))
            }
            Ok(None) => None,
            Err(reason) => {
                self.ended = true;
                let reason = format!("{reason}; the {} rows before are read", self.number);
                Some(Err(broken(&self.name, reason)))
            }
        }
    }
}

/// What a step of reading gives; a file that its reader trips over is one bad file.
fn guarded<T>(step: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    guard::guarded(step).unwrap_or_else(|_| Err("its reader gave up".to_owned()))
}

/// The columns of a schema that say something of an article.
fn read_columns(schema: &Type, options: &Options) -> Result<SchemaDescPtr, ParquetError> {
    let (named, known) = (&options.columns, options.lists.tables());
    let says_something =
        |name: &str| named.name(name) || known.have(name) || Field::of(name).is_some();
    let fields = schema.get_fields().iter().filter(|field| says_something(field.name()));
    let fields = fields.map(Arc::clone).collect();
    let root = Type::group_type_builder(schema.name()).with_fields(fields).build()?;
    Ok(Arc::new(SchemaDescriptor::new(Arc::new(root))))
}

/// What a reader of Parquet says, without its own name.
fn words_of(error: &ParquetError) -> String {
    let words = error.to_string();
    if let Some((_, codec)) = words.split_once("Disabled feature at compile time: ") {
        return format!(
            "it is compressed with {codec}, which is not read; write it with Snappy or Zstandard"
        );
    }
    let bare = ["Parquet error: ", "EOF: ", "NYI: ", "External: "];
    bare.iter().fold(words.as_str(), |words, start| words.trim_start_matches(start)).to_owned()
}

fn broken(name: &str, reason: String) -> ReadError {
    ReadError::Broken { name: name.to_owned(), kind: "Parquet file", reason }
}
