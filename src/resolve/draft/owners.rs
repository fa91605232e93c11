//! Things that only their owner's pronoun tells from others: *his car* is called *Ada
//! Brook's car*, *their homes* *the miners' homes*.
//!
//! In: the drafts of an article, with all their mentions. Out: the same; those without a
//! name whose description holds *his*, *her*, *its* … are called by the name of who that is,
//! else by the words that first describe it.

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::{Draft, index, tidy};
use crate::analyse::syntax::{is_owner, pronoun};
use crate::resolve::entity::Occurrence;
use crate::resolve::owner::owned;
use crate::text::{Deprel, Document, MentionKind, Pronoun, TokenId, Upos};

/// The description of an owner has so many words at most.
const LONGEST: usize = 5;

/// What an owner without a name is called: as the article first describes it, where that is
/// short and tells more than a pronoun.
pub(in crate::resolve) fn described(
    document: &Document,
    mentions: &[Occurrence],
) -> Option<CompactString> {
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

/// Whether a pronoun is one of two that stand for anybody: *his or her* turn.
fn is_either(document: &Document, word: TokenId) -> bool {
    document.tree.is(word, Deprel::Conj) || document.tree.has(word, Deprel::Conj)
}

/// Whether an owner joins a clause, which would be lost with the word: *whose* house burned.
pub(in crate::resolve) fn joins_clause(document: &Document, owner: TokenId) -> bool {
    document.tag(owner).feats.has("PronType", "Rel")
}

/// Calls what has an owner by the owner's name, or by what the owner is called.
pub(super) fn name(document: &Document, drafts: &mut [Draft]) {
    let joins = |word| joins_clause(document, word);
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
    let mut owners: BTreeMap<TokenId, (usize, CompactString)> = BTreeMap::new();
    // What each is called is looked for once, however often it owns something.
    let mut names: BTreeMap<usize, Option<CompactString>> = BTreeMap::new();
    for (word, i) in index(drafts) {
        if is_owner(document, word) && !is_either(document, word) && may_own(word) {
            let name = names.entry(i).or_insert_with(|| drafts.get(i).and_then(&called));
            owners.extend(name.clone().map(|name| (word, (i, name))));
        }
    }
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
