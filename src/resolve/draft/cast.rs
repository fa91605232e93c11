//! Drafts while it is being settled which of them speak: mentions move from one
//! to another, and drafts become one.
//!
//! In: drafts, by cluster. Out: drafts, without those that lost all they had.

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::{Draft, index};
use crate::analyse::syntax::pronoun;
use crate::resolve::entity::Occurrence;
use crate::text::{Document, MentionKind, NameKind, Pronoun, TokenId};

/// The index of a draft in its [`Cast`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part(usize);

/// The drafts of an article, and whom each word stands for.
pub(super) struct Cast {
    drafts: Vec<Draft>,
    by_head: BTreeMap<TokenId, Part>,
}

impl Cast {
    /// These drafts as they are.
    pub(super) fn new(drafts: Vec<Draft>) -> Self {
        let by_head = index(&drafts).into_iter().map(|(head, i)| (head, Part(i))).collect();
        Self { drafts, by_head }
    }

    /// The drafts that are left.
    pub(super) fn into_drafts(self) -> Vec<Draft> {
        self.drafts.into_iter().filter(|draft| !draft.mentions.is_empty()).collect()
    }

    /// The draft that a word is the head of a mention or part of a name of.
    pub(super) fn part(&self, head: TokenId) -> Option<Part> {
        self.by_head.get(&head).copied()
    }

    /// The draft of this index.
    pub(super) fn draft(&self, part: Part) -> &Draft {
        self.drafts.get(part.0).expect("a part of this cast")
    }

    fn draft_mut(&mut self, part: Part) -> &mut Draft {
        self.drafts.get_mut(part.0).expect("a part of this cast")
    }

    /// The draft that has this name.
    pub(super) fn named(&self, name: &str) -> Option<Part> {
        self.drafts.iter().position(|draft| draft.names.contains(name)).map(Part)
    }

    /// Adds a draft that nothing mentions yet.
    pub(super) fn add(&mut self, draft: Draft) -> Part {
        self.drafts.push(draft);
        Part(self.drafts.len() - 1)
    }

    /// Gives a mention to a draft, whosever it was.
    pub(super) fn give(&mut self, mention: Occurrence, to: Part) {
        if let Some(from) = self.part(mention.head) {
            self.draft_mut(from).mentions.retain(|m| m.head != mention.head);
        }
        let mentions = &mut self.draft_mut(to).mentions;
        mentions.push(mention);
        mentions.sort_by_key(|m| (m.span, m.head));
        self.by_head.insert(mention.head, to);
    }

    /// Makes two drafts one, the first.
    pub(super) fn join(&mut self, into: Part, from: Part) {
        if into == from {
            return;
        }
        let lost = std::mem::take(self.draft_mut(from));
        self.by_head.extend(lost.mentions.iter().map(|m| (m.head, into)));
        self.by_head.extend(lost.words.iter().map(|&word| (word, into)));
        let kept = self.draft_mut(into);
        kept.kind = kept.kind.or(lost.kind);
        kept.sort = kept.sort.or(lost.sort);
        kept.names.extend(lost.names);
        kept.words.extend(lost.words);
        kept.unnamed.extend(lost.unnamed);
        kept.mentions.extend(lost.mentions);
        kept.mentions.sort_by_key(|m| (m.span, m.head));
    }
}

impl Draft {
    /// A person whom the text does not name, by the name that is known otherwise.
    pub(super) fn of_person(name: CompactString) -> Self {
        Self { kind: Some(NameKind::Person), names: [name].into(), ..Self::default() }
    }

    /// Whether it can say *I*: a human being, as far as its words tell.
    pub(super) fn is_person(&self, document: &Document) -> bool {
        let tells = |m: &Occurrence| match m.kind {
            MentionKind::Name => true,
            MentionKind::Nominal | MentionKind::Clause => false,
            MentionKind::Pronoun => is_personal(document, m.head),
        };
        match self.kind {
            Some(kind) => kind == NameKind::Person,
            None => self.mentions.iter().any(tells),
        }
    }

    /// Whether it is many by the form of its first mention: *the miners*.
    pub(super) fn is_many(&self, document: &Document) -> bool {
        let first = self.mentions.iter().find(|m| m.kind != MentionKind::Pronoun);
        let first = first.or(self.mentions.first());
        first.is_some_and(|m| document.tag(m.head).feats.has("Number", "Plur"))
    }
}

/// Whether a pronoun stands for a human being alone.
fn is_personal(document: &Document, word: TokenId) -> bool {
    let pronoun = pronoun(document, word);
    pronoun.is_some_and(|p| matches!(p, Pronoun::I | Pronoun::He | Pronoun::She | Pronoun::Who))
}
