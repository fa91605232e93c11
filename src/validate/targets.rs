//! Which nodes shapes speak of, all shapes at once.

use std::collections::{HashMap, HashSet};

use oxrdf::{NamedNode, Term, Triple};

use super::data::Union;
use super::shapes::{Shape, Target};
use crate::graph::vocabulary::rdf;

/// The targets of shapes, by what a triple must be for its subject or object to be one.
/// Shapes are numbered in order.
pub(super) struct Targeting {
    classes: HashMap<Term, Vec<usize>>,
    subjects_of: HashMap<NamedNode, Vec<usize>>,
    objects_of: HashMap<NamedNode, Vec<usize>>,
    shapes: usize,
}

/// The nodes that each shape speaks of.
pub(super) type Targets = Vec<HashSet<Term>>;

impl Targeting {
    pub(super) fn new(shapes: &[&Shape], union: &Union<'_>) -> Self {
        let mut all = Self {
            classes: HashMap::new(),
            subjects_of: HashMap::new(),
            objects_of: HashMap::new(),
            shapes: shapes.len(),
        };
        for (number, shape) in shapes.iter().enumerate() {
            for target in &shape.targets {
                all.note(target, number, union);
            }
        }
        all
    }

    fn note(&mut self, target: &Target, shape: usize, union: &Union<'_>) {
        match target {
            Target::Node(_) => {}
            Target::Class(class) => {
                for class in union.with_subclasses(class) {
                    self.classes.entry(class.into()).or_default().push(shape);
                }
            }
            Target::SubjectsOf(property) => {
                self.subjects_of.entry(property.clone()).or_default().push(shape);
            }
            Target::ObjectsOf(property) => {
                self.objects_of.entry(property.clone()).or_default().push(shape);
            }
        }
    }

    /// The targets that triples give.
    pub(super) fn of<'t>(&self, triples: impl IntoIterator<Item = &'t Triple>) -> Targets {
        let mut targets = vec![HashSet::new(); self.shapes];
        for triple in triples {
            let mut add = |shapes: Option<&Vec<usize>>, node: &Term| {
                for &shape in shapes.into_iter().flatten() {
                    if !targets[shape].contains(node) {
                        targets[shape].insert(node.clone());
                    }
                }
            };
            let subject = Term::from(triple.subject.clone());
            if triple.predicate == rdf::TYPE {
                add(self.classes.get(&triple.object), &subject);
            }
            add(self.subjects_of.get(&triple.predicate), &subject);
            add(self.objects_of.get(&triple.predicate), &triple.object);
        }
        targets
    }
}
