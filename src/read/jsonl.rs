//! JSON Lines: one article a line.

use serde_json::{Map, Value};

use super::ReadError;
use super::boilerplate::Boilerplate;
use super::compose::{self, Body};
use super::date;
use super::metadata::{Field, Metadata, id_of, short_hash};
use super::stream::unix_lines;
use crate::text::Article;

/// The article of one line. Without an id or address it is named by what it
/// says: `stem`, and a short hash of title and text.
pub(crate) fn article(
    name: &str,
    stem: &str,
    line: u64,
    bytes: &[u8],
    boilerplate: &Boilerplate,
) -> Result<Article, ReadError> {
    let wrong = |reason: String| ReadError::Json { name: name.to_owned(), line, reason };
    let value: Value = serde_json::from_slice(bytes).map_err(|e| wrong(reason(&e)))?;
    let Value::Object(object) = value else {
        return Err(wrong(format!("{} instead of {{…}}", kind(&value))));
    };
    let text = best(&object, Field::Text).map(prose).unwrap_or_default();
    let text = unix_lines(text.replace('\0', " "));
    if text.trim().is_empty() {
        return Err(ReadError::NoText { name: name.to_owned(), line });
    }
    let metadata = metadata(&object);
    let id = metadata.given_id().unwrap_or_else(|| {
        let all = format!("{}\n{text}", metadata.title.as_deref().unwrap_or(""));
        id_of(&format!("{stem}-{}", short_hash(all.as_bytes(), 12)))
    });
    Ok(compose::article(id, metadata, Body::plain(&text), boilerplate))
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

fn metadata(object: &Map<String, Value>) -> Metadata {
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
            metadata.published = number.and_then(date::from_epoch);
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
