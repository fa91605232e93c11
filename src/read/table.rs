//! Tables: CSV and TSV, an article a row, its columns known by their names.

use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord};
use serde_json::{Map, Value};

use super::format::{Format, Kind};
use super::jsonl::{self, Found};
use super::metadata::Field;
use super::{Part, Read, ReadError, Reader, single};

pub(super) const KIND: Kind = Kind {
    format: Format::Table,
    name: "a table",
    endings: &["csv", "tsv", "tab"],
    begins: |start| {
        let first = start.split(|b| *b == b'\n').next().unwrap_or(start);
        let first = String::from_utf8_lossy(first);
        let more = start.len() > first.len();
        let names: Vec<&str> = first.split(delimiter(&first) as char).collect();
        let known = names.iter().filter(|name| Field::of(bare(name)).is_some()).count();
        let text =
            names.iter().any(|name| Field::of(bare(name)).is_some_and(|f| f.0 == Field::Text));
        more && names.len() >= 2 && known >= 2 && text && names.iter().all(|n| n.len() < 60)
    },
    read: |reader, part| match Rows::new(reader, part) {
        Ok(rows) => Box::new(rows),
        Err(error) => single(Err(error)),
    },
};

/// The name of a column without quotation marks and blanks.
fn bare(name: &str) -> &str {
    name.trim().trim_matches('"').trim()
}

/// What stands between the columns of a row: what the first row has most of.
fn delimiter(first: &str) -> u8 {
    let count = |mark: u8| first.bytes().filter(|b| *b == mark).count();
    [b',', b'\t', b';', b'|'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

/// The rows of a table, one at a time.
struct Rows {
    reader: Arc<Reader>,
    name: Arc<str>,
    stem: String,
    rows: csv::Reader<Box<dyn std::io::BufRead + Send>>,
    names: Vec<String>,
    broken: bool,
}

impl Rows {
    fn new(reader: &Arc<Reader>, mut part: Part) -> Result<Self, ReadError> {
        let start = String::from_utf8_lossy(part.stream.start()?).into_owned();
        let first = start.trim_start_matches('\u{FEFF}').lines().next().unwrap_or("");
        let mark = delimiter(first);
        let mut rows = ReaderBuilder::new()
            .delimiter(mark)
            .flexible(true)
            .from_reader(part.stream.into_bytes());
        let name = Arc::clone(&part.origin.name);
        let header = rows.byte_headers().map_err(|error| broken(&name, &error))?;
        let names: Vec<String> = header
            .iter()
            .map(|n| bare(String::from_utf8_lossy(n).trim_start_matches('\u{FEFF}')).to_owned())
            .collect();
        let text = names.iter().any(|name| Field::of(name).is_some_and(|f| f.0 == Field::Text));
        if !text {
            let columns = names.join(", ");
            return Err(ReadError::NoTextColumn { name: name.to_string(), columns });
        }
        let stem = part.origin.path.as_deref().map_or_else(|| "row".to_owned(), super::stem);
        Ok(Self { reader: Arc::clone(reader), name, stem, rows, names, broken: false })
    }

    fn article(&self, row: &StringRecord, line: u64) -> Result<Read, ReadError> {
        let mut object = Map::new();
        for (name, value) in self.names.iter().zip(row) {
            object.insert(name.clone(), Value::String(value.to_owned()));
        }
        let found = jsonl::article(&object, &self.stem);
        let Some(Found { id, metadata, body }) = found else {
            return Err(ReadError::NoText { name: self.name.to_string(), line });
        };
        self.reader.article(Arc::clone(&self.name), id, metadata, body)
    }
}

impl Iterator for Rows {
    type Item = Result<Read, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.broken {
            return None;
        }
        let mut row = csv::ByteRecord::new();
        match self.rows.read_byte_record(&mut row) {
            Ok(true) => {
                let line = row.position().map_or(0, csv::Position::line);
                let limit = self.reader.options.longest_article;
                if row.as_slice().len() as u64 > limit {
                    let reason = format!("longer than {limit} bytes");
                    return Some(Err(ReadError::Line {
                        name: self.name.to_string(),
                        line,
                        reason,
                    }));
                }
                let words = row.iter().map(|field| String::from_utf8_lossy(field).into_owned());
                Some(self.article(&words.collect(), line))
            }
            Ok(false) => None,
            Err(error) => {
                self.broken = true;
                Some(Err(broken(&self.name, &error)))
            }
        }
    }
}

fn broken(name: &str, error: &csv::Error) -> ReadError {
    ReadError::Broken { name: name.to_owned(), kind: "table", reason: error.to_string() }
}
