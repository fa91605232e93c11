//! Names and shapes that several formats show.

use crate::resolve::Entity;
use crate::text::NameKind;

/// What sort of thing an entity is, in words; `unnamed-source` for sources
/// that stand for nobody in particular, none where nothing is known.
pub(super) fn kind_name(entity: &Entity) -> Option<&'static str> {
    if entity.unnamed_source {
        return Some("unnamed-source");
    }
    entity.kind.map(name_kind)
}

/// The name of a kind of name, as the JSON has it.
pub(super) fn name_kind(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "person",
        NameKind::Organization => "organization",
        NameKind::Place => "place",
        NameKind::Facility => "facility",
        NameKind::Event => "event",
        NameKind::Group => "group",
        NameKind::Product => "product",
        NameKind::Money => "money",
        NameKind::Other => "other",
    }
}
