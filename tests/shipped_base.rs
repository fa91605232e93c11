//! The default knowledge base as it ships: whole by its checksum, and each entity with what it
//! is, its id and where that comes from.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use reportedly::resolve::{Authority, CompiledBase, Entry, Sort, fold_name};

/// The base, opened as one that a user has compiled: its contents are checked.
fn base() -> CompiledBase {
    let bytes = reportedly_entities::ENTITIES.to_vec();
    CompiledBase::new("entities", "entities.kb", bytes).unwrap()
}

/// The entity of a name that has an id.
fn entity(name: &str, id: &str) -> Entry {
    let found = base().look_up(&fold_name(name));
    let entries = found.into_iter().map(|(entry, _)| entry);
    let is_it = |entry: &Entry| entry.ids.contains(&(Authority::Wikidata, id.into()));
    entries.into_iter().find(is_it).expect(name)
}

fn check(name: &str, id: &str, sort: Sort, source: &str) {
    let entry = entity(name, id);
    assert_eq!((&*entry.label, entry.sort), (name, Some(sort)));
    assert!(entry.sources.iter().any(|known| known == source), "{name}: {:?}", entry.sources);
}

#[test]
fn a_person_a_city_and_a_company_are_known_by_name() {
    check("Magdalena Andersson", "Q4935873", Sort::Person, "eps:sweden-cabinet");
    check("Fayetteville", "Q331104", Sort::City, "natural-earth");
    check("Süddeutsche Zeitung", "Q158870", Sort::Media, "name-suggestion-index");
}

#[test]
fn each_id_has_its_source() {
    for entry in base().entities() {
        assert!(!entry.ids.is_empty() && !entry.sources.is_empty(), "{}", entry.label);
    }
}

#[test]
fn bytes_that_were_changed_are_refused() {
    let mut bytes = reportedly_entities::ENTITIES.to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    let error = CompiledBase::new("entities", "entities.kb", bytes).unwrap_err().to_string();
    assert!(error.contains("the checksum of its contents differs"), "{error}");
}
