//! Where the reporter goes on behind what somebody says, in contrast with it or to tell what
//! others make of it.
//!
//! In: the words of a content and its cue. Out: the comma at which the content ends.

use crate::analyse::syntax::{has_marker, is, is_quoted, is_verbal};
use crate::text::{Deprel, Document, FunctionWord, TokenId, Upos};

/// Where the reporter goes on behind a reported clause: "…, but they said no more",
/// "…, though nobody saw it". Only clauses with a subject of their own count, and none that
/// is reported by its tense: "said …, but the firm **had** paid".
pub(super) fn contrasted(
    document: &Document,
    cue: TokenId,
    start: TokenId,
    last: TokenId,
) -> Option<TokenId> {
    for comma in (start + 2).until(last) {
        let clause = || contrast(document, comma.next());
        if matches!(document.form(comma), "," | "--" | "–" | "—")
            && clause().is_some_and(|clause| {
                !is_backshifted(document, cue, clause) && !goes_on_with_that(document, cue, clause)
            })
        {
            return Some(comma).filter(|&t| !is_quoted(document, t));
        }
    }
    None
}

/// Whether a clause with *but* is joined to one that *that* opens, and so goes on with it: "said
/// *that* it was dark, *but the guard saw them*".
fn goes_on_with_that(document: &Document, cue: TokenId, clause: TokenId) -> bool {
    let tree = &document.tree;
    let but = tree.children_by(clause, Deprel::Cc).any(|t| is(document, t, FunctionWord::But));
    let first = tree.head_by(clause, Deprel::Conj);
    let told = first.filter(|&t| tree.is(t, Deprel::Ccomp) && tree.head(t) == Some(cue));
    but && told.is_some_and(|t| has_marker(document, t, FunctionWord::That))
}

/// Where the reporter tells behind a reported clause what others make of it: "said the dam
/// was safe, *which the guild denies*", "…, *a claim the guild denies*".
pub(super) fn disputed(document: &Document, start: TokenId, last: TokenId) -> Option<TokenId> {
    let tree = &document.tree;
    for verb in start.through(last) {
        let clause = matches!(tree.deprel(verb), Deprel::AclRelcl | Deprel::AdvclRelcl);
        if !clause || !is(document, verb, FunctionWord::Dispute) || is_quoted(document, verb) {
            continue;
        }
        let noun = tree.head(verb).filter(|&noun| noun < verb && !is_verbal(document, noun));
        let own = tree.children_by(verb, Deprel::Nsubj).any(|subject| subject < verb);
        let tops = [Some(verb), noun.filter(|_| tree.is(verb, Deprel::AclRelcl))];
        let comma = tops.into_iter().flatten().find_map(|top| comma_before(document, top));
        if own && comma.is_some_and(|comma| comma > start + 1) {
            return comma;
        }
    }
    None
}

/// What somebody says, without what the reporter tells of it behind: "accused the guild of
/// theft, *which it denies*".
pub(super) fn undisputed(document: &Document, mut words: Vec<TokenId>) -> Vec<TokenId> {
    if let (Some(&first), Some(&last)) = (words.first(), words.last())
        && let Some(comma) = disputed(document, first, last)
    {
        words.retain(|&word| word < comma);
    }
    words
}

/// The comma right before the first word below a head.
fn comma_before(document: &Document, head: TokenId) -> Option<TokenId> {
    let mut words = document.tree.subtree(head).into_iter();
    let first = words.find(|&t| document.tag(t).upos != Upos::Punct)?;
    first.previous().filter(|&t| document.form(t) == ",")
}

/// The clause with a subject of its own, in contrast with what is said before, that a word
/// opens; no clause with *that*, which goes on with what is said.
fn contrast(document: &Document, word: TokenId) -> Option<TokenId> {
    let tree = &document.tree;
    let contrasts = is(document, word, FunctionWord::Contrast);
    let head = tree.head(word).filter(|&head| contrasts && head > word)?;
    let own = tree.children_by(head, Deprel::Nsubj).any(|subject| subject > word);
    (own && !has_marker(document, head, FunctionWord::That)).then_some(head)
}

/// Whether a clause is told by *had* behind a verb in the past (what was said to have been
/// so before it was said), or by the modal of the clause before.
pub(super) fn is_backshifted(document: &Document, cue: TokenId, clause: TokenId) -> bool {
    let tree = &document.tree;
    let had = |t: TokenId| is(document, t, FunctionWord::Have) && document.tag(t).xpos == "VBD";
    let modal = |of: TokenId| tree.children_by(of, Deprel::Aux).find(|&t| is_modal(document, t));
    let said = tree.child(cue, Deprel::Ccomp).and_then(modal).map(|t| document.lemma(t));
    let past = document.tag(cue).xpos == "VBD" && tree.children_by(clause, Deprel::Aux).any(had);
    past || said.is_some() && modal(clause).map(|t| document.lemma(t)) == said
}

fn is_modal(document: &Document, word: TokenId) -> bool {
    document.tag(word).xpos == "MD"
}
