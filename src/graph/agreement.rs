//! Where propositions come from, and which claims contradict each other.
//!
//! Both follow from the claims of all articles, and are kept in the graph of
//! propositions. A proposition of several articles has the origins of its claims,
//! so that what ten papers print of one agency counts once. Two claims contradict each other
//! where they are of one proposition, one that it holds and one that it does
//! not, both actual, and nothing shows that they speak of different times or
//! circumstances.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{
    GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term,
};

use super::lookup::{Lookup, said_with};
use super::vocabulary::{rel, rp};

/// Claims and propositions for which this may have changed.
#[derive(Default)]
pub(super) struct Agreement {
    /// Propositions of articles that are written or taken out.
    propositions: BTreeSet<NamedNode>,
    /// Claims that are taken out.
    gone: BTreeSet<NamedNode>,
}

impl Agreement {
    /// Notes the propositions that quads of an article express.
    pub(super) fn note(&mut self, quads: &[Quad]) {
        for quad in quads.iter().filter(|quad| quad.predicate == rp::EXPRESSES) {
            if let Term::NamedNode(proposition) = &quad.object {
                self.propositions.insert(proposition.clone());
            }
        }
    }

    /// Notes a proposition.
    pub(super) fn note_proposition(&mut self, proposition: NamedNode) {
        self.propositions.insert(proposition);
    }

    /// The propositions that were noted.
    pub(super) fn propositions(&self) -> &BTreeSet<NamedNode> {
        &self.propositions
    }

    /// Notes which claims of a stored article express what.
    pub(super) fn note_stored(&mut self, expresses: Vec<Quad>) {
        self.note(&expresses);
        for quad in expresses {
            if let NamedOrBlankNode::NamedNode(claim) = quad.subject {
                self.gone.insert(claim);
            }
        }
    }

    /// Brings the graph of propositions up to date.
    pub(super) fn refresh(
        self,
        transaction: &mut Transaction<'_>,
        graph: &NamedNode,
    ) -> Result<(), StorageError> {
        for claim in &self.gone {
            take_back(transaction, claim, graph)?;
        }
        for proposition in &self.propositions {
            let claims = claims(transaction, proposition)?;
            let wanted = origins(transaction, proposition, &claims, graph)?;
            set_origins(transaction, proposition, wanted, graph)?;
            transaction.extend(&contradictions(transaction, &claims, graph)?);
        }
        Ok(())
    }
}

/// Removes what a claim contradicts and is contradicted by.
fn take_back(
    transaction: &mut Transaction<'_>,
    claim: &NamedNode,
    graph: &NamedNode,
) -> Result<(), StorageError> {
    let named = Some(GraphNameRef::from(graph.as_ref()));
    let subject = Some(claim.as_ref().into());
    let mut all: Vec<Quad> = transaction
        .quads_for_pattern(subject, Some(rp::CONTRADICTS), None, named)
        .collect::<Result<_, _>>()?;
    all.extend(said_with(transaction, rp::CONTRADICTS, claim, Some(graph))?);
    for quad in &all {
        transaction.remove(quad);
    }
    Ok(())
}

/// The claims of a proposition, in order, each with the graph of its article.
pub(super) type Claims = BTreeMap<NamedNode, GraphName>;

pub(super) fn claims(quads: &impl Lookup, proposition: &NamedNode) -> Result<Claims, StorageError> {
    let mut claims = Claims::new();
    for quad in quads.said_with(rp::EXPRESSES, proposition)? {
        if let NamedOrBlankNode::NamedNode(claim) = quad.subject {
            claims.insert(claim, quad.graph_name);
        }
    }
    Ok(claims)
}

fn nodes(terms: Vec<Term>) -> impl Iterator<Item = NamedNode> {
    terms.into_iter().filter_map(|term| match term {
        Term::NamedNode(node) => Some(node),
        _ => None,
    })
}

