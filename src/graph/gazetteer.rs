//! Turtle files of known entities become a [`Gazetteer`].
//!
//! The terms are those of `ontology/gazetteer.ttl`: classes of schema.org,
//! labels of SKOS, `owl:sameAs`, Wikidata's properties for demonyms (P1549),
//! countries (P17) and capitals (P36), and `dcterms:modified` of the list itself
//! or of one entity. Whatever else a file says is refused by name, but for notes.

use oxrdf::NamedNodeRef;

use super::ontology::{NodeView, Ontology, OntologyError};
use super::vocabulary::{dcterms, owl, rdf, schema, skos, wdt};
use crate::resolve::{Authority, Entry, Gazetteer, Sort};

/// The gazetteer that ships inside the program.
const EMBEDDED: &str = include_str!("../../ontology/gazetteer.ttl");
/// What the IRIs of its entities begin with; the key follows.
const SHIPPED: &str = "https://w3id.org/reportedly/gazetteer/";

/// What is said of an entity.
const PROPERTIES: [NamedNodeRef<'static>; 7] = [
    skos::PREF_LABEL,
    skos::ALT_LABEL,
    skos::HIDDEN_LABEL,
    wdt::DEMONYM,
    wdt::COUNTRY,
    wdt::CAPITAL,
    owl::SAME_AS,
];
/// Classes of which anything may be: they tell nothing of its sort.
const ANY_CLASS: [NamedNodeRef<'static>; 4] =
    [owl::THING, owl::NAMED_INDIVIDUAL, schema::THING, skos::CONCEPT];

/// The gazetteer that ships inside the program.
///
/// # Errors
/// None in a build that passes its tests.
pub fn embedded_gazetteer() -> Result<Gazetteer, OntologyError> {
    Ok(Gazetteer::new(gazetteer_entries(EMBEDDED, "gazetteer.ttl")?))
}

/// The entities of a Turtle text, in the order of their first triples, with the
/// day that `dcterms:modified` gives for them or for the text. `file` names it in
/// errors.
///
/// # Errors
/// Where the text is no Turtle, an entity lacks a label or a class, or something
/// is said of it that is not understood.
pub fn gazetteer_entries(turtle: &str, file: &str) -> Result<Vec<Entry>, OntologyError> {
    let ontology = Ontology::read(turtle, file)?;
    let mut entries = Vec::new();
    let mut checked = None;
    for node in ontology.nodes() {
        let sort = sort(node)?;
        match (node.iri(), sort) {
            (Some(iri), Some(sort)) => entries.push(entry(node, iri, sort)?),
            _ if node.is_header() => checked = checked.or(node.day(dcterms::MODIFIED)?),
            _ if node.is_part() => {}
            (Some(_), None) => return Err(node.missing("class of schema.org that is known here")),
            (None, _) => return Err(node.stray("an entity with an IRI")),
        }
    }
    for entry in &mut entries {
        entry.checked = entry.checked.take().or(checked.map(Into::into));
    }
    Ok(entries)
}

fn entry(node: NodeView<'_>, iri: &str, sort: Sort) -> Result<Entry, OntologyError> {
    node.check_properties(&PROPERTIES)?;
    let mut entry = Entry::new(key_of(iri), node.text(skos::PREF_LABEL)?, sort);
    entry.aliases = owned(node.texts(skos::ALT_LABEL)?);
    entry.local_names = owned(node.texts(skos::HIDDEN_LABEL)?);
    entry.demonyms = owned(node.texts(wdt::DEMONYM)?);
    entry.country = node.iris(wdt::COUNTRY)?.first().map(|country| key_of(country).into());
    entry.capital = node.iris(wdt::CAPITAL)?.first().map(|capital| key_of(capital).into());
    // Its own IRI, where it is not one of ours, is an id like others.
    entry.ids.extend(Authority::of_iri(iri).filter(|_| !iri.starts_with(SHIPPED)));
    for (value, same) in node.values(owl::SAME_AS).zip(node.iris(owl::SAME_AS)?) {
        let id = Authority::of_iri(same)
            .ok_or_else(|| node.wrong(value, "an IRI with an id behind its last / or #"))?;
        entry.ids.push(id);
    }
    entry.checked = node.day(dcterms::MODIFIED)?.map(Into::into);
    Ok(entry)
}

fn owned<T: for<'a> From<&'a str>>(words: Vec<&str>) -> Vec<T> {
    words.into_iter().map(T::from).collect()
}

/// The key of an entity: of a shipped one what follows the namespace of the
/// shipped list, of any other its whole IRI, so that no two are one.
fn key_of(iri: &str) -> &str {
    iri.strip_prefix(SHIPPED).filter(|key| !key.is_empty()).unwrap_or(iri)
}

/// What sort of thing a node is by the first of its classes that tells; none,
/// where it has no class or is described as a header.
fn sort(node: NodeView<'_>) -> Result<Option<Sort>, OntologyError> {
    let sort = node.iris(rdf::TYPE)?.into_iter().find_map(sort_of);
    if sort.is_some() || !node.is_header() {
        let any = |class: &str| ANY_CLASS.iter().any(|known| known.as_str() == class);
        node.check_classes(|class| sort_of(class).is_some() || any(class))?;
    }
    Ok(sort)
}

fn sort_of(class: &str) -> Option<Sort> {
    let class = class
        .strip_prefix("https://schema.org/")
        .or_else(|| class.strip_prefix("http://schema.org/"))?;
    Some(match class {
        "Person" => Sort::Person,
        "Country" => Sort::Country,
        "City" => Sort::City,
        "AdministrativeArea" | "Place" => Sort::Place,
        "LandmarksOrHistoricalBuildings" | "CivicStructure" => Sort::Facility,
        "GovernmentOrganization" => Sort::Government,
        "NewsMediaOrganization" => Sort::Media,
        "Corporation" => Sort::Company,
        "PoliticalParty" => Sort::Party,
        "Organization" => Sort::Organization,
        "Event" => Sort::Event,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
