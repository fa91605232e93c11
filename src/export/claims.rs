//! The claims of a store, article by article, with what is said of what they
//! speak of: what formats are made of that have no place for every triple.

use std::collections::HashMap;

use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};

use super::order::compare_nodes;
use super::{ExportError, Profile};
use crate::graph::vocabulary::{owl, rdf, rdfs, rel, rp, skos};
use crate::graph::{Store, is_below};

/// What the graph of one article says, to look up.
pub(super) struct ArticleView<'a> {
    store: &'a Store,
    /// The article.
    pub(super) article: NamedNode,
    triples: Vec<Triple>,
    by_subject: HashMap<NamedOrBlankNode, Vec<usize>>,
    /// The triples that name a node of the article itself, by that node.
    by_object: HashMap<NamedNode, Vec<usize>>,
    /// The triples that tell where an entity is mentioned, by that.
    mentions: HashMap<NamedNode, Vec<usize>>,
}

impl<'a> ArticleView<'a> {
    /// Reads the graph of an article.
    pub(super) fn read(store: &'a Store, article: &NamedNode) -> Result<Self, ExportError> {
        Self::read_as(store, article, Profile::Full)
    }

    /// Reads what a profile has of the graph of an article.
    pub(super) fn read_as(
        store: &'a Store,
        article: &NamedNode,
        profile: Profile,
    ) -> Result<Self, ExportError> {
        let mut triples = Vec::new();
        let graph = Some(article.as_ref().into());
        for quad in store.database().quads_for_pattern(None, None, None, graph) {
            triples.push(Triple::from(quad.map_err(|e| store.error(e))?));
        }
        let triples = profile.of_article(article, triples);
        let mut view = Self {
            store,
            article: article.clone(),
            triples,
            by_subject: HashMap::new(),
            by_object: HashMap::new(),
            mentions: HashMap::new(),
        };
        view.index();
        Ok(view)
    }

    fn index(&mut self) {
        for (place, triple) in self.triples.iter().enumerate() {
            self.by_subject.entry(triple.subject.clone()).or_default().push(place);
            if let (true, Term::NamedNode(node)) =
                (triple.predicate == rp::MENTIONS, &triple.object)
            {
                self.mentions.entry(node.clone()).or_default().push(place);
            }
            if let Term::NamedNode(node) = &triple.object
                && node.as_str().starts_with(self.article.as_str())
            {
                self.by_object.entry(node.clone()).or_default().push(place);
            }
        }
    }

    /// The claims in their order; perhaps only those that are asserted.
    pub(super) fn claims(&self, only_asserted: bool) -> Vec<NamedNode> {
        self.having(if only_asserted { rp::ASSERTED } else { rdf::PREDICATE })
    }

    /// The nodes that have a value of some property, each once, in their order.
    pub(super) fn having(&self, property: NamedNodeRef<'_>) -> Vec<NamedNode> {
        let having = self.triples.iter().filter(|t| t.predicate == property);
        let mut nodes: Vec<&NamedNode> = having.filter_map(|t| named(&t.subject)).collect();
        nodes.sort_by(|one, other| compare_nodes(one, other));
        nodes.dedup();
        nodes.into_iter().cloned().collect()
    }

    /// The nodes that are subjects or objects.
    pub(super) fn all_nodes(&self) -> impl Iterator<Item = &NamedNode> {
        self.triples.iter().flat_map(|t| named(&t.subject).into_iter().chain(named_term(&t.object)))
    }

    /// What the article says of a node.
    pub(super) fn about(&self, node: &NamedNode) -> impl Iterator<Item = &Triple> {
        let places = self.by_subject.get(&NamedOrBlankNode::from(node.clone()));
        places.into_iter().flatten().map(|&place| &self.triples[place])
    }

    /// The values of a property of a node, in their order.
    pub(super) fn objects(&self, node: &NamedNode, property: NamedNodeRef<'_>) -> Vec<&Term> {
        let mut objects: Vec<&Term> =
            self.about(node).filter(|t| t.predicate == property).map(|t| &t.object).collect();
        objects.sort_by_cached_key(ToString::to_string);
        objects
    }

    /// The nodes among the values of a property.
    pub(super) fn nodes(&self, node: &NamedNode, property: NamedNodeRef<'_>) -> Vec<&NamedNode> {
        self.objects(node, property).into_iter().filter_map(named_term).collect()
    }

    /// The triples with some property whose object is a claim, or another node of
    /// the article itself.
    pub(super) fn naming(
        &self,
        node: &NamedNode,
        property: NamedNodeRef<'_>,
    ) -> impl Iterator<Item = &Triple> {
        let places = self.by_object.get(node).into_iter().flatten();
        let triples = places.map(|&place| &self.triples[place]);
        triples.filter(move |triple| triple.predicate == property)
    }

