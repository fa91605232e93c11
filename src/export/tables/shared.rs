//! What several articles speak of: entities with their links, and relations.

use std::collections::BTreeSet;

use oxrdf::{NamedNode, NamedNodeRef, Term};

use super::super::ExportError;
use super::super::claims::{named, named_term, objects};
use super::cell::{Cell, local, number, words};
use super::{Table, Tables};
use crate::graph::Store;
use crate::graph::vocabulary::{dcterms, owl, rdf, rp, skos};

/// How an entity stands to what it is linked to.
const MATCHES: [(NamedNodeRef<'static>, &str); 2] =
    [(owl::SAME_AS, "sameAs"), (skos::CLOSE_MATCH, "closeMatch")];

/// All entities that are the same in every article.
pub(super) fn all_entities(store: &Store) -> Result<BTreeSet<NamedNode>, ExportError> {
    let graph = store.iris().entity_graph();
    let graph = Some(graph.as_ref().into());
    let mut entities = BTreeSet::new();
    for quad in store.database().quads_for_pattern(None, Some(skos::PREF_LABEL), None, graph) {
        let quad = quad.map_err(|error| store.error(error))?;
        entities.extend(named(&quad.subject).cloned());
    }
    Ok(entities)
}

impl Tables<'_> {
    pub(super) fn shared(&mut self) -> Result<(), ExportError> {
        for entity in std::mem::take(&mut self.entities) {
            self.entity(&entity)?;
            for (property, name) in MATCHES {
                self.links(&entity, property, name)?;
            }
        }
        for relation in std::mem::take(&mut self.relations) {
            let label = self.labels.shared(&relation)?;
            self.push(Table::Relations, [Cell::from(&relation), label.into()])?;
        }
        Ok(())
    }

    fn entity(&mut self, entity: &NamedNode) -> Result<(), ExportError> {
        let graph = self.store.iris().entity_graph();
        let of = |property| objects(self.store, entity, property, &graph);
        let (classes, labels, others) =
            (of(rdf::TYPE)?, of(skos::PREF_LABEL)?, of(skos::ALT_LABEL)?);
        let cells = [
            entity.into(),
            Cell::Empty,
            classes.first().map_or(Cell::Empty, local),
            Cell::Empty,
            labels.first().map(words).into(),
            Cell::Empty,
        ];
        self.push(Table::Entities, cells)?;
        others.iter().try_for_each(|other| self.name(entity, None, "altLabel", words(other)))
    }

    fn links(
        &mut self,
        entity: &NamedNode,
        property: NamedNodeRef<'_>,
        name: &str,
    ) -> Result<(), ExportError> {
        let (iris, graph) = (self.store.iris(), self.store.iris().link_graph());
        for target in objects(self.store, entity, property, &graph)? {
            let Some(node) = named_term(&target) else { continue };
            let link = iris.link(entity, node);
            let first = |property: NamedNodeRef<'_>| -> Result<Option<Term>, ExportError> {
                Ok(objects(self.store, &link, property, &graph)?.into_iter().next())
            };
            let needed = |property: NamedNodeRef<'_>| {
                first(property)?.ok_or_else(|| ExportError::Incomplete {
                    node: link.clone(),
                    property: property.into_owned(),
                })
            };
            let cells = [
                Cell::from(&link),
                Cell::Empty,
                entity.into(),
                node.into(),
                number(&needed(rp::SCORE)?),
                words(&needed(rp::METHOD)?),
                first(dcterms::DATE)?.as_ref().map(words).into(),
                name.into(),
            ];
            self.push(Table::Links, cells)?;
        }
        Ok(())
    }
}
