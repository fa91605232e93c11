//! Turtle in the terms of `ontology/relations.ttl` becomes declared relations.

use std::collections::BTreeMap;

use oxrdf::{NamedNodeRef, Term};

use super::ontology::{NodeView, Ontology, OntologyError};
use super::vocabulary::{ontolex, owl, rdf, rdfs, rel, rp, schema, skos};
use crate::resolve::{Class, Declared, Denotation, Relations, Remark, RemarkValue, Sentence};

/// The relations that ship inside the program.
const EMBEDDED: &str = include_str!("../../ontology/relations.ttl");

/// What is said of a relation and read here.
const PROPERTIES: [NamedNodeRef<'static>; 6] = [
    rdfs::LABEL,
    ontolex::IS_DENOTED_BY,
    schema::DOMAIN_INCLUDES,
    schema::RANGE_INCLUDES,
    skos::EXAMPLE,
    rp::COUNTER_EXAMPLE,
];
/// What of a relation's description goes into the graph, beside its label.
const PASSED_ON: [NamedNodeRef<'static>; 9] = [
    rdf::TYPE,
    rdfs::COMMENT,
    rdfs::SUB_PROPERTY_OF,
    owl::INVERSE_OF,
    owl::EQUIVALENT_PROPERTY,
    skos::CLOSE_MATCH,
    skos::EXACT_MATCH,
    skos::BROAD_MATCH,
    skos::NARROW_MATCH,
];
/// What a relation may be.
const CLASSES: [NamedNodeRef<'static>; 9] = [
    rdf::PROPERTY,
    owl::OBJECT_PROPERTY,
    owl::SYMMETRIC_PROPERTY,
    owl::ASYMMETRIC_PROPERTY,
    owl::TRANSITIVE_PROPERTY,
    owl::REFLEXIVE_PROPERTY,
    owl::IRREFLEXIVE_PROPERTY,
    owl::FUNCTIONAL_PROPERTY,
    owl::INVERSE_FUNCTIONAL_PROPERTY,
];
/// What an entry of the lexicon may be.
const ENTRIES: [NamedNodeRef<'static>; 3] =
    [ontolex::LEXICAL_ENTRY, ontolex::WORD, ontolex::MULTIWORD_EXPRESSION];

/// The relations that ship inside the program.
///
/// # Errors
/// None in a build that passes its tests.
pub fn embedded_relations() -> Result<Relations, OntologyError> {
    Ok(Relations::new(declared_relations(EMBEDDED, "shipped:relations.ttl")?))
}

/// The relations of a Turtle text, in the order of their IRIs. `file` names the
/// text in errors.
///
/// # Errors
/// Where the text is no Turtle, a relation lacks a label or asks for arguments of
/// a kind that is not known, or something else is not understood.
pub fn declared_relations(turtle: &str, file: &str) -> Result<Vec<Declared>, OntologyError> {
    let ontology = Ontology::read(turtle, file)?;
    let mut relations = BTreeMap::new();
    for node in ontology.nodes() {
        if let Some(name) = node.iri().and_then(relation_name) {
            relations.insert(name, relation(node, name, file)?);
        } else if !is_elsewhere(node) {
            return Err(node.stray("a relation whose IRI begins with that of rel:"));
        }
    }
    Ok(relations.into_values().collect())
}

/// What follows the namespace of relations in an IRI.
fn relation_name(iri: &str) -> Option<&str> {
    iri.strip_prefix(rel::NAMESPACE).filter(|name| !name.is_empty())
}

/// Whether a node is read with a relation, or is none and need not be.
fn is_elsewhere(node: NodeView<'_>) -> bool {
    const PARTS: [NamedNodeRef<'static>; 2] = [ontolex::IS_DENOTED_BY, ontolex::CANONICAL_FORM];
    node.is_part() || node.is_value_of(&PARTS) || node.is_header()
}

fn relation(node: NodeView<'_>, name: &str, file: &str) -> Result<Declared, OntologyError> {
    node.check_properties(&[&PROPERTIES[..], &PASSED_ON].concat())?;
    node.check_classes(|class| CLASSES.iter().any(|known| known.as_str() == class))?;
    let mut words = Vec::new();
    for entry in node.parts(ontolex::IS_DENOTED_BY)? {
        words.extend(denotations(entry)?);
    }
    Ok(Declared {
        name: name.to_owned(),
        label: node.text(rdfs::LABEL)?.to_owned(),
        words,
        domain: classes(node, schema::DOMAIN_INCLUDES)?,
        range: classes(node, schema::RANGE_INCLUDES)?,
        symmetric: node.is_a(owl::SYMMETRIC_PROPERTY),
        about: remarks(node)?,
        examples: sentences(node, skos::EXAMPLE)?,
        counter_examples: sentences(node, rp::COUNTER_EXAMPLE)?,
        file: file.to_owned(),
    })
}

/// The kinds of arguments that a relation asks for.
fn classes(node: NodeView<'_>, property: NamedNodeRef<'_>) -> Result<Vec<Class>, OntologyError> {
    let mut classes = Vec::new();
    for value in node.values(property) {
        let class = match &value.term {
            Term::NamedNode(class) => class_of(class.as_str()),
            _ => None,
        };
        let expected = "Person, Organization, Place, Role, CreativeWork, Event, Product or Thing \
                        of schema.org";
        classes.push(class.ok_or_else(|| node.wrong(value, expected))?);
    }
    Ok(classes)
}

/// What the graph passes on of a relation.
fn remarks(node: NodeView<'_>) -> Result<Vec<Remark>, OntologyError> {
    let mut remarks = Vec::new();
    for said in node.said().iter().filter(|said| PASSED_ON.contains(&said.property.as_ref())) {
        let value = match &said.term {
            Term::NamedNode(node) => RemarkValue::Iri(node.as_str().to_owned()),
            Term::Literal(text) => RemarkValue::Text {
                words: text.value().to_owned(),
                language: text.language().map(str::to_owned),
            },
            _ => return Err(node.wrong(said, "an IRI or words")),
        };
        remarks.push(Remark { property: said.property.as_str().to_owned(), value });
    }
    Ok(remarks)
}

/// The written forms of an entry.
fn denotations(entry: NodeView<'_>) -> Result<Vec<Denotation>, OntologyError> {
    entry.check_properties(&[ontolex::CANONICAL_FORM, rp::STRICT, rdfs::LABEL])?;
    entry.check_classes(|class| ENTRIES.iter().any(|known| known.as_str() == class))?;
    let strict = entry.flag(rp::STRICT)?;
    let mut denotations = Vec::new();
    for form in entry.parts(ontolex::CANONICAL_FORM)? {
        form.check_properties(&[ontolex::WRITTEN_REP])?;
        form.check_classes(|class| class == ontolex::FORM.as_str())?;
        let lemmas = form.text(ontolex::WRITTEN_REP)?.to_owned();
        let lines = form.lines(ontolex::WRITTEN_REP)?;
        let line = lines.first().map_or(0, |(_, line)| *line);
        denotations.push(Denotation { lemmas, strict, line });
    }
    if denotations.is_empty() {
        return Err(entry.missing(&ontolex::CANONICAL_FORM.to_string()));
    }
    Ok(denotations)
}

fn sentences(
    node: NodeView<'_>,
    property: NamedNodeRef<'_>,
) -> Result<Vec<Sentence>, OntologyError> {
    let sentences = node.lines(property)?.into_iter();
    Ok(sentences.map(|(text, line)| Sentence { text: text.to_owned(), line }).collect())
}

fn class_of(iri: &str) -> Option<Class> {
    Some(match iri.strip_prefix(schema::NAMESPACE)? {
        "Person" => Class::Person,
        "Organization" => Class::Organization,
        "Place" => Class::Place,
        "Role" => Class::Role,
        "CreativeWork" => Class::CreativeWork,
        "Event" => Class::Event,
        "Product" => Class::Product,
        "Thing" => Class::Thing,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
