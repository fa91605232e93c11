//! What people decided about entities, in a store: the graph of decisions, and which
//! articles are still to be understood again because of it.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{GraphName, Literal, NamedOrBlankNode, Quad, Triple};

use super::decision::{read, subject, triples};
use super::vocabulary::{prov, rp, schema};
use super::{Store, StoreError};
use crate::resolve::{DecisionId, Decisions, EntityNode};
use crate::text::ArticleId;

impl Store {
    /// What people decided about the entities of this store.
    ///
    /// # Errors
    /// Where the database cannot be read, or somebody changed the graph of decisions
    /// into something else.
    pub fn decisions(&self) -> Result<Decisions, StoreError> {
        let mut nodes: BTreeMap<String, Vec<Triple>> = BTreeMap::new();
        for triple in self.decision_triples()? {
            let node = subject(&triple).map_or_else(String::new, |node| node.as_str().to_owned());
            nodes.entry(node).or_default().push(triple);
        }
        let broken = |what: String| StoreError::Decisions { path: self.path().to_path_buf(), what };
        let read = nodes.into_iter().map(|(node, triples)| {
            read(self.iris(), &triples).map_err(|what| broken(format!("{node}: {what}")))
        });
        let all = read.collect::<Result<Vec<_>, _>>()?;
        Decisions::new(all).map_err(|error| broken(error.to_string()))
    }

    fn decision_triples(&self) -> Result<Vec<Triple>, StoreError> {
        let graph = self.iris().decision_graph();
        let graph = Some(graph.as_ref().into());
        let quads = self.database().quads_for_pattern(None, None, None, graph);
        quads.map(|quad| Ok(Triple::from(quad.map_err(|e| self.error(e))?))).collect()
    }

    /// Makes these the decisions of the store, and marks articles to be understood again
    /// ([`Store::stale`]): all or nothing.
    ///
    /// # Errors
    /// Where the database refuses it.
    pub fn decide(
        &self,
        decisions: &Decisions,
        touched: &BTreeSet<ArticleId>,
    ) -> Result<(), StoreError> {
        let graph = self.iris().decision_graph();
        let wanted: Vec<Quad> = decisions
            .iter()
            .flat_map(|(_, decision)| triples(self.iris(), decision))
            .map(|triple| triple.in_graph(graph.clone()))
            .collect();
        let stored = self.decision_triples()?;
        let mut transaction = self.database().start_transaction().map_err(|e| self.error(e))?;
        for triple in stored {
            transaction.remove(&triple.in_graph(graph.clone()));
        }
        transaction.extend(&wanted);
        transaction.extend(&touched.iter().map(|id| self.stale_quad(id)).collect::<Vec<_>>());
        transaction.commit().map_err(|e| self.error(e))
    }

    /// Articles that were touched by decisions and not understood again yet.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn stale(&self) -> Result<BTreeSet<ArticleId>, StoreError> {
        let graph = self.iris().build_graph();
        let graph = Some(graph.as_ref().into());
        let quads = self.database().quads_for_pattern(None, Some(rp::STALE), None, graph);
        self.article_ids(quads.map(|quad| Ok(quad?.subject)))
    }

    pub(super) fn stale_quad(&self, article: &ArticleId) -> Quad {
        let graph = self.iris().build_graph();
        Quad::new(self.iris().article(article), rp::STALE, Literal::from(true), graph)
    }

    /// The articles that speak of an entity.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn articles_with(&self, node: &EntityNode) -> Result<BTreeSet<ArticleId>, StoreError> {
        let entity = self.iris().entity_node(node);
        let named = match node {
            EntityNode::Local(article, _) => {
                let known = self.database().quads_for_pattern(
                    Some(entity.as_ref().into()),
                    None,
                    None,
                    Some(self.iris().article(article).as_ref().into()),
                );
                let is_known = known.take(1).count() > 0;
                return Ok(is_known.then(|| article.clone()).into_iter().collect());
            }
            EntityNode::Global(_) => schema::NAME,
        };
        let quads = self.database().quads_for_pattern(
            Some(entity.as_ref().into()),
            Some(named),
            None,
            None,
        );
        self.article_ids(quads.map(|quad| Ok(graph_of(quad?))))
    }

    /// The articles that a decision made a difference to.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn articles_decided(
        &self,
        decision: &DecisionId,
    ) -> Result<BTreeSet<ArticleId>, StoreError> {
        let decision = self.iris().decision(decision);
        let influenced = Some(prov::WAS_INFLUENCED_BY);
        let object = Some(decision.as_ref().into());
        let quads = self.database().quads_for_pattern(None, influenced, object, None);
        self.article_ids(quads.map(|quad| Ok(graph_of(quad?))))
    }

    fn article_ids(
        &self,
        nodes: impl Iterator<Item = Result<NamedOrBlankNode, oxigraph::store::StorageError>>,
    ) -> Result<BTreeSet<ArticleId>, StoreError> {
        let mut articles = BTreeSet::new();
        for node in nodes {
            if let NamedOrBlankNode::NamedNode(node) = node.map_err(|e| self.error(e))? {
                articles.extend(self.iris().article_of(node.as_str()));
            }
        }
        Ok(articles)
    }
}

/// The graph of a quad, as a node; the default graph is none of ours.
fn graph_of(quad: Quad) -> NamedOrBlankNode {
    match quad.graph_name {
        GraphName::NamedNode(node) => node.into(),
        GraphName::BlankNode(node) => node.into(),
        GraphName::DefaultGraph => quad.subject,
    }
}
