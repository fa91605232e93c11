//! JSON documents: arrays of articles, the answers of news services, JSON Feed
//! and the wire format ninjs.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::metadata::{Field, Metadata};
use super::record::{Found, Record};
use super::{Origin, Part, Read, ReadError, Reader, Reads, encoding, single};

/// The most bytes of a document, which is read as a whole.
const LONGEST: u64 = 256 << 20;

/// The names that lists of articles have in the answers of services.
const LISTS: [&str; 9] =
    ["articles", "items", "results", "docs", "data", "stories", "news", "entries", "hits"];

pub(super) fn read(reader: &Arc<Reader>, part: Part) -> Reads {
    let Part { stream, origin } = part;
    let value = stream.all(LONGEST).and_then(|bytes| {
        let text = encoding::text(&origin.name, bytes)?;
        serde_json::from_str(&text).map_err(|error| ReadError::Broken {
            name: origin.name.to_string(),
            kind: "JSON document",
            reason: error.to_string(),
        })
    });
    let (of_all, objects) = match value {
        Ok(value) => articles(value),
        Err(error) => return single(Err(error)),
    };
    if objects.is_empty() {
        return single(Err(ReadError::NoArticle { name: origin.name.to_string() }));
    }
    if let Some(first) = objects.first() {
        Record::new(first, &reader.options).tell_holds(&origin.name);
    }
    let reader = Arc::clone(reader);
    let one = objects.len() == 1;
    Box::new(objects.into_iter().enumerate().map(move |(i, object)| {
        let name = if one {
            Arc::clone(&origin.name)
        } else {
            format!("{}, item {}", origin.name, i + 1).into()
        };
        article(&reader, &Origin { name, entry: !one, ..origin.clone() }, object, &of_all)
    }))
}

/// The objects of a document that are articles, and what it says of them all.
fn articles(value: Value) -> (Metadata, Vec<Map<String, Value>>) {
    let mut of_all = Metadata::default();
    let values = match value {
        Value::Array(values) => values,
        Value::Object(mut object) => {
            let list = LISTS.iter().find(|name| object.get(**name).is_some_and(Value::is_array));
            match list.and_then(|name| object.remove(*name)) {
                Some(Value::Array(values)) => {
                    let title = object.get("title").and_then(Value::as_str);
                    of_all.set(Field::Publisher, title.unwrap_or(""));
                    values
                }
                _ => vec![Value::Object(object)],
            }
        }
        _ => Vec::new(),
    };
    let objects = values.into_iter().filter_map(|value| match value {
        Value::Object(object) => Some(object),
        _ => None,
    });
    (of_all, objects.collect())
}

fn article(
    reader: &Arc<Reader>,
    origin: &Origin,
    mut object: Map<String, Value>,
    of_all: &Metadata,
) -> Result<Read, ReadError> {
    let name = || origin.name.to_string();
    let status = object.get("pubstatus").and_then(Value::as_str).unwrap_or("");
    if matches!(status, "canceled" | "cancelled" | "withheld") {
        let id = object.get("uri").and_then(Value::as_str).map(str::to_owned);
        let id = id.ok_or_else(|| ReadError::NoArticle { name: name() })?;
        return Err(ReadError::Withdrawn { name: name(), id, version: version(&object) });
    }
    let version = version(&object);
    flatten(&mut object);
    let html = ["content_html", "body_xhtml", "body_html", "html"]
        .iter()
        .find_map(|key| object.get(*key).and_then(Value::as_str));
    let record = Record::new(&object, &reader.options);
    #[cfg(feature = "html")]
    if let Some(body) = html.map(super::html::fragment).filter(|body| !body.units.is_empty()) {
        let metadata = with_default(record.metadata(), of_all);
        return reader.published(origin, Metadata { version, ..metadata }, body);
    }
    let stem = origin.path.as_deref().map_or_else(|| "item".to_owned(), super::stem);
    let Some(Found { id, metadata, body }) = record.article(&stem) else {
        return Err(match html {
            Some(_) if cfg!(not(feature = "html")) => {
                ReadError::not_built(&origin.name, "an article written in HTML", "html")
            }
            _ => ReadError::NoTextField { name: name(), hint: record.hint() },
        });
    };
    let metadata = with_default(metadata, of_all);
    reader.article(Arc::clone(&origin.name), id, Metadata { version, ..metadata }, body)
}

/// The number of a version of ninjs, whose items have an address of their own kind.
fn version(object: &Map<String, Value>) -> Option<u64> {
    object.get("uri").and_then(Value::as_str)?;
    let version = object.get("version")?;
    version.as_u64().or_else(|| version.as_str()?.parse().ok())
}

fn with_default(mut metadata: Metadata, of_all: &Metadata) -> Metadata {
    metadata.publisher = metadata.publisher.or_else(|| of_all.publisher.clone());
    metadata
}

/// Gives the fields of ninjs 2 and 3 and of JSON Feed the names of others: their
/// headlines and bodies are lists of objects.
fn flatten(object: &mut Map<String, Value>) {
    let first = |object: &Map<String, Value>, list: &str| {
        let values = object.get(list).and_then(Value::as_array)?;
        let main = values.iter().find(|v| v.get("role").and_then(Value::as_str) == Some("main"));
        main.or_else(|| values.first())?.get("value").cloned()
    };
    for (list, name) in [("headlines", "headline"), ("bodies", "body_xhtml"), ("bylines", "byline")]
    {
        if let Some(value) = first(object, list).filter(|_| !object.contains_key(name)) {
            object.insert(name.to_owned(), value);
        }
    }
    for (known, name) in [
        ("body_text", "text"),
        ("content_text", "text"),
        ("firstcreated", "published"),
        ("versioncreated", "published"),
        ("uri", "id"),
        ("copyrightholder", "publisher"),
    ] {
        if let Some(value) = object.get(known).cloned().filter(|_| !object.contains_key(name)) {
            object.insert(name.to_owned(), value);
        }
    }
}
