//! Phrases with the name of an owner in place of the pronoun: *her old car* is *Ada
//! Brook's old car* to whoever has not read the article, *their homes* *the miners' homes*.
//!
//! In: a phrase, and what is called how by a word. Out: the phrase in other words, if its
//! words tell an owner.

use compact_str::CompactString;

use super::draft::tidy;
use super::entity::Occurrence;
use crate::analyse::syntax::is_owner;
use crate::text::{Document, MentionKind, Span, TokenId, Upos};

/// The description of an owner has so many words at most.
const LONGEST: usize = 5;

/// What an owner without a name is called: as the article first describes it, where that is
/// short and tells more than a pronoun.
pub(super) fn described(document: &Document, mentions: &[Occurrence]) -> Option<CompactString> {
    let first = mentions.iter().find(|m| m.kind == MentionKind::Nominal)?;
    let words = document.tokens_in(first.span);
    let tells = |word: TokenId| !matches!(document.tag(word).upos, Upos::Pron | Upos::Punct);
    if words.len() > LONGEST || !words.iter().all(tells) {
        return None;
    }
    let called = tidy(document, first.span);
    let is_name = document.tag(words.iter().next()?).upos == Upos::Propn;
    Some(if is_name { called } else { in_small(&called) })
}

/// A phrase as it is written within a sentence; one of several words in capitals stays.
fn in_small(phrase: &str) -> CompactString {
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let mut letters = phrase.chars();
    let first = letters.next().map(|first| first.to_lowercase().collect::<String>());
    let is_acronym = is_capital(letters.as_str());
    let is_title = phrase.split(' ').nth(1).is_some_and(is_capital);
    match first.filter(|_| !is_acronym && !is_title) {
        Some(first) => (first + letters.as_str()).into(),
        None => phrase.into(),
    }
}

/// A phrase with the names of owners in place of their pronouns; none where it has none.
pub(super) fn owned(
    document: &Document,
    phrase: Span,
    name: impl Fn(TokenId) -> Option<CompactString>,
) -> Option<CompactString> {
    let mut called = String::new();
    let mut from = phrase.start;
    for word in document.tokens_in(phrase) {
        let Some(owner) = name(word).filter(|_| is_owner(document, word)) else { continue };
        let at = document.span(word);
        called.push_str(document.slice(Span::new(from, at.start)));
        called.push_str(&owner);
        called.push_str(if owner.ends_with('s') { "'" } else { "'s" });
        from = at.end;
    }
    if from == phrase.start {
        return None;
    }
    called.push_str(document.slice(Span::new(from, phrase.end)));
    Some(called.split_whitespace().collect::<Vec<_>>().join(" ").into())
}
