//! Things that only their owner's pronoun tells from others: *his car* is called *Ada
//! Brook's car*.
//!
//! In: the drafts of an article, with all their mentions. Out: the same; those without a
//! name whose description holds *his*, *her*, *its* … of somebody with a name are called
//! by that name.

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::{Draft, index, squeeze};
use crate::text::{Document, Span, TokenId, Upos};

/// Calls what has an owner by the owner's name.
pub(super) fn name(document: &Document, drafts: &mut [Draft]) {
    let by_word = index(drafts);
    let owners: BTreeMap<TokenId, CompactString> = by_word
        .into_iter()
        .filter(|(word, _)| is_owner(document, *word))
        .filter_map(|(word, i)| Some((word, drafts.get(i)?.fullest_name()?.clone())))
        .collect();
    let unnamed = |draft: &&mut Draft| draft.names.is_empty() && draft.called.is_none();
    for draft in drafts.iter_mut().filter(unnamed) {
        draft.called = draft.phrase().and_then(|phrase| owned(document, phrase, &owners));
    }
}

/// *His*, *her*, *its*, *their*.
fn is_owner(document: &Document, word: TokenId) -> bool {
    let tag = document.tag(word);
    tag.upos == Upos::Pron && tag.feats.has("Poss", "Yes")
}

/// A phrase with the names of owners in place of their pronouns; none where it has none.
fn owned(
    document: &Document,
    phrase: Span,
    owners: &BTreeMap<TokenId, CompactString>,
) -> Option<CompactString> {
    let mut called = String::new();
    let mut from = phrase.start;
    for word in document.tokens_in(phrase) {
        let Some(owner) = owners.get(&word) else { continue };
        let at = document.span(word);
        called.push_str(document.slice(Span::new(from, at.start)));
        called.push_str(owner);
        called.push_str(if owner.ends_with('s') { "'" } else { "'s" });
        from = at.end;
    }
    if from == phrase.start {
        return None;
    }
    called.push_str(document.slice(Span::new(from, phrase.end)));
    Some(squeeze(&called))
}
