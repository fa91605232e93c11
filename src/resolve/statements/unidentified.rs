//! Which claims have arguments that nothing identifies: "*it* hired teachers", where
//! nothing in the article is found that *it* stands for.
//!
//! Whoever reads such a claim without the article cannot know what it is about, and no
//! other article can say the same.

use super::Maker;
use crate::analyse::syntax::is;
use crate::extract::{Argument, ArgumentKind, Claim};
use crate::resolve::entity::Occurrence;
use crate::text::{Deprel, Feats, FunctionWord, MentionKind, TokenId, Upos};

impl Maker<'_> {
    /// Whether the article tells what subject and object of a claim are.
    pub(super) fn is_identified(&self, claim: &Claim) -> bool {
        let mut arguments = [Some(&claim.subject), claim.object.as_ref()].into_iter().flatten();
        arguments.all(|argument| {
            let pronoun = self.bare(argument).or_else(|| self.whole(argument));
            !pronoun.is_some_and(|word| {
                points(&self.document.tag(word).feats) && self.is_only_pronouns(word)
            })
        })
    }

    /// The head of an argument that has no more words than *them all* has.
    fn bare(&self, argument: &Argument) -> Option<TokenId> {
        let light = |word| matches!(self.document.tag(word).upos, Upos::Det | Upos::Adv);
        let mut words = self.document.tokens_in(argument.phrase).iter();
        let is_bare = words.all(|word| word == argument.head || light(word));
        (argument.kind == ArgumentKind::Entity && is_bare).then_some(argument.head)
    }

    /// What an argument is some of: *them* of *some of them*.
    fn whole(&self, argument: &Argument) -> Option<TokenId> {
        let tree = &self.document.tree;
        let some =
            matches!(self.document.tag(argument.head).upos, Upos::Det | Upos::Num | Upos::Pron);
        let is_of = |part: &TokenId| {
            let mut marks = tree.children_by(*part, Deprel::Case);
            marks.any(|mark| is(self.document, mark, FunctionWord::Of))
        };
        let mut parts = tree.children_by(argument.head, Deprel::Nmod).filter(|_| some);
        parts.find(is_of)
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
            let first = entity.label.split(' ').next();
            let called = |mention: &Occurrence| first == Some(self.document.slice(mention.span));
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
