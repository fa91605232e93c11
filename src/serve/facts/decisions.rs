//! What people decided about entities.

use serde::Serialize;

use super::Lookup;
use super::thing::Thing;
use crate::graph::StoreError;
use crate::resolve::{Decision, DecisionId, EntityNode, Verdict};

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::serve) struct Decided {
    /// Its id.
    pub(in crate::serve) id: String,
    /// What it is about.
    pub(in crate::serve) entity: Thing,
    /// What was decided: `is`, `is called`, …
    pub(in crate::serve) verdict: &'static str,
    /// What it is, or is called.
    pub(in crate::serve) target: Thing,
    /// In which articles; all, where there are none.
    pub(in crate::serve) articles: Vec<Thing>,
    /// Why.
    pub(in crate::serve) reason: Option<String>,
    /// Who decided.
    pub(in crate::serve) by: Option<String>,
    /// When.
    pub(in crate::serve) on: Option<String>,
}

/// All decisions, in the order of their ids.
pub(in crate::serve) fn decisions(lookup: Lookup<'_>) -> Result<Vec<Decided>, StoreError> {
    let decisions = lookup.store.decisions()?;
    decisions.iter().map(|(id, decision)| decided(lookup, id, decision)).collect()
}

fn decided(
    lookup: Lookup<'_>,
    id: &DecisionId,
    decision: &Decision,
) -> Result<Decided, StoreError> {
    let of_all = |key: &str| entity(lookup, &EntityNode::Global(key.into()));
    let words = |label: &str| Thing { iri: None, label: label.to_owned() };
    let mut of_articles = Vec::new();
    let (verdict, target) = match &decision.verdict {
        Verdict::Same { key, .. } => ("is", of_all(key)?),
        Verdict::Apart { articles, key, .. } => {
            of_articles.extend(articles.iter().map(|id| Thing {
                iri: Some(lookup.store.iris().article(id).into_string()),
                label: id.to_string(),
            }));
            ("is", of_all(key)?)
        }
        Verdict::Linked((authority, id)) => ("is", words(&authority.iri(id))),
        Verdict::NotLinked((authority, id)) => ("is not", words(&authority.iri(id))),
        Verdict::Called(name) => ("is called", words(name)),
    };
    Ok(Decided {
        id: id.to_string(),
        entity: entity(lookup, &decision.node)?,
        verdict,
        target,
        articles: of_articles,
        reason: decision.reason.clone(),
        by: decision.by.clone(),
        on: decision.on.map(|day| day.to_string()),
    })
}

/// An entity by its path: its name may be gone with what was decided.
fn entity(lookup: Lookup<'_>, node: &EntityNode) -> Result<Thing, StoreError> {
    let iri = lookup.store.iris().entity_node(node);
    let label = lookup.label(&iri)?;
    Ok(Thing { iri: Some(iri.into_string()), label })
}
