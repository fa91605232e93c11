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
        Some(self.countries.contains_key(country?))
    }

    /// The share of the words of a description that the article uses, those of the
    /// entity's own names aside; none where the description has no word that tells.
    pub(super) fn share_of(&self, description: &[CompactString]) -> Option<f32> {
        if description.is_empty() {
            return None;
        }
        let used = description.iter().filter(|word| self.words.contains(*word)).count();
        Some(used as f32 / description.len() as f32)
    }
}

/// The words of a text that tell something, as they are compared.
pub(super) fn stems(text: &str) -> Vec<CompactString> {
    let mut stems = Vec::new();
    for word in fold(text).split(' ') {
        if word.chars().count() >= SHORTEST {
            stems.push(word.chars().take(STEM).collect());
        }
    }
    stems
}

/// What lists call the country of an entity of a larger base, else what the base calls
/// it; a country is its own.
pub(super) fn country(linker: &Linker<'_>, entry: &Entry) -> Option<CompactString> {
    if let Some(country) = &entry.country {
        return Some(as_listed(linker, country));
    }
    let known = linker.known_as(entry).unwrap_or(entry);
    if entry.sort == Some(Sort::Country) {
        return Some(known.slug.clone());
    }
    known.country.clone()
}

/// What lists call a country by its IRI or name; itself where none has it.
fn as_listed(linker: &Linker<'_>, country: &CompactString) -> CompactString {
    if let Some(id) = Authority::of_iri(country) {
        for base in linker.bases {
            if let Some(known) = base.by_id(&id) {
                return known.slug.clone();
            }
        }
    }
    by_name(linker, country).unwrap_or_else(|| country.clone())
}

/// The country of a name, as lists have it.
fn by_name(linker: &Linker<'_>, name: &str) -> Option<CompactString> {
    let folded = fold(name);
    let names = std::slice::from_ref(&folded);
    let query = Query { name: &folded, names, kind: None, adjectival: false };
    for base in linker.bases {
        for candidate in base.candidates(&query) {
            if candidate.prior.is_none() && candidate.entry.sort == Some(Sort::Country) {
                return Some(candidate.entry.slug.clone());
            }
        }
    }
    None
}
