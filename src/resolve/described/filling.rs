//! What one mention leaves open and the article tells: *the embassy in Kyiv* is the
//! American one, if the article speaks of no other.
//!
//! In: what the mentions of each thing say. Out: the same, with the owner and the
//! place that only one other thing of the kind, or only one owner's staff, leaves.

use std::collections::BTreeMap;

use super::kinds::{Kind, KindId, Kinds};
use super::owner::{Owner, Owners};
use super::reading::Reading;
use crate::text::{Document, NameKind, Upos};

/// An owner and a place.
type Pair = (Owner, Owner);

/// Completes the readings of an article.
pub(super) fn fill(
    document: &Document,
    kinds: &Kinds,
    owners: &Owners<'_, '_>,
    readings: &mut [Option<Reading>],
) {
    let mut of_kinds: BTreeMap<KindId, Vec<&mut Reading>> = BTreeMap::new();
    for reading in readings.iter_mut().flatten() {
        of_kinds.entry(reading.kind).or_default().push(reading);
    }
    for (id, readings) in of_kinds {
        let Some(kind) = kinds.kind(id) else { continue };
        if kind.place.is_none() {
            continue;
        }
        let mut pairs = distinct(readings.iter().filter_map(|reading| pair(reading)));
        if pairs.is_empty() {
            let staff = || staff_owners(document, kinds, kind, owners);
            pairs.extend(only_pair(&readings, staff));
        }
        for reading in readings {
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
fn only_pair(readings: &[&mut Reading], staff: impl FnOnce() -> Vec<Owner>) -> Option<Pair> {
    let places = distinct(readings.iter().filter_map(|reading| reading.place.clone()));
    let [place] = places.as_slice() else { return None };
    let mut owners = distinct(readings.iter().filter_map(|reading| reading.owner.clone()));
    if owners.is_empty() {
        owners = distinct(staff().into_iter().filter(|owner| owner.key != place.key));
    }
    let [owner] = owners.as_slice() else { return None };
    if owner.key == place.key {
        return None;
    }
    Some((owner.clone(), place.clone()))
}

/// Gives a reading what is left to it.
fn complete(kind: &Kind, reading: &mut Reading, pairs: &[Pair]) {
    let is_open = reading.owner.is_none() && reading.place.is_none();
    if is_open && !(reading.definite && kind.is == Some(NameKind::Facility)) {
        return;
    }
    let mut fitting = pairs.iter().filter(|pair| agrees(reading, pair));
    if let (Some((owner, place)), None) = (fitting.next(), fitting.next()) {
        (reading.owner, reading.place) = (Some(owner.clone()), Some(place.clone()));
    }
}

/// Whether what a reading has is that of a pair.
fn agrees(reading: &Reading, (owner, place): &Pair) -> bool {
    reading.owner.as_ref().is_none_or(|known| known.key == owner.key)
        && reading.place.as_ref().is_none_or(|known| known.key == place.key)
}

/// Whose staff of a kind an article speaks of: *U.S. diplomats*.
fn staff_owners(
    document: &Document,
    kinds: &Kinds,
    kind: &Kind,
    owners: &Owners<'_, '_>,
) -> Vec<Owner> {
    let mut found = Vec::new();
    for word in document.token_ids() {
        let is_noun = document.tag(word).upos == Upos::Noun;
        if is_noun
            && kinds.is_staff(document.lemma(word), kind)
            && let Some(before) = word.previous()
            && let Some(owner) = owners.of_word(before)
        {
            found.extend(owners.as_owner(kind, owner));
        }
    }
    distinct(found.into_iter())
}
