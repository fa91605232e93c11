//! Things that only their owner's pronoun tells from others: *his car* is called *Ada
//! Brook's car*, *their homes* *the miners' homes*.
//!
//! In: the drafts of an article, with all their mentions. Out: the same; those without a
//! name whose description holds *his*, *her*, *its* … are called by the name of who that is,
//! else by the words that first describe it.

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::{Draft, index};
use crate::analyse::syntax::{is_owner, pronoun};
use crate::resolve::owner::{described, owned};
use crate::text::{Deprel, Document, Pronoun, TokenId};

/// Whether a pronoun is one of two that stand for anybody: *his or her* turn.
fn is_either(document: &Document, word: TokenId) -> bool {
    document.tree.is(word, Deprel::Conj) || document.tree.has(word, Deprel::Conj)
}

/// Calls what has an owner by the owner's name, or by what the owner is called.
pub(super) fn name(document: &Document, drafts: &mut [Draft]) {
    let joins = |word| document.tag(word).feats.has("PronType", "Rel");
    call(document, drafts, |word| !joins(word), |draft| draft.fullest_name().cloned());
    // Whose side somebody is on tells little of what is *ours*.
    let is_third = |word| pronoun(document, word).is_some_and(Pronoun::is_third_person);
    call(
        document,
        drafts,
        |word| !joins(word) && is_third(word),
        |draft| draft.called.clone().or_else(|| described(document, &draft.mentions)),
    );
}

/// Calls what has an owner by what that is called, if it is not called anything yet.
fn call(
    document: &Document,
    drafts: &mut [Draft],
    may_own: impl Fn(TokenId) -> bool,
    called: impl Fn(&Draft) -> Option<CompactString>,
) {
    let owners: BTreeMap<TokenId, (usize, CompactString)> = index(drafts)
        .into_iter()
        .filter(|(word, _)| is_owner(document, *word) && !is_either(document, *word))
        .filter(|(word, _)| may_own(*word))
        .filter_map(|(word, i)| Some((word, (i, called(drafts.get(i)?)?))))
        .collect();
    for (i, draft) in drafts.iter_mut().enumerate() {
        if !draft.names.is_empty() || draft.called.is_some() {
            continue;
        }
        draft.called = draft.phrase().and_then(|phrase| {
            let text = document.slice(phrase);
            // A company that sold *its* mill is not called by itself.
            let owner = |word| owners.get(&word).filter(|(other, _)| *other != i);
            let says_more = |called: &CompactString| !text.contains(called.as_str());
            owned(document, phrase, |word| {
                owner(word).map(|(_, called)| called.clone()).filter(says_more)
            })
        });
    }
}
