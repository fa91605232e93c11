//! What sort of thing a name's bearer is, finer than its kind.

use serde::{Deserialize, Serialize};

use super::NameKind;

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
