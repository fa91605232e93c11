//! Things that only their owner's pronoun tells from others: *his car* is called *Ada
//! Brook's car*.
//!
//! In: the drafts of an article, with all their mentions. Out: the same; those without a
//! name whose description holds *his*, *her*, *its* … of somebody with a name are called
//! by that name.

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::{Draft, index};
use crate::analyse::syntax::is_owner;
use crate::resolve::owner::owned;
use crate::text::{Deprel, Document, TokenId};

/// Whether a pronoun is one of two that stand for anybody: *his or her* turn.
fn is_either(document: &Document, word: TokenId) -> bool {
    document.tree.is(word, Deprel::Conj) || document.tree.has(word, Deprel::Conj)
}

/// Calls what has an owner by the owner's name.
pub(super) fn name(document: &Document, drafts: &mut [Draft]) {
    let by_word = index(drafts);
    let owners: BTreeMap<TokenId, CompactString> = by_word
        .into_iter()
        .filter(|(word, _)| is_owner(document, *word) && !is_either(document, *word))
        .filter_map(|(word, i)| Some((word, drafts.get(i)?.fullest_name()?.clone())))
        .collect();
    let unnamed = |draft: &&mut Draft| draft.names.is_empty() && draft.called.is_none();
    for draft in drafts.iter_mut().filter(unnamed) {
        draft.called = draft.phrase().and_then(|phrase| {
            owned(document, phrase, |word| owners.get(&word).map(CompactString::as_str))
        });
    }
}
