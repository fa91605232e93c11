//! Turtle in the terms of `ontology/relations.ttl` becomes declared relations.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};
use oxttl::TurtleParser;

use super::vocabulary::{owl, rdf, rdfs, rel, rp, schema, skos};
use crate::resolve::{Class, Declared, Denotation, Relations, Remark, RemarkValue};

/// The relations that ship inside the program.
const EMBEDDED: &str = include_str!("../../ontology/relations.ttl");

const DENOTED_BY: &str = "http://www.w3.org/ns/lemon/ontolex#isDenotedBy";
const FORM: &str = "http://www.w3.org/ns/lemon/ontolex#canonicalForm";
const WRITTEN: &str = "http://www.w3.org/ns/lemon/ontolex#writtenRep";
const DOMAIN: &str = "https://schema.org/domainIncludes";
const RANGE: &str = "https://schema.org/rangeIncludes";
const EXAMPLE: &str = "http://www.w3.org/2004/02/skos/core#example";
const SYMMETRIC: &str = "http://www.w3.org/2002/07/owl#SymmetricProperty";

/// Why declared relations could not be read.
#[derive(Debug, thiserror::Error)]
pub enum RelationError {
    /// The text is not Turtle.
    #[error("{file}: {error}")]
    Syntax {
        /// What the text was read from.
        file: String,
        /// Where and why it is no Turtle.
        #[source]
        error: oxttl::TurtleSyntaxError,
    },
    /// A relation that has words has no label.
    #[error("{file}: <{relation}> has no rdfs:label")]
    Unlabelled {
        /// What the text was read from.
        file: String,
        /// The relation.
        relation: String,
    },
    /// A kind of argument that is not known here.
    #[error("{file}: <{relation}>: <{class}> is no kind of argument")]
    UnknownClass {
        /// What the text was read from.
        file: String,
        /// The relation.
        relation: String,
        /// The class of schema.org.
        class: String,
    },
}

/// What is said of a node, in the order of the text.
type About = Vec<(NamedNode, Term)>;
/// The same of each node, by its name in Turtle.
type Said = BTreeMap<String, About>;

/// The relations that ship inside the program.
///
/// # Errors
/// None in a build that passes its tests.
pub fn embedded_relations() -> Result<Relations, RelationError> {
    Ok(Relations::new(declared_relations(EMBEDDED, "relations.ttl")?))
}

/// The relations of a Turtle text, in the order of their IRIs. `file` names the
/// text in errors.
///
/// # Errors
/// Where the text is no Turtle, or a relation lacks a label or asks for arguments
/// of a kind that is not known.
pub fn declared_relations(turtle: &str, file: &str) -> Result<Vec<Declared>, RelationError> {
    let (mut said, mut names) = (Said::new(), BTreeSet::new());
    for triple in TurtleParser::new().for_slice(turtle.as_bytes()) {
        let Triple { subject, predicate, object } =
            triple.map_err(|error| RelationError::Syntax { file: file.to_owned(), error })?;
        if let NamedOrBlankNode::NamedNode(node) = &subject
            && let Some(name) = node.as_str().strip_prefix(rel::NAMESPACE)
        {
            names.insert(name.to_owned());
        }
        said.entry(subject.to_string()).or_default().push((predicate, object));
    }
    names.iter().map(|name| relation(name, &said, file)).collect()
}

fn relation(name: &str, said: &Said, file: &str) -> Result<Declared, RelationError> {
    let iri = format!("{}{name}", rel::NAMESPACE);
    let about = about_node(&format!("<{iri}>"), said);
    let Some(label) = texts(about, rdfs::LABEL.as_str()).next() else {
        return Err(RelationError::Unlabelled { file: file.to_owned(), relation: iri });
    };
    Ok(Declared {
        name: name.to_owned(),
        label,
        words: objects(about, DENOTED_BY).flat_map(|d| denotations(d, said)).collect(),
        domain: classes(&iri, objects(about, DOMAIN), file)?,
        range: classes(&iri, objects(about, RANGE), file)?,
        symmetric: objects(about, rdf::TYPE.as_str()).any(|t| iri_of(t) == Some(SYMMETRIC)),
        about: about.iter().filter_map(remark).collect(),
        examples: texts(about, EXAMPLE).collect(),
        counter_examples: texts(about, rp::COUNTER_EXAMPLE.as_str()).collect(),
    })
}

/// The kinds of arguments that a relation asks for.
fn classes<'a>(
    relation: &str,
    named: impl Iterator<Item = &'a Term>,
    file: &str,
) -> Result<Vec<Class>, RelationError> {
    let mut classes = Vec::new();
    for iri in named.filter_map(iri_of) {
        let Some(class) = class_of(iri) else {
            return Err(RelationError::UnknownClass {
                file: file.to_owned(),
                relation: relation.to_owned(),
                class: iri.to_owned(),
            });
        };
        classes.push(class);
    }
    Ok(classes)
}

/// What of a relation's description goes into the graph, beside its label.
fn remark((property, value): &(NamedNode, Term)) -> Option<Remark> {
    let kept =
        [rdf::TYPE, rdfs::COMMENT, owl::INVERSE_OF, rdfs::SUB_PROPERTY_OF, skos::CLOSE_MATCH];
    if !kept.contains(&property.as_ref()) {
        return None;
    }
    let value = match value {
        Term::NamedNode(node) => RemarkValue::Iri(node.as_str().to_owned()),
        Term::Literal(text) => RemarkValue::Text {
            words: text.value().to_owned(),
            language: text.language().map(str::to_owned),
        },
        _ => return None,
    };
    Some(Remark { property: property.as_str().to_owned(), value })
}

/// The written forms of an entry.
fn denotations(entry: &Term, said: &Said) -> Vec<Denotation> {
    let entry = about_node(&entry.to_string(), said);
    let strict = texts(entry, rp::STRICT.as_str()).any(|t| t == "true");
    let forms = objects(entry, FORM);
    let forms = forms.flat_map(|form| texts(about_node(&form.to_string(), said), WRITTEN));
    forms.map(|lemmas| Denotation { lemmas, strict }).collect()
}

fn about_node<'a>(node: &str, said: &'a Said) -> &'a [(NamedNode, Term)] {
    said.get(node).map_or(&[], Vec::as_slice)
}

fn objects<'a>(about: &'a [(NamedNode, Term)], predicate: &str) -> impl Iterator<Item = &'a Term> {
    about.iter().filter(move |(p, _)| p.as_str() == predicate).map(|(_, object)| object)
}

fn texts(about: &[(NamedNode, Term)], predicate: &str) -> impl Iterator<Item = String> {
    objects(about, predicate).filter_map(|term| match term {
        Term::Literal(text) => Some(text.value().to_owned()),
        _ => None,
    })
}

fn iri_of(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(node) => Some(node.as_str()),
        _ => None,
    }
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
