//! What an object of JSON, or a row of a table, says of an article.

use serde_json::{Map, Value};

use super::columns::Columns;
use super::compose::Body;
use super::encoding::unix_lines;
use super::known_tables::{Holds, KnownTable};
use super::metadata::{Field, Metadata, id_of, short_hash};
use super::{Options, date};
use crate::text::ArticleId;

/// An object or a row, and how its columns are called.
pub(super) struct Record<'a> {
    values: &'a Map<String, Value>,
    columns: &'a Columns,
    known: Option<&'a KnownTable>,
}

/// What a record says of an article.
pub(super) struct Found {
    pub(super) id: ArticleId,
    pub(super) metadata: Metadata,
    pub(super) body: Body,
}

impl<'a> Record<'a> {
    pub(super) fn new(values: &'a Map<String, Value>, options: &'a Options) -> Self {
        let known = options.lists.tables().of(|column| values.contains_key(column));
        Self { values, columns: &options.columns, known }
    }

    /// The article of a record; `None` where it has no text. Without an id or
    /// address it is named by what it says: `stem`, and a short hash of title and text.
    pub(super) fn article(&self, stem: &str) -> Option<Found> {
        let text = unix_lines(prose(self.best(Field::Text)?).replace('\0', " "));
        let text = self.without_count(&text);
        if text.trim().is_empty() {
            return None;
        }
        let metadata = self.metadata();
        let id = match metadata.given_id() {
            Some(id) => id,
            None => {
                let title = metadata.title.as_deref().unwrap_or("");
                let hash = short_hash(format!("{title}\n{text}").as_bytes(), 12);
                id_of(&format!("{stem}-{hash}"))
            }
        };
        Some(Found { id, metadata, body: Body::plain(text) })
    }

    /// The text without what a table that holds beginnings only says of the rest: `[+1200 chars]`.
    fn without_count<'t>(&self, text: &'t str) -> &'t str {
        match text.rsplit_once("[+") {
            Some((text, count)) if self.holds(Holds::Beginnings) && count.ends_with(']') => text,
            _ => text,
        }
    }

    /// Whether it is of a known table that holds so much of articles.
    fn holds(&self, much: Holds) -> bool {
        self.known.is_some_and(|known| known.holds == much)
    }

    /// Says of an input whose records are like this one where there is more to be had.
    pub(super) fn tell_holds(&self, input: &str) {
        if let Some(known) = self.known.filter(|_| self.holds(Holds::Beginnings)) {
            known.tell_beginnings(input);
        }
    }

    /// All it says but the text.
    pub(super) fn metadata(&self) -> Metadata {
        const FIELDS: [Field; 9] = [
            Field::Id,
            Field::Url,
            Field::Title,
            Field::Publisher,
            Field::Byline,
            Field::Dateline,
            Field::Credit,
            Field::Rights,
            Field::Language,
        ];
        let mut metadata = Metadata::default();
        for field in FIELDS {
            if let Some(value) = self.best(field) {
                metadata.set(field, &words(value));
            }
        }
        match self.best(Field::Published) {
            Some(Value::Number(number)) => {
                let count = number.as_i64().or_else(|| number.as_f64().map(|n| n as i64));
                metadata.published = count.and_then(date::from_number);
                // Zero stands for no day at all.
                let is_doubtful = metadata.published.is_none() && count != Some(0);
                metadata.doubtful = is_doubtful.then(|| number.to_string());
            }
            Some(value) => metadata.set(Field::Published, &words(value)),
            None => {}
        }
        metadata
    }

    /// The value of a field that says something: in the column that the user
    /// names for it, else under the most telling of its names.
    fn best(&self, field: Field) -> Option<&'a Value> {
        let says = |value: &&Value| !words(value).trim().is_empty();
        if let Some(column) = self.columns.of(field) {
            return self.at(column).filter(says);
        }
        let known = self.known.and_then(|known| known.column_of(field));
        if let Some(value) = known.and_then(|column| self.at(column)).filter(says) {
            return Some(value);
        }
        let mut best: Option<(usize, &Value)> = None;
        for (key, value) in self.values {
            let Some((found, rank)) = Field::of(key) else { continue };
            let better = best.is_none_or(|(known, _)| rank < known);
            if found == field && better && says(&value) {
                best = Some((rank, value));
            }
        }
        best.map(|(_, value)| value)
    }

    /// The value of a column, or of one within it: `source.name`.
    fn at(&self, column: &str) -> Option<&'a Value> {
        if let Some(value) = self.values.get(column) {
            return Some(value);
        }
        let (first, rest) = column.split_once('.')?;
        let mut value = self.values.get(first)?;
        for name in rest.split('.') {
            value = value.get(name)?;
        }
        Some(value)
    }

    /// What to do about a record without text: its columns, and which one it may be.
    pub(super) fn hint(&self) -> String {
        if let Some(known) = self.known.filter(|_| self.holds(Holds::Addresses)) {
            return known.only_addresses();
        }
        let names: Vec<&str> = self.values.keys().map(String::as_str).collect();
        let lengths: Vec<usize> = self.values.values().map(|value| prose(value).len()).collect();
        Columns::hint(&names, &lengths)
    }
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
            let mut named = known.filter_map(|key| object.get(*key)).map(words);
            named.find(|words| !words.is_empty()).unwrap_or_default()
        }
        Value::Array(values) => {
            let all: Vec<String> = values.iter().map(words).filter(|w| !w.is_empty()).collect();
            all.join(", ")
        }
        Value::Null | Value::Bool(_) => String::new(),
    }
}
