//! A JSON dump of Wikidata: `[`, one item a line with a comma behind it, `]`.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de::Error as _};
use serde_json::Value;

use super::{KnowledgeError, Meaning, Place, Sink, Stream, each_line, of_iri};
use crate::resolve::Authority;

/// What something is an instance of.
const INSTANCE_OF: &str = "P31";
/// The country it is in, and of which somebody is a citizen.
const COUNTRIES: [&str; 2] = ["P17", "P27"];
/// The adjective and the people of a place.
const DEMONYM: &str = "P1549";
/// Its id at GeoNames.
const GEONAMES: &str = "P1566";

/// An item or a property, as far as it is asked for.
#[derive(Deserialize)]
struct Item {
    #[serde(rename = "type")]
    kind: String,
    id: String,
    #[serde(default)]
    labels: Map<Text>,
    #[serde(default)]
    descriptions: Map<Text>,
    #[serde(default)]
    aliases: Map<Vec<Text>>,
    #[serde(default)]
    sitelinks: Map<IgnoredAny>,
    #[serde(default)]
    claims: Map<Vec<Claim>>,
}

/// A text in a language.
#[derive(Deserialize)]
struct Text {
    value: String,
}

#[derive(Deserialize)]
struct Claim {
    mainsnak: Snak,
    /// *Normal* where nothing is said.
    #[serde(default = "normal")]
    rank: String,
}

fn normal() -> String {
    "normal".to_owned()
}

#[derive(Deserialize)]
struct Snak {
    #[serde(default)]
    datavalue: Option<Data>,
}

#[derive(Deserialize)]
struct Data {
    value: Value,
}

/// A map that dumps write as an empty array where there is nothing in it.
struct Map<T>(BTreeMap<String, T>);

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Map<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MapOrNothing(PhantomData))
    }
}

struct MapOrNothing<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for MapOrNothing<T> {
    type Value = Map<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map, or an empty array")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Map<T>, A::Error> {
        let mut all = BTreeMap::new();
        while let Some((key, value)) = map.next_entry()? {
            all.insert(key, value);
        }
        Ok(Map(all))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Map<T>, A::Error> {
        match seq.next_element::<IgnoredAny>()? {
            None => Ok(Map::default()),
            Some(_) => Err(A::Error::custom("an array where a map belongs")),
        }
    }
}

impl Item {
    /// The values of a property; of those that are preferred, where some are.
    fn values(&self, property: &str) -> Vec<&Value> {
        let preferred = self.values_of_rank(property, "preferred");
        if preferred.is_empty() { self.values_of_rank(property, "normal") } else { preferred }
    }

    fn values_of_rank(&self, property: &str, rank: &str) -> Vec<&Value> {
        let mut values = Vec::new();
        for claim in self.claims.0.get(property).into_iter().flatten() {
            if claim.rank == rank
                && let Some(data) = &claim.mainsnak.datavalue
            {
                values.push(&data.value);
            }
        }
        values
    }

    /// The items that are values of a property.
    fn items(&self, property: &str) -> Vec<String> {
        self.values(property).into_iter().filter_map(item_id).collect()
    }

    /// The country of the first property that has one.
    fn country(&self) -> Option<String> {
        for property in COUNTRIES {
            if let Some(country) = self.items(property).into_iter().next() {
                return Some(country);
            }
        }
        None
    }

    /// The texts that are values of a property in one of some languages.
    fn texts(&self, property: &str, languages: &[String]) -> Vec<String> {
        let mut texts = Vec::new();
        for value in self.values(property) {
            if let Some(language) = member(value, "language")
                && let Some(text) = member(value, "text")
                && languages.iter().any(|l| l == language)
            {
                texts.push(text.to_owned());
            }
        }
        texts
    }
}

/// The id of an item that is a value.
fn item_id(value: &Value) -> Option<String> {
    if let Some(id) = value.get("id") {
        return Some(id.as_str()?.to_owned());
    }
    // Dumps before 2017 have the number alone.
    let number = value.get("numeric-id")?.as_u64()?;
    Some(format!("Q{number}"))
}

/// A text in an object.
fn member<'v>(object: &'v Value, key: &str) -> Option<&'v str> {
    object.get(key)?.as_str()
}

/// The text in the first of some languages that has one.
fn in_language<'t>(texts: &'t Map<Text>, languages: &[String]) -> Option<&'t str> {
    let text = languages.iter().find_map(|language| texts.0.get(language))?;
    Some(&text.value)
}

pub(super) fn read(stream: Stream, sink: &mut Sink<'_>) -> Result<(), KnowledgeError> {
    each_line(stream, sink, |text, place, sink| {
        let text = text.strip_suffix(',').unwrap_or(text);
        if matches!(text, "[" | "]") { Ok(()) } else { line(text, place, sink) }
    })
}

fn line(text: &str, place: Place<'_>, sink: &mut Sink<'_>) -> Result<(), KnowledgeError> {
    let item: Item = serde_json::from_str(text).map_err(|error| place.error(error))?;
    let options = sink.options;
    let classes = item.items(INSTANCE_OF);
    let is_wanted =
        options.classes.is_empty() || classes.iter().any(|c| options.classes.contains(c));
    let weight = item.sitelinks.0.len() as u32;
    if item.kind != "item" || !is_wanted || weight < options.min_sitelinks {
        return Ok(());
    }
    let languages = &options.languages;
    let Some(label) = in_language(&item.labels, languages) else { return Ok(()) };
    let sort = options.kinds.class(classes.iter().map(String::as_str)).and_then(Meaning::sort);
    let known = of_iri(&Authority::Wikidata.iri(&item.id), label, sort);
    let mut entry = known.ok_or_else(|| place.error("no id"))?;
    for language in languages {
        for alias in item.aliases.0.get(language).into_iter().flatten() {
            entry.aliases.push(alias.value.as_str().into());
        }
    }
    entry.demonyms = item.texts(DEMONYM, languages).into_iter().map(Into::into).collect();
    entry.description = in_language(&item.descriptions, languages).map(Into::into);
    entry.country = item.country().map(Into::into);
    for id in item.values(GEONAMES).into_iter().filter_map(Value::as_str) {
        entry.ids.push((Authority::GeoNames, id.into()));
    }
    entry.weight = weight;
    sink.take(entry)
}
