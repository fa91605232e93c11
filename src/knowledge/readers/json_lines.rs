//! One entity a line: `{"qid": "Q42", "label": "…", "aliases": […], "kind": "person"}`.

use serde::Deserialize;

use super::{KnowledgeError, Meaning, Place, Sink, Stream, each_line};
use crate::resolve::Authority;

/// A line; what else it says is not asked for.
#[derive(Deserialize)]
struct Line {
    #[serde(alias = "id")]
    qid: String,
    #[serde(alias = "name")]
    label: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    demonyms: Vec<String>,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default, alias = "description")]
    desc: Option<String>,
    #[serde(default)]
    country: Option<String>,
    #[serde(default, alias = "weight")]
    sitelinks: Option<u32>,
    #[serde(default)]
    pop: Option<u64>,
    /// IRIs of the same elsewhere.
    #[serde(default)]
    same: Vec<String>,
    /// Where its id comes from. Who has many sources is better known, where nothing else
    /// tells how well.
    #[serde(default)]
    src: Vec<String>,
}

pub(super) fn read(stream: Stream, sink: &mut Sink<'_>) -> Result<(), KnowledgeError> {
    each_line(stream, sink, line)
}

fn line(text: &str, place: Place<'_>, sink: &mut Sink<'_>) -> Result<(), KnowledgeError> {
    let line: Line = serde_json::from_str(text).map_err(|error| place.error(error))?;
    let meaning = line.kind.as_deref().and_then(|kind| sink.kind(kind));
    if meaning == Some(Meaning::LeftOut) {
        return Ok(());
    }
    let label = line.label.unwrap_or_default();
    let mut entry = sink.entry(&line.qid, &label, meaning.and_then(Meaning::sort), place)?;
    entry.aliases = line.aliases.into_iter().map(Into::into).collect();
    entry.demonyms = line.demonyms.into_iter().map(Into::into).collect();
    entry.description = line.desc.map(Into::into);
    entry.ids.extend(line.same.iter().filter_map(|iri| Authority::of_iri(iri)));
    entry.country = line.country.map(Into::into);
    let population = line.pop.map(super::weight_of_population);
    let sources = line.src.len() as u32;
    entry.weight = line.sitelinks.or(population).unwrap_or(sources);
    entry.sources = line.src.into_iter().map(Into::into).collect();
    sink.take(entry)
}
