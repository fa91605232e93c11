//! People's word about entities: what they decide is noted in a store, and what that
//! touches is understood again from the stored texts.
//!
//! In: a [`Store`], a [`Pipeline`] like the one that built it, [`Decision`]s to make or
//! to undo. Out: the store as if it had been built with them from the start. Articles
//! that no decision touches stay as they are. What a kill interrupts is marked in the
//! store, and done by whoever decides or builds next.

mod overview;

use std::collections::BTreeSet;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

pub use self::overview::{Filter, Listed, Shown, ShownArticle, ShownLink, label_of, list, show};
use crate::graph::{Built, Store, StoreError};
use crate::pipeline::Pipeline;
use crate::read::Item;
use crate::resolve::{
    Authority, Decision, DecisionError, DecisionId, Decisions, EntityNode, Verdict,
};
use crate::text::ArticleId;

/// So many articles are understood together, and held in memory.
const TOGETHER: usize = 64;

/// Why nothing was decided. The store is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CurationError {
    /// The store refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Decisions speak against each other.
    #[error(transparent)]
    Decision(#[from] DecisionError),
    /// There is no such decision.
    #[error("decision/{0}: no such decision in this store")]
    NoDecision(DecisionId),
    /// An article that is touched cannot be understood again as it was.
    #[error("{0}")]
    Unlike(#[from] Unlike),
    /// An entity of one article cannot have an id of its own.
    #[error(
        "{0} belongs to one article: make it one of every article first, with `entities split \
         {0} --as NAME`, or merge it into one"
    )]
    Local(EntityNode),
}

/// Why an article cannot be understood again as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unlike {
    /// It was built with other data.
    #[error(
        "{0} was built with other options or another version: give the --gazetteer, --kb, --ontology, \
         --rules, --model and --assert that it was built with, or build it again first"
    )]
    Options(ArticleId),
    /// The store does not say what it was read as.
    #[error(
        "{0} was stored by an older version, without what is needed here: build it again first"
    )]
    Layout(ArticleId),
}

/// What people change of the decisions of a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Decisions to be made.
    pub made: Vec<Decision>,
    /// Decisions to be undone.
    pub undone: BTreeSet<DecisionId>,
}

/// What a change comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The decisions that hold then.
    pub decisions: Decisions,
    /// The articles that are understood again.
    pub touched: BTreeSet<ArticleId>,
}

impl Plan {
    /// What a change would come to.
    ///
    /// # Errors
    /// Where it undoes what is no decision, or decisions speak against each other.
    pub fn of(store: &Store, change: &Change) -> Result<Self, CurationError> {
        let old = store.decisions()?;
        if let Some(id) = change.undone.iter().find(|id| old.get(id).is_none()) {
            return Err(CurationError::NoDecision(id.clone()));
        }
        let kept = old.iter().filter(|(id, _)| !change.undone.contains(id));
        let kept = kept.map(|(_, decision)| decision.clone());
        let decisions = Decisions::new(kept.chain(change.made.iter().cloned()))?;
        let mut touched = BTreeSet::new();
        for id in &change.undone {
            touched.extend(store.articles_decided(id)?);
        }
        for decision in change.made.iter().filter(|made| old.get(&made.id()).is_none()) {
            let mut articles = store.articles_with(&decision.node)?;
            if let Verdict::Apart { articles: named, .. } = &decision.verdict {
                articles.retain(|article| named.contains(article));
            }
            touched.extend(articles);
        }
        Ok(Self { decisions, touched })
    }

    /// Makes it so: notes the decisions, then understands again what they touch.
    ///
    /// # Errors
    /// Where an article that is touched could not be understood as it was; then nothing
    /// is changed. Where the store fails on the way, the rest is done by
    /// [`finish`].
    pub fn carry_out(&self, store: &Store, pipeline: &Pipeline) -> Result<(), CurationError> {
        for article in &self.touched {
            stored(store, pipeline, article)?.map_err(CurationError::Unlike)?;
        }
        store.decide(&self.decisions, &self.touched)?;
        let left = finish(store, pipeline)?;
        left.into_iter().next().map_or(Ok(()), |unlike| Err(unlike.into()))
    }
}

/// Understands again the articles that decisions touched and that were left so by a
/// kill; those that cannot be are told.
///
/// # Errors
/// Where the store fails.
pub fn finish(store: &Store, pipeline: &Pipeline) -> Result<Vec<Unlike>, StoreError> {
    let stale: Vec<ArticleId> = store.stale()?.into_iter().collect();
    if stale.is_empty() {
        return Ok(Vec::new());
    }
    let pipeline = pipeline.with_decisions(store.decisions()?);
    let mut left = Vec::new();
    for articles in stale.chunks(TOGETHER) {
        let built: Vec<_> =
            articles.par_iter().map(|article| built(store, &pipeline, article)).collect();
        let mut together = Vec::new();
        for built in built {
            match built? {
                Ok(built) => together.push(built),
                Err(unlike) => left.push(unlike),
            }
        }
        store.add(together)?;
    }
    store.refresh()?;
    store.flush()?;
    Ok(left)
}

fn built(
    store: &Store,
    pipeline: &Pipeline,
    article: &ArticleId,
) -> Result<Result<Built, Unlike>, StoreError> {
    let (item, digest) = match stored(store, pipeline, article)? {
        Ok(stored) => stored,
        Err(unlike) => return Ok(Err(unlike)),
    };
    let source = store.source_of(article)?;
    let graph = pipeline.analyse(item).graph(store.iris());
    Ok(Ok(Built { graph, digest, source }))
}

/// What a stored article was read as, and its digest, if it was built by such a pipeline.
fn stored(
    store: &Store,
    pipeline: &Pipeline,
    article: &ArticleId,
) -> Result<Result<(Item, String), Unlike>, StoreError> {
    let Some(item) = store.item(article)? else {
        return Ok(Err(Unlike::Layout(article.clone())));
    };
    let digest = pipeline.fingerprint(&item);
    if store.digest(article)?.as_deref() != Some(digest.as_str()) {
        return Ok(Err(Unlike::Options(article.clone())));
    }
    Ok(Ok((item, digest)))
}

/// What linking an entity to an id decides: that it is the known entity of this id, where
/// the pipeline knows one, so that there is one node; else that it has this id.
///
/// # Errors
/// Where the entity belongs to one article and nobody knows the id.
pub fn link(
    pipeline: &Pipeline,
    node: &EntityNode,
    id: (Authority, compact_str::CompactString),
) -> Result<Verdict, CurationError> {
    match (pipeline.resolver().known(&id), node) {
        (Some(known), _) if known.slug != node.slug() => {
            Ok(Verdict::Same { key: known.slug.clone(), label: None })
        }
        (None, EntityNode::Local(..)) => Err(CurationError::Local(node.clone())),
        _ => Ok(Verdict::Linked(id)),
    }
}
