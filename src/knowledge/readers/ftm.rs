//! FollowTheMoney: `{"id": "…", "schema": "Person", "properties": {"name": […]}}`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{KnowledgeError, Meaning, Place, Sink, Stream, each_line, is_item, of_iri};

/// An entity.
#[derive(Deserialize)]
struct Line {
    id: String,
    schema: String,
    #[serde(default)]
    caption: Option<String>,
    #[serde(default)]
    properties: BTreeMap<String, Vec<String>>,
}

impl Line {
    /// The values of some properties, in order.
    fn values<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a String> {
        names.iter().filter_map(|name| self.properties.get(*name)).flatten()
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        self.values(names).next().cloned()
    }
}

const NAMES: &[&str] = &["name", "alias", "weakAlias", "abbreviation"];
const COUNTRIES: &[&str] = &["country", "jurisdiction", "nationality", "citizenship"];
const DESCRIPTIONS: &[&str] = &["position", "summary", "sector", "description"];

pub(super) fn read(stream: Stream, sink: &mut Sink<'_>) -> Result<(), KnowledgeError> {
    each_line(stream, sink, line)
}

fn line(text: &str, place: Place<'_>, sink: &mut Sink<'_>) -> Result<(), KnowledgeError> {
    let line: Line = serde_json::from_str(text).map_err(|error| place.error(error))?;
    let meaning = sink.kind(&line.schema);
    if meaning == Some(Meaning::LeftOut) {
        return Ok(());
    }
    let label = line.caption.clone().or_else(|| line.first(&["name"])).unwrap_or_default();
    let item = line.first(&["wikidataId"]).filter(|id| is_item(id));
    let id = item.as_ref().unwrap_or(&line.id);
    let mut entry = sink.entry(id, &label, meaning.and_then(Meaning::sort), place)?;
    if let (Some(prefix), true) = (&sink.options.id_prefix, item.is_some() && !is_item(&line.id)) {
        let own = of_iri(&format!("{prefix}{}", line.id), "", None);
        entry.ids.extend(own.into_iter().flat_map(|own| own.ids));
    }
    entry.aliases = line.values(NAMES).map(Into::into).collect();
    entry.country = line.first(COUNTRIES).map(Into::into);
    entry.description = line.first(DESCRIPTIONS).map(Into::into);
    sink.take(entry)
}
