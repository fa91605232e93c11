//! Names: where they stand, what kind of thing each names, and what is known of it
//! beforehand.

use serde::{Deserialize, Serialize};

use super::{Span, TokenRange};

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameKind {
    /// A human being, real or not.
    Person,
    /// A body that acts: company, agency, party, team, newspaper.
    Organization,
    /// A country, town, region, river.
    Place,
    /// A building or other made place: embassy, airport, bridge.
    Facility,
    /// A war, election, festival, storm.
    Event,
    /// A nationality, religion or political group: *Ukrainian*, *Democrats*.
    Group,
    /// A work, vehicle, weapon, law: a thing with a name.
    Product,
    /// An amount of money.
    Money,
    /// Another name.
    Other,
}

impl NameKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Person,
        Self::Organization,
        Self::Place,
        Self::Facility,
        Self::Event,
        Self::Group,
        Self::Product,
        Self::Money,
        Self::Other,
    ];

    /// The kind's name, as JSON and CoNLL-U write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Facility => "facility",
            Self::Event => "event",
            Self::Group => "group",
            Self::Product => "product",
            Self::Money => "money",
            Self::Other => "other",
        }
    }

    /// Reads a kind's name; `None` for a word that is none.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A name in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Where it stands.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// What it names.
    pub kind: NameKind,
    /// What sort of thing that is, as far as it is known beforehand: by who knows
    /// entities, or by the words of the name (*the Harbour Gazette*).
    pub sort: Option<Sort>,
}

impl Name {
    /// A name of which no more is known than what kind it is of.
    pub fn new(span: Span, tokens: TokenRange, kind: NameKind) -> Self {
        Self { span, tokens, kind, sort: None }
    }

    /// Whether it is that of a newspaper, a broadcaster or a news agency.
    pub fn is_medium(&self) -> bool {
        self.sort == Some(Sort::Media)
    }
}

/// What sort of thing a known entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
    /// Whether a name that seems to be of a kind may be one of this sort: many a
    /// newspaper is taken for a product.
    pub fn fits(self, kind: NameKind) -> bool {
        let loose = self == Self::Media && matches!(kind, NameKind::Product | NameKind::Other);
        self.kind() == kind || loose
    }
}
