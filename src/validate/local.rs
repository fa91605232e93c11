//! The graph of one article in memory, as shapes look at it.
//!
//! In: the triples of an article's graph, with what is not stored of it. Out: what is said
//! of the nodes that only this graph speaks of. Nearly all nodes of a store are such; a
//! look into the database for each is what takes its time.

use std::collections::{HashMap, HashSet};

use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};

use crate::graph::vocabulary::rdf;
use crate::graph::{Iris, is_below};

/// What an article's graph says.
pub(super) struct Local<'a> {
    article: &'a NamedNode,
    said: HashMap<&'a NamedOrBlankNode, Vec<(&'a NamedNode, &'a Term)>>,
    pointing: HashMap<(&'a NamedNode, &'a Term), Vec<&'a NamedOrBlankNode>>,
    shared: &'a HashSet<NamedNode>,
}

impl<'a> Local<'a> {
    /// Of nodes of articles, `shared` are those that other graphs speak of, too.
    pub(super) fn new(
        article: &'a NamedNode,
        triples: &'a [Triple],
        shared: &'a HashSet<NamedNode>,
    ) -> Self {
        let mut local = Self { article, said: HashMap::new(), pointing: HashMap::new(), shared };
        for triple in triples {
            let said = local.said.entry(&triple.subject).or_default();
            said.push((&triple.predicate, &triple.object));
            let pointing = local.pointing.entry((&triple.predicate, &triple.object)).or_default();
            pointing.push(&triple.subject);
        }
        local
    }

    /// Whether this graph says all that is said of a node.
    pub(super) fn tells_all_of(&self, node: &Term) -> bool {
        match node {
            Term::NamedNode(node) => {
                (node == self.article || is_below(self.article, node))
                    && !self.shared.contains(node)
            }
            _ => false,
        }
    }

    /// What is said of a node.
    pub(super) fn said_of(&self, node: &Term) -> Vec<(NamedNode, Term)> {
        let said = subject(node).and_then(|node| self.said.get(&node));
        let owned = |&(property, object): &(&NamedNode, &Term)| (property.clone(), object.clone());
        said.into_iter().flatten().map(owned).collect()
    }

    /// What points at a node with a property.
    pub(super) fn pointing_at(&self, property: &NamedNode, node: &Term) -> Vec<Term> {
        let found = self.pointing.get(&(property, node));
        found.into_iter().flatten().map(|&subject| subject.clone().into()).collect()
    }

    /// The classes that a node is said to have.
    pub(super) fn classes_of(&self, node: &Term) -> Vec<Term> {
        let said = subject(node).and_then(|node| self.said.get(&node));
        let types = said.into_iter().flatten().filter(|(property, _)| **property == rdf::TYPE);
        types.map(|&(_, class)| class.clone()).collect()
    }
}

/// A term of which something can be said.
fn subject(term: &Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::BlankNode(node) => Some(node.clone().into()),
        Term::Literal(_) | Term::Triple(_) => None,
    }
}

/// The nodes of articles among those that a triple speaks of, but for those of one article.
pub(super) fn of_other_articles<'t>(
    iris: &Iris,
    article: Option<&NamedNode>,
    triple: &'t Triple,
) -> impl Iterator<Item = &'t NamedNode> {
    let subject = match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    };
    let object = match &triple.object {
        Term::NamedNode(node) => Some(node),
        _ => None,
    };
    subject.into_iter().chain(object).filter(move |node| {
        let of = iris.graph_of(node.as_str());
        of.is_some_and(|of| article != Some(&of))
    })
}
