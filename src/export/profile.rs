//! How much of each graph is written, and of which articles.
//!
//! Each profile is a good graph by itself: what it speaks of has its labels, and
//! it satisfies the shapes.

use std::collections::HashSet;

use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};

use super::Profile;
use crate::graph::vocabulary::{rdf, rel, rp, schema, skos};
use crate::graph::{Iris, with_derived};

/// What is told of an article.
pub(super) const OF_ARTICLES: [NamedNodeRef<'static>; 7] = [
    rdf::TYPE,
    schema::HEADLINE,
    schema::PUBLISHER,
    schema::AUTHOR,
    schema::DATE_PUBLISHED,
    schema::URL,
    schema::IN_LANGUAGE,
];
/// What is told of an entity or a phrase in the graph of its article.
const OF_NODES: [NamedNodeRef<'static>; 4] =
    [rdf::TYPE, skos::PREF_LABEL, skos::ALT_LABEL, schema::AFFILIATION];
/// What the full graph alone tells.
const OF_FULL: [NamedNodeRef<'static>; 11] = [
    rp::TEXT,
    rp::MENTIONS,
    rp::SUBJECT_EVIDENCE,
    rp::RELATION_EVIDENCE,
    rp::OBJECT_EVIDENCE,
    rp::WHEN_EVIDENCE,
    rp::RULE,
    rp::CUE_LEMMA,
    schema::NAME,
    schema::ALTERNATE_NAME,
    schema::ADDITIONAL_TYPE,
];

impl Profile {
    /// What it has of an article's graph, as that is stored.
    pub(super) fn of_article(self, article: &NamedNode, triples: Vec<Triple>) -> Vec<Triple> {
        match self {
            Self::Full => with_derived(article, triples),
            Self::Claims => with_derived(article, claims(article, triples)),
            Self::Facts => facts(article, triples),
        }
    }

    /// What it has of a graph that articles share.
    pub(super) fn of_shared(
        self,
        iris: &Iris,
        graph: &NamedNode,
        triples: Vec<Triple>,
    ) -> Vec<Triple> {
        if self != Self::Facts {
            return triples;
        }
        if *graph == iris.proposition_graph() {
            return retained(triples, |triple| is_relation(&triple.subject));
        }
        if graph.as_str().starts_with(&iris.stories()) {
            return retained(triples, |triple| {
                triple.subject == NamedOrBlankNode::from(graph.clone())
                    || triple.predicate == rp::NEAR_COPY_OF
            });
        }
        triples
    }
}

fn retained(mut triples: Vec<Triple>, is_kept: impl Fn(&Triple) -> bool) -> Vec<Triple> {
    triples.retain(is_kept);
    triples
}

/// The claims and attributions of an article with what they quote.
fn claims(article: &NamedNode, triples: Vec<Triple>) -> Vec<Triple> {
    retained(triples, |triple| {
        !OF_FULL.iter().any(|&p| triple.predicate == p) && !is_below(triple, article, "/link/")
    })
}

/// The asserted triples of an article, and what is told of what they speak of.
fn facts(article: &NamedNode, triples: Vec<Triple>) -> Vec<Triple> {
    let is_fact = |triple: &Triple| {
        triple.predicate.as_str().starts_with(rel::NAMESPACE)
            && !is_below(triple, article, "/claim/")
    };
    let is_article = |triple: &Triple| triple.subject == NamedOrBlankNode::from(article.clone());
    let mut spoken_of: HashSet<String> = HashSet::new();
    for triple in &triples {
        if is_fact(triple) || is_article(triple) && triple.predicate == schema::PUBLISHER {
            spoken_of.extend([triple.subject.to_string(), triple.object.to_string()]);
        }
    }
    // Whom an unnamed source belongs to has a name, too.
    for triple in triples.iter().filter(|t| t.predicate == schema::AFFILIATION) {
        if spoken_of.contains(&triple.subject.to_string()) {
            spoken_of.insert(triple.object.to_string());
        }
    }
    retained(triples, |triple| {
        let has =
            |properties: &[NamedNodeRef<'_>]| properties.iter().any(|&p| triple.predicate == p);
        is_fact(triple)
            || is_article(triple) && has(&OF_ARTICLES)
            || has(&OF_NODES)
                && spoken_of.contains(&triple.subject.to_string())
                && !is_article(triple)
    })
}

/// Whether the subject of a triple is named below an article, so.
fn is_below(triple: &Triple, article: &NamedNode, path: &str) -> bool {
    match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => {
            node.as_str().strip_prefix(article.as_str()).is_some_and(|rest| rest.starts_with(path))
        }
        NamedOrBlankNode::BlankNode(_) => false,
    }
}

fn is_relation(node: &NamedOrBlankNode) -> bool {
    matches!(node, NamedOrBlankNode::NamedNode(node) if node.as_str().starts_with(rel::NAMESPACE))
}

/// The nodes that some graphs speak of, so that what others say of them can be
/// told from the rest.
#[derive(Default)]
pub(super) struct Spoken {
    nodes: HashSet<NamedNode>,
}

impl Spoken {
    /// Notes all that triples speak of, relations among it.
    pub(super) fn note(&mut self, triples: &[Triple]) {
        for triple in triples {
            if let NamedOrBlankNode::NamedNode(node) = &triple.subject {
                self.nodes.insert(node.clone());
            }
            self.nodes.insert(triple.predicate.clone());
            if let Term::NamedNode(node) = &triple.object {
                self.nodes.insert(node.clone());
            }
        }
    }

    /// Notes what triples of a shared graph say of what was noted: the parts of
    /// propositions, their origins, and the links of entities.
    pub(super) fn follow(&mut self, triples: &[Triple]) {
        for triple in triples {
            match (&triple.subject, &triple.object) {
                (NamedOrBlankNode::NamedNode(link), Term::NamedNode(entity))
                    if triple.predicate == rp::ENTITY && self.nodes.contains(entity) =>
                {
                    self.nodes.insert(link.clone());
                }
                (NamedOrBlankNode::NamedNode(node), Term::NamedNode(part))
                    if !is_between_articles(triple) && self.nodes.contains(node) =>
                {
                    self.nodes.insert(part.clone());
                }
                _ => {}
            }
        }
    }

    /// Whether a triple of a shared graph is about what was noted.
    pub(super) fn has(&self, triple: &Triple) -> bool {
        let is_noted = |node: &NamedNode| self.nodes.contains(node);
        let of_subject = match &triple.subject {
            NamedOrBlankNode::NamedNode(node) => is_noted(node),
            NamedOrBlankNode::BlankNode(_) => false,
        };
        let other_claim = match &triple.object {
            Term::NamedNode(node) if is_between_articles(triple) => !is_noted(node),
            _ => false,
        };
        of_subject && !other_claim
    }
}

/// Whether a triple says how something of one article stands to that of another.
fn is_between_articles(triple: &Triple) -> bool {
    [rp::CONTRADICTS, rp::UPDATES, rp::SUPERSEDES, rp::NEAR_COPY_OF]
        .iter()
        .any(|&property| triple.predicate == property)
}
