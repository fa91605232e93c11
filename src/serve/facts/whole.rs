//! The graph of one article, read at once, without what no page shows.

use std::collections::HashMap;

use oxrdf::{NamedNode, NamedNodeRef, Term};
use spargebra::algebra::Expression;

use super::Lookup;
use super::lookup::Said;
use crate::graph::StoreError;
use crate::graph::select::{
    Select, is, is_none_of,
    names::{O, P, S},
    variable,
};
use crate::graph::vocabulary::{dcterms, oa, prov, rdf, rp, schema};

/// What stands most often in the graph of an article, and on no page: where parts of a
/// claim stand, what entities are linked to, and what follows from other triples.
pub(super) const UNSHOWN: [NamedNodeRef<'static>; 18] = [
    rp::MENTIONS,
    rp::RULE,
    rp::CUE_LEMMA,
    rp::SUBJECT_EVIDENCE,
    rp::RELATION_EVIDENCE,
    rp::OBJECT_EVIDENCE,
    rp::WHEN_EVIDENCE,
    rp::REPORTS,
    rp::STATED,
    rp::ENTITY,
    rp::TARGET,
    rp::SCORE,
    rp::METHOD,
    dcterms::DATE,
    oa::EXACT,
    prov::WAS_DERIVED_FROM,
    schema::ADDITIONAL_TYPE,
    schema::NAME,
];

/// The graph of an article.
pub(super) struct Whole {
    /// Its IRI, which is that of the article.
    article: NamedNode,
    said: HashMap<NamedNode, Said>,
    /// Whose word each claim is.
    attributions: HashMap<String, Vec<NamedNode>>,
}

impl Whole {
    /// The graph of an article.
    pub(super) fn of(lookup: Lookup<'_>, article: &NamedNode) -> Result<Self, StoreError> {
        // Of classes only whether a source has a name is shown.
        let of_type = is(P, rdf::TYPE);
        let is_shown = Expression::Or(
            Box::new(Expression::Not(Box::new(of_type))),
            Box::new(is(O, rp::UNNAMED_SOURCE)),
        );
        let triples = Select::triples(variable(S), variable(P), variable(O));
        let triples = triples.within(article.clone()).that(is_none_of(P, &UNSHOWN));
        let mut whole =
            Self { article: article.clone(), said: HashMap::new(), attributions: HashMap::new() };
        for row in lookup.rows(triples.that(is_shown), [S, P, O])? {
            if let [Term::NamedNode(subject), Term::NamedNode(property), value] = row {
                whole.add(subject, property, value);
            }
        }
        Ok(whole)
    }

    fn add(&mut self, subject: NamedNode, property: NamedNode, value: Term) {
        if let (true, Term::NamedNode(claim)) = (property == rp::CLAIM_OF, &value) {
            self.attributions.entry(claim.as_str().to_owned()).or_default().push(subject);
        } else {
            self.said.entry(subject).or_default().add(property, value);
        }
    }

    /// Whether it is the graph of this article.
    pub(super) fn is_of(&self, article: &NamedNode) -> bool {
        self.article == *article
    }

    /// What it says of a node.
    pub(super) fn said(&self, node: &NamedNode) -> Option<&Said> {
        self.said.get(node)
    }

    /// Whose word a claim is: its attributions, in order.
    pub(super) fn attributions(&self, claim: &str) -> Vec<NamedNode> {
        let mut nodes = self.attributions.get(claim).cloned().unwrap_or_default();
        nodes.sort_unstable();
        nodes
    }

    /// The nodes with this part in their IRIs of which it says something.
    pub(super) fn nodes(&self, part: &str) -> Vec<NamedNode> {
        let nodes = self.said.keys().filter(|node| node.as_str().contains(part));
        let mut nodes: Vec<NamedNode> = nodes.cloned().collect();
        nodes.sort_unstable();
        nodes
    }
}
