//! Who can speak: somebody, a paper that somebody wrote, or a mere thing.
//!
//! In: the head of a source, the mentions of the document and the list
//! `lexicon/source-nouns.tsv`. Out: a [`Voice`]. "The firm highlighted its profits" is the
//! firm's word, "the storm highlighted the risks" nobody's.

use super::{has_name, names_person};
use crate::analyse::syntax::is;
use crate::extract::lexicon::Lexicon;
use crate::text::{
    Cluster, Deprel, Document, FunctionWord, Mention, MentionKind, NameKind, Span, TokenId, Upos,
};

/// What sort of source one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// People, and bodies of people.
    Somebody,
    /// Words or pictures that somebody made: a letter, a poll, a film.
    Paper,
    /// What cannot speak.
    Thing,
    /// An *it* that may be a body of people.
    Unknown,
}

/// The voice of a source with this head and phrase.
pub(super) fn voice(document: &Document, lexicon: &Lexicon, head: TokenId, phrase: Span) -> Voice {
    if let Some(name) = document.name_at(head) {
        return of_kind(name.kind);
    }
    match document.tag(head).upos {
        Upos::Pron => of_pronoun(document, lexicon, head),
        Upos::Noun => of_noun(document, lexicon, head, phrase),
        _ => Voice::Somebody,
    }
}

fn of_kind(kind: NameKind) -> Voice {
    match kind {
        NameKind::Product => Voice::Paper,
        NameKind::Event | NameKind::Money => Voice::Thing,
        _ => Voice::Somebody,
    }
}

/// *It* and *this* are what they stand for; *this* else no more than a thing.
fn of_pronoun(document: &Document, lexicon: &Lexicon, head: TokenId) -> Voice {
    if !is(document, head, FunctionWord::Thing) {
        return Voice::Somebody;
    }
    let Some(cluster) = cluster(document, head) else { return Voice::Thing };
    let nouns = cluster.mentions.iter().filter_map(|m| document.mentions.get(m.index()));
    let mut nouns = nouns.filter(|m| !matches!(m.kind, MentionKind::Pronoun | MentionKind::Clause));
    match cluster.kind {
        Some(kind) => of_kind(kind),
        None if nouns.any(|m| is_paper(lexicon, document.lemma(m.head))) => Voice::Paper,
        None if is(document, head, FunctionWord::It) => Voice::Unknown,
        None => Voice::Thing,
    }
}

fn of_noun(document: &Document, lexicon: &Lexicon, head: TokenId, phrase: Span) -> Voice {
    let lemma = document.lemma(head);
    if let Some(counted) = counted(document, lexicon, head) {
        return voice(document, lexicon, counted, phrase);
    }
    let lemma = lemma.rsplit('-').next().unwrap_or(lemma);
    if is_paper(lexicon, lemma) {
        return Voice::Paper;
    }
    if is_speaker(lexicon, lemma) || names_person(document, phrase) || has_name(document, head) {
        return Voice::Somebody;
    }
    match mention(document, head).and_then(|m| m.entity) {
        Some(kind) => of_kind(kind),
        None => Voice::Thing,
    }
}

/// What an amount is of: *experts* of "a number of experts".
fn counted(document: &Document, lexicon: &Lexicon, amount: TokenId) -> Option<TokenId> {
    if !lexicon.has("relational", None, document.lemma(amount)) {
        return None;
    }
    document.tree.children_by(amount, Deprel::Nmod).find(|&noun| noun > amount)
}

/// Whether a common noun is for a person or people who speak: *the mayor*, *villagers*.
pub(super) fn is_person(document: &Document, lexicon: &Lexicon, head: TokenId) -> bool {
    document.tag(head).upos == Upos::Noun && is_speaker(lexicon, document.lemma(head))
}

/// Whether a noun is for words or pictures that somebody made.
fn is_paper(lexicon: &Lexicon, lemma: &str) -> bool {
    lexicon.has("source-nouns", Some("paper"), lemma)
}

/// Whether a noun is for people, or bodies of people, that speak.
fn is_speaker(lexicon: &Lexicon, lemma: &str) -> bool {
    let speaks = |class| lexicon.has("source-nouns", Some(class), lemma);
    speaks("speaker") || speaks("anonymous") || lexicon.has("roles", None, lemma)
}

/// Whether two words are known to stand for the same.
pub(super) fn is_same(document: &Document, one: TokenId, other: TokenId) -> bool {
    let cluster = |head| mention(document, head).map(|m| m.cluster);
    one == other || cluster(one).is_some_and(|first| cluster(other) == Some(first))
}

fn mention(document: &Document, head: TokenId) -> Option<&Mention> {
    document.mentions.iter().find(|m| m.head == head)
}

fn cluster(document: &Document, head: TokenId) -> Option<&Cluster> {
    document.clusters.get(mention(document, head)?.cluster.index())
}
