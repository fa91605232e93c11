//! What people decided about entities: which are one, which are two, what they are
//! called, and what they are elsewhere.
//!
//! In: [`Decision`]s, each about one [`EntityNode`]. Out: [`Decisions`], which tell the
//! resolver what its own findings come to: another key, a name, a link more or less.
//! They are a set: the order in which they were made cannot matter, so those that
//! speak against each other are refused.

mod decision;

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;

pub use self::decision::{Decision, DecisionId, EntityNode, Verdict};
use super::entity::{Authority, EntityKey, Link};
use crate::text::ArticleId;

/// The method of links that a person decided.
const METHOD: &str = "decision";

/// Decisions that cannot hold together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecisionError {
    /// Two of them say what one node is, or is called.
    #[error("{node}: two decisions say what it {what}: {first} and {second}; undo one of them")]
    Twice {
        /// The node.
        node: EntityNode,
        /// `is` or `is called`.
        what: &'static str,
        /// One of the decisions.
        first: DecisionId,
        /// The other.
        second: DecisionId,
    },
    /// A node is merged into one that is merged into it.
    #[error("{node}: merged into what is merged into it, by decision {by}")]
    Circle {
        /// The node.
        node: EntityNode,
        /// A decision of the circle.
        by: DecisionId,
    },
    /// An id is said to be a node's, and not to be.
    #[error("{node}: decision {first} links it to {target}, and {second} says that it is not that")]
    Both {
        /// The node.
        node: EntityNode,
        /// The IRI of the id.
        target: String,
        /// What links it.
        first: DecisionId,
        /// What unlinks it.
        second: DecisionId,
    },
}

/// What a node was decided to be.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Other {
    key: CompactString,
    label: Option<CompactString>,
    by: DecisionId,
}

/// A link that was decided on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Decided {
    id: (Authority, CompactString),
    holds: bool,
    by: DecisionId,
}

/// What an entity of an article turned out to be by decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Settled {
    pub(super) key: EntityKey,
    /// What it is called there, where the decision says so.
    pub(super) label: Option<CompactString>,
    /// Whether it is another than it was taken for, so that nothing known of that holds.
    pub(super) is_other: bool,
    /// The decisions that came to this, in the order in which they lead there.
    pub(super) by: Vec<DecisionId>,
}

/// Decisions that hold together.
///
/// ```
/// use reportedly::resolve::{Decision, Decisions, EntityNode, Verdict};
///
/// let abigail = EntityNode::Global("abigail-brook_person".into());
/// let same = |node: &str, kept: &str| Decision::new(
///     EntityNode::Global(node.into()),
///     Verdict::Same { key: kept.into(), label: None },
/// );
/// let both = [
///     same("ada-brook_person", "abigail-brook_person"),
///     same("abigail-brook_person", "a-brook_person"),
/// ];
/// assert!(Decisions::new(both.clone()).is_ok());
/// let circle = same("a-brook_person", "ada-brook_person");
/// assert!(Decisions::new(both.into_iter().chain([circle])).is_err());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    all: BTreeMap<DecisionId, Decision>,
    /// What a node is in every article.
    merged: BTreeMap<EntityNode, Other>,
    /// What a node is in one article.
    apart: BTreeMap<(EntityNode, ArticleId), Other>,
    called: BTreeMap<CompactString, (CompactString, DecisionId)>,
    links: BTreeMap<CompactString, Vec<Decided>>,
}

impl Decisions {
    /// Decisions, where they can hold together.
    ///
    /// # Errors
    /// The first two that cannot, in the order of their ids.
    pub fn new(decisions: impl IntoIterator<Item = Decision>) -> Result<Self, DecisionError> {
        let all: BTreeMap<DecisionId, Decision> =
            decisions.into_iter().map(|decision| (decision.id(), decision)).collect();
        let mut this = Self::default();
        for (id, decision) in &all {
            this.add(id, decision)?;
        }
        this.all = all;
        this.check_circles()?;
        Ok(this)
    }

