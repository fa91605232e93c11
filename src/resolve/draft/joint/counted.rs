//! *The pair*, *the two*, *the trio*: as many persons as were last named together.

use super::{Joints, is_joint, parts};
use crate::resolve::draft::cast::{Cast, Part};
use crate::resolve::entity::Occurrence;
use crate::text::{Deprel, Document, FunctionWord, MentionKind, NameKind, SentenceId, TokenId};

/// In how many sentences before it those are sought whom such a word means.
const FARTHEST: usize = 4;
/// And in how many words.
const MOST_WORDS: usize = 256;
/// Who is meant once is meant again, however far below, up to so many sentences.
const FARTHEST_AGAIN: usize = 40;

/// Gives each such word to a draft of all whom it means.
pub(super) fn settle(document: &Document, cast: &mut Cast, joints: &mut Joints<'_>) {
    let mut last: Option<(TokenId, Vec<Part>)> = None;
    for word in document.token_ids() {
        let Some(many) = many(document, word).filter(|_| is_unknown(cast, word)) else { continue };
        let again = last.as_ref().filter(|(first, parts)| {
            parts.len() == many && sentences_between(document, *first, word) <= FARTHEST_AGAIN
        });
        let found = named_before(document, cast, word, many).or_else(|| again.cloned());
        let Some((first, parts)) = found else { continue };
        let span = document.span_of(word.previous().unwrap_or(word).through(word));
        let mention = Occurrence { span, head: word, kind: MentionKind::Nominal };
        joints.give(cast, mention, first, &parts);
        last = Some((first, parts));
    }
}

/// How many a word means, if *the* is all that stands before it and nothing behind it tells
/// who they are.
fn many(document: &Document, word: TokenId) -> Option<usize> {
    let tree = &document.tree;
    let the = word.previous()?;
    let is_alone = document.words.is(document.form(the), FunctionWord::The)
        && tree.head(the) == Some(word)
        && !tree
            .children(word)
            .iter()
            .any(|&t| matches!(tree.deprel(t).main(), Deprel::Nmod | Deprel::Acl | Deprel::Appos));
    let means = |class| document.words.is(document.form(word), class);
    match is_alone {
        true if means(FunctionWord::Pair) => Some(2),
        true if means(FunctionWord::Trio) => Some(3),
        _ => None,
    }
}

/// Whether nothing is known of whom a word means.
fn is_unknown(cast: &Cast, word: TokenId) -> bool {
    cast.part(word).is_none_or(|part| {
        let draft = cast.draft(part);
        draft.names.is_empty() && draft.called.is_none()
    })
}

/// The first of so many persons who are joined, and all of them: the last before a word, in
/// the same voice.
fn named_before(
    document: &Document,
    cast: &Cast,
    word: TokenId,
    many: usize,
) -> Option<(TokenId, Vec<Part>)> {
    let sentence = document.sentence_of(word)?.index();
    let start = document.sentences.get(sentence.saturating_sub(FARTHEST))?.tokens.start;
    for first in start.until(word).iter().rev().take(MOST_WORDS) {
        if !document.tree.has(first, Deprel::Conj) || !is_joint(document, first, word) {
            continue;
        }
        let is_person = |&part: &Part| cast.draft(part).kind == Some(NameKind::Person);
        let parts = parts(document, cast, first);
        let parts = parts.filter(|all| all.len() == many && all.iter().all(is_person));
        if let Some(parts) = parts {
            return Some((first, parts));
        }
    }
    None
}

fn sentences_between(document: &Document, first: TokenId, word: TokenId) -> usize {
    let sentence = |word| document.sentence_of(word).map_or(0, SentenceId::index);
    sentence(word).saturating_sub(sentence(first))
}
