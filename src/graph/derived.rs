//! What follows from the graphs of articles: labels of entities, links, which
//! propositions there are, and where they come from. What follows from the articles of
//! one story stands in `story.rs`.
//!
//! All of it is a function of the set of stored articles: of their votes (`vote.rs`). Here
//! these are counted, and the store is brought up to date.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{
    GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term,
};

use super::agreement::{self, Agreement};
use super::lookup::{Loaded, Lookup, said_with};
use super::vocabulary::{rdf, rp, schema};
use super::vote::{self, Evidence, Links, Vote, Votes, description, follows, is_entity};
use super::{Iris, QuadView};

/// Nodes whose description may have changed.
#[derive(Default)]
pub(super) struct Touched {
    /// Entities of articles that are written or taken out.
    entities: BTreeSet<NamedNode>,
    /// Propositions and relations of articles that are taken out.
    shared: BTreeMap<NamedNode, NamedNodeRef<'static>>,
    claims: Agreement,
}

impl Touched {
    /// Notes the entities that quads of an article speak of.
    pub(super) fn note<'q>(
        &mut self,
        iris: &Iris,
        quads: impl IntoIterator<Item: Into<QuadView<'q>>>,
    ) {
        let entities = iris.entities();
        for quad in quads.into_iter().map(Into::into) {
            if *quad.predicate == schema::NAME
                && let NamedOrBlankNode::NamedNode(subject) = quad.subject
                && subject.as_str().starts_with(&entities)
            {
                self.entities.insert(subject.clone());
            }
            self.claims.note(quad);
        }
    }

    /// Notes an entity or a proposition.
    pub(super) fn note_node(&mut self, iris: &Iris, node: NamedNode) {
        if is_entity(iris, &node) {
            self.entities.insert(node);
        } else {
            self.claims.note_proposition(node);
        }
    }

    /// What follows from quads that are about to be stored. Where it depends on
    /// what is stored already, a mark that it is to be worked out.
    pub(super) fn of_loaded<'q>(
        &self,
        store: &oxigraph::store::Store,
        iris: &Iris,
        quads: impl Iterator<Item = QuadView<'q>>,
    ) -> Result<Vec<Quad>, StorageError> {
        let loaded = Loaded::new(quads);
        let is_stored = |node: &NamedNode, graph: &NamedNode| {
            let (node, graph) = (Some(node.as_ref().into()), Some(graph.as_ref().into()));
            store.quads_for_pattern(node, None, None, graph).next().transpose().map(|q| q.is_some())
        };
        let mut all = Vec::new();
        let (entities, propositions) = (iris.entity_graph(), iris.proposition_graph());
        for entity in &self.entities {
            if is_stored(entity, &entities)? {
                all.push(pending(iris, entity));
            } else {
                all.extend(follows(iris, entity, &entity_votes(&loaded, iris, entity)?));
            }
        }
        for proposition in self.claims.propositions() {
            if is_stored(proposition, &propositions)? {
                all.push(pending(iris, proposition));
            } else {
                all.extend(follows(iris, proposition, &agreement::votes(&loaded, proposition)?));
            }
        }
        Ok(all)
    }

    /// Notes what a stored article speaks of that is to be taken out.
    pub(super) fn note_stored(
        &mut self,
        transaction: &Transaction<'_>,
        iris: &Iris,
        article: &NamedNode,
    ) -> Result<(), StorageError> {
        self.note(iris, &stated(transaction, article, schema::NAME)?);
        for quad in stated(transaction, article, rdf::PREDICATE)? {
            self.note_shared(quad.object, rdf::PREDICATE);
        }
        let expressed = stated(transaction, article, rp::EXPRESSES)?;
        for quad in expressed {
            self.claims.note((&quad).into());
            if let Term::NamedNode(proposition) = &quad.object {
                for relation in transaction.objects(proposition, rp::RELATION)? {
                    self.note_shared(relation, rdf::PREDICATE);
                }
            }
            self.note_shared(quad.object, rp::EXPRESSES);
        }
        Ok(())
    }

    fn note_shared(&mut self, node: Term, kept_by: NamedNodeRef<'static>) {
        if let Term::NamedNode(node) = node {
            self.shared.insert(node, kept_by);
        }
    }

    /// Brings everything noted up to date.
    pub(super) fn refresh(
        self,
        transaction: &mut Transaction<'_>,
        iris: &Iris,
    ) -> Result<(), StorageError> {
        for entity in &self.entities {
            let votes = entity_votes(transaction, iris, entity)?;
            let said = description(iris, entity, &votes);
            replace(transaction, entity, &iris.entity_graph(), said)?;
            refresh_links(transaction, iris, entity, &votes)?;
        }
        let graph = iris.proposition_graph();
        // Propositions go first: they too keep relations.
        for kept_by in [rp::EXPRESSES, rdf::PREDICATE] {
            for (node, _) in self.shared.iter().filter(|&(_, &predicate)| predicate == kept_by) {
                let used = |by: NamedNodeRef<'_>| {
                    let object = Some(node.as_ref().into());
                    let mut users = transaction.quads_for_pattern(None, Some(by), object, None);
                    users.next().transpose().map(|user| user.is_some())
                };
                if !used(kept_by)? && !used(rp::RELATION)? {
                    remove_about(transaction, &node.clone().into(), &graph)?;
                }
            }
        }
        self.claims.refresh(transaction, iris)
    }
}

