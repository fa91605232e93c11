//! Cells of rows, and what terms of RDF come to in them.

use oxrdf::{Literal, NamedNode, Term};

use crate::graph::vocabulary::xsd;

/// What stands in a column of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    Integer(i64),
    Number(f64),
    Boolean(bool),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&NamedNode> for Cell {
    fn from(node: &NamedNode) -> Self {
        node.as_str().into()
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        match value {
            Some(value) => value.into(),
            None => Self::Empty,
        }
    }
}

/// The words of a term: of a literal its value, of a node its IRI.
pub(super) fn words(term: &Term) -> Cell {
    match term {
        Term::Literal(literal) => literal.value().into(),
        Term::NamedNode(node) => node.into(),
        other => other.to_string().into(),
    }
}

/// The last part of an IRI: `positive` of `rp:positive`.
pub(super) fn last_part(iri: &str) -> &str {
    match iri.rsplit_once(['#', '/']) {
        Some((_, last)) => last,
        None => iri,
    }
}

/// The last part of a term that is a node.
pub(super) fn local(term: &Term) -> Cell {
    match term {
        Term::NamedNode(node) => last_part(node.as_str()).into(),
        _ => Cell::Empty,
    }
}

/// A whole number.
pub(super) fn integer(term: &Term) -> Cell {
    match term {
        Term::Literal(literal) => Cell::from(literal.value().parse::<i64>().ok()),
        _ => Cell::Empty,
    }
}

/// A decimal number.
pub(super) fn number(term: &Term) -> Cell {
    match term {
        Term::Literal(literal) => match literal.value().parse() {
            Ok(number) => Cell::Number(number),
            Err(_) => Cell::Empty,
        },
        _ => Cell::Empty,
    }
}

/// The object of a claim without an object.
pub(super) fn is_none(literal: &Literal) -> bool {
    literal.datatype() == xsd::BOOLEAN
}

/// The name of a literal's datatype: `date` of `xsd:date`.
pub(super) fn datatype(literal: &Literal) -> &str {
    last_part(literal.datatype().as_str())
}
