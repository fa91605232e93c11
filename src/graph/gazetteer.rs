//! Turtle files of known entities become a [`Gazetteer`].
//!
//! The terms are those of `ontology/gazetteer.ttl`: classes of schema.org,
//! labels of SKOS, `owl:sameAs`, Wikidata's properties for demonyms (P1549) and
//! countries (P17), and `dcterms:modified` of the list itself. Other triples are
//! passed over.

use std::collections::HashMap;

use oxrdf::{NamedOrBlankNode, Term, Triple};
use oxttl::TurtleParser;
use thiserror::Error;

use crate::resolve::{Authority, Entry, Gazetteer, Sort};

/// The gazetteer that ships inside the program.
const EMBEDDED: &str = include_str!("../../ontology/gazetteer.ttl");

const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const PREF_LABEL: &str = "http://www.w3.org/2004/02/skos/core#prefLabel";
const ALT_LABEL: &str = "http://www.w3.org/2004/02/skos/core#altLabel";
const HIDDEN_LABEL: &str = "http://www.w3.org/2004/02/skos/core#hiddenLabel";
const SAME_AS: &str = "http://www.w3.org/2002/07/owl#sameAs";
const DEMONYM: &str = "http://www.wikidata.org/prop/direct/P1549";
const COUNTRY: &str = "http://www.wikidata.org/prop/direct/P17";
const MODIFIED: &str = "http://purl.org/dc/terms/modified";

/// Why a gazetteer could not be read.
#[derive(Debug, Error)]
pub enum GazetteerError {
    /// It is not Turtle.
    #[error("{file}: {error}")]
    Syntax {
        /// What the text was read from.
        file: String,
        /// Where and why it is no Turtle.
        #[source]
        error: oxttl::TurtleSyntaxError,
    },
    /// An entity has no label or no class that is known.
    #[error("{file}: <{entity}> has no {missing}")]
    Incomplete {
        /// What the text was read from.
        file: String,
        /// The entity.
        entity: String,
        /// `skos:prefLabel` or `class of schema.org that is known here`.
        missing: &'static str,
    },
}

/// The gazetteer that ships inside the program.
///
/// # Errors
/// None in a build that passes its tests.
pub fn embedded_gazetteer() -> Result<Gazetteer, GazetteerError> {
    Ok(Gazetteer::new(gazetteer_entries(EMBEDDED, "gazetteer.ttl")?))
}

/// The entities of a Turtle text, in the order of their first triples, with the
/// day that `dcterms:modified` gives for the text. `file` names it in errors.
///
/// # Errors
/// Where the text is no Turtle, or an entity lacks a label or a class.
pub fn gazetteer_entries(turtle: &str, file: &str) -> Result<Vec<Entry>, GazetteerError> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut place: HashMap<String, usize> = HashMap::new();
    let mut checked = None;
    for triple in TurtleParser::new().for_slice(turtle.as_bytes()) {
        let Triple { subject, predicate, object } =
            triple.map_err(|error| GazetteerError::Syntax { file: file.to_owned(), error })?;
        let NamedOrBlankNode::NamedNode(subject) = subject else { continue };
        if let (MODIFIED, Term::Literal(day)) = (predicate.as_str(), &object) {
            checked = Some(day.value().into());
            continue;
        }
        let next = drafts.len();
        let at = *place.entry(subject.as_str().to_owned()).or_insert(next);
        if at == next {
            drafts.push(Draft::new(subject.as_str()));
        }
        if let Some(draft) = drafts.get_mut(at) {
            draft.add(predicate.as_str(), &object);
        }
    }
    let dated = |entry| Entry { checked: checked.clone(), ..entry };
    drafts.into_iter().map(|draft| draft.finish(file).map(dated)).collect()
}

struct Draft {
    iri: String,
    sort: Option<Sort>,
    entry: Entry,
}

impl Draft {
    fn new(iri: &str) -> Self {
        Self {
            iri: iri.to_owned(),
            sort: None,
            entry: Entry::new(local_name(iri), "", Sort::Organization),
        }
    }

    fn add(&mut self, predicate: &str, object: &Term) {
        match (predicate, object) {
            (RDF_TYPE, Term::NamedNode(class)) => {
                self.sort = self.sort.or_else(|| sort_of(class.as_str()));
            }
            (PREF_LABEL, Term::Literal(name)) => self.entry.label = name.value().into(),
            (ALT_LABEL, Term::Literal(name)) => self.entry.aliases.push(name.value().into()),
            (HIDDEN_LABEL, Term::Literal(name)) => {
                self.entry.local_names.push(name.value().into());
            }
            (DEMONYM, Term::Literal(name)) => self.entry.demonyms.push(name.value().into()),
            (COUNTRY, Term::NamedNode(country)) => {
                self.entry.country = Some(local_name(country.as_str()).into());
            }
            (SAME_AS, Term::NamedNode(same)) => {
                self.entry.ids.extend(Authority::of_iri(same.as_str()));
            }
            _ => {}
        }
    }

    fn finish(self, file: &str) -> Result<Entry, GazetteerError> {
        let incomplete = |missing| GazetteerError::Incomplete {
            file: file.to_owned(),
            entity: self.iri.clone(),
            missing,
        };
        if self.entry.label.is_empty() {
            return Err(incomplete("skos:prefLabel"));
        }
        let sort = self.sort.ok_or_else(|| incomplete("class of schema.org that is known here"))?;
        Ok(Entry { sort, ..self.entry })
    }
}

/// What follows the last `/` or `#` of an IRI.
fn local_name(iri: &str) -> &str {
    iri.trim_end_matches('/').rsplit(['/', '#']).next().unwrap_or(iri)
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
