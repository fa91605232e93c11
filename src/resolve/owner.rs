//! Phrases with the name of an owner in place of the pronoun: *her old car* is *Ada
//! Brook's old car* to whoever has not read the article, *their homes* *the miners' homes*.
//!
//! In: a phrase, and what is called how by a word. Out: the phrase in other words, if its
//! words tell an owner.

use compact_str::CompactString;

use crate::analyse::syntax::is_owner;
use crate::text::{Document, Span, TokenId};

/// A phrase with the names of owners in place of their pronouns; none where it has none.
pub(super) fn owned(
    document: &Document,
    phrase: Span,
    name: impl Fn(TokenId) -> Option<CompactString>,
) -> Option<CompactString> {
    with_names(document, phrase, |word| name(word).filter(|_| is_owner(document, word)))
}

/// A phrase with names in place of the pronouns that have one; none where it has none.
pub(super) fn with_names(
    document: &Document,
    phrase: Span,
    name: impl Fn(TokenId) -> Option<CompactString>,
) -> Option<CompactString> {
    let mut called = String::new();
    let mut from = phrase.start;
    for word in document.tokens_in(phrase) {
        let Some(owner) = name(word) else { continue };
        let at = document.span(word);
        called.push_str(document.slice(Span::new(from, at.start)));
        called.push_str(&owner);
        if is_owner(document, word) {
            called.push_str(if owner.ends_with('s') { "'" } else { "'s" });
        }
        from = at.end;
    }
    if from == phrase.start {
        return None;
    }
    called.push_str(document.slice(Span::new(from, phrase.end)));
    Some(called.split_whitespace().collect::<Vec<_>>().join(" ").into())
}
