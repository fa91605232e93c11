//! Where propositions come from.
//!
//! It follows from the claims of all articles, and is kept in the graph of
//! propositions. A proposition of several articles has the origins of its claims,
//! so that what ten papers print of one agency counts once.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{
    GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term,
};

use super::lookup::Lookup;
use super::vocabulary::rp;

/// Propositions for which this may have changed.
#[derive(Default)]
pub(super) struct Agreement {
    /// Propositions of articles that are written or taken out.
    propositions: BTreeSet<NamedNode>,
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

    /// Brings the graph of propositions up to date.
    pub(super) fn refresh(
        self,
        transaction: &mut Transaction<'_>,
        graph: &NamedNode,
    ) -> Result<(), StorageError> {
        for proposition in &self.propositions {
            let claims = claims(transaction, proposition)?;
            let wanted = origins(transaction, proposition, &claims, graph)?;
            set_origins(transaction, proposition, wanted, graph)?;
        }
        Ok(())
    }
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
