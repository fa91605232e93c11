//! Which claims have arguments that nothing identifies: "*it* hired teachers", where
//! nothing in the article is found that *it* stands for.
//!
//! Whoever reads such a claim without the article cannot know what it is about, and no
//! other article can say the same.

use super::Maker;
use crate::extract::{Argument, ArgumentKind, Claim};
use crate::resolve::entity::Occurrence;
use crate::text::{Feats, MentionKind, TokenId};

impl Maker<'_> {
    /// Whether the article tells what subject and object of a claim are.
    pub(super) fn is_identified(&self, claim: &Claim) -> bool {
        let mut arguments = [Some(&claim.subject), claim.object.as_ref()].into_iter().flatten();
        arguments.all(|argument| {
            !self.is_bare(argument)
                || !points(&self.document.tag(argument.head).feats)
                || !self.is_only_pronouns(argument.head)
        })
    }

    /// Whether an argument is one word and no more.
    fn is_bare(&self, argument: &Argument) -> bool {
        argument.kind == ArgumentKind::Entity
            && argument.phrase == self.document.span(argument.head)
    }

    /// Whether what a word stands for has no other name than pronouns; two persons that act
    /// together have their names (*Ada Brook and Ben Hale … they*).
    fn is_only_pronouns(&self, head: TokenId) -> bool {
        let entity = self.resolution.entity_at(head).and_then(|it| self.resolution.entity(it));
        let is_pronoun = |mention: &Occurrence| {
            let word = self.document.span(mention.head);
            mention.kind == MentionKind::Pronoun && mention.span == word
        };
        entity.is_none_or(|entity| {
            let called = |mention: &Occurrence| self.document.slice(mention.span) == entity.label;
            entity.mentions.iter().all(is_pronoun) && entity.mentions.iter().any(called)
        })
    }
}

/// Whether it is a pronoun that points to what is told elsewhere: *it*, *they*, *this*,
/// *which*; *I*, *we* and *you* are whoever speaks or is spoken to.
fn points(feats: &Feats) -> bool {
    feats.has("PronType", "Dem")
        || feats.has("PronType", "Rel")
        || feats.has("PronType", "Prs") && feats.has("Person", "3")
}
