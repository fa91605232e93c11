//! Turtle becomes declared relations.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};
use oxttl::TurtleParser;

use super::{Class, Declared, Denotation};
use crate::graph::vocabulary::{owl, rdf, rdfs, rel, rp, schema, skos};

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

/// The relations of a text that have words, in the order of their IRIs.
pub(super) fn relations(turtle: &str, file: &str) -> Result<Vec<Declared>, RelationError> {
    let (mut said, mut own) = (Said::new(), BTreeSet::new());
    for triple in TurtleParser::new().for_slice(turtle.as_bytes()) {
        let Triple { subject, predicate, object } =
            triple.map_err(|error| RelationError::Syntax { file: file.to_owned(), error })?;
        if let NamedOrBlankNode::NamedNode(node) = &subject
            && node.as_str().starts_with(rel::NAMESPACE)
        {
            own.insert(node.clone());
        }
        said.entry(subject.to_string()).or_default().push((predicate, object));
    }
    own.iter().map(|iri| relation(iri, about_node(&iri.to_string(), &said), &said, file)).collect()
}

fn relation(
    iri: &NamedNode,
    about: &[(NamedNode, Term)],
    said: &Said,
    file: &str,
) -> Result<Declared, RelationError> {
    let (file, relation) = (file.to_owned(), iri.as_str().to_owned());
    let label = texts(about, rdfs::LABEL.as_str()).next();
    let Some(label) = label else { return Err(RelationError::Unlabelled { file, relation }) };
    let classes = |predicate: &str| -> Result<Vec<Class>, RelationError> {
        let unknown = |class: &str| RelationError::UnknownClass {
            file: file.clone(),
            relation: relation.clone(),
            class: class.to_owned(),
        };
        let named = objects(about, predicate).filter_map(iri_of);
        named.map(|class| Class::of_iri(class).ok_or_else(|| unknown(class))).collect()
    };
    Ok(Declared {
        iri: iri.clone(),
        label,
        words: objects(about, DENOTED_BY).flat_map(|d| denotations(d, said)).collect(),
        domain: classes(DOMAIN)?,
        range: classes(RANGE)?,
        symmetric: objects(about, rdf::TYPE.as_str()).any(|t| iri_of(t) == Some(SYMMETRIC)),
        about: about.iter().filter(|(p, _)| is_kept(p.as_str())).cloned().collect(),
        examples: texts(about, EXAMPLE).collect(),
        counter_examples: texts(about, rp::COUNTER_EXAMPLE.as_str()).collect(),
    })
}

/// What of a relation's description goes into the graph, beside its label.
fn is_kept(predicate: &str) -> bool {
    let kept =
        [rdf::TYPE, rdfs::COMMENT, owl::INVERSE_OF, rdfs::SUB_PROPERTY_OF, skos::CLOSE_MATCH];
    kept.iter().any(|term| term.as_str() == predicate)
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

impl Class {
    fn of_iri(iri: &str) -> Option<Self> {
        Some(match iri.strip_prefix(schema::NAMESPACE)? {
            "Person" => Self::Person,
            "Organization" => Self::Organization,
            "Place" => Self::Place,
            "Role" => Self::Role,
            "CreativeWork" => Self::CreativeWork,
            "Event" => Self::Event,
            "Product" => Self::Product,
            "Thing" => Self::Thing,
            _ => return None,
        })
    }
}