/// What an article states with a predicate.
fn stated(
    transaction: &Transaction<'_>,
    article: &NamedNode,
    predicate: NamedNodeRef<'_>,
) -> Result<Vec<Quad>, StorageError> {
    let graph = Some(GraphNameRef::from(article.as_ref()));
    transaction.quads_for_pattern(None, Some(predicate), None, graph).collect()
}

/// What the articles say of an entity.
fn entity_votes(
    quads: &impl Lookup,
    iris: &Iris,
    entity: &NamedNode,
) -> Result<Votes, StorageError> {
    let mut votes = Votes::new();
    for predicate in [schema::NAME, schema::ALTERNATE_NAME, schema::ADDITIONAL_TYPE] {
        for (value, count) in quads.counted(entity, predicate)? {
            if let Some(vote) = vote::of(predicate, &value) {
                *votes.entry(vote).or_default() += count;
            }
        }
    }
    let derived = GraphName::from(iris.link_graph());
    for quad in quads.said_with(rp::ENTITY, entity)? {
        let NamedOrBlankNode::NamedNode(node) = quad.subject else { continue };
        if quad.graph_name == derived {
            continue;
        }
        if let Some(evidence) = Evidence::of(&quads.said_of(&node, None)?) {
            *votes.entry(Vote::Link(evidence)).or_default() += 1;
        }
    }
    Ok(votes)
}

fn refresh_links(
    transaction: &mut Transaction<'_>,
    iris: &Iris,
    entity: &NamedNode,
    votes: &Votes,
) -> Result<(), StorageError> {
    let graph = iris.link_graph();
    let Links { entity: about_entity, mut links } = Links::of(iris, entity, votes);
    replace(transaction, entity, &graph, about_entity)?;
    for quad in said_with(transaction, rp::ENTITY, entity, Some(&graph))? {
        if let NamedOrBlankNode::NamedNode(stored) = quad.subject {
            links.entry(stored).or_default();
        }
    }
    links.into_iter().try_for_each(|(link, wanted)| replace(transaction, &link, &graph, wanted))
}

/// Removes all that a graph says of a node.
pub(super) fn remove_about(
    transaction: &mut Transaction<'_>,
    subject: &NamedOrBlankNode,
    graph: &NamedNode,
) -> Result<(), StorageError> {
    let graph = Some(GraphNameRef::from(graph.as_ref()));
    let said: Vec<Quad> = transaction
        .quads_for_pattern(Some(subject.as_ref()), None, None, graph)
        .collect::<Result<_, _>>()?;
    for quad in &said {
        transaction.remove(quad);
    }
    Ok(())
}

/// Makes a graph say exactly this of a node.
fn replace(
    transaction: &mut Transaction<'_>,
    subject: &NamedNode,
    graph: &NamedNode,
    wanted: Vec<Quad>,
) -> Result<(), StorageError> {
    let subject = Some(subject.as_ref().into());
    let stored: Vec<Quad> = transaction
        .quads_for_pattern(subject, None, None, Some(graph.as_ref().into()))
        .collect::<Result<_, _>>()?;
    stored.iter().filter(|q| !wanted.contains(q)).for_each(|quad| transaction.remove(quad));
    wanted.iter().filter(|q| !stored.contains(q)).for_each(|quad| transaction.insert(quad));
    Ok(())
}

/// The mark of an entity or a proposition about which something is still to be
/// worked out.
fn pending(iris: &Iris, node: &NamedNode) -> Quad {
    Quad::new(node.clone(), rp::PENDING, Literal::from(true), iris.build_graph())
}
