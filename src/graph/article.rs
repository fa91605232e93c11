//! An article, what it speaks of and what it says, as quads of its named graph.

use std::collections::BTreeSet;

use oxrdf::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::iri::{self, Iris};
use super::vocabulary::{oa, rdf, rp, schema, skos, xsd};
use super::{attribution, claim, entity, when};
use crate::extract::Extraction;
use crate::resolve::statement::{Node, Value};
use crate::resolve::{EntityIndex, Relations, Resolution};
use crate::text::{ArticleId, CharOffsets, Document, Published, Span};

/// All that is said because of one article.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleGraph {
    /// The article.
    pub id: ArticleId,
    /// The quads of the article's own named graph.
    pub quads: Vec<Quad>,
    /// What its claims have in common with others': quads of the graph of
    /// propositions, the same whichever article they come from. They do not
    /// stand in the articles' graphs, since the database counts a triple of the
    /// union as often as there are graphs that it stands in.
    pub shared: Vec<Quad>,
}

/// Makes the graph of an article: a pure function of what was found in it.
/// `relations` are those that its statements were made with.
pub fn article_graph(
    iris: &Iris,
    relations: &Relations,
    document: &Document,
    extraction: &Extraction,
    resolution: &Resolution,
) -> ArticleGraph {
    let mut writer = ArticleWriter::new(iris, relations, document, extraction, resolution);
    writer.article();
    entity::write(&mut writer);
    claim::write(&mut writer);
    attribution::write(&mut writer);
    ArticleGraph { id: document.article.id.clone(), quads: writer.quads, shared: writer.shared }
}

/// Collects the quads of one article.
pub(super) struct ArticleWriter<'a> {
    pub(super) iris: &'a Iris,
    pub(super) relations: &'a Relations,
    pub(super) document: &'a Document,
    pub(super) extraction: &'a Extraction,
    pub(super) resolution: &'a Resolution,
    pub(super) article: NamedNode,
    shared: Vec<Quad>,
    quads: Vec<Quad>,
    offsets: CharOffsets,
    described: BTreeSet<NamedNode>,
}

impl<'a> ArticleWriter<'a> {
    fn new(
        iris: &'a Iris,
        relations: &'a Relations,
        document: &'a Document,
        extraction: &'a Extraction,
        resolution: &'a Resolution,
    ) -> Self {
        Self {
            iris,
            relations,
            document,
            extraction,
            resolution,
            article: iris.article(&document.article.id),
            shared: Vec::new(),
            quads: Vec::new(),
            offsets: CharOffsets::new(&document.article.text),
            described: BTreeSet::new(),
        }
    }

    /// Says something in the article's graph.
    pub(super) fn add(
        &mut self,
        subject: impl Into<NamedOrBlankNode>,
        predicate: NamedNodeRef<'_>,
        object: impl Into<Term>,
    ) {
        let graph = self.article.clone();
        self.quads.push(Quad::new(subject, predicate.into_owned(), object, graph));
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
        let graph = self.iris.proposition_graph();
        self.shared.push(Quad::new(subject.clone(), predicate, object, graph));
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

    /// What is known of the article as a whole.
    fn article(&mut self) {
        let (article, node) = (&self.document.article, self.article.clone());
        self.add(node.clone(), rdf::TYPE, schema::NEWS_ARTICLE);
        self.add_text(node.clone(), schema::IN_LANGUAGE, article.language.as_str());
        if let Some(title) = &article.title {
            self.add_text(node.clone(), schema::HEADLINE, title);
        }
        if let Some(byline) = &article.byline {
            self.add_text(node.clone(), schema::AUTHOR, byline);
        }
        if let Some(published) = article.published {
            self.add(node.clone(), schema::DATE_PUBLISHED, date(published));
        }
        if let Some(url) = &article.url {
            self.add(node.clone(), schema::URL, link_or_text(url));
        }
        self.add_text(node, rp::TEXT, article.text.as_str());
    }
}

fn date(published: Published) -> Literal {
    match published {
        Published::Moment(moment) => Literal::new_typed_literal(moment.to_string(), xsd::DATE_TIME),
        Published::Day(day) => Literal::new_typed_literal(day.to_string(), xsd::DATE),
    }
}

/// A URL as an IRI, or as the text it is where it is none.
fn link_or_text(url: &str) -> Term {
    NamedNode::new(url).map_or_else(|_| Literal::new_simple_literal(url).into(), Term::from)
}

/// Text as one line: runs of white space become one space.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