    /// All of them, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (&DecisionId, &Decision)> {
        self.all.iter()
    }

    /// The one of this id.
    pub fn get(&self, id: &DecisionId) -> Option<&Decision> {
        self.all.get(id)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The key of what a node of every article is by decision, if it is another.
    pub fn merged_into(&self, key: &str) -> Option<&str> {
        let node = EntityNode::Global(key.into());
        self.merged.get(&node).map(|other| self.last(other).0)
    }

    fn add(&mut self, id: &DecisionId, decision: &Decision) -> Result<(), DecisionError> {
        let node = &decision.node;
        let other = |key: &CompactString, label: &Option<CompactString>| Other {
            key: key.clone(),
            label: label.clone(),
            by: id.clone(),
        };
        match &decision.verdict {
            Verdict::Same { key, label } => {
                let old = self.merged.insert(node.clone(), other(key, label));
                once(node, "is", old.map(|old| old.by), id)
            }
            Verdict::Apart { articles, key, label } => {
                for article in articles {
                    let at = (node.clone(), article.clone());
                    let old = self.apart.insert(at, other(key, label));
                    once(node, "is", old.map(|old| old.by), id)?;
                }
                Ok(())
            }
            Verdict::Called(name) => {
                let old = self.called.insert(node.slug().into(), (name.clone(), id.clone()));
                once(node, "is called", old.map(|(_, by)| by), id)
            }
            Verdict::Linked(target) => self.add_link(node, target, true, id),
            Verdict::NotLinked(target) => self.add_link(node, target, false, id),
        }
    }

    fn add_link(
        &mut self,
        node: &EntityNode,
        target: &(Authority, CompactString),
        holds: bool,
        by: &DecisionId,
    ) -> Result<(), DecisionError> {
        let links = self.links.entry(node.slug().into()).or_default();
        if let Some(old) = links.iter().find(|old| old.id == *target) {
            let (first, second) = if holds { (by, &old.by) } else { (&old.by, by) };
            return Err(DecisionError::Both {
                node: node.clone(),
                target: target.0.iri(&target.1),
                first: first.clone(),
                second: second.clone(),
            });
        }
        links.push(Decided { id: target.clone(), holds, by: by.clone() });
        Ok(())
    }

    fn check_circles(&self) -> Result<(), DecisionError> {
        for (node, other) in &self.merged {
            let (mut seen, mut at) = (BTreeSet::from([node.clone()]), other);
            loop {
                let next = EntityNode::Global(at.key.clone());
                if !seen.insert(next.clone()) {
                    return Err(DecisionError::Circle { node: node.clone(), by: at.by.clone() });
                }
                match self.merged.get(&next) {
                    Some(other) => at = other,
                    None => break,
                }
            }
        }
        Ok(())
    }

    /// Where merging ends that begins so, what it is called there, and by which
    /// decisions.
    fn last<'a>(
        &'a self,
        first: &'a Other,
    ) -> (&'a str, Option<&'a CompactString>, Vec<DecisionId>) {
        let (mut at, mut by) = (first, vec![first.by.clone()]);
        while let Some(next) = self.merged.get(&EntityNode::Global(at.key.clone())) {
            by.push(next.by.clone());
            at = next;
        }
        (&at.key, at.label.as_ref(), by)
    }

    /// What an entity of an article is, if that was decided.
    pub(super) fn settle(&self, article: &ArticleId, key: &EntityKey) -> Option<Settled> {
        if self.all.is_empty() {
            return None;
        }
        let node = EntityNode::of(article, key);
        let apart = self.apart.get(&(node.clone(), article.clone()));
        let (key, label, by) = self.last(apart.or_else(|| self.merged.get(&node))?);
        Some(Settled {
            key: EntityKey::Global(key.into()),
            label: label.cloned(),
            is_other: apart.is_some(),
            by,
        })
    }

    /// What an entity of every article is called, if that was decided.
    pub(super) fn label(&self, key: &str) -> Option<&(CompactString, DecisionId)> {
        self.called.get(key)
    }

    /// Links of an entity with those that were decided on: the decisions on them.
    pub(super) fn settle_links(&self, key: &str, links: &mut Vec<Link>) -> Vec<DecisionId> {
        let decided = self.links.get(key).map_or(&[][..], Vec::as_slice);
        for Decided { id, holds, .. } in decided {
            links.retain(|link| (&link.authority, &link.id) != (&id.0, &id.1));
            if *holds {
                let (authority, id) = id.clone();
                links.insert(
                    0,
                    Link { authority, id, score: 1.0, method: METHOD.into(), checked: None },
                );
            }
        }
        decided.iter().map(|decided| decided.by.clone()).collect()
    }
}

fn once(
    node: &EntityNode,
    what: &'static str,
    old: Option<DecisionId>,
    new: &DecisionId,
) -> Result<(), DecisionError> {
    match old {
        Some(first) => {
            Err(DecisionError::Twice { node: node.clone(), what, first, second: new.clone() })
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
