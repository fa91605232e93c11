//! What claims are about.

use oxrdf::Term;
use serde::Serialize;

use super::Lookup;
use crate::graph::StoreError;

/// What a claim is about: a node of the graph, or words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(in crate::serve) struct Thing {
    /// The node; none for words, numbers and times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::serve) iri: Option<String>,
    /// What it is called.
    pub(in crate::serve) label: String,
}

/// A term as something to be shown.
pub(super) fn thing(lookup: Lookup<'_>, term: &Term) -> Result<Thing, StoreError> {
    Ok(match term {
        Term::NamedNode(node) => {
            Thing { iri: Some(node.as_str().to_owned()), label: lookup.label(node)? }
        }
        Term::Literal(literal) => Thing { iri: None, label: literal.value().to_owned() },
        other => Thing { iri: None, label: other.to_string() },
    })
}
