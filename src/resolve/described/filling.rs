//! What one mention leaves open and the article tells: *the embassy in Kyiv* is the
//! American one, if the article speaks of no other.
//!
//! In: what the mentions of each thing say. Out: the same, with the owner and the
//! place that only one other thing of the kind, or only one owner's staff, leaves.

use super::kinds::{Kind, KindId, Kinds};
use super::owner::{Owner, Owners};
use super::reading::Reading;
use crate::text::{Document, NameKind, TokenId, Upos};

/// An owner and a place.
type Pair = (Owner, Owner);

/// Completes the readings of an article.
pub(super) fn fill(
    document: &Document,
    kinds: &Kinds,
    owners: &Owners<'_, '_>,
    readings: &mut [Option<Reading>],
) {
    let mut open: Vec<KindId> = readings.iter().flatten().map(|r| r.kind).collect();
    open.sort_unstable();
    open.dedup();
    for id in open {
        let Some(kind) = kinds.kind(id).filter(|kind| kind.place.is_some()) else { continue };
        let of_kind = || readings.iter().flatten().filter(|reading| reading.kind == id);
        let mut pairs = distinct(of_kind().filter_map(pair));
        if pairs.is_empty() {
            let staff = || staff_owners(document, kinds, kind, owners);
            pairs.extend(only_pair(of_kind().collect(), staff));
        }
        let same_kind = readings.iter_mut().flatten().filter(|reading| reading.kind == id);
        for reading in same_kind {
            complete(kind, reading, &pairs);
        }
    }
}

fn pair(reading: &Reading) -> Option<Pair> {
    reading.owner.clone().zip(reading.place.clone())
}

fn distinct<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut distinct = Vec::new();
    for one in all {
        if !distinct.contains(&one) {
            distinct.push(one);
        }
    }
    distinct
}

/// The one owner and the one place of which an article speaks, where no mention has
/// both.
fn only_pair(readings: Vec<&Reading>, staff: impl FnOnce() -> Vec<Owner>) -> Option<Pair> {
    let places = distinct(readings.iter().filter_map(|reading| reading.place.clone()));
    let [place] = places.as_slice() else { return None };
    let mut owners = distinct(readings.iter().filter_map(|reading| reading.owner.clone()));
    if owners.is_empty() {
        owners = distinct(staff().into_iter().filter(|owner| owner.key != place.key));
    }
    let [owner] = owners.as_slice() else { return None };
    (owner.key != place.key).then(|| (owner.clone(), place.clone()))
}

/// Gives a reading what is left to it.
fn complete(kind: &Kind, reading: &mut Reading, pairs: &[Pair]) {
    let is_open = reading.owner.is_none() && reading.place.is_none();
    if is_open && !(reading.definite && kind.is == Some(NameKind::Facility)) {
        return;
    }
    let agrees = |known: &Option<Owner>, other: &Owner| {
        known.as_ref().is_none_or(|known| known.key == other.key)
    };
    let mut fitting = pairs
        .iter()
        .filter(|(owner, place)| agrees(&reading.owner, owner) && agrees(&reading.place, place));
    if let (Some((owner, place)), None) = (fitting.next(), fitting.next()) {
        (reading.owner, reading.place) = (Some(owner.clone()), Some(place.clone()));
    }
}

/// Whose staff of a kind an article speaks of: *U.S. diplomats*.
fn staff_owners(
    document: &Document,
    kinds: &Kinds,
    kind: &Kind,
    owners: &Owners<'_, '_>,
) -> Vec<Owner> {
    let is_staff = |word: &TokenId| {
        document.tag(*word).upos == Upos::Noun && kinds.is_staff(document.lemma(*word), kind)
    };
    let staff = document.token_ids().iter().filter(is_staff);
    let before = staff.filter_map(|word| (word.index() > 0).then(|| word - 1));
    let owner = |word| owners.of_word(word).and_then(|owner| owners.as_owner(kind, owner));
    distinct(before.filter_map(owner))
}
