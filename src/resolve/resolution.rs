//! What resolution makes of one article.

use std::collections::BTreeMap;

use super::entity::{Entity, EntityIndex};
use super::statement::Statement;
use crate::extract::Attribution;
use crate::text::TokenId;

/// The entities of one article, which words refer to them, and what is stated of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolution {
    /// In order of their first mention.
    pub entities: Vec<Entity>,
    /// One for each claim of the extraction whose arguments are identified, in its order.
    pub statements: Vec<Statement>,
    /// Who published the article, if that is known.
    pub publisher: Option<EntityIndex>,
    /// The news agency that the article credits with its text, where that is
    /// not the publisher.
    pub credit: Option<EntityIndex>,
    /// Entity of the head word of each mention, argument and source.
    pub(super) by_head: BTreeMap<TokenId, EntityIndex>,
    /// Entity of several who are one source, by the head word of the source.
    pub(super) joint: BTreeMap<TokenId, EntityIndex>,
    /// Entity of each word of each name.
    pub(super) by_word: BTreeMap<TokenId, EntityIndex>,
}

impl Resolution {
    /// The entity that a phrase with this head word refers to. There is one for
    /// the head of every [`Entity`](crate::extract::ArgumentKind::Entity)
    /// argument and every source of the extraction this was made from.
    pub fn entity_at(&self, head: TokenId) -> Option<EntityIndex> {
        self.by_head.get(&head).or_else(|| self.by_word.get(&head)).copied()
    }

    /// The entity of that index.
    pub fn entity(&self, index: EntityIndex) -> Option<&Entity> {
        self.entities.get(index.index())
    }

    /// Whose word an attribution is; none where the text does not say.
    pub fn source_of(&self, attribution: &Attribution) -> Option<EntityIndex> {
        let head = attribution.source.as_ref()?.head;
        self.joint.get(&head).copied().or_else(|| self.entity_at(head))
    }
}
