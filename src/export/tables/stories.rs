//! Stories: their articles, what several of them say, and where they differ.

use std::collections::BTreeMap;

use oxrdf::{GraphName, NamedNode, NamedNodeRef, Term, Triple};

use super::super::claims::{named, named_term};
use super::super::store::Source;
use super::super::{ExportError, Format, Options};
use super::cell::{Cell, integer, number, words};
use super::{Table, TableOptions, Tables};
use crate::graph::vocabulary::{rp, schema, skos};

/// How claims of two articles stand to each other.
const DIFFERENCES: [(NamedNodeRef<'static>, &str); 3] =
    [(rp::CONTRADICTS, "contradicts"), (rp::UPDATES, "updates"), (rp::SUPERSEDES, "supersedes")];

/// The graph of a story: what it says of each node.
struct StoryGraph {
    story: NamedNode,
    by_subject: BTreeMap<NamedNode, Vec<(NamedNode, Term)>>,
}

impl StoryGraph {
    fn new(story: NamedNode, triples: Vec<Triple>) -> Self {
        let mut by_subject: BTreeMap<NamedNode, Vec<(NamedNode, Term)>> = BTreeMap::new();
        for Triple { subject, predicate, object } in triples {
            if let Some(subject) = named(&subject) {
                by_subject.entry(subject.clone()).or_default().push((predicate, object));
            }
        }
        for said in by_subject.values_mut() {
            said.sort_by_cached_key(|(predicate, object)| format!("{predicate} {object}"));
        }
        Self { story, by_subject }
    }

    /// The values of a property of a node.
    fn of(&self, node: &NamedNode, property: NamedNodeRef<'_>) -> impl Iterator<Item = &Term> {
        let said = self.by_subject.get(node).into_iter().flatten();
        said.filter(move |(predicate, _)| *predicate == property).map(|(_, object)| object)
    }

    fn first(&self, node: &NamedNode, property: NamedNodeRef<'_>) -> Option<&Term> {
        self.of(node, property).next()
    }

    fn needed(&self, node: &NamedNode, property: NamedNodeRef<'_>) -> Result<&Term, ExportError> {
        self.first(node, property).ok_or_else(|| ExportError::Incomplete {
            node: node.clone(),
            property: property.into_owned(),
        })
    }
}

impl Tables<'_> {
    pub(super) fn stories(&mut self, options: &TableOptions) -> Result<(), ExportError> {
        let TableOptions { profile, articles, .. } = options.clone();
        let options = Options { profile, articles, ..Options::of(Format::NQuads) };
        let (store, stories) = (self.store, self.store.iris().stories());
        let source = Source::new(store, &options)?;
        for name in source.names() {
            if let GraphName::NamedNode(node) = name
                && node.as_str().starts_with(&stories)
            {
                self.story(&StoryGraph::new(node.clone(), source.graph(name)?))?;
            }
        }
        Ok(())
    }

    fn story(&mut self, graph: &StoryGraph) -> Result<(), ExportError> {
        for node in graph.by_subject.keys() {
            if *node == graph.story {
                self.story_itself(graph)?;
            } else if graph.first(node, rp::STORY).is_some() {
                self.shared_claim(graph, node)?;
            }
            self.differences(graph, node)?;
        }
        Ok(())
    }

    fn story_itself(&mut self, graph: &StoryGraph) -> Result<(), ExportError> {
        let story = &graph.story;
        let cells = [
            Cell::from(story),
            graph.first(story, skos::PREF_LABEL).map(words).into(),
            graph.first(story, schema::TEMPORAL_COVERAGE).map(words).into(),
            integer(graph.needed(story, rp::ARTICLES)?),
        ];
        self.push(Table::Stories, cells)?;
        for article in graph.of(story, schema::HAS_PART).filter_map(named_term) {
            let copied = graph.first(article, rp::NEAR_COPY_OF).map(words);
            self.push(Table::StoryArticles, [story.into(), article.into(), copied.into()])?;
        }
        for entity in graph.of(story, schema::ABOUT).filter_map(named_term) {
            let label = self.labels.shared(entity)?;
            self.push(Table::StoryEntities, [story.into(), entity.into(), label.into()])?;
        }
        Ok(())
    }

    fn shared_claim(&mut self, graph: &StoryGraph, node: &NamedNode) -> Result<(), ExportError> {
        let cells = [
            Cell::from(node),
            Cell::from(&graph.story),
            graph.first(node, skos::PREF_LABEL).map(words).into(),
            integer(graph.needed(node, rp::ARTICLES)?),
            number(graph.needed(node, rp::SCORE)?),
            graph.first(node, rp::IN_COMMON).map(words).into(),
        ];
        self.push(Table::SharedClaims, cells)?;
        for claim in graph.of(node, schema::APPEARANCE) {
            self.push(Table::Appearances, [node.into(), words(claim)])?;
        }
        let origins: Vec<Term> = graph.of(node, rp::ORIGIN).cloned().collect();
        self.origins(node, &origins)
    }

    fn differences(&mut self, graph: &StoryGraph, node: &NamedNode) -> Result<(), ExportError> {
        for (property, kind) in DIFFERENCES {
            for other in graph.of(node, property) {
                let cells = [node.into(), kind.into(), words(other), Cell::from(&graph.story)];
                self.push(Table::Differences, cells)?;
            }
        }
        Ok(())
    }
}
