//! JSON Lines: one article a line.

use std::io;
use std::sync::Arc;

use serde_json::Value;

use super::record::{Found, Record};
use super::{Part, Read, ReadError, Reader, Reads};

pub(super) fn read(reader: &Arc<Reader>, part: Part) -> Reads {
    Box::new(Lines::new(reader, part))
}

/// The articles of a file, line by line.
struct Lines {
    reader: Arc<Reader>,
    part: Part,
    /// What articles without id or address are named by.
    stem: String,
    /// The lines read so far.
    number: u64,
    /// Whether the input can be read no further.
    broken: bool,
}

impl Lines {
    fn new(reader: &Arc<Reader>, part: Part) -> Self {
        let stem = part.origin.path.as_deref().map_or("line".to_owned(), super::stem);
        Self { reader: Arc::clone(reader), part, stem, number: 0, broken: false }
    }

    fn article(&self, line: &[u8]) -> Result<Read, ReadError> {
        let (name, number) = (&self.part.origin.name, self.number);
        let wrong = |reason| ReadError::Json { name: name.to_string(), line: number, reason };
        let value: Value = serde_json::from_slice(line).map_err(|e| wrong(reason(&e)))?;
        let Value::Object(object) = value else {
            return Err(wrong(format!("{} instead of {{…}}", kind(&value))));
        };
        let record = Record::new(&object, &self.reader.options);
        if number == 1 {
            record.tell_holds(name);
        }
        let Some(Found { id, metadata, body }) = record.article(&self.stem) else {
            return Err(ReadError::NoText {
                name: name.to_string(),
                line: number,
                hint: record.hint(),
            });
        };
        let name = format!("{name}, line {number}").into();
        let read = self.reader.article(name, id, metadata, body)?;
        Ok(read.with_original(self.reader.original(line)))
    }
}

impl Iterator for Lines {
    type Item = Result<Read, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let limit = self.reader.options.longest_article;
            let line = self.part.stream.line(limit).filter(|_| !self.broken)?;
            self.number += 1;
            let line = match line {
                Ok(line) => line,
                Err(e) if e.kind() == io::ErrorKind::FileTooLarge => {
                    let reason = format!("longer than {limit} bytes");
                    let name = self.part.origin.name.to_string();
                    return Some(Err(ReadError::Line { name, line: self.number, reason }));
                }
                Err(error) => {
                    self.broken = true;
                    return Some(Err(self.part.stream.fail(error)));
                }
            };
            let line = line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&line);
            if !line.iter().all(u8::is_ascii_whitespace) {
                return Some(self.article(line));
            }
        }
    }
}

/// What serde says, without the line, which would always be 1.
fn reason(error: &serde_json::Error) -> String {
    let whole = error.to_string();
    let what = whole.split(" at line ").next().unwrap_or(&whole);
    format!("{what} at column {}", error.column())
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
