//! An entity as bytes.

use compact_str::CompactString;

use super::pack::{Reader, push_number, push_text, push_texts};
use crate::resolve::entity::Authority;
use crate::resolve::entry::Entry;
use crate::text::Sort;

/// The sorts by their numbers in files, from 1. New ones come at the end.
const SORTS: [Sort; 11] = [
    Sort::Person,
    Sort::Country,
    Sort::City,
    Sort::Place,
    Sort::Facility,
    Sort::Government,
    Sort::Media,
    Sort::Company,
    Sort::Party,
    Sort::Organization,
    Sort::Event,
];
/// The authorities by their numbers in files; 0 is another one.
const AUTHORITIES: [Authority; 3] = [Authority::Wikidata, Authority::GeoNames, Authority::Dbpedia];

/// An entity as bytes; the same entity always gives the same.
pub(crate) fn pack(entry: &Entry) -> Vec<u8> {
    let mut bytes = Vec::new();
    let sort = entry.sort.and_then(|sort| SORTS.iter().position(|s| *s == sort));
    push_number(&mut bytes, sort.map_or(0, |at| at as u64 + 1));
    push_number(&mut bytes, u64::from(entry.weight));
    push_text(&mut bytes, own_slug(entry));
    push_number(&mut bytes, entry.ids.len() as u64);
    for (authority, id) in &entry.ids {
        push_id(&mut bytes, authority, id);
    }
    push_text(&mut bytes, &entry.label);
    for names in [&entry.aliases, &entry.local_names, &entry.demonyms] {
        push_texts(&mut bytes, names);
    }
    for text in [&entry.country, &entry.checked, &entry.description] {
        push_text(&mut bytes, text.as_deref().unwrap_or_default());
    }
    push_texts(&mut bytes, &entry.sources);
    bytes
}

/// The slug, unless it is the IRI of the first id.
fn own_slug(entry: &Entry) -> &str {
    let iri = entry.ids.first().map(|(authority, id)| authority.iri(id));
    if iri.as_deref() == Some(&*entry.slug) { "" } else { &entry.slug }
}

fn push_id(bytes: &mut Vec<u8>, authority: &Authority, id: &str) {
    match AUTHORITIES.iter().position(|known| known == authority) {
        Some(at) => push_number(bytes, at as u64 + 1),
        None => {
            push_number(bytes, 0);
            push_text(bytes, authority.prefix());
        }
    }
    push_text(bytes, id);
}

/// The entity at the start of bytes; none where they are something else.
pub(crate) fn unpack(mut bytes: &[u8]) -> Option<Entry> {
    unpack_next(&mut bytes)
}

/// The entity at the start of bytes, of which those behind it are left.
pub(super) fn unpack_next(bytes: &mut &[u8]) -> Option<Entry> {
    let mut reader = Reader(bytes);
    let sort = reader.number()?;
    let sort = sort.checked_sub(1).map(|at| SORTS.get(at as usize).copied());
    let weight = reader.number()? as u32;
    let slug = reader.text()?;
    let count = reader.number()?;
    let ids = (0..count).map(|_| id(&mut reader)).collect::<Option<Vec<_>>>()?;
    let label = reader.text()?;
    let mut entry = Entry::new(slug, label, sort.flatten());
    if let (true, Some((authority, id))) = (slug.is_empty(), ids.first()) {
        entry.slug = authority.iri(id).into();
    }
    entry.ids = ids;
    entry.weight = weight;
    for names in [&mut entry.aliases, &mut entry.local_names, &mut entry.demonyms] {
        *names = reader.texts()?;
    }
    for text in [&mut entry.country, &mut entry.checked, &mut entry.description] {
        *text = Some(reader.text()?).filter(|text| !text.is_empty()).map(Into::into);
    }
    entry.sources = reader.texts()?;
    *bytes = reader.0;
    Some(entry)
}

fn id(reader: &mut Reader<'_>) -> Option<(Authority, CompactString)> {
    let authority = match reader.number()?.checked_sub(1) {
        Some(at) => AUTHORITIES.get(at as usize)?.clone(),
        None => Authority::Other(reader.text()?.into()),
    };
    Some((authority, reader.text()?.into()))
}
