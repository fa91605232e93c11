//! What lists call the countries of entities of larger bases.

use compact_str::CompactString;

use super::Linker;
use crate::resolve::entity::Authority;
use crate::resolve::entry::Entry;
use crate::resolve::knowledge::Query;
use crate::resolve::name::fold;
use crate::text::Sort;

/// What lists call the country of an entity of a larger base, else what the base calls
/// it; a country is its own.
pub(super) fn country(linker: &Linker<'_>, entry: &Entry) -> Option<CompactString> {
    if let Some(country) = &entry.country {
        return Some(as_listed(linker, country));
    }
    let known = linker.known_as(entry).unwrap_or(entry);
    if entry.sort == Some(Sort::Country) {
        return Some(known.slug.clone());
    }
    known.country.clone()
}

/// What lists call a country by its IRI or name; itself where none has it.
fn as_listed(linker: &Linker<'_>, country: &CompactString) -> CompactString {
    if let Some(id) = Authority::of_iri(country) {
        for base in linker.bases {
            if let Some(known) = base.by_id(&id) {
                return known.slug.clone();
            }
        }
    }
    by_name(linker, country).unwrap_or_else(|| country.clone())
}

/// The country of a name, as lists have it.
fn by_name(linker: &Linker<'_>, name: &str) -> Option<CompactString> {
    let folded = fold(name);
    let names = std::slice::from_ref(&folded);
    let query = Query { name: &folded, names, kind: None, adjectival: false };
    for base in linker.bases.iter().filter(|base| !base.is_last()) {
        for candidate in base.candidates(&query) {
            if candidate.prior.is_none() && candidate.entry.sort == Some(Sort::Country) {
                return Some(candidate.entry.slug.clone());
            }
        }
    }
    None
}
