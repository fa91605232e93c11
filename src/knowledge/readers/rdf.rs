//! N-Triples and Turtle with labels: each triple about an IRI is a part of an entity.
//!
//! Triples of one subject that follow each other are handed on together; those that
//! stand apart come together later.

use std::fmt::Display;

use oxrdf::{Literal, NamedOrBlankNode, Term, Triple};
use oxttl::{NTriplesParser, TurtleParser};

use super::{KnowledgeError, Meaning, Sink, Stream, is_item, of_iri};
use crate::graph::vocabulary::{owl, rdf, rdfs, schema, skos, wdt};
use crate::resolve::{Authority, Entry};

/// What a property tells.
#[derive(Clone, Copy)]
enum Tells {
    Label,
    Alias,
    Description,
    Demonym,
    Class,
    Country,
    Same,
    Weight,
    Population,
}

/// The IRIs of the properties that are read, and what each tells.
fn tells(property: &str) -> Option<Tells> {
    let schema_org = property.replacen("http://schema.org/", schema::NAMESPACE, 1);
    let is = |known: oxrdf::NamedNodeRef<'_>| known.as_str() == schema_org;
    Some(match schema_org.as_str() {
        _ if is(rdfs::LABEL) || is(skos::PREF_LABEL) || is(schema::NAME) => Tells::Label,
        "http://xmlns.com/foaf/0.1/name" => Tells::Label,
        _ if is(skos::ALT_LABEL) || is(skos::HIDDEN_LABEL) => Tells::Alias,
        _ if is(schema::ALTERNATE_NAME) => Tells::Alias,
        "https://schema.org/description" | "http://purl.org/dc/terms/description" => {
            Tells::Description
        }
        _ if is(wdt::DEMONYM) => Tells::Demonym,
        _ if is(rdf::TYPE) => Tells::Class,
        "http://www.wikidata.org/prop/direct/P31" => Tells::Class,
        _ if is(wdt::COUNTRY) => Tells::Country,
        "http://dbpedia.org/ontology/country" => Tells::Country,
        _ if is(owl::SAME_AS) => Tells::Same,
        "http://www.w3.org/2004/02/skos/core#exactMatch" => Tells::Same,
        "http://wikiba.se/ontology#sitelinks" => Tells::Weight,
        "http://dbpedia.org/ontology/populationTotal" => Tells::Population,
        _ => return None,
    })
}

pub(super) fn n_triples(stream: Stream, sink: &mut Sink<'_>) -> Result<(), KnowledgeError> {
    let file = stream.name.clone();
    read(&file, NTriplesParser::new().lenient().for_reader(stream.into_bytes()), sink)
}

pub(super) fn turtle(stream: Stream, sink: &mut Sink<'_>) -> Result<(), KnowledgeError> {
    let file = stream.name.clone();
    read(&file, TurtleParser::new().lenient().for_reader(stream.into_bytes()), sink)
}

fn read<E: Display>(
    file: &str,
    triples: impl Iterator<Item = Result<Triple, E>>,
    sink: &mut Sink<'_>,
) -> Result<(), KnowledgeError> {
    let mut open: Option<Open> = None;
    for triple in triples {
        let triple = triple.map_err(|error| KnowledgeError::Rdf {
            file: file.to_owned(),
            problem: error.to_string(),
        })?;
        sink.counts.read += 1;
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
        let Some(tells) = tells(triple.predicate.as_str()) else { continue };
        let Some(new) = of_iri(subject.as_str(), "", None) else { continue };
        if open.as_ref().is_none_or(|open| open.entry.slug != new.slug)
            && let Some(done) = open.replace(Open::new(new))
        {
            sink.take(done.entry)?;
        }
        if let Some(open) = &mut open {
            learn(open, tells, &triple.object, sink);
        }
    }
    if let Some(done) = open {
        sink.take(done.entry)?;
    }
    Ok(())
}

/// An entity whose triples are being read.
struct Open {
    entry: Entry,
    /// The places of the languages of its label and its description among those that are
    /// wanted.
    label: usize,
    description: usize,
}

impl Open {
    fn new(entry: Entry) -> Self {
        Self { entry, label: usize::MAX, description: usize::MAX }
    }

    /// A label in a better language than that of the one before takes its place.
    fn label(&mut self, text: &str, rank: usize) {
        if rank >= self.label {
            self.entry.aliases.push(text.into());
            return;
        }
        self.label = rank;
        let before = std::mem::replace(&mut self.entry.label, text.into());
        self.entry.aliases.extend(Some(before).filter(|label| !label.is_empty()));
    }

    fn description(&mut self, text: &str, rank: usize) {
        if rank < self.description {
            self.description = rank;
            self.entry.description = Some(text.into());
        }
    }
}

/// Adds what a triple tells.
fn learn(open: &mut Open, tells: Tells, object: &Term, sink: &mut Sink<'_>) {
    let entry = &mut open.entry;
    match (tells, object) {
        (Tells::Class, Term::NamedNode(class)) => {
            let known = class_of(class.as_str(), sink).and_then(Meaning::sort);
            entry.sort = entry.sort.or(known);
        }
        (Tells::Country, Term::NamedNode(iri)) => entry.country = Some(iri.as_str().into()),
        (Tells::Same, Term::NamedNode(iri)) => entry.ids.extend(Authority::of_iri(iri.as_str())),
        (_, Term::Literal(literal)) => {
            if let Some(rank) = rank(literal, &sink.options.languages) {
                learn_text(open, tells, literal.value(), rank);
            }
        }
        _ => {}
    }
}

/// The place of a text's language among those that are wanted; a text in none comes behind
/// them.
fn rank(literal: &Literal, languages: &[String]) -> Option<usize> {
    let Some(tag) = literal.language() else { return Some(languages.len()) };
    let language = tag.split('-').next().unwrap_or(tag);
    languages.iter().position(|wanted| wanted == language)
}

fn learn_text(open: &mut Open, tells: Tells, text: &str, rank: usize) {
    let entry = &mut open.entry;
    match tells {
        Tells::Label => open.label(text, rank),
        Tells::Alias => entry.aliases.push(text.into()),
        Tells::Description => open.description(text, rank),
        Tells::Demonym => entry.demonyms.push(text.into()),
        Tells::Country => entry.country = Some(text.into()),
        Tells::Weight | Tells::Population => learn_weight(entry, tells, text),
        Tells::Class | Tells::Same => {}
    }
}

/// How well known it is; what is no number tells nothing of that.
fn learn_weight(entry: &mut Entry, tells: Tells, text: &str) {
    let Ok(number) = text.parse::<u64>() else { return };
    entry.weight = match tells {
        Tells::Population => super::weight_of_population(number),
        _ => number.min(u32::MAX.into()) as u32,
    };
}

/// What a class means: one of Wikidata by its id, another by the end of its IRI.
fn class_of(iri: &str, sink: &Sink<'_>) -> Option<Meaning> {
    let end = iri.rsplit(['/', '#']).next()?;
    let kinds = &sink.options.kinds;
    if is_item(end) { kinds.class([end]) } else { kinds.kind(end) }
}
