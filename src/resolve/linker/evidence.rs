//! What an article tells beside the names: its words, its countries, whom it speaks of
//! for certain.

use std::collections::BTreeSet;

use compact_str::CompactString;

use super::countries::country;
use super::listed::ABROAD;
use super::stems::stems;
use super::{Countries, Linker, Politics};
use crate::resolve::entry::Entry;
use crate::text::Document;

/// An article that has so many different words of politics tells of it.
const POLITICAL: usize = 6;

/// What is known of an article when its names are weighed.
pub(super) struct Evidence {
    /// The words of the article, cut to their stems.
    words: BTreeSet<CompactString>,
    /// What it speaks of: the most often named counts most.
    countries: Countries,
    is_political: bool,
}

impl Evidence {
    pub(super) fn new(document: &Document, countries: &Countries, politics: &Politics) -> Self {
        let words: BTreeSet<_> =
            document.tokens.iter().flat_map(|token| stems(&token.form)).collect();
        let is_political = politics.count(document) >= POLITICAL;
        Self { words, countries: countries.clone(), is_political }
    }

    /// Learns that the article speaks of an entity.
    pub(super) fn add(&mut self, linker: &Linker<'_>, entry: &Entry) {
        if let Some(country) = country(linker, entry) {
            *self.countries.entry(country).or_default() += 1;
        }
    }

    /// Whether an entity is of a country that the article speaks of; none where it does
    /// so by the way, or the country is not known.
    pub(super) fn is_at_home(&self, country: Option<&CompactString>) -> Option<bool> {
        let times = self.countries.get(country?).copied().unwrap_or_default();
        let most = self.countries.values().copied().max().unwrap_or_default();
        let is_home = times * ABROAD > most;
        (is_home || times == 0).then_some(is_home)
    }

    /// Whether the article tells of politics.
    pub(super) fn is_political(&self) -> bool {
        self.is_political
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
