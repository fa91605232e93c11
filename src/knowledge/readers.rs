//! Readers of knowledge bases: each hands on what it reads, entity by entity or part by
//! part.

mod ftm;
mod geonames;
mod json_lines;
mod rdf;
mod table;
mod wikidata;

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::Options;
use super::error::{KnowledgeError, Place};
use super::format::Format;
use super::kinds::Meaning;
use crate::read::Stream;
use crate::resolve::{Authority, Entry};
use crate::text::Sort;
use crate::text::table::Table;

/// The longest line that is read, in bytes; no item of Wikidata comes near.
const LONGEST_LINE: u64 = 256 << 20;
/// A longer name is none.
const LONGEST_NAME: usize = 200;

/// What was read, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// How many lines, or triples.
    pub(super) read: u64,
    /// How many entities, or parts of some, were handed on.
    pub(super) taken: u64,
    /// Kinds that are not known, and how often they came.
    pub(super) unknown_kinds: BTreeMap<String, u64>,
}

/// Takes what readers read.
pub(super) struct Sink<'a> {
    pub(super) options: &'a Options,
    pub(super) counts: Counts,
    countries: BTreeMap<String, String>,
    out: &'a mut dyn FnMut(&Entry) -> Result<(), KnowledgeError>,
}

impl<'a> Sink<'a> {
    pub(super) fn new(
        options: &'a Options,
        out: &'a mut dyn FnMut(&Entry) -> Result<(), KnowledgeError>,
    ) -> Self {
        let table = Table::shipped("countries.tsv", include_str!("countries.tsv"));
        let mut countries = BTreeMap::new();
        for row in table.rows() {
            let Some(id) = row.get("id") else { continue };
            for code in [Some(row.key()), row.get("long")].into_iter().flatten() {
                countries.insert(code.to_owned(), Authority::Wikidata.iri(id));
            }
        }
        Self { options, counts: Counts::default(), countries, out }
    }

    /// Hands on an entity, without names that are none.
    fn take(&mut self, mut entry: Entry) -> Result<(), KnowledgeError> {
        if !is_name(&entry.label) {
            entry.label = CompactString::default();
        }
        for names in [&mut entry.aliases, &mut entry.local_names, &mut entry.demonyms] {
            names.retain(is_name);
        }
        if let Some(country) = entry.country.take() {
            entry.country = self.country(&country);
        }
        self.counts.taken += 1;
        (self.out)(&entry)
    }

    /// A country by its code or id as an IRI; by its name, as it is.
    fn country(&self, text: &str) -> Option<CompactString> {
        let text = text.trim();
        if let Some(iri) = self.countries.get(&text.to_lowercase()) {
            return Some(iri.into());
        }
        if is_item(text) {
            return Some(Authority::Wikidata.iri(text).into());
        }
        (!text.is_empty()).then(|| text.into())
    }

    /// What a kind means; counted where it is not known.
    fn kind(&mut self, kind: &str) -> Option<Meaning> {
        let known = self.options.kinds.kind(kind);
        if known.is_none() && !kind.trim().is_empty() {
            *self.counts.unknown_kinds.entry(kind.trim().to_owned()).or_default() += 1;
        }
        known
    }

    /// An entity of an id as tables have it: an IRI, an item of Wikidata, or what follows
    /// the prefix that the user gave.
    fn entry(
        &self,
        id: &str,
        label: &str,
        sort: Option<Sort>,
        place: Place<'_>,
    ) -> Result<Entry, KnowledgeError> {
        let id = id.trim();
        let iri = match &self.options.id_prefix {
            _ if id.contains("://") => id.to_owned(),
            _ if is_item(id) => Authority::Wikidata.iri(id),
            Some(prefix) => format!("{prefix}{id}"),
            None => {
                let problem = format!(
                    "{id:?} is no IRI and no item of Wikidata; say what the IRIs of such ids \
                     begin with: --id-prefix https://…/"
                );
                return Err(place.error(problem));
            }
        };
        of_iri(&iri, label, sort).ok_or_else(|| place.error(format!("{iri}: no id behind its end")))
    }
}

/// An entity of an IRI.
fn of_iri(iri: &str, label: &str, sort: Option<Sort>) -> Option<Entry> {
    let (authority, id) = Authority::of_iri(iri)?;
    let mut entry = Entry::new(&authority.iri(&id), label.trim(), sort);
    entry.ids.push((authority, id));
    Some(entry)
}

/// Whether an id is that of an item of Wikidata: `Q42`.
fn is_item(id: &str) -> bool {
    let Some(number) = id.strip_prefix('Q') else { return false };
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether what is called a name can be one.
fn is_name(name: &CompactString) -> bool {
    name.len() <= LONGEST_NAME && name.chars().any(char::is_alphanumeric)
}

/// How well known a place is by its inhabitants, as if articles were counted: a million
/// are worth some thirty.
fn weight_of_population(population: u64) -> u32 {
    (population as f64 / 1000.0).sqrt().round() as u32
}

/// Reads an input.
pub(super) fn read(
    stream: Stream,
    format: Format,
    sink: &mut Sink<'_>,
) -> Result<(), KnowledgeError> {
    match format {
        Format::Wikidata => wikidata::read(stream, sink),
        Format::NTriples => rdf::n_triples(stream, sink),
        Format::Turtle => rdf::turtle(stream, sink),
        Format::GeoNames => geonames::read(stream, sink),
        Format::Csv => table::read(stream, b',', sink),
        Format::Tsv => table::read(stream, b'\t', sink),
        Format::FollowTheMoney => ftm::read(stream, sink),
        Format::JsonLines => json_lines::read(stream, sink),
    }
}

/// Calls `read` with each line that is not blank, and where it stands.
fn each_line(
    mut stream: Stream,
    sink: &mut Sink<'_>,
    mut read: impl FnMut(&str, Place<'_>, &mut Sink<'_>) -> Result<(), KnowledgeError>,
) -> Result<(), KnowledgeError> {
    let file = stream.name.clone();
    let mut line = 0;
    while let Some(bytes) = stream.line(LONGEST_LINE) {
        line += 1;
        let place = Place { file: &file, line };
        let bytes = bytes.map_err(|error| stream.fail(error))?;
        let text = std::str::from_utf8(&bytes).map_err(|_| place.error("not UTF-8"))?;
        let text = text.trim_start_matches('\u{feff}').trim_matches([' ', '\r']);
        if !text.is_empty() {
            sink.counts.read += 1;
            read(text, place, sink)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
