//! The data graph: nodes, what is said of them, and what shapes target.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};

use oxigraph::store::StorageError;
use oxrdf::{
    GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, TermRef,
};

use super::local::Local;
use super::shapes::{Path, Shape, Target};
use crate::graph::vocabulary::{rdf, rdfs};
use crate::graph::{Store, derived_of_passage};

/// Of so many nodes the classes are remembered.
const REMEMBERED: usize = 50_000;

/// The union of a store's named graphs, without that of the builds.
pub(super) struct Union<'a> {
    database: &'a oxigraph::store::Store,
    builds: GraphName,
    /// Class and direct subclass, as the data itself has them.
    subclasses: Vec<(Term, NamedNode)>,
}

/// The same as one thread looks at it.
pub(super) struct Data<'a> {
    union: &'a Union<'a>,
    /// The graph that is in memory.
    local: Option<&'a Local<'a>>,
    /// The classes of nodes that were asked for: the values of many properties
    /// are the same few.
    classes: RefCell<HashMap<Term, Vec<Term>>>,
}

/// A node, with all that is said of it once that has been asked for.
pub(super) struct Node {
    pub(super) term: Term,
    said: OnceCell<Vec<(NamedNode, Term)>>,
}

impl Node {
    /// A node of which nothing has been looked up yet.
    pub(super) fn new(term: Term) -> Self {
        Self { term, said: OnceCell::new() }
    }
}

impl<'a> Union<'a> {
    pub(super) fn new(store: &'a Store) -> Result<Self, StorageError> {
        let builds = GraphName::from(store.iris().build_graph());
        let mut union = Self { database: store.database(), builds, subclasses: Vec::new() };
        let pairs = union.find(None, Some(rdfs::SUB_CLASS_OF), None)?;
        union.subclasses =
            pairs.into_iter().filter_map(|(sub, _, of)| Some((of, named(sub)?))).collect();
        Ok(union)
    }

    /// The nodes that a shape targets.
    pub(super) fn targets(&self, shape: &Shape) -> Result<HashSet<Term>, StorageError> {
        let mut all = HashSet::new();
        for target in &shape.targets {
            all.extend(match target {
                Target::Node(node) => vec![node.clone()],
                Target::Class(class) => self.instances(class)?,
                Target::SubjectsOf(property) => self.subjects_of(property.as_ref())?,
                Target::ObjectsOf(property) => {
                    let found = self.find(None, Some(property.as_ref()), None)?;
                    found.into_iter().map(|(_, _, object)| object).collect()
                }
            });
        }
        Ok(all)
    }

    fn subjects_of(&self, property: NamedNodeRef<'_>) -> Result<Vec<Term>, StorageError> {
        let found = self.find(None, Some(property), None)?;
        Ok(found.into_iter().map(|(subject, ..)| subject.into()).collect())
    }

    fn instances(&self, class: &NamedNode) -> Result<Vec<Term>, StorageError> {
        let mut all = Vec::new();
        for class in self.with_subclasses(class) {
            let found = self.find(None, Some(rdf::TYPE), Some(class.as_ref().into()))?;
            all.extend(found.into_iter().map(|(subject, ..)| Term::from(subject)));
        }
        Ok(all)
    }

    /// A class and all below it.
    pub(super) fn with_subclasses(&self, class: &NamedNode) -> Vec<NamedNode> {
        let mut all = vec![class.clone()];
        let mut next = 0;
        while let Some(class) = all.get(next).cloned() {
            let below = self.subclasses.iter().filter(|(of, _)| *of == class.clone().into());
            let new: Vec<_> = below.map(|(_, sub)| sub.clone()).collect();
            all.extend(new.into_iter().filter(|sub| !all.contains(sub)).collect::<Vec<_>>());
            next += 1;
        }
        all
    }

