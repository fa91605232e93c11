//! What follows from the graphs of articles: labels of entities, links, which
//! propositions there are, and where they come from. What follows from the articles of
//! one story stands in `story.rs`.
//!
//! All of it is a function of the set of stored articles.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{
    GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term,
};

use super::Iris;
use super::agreement::{self, Agreement};
use super::lookup::{Loaded, Lookup, said_with};
use super::vocabulary::{dcterms, owl, rdf, rp, schema, skos};

/// Links at or above this score say that the two are the same. The database
/// keeps decimals without needless zeros, so that the words of scores from 0 to
/// 1 sort as the scores do.
const SAME_AS: &str = "0.8";

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
    pub(super) fn note(&mut self, iris: &Iris, quads: &[Quad]) {
        let entities = iris.entities();
        for quad in quads.iter().filter(|quad| quad.predicate == schema::NAME) {
            if let NamedOrBlankNode::NamedNode(subject) = &quad.subject
                && subject.as_str().starts_with(&entities)
            {
                self.entities.insert(subject.clone());
            }
        }
        self.claims.note(quads);
    }

    /// Notes an entity or a proposition.
    pub(super) fn note_node(&mut self, iris: &Iris, node: NamedNode) {
        if node.as_str().starts_with(&iris.entities()) {
            self.entities.insert(node);
        } else {
            self.claims.note_proposition(node);
        }
    }

    /// What follows from quads that are about to be stored. Where it depends on
    /// what is stored already, a mark that it is to be worked out.
    pub(super) fn of_loaded(
        &self,
        store: &oxigraph::store::Store,
        iris: &Iris,
        quads: &[Quad],
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
                all.extend(description(&loaded, iris, entity)?);
                let links = Links::of(&loaded, iris, entity)?;
                all.extend(links.entity.into_iter().chain(links.links.into_values().flatten()));
            }
        }
        for proposition in self.claims.propositions() {
            if is_stored(proposition, &propositions)? {
                all.push(pending(iris, proposition));
            } else {
                let claims = agreement::claims(&loaded, proposition)?;
                all.extend(agreement::origins(&loaded, proposition, &claims, &propositions)?);
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
        self.claims.note(&expressed);
        for quad in expressed {
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
            let said = description(transaction, iris, entity)?;
            replace(transaction, entity, &iris.entity_graph(), said)?;
            refresh_links(transaction, iris, entity)?;
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
        self.claims.refresh(transaction, &graph)
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

/// The name that most articles have for an entity is its label; among equals
/// the longest, then the first in the alphabet. All its other names are
/// alternative labels. Its type is the one that most articles have for it.
fn description(
    quads: &impl Lookup,
    iris: &Iris,
    entity: &NamedNode,
) -> Result<Vec<Quad>, StorageError> {
    let names = count(texts(quads, entity, schema::NAME)?);
    let label = most(&names, |name| name.chars().count());
    let mut other: BTreeSet<&String> = names.keys().collect();
    let alternative = texts(quads, entity, schema::ALTERNATE_NAME)?;
    other.extend(&alternative);
    let classes = quads.objects(entity, schema::ADDITIONAL_TYPE)?;
    let classes = count(classes.into_iter().filter_map(|class| match class {
        Term::NamedNode(class) => Some(class),
        _ => None,
    }));
    let say = |predicate: NamedNodeRef<'_>, object: Term| {
        Quad::new(entity.clone(), predicate.into_owned(), object, iris.entity_graph())
    };
    let text = |name: &String| Term::from(Literal::new_simple_literal(name));
    let mut wanted: Vec<Quad> =
        label.into_iter().map(|name| say(skos::PREF_LABEL, text(name))).collect();
    let others = other.into_iter().filter(|&name| Some(name) != label);
    wanted.extend(others.map(|name| say(skos::ALT_LABEL, text(name))));
    wanted.extend(most(&classes, |_| 0).map(|class| say(rdf::TYPE, class.clone().into())));
    Ok(wanted)
}

fn count<T: Ord>(votes: impl IntoIterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for vote in votes {
        *counts.entry(vote).or_default() += 1;
    }
    counts
}

/// What has the most votes; among equals what has the most weight, then the first.
fn most<T: Ord>(votes: &BTreeMap<T, usize>, weight: impl Fn(&T) -> usize) -> Option<&T> {
    votes.iter().rev().max_by_key(|&(vote, n)| (n, weight(vote))).map(|(vote, _)| vote)
}

/// What the articles have for one link.
struct Evidence {
    score: Literal,
    method: Literal,
    /// The day when the id was checked.
    date: Option<Term>,
}

/// What the graph of links says because of one entity.
struct Links {
    /// Of the entity.
    entity: Vec<Quad>,
    /// Of each of its links.
    links: BTreeMap<NamedNode, Vec<Quad>>,
}

impl Links {
    /// A link is as good as the best of what the articles have for it.
    fn of(quads: &impl Lookup, iris: &Iris, entity: &NamedNode) -> Result<Self, StorageError> {
        let graph = iris.link_graph();
        let mut this = Self { entity: Vec::new(), links: BTreeMap::new() };
        for (target, evidence) in best_evidence(quads, iris, entity)? {
            let link = iris.link(entity, &target);
            let is_same = evidence.score.value() >= SAME_AS;
            let same = if is_same { owl::SAME_AS } else { skos::CLOSE_MATCH };
            this.entity.push(Quad::new(entity.clone(), same, target.clone(), graph.clone()));
            let quad =
                |predicate, object: Term| Quad::new(link.clone(), predicate, object, graph.clone());
            let mut about_link = vec![
                quad(rdf::TYPE.into_owned(), rp::LINK.into()),
                quad(rp::ENTITY.into_owned(), entity.clone().into()),
                quad(rp::TARGET.into_owned(), target.into()),
                quad(rp::SCORE.into_owned(), evidence.score.into()),
                quad(rp::METHOD.into_owned(), evidence.method.into()),
            ];
            about_link.extend(evidence.date.map(|day| quad(dcterms::DATE.into_owned(), day)));
            this.links.insert(link, about_link);
        }
        Ok(this)
    }
}

fn refresh_links(
    transaction: &mut Transaction<'_>,
    iris: &Iris,
    entity: &NamedNode,
) -> Result<(), StorageError> {
    let graph = iris.link_graph();
    let Links { entity: about_entity, mut links } = Links::of(transaction, iris, entity)?;
    replace(transaction, entity, &graph, about_entity)?;
    for quad in said_with(transaction, rp::ENTITY, entity, Some(&graph))? {
        if let NamedOrBlankNode::NamedNode(stored) = quad.subject {
            links.entry(stored).or_default();
        }
    }
    links.into_iter().try_for_each(|(link, wanted)| replace(transaction, &link, &graph, wanted))
}

fn best_evidence(
    quads: &impl Lookup,
    iris: &Iris,
    entity: &NamedNode,
) -> Result<BTreeMap<NamedNode, Evidence>, StorageError> {
    let mut best: BTreeMap<NamedNode, Evidence> = BTreeMap::new();
    let derived = GraphName::from(iris.link_graph());
    for quad in quads.said_with(rp::ENTITY, entity)? {
        let NamedOrBlankNode::NamedNode(node) = quad.subject else { continue };
        let one = |predicate| quads.objects(&node, predicate).map(|all| all.into_iter().next());
        let found = (one(rp::TARGET)?, one(rp::SCORE)?, one(rp::METHOD)?);
        let (
            Some(Term::NamedNode(target)),
            Some(Term::Literal(score)),
            Some(Term::Literal(method)),
        ) = found
        else {
            continue;
        };
        let evidence = Evidence { score, method, date: one(dcterms::DATE)? };
        let better = |old: &Evidence| rank(&evidence) > rank(old);
        if quad.graph_name != derived && best.get(&target).is_none_or(better) {
            best.insert(target, evidence);
        }
    }
    Ok(best)
}

/// By score, then by method, then by date.
fn rank(evidence: &Evidence) -> (&str, &str, Option<String>) {
    let date = evidence.date.as_ref().map(ToString::to_string);
    (evidence.score.value(), evidence.method.value(), date)
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

fn texts(
    quads: &impl Lookup,
    subject: &NamedNode,
    predicate: NamedNodeRef<'_>,
) -> Result<Vec<String>, StorageError> {
    let text = |term| match term {
        Term::Literal(literal) => Some(literal.destruct().0),
        _ => None,
    };
    Ok(quads.objects(subject, predicate)?.into_iter().filter_map(text).collect())
}

/// The mark of an entity or a proposition about which something is still to be
/// worked out.
fn pending(iris: &Iris, node: &NamedNode) -> Quad {
    Quad::new(node.clone(), rp::PENDING, Literal::from(true), iris.build_graph())
}
