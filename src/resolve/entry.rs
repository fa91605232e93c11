//! What is known of an entity beforehand: its names, its ids, what it is.

use compact_str::CompactString;

use super::entity::Authority;
use crate::text::NameKind;

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
    /// What sort of thing it is.
    pub sort: Sort,
    /// Slug of the country it is in or of.
    pub country: Option<CompactString>,
    /// What it is called elsewhere, each by whom and how.
    pub ids: Vec<(Authority, CompactString)>,
    /// The day when those ids were last checked, `2024-05-31`.
    pub checked: Option<CompactString>,
}

impl Entry {
    /// An entity by its key, its name and what it is; nothing else is known yet.
    pub fn new(slug: &str, label: &str, sort: Sort) -> Self {
        Self {
            slug: slug.into(),
            label: label.into(),
            aliases: Vec::new(),
            local_names: Vec::new(),
            demonyms: Vec::new(),
            sort,
            country: None,
            ids: Vec::new(),
            checked: None,
        }
    }
}

/// What sort of thing a known entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// A person.
    Person,
    /// A state, or a territory that acts as one.
    Country,
    /// A city or town.
    City,
    /// Another place: a region, river, mountain.
    Place,
    /// A building.
    Facility,
    /// A parliament, ministry, agency, court, army.
    Government,
    /// A newspaper, broadcaster, news agency.
    Media,
    /// A company.
    Company,
    /// A political party.
    Party,
    /// Another organisation: alliance, charity, armed group.
    Organization,
    /// An event.
    Event,
}

impl Sort {
    /// The kind of name it goes by.
    pub fn kind(self) -> NameKind {
        match self {
            Self::Person => NameKind::Person,
            Self::Country | Self::City | Self::Place => NameKind::Place,
            Self::Facility => NameKind::Facility,
            Self::Government | Self::Media | Self::Company | Self::Party | Self::Organization => {
                NameKind::Organization
            }
            Self::Event => NameKind::Event,
        }
    }
}
