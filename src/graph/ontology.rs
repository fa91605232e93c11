//! Turtle as nodes with their properties: what the readers of gazetteers,
//! relations and shapes have in common.
//!
//! In: a Turtle text and its name. Out: an [`Ontology`] of [`Node`]s in the order
//! in which the text comes to speak of them, and typed values of theirs. A value
//! that is not what it must be, and a property that nobody understands, is an
//! error with file, line and node: nothing that a user writes is passed over.

use std::collections::HashMap;
use std::fmt;

use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use oxttl::TurtleParser;
use thiserror::Error;

use super::vocabulary::{dcterms, owl, rdf, rdfs, skos, xsd};

/// Why a Turtle file of entities, relations or shapes cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OntologyError {
    /// It is not Turtle.
    #[error("{file}: {error}")]
    Syntax {
        /// What the text was read from.
        file: String,
        /// Where and why it is no Turtle.
        #[source]
        error: oxttl::TurtleSyntaxError,
    },
    /// It says something that is not understood, or not enough.
    #[error("{file}, line {line}: {node} {problem}")]
    Node {
        /// What the text was read from.
        file: String,
        /// The line, from 1, on which what is wrong ends.
        line: usize,
        /// The node that it is said of, as Turtle writes it; `[ … ]` for a blank one.
        node: String,
        /// What is wrong.
        problem: Problem,
    },
}

/// What is wrong with a node.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// A property that means nothing here.
    #[error("has the property {0}, which is not understood here")]
    UnknownProperty(NamedNode),
    /// A class that means nothing here.
    #[error("is of the class {0}, which is not understood here")]
    UnknownClass(Term),
    /// Something that it must have.
    #[error("has no {0}")]
    Missing(String),
    /// A second value of a property that takes one: the node is described twice.
    #[error("has two values of {property}; the first stands on line {first}")]
    Twice {
        /// The property.
        property: NamedNode,
        /// Where the first value ends.
        first: usize,
    },
    /// A value of the wrong sort or datatype.
    #[error("has {value} for {property}, where {expected} is expected")]
    Value {
        /// The property.
        property: NamedNode,
        /// Its value.
        value: Term,
        /// What is expected in its place.
        expected: &'static str,
    },
    /// Something that no reader looks for.
    #[error("is nothing that is understood here; {0} is expected")]
    Stray(&'static str),
}

/// Properties that explain and change nothing, besides all of Dublin Core.
const NOTES: [NamedNodeRef<'static>; 12] = [
    rdfs::COMMENT,
    rdfs::SEE_ALSO,
    rdfs::IS_DEFINED_BY,
    owl::VERSION_INFO,
    skos::NOTE,
    skos::DEFINITION,
    skos::SCOPE_NOTE,
    skos::EDITORIAL_NOTE,
    skos::HISTORY_NOTE,
    skos::CHANGE_NOTE,
    skos::NOTATION,
    skos::IN_SCHEME,
];

/// A Turtle text.
#[derive(Clone, Debug)]
pub(crate) struct Ontology {
    file: String,
    nodes: Vec<Node>,
    places: HashMap<NamedOrBlankNode, usize>,
    /// The property that each node which is a value is a value of; the first, of several.
    used_by: HashMap<NamedOrBlankNode, NamedNode>,
}

/// What is said of one node.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    name: NamedOrBlankNode,
    values: Vec<Value>,
}

/// A property of a node, with its value.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    /// The property.
    pub(crate) property: NamedNode,
    /// Its value.
    pub(crate) term: Term,
    /// The line, from 1, on which it ends.
    line: usize,
}

#[cfg(feature = "store")] // for shapes
impl Value {
    /// The line, from 1, on which it ends.
    pub(crate) fn line(&self) -> usize {
        self.line
    }
}

impl Ontology {
    /// Reads a Turtle text; `file` names it in errors.
    pub(crate) fn read(turtle: &str, file: &str) -> Result<Self, OntologyError> {
        let mut this = Self {
            file: file.to_owned(),
            nodes: Vec::new(),
            places: HashMap::new(),
            used_by: HashMap::new(),
        };
        let mut parser = TurtleParser::new().low_level();
        let mut lines = 0;
        for (number, line) in turtle.split_inclusive('\n').enumerate() {
            parser.extend_from_slice(line.as_bytes());
            lines = number + 1;
            while let Some(triple) = parser.parse_next() {
                this.add(triple, lines)?;
            }
        }
        parser.end();
        while let Some(triple) = parser.parse_next() {
            this.add(triple, lines)?;
        }
        Ok(this)
    }

    fn add(
        &mut self,
        triple: Result<Triple, oxttl::TurtleSyntaxError>,
        line: usize,
    ) -> Result<(), OntologyError> {
        let Triple { subject, predicate: property, object: term } =
            triple.map_err(|error| OntologyError::Syntax { file: self.file.clone(), error })?;
        let next = self.nodes.len();
        let place = *self.places.entry(subject.clone()).or_insert(next);
        if place == next {
            self.nodes.push(Node { name: subject, values: Vec::new() });
        }
        if let Some(value) = name_of(&term) {
            self.used_by.entry(value).or_insert_with(|| property.clone());
        }
        self.nodes[place].values.push(Value { property, term, line });
        Ok(())
    }

