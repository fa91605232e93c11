//! Which entities a name means: one in the value of the name itself, several in a list.

use super::pack::{Reader, push_number};
use crate::resolve::knowledge::NameUse;

/// What a name means: where the entity stands, as [`CompiledWriter::entity`](super::CompiledWriter::entity) told, and
/// how the name means it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameItem {
    /// Where the entity stands.
    pub offset: u64,
    /// How the name means it.
    pub used: NameUse,
}

/// How many bits the number of a use takes.
const USE_BITS: u32 = 2;

/// An entity and a use as one number.
fn number(item: NameItem) -> u64 {
    let used = NameUse::OF_NAMES.iter().position(|used| *used == item.used).unwrap_or_default();
    item.offset << USE_BITS | used as u64
}

fn item(number: u64) -> Option<NameItem> {
    let used = *NameUse::OF_NAMES.get((number & ((1 << USE_BITS) - 1)) as usize)?;
    Some(NameItem { offset: number >> USE_BITS, used })
}

/// The value of a name that means these; lists are appended to `postings`, which `start`
/// bytes precede.
pub(super) fn value(items: &[NameItem], start: u64, postings: &mut Vec<u8>) -> u64 {
    if let [only] = items {
        return number(*only) << 1 | 1;
    }
    let place = start + postings.len() as u64;
    push_number(postings, items.len() as u64);
    for item in items {
        push_number(postings, number(*item));
    }
    place << 1
}

/// What a name of this value means.
pub(super) fn items(postings: &[u8], value: u64) -> impl Iterator<Item = NameItem> {
    let alone = value & 1 == 1;
    let list = postings.get((value >> 1) as usize..).filter(|_| !alone);
    let mut reader = Reader(list.unwrap_or_default());
    let count = if alone { 1 } else { reader.number().unwrap_or_default() };
    let next = move |_| if alone { Some(value >> 1) } else { reader.number() };
    let numbers = (0..count).map_while(next);
    numbers.map_while(item)
}