/// A proposition that several articles claim has the origins of its claims, and
/// the number of the articles. One that a single article claims has what the
/// claim itself says.
pub(super) fn origins(
    quads: &impl Lookup,
    proposition: &NamedNode,
    claims: &Claims,
    graph: &NamedNode,
) -> Result<Vec<Quad>, StorageError> {
    let articles: BTreeSet<String> = claims.values().map(ToString::to_string).collect();
    if articles.len() < 2 {
        return Ok(Vec::new());
    }
    let mut origins = BTreeSet::new();
    for claim in claims.keys() {
        origins.extend(nodes(quads.objects(claim, rp::ORIGIN)?));
    }
    let say = |predicate: NamedNodeRef<'_>, object: Term| {
        Quad::new(proposition.clone(), predicate.into_owned(), object, graph.clone())
    };
    let count = say(rp::ARTICLES, Literal::from(articles.len() as i64).into());
    let origins = origins.into_iter().map(|origin| say(rp::ORIGIN, origin.into()));
    Ok(origins.chain([count]).collect())
}

fn set_origins(
    transaction: &mut Transaction<'_>,
    proposition: &NamedNode,
    wanted: Vec<Quad>,
    graph: &NamedNode,
) -> Result<(), StorageError> {
    let named = Some(GraphNameRef::from(graph.as_ref()));
    let subject = Some(proposition.as_ref().into());
    let mut stored = Vec::new();
    for predicate in [rp::ORIGIN, rp::ARTICLES] {
        for quad in transaction.quads_for_pattern(subject, Some(predicate), None, named) {
            stored.push(quad?);
        }
    }
    stored.iter().filter(|q| !wanted.contains(q)).for_each(|quad| transaction.remove(quad));
    wanted.iter().filter(|q| !stored.contains(q)).for_each(|quad| transaction.insert(quad));
    Ok(())
}

/// Which of the claims of one proposition contradict each other. Whether two do
/// depends on them alone, so what is stored of others stays.
pub(super) fn contradictions(
    quads: &impl Lookup,
    claims: &Claims,
    graph: &NamedNode,
) -> Result<Vec<Quad>, StorageError> {
    if claims.len() < 2 {
        return Ok(Vec::new());
    }
    let (mut holds, mut does_not) = (Vec::new(), Vec::new());
    for claim in claims.keys() {
        let has = |property, value: NamedNodeRef<'_>| {
            quads.objects(claim, property).map(|all| all.contains(&value.into()))
        };
        if has(rp::MODALITY, rp::ACTUAL)? {
            let positive = has(rp::POLARITY, rp::POSITIVE)?;
            let side = if positive { &mut holds } else { &mut does_not };
            side.push(claim);
        }
    }
    if holds.is_empty() || does_not.is_empty() {
        return Ok(Vec::new());
    }
    let said = |of: &[&NamedNode]| -> Result<Vec<Circumstances>, StorageError> {
        of.iter().map(|claim| circumstances(quads, claim)).collect()
    };
    let (said_holds, said_does_not) = (said(&holds)?, said(&does_not)?);
    let mut pairs = Vec::new();
    for (yes, of_yes) in holds.iter().zip(&said_holds) {
        for (no, of_no) in does_not.iter().zip(&said_does_not) {
            if may_be_one(of_yes, of_no) {
                pairs.extend([(*yes, *no), (*no, *yes)]);
            }
        }
    }
    let say = |(one, other): (&NamedNode, &NamedNode)| {
        Quad::new(one.clone(), rp::CONTRADICTS, other.clone(), graph.clone())
    };
    Ok(pairs.into_iter().map(say).collect())
}

/// The time and the qualifiers of a claim.
type Circumstances = BTreeMap<NamedNode, Vec<Term>>;

fn circumstances(quads: &impl Lookup, claim: &NamedNode) -> Result<Circumstances, StorageError> {
    let mut all = Circumstances::new();
    for Quad { predicate, object, .. } in quads.said_of(claim, None)? {
        if predicate == rp::WHEN || predicate.as_str().starts_with(rel::NAMESPACE) {
            all.entry(predicate).or_default().push(object);
        }
    }
    Ok(all)
}

/// Whether two claims may speak of the same: where both give a time, or a
/// qualifier of one kind, they share a value.
fn may_be_one(one: &Circumstances, other: &Circumstances) -> bool {
    one.iter().all(|(property, values)| {
        other.get(property).is_none_or(|others| values.iter().any(|v| others.contains(v)))
    })
}
