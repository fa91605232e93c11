//! What nodes are called.

use std::collections::HashMap;

use oxrdf::NamedNode;

use super::super::ExportError;
use super::super::claims::{ArticleView, objects};
use crate::graph::Store;
use crate::graph::vocabulary::{rdfs, rel, skos};

/// So many labels are kept; then it begins anew.
const KEPT: usize = 100_000;

/// Looks labels up, and keeps those that several articles share.
pub(super) struct Labels<'a> {
    store: &'a Store,
    kept: HashMap<NamedNode, Option<String>>,
}

impl<'a> Labels<'a> {
    pub(super) fn new(store: &'a Store) -> Self {
        Self { store, kept: HashMap::new() }
    }

    /// The label of a node that an article speaks of.
    pub(super) fn of(
        &mut self,
        view: &ArticleView<'_>,
        node: &NamedNode,
    ) -> Result<Option<String>, ExportError> {
        if view.owns(node) {
            let label = view.objects(node, skos::PREF_LABEL).into_iter().next();
            return Ok(label.map(super::super::claims::text));
        }
        self.shared(node)
    }

    /// The label of a relation or an entity of all articles.
    pub(super) fn shared(&mut self, node: &NamedNode) -> Result<Option<String>, ExportError> {
        if let Some(label) = self.kept.get(node) {
            return Ok(label.clone());
        }
        if self.kept.len() >= KEPT {
            self.kept.clear();
        }
        let iris = self.store.iris();
        let found = if node.as_str().starts_with(rel::NAMESPACE) {
            objects(self.store, node, rdfs::LABEL, &iris.proposition_graph())?
        } else {
            objects(self.store, node, skos::PREF_LABEL, &iris.entity_graph())?
        };
        let label = found.first().map(super::super::claims::text);
        self.kept.insert(node.clone(), label.clone());
        Ok(label)
    }
}
