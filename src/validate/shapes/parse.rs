//! Triples of a shapes graph become shapes.

use std::collections::BTreeSet;

use oxrdf::{NamedNode, Term};
use regex::RegexBuilder;

use super::{Bound, Constraint, NodeKind, Pair, Path, Shape, ShapesError, Target};
use crate::graph::ontology::{Ontology, Value};
use crate::graph::vocabulary::{owl, rdfs, sh};

/// Terms that say what shapes are for, and nothing of the data.
const NOTES: [&str; 5] = ["name", "description", "order", "group", "defaultValue"];
/// Terms that are read together with others.
const READ_WITH_OTHERS: [&str; 4] = ["path", "message", "flags", "inversePath"];
const TARGETS: [&str; 4] = ["targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"];

/// The shapes with targets, in order of their names.
pub(super) fn shapes(turtle: &str, file: &str) -> Result<Vec<Shape>, ShapesError> {
    let source = Source { file, ontology: Ontology::read(turtle, file)? };
    let nodes = source.ontology.nodes().map(|node| Term::from(node.name().clone()));
    let mut targeting: Vec<Term> = nodes.filter(|node| source.has_target(node)).collect();
    targeting.sort_by_cached_key(Term::to_string);
    let mut open = Vec::new();
    let shapes: Result<Vec<_>, _> =
        targeting.iter().map(|node| source.shape(node, NOWHERE, &mut open)).collect();
    let shapes = shapes?;
    source.check_all_understood()?;
    if shapes.is_empty() {
        return Err(ShapesError::Empty { file: file.to_owned() });
    }
    Ok(shapes)
}

/// What a shapes graph says.
struct Source<'a> {
    file: &'a str,
    ontology: Ontology,
}

/// A term of SHACL in the shape it stands in, for errors.
#[derive(Clone, Copy)]
struct Place<'a> {
    shape: &'a str,
    term: &'a str,
    line: usize,
}

/// The place of a shape that stands in no other.
const NOWHERE: Place<'static> = Place { shape: "", term: "", line: 0 };

