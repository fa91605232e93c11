//! What becomes of one article on its way to the writer.

use crate::graph::Built;
use crate::pipeline::Analysis;
use crate::read::ReadError;
use crate::resolve::EntityKey;
use crate::text::ArticleId;

/// What became of one article.
pub(super) enum Event {
    /// It is as it was stored; with its turn, and the digest of its source if that is kept
    /// only now.
    Unchanged(ArticleId, u64, Option<String>),
    /// A newer version of it is stored: why.
    PassedOver(String),
    /// It is to be stored.
    Built(Box<Work>),
    /// Its provider withdrew it, up to this version: why.
    Withdrawn(ArticleId, Option<u64>, String),
    /// It could not be read or built.
    Failed(String),
}

impl Event {
    /// What an error of reading means for a build.
    pub(super) fn of_error(error: &ReadError) -> Self {
        let reason = error.to_string();
        match error.withdrawn() {
            Some((id, version)) => Self::Withdrawn(id, version, reason),
            None if error.is_note() => Self::PassedOver(reason),
            None => Self::Failed(reason),
        }
    }
}

/// An article that is to be stored, and what was found in it.
pub(super) struct Work {
    /// What is to be stored.
    pub(super) built: Built,
    /// Whether nothing is stored of it yet.
    pub(super) is_new: bool,
    /// Its place in the order of reading.
    pub(super) turn: u64,
    /// How many sentences it has.
    pub(super) sentences: usize,
    /// How many claims.
    pub(super) claims: usize,
    /// How many attributions.
    pub(super) attributions: usize,
    /// Whom and what it names.
    pub(super) entities: Vec<EntityKey>,
}

impl Work {
    /// Of an article that was analysed.
    pub(super) fn new(built: Built, is_new: bool, turn: u64, analysis: &Analysis) -> Self {
        Self {
            built,
            is_new,
            turn,
            sentences: analysis.document().sentences.len(),
            claims: analysis.claims().len(),
            attributions: analysis.attributions().len(),
            entities: analysis.entities().iter().map(|entity| entity.key.clone()).collect(),
        }
    }
}
