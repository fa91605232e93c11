//! Where propositions come from, and who has them as so or not so.
//!
//! It follows from the claims of all articles, and is kept in the graph of
//! propositions. A proposition of several articles has the origins of its claims,
//! so that what ten papers print of one agency counts once; one that is affirmed and
//! denied has how many articles do each.

use std::collections::BTreeSet;

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{GraphNameRef, NamedNode, Quad, Term};

use super::lookup::Lookup;
use super::vocabulary::rp;
use super::vote::{Vote, Votes, standing};
use super::{Iris, QuadView};

/// Propositions for which this may have changed.
#[derive(Default)]
pub(super) struct Agreement {
    /// Propositions of articles that are written or taken out.
    propositions: BTreeSet<NamedNode>,
}

impl Agreement {
    /// Notes the proposition that a quad of an article expresses.
    pub(super) fn note(&mut self, quad: QuadView<'_>) {
        if let (rp::EXPRESSES, Term::NamedNode(node)) = (quad.predicate.as_ref(), quad.object) {
            self.propositions.insert(node.clone());
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
        iris: &Iris,
    ) -> Result<(), StorageError> {
        let graph = iris.proposition_graph();
        for proposition in &self.propositions {
            let wanted = standing(iris, proposition, &votes(transaction, proposition)?);
            set_standing(transaction, proposition, wanted, &graph)?;
        }
        Ok(())
    }
}

/// What the articles say of a proposition.
pub(super) fn votes(quads: &impl Lookup, proposition: &NamedNode) -> Result<Votes, StorageError> {
    let said = quads.said_of_proposition(proposition)?;
    let mut votes = Votes::new();
    for (origin, count) in said.origins {
        if let Term::NamedNode(origin) = origin {
            *votes.entry(Vote::Origin(origin.into_string())).or_default() += count;
        }
    }
    votes.insert(Vote::Claim, said.articles);
    votes.insert(Vote::Affirmation, said.affirmations);
    votes.insert(Vote::Denial, said.denials);
    Ok(votes)
}

fn set_standing(
    transaction: &mut Transaction<'_>,
    proposition: &NamedNode,
    wanted: Vec<Quad>,
    graph: &NamedNode,
) -> Result<(), StorageError> {
    let named = Some(GraphNameRef::from(graph.as_ref()));
    let subject = Some(proposition.as_ref().into());
    let mut stored = Vec::new();
    for predicate in [rp::ORIGIN, rp::ARTICLES, rp::AFFIRMATIONS, rp::DENIALS] {
        for quad in transaction.quads_for_pattern(subject, Some(predicate), None, named) {
            stored.push(quad?);
        }
    }
    stored.iter().filter(|q| !wanted.contains(q)).for_each(|quad| transaction.remove(quad));
    wanted.iter().filter(|q| !stored.contains(q)).for_each(|quad| transaction.insert(quad));
    Ok(())
}