impl Source<'_> {
    fn of(&self, node: &Term) -> &[Value] {
        self.ontology.said_of(node)
    }

    /// The values of a term of SHACL, by its local name.
    fn values<'a>(&'a self, node: &Term, term: &'a str) -> impl Iterator<Item = &'a Value> {
        self.of(node).iter().filter(move |v| local(&v.property) == Some(term))
    }

    fn has_target(&self, node: &Term) -> bool {
        let targets = |v: &Value| local(&v.property).is_some_and(|term| TARGETS.contains(&term));
        self.of(node).iter().any(targets) || self.is_class(node)
    }

    /// A shape that is a class itself speaks of its instances.
    fn is_class(&self, node: &Term) -> bool {
        let Some(node) = self.ontology.node(node) else { return false };
        let class = node.is_a(rdfs::CLASS) || node.is_a(owl::CLASS);
        class && node.is_a(sh::NODE_SHAPE)
    }

    /// `owner` is where it stands in another shape; `open` are the shapes being read.
    fn shape(
        &self,
        node: &Term,
        owner: Place<'_>,
        open: &mut Vec<Term>,
    ) -> Result<Shape, ShapesError> {
        let name = match node {
            Term::NamedNode(node) => node.as_str(),
            _ => owner.shape,
        };
        if open.contains(node) {
            return Err(ShapesError::Circular {
                file: self.file.to_owned(),
                line: owner.line,
                shape: name.to_owned(),
            });
        }
        open.push(node.clone());
        let mut shape = Shape {
            name: name.to_owned(),
            targets: self.targets(node, name)?,
            path: self.values(node, "path").next().map(|p| self.path(p, name)).transpose()?,
            constraints: Vec::new(),
            message: self.values(node, "message").find_map(|value| text(&value.term)),
        };
        for value in self.of(node) {
            let Some(term) = local(&value.property) else { continue };
            if !is_about_shapes(term) {
                let place = Place { shape: name, term, line: value.line() };
                shape.constraints.push(self.constraint(node, place, &value.term, open)?);
            }
        }
        open.pop();
        Ok(shape)
    }

    fn targets(&self, node: &Term, name: &str) -> Result<Vec<Target>, ShapesError> {
        let mut all = Vec::new();
        for term in TARGETS {
            for value in self.values(node, term) {
                let line = value.line();
                let iri = || self.iri(Place { shape: name, term, line }, &value.term);
                all.push(match term {
                    "targetClass" => Target::Class(iri()?),
                    "targetSubjectsOf" => Target::SubjectsOf(iri()?),
                    "targetObjectsOf" => Target::ObjectsOf(iri()?),
                    _ => Target::Node(value.term.clone()),
                });
            }
        }
        if let (true, Term::NamedNode(class)) = (self.is_class(node), node) {
            all.push(Target::Class(class.clone()));
        }
        Ok(all)
    }

    fn path(&self, path: &Value, name: &str) -> Result<Path, ShapesError> {
        let place = Place { shape: name, term: "path", line: path.line() };
        let path = &path.term;
        if let Term::NamedNode(property) = path {
            return Ok(Path::Property(property.clone()));
        }
        let expected = "a property or [ sh:inversePath property ]";
        match self.of(path) {
            [Value { property, term: Term::NamedNode(of), .. }]
                if local(property) == Some("inversePath") =>
            {
                Ok(Path::Inverse(of.clone()))
            }
            _ => Err(self.wrong(place, path, expected)),
        }
    }

    fn constraint(
        &self,
        node: &Term,
        place: Place<'_>,
        value: &Term,
        open: &mut Vec<Term>,
    ) -> Result<Constraint, ShapesError> {
        use Constraint as C;
        Ok(match place.term {
            "class" => C::Class(self.iri(place, value)?),
            "datatype" => C::Datatype(self.iri(place, value)?),
            "nodeKind" => C::NodeKind(self.node_kind(place, value)?),
            "minCount" => C::MinCount(self.count(place, value)?),
            "maxCount" => C::MaxCount(self.count(place, value)?),
            "minLength" => C::MinLength(self.count(place, value)?),
            "maxLength" => C::MaxLength(self.count(place, value)?),
            "minInclusive" => self.bound(place, value, Bound::MinInclusive)?,
            "maxInclusive" => self.bound(place, value, Bound::MaxInclusive)?,
            "minExclusive" => self.bound(place, value, Bound::MinExclusive)?,
            "maxExclusive" => self.bound(place, value, Bound::MaxExclusive)?,
            "pattern" => self.pattern(node, place, value)?,
            "in" => C::In(self.list(place, value)?),
            "hasValue" => C::HasValue(value.clone()),
            "equals" => C::Pair(Pair::Equals, self.iri(place, value)?),
            "disjoint" => C::Pair(Pair::Disjoint, self.iri(place, value)?),
            "lessThan" => C::Pair(Pair::LessThan, self.iri(place, value)?),
            "lessThanOrEquals" => C::Pair(Pair::LessThanOrEquals, self.iri(place, value)?),
            "not" => C::Not(Box::new(self.shape(value, place, open)?)),
            "and" => C::And(self.shapes(place, value, open)?),
            "or" => C::Or(self.shapes(place, value, open)?),
            "node" => C::Node(Box::new(self.shape(value, place, open)?)),
            "property" => C::Property(Box::new(self.shape(value, place, open)?)),
            _ => return Err(self.unknown(place)),
        })
    }

    fn bound(
        &self,
        place: Place<'_>,
        value: &Term,
        bound: Bound,
    ) -> Result<Constraint, ShapesError> {
        match value {
            Term::Literal(literal) => Ok(Constraint::Bound(bound, literal.clone())),
            _ => Err(self.wrong(place, value, "a literal")),
        }
    }

    fn pattern(
        &self,
        node: &Term,
        place: Place<'_>,
        value: &Term,
    ) -> Result<Constraint, ShapesError> {
        let wrong = || self.wrong(place, value, "a regular expression");
        let mut builder = RegexBuilder::new(&text(value).ok_or_else(wrong)?);
        let flags = self.values(node, "flags").filter_map(|value| text(&value.term));
        for flag in flags.flat_map(String::into_bytes) {
            match flag {
                b'i' => builder.case_insensitive(true),
                b's' => builder.dot_matches_new_line(true),
                b'm' => builder.multi_line(true),
                b'x' => builder.ignore_whitespace(true),
                _ => return Err(self.unknown(Place { term: "flags", ..place })),
            };
        }
        builder.build().map(Constraint::Pattern).map_err(|_| wrong())
    }

    fn node_kind(&self, place: Place<'_>, value: &Term) -> Result<NodeKind, ShapesError> {
        let kind = |iri, blank, literal| Ok(NodeKind { iri, blank, literal });
        match self.iri(place, value).ok().as_ref().and_then(local) {
            Some("IRI") => kind(true, false, false),
            Some("BlankNode") => kind(false, true, false),
            Some("Literal") => kind(false, false, true),
            Some("BlankNodeOrIRI") => kind(true, true, false),
            Some("IRIOrLiteral") => kind(true, false, true),
            Some("BlankNodeOrLiteral") => kind(false, true, true),
            _ => Err(self.wrong(place, value, "sh:IRI, sh:Literal or another kind of node")),
        }
    }

    fn iri(&self, place: Place<'_>, value: &Term) -> Result<NamedNode, ShapesError> {
        match value {
            Term::NamedNode(node) => Ok(node.clone()),
            _ => Err(self.wrong(place, value, "an IRI")),
        }
    }

    fn count(&self, place: Place<'_>, value: &Term) -> Result<usize, ShapesError> {
        let number = text(value).and_then(|words| words.parse().ok());
        number.ok_or_else(|| self.wrong(place, value, "a whole number"))
    }

    fn shapes(
        &self,
        place: Place<'_>,
        list: &Term,
        open: &mut Vec<Term>,
    ) -> Result<Vec<Shape>, ShapesError> {
        self.list(place, list)?.iter().map(|node| self.shape(node, place, open)).collect()
    }

    fn list(&self, place: Place<'_>, list: &Term) -> Result<Vec<Term>, ShapesError> {
        self.ontology.list(list).ok_or_else(|| self.wrong(place, list, "a list"))
    }

    /// Refuses what stands where no shape with a target leads.
    fn check_all_understood(&self) -> Result<(), ShapesError> {
        let mut known: BTreeSet<&str> = UNDERSTOOD.iter().copied().collect();
        known.extend(NOTES.iter().chain(&READ_WITH_OTHERS).chain(&TARGETS));
        for node in self.ontology.nodes() {
            for value in node.said() {
                let Some(term) = local(&value.property) else { continue };
                if !known.contains(term) {
                    let shape = node.name().to_string();
                    return Err(self.unknown(Place { shape: &shape, term, line: value.line() }));
                }
            }
        }
        Ok(())
    }

    fn unknown(&self, place: Place<'_>) -> ShapesError {
        let (file, shape) = (self.file.to_owned(), place.shape.to_owned());
        ShapesError::Unknown { file, line: place.line, shape, term: place.term.to_owned() }
    }

    fn wrong(&self, place: Place<'_>, value: &Term, expected: &'static str) -> ShapesError {
        ShapesError::Value {
            file: self.file.to_owned(),
            line: place.line,
            shape: place.shape.to_owned(),
            term: place.term.to_owned(),
            value: value.to_string(),
            expected,
        }
    }
}

/// The constraints that [`Source::constraint`] reads.
const UNDERSTOOD: [&str; 23] = [
    "class",
    "datatype",
    "nodeKind",
    "minCount",
    "maxCount",
    "minLength",
    "maxLength",
    "minInclusive",
    "maxInclusive",
    "minExclusive",
    "maxExclusive",
    "pattern",
    "in",
    "hasValue",
    "equals",
    "disjoint",
    "lessThan",
    "lessThanOrEquals",
    "not",
    "and",
    "or",
    "node",
    "property",
];

fn is_about_shapes(term: &str) -> bool {
    [&NOTES[..], &READ_WITH_OTHERS, &TARGETS].concat().contains(&term)
}

/// The local name of a term of SHACL.
fn local(node: &NamedNode) -> Option<&str> {
    node.as_str().strip_prefix(sh::NAMESPACE)
}

fn text(term: &Term) -> Option<String> {
    match term {
        Term::Literal(literal) => Some(literal.value().to_owned()),
        _ => None,
    }
}
