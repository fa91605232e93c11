//! What follows from the graphs of articles: labels of entities, links, which
//! propositions there are, where they come from, and which claims contradict
//! each other.
//!
//! All of it is a function of the set of stored articles and is brought up to
//! date in the transaction that changes them.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{
    GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term,
};

use super::Iris;
use super::agreement::Agreement;
use super::store::remove_about;
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

    /// Notes what the stored graph of an article speaks of.
    pub(super) fn note_stored(
        &mut self,
        transaction: &Transaction<'_>,
        iris: &Iris,
        article: &NamedNode,
    ) -> Result<(), StorageError> {
        let stored = |predicate: NamedNodeRef<'_>| -> Result<Vec<Quad>, StorageError> {
            let graph = Some(GraphNameRef::from(article.as_ref()));
            transaction.quads_for_pattern(None, Some(predicate), None, graph).collect()
        };
        self.note(iris, &stored(schema::NAME)?);
        for quad in stored(rdf::PREDICATE)? {
            self.note_shared(quad.object, rdf::PREDICATE);
        }
        let expressed = stored(rp::EXPRESSES)?;
        self.claims.note_stored(expressed.clone());
        for quad in expressed {
            if let Term::NamedNode(proposition) = &quad.object {
                for relation in objects(transaction, proposition, rp::RELATION)? {
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
            refresh_description(transaction, iris, entity)?;
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

/// The name that most articles have for an entity is its label; among equals
/// the longest, then the first in the alphabet. All its other names are
/// alternative labels. Its type is the one that most articles have for it.
fn refresh_description(
    transaction: &mut Transaction<'_>,
    iris: &Iris,
    entity: &NamedNode,
) -> Result<(), StorageError> {
    let names = count(texts(transaction, entity, schema::NAME)?);
    let label = most(&names, |name| name.chars().count());
    let mut other: BTreeSet<&String> = names.keys().collect();
    let alternative = texts(transaction, entity, schema::ALTERNATE_NAME)?;
    other.extend(&alternative);
    let classes = objects(transaction, entity, schema::ADDITIONAL_TYPE)?;
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
    replace(transaction, entity, &iris.entity_graph(), wanted)
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

/// A link is as good as the best of what the articles have for it.
fn refresh_links(
    transaction: &mut Transaction<'_>,
    iris: &Iris,
    entity: &NamedNode,
) -> Result<(), StorageError> {
    let graph = iris.link_graph();
    let (mut about_entity, mut links) = (Vec::new(), BTreeMap::new());
    for (target, evidence) in best_evidence(transaction, iris, entity)? {
        let link = iris.link(entity, &target);
        let same = if evidence.score.value() >= SAME_AS { owl::SAME_AS } else { skos::CLOSE_MATCH };
        about_entity.push(Quad::new(entity.clone(), same, target.clone(), graph.clone()));
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
        links.insert(link, about_link);
    }
    replace(transaction, entity, &graph, about_entity)?;
    for quad in about(transaction, rp::ENTITY, entity, Some(&graph))? {
        if let NamedOrBlankNode::NamedNode(stored) = quad.subject {
            links.entry(stored).or_default();
        }
    }
    links.into_iter().try_for_each(|(link, wanted)| replace(transaction, &link, &graph, wanted))
}

fn best_evidence(
    transaction: &Transaction<'_>,
    iris: &Iris,
    entity: &NamedNode,
) -> Result<BTreeMap<NamedNode, Evidence>, StorageError> {
    let mut best: BTreeMap<NamedNode, Evidence> = BTreeMap::new();
    let derived = GraphName::from(iris.link_graph());
    for quad in about(transaction, rp::ENTITY, entity, None)? {
        let NamedOrBlankNode::NamedNode(node) = quad.subject else { continue };
        let one =
            |predicate| objects(transaction, &node, predicate).map(|all| all.into_iter().next());
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
    transaction: &Transaction<'_>,
    subject: &NamedNode,
    predicate: NamedNodeRef<'_>,
) -> Result<Vec<String>, StorageError> {
    let text = |term| match term {
        Term::Literal(literal) => Some(literal.destruct().0),
        _ => None,
    };
    Ok(objects(transaction, subject, predicate)?.into_iter().filter_map(text).collect())
}

pub(super) fn objects(
    transaction: &Transaction<'_>,
    subject: &NamedNode,
    predicate: NamedNodeRef<'_>,
) -> Result<Vec<Term>, StorageError> {
    let subject = Some(subject.as_ref().into());
    let quads = transaction.quads_for_pattern(subject, Some(predicate), None, None);
    quads.map(|quad| quad.map(|q| q.object)).collect()
}

/// The quads, of one graph or all, with this object.
pub(super) fn about(
    transaction: &Transaction<'_>,
    predicate: NamedNodeRef<'_>,
    object: &NamedNode,
    graph: Option<&NamedNode>,
) -> Result<Vec<Quad>, StorageError> {
    let graph = graph.map(|g| GraphNameRef::from(g.as_ref()));
    let object = Some(object.as_ref().into());
    transaction.quads_for_pattern(None, Some(predicate), object, graph).collect()
}
