//! JSON Lines: one article a line.

use std::io;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::compose::Body;
use super::date;
use super::format::{Format, Kind};
use super::metadata::{Field, Metadata, id_of, short_hash};
use super::stream::unix_lines;
use super::{Part, Read, ReadError, Reader};
use crate::text::ArticleId;

pub(super) const KIND: Kind = Kind {
    format: Format::JsonLines,
    name: "JSON Lines",
    endings: &["jsonl", "ndjson"],
    begins: |start| {
        let object = start.first() == Some(&b'{') && start.get(1) != Some(&b'\\');
        object && start.iter().take(4096).any(|b| *b == b'"')
    },
    read: |reader, part| Box::new(Lines::new(reader, part)),
};

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
        let Some(Found { id, metadata, body }) = article(&object, &self.stem) else {
            return Err(ReadError::NoText { name: name.to_string(), line: number });
        };
        self.reader.article(Arc::clone(name), id, metadata, body)
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

/// What an object says of an article.
pub(super) struct Found {
    pub(super) id: ArticleId,
    pub(super) metadata: Metadata,
    pub(super) body: Body,
}

/// The article of an object; `None` where it has no text. Without an id or
/// address it is named by what it says: `stem`, and a short hash of title and text.
pub(super) fn article(object: &Map<String, Value>, stem: &str) -> Option<Found> {
    let text = best(object, Field::Text).map(prose)?;
    let text = unix_lines(text.replace('\0', " "));
    if text.trim().is_empty() {
        return None;
    }
    let metadata = metadata(object);
    let id = metadata.given_id().unwrap_or_else(|| {
        let all = format!("{}\n{text}", metadata.title.as_deref().unwrap_or(""));
        id_of(&format!("{stem}-{}", short_hash(all.as_bytes(), 12)))
    });
    Some(Found { id, metadata, body: Body::plain(&text) })
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

pub(super) fn metadata(object: &Map<String, Value>) -> Metadata {
    const FIELDS: [Field; 6] =
        [Field::Id, Field::Url, Field::Title, Field::Publisher, Field::Byline, Field::Language];
    let mut metadata = Metadata::default();
    for field in FIELDS {
        if let Some(value) = best(object, field) {
            metadata.set(field, &words(value));
        }
    }
    match best(object, Field::Published) {
        Some(Value::Number(number)) => {
            let number = number.as_i64().or_else(|| number.as_f64().map(|n| n as i64));
            metadata.published = number.and_then(date::from_number);
        }
        Some(value) => metadata.set(Field::Published, &words(value)),
        None => {}
    }
    metadata
}

/// The value of a field that says something, under the most telling of its names.
fn best(object: &Map<String, Value>, field: Field) -> Option<&Value> {
    let named = object.iter().filter_map(|(key, value)| {
        let (found, rank) = Field::of(key)?;
        (found == field && !words(value).trim().is_empty()).then_some((rank, value))
    });
    named.min_by_key(|(rank, _)| *rank).map(|(_, value)| value)
}

/// The text of an article; an array holds its paragraphs.
fn prose(value: &Value) -> String {
    match value {
        Value::Array(values) => values.iter().map(words).collect::<Vec<_>>().join("\n\n"),
        _ => words(value),
    }
}

/// A value as words: an object by its name or id, an array joined.
fn words(value: &Value) -> String {
    match value {
        Value::String(words) => words.clone(),
        Value::Number(number) => number.to_string(),
        Value::Object(object) => {
            let known = ["name", "title", "text", "id", "url", "uri"].iter();
            known
                .filter_map(|k| object.get(*k))
                .map(words)
                .find(|w| !w.is_empty())
                .unwrap_or_default()
        }
        Value::Array(values) => {
            let all: Vec<String> = values.iter().map(words).filter(|w| !w.is_empty()).collect();
            all.join(", ")
        }
        Value::Null | Value::Bool(_) => String::new(),
    }
}
