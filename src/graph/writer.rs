//! Collects the quads of one article, for those who write a part of it each.

use std::collections::BTreeSet;

use oxrdf::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::iri::{self, Iris};
use super::quads::Quads;
use super::vocabulary::{oa, rdf, rp, skos, xsd};
use super::when;
use crate::extract::Extraction;
use crate::resolve::statement::{Node, Value};
use crate::resolve::{EntityIndex, Relations, Resolution};
use crate::text::{CharOffsets, Document, Span};

/// Collects the quads of one article.
pub(super) struct ArticleWriter<'a> {
    pub(super) iris: &'a Iris,
    pub(super) relations: &'a Relations,
    pub(super) document: &'a Document,
    pub(super) extraction: &'a Extraction,
    pub(super) resolution: &'a Resolution,
    pub(super) article: NamedNode,
    shared: Quads,
    quads: Quads,
    offsets: CharOffsets,
    described: BTreeSet<NamedNode>,
}

impl<'a> ArticleWriter<'a> {
    pub(super) fn new(
        iris: &'a Iris,
        relations: &'a Relations,
        document: &'a Document,
        extraction: &'a Extraction,
        resolution: &'a Resolution,
    ) -> Self {
        let article = iris.article(&document.article.id);
        Self {
            iris,
            relations,
            document,
            extraction,
            resolution,
            shared: Quads::new(iris.proposition_graph()),
            quads: Quads::new(article.clone()),
            article,
            offsets: CharOffsets::new(&document.article.text),
            described: BTreeSet::new(),
        }
    }

    /// The quads of the article's graph, and those of the graph of propositions.
    pub(super) fn finish(self) -> (Quads, Quads) {
        (self.quads.finished(), self.shared.finished())
    }

    /// Says something in the article's graph.
    pub(super) fn add(
        &mut self,
        subject: impl Into<NamedOrBlankNode>,
        predicate: NamedNodeRef<'_>,
        object: impl Into<Term>,
    ) {
        self.quads.push(subject, predicate, object);
    }

    /// Says something with a plain string for its object.
    pub(super) fn add_text(
        &mut self,
        subject: impl Into<NamedOrBlankNode>,
        predicate: NamedNodeRef<'_>,
        text: impl Into<String>,
    ) {
        self.add(subject, predicate, Literal::new_simple_literal(text));
    }

    /// Whether a node is spoken of for the first time; it is not the second time.
    pub(super) fn is_new(&mut self, node: &NamedNode) -> bool {
        self.described.insert(node.clone())
    }

    /// The passage under a span, described where it is new.
    pub(super) fn passage(&mut self, span: Span) -> NamedNode {
        let characters = self.offsets.span(span);
        let node = iri::passage(&self.article, &characters);
        if self.is_new(&node) {
            self.add(node.clone(), rdf::TYPE, oa::TEXT_POSITION_SELECTOR);
            self.add(node.clone(), oa::START, Literal::from(i64::from(characters.start)));
            self.add(node.clone(), oa::END, Literal::from(i64::from(characters.end)));
            self.add_text(node.clone(), oa::EXACT, self.document.slice(span));
        }
        node
    }

    /// Says something in the graph of propositions.
    pub(super) fn share(&mut self, subject: &NamedNode, predicate: NamedNode, object: Term) {
        self.shared.push(subject.clone(), predicate, object);
    }

    /// A value as an object.
    pub(super) fn term(&mut self, value: &Value) -> Term {
        match value {
            Value::Node(node) => self.node(*node).into(),
            Value::Text(words) => Literal::new_simple_literal(words).into(),
            Value::Integer(digits) => Literal::new_typed_literal(digits, xsd::INTEGER).into(),
            Value::Time(time) => when::literal(time).into(),
            Value::Decimal(digits) => Literal::new_typed_literal(digits, xsd::DECIMAL).into(),
        }
    }

    /// The node of something of which something can be said.
    pub(super) fn node(&mut self, node: Node) -> NamedNode {
        match node {
            Node::Entity(index) => self.entity(index),
            Node::Phrase(span) => self.phrase(span),
        }
    }

    /// What stands for a phrase that is no entity, described where it is new.
    fn phrase(&mut self, span: Span) -> NamedNode {
        let node = iri::phrase(&self.article, &self.offsets.span(span));
        if self.is_new(&node) {
            let label = self.document.one_line(span);
            self.add(node.clone(), rdf::TYPE, rp::PHRASE);
            self.add_text(node.clone(), skos::PREF_LABEL, label);
        }
        node
    }

    /// The node of an entity.
    pub(super) fn entity(&self, index: EntityIndex) -> NamedNode {
        let entity = self.resolution.entity(index).expect("an index of this resolution");
        self.iris.entity(&self.article, &entity.key)
    }
}
