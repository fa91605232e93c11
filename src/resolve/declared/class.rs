//! The kinds of arguments that relations ask for, and which argument is of one.

use crate::text::NameKind;

/// A kind of argument that relations ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A human being, or several.
    Person,
    /// A body that acts; countries and towns act like one.
    Organization,
    /// A place or building.
    Place,
    /// An office: *judge*, *mayor*.
    Role,
    /// Something written or made.
    CreativeWork,
    /// Something that takes place.
    Event,
    /// A thing that is made.
    Product,
    /// Anything but an amount of money.
    Thing,
}

/// How well an argument fits a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Its kind is not known, or the class takes anything.
    Open,
    /// Its kind is the one that is asked for.
    Known,
}

/// Which argument is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Subject,
    Object,
}

impl Class {
    /// How well an argument of a kind fits; none where it does not.
    pub(super) fn fit(self, kind: Option<NameKind>, named: bool, side: Side) -> Option<Fit> {
        use NameKind::{
            Event, Facility, Group, Money, Organization, Other, Person, Place, Product,
        };
        let known = match (self, kind) {
            (Self::Role, None | Some(Person)) if !named => return Some(Fit::Open),
            (Self::Role, _) | (_, Some(Money)) => return None,
            (_, None | Some(Other)) => return Some(Fit::Open),
            (Self::Thing, Some(_)) => true,
            (Self::Person, Some(kind)) => matches!(kind, Person | Group),
            (Self::Organization, Some(Facility)) => return Some(Fit::Open),
            // A country that is named acts like an organisation; what is done to
            // it may be done to the land.
            (Self::Organization, Some(Place)) if side == Side::Object || !named => {
                return Some(Fit::Open);
            }
            (Self::Organization, Some(kind)) => matches!(kind, Organization | Group | Place),
            (Self::Place, Some(kind)) => matches!(kind, Place | Facility),
            (Self::Event, Some(kind)) => kind == Event,
            (Self::CreativeWork | Self::Product, Some(kind)) => kind == Product,
        };
        known.then_some(Fit::Known)
    }
}
