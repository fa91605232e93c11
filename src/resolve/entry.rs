//! What is known of an entity beforehand: its names, its ids, what it is.

use compact_str::CompactString;

use super::entity::Authority;
use crate::text::Sort;

/// A known entity.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Its global key.
    pub slug: CompactString,
    /// What it is called where the graph shows it.
    pub label: CompactString,
    /// Other names that mean it wherever they name something of its sort.
    pub aliases: Vec<CompactString>,
    /// Names that mean it only where its country is spoken of, and not by the
    /// way: *Senate*.
    pub local_names: Vec<CompactString>,
    /// Adjectives for what belongs to it: *Ukrainian*.
    pub demonyms: Vec<CompactString>,
    /// What sort of thing it is, where that is known.
    pub sort: Option<Sort>,
    /// Slug of the country it is in or of.
    pub country: Option<CompactString>,
    /// Slug of its capital.
    pub capital: Option<CompactString>,
    /// What it is called elsewhere, each by whom and how.
    pub ids: Vec<(Authority, CompactString)>,
    /// The day when those ids were last checked, `2024-05-31`.
    pub checked: Option<CompactString>,
    /// Where its ids come from, as whoever made the base calls its sources:
    /// `natural-earth`.
    pub sources: Vec<CompactString>,
    /// What it is, in a few words: *harbour town in Portugal*.
    pub description: Option<CompactString>,
    /// How well known it is, in Wikipedias that have an article on it or what comes
    /// to that; 0 where nobody counted.
    pub weight: u32,
}

impl Entry {
    /// An entity by its key, its name and what it is, if that is known; nothing else is
    /// known yet.
    pub fn new(slug: &str, label: &str, sort: impl Into<Option<Sort>>) -> Self {
        Self {
            slug: slug.into(),
            label: label.into(),
            aliases: Vec::new(),
            local_names: Vec::new(),
            demonyms: Vec::new(),
            sort: sort.into(),
            country: None,
            capital: None,
            ids: Vec::new(),
            checked: None,
            sources: Vec::new(),
            description: None,
            weight: 0,
        }
    }
}