    fn find(
        &self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        property: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
    ) -> Result<Vec<(NamedOrBlankNode, NamedNode, Term)>, StorageError> {
        let quads = self.database.quads_for_pattern(subject, property, object, None);
        let data = quads.filter(|q| q.as_ref().map_or(true, |q| q.graph_name != self.builds));
        data.map(|quad| quad.map(|q| (q.subject, q.predicate, q.object))).collect()
    }
}

impl<'a> Data<'a> {
    pub(super) fn new(union: &'a Union<'a>) -> Self {
        Self { union, local: None, classes: RefCell::default() }
    }

    /// The same while the graph of an article is in memory.
    pub(super) fn with_local(union: &'a Union<'a>, local: &'a Local<'a>) -> Self {
        Self { local: Some(local), ..Self::new(union) }
    }

    /// The graph in memory, if that tells all of a node.
    fn local(&self, node: &Term) -> Option<&Local<'a>> {
        self.local.filter(|local| local.tells_all_of(node))
    }

    /// The values of a node along a path, in order, none twice.
    pub(super) fn values(&self, node: &Node, path: &Path) -> Result<Vec<Term>, StorageError> {
        match path {
            Path::Property(property) => self.objects(node, property),
            Path::Inverse(property) => {
                if let Some(local) = self.local(&node.term) {
                    return Ok(sorted(local.pointing_at(property, &node.term)));
                }
                let found =
                    self.union.find(None, Some(property.as_ref()), Some(node.term.as_ref()))?;
                Ok(sorted(found.into_iter().map(|(subject, ..)| subject.into()).collect()))
            }
        }
    }

    /// The values of a property of a node, in order, none twice.
    pub(super) fn objects(
        &self,
        node: &Node,
        property: &NamedNode,
    ) -> Result<Vec<Term>, StorageError> {
        let said = match node.said.get() {
            Some(said) => said,
            None => {
                let said = self.said_of(&node.term)?;
                node.said.get_or_init(|| said)
            }
        };
        let values = said.iter().filter(|(p, _)| p == property).map(|(_, object)| object.clone());
        Ok(sorted(values.collect()))
    }

    fn said_of(&self, term: &Term) -> Result<Vec<(NamedNode, Term)>, StorageError> {
        if let Some(local) = self.local(term) {
            return Ok(local.said_of(term));
        }
        let Some(subject) = subject(term) else { return Ok(Vec::new()) };
        let found = self.union.find(Some(subject), None, None)?;
        let mut said: Vec<_> = found.into_iter().map(|(_, p, object)| (p, object)).collect();
        said.extend(derived_of_passage(term, &said));
        Ok(said)
    }

    /// Whether a node is of a class or of a subclass of it.
    pub(super) fn is_instance(&self, node: &Term, class: &NamedNode) -> Result<bool, StorageError> {
        let wanted = self.union.with_subclasses(class);
        let is = |of: &Term| wanted.iter().any(|class| *of == Term::from(class.clone()));
        if let Some(classes) = self.classes.borrow().get(node) {
            return Ok(classes.iter().any(is));
        }
        if let Some(local) = self.local(node) {
            return Ok(local.classes_of(node).iter().any(is));
        }
        let Some(subject) = subject(node) else { return Ok(false) };
        let found = self.union.find(Some(subject), Some(rdf::TYPE), None)?;
        let classes: Vec<Term> = found.into_iter().map(|(_, _, class)| class).collect();
        let verdict = classes.iter().any(is);
        let mut remembered = self.classes.borrow_mut();
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert(node.clone(), classes);
        Ok(verdict)
    }
}

/// A term of which something can be said.
fn subject(term: &Term) -> Option<NamedOrBlankNodeRef<'_>> {
    match term {
        Term::NamedNode(node) => Some(node.into()),
        Term::BlankNode(node) => Some(node.into()),
        Term::Literal(_) | Term::Triple(_) => None,
    }
}

fn named(node: NamedOrBlankNode) -> Option<NamedNode> {
    match node {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

fn sorted(mut terms: Vec<Term>) -> Vec<Term> {
    if terms.len() > 1 {
        terms.sort_by_cached_key(ToString::to_string);
        terms.dedup();
    }
    terms
}
