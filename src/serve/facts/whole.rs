//! The graph of one article, read at once, without what no page shows.

use std::collections::HashMap;

use oxrdf::{NamedNode, NamedNodeRef, Term};
use spargebra::algebra::Expression;

use super::Lookup;
use super::lookup::Said;
use crate::graph::StoreError;
use crate::graph::select::{Select, is, is_none_of, variable};
use crate::graph::vocabulary::{dcterms, oa, prov, rdf, rp, schema};

/// What stands most often in the graph of an article, and on no page: where parts of a
/// claim stand, what entities are linked to, and what follows from other triples.
pub(super) const UNSHOWN: [NamedNodeRef<'static>; 20] = [
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
    oa::START,
    oa::END,
    oa::EXACT,
    prov::WAS_DERIVED_FROM,
    schema::ADDITIONAL_TYPE,
    schema::NAME,
];

/// The graph of an article.
pub(super) struct Whole {
    /// Its IRI, which is that of the article.
    article: NamedNode,
    said: HashMap<String, Said>,
    /// Whose word each claim is.
    attributions: HashMap<String, Vec<NamedNode>>,
}

impl Whole {
    /// The graph of an article.
    pub(super) fn of(lookup: Lookup<'_>, article: &NamedNode) -> Result<Self, StoreError> {
        // Of classes only whether a source has a name is shown.
        let of_type = is("p", rdf::TYPE);
        let is_shown = Expression::Or(
            Box::new(Expression::Not(Box::new(of_type))),
            Box::new(is("o", rp::UNNAMED_SOURCE)),
        );
        let triples = Select::triples(variable("s"), variable("p"), variable("o"));
        let triples = triples.within(article.clone()).that(is_none_of("p", &UNSHOWN));
        let mut whole =
            Self { article: article.clone(), said: HashMap::new(), attributions: HashMap::new() };
        for row in lookup.rows(triples.that(is_shown), ["s", "p", "o"])? {
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
            self.said.entry(subject.into_string()).or_default().add(property, value);
        }
    }

    /// Whether it is the graph of this article.
    pub(super) fn is_of(&self, article: &str) -> bool {
        self.article.as_str() == article
    }

    /// What it says of a node.
    pub(super) fn said(&self, node: &str) -> Option<&Said> {
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
        let nodes = self.said.keys().filter(|node| node.contains(part));
        let mut nodes: Vec<NamedNode> = nodes.map(NamedNode::new_unchecked).collect();
        nodes.sort_unstable();
        nodes
    }
}
