//! Whether a node is as a shape wants it.

use std::cmp::Ordering;

use oxigraph::store::StorageError;
use oxrdf::{Literal, NamedNode, Term};

use super::data::{Data, Node};
use super::report::Violation;
use super::shapes::{Bound, Constraint, NodeKind, Pair, Path, Shape};
use super::value::{compare, is_well_formed};

/// What is wrong with a node, or with the values of the shape's path.
pub(super) fn check(
    shape: &Shape,
    node: &Node,
    data: &Data<'_>,
) -> Result<Vec<Violation>, StorageError> {
    let values = match &shape.path {
        Some(path) => data.values(node, path)?,
        None => vec![node.term.clone()],
    };
    let mut case = Case { shape, node, data, values, found: Vec::new() };
    for constraint in &shape.constraints {
        case.constraint(constraint)?;
    }
    Ok(case.found)
}

fn conforms(shape: &Shape, value: &Term, data: &Data<'_>) -> Result<bool, StorageError> {
    Ok(check(shape, &Node::new(value.clone()), data)?.is_empty())
}

/// One node against one shape.
struct Case<'a> {
    shape: &'a Shape,
    node: &'a Node,
    data: &'a Data<'a>,
    values: Vec<Term>,
    found: Vec<Violation>,
}

impl Case<'_> {
    fn constraint(&mut self, constraint: &Constraint) -> Result<(), StorageError> {
        match constraint {
            Constraint::MinCount(n) => self.count(self.values.len() >= *n, "at least", *n),
            Constraint::MaxCount(n) => self.count(self.values.len() <= *n, "at most", *n),
            Constraint::HasValue(wanted) => {
                if !self.values.contains(wanted) {
                    self.report(None, format!("{wanted} is not among the values"));
                }
            }
            Constraint::Pair(pair, other) => self.pair(*pair, other)?,
            Constraint::Property(shape) => {
                for value in self.values.clone() {
                    // A node shape's value is the node itself, with what is known of it.
                    let found = if value == self.node.term {
                        check(shape, self.node, self.data)?
                    } else {
                        check(shape, &Node::new(value), self.data)?
                    };
                    self.found.extend(found);
                }
            }
            constraint => {
                for value in self.values.clone() {
                    if !self.holds(constraint, &value)? {
                        self.report(Some(value), wrong(constraint));
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether one value by itself is as a constraint wants it.
    fn holds(&self, constraint: &Constraint, value: &Term) -> Result<bool, StorageError> {
        use Constraint as C;
        Ok(match constraint {
            C::Class(class) => self.data.is_instance(value, class)?,
            C::Datatype(datatype) => has_datatype(value, datatype),
            C::NodeKind(kind) => is_of_kind(value, *kind),
            C::Bound(bound, limit) => is_within(value, *bound, limit),
            C::MinLength(n) => has_length(value, |length| length >= *n),
            C::MaxLength(n) => has_length(value, |length| length <= *n),
            C::Pattern(pattern) => words(value).is_some_and(|words| pattern.is_match(words)),
            C::In(all) => all.contains(value),
            C::Not(shape) => !conforms(shape, value, self.data)?,
            C::And(shapes) => self.count_of(shapes, value)? == shapes.len(),
            C::Or(shapes) => self.count_of(shapes, value)? > 0,
            C::Node(shape) => conforms(shape, value, self.data)?,
            // About all values together, see [`Case::constraint`].
            C::MinCount(_) | C::MaxCount(_) | C::HasValue(_) | C::Pair(..) | C::Property(_) => true,
        })
    }

    /// How many of the shapes a value conforms to.
    fn count_of(&self, shapes: &[Shape], value: &Term) -> Result<usize, StorageError> {
        let mut count = 0;
        for shape in shapes {
            count += usize::from(conforms(shape, value, self.data)?);
        }
        Ok(count)
    }

    fn count(&mut self, good: bool, how: &str, n: usize) {
        if !good {
            let values = if n == 1 { "value" } else { "values" };
            let found = self.values.len();
            self.report(None, format!("{how} {n} {values} wanted, {found} found"));
        }
    }

    fn pair(&mut self, pair: Pair, other: &NamedNode) -> Result<(), StorageError> {
        let others = self.data.objects(self.node, other)?;
        let all_above = |value: &Term, good: fn(Ordering) -> bool| {
            others.iter().all(|other| order(value, other).is_some_and(good))
        };
        let good = |value: &Term| match pair {
            Pair::Equals => others.contains(value),
            Pair::Disjoint => !others.contains(value),
            Pair::LessThan => all_above(value, Ordering::is_lt),
            Pair::LessThanOrEquals => all_above(value, Ordering::is_le),
        };
        let wrong = match pair {
            Pair::Equals => "no value of",
            Pair::Disjoint => "also a value of",
            Pair::LessThan => "not less than",
            Pair::LessThanOrEquals => "greater than",
        };
        let mut bad: Vec<Term> = self.values.iter().filter(|v| !good(v)).cloned().collect();
        if pair == Pair::Equals {
            bad.extend(others.iter().filter(|v| !self.values.contains(v)).cloned());
        }
        for value in bad {
            self.report(Some(value), format!("{wrong} {other}"));
        }
        Ok(())
    }

    fn report(&mut self, value: Option<Term>, wrong: String) {
        self.found.push(Violation {
            node: self.node.term.clone(),
            shape: self.shape.name.clone(),
            path: self.shape.path.as_ref().map(|path| match path {
                Path::Property(property) => property.as_str().to_owned(),
                Path::Inverse(property) => format!("^{}", property.as_str()),
            }),
            value,
            message: self.shape.message.clone().unwrap_or(wrong),
        });
    }
}

/// What is wrong with a value that is not as a constraint wants it.
fn wrong(constraint: &Constraint) -> String {
    use Constraint as C;
    match constraint {
        C::Class(class) => format!("not of the class {class}"),
        C::Datatype(datatype) => format!("not of the datatype {datatype}"),
        C::NodeKind(kind) => kind_wanted(*kind),
        C::Bound(bound, limit) => format!("not {} {limit}", bound_words(*bound)),
        C::MinLength(n) => format!("shorter than {n}"),
        C::MaxLength(n) => format!("longer than {n}"),
        C::Pattern(pattern) => format!("does not match {pattern}"),
        C::In(_) => "none of the values that may stand here".to_owned(),
        C::Not(_) => "is what it must not be".to_owned(),
        C::And(_) => "is not all that it must be".to_owned(),
        C::Or(_) => "is none of the things that it may be".to_owned(),
        C::Node(shape) => format!("is not as {} wants it", shape.name),
        C::MinCount(_) | C::MaxCount(_) | C::HasValue(_) | C::Pair(..) | C::Property(_) => {
            String::new()
        }
    }
}

fn has_datatype(value: &Term, datatype: &NamedNode) -> bool {
    matches!(value, Term::Literal(l) if l.datatype() == datatype.as_ref() && is_well_formed(l))
}

fn is_of_kind(value: &Term, kind: NodeKind) -> bool {
    match value {
        Term::NamedNode(_) => kind.iri,
        Term::BlankNode(_) => kind.blank,
        Term::Literal(_) => kind.literal,
        Term::Triple(_) => false,
    }
}

fn kind_wanted(kind: NodeKind) -> String {
    let names = [(kind.iri, "IRI"), (kind.blank, "blank node"), (kind.literal, "literal")];
    let wanted: Vec<&str> = names.iter().filter(|(is, _)| *is).map(|&(_, name)| name).collect();
    format!("no {}", wanted.join(" or "))
}

fn is_within(value: &Term, bound: Bound, limit: &Literal) -> bool {
    let Term::Literal(literal) = value else { return false };
    compare(literal, limit).is_some_and(|order| match bound {
        Bound::MinInclusive => order.is_ge(),
        Bound::MaxInclusive => order.is_le(),
        Bound::MinExclusive => order.is_gt(),
        Bound::MaxExclusive => order.is_lt(),
    })
}

fn bound_words(bound: Bound) -> &'static str {
    match bound {
        Bound::MinInclusive => "at least",
        Bound::MaxInclusive => "at most",
        Bound::MinExclusive => "more than",
        Bound::MaxExclusive => "less than",
    }
}

fn order(one: &Term, other: &Term) -> Option<Ordering> {
    match (one, other) {
        (Term::Literal(one), Term::Literal(other)) => compare(one, other),
        _ => None,
    }
}

fn has_length(value: &Term, good: impl Fn(usize) -> bool) -> bool {
    words(value).is_some_and(|words| good(words.chars().count()))
}

/// The characters of a value; blank nodes have none.
fn words(value: &Term) -> Option<&str> {
    match value {
        Term::NamedNode(node) => Some(node.as_str()),
        Term::Literal(literal) => Some(literal.value()),
        Term::BlankNode(_) | Term::Triple(_) => None,
    }
}
