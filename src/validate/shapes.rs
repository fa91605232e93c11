//! Shapes: the part of SHACL Core that is understood, read from Turtle.
//!
//! In: the text of a shapes graph. Out: its shapes. What is not understood
//! (SPARQL constraints, closed and qualified shapes, most paths) is refused by
//! name rather than passed over: a constraint that nobody checks would be taken
//! for one that holds.

mod parse;

use oxrdf::{Literal, NamedNode, Term};
use regex::Regex;
use thiserror::Error;

use crate::graph::OntologyError;

/// The shapes that ship inside the program.
const EMBEDDED: &str = include_str!("../../ontology/shapes.ttl");

/// Why shapes could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ShapesError {
    /// The text is not Turtle.
    #[error(transparent)]
    Turtle(#[from] OntologyError),
    /// A term of SHACL is used that is not understood.
    #[error(
        "{file}, line {line}: sh:{term} is not understood (in {shape}); take it out, or check these shapes with \
         another SHACL validator on the output of `reportedly export`"
    )]
    Unknown {
        /// What the text was read from.
        file: String,
        /// The line, from 1, on which it ends.
        line: usize,
        /// The shape it stands in.
        shape: String,
        /// The local name of the term.
        term: String,
    },
    /// A term of SHACL has a value that it cannot have.
    #[error(
        "{file}, line {line}: {value} is no value for sh:{term} (in {shape}); {expected} is expected"
    )]
    Value {
        /// What the text was read from.
        file: String,
        /// The line, from 1, on which it ends.
        line: usize,
        /// The shape it stands in.
        shape: String,
        /// The local name of the term.
        term: String,
        /// Its value.
        value: String,
        /// What is expected in its place.
        expected: &'static str,
    },
    /// A shape is defined by itself.
    #[error("{file}, line {line}: {shape} is defined by itself")]
    Circular {
        /// What the text was read from.
        file: String,
        /// The line, from 1, on which it is made a part of itself.
        line: usize,
        /// The shape.
        shape: String,
    },
    /// No shape has a target.
    #[error("{file}: no shape has a target; there is nothing to check")]
    Empty {
        /// What the text was read from.
        file: String,
    },
}

/// The shapes of a file.
#[derive(Clone, Debug)]
pub struct Shapes {
    all: Vec<Shape>,
}

/// What some nodes must be like.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// Its IRI, or that of the shape that it stands in.
    pub(super) name: String,
    pub(super) targets: Vec<Target>,
    /// Whose values the constraints are about; the node itself without one.
    pub(super) path: Option<Path>,
    pub(super) constraints: Vec<Constraint>,
    pub(super) message: Option<String>,
}

/// Nodes that a shape speaks of.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    Node(Term),
    Class(NamedNode),
    SubjectsOf(NamedNode),
    ObjectsOf(NamedNode),
}

/// The way from a node to values.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Path {
    Property(NamedNode),
    Inverse(NamedNode),
}

/// What values must be like.
#[derive(Clone, Debug)]
pub(super) enum Constraint {
    Class(NamedNode),
    Datatype(NamedNode),
    NodeKind(NodeKind),
    MinCount(usize),
    MaxCount(usize),
    Bound(Bound, Literal),
    MinLength(usize),
    MaxLength(usize),
    Pattern(Regex),
    In(Vec<Term>),
    HasValue(Term),
    Pair(Pair, NamedNode),
    Not(Box<Shape>),
    And(Vec<Shape>),
    Or(Vec<Shape>),
    Node(Box<Shape>),
    Property(Box<Shape>),
}

/// Which terms a value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NodeKind {
    pub(super) iri: bool,
    pub(super) blank: bool,
    pub(super) literal: bool,
}

/// How a value stands to a fixed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    MinInclusive,
    MaxInclusive,
    MinExclusive,
    MaxExclusive,
}

/// How the values of the path stand to those of another property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pair {
    Equals,
    Disjoint,
    LessThan,
    LessThanOrEquals,
}

impl Shapes {
    /// Reads the shapes of a Turtle text. `file` names the text in errors.
    ///
    /// # Errors
    /// Where the text is no Turtle, or has terms of SHACL that are not
    /// understood, or nothing to check.
    pub fn read(turtle: &str, file: &str) -> Result<Self, ShapesError> {
        Ok(Self { all: parse::shapes(turtle, file)? })
    }

    /// The shapes that have targets, in order of their names.
    pub(super) fn targeting(&self) -> impl Iterator<Item = &Shape> {
        self.all.iter()
    }
}

/// The shapes that ship inside the program: `ontology/shapes.ttl`.
///
/// # Errors
/// None in a build that passes its tests.
pub fn embedded_shapes() -> Result<Shapes, ShapesError> {
    Shapes::read(EMBEDDED, "shapes.ttl")
}
