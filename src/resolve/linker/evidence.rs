//! What an article tells beside the names: its words, its countries, whom it speaks of
//! for certain.

use std::collections::BTreeSet;

use compact_str::CompactString;

use super::{Countries, Linker};
use crate::resolve::entity::Authority;
use crate::resolve::entry::Entry;
use crate::resolve::knowledge::Query;
use crate::resolve::name::fold;
use crate::text::{Document, Sort};

/// Words are compared by so many letters, so that *minister* is one with *ministers*.
const STEM: usize = 6;
/// A shorter word of a description tells little.
const SHORTEST: usize = 4;

/// What is known of an article when its names are weighed.
pub(super) struct Evidence {
    /// The words of the article, cut to [`STEM`].
    words: BTreeSet<CompactString>,
    /// What it speaks of: the most often named counts most.
    countries: Countries,
}

impl Evidence {
    pub(super) fn new(document: &Document, countries: &Countries) -> Self {
        let words = document.tokens.iter().flat_map(|token| stems(&token.form)).collect();
        Self { words, countries: countries.clone() }
    }

    /// Learns that the article speaks of an entity.
    pub(super) fn add(&mut self, linker: &Linker<'_>, entry: &Entry) {
        if let Some(country) = country(linker, entry) {
            *self.countries.entry(country).or_default() += 1;
        }
    }

    /// Whether an entity is of a country that the article speaks of; none where its
    /// country is not known.
    pub(super) fn is_at_home(&self, country: Option<&CompactString>) -> Option<bool> {
        country.map(|country| self.countries.contains_key(country))
    }

    /// The share of the words of a description that the article uses, those of the
    /// entity's own names aside; none where the description has no word that tells.
    pub(super) fn share_of(&self, description: &[CompactString]) -> Option<f32> {
        let used = description.iter().filter(|word| self.words.contains(*word)).count();
        (!description.is_empty()).then(|| used as f32 / description.len() as f32)
    }
}

/// The words of a text that tell something, as they are compared.
pub(super) fn stems(text: &str) -> Vec<CompactString> {
    let folded = fold(text);
    let long = folded.split(' ').filter(|word| word.chars().count() >= SHORTEST);
    long.map(|word| word.chars().take(STEM).collect()).collect()
}

/// What lists call the country of an entity of a larger base, else what the base calls
/// it; a country is its own.
pub(super) fn country(linker: &Linker<'_>, entry: &Entry) -> Option<CompactString> {
    let Some(country) = &entry.country else {
        let known = linker.known_as(entry).unwrap_or(entry);
        let own = (entry.sort == Some(Sort::Country)).then(|| known.slug.clone());
        return own.or_else(|| known.country.clone());
    };
    let mut bases = linker.bases.iter();
    let by_id = Authority::of_iri(country).and_then(|id| bases.find_map(|base| base.by_id(&id)));
    let known = by_id.map(|entry| entry.slug.clone()).or_else(|| by_name(linker, country));
    Some(known.unwrap_or_else(|| country.clone()))
}

/// The country of a name, as lists have it.
fn by_name(linker: &Linker<'_>, name: &str) -> Option<CompactString> {
    let folded = fold(name);
    let names = std::slice::from_ref(&folded);
    let query = Query { name: &folded, names, kind: None, adjectival: false };
    let bases = linker.bases.iter();
    let mut candidates = bases.flat_map(|base| base.candidates(&query));
    let is_country = |entry: &Entry| entry.sort == Some(Sort::Country);
    candidates.find(|c| c.prior.is_none() && is_country(&c.entry)).map(|c| c.entry.slug.clone())
}