    /// The nodes that have a node of the article as a value of a property.
    pub(super) fn subjects(&self, property: NamedNodeRef<'_>, node: &NamedNode) -> Vec<&NamedNode> {
        let mut subjects: Vec<_> =
            self.naming(node, property).filter_map(|t| named(&t.subject)).collect();
        subjects.sort_unstable();
        subjects
    }

    /// The passages that refer to an entity, in their order.
    pub(super) fn mentioning(&self, entity: &NamedNode) -> impl Iterator<Item = &NamedNode> {
        let places = self.mentions.get(entity);
        let triples = places.into_iter().flatten().map(|&place| &self.triples[place]);
        triples.filter_map(|triple| named(&triple.subject))
    }

    /// Whether the article states a triple.
    pub(super) fn states(&self, triple: &Triple) -> bool {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { return false };
        self.about(subject).any(|stated| stated == triple)
    }

    /// The triple of a claim.
    pub(super) fn triple(&self, claim: &NamedNode) -> Option<Triple> {
        let subject = *self.nodes(claim, rdf::SUBJECT).first()?;
        let property = *self.nodes(claim, rdf::PREDICATE).first()?;
        let object = *self.objects(claim, rdf::OBJECT).first()?;
        Some(Triple::new(subject.clone(), property.clone(), object.clone()))
    }

    /// What a claim says in the terms of a declared relation, where it does and
    /// the article states it.
    pub(super) fn declared(&self, claim: &NamedNode) -> Result<Option<Triple>, ExportError> {
        let Some(proposition) = self.nodes(claim, rp::EXPRESSES).first().copied() else {
            return Ok(None);
        };
        let graph = self.store.iris().proposition_graph();
        let part = |property| objects(self.store, proposition, property, &graph);
        let parts = (part(rp::SUBJECT)?, part(rp::RELATION)?, part(rp::OBJECT)?);
        let ([Term::NamedNode(s)], [Term::NamedNode(p)], [o]) =
            (parts.0.as_slice(), parts.1.as_slice(), parts.2.as_slice())
        else {
            return Ok(None);
        };
        let triple = Triple::new(s.clone(), p.clone(), o.clone());
        Ok(Some(triple).filter(|t| Some(t) != self.triple(claim).as_ref() && self.states(t)))
    }

    /// Whether only this article speaks of a node.
    pub(super) fn owns(&self, node: &NamedNode) -> bool {
        is_below(&self.article, node)
    }

    /// The classes and labels of an entity, a phrase or a relation.
    pub(super) fn description(&self, node: &NamedNode) -> Result<Vec<Triple>, ExportError> {
        let labels = [rdf::TYPE, skos::PREF_LABEL];
        if self.owns(node) {
            let is_label = |t: &&Triple| labels.iter().any(|&p| t.predicate == p);
            return Ok(self.about(node).filter(is_label).cloned().collect());
        }
        describe(self.store, node)
    }
}

/// The classes and labels of a node of which several articles speak.
pub(super) fn describe(store: &Store, node: &NamedNode) -> Result<Vec<Triple>, ExportError> {
    let is_relation = node.as_str().starts_with(rel::NAMESPACE);
    let (graph, properties) = if is_relation {
        (store.iris().proposition_graph(), &[rdfs::LABEL][..])
    } else {
        (store.iris().entity_graph(), &[rdf::TYPE, skos::PREF_LABEL][..])
    };
    let mut triples = Vec::new();
    for &property in properties {
        for object in objects(store, node, property, &graph)? {
            triples.push(Triple::new(node.clone(), property.into_owned(), object));
        }
    }
    Ok(triples)
}

/// What an entity is elsewhere, by links that say that it is the same.
pub(super) fn links(store: &Store, node: &NamedNode) -> Result<Vec<Term>, ExportError> {
    objects(store, node, owl::SAME_AS, &store.iris().link_graph())
}

/// The values of a property of a node in a graph, in their order.
pub(super) fn objects(
    store: &Store,
    node: &NamedNode,
    property: NamedNodeRef<'_>,
    graph: &NamedNode,
) -> Result<Vec<Term>, ExportError> {
    let mut found = Vec::new();
    let (subject, graph) = (Some(node.as_ref().into()), Some(graph.as_ref().into()));
    for quad in store.database().quads_for_pattern(subject, Some(property), None, graph) {
        found.push(quad.map_err(|e| store.error(e))?.object);
    }
    found.sort_by_cached_key(ToString::to_string);
    Ok(found)
}

pub(super) fn named(node: &NamedOrBlankNode) -> Option<&NamedNode> {
    match node {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

pub(super) fn named_term(term: &Term) -> Option<&NamedNode> {
    match term {
        Term::NamedNode(node) => Some(node),
        _ => None,
    }
}

/// The words of a literal, the IRI of a node.
pub(super) fn text(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_owned(),
        Term::NamedNode(node) => node.as_str().to_owned(),
        other => other.to_string(),
    }
}
