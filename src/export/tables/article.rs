//! The article itself, and what it speaks of.

use oxrdf::{NamedNode, NamedNodeRef, Term};

use super::super::ExportError;
use super::super::claims::{ArticleView, text};
use super::cell::{Cell, integer, local, number, words};
use super::{Table, Tables, first, needed};
use crate::graph::passage_iri;
use crate::graph::vocabulary::{dcterms, oa, rdf, rp, schema, skos};
use crate::text::{Article, CharOffsets};

/// What an article says of an entity of all articles, from which its label and its
/// class are chosen.
const OF_SHARED: [(NamedNodeRef<'static>, &str); 4] = [
    (schema::NAME, "name"),
    (schema::ALTERNATE_NAME, "alternateName"),
    (schema::ADDITIONAL_TYPE, "additionalType"),
    (schema::AFFILIATION, "affiliation"),
];

impl Tables<'_> {
    pub(super) fn describe(&mut self, view: &ArticleView<'_>) -> Result<(), ExportError> {
        let article = &view.article;
        let value = |property| Cell::from(first(view, article, property).map(words));
        let publisher = view.nodes(article, schema::PUBLISHER).first().copied();
        let [publisher, publisher_label] = self.named(view, publisher)?;
        let cells = [
            article.into(),
            value(schema::HEADLINE),
            value(schema::AUTHOR),
            publisher,
            publisher_label,
            value(schema::DATE_PUBLISHED),
            value(schema::URL),
            value(schema::IN_LANGUAGE),
            value(rp::TEXT),
        ];
        self.push(Table::Articles, cells)
    }

    /// The sentences of the stored text, if it is laid out as it was read.
    pub(super) fn sentences(&mut self, view: &ArticleView<'_>) -> Result<(), ExportError> {
        let Some(splitter) = &self.splitter else { return Ok(()) };
        let Some(stored) = first(view, &view.article, rp::TEXT).map(text) else { return Ok(()) };
        let mut article = Article::builder("article", &stored);
        if let Some(title) = first(view, &view.article, schema::HEADLINE) {
            article = article.title(text(title));
        }
        let mut article = article.build();
        if article.text != stored {
            article = Article::new("article", &stored);
        }
        let (sentences, offsets) = (splitter.split(&article), CharOffsets::new(&stored));
        for (number, sentence) in (1..).zip(sentences) {
            let span = offsets.span(sentence.span);
            let cells = [
                Cell::from(&passage_iri(&view.article, &span)),
                Cell::from(&view.article),
                Cell::Integer(number),
                sentence.block.as_str().into(),
                i64::from(span.start).into(),
                i64::from(span.end).into(),
                sentence.span.slice(&stored).into(),
            ];
            self.push(Table::Sentences, cells)?;
        }
        Ok(())
    }

    /// Entities and phrases of this article alone, and what it says of the others.
    pub(super) fn nodes(&mut self, view: &ArticleView<'_>) -> Result<(), ExportError> {
        for node in view.having(skos::PREF_LABEL) {
            let cells = [
                Cell::from(&node),
                Cell::from(&view.article),
                first(view, &node, rdf::TYPE).map_or(Cell::Empty, local),
                first(view, &node, schema::ADDITIONAL_TYPE).map_or(Cell::Empty, local),
                first(view, &node, skos::PREF_LABEL).map(words).into(),
                first(view, &node, schema::AFFILIATION).map(words).into(),
            ];
            self.push(Table::Entities, cells)?;
            for name in view.objects(&node, skos::ALT_LABEL) {
                self.name(&node, Some(&view.article), "altLabel", words(name))?;
            }
        }
        for node in view.having(schema::NAME) {
            for (property, name) in OF_SHARED {
                for value in view.objects(&node, property) {
                    let is_class = property == schema::ADDITIONAL_TYPE;
                    let value = if is_class { local(value) } else { words(value) };
                    self.name(&node, Some(&view.article), name, value)?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn name(
        &mut self,
        node: &NamedNode,
        article: Option<&NamedNode>,
        property: &str,
        name: Cell,
    ) -> Result<(), ExportError> {
        self.push(Table::Names, [node.into(), article.into(), property.into(), name])
    }

    pub(super) fn mentions(&mut self, view: &ArticleView<'_>) -> Result<(), ExportError> {
        for passage in view.having(rp::MENTIONS) {
            for entity in view.nodes(&passage, rp::MENTIONS) {
                let cells = [
                    Cell::from(&passage),
                    Cell::from(&view.article),
                    Cell::from(entity),
                    integer(needed(view, &passage, oa::START)?),
                    integer(needed(view, &passage, oa::END)?),
                    words(needed(view, &passage, oa::EXACT)?),
                ];
                self.push(Table::Mentions, cells)?;
            }
        }
        Ok(())
    }

    /// What an article gives for links.
    pub(super) fn links_of_article(&mut self, view: &ArticleView<'_>) -> Result<(), ExportError> {
        for link in view.having(rp::TARGET) {
            let day = first(view, &link, dcterms::DATE);
            let cells = [
                Cell::from(&link),
                Cell::from(&view.article),
                words(needed(view, &link, rp::ENTITY)?),
                words(needed(view, &link, rp::TARGET)?),
                number(needed(view, &link, rp::SCORE)?),
                words(needed(view, &link, rp::METHOD)?),
                day.map(words).into(),
                Cell::Empty,
            ];
            self.push(Table::Links, cells)?;
        }
        Ok(())
    }
}

/// Where a passage stands, and its words; nothing where there is none.
pub(super) fn passage(view: &ArticleView<'_>, passage: Option<&Term>) -> [Cell; 3] {
    let Some(Term::NamedNode(node)) = passage else {
        return [Cell::Empty, Cell::Empty, Cell::Empty];
    };
    let [start, end] =
        [oa::START, oa::END].map(|p| first(view, node, p).map_or(Cell::Empty, integer));
    [start, end, first(view, node, oa::EXACT).map(words).into()]
}