    /// All nodes, in the order of their first triples.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = NodeView<'_>> {
        self.nodes.iter().map(|node| NodeView { ontology: self, node })
    }

    /// The nodes of a class.
    #[cfg(test)]
    pub(crate) fn nodes_of(&self, class: NamedNodeRef<'_>) -> impl Iterator<Item = NodeView<'_>> {
        self.nodes().filter(move |node| node.is_a(class))
    }

    /// The node that a term names, if something is said of it.
    pub(crate) fn node(&self, term: &Term) -> Option<NodeView<'_>> {
        let node = &self.nodes[*self.places.get(&name_of(term)?)?];
        Some(NodeView { ontology: self, node })
    }

    /// What is said of a node; nothing, where the text does not speak of it.
    #[cfg(feature = "store")] // for shapes
    pub(crate) fn said_of(&self, term: &Term) -> &[Value] {
        self.node(term).map_or(&[], |view| &view.node.values)
    }

    /// The members of a list; none where it is broken or runs in a circle.
    #[cfg(any(test, feature = "store"))] // for shapes
    pub(crate) fn list(&self, head: &Term) -> Option<Vec<Term>> {
        let mut members = Vec::new();
        let mut rest = head;
        while *rest != Term::from(rdf::NIL) {
            let node = self.node(rest)?;
            members.push(node.values(rdf::FIRST).next()?.term.clone());
            rest = &node.values(rdf::REST).next()?.term;
            if members.len() > self.nodes.len() {
                return None;
            }
        }
        Some(members)
    }
}

/// A node of an [`Ontology`], with which its values can be looked up.
#[derive(Clone, Copy)]
pub(crate) struct NodeView<'a> {
    ontology: &'a Ontology,
    node: &'a Node,
}

impl fmt::Debug for NodeView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node.fmt(f)
    }
}

impl<'a> NodeView<'a> {
    /// Its name.
    #[cfg(feature = "store")] // for shapes
    pub(crate) fn name(self) -> &'a NamedOrBlankNode {
        &self.node.name
    }

    /// Its IRI, unless it is blank.
    pub(crate) fn iri(self) -> Option<&'a str> {
        match &self.node.name {
            NamedOrBlankNode::NamedNode(node) => Some(node.as_str()),
            NamedOrBlankNode::BlankNode(_) => None,
        }
    }

    /// All that is said of it, in the order of the text.
    pub(crate) fn said(self) -> &'a [Value] {
        &self.node.values
    }

    /// The values of a property.
    pub(crate) fn values(
        self,
        property: NamedNodeRef<'_>,
    ) -> impl Iterator<Item = &'a Value> + use<'a, '_> {
        self.node.values.iter().filter(move |value| value.property == property)
    }

    /// Whether it is of a class.
    pub(crate) fn is_a(self, class: NamedNodeRef<'_>) -> bool {
        self.values(rdf::TYPE).any(|value| value.term == class.into())
    }

    /// Whether it describes the file or a scheme of concepts, and is no entry
    /// of a list: what is said of it concerns no reader.
    pub(crate) fn is_header(self) -> bool {
        const HEADERS: [NamedNodeRef<'static>; 3] =
            [owl::ONTOLOGY, skos::CONCEPT_SCHEME, skos::CONCEPT];
        HEADERS.iter().any(|&class| self.is_a(class)) || self.node.values.iter().all(is_note)
    }

    /// Whether it is blank, and a value of some other node.
    pub(crate) fn is_part(self) -> bool {
        self.iri().is_none() && self.ontology.used_by.contains_key(&self.node.name)
    }

    /// Whether it is a value of one of some properties.
    pub(crate) fn is_value_of(self, properties: &[NamedNodeRef<'_>]) -> bool {
        let property = self.ontology.used_by.get(&self.node.name);
        property.is_some_and(|property| properties.contains(&property.as_ref()))
    }

    /// The values of a property, which must be IRIs.
    pub(crate) fn iris(self, property: NamedNodeRef<'_>) -> Result<Vec<&'a str>, OntologyError> {
        let iri = |value: &'a Value| match &value.term {
            Term::NamedNode(node) => Ok(node.as_str()),
            _ => Err(self.wrong(value, "an IRI")),
        };
        self.values(property).map(iri).collect()
    }

    /// The values of a property, which must be words. Those in another language
    /// than English say nothing of English text, and are left to others.
    pub(crate) fn texts(self, property: NamedNodeRef<'_>) -> Result<Vec<&'a str>, OntologyError> {
        let texts = self.english(property)?;
        Ok(texts.into_iter().map(|(words, _)| words).collect())
    }

    /// The same, each with the line on which it ends.
    pub(crate) fn lines(
        self,
        property: NamedNodeRef<'_>,
    ) -> Result<Vec<(&'a str, usize)>, OntologyError> {
        let texts = self.english(property)?;
        Ok(texts.into_iter().map(|(words, value)| (words, value.line)).collect())
    }

    /// The one value of a property that every entry must have: words.
    pub(crate) fn text(self, property: NamedNodeRef<'_>) -> Result<&'a str, OntologyError> {
        let texts = self.english(property)?;
        if let [(_, first), (_, second), ..] = texts.as_slice() {
            let problem = Problem::Twice { property: property.into_owned(), first: first.line };
            return Err(self.error(second.line, problem));
        }
        match texts.first() {
            Some((words, value)) if words.trim().is_empty() => Err(self.wrong(value, "words")),
            Some(&(words, _)) => Ok(words),
            None => Err(self.missing(&format!("{property} in English"))),
        }
    }

    fn english(
        self,
        property: NamedNodeRef<'_>,
    ) -> Result<Vec<(&'a str, &'a Value)>, OntologyError> {
        let mut texts = Vec::new();
        for value in self.values(property) {
            let Term::Literal(literal) = &value.term else {
                return Err(self.wrong(value, "words"));
            };
            let tag = literal.language();
            if tag.is_none() && literal.datatype() != xsd::STRING {
                return Err(self.wrong(value, "words"));
            }
            if tag.is_none_or(|tag| tag == "en" || tag.starts_with("en-")) {
                texts.push((literal.value(), value));
            }
        }
        Ok(texts)
    }

    /// Whether a property is true; it is not where nothing is said.
    pub(crate) fn flag(self, property: NamedNodeRef<'_>) -> Result<bool, OntologyError> {
        let Some(value) = self.values(property).next() else { return Ok(false) };
        match &value.term {
            Term::Literal(literal) if literal.datatype() == xsd::BOOLEAN => match literal.value() {
                "true" | "1" => Ok(true),
                "false" | "0" => Ok(false),
                _ => Err(self.wrong(value, "true or false")),
            },
            _ => Err(self.wrong(value, "true or false")),
        }
    }

    /// The day that a property gives, as `2024-05-31`.
    pub(crate) fn day(self, property: NamedNodeRef<'_>) -> Result<Option<&'a str>, OntologyError> {
        let Some(value) = self.values(property).next() else { return Ok(None) };
        match &value.term {
            Term::Literal(literal) if literal.value().parse::<jiff::civil::Date>().is_ok() => {
                Ok(Some(literal.value()))
            }
            _ => Err(self.wrong(value, "a day as \"2024-05-31\"^^xsd:date")),
        }
    }

    /// The nodes that are values of a property.
    pub(crate) fn parts(self, property: NamedNodeRef<'_>) -> Result<Vec<Self>, OntologyError> {
        let part = |value: &'a Value| {
            let part = self.ontology.node(&value.term);
            part.ok_or_else(|| self.wrong(value, "a node that the file describes"))
        };
        self.values(property).map(part).collect()
    }

    /// Refuses properties that are neither among these nor notes. `rdf:type` need
    /// not be among them; see [`NodeView::check_classes`].
    pub(crate) fn check_properties(self, known: &[NamedNodeRef<'_>]) -> Result<(), OntologyError> {
        for value in &self.node.values {
            let property = &value.property;
            if *property != rdf::TYPE && !is_note(value) && !known.contains(&property.as_ref()) {
                return Err(self.error(value.line, Problem::UnknownProperty(property.clone())));
            }
        }
        Ok(())
    }

    /// Refuses classes that are not known.
    pub(crate) fn check_classes(
        self,
        is_known: impl Fn(&str) -> bool,
    ) -> Result<(), OntologyError> {
        for value in self.values(rdf::TYPE) {
            match &value.term {
                Term::NamedNode(class) if is_known(class.as_str()) => {}
                class => return Err(self.error(value.line, Problem::UnknownClass(class.clone()))),
            }
        }
        Ok(())
    }

    /// Something that it must have is missing.
    pub(crate) fn missing(self, what: &str) -> OntologyError {
        self.error(self.line(), Problem::Missing(what.to_owned()))
    }

    /// It is nothing that a reader looks for.
    pub(crate) fn stray(self, expected: &'static str) -> OntologyError {
        self.error(self.line(), Problem::Stray(expected))
    }

    /// A value is not what it must be.
    pub(crate) fn wrong(self, value: &Value, expected: &'static str) -> OntologyError {
        let (property, term) = (value.property.clone(), value.term.clone());
        self.error(value.line, Problem::Value { property, value: term, expected })
    }

    fn error(self, line: usize, problem: Problem) -> OntologyError {
        // Blank nodes have other names in each run.
        let node = self.iri().map_or_else(|| "[ … ]".to_owned(), |iri| format!("<{iri}>"));
        let file = self.ontology.file.clone();
        OntologyError::Node { file, line, node, problem }
    }

    fn line(self) -> usize {
        self.node.values.first().map_or(0, |value| value.line)
    }
}

/// The name of a node; literals and triples are none.
fn name_of(term: &Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::BlankNode(node) => Some(node.clone().into()),
        _ => None,
    }
}

/// Whether a value explains and changes nothing.
fn is_note(value: &Value) -> bool {
    NOTES.contains(&value.property.as_ref())
        || value.property.as_str().starts_with(dcterms::NAMESPACE)
}

#[cfg(test)]
mod tests;
