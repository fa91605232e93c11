//! Where the reporter takes the word again: a further act of speech that the tree hangs
//! inside what was said before it.
//!
//! In: the candidates of a document, one a cue, and the list `lexicon/further.tsv`. Out:
//! the same. "Okoro said the dam was safe, **adding** that nobody need leave" and "…, **and
//! accused** the firm of neglect" are Okoro's words too, no part of what the dam is said
//! to be; behind a semicolon ("…; he **called** the plan a shame") a new clause begins.

use super::candidate::{Candidate, says};
use super::cue::Frame;
use super::extent::is_event;
use super::nest::CITING;
use super::voice::{Voice, is_same, voice};
use crate::analyse::syntax::{has_marker, is, is_quoted};
use crate::extract::lexicon::Lexicon;
use crate::text::{Deprel, Document, FunctionWord, TokenId, Upos};

/// How many cues before one may hold it in their contents.
const NEAR: usize = 8;

/// A further act of speech.
struct Further {
    /// The first word that is no part of the content around it.
    start: TokenId,
    /// Whether who spoke before speaks on.
    shared: bool,
}

/// Ends contents where the reporter takes the word again.
pub(super) fn resume(document: &Document, lexicon: &Lexicon, all: &mut [Candidate]) {
    for at in 0..all.len() {
        let (before, rest) = all.split_at_mut(at);
        let Some(inner) = rest.first_mut().filter(|c| is_act(document, c)) else { continue };
        let around = |c: &&mut Candidate| c.content.binary_search(&inner.head).is_ok();
        let Some(outer) = before.iter_mut().rev().take(NEAR).find(around) else { continue };
        if let Some(further) = further(document, lexicon, outer, inner) {
            end(outer, inner, &further);
        }
    }
}

/// Ends the contents of acts of speech that are themselves told by somebody: "the police
/// said that they had left, *according to the clerk*". The candidates stand in order.
pub(super) fn close(all: &mut [Candidate]) {
    for at in 0..all.len() {
        let Some(teller) = all.get(at).filter(|c| c.frame == Frame::Source) else { continue };
        let (source, content) = (teller.head, teller.content.clone());
        let Some(&first) = content.first() else { continue };
        let start = all.partition_point(|c| c.head < first);
        let told = all.get_mut(start..at).unwrap_or(&mut []).iter_mut();
        for inner in told.filter(|c| content.binary_search(&c.head).is_ok()) {
            if inner.content.first().is_some_and(|&first| first < source) {
                inner.content.retain(|&word| word < source);
            }
        }
    }
}

/// Whether a verb says something, outside quotations.
fn is_act(document: &Document, candidate: &Candidate) -> bool {
    document.tag(candidate.head).upos == Upos::Verb
        && says(candidate.attitude)
        && !is_quoted(document, candidate.head)
}

/// Ends the outer content before the inner act.
fn end(outer: &mut Candidate, inner: &mut Candidate, further: &Further) {
    if outer.content.first().is_none_or(|&first| first >= further.start) {
        return;
    }
    outer.content.retain(|&word| word < further.start);
    if further.shared {
        inner.source.clone_from(&outer.source);
    }
}

fn further(
    document: &Document,
    lexicon: &Lexicon,
    outer: &Candidate,
    inner: &Candidate,
) -> Option<Further> {
    if outer.head > inner.head || is_quoted(document, outer.head) {
        return None;
    }
    let said = outer.frame == Frame::Clause;
    match document.tree.deprel(inner.head).main() {
        Deprel::Advcl if said => participle(document, lexicon, outer, inner)
            .or_else(|| meanwhile(document, outer, inner)),
        Deprel::Conj => {
            conjunct(document, lexicon, outer, inner).or_else(|| clause(document, inner))
        }
        Deprel::Parataxis if said => clause(document, inner),
        _ => None,
    }
}

/// "…, adding that nobody need leave", "…, citing two sailors": behind a comma, at the end
/// of the content.
fn participle(
    document: &Document,
    lexicon: &Lexicon,
    outer: &Candidate,
    inner: &Candidate,
) -> Option<Further> {
    let tree = &document.tree;
    let head = inner.head;
    let words = tree.subtree(head);
    let start = first_word(document, &words)?;
    let set_off = document.form(start.checked_sub(1)?) == ",";
    let bare = document.tag(head).xpos == "VBG" && !tree.has(head, Deprel::Mark);
    if !set_off || !bare || outer.content.last() > words.last() {
        return None;
    }
    let cites = inner.rule.starts_with(CITING);
    let adds = cites || lexicon.has("further", None, document.lemma(head));
    let own = subject(document, tree.head(head)?);
    let speaks_on = adds || own.is_none_or(|own| is_no_other(document, lexicon, outer, own));
    speaks_on.then_some(Further { start, shared: !cites })
}

/// "…, even as the firm vows to go on", "…, as he likened it to a prank": behind a comma, a
/// clause that says so in another tense than the verb of saying, or of the same speaker.
fn meanwhile(document: &Document, outer: &Candidate, inner: &Candidate) -> Option<Further> {
    let tree = &document.tree;
    let own = tree.child(inner.head, Deprel::Nsubj)?;
    let start = first_word(document, &tree.subtree(inner.head))?;
    let comma = start.checked_sub(1).filter(|&t| document.form(t) == ",")?;
    let beside = has_marker(document, inner.head, FunctionWord::Meanwhile)
        || has_marker(document, inner.head, FunctionWord::Contrast);
    let speaker = outer.source.as_ref().map(|(head, _)| *head);
    let same = || speaker.is_some_and(|speaker| is_same(document, speaker, own));
    let now = |verb| matches!(document.tag(verb).xpos.as_str(), "VBZ" | "VBP");
    let other = is_past(document, outer.head) && now(inner.head);
    (beside && (other || same())).then_some(Further { start: comma, shared: false })
}

/// "… and accused the firm of neglect": a conjunct that the verb of saying shares its form
/// with, rather than what was said; or in the past, of what no event is or what only
/// somebody could go on to do.
fn conjunct(
    document: &Document,
    lexicon: &Lexicon,
    outer: &Candidate,
    inner: &Candidate,
) -> Option<Further> {
    let tree = &document.tree;
    let head = inner.head;
    let first = tree.head(head)?;
    let own = tree.has(head, Deprel::Nsubj);
    if own || tree.head(first) != Some(outer.head) || first < outer.head {
        return None;
    }
    let joint = tree.children_by(head, Deprel::Cc).next().filter(|&cc| cc < head)?;
    let comma = joint.checked_sub(1).filter(|&t| document.form(t) == ",");
    let tag = |word| document.tag(word).xpos.as_str();
    let alike = tag(outer.head) == tag(head) && finite_tag(document, first) != tag(head);
    let state = !is_event(document, first) && !is_perfect(document, first);
    let thing = || subject(document, first).is_some_and(|own| is_thing(document, lexicon, own));
    let past = is_past(document, outer.head) && is_past(document, head);
    let but = is(document, joint, FunctionWord::But);
    let goes_on = alike || past && (comma.is_some() || but || state || thing());
    goes_on.then_some(Further { start: comma.unwrap_or(joint), shared: true })
}

/// The tag of the first word of a verb group.
fn finite_tag(document: &Document, verb: TokenId) -> &str {
    let helper = |&&t: &&TokenId| {
        let relation = document.tree.deprel(t).main();
        matches!(relation, Deprel::Aux | Deprel::Cop) && t < verb
    };
    let first = document.tree.children(verb).iter().find(helper).copied();
    document.tag(first.unwrap_or(verb)).xpos.as_str()
}

/// "…; he called the plan a shame": behind a semicolon, with a subject of its own.
fn clause(document: &Document, inner: &Candidate) -> Option<Further> {
    let start = first_word(document, &document.tree.subtree(inner.head))?;
    let semicolon = start.checked_sub(1).filter(|&t| document.form(t) == ";")?;
    let own = document.tree.has(inner.head, Deprel::Nsubj);
    own.then_some(Further { start: semicolon, shared: false })
}

/// The first of some words that is no punctuation mark.
fn first_word(document: &Document, words: &[TokenId]) -> Option<TokenId> {
    words.iter().copied().find(|&t| document.tag(t).upos != Upos::Punct)
}

/// The subject of a predicate, or of the one that it goes on from.
fn subject(document: &Document, word: TokenId) -> Option<TokenId> {
    let tree = &document.tree;
    let own = |t| tree.child(t, Deprel::Nsubj).or_else(|| tree.child(t, Deprel::NsubjPass));
    own(word).or_else(|| own(tree.head_by(word, Deprel::Conj)?))
}

/// Whether the subject of what is said is the speaker, or cannot speak.
fn is_no_other(document: &Document, lexicon: &Lexicon, outer: &Candidate, own: TokenId) -> bool {
    let speaker = outer.source.as_ref().map(|(head, _)| *head);
    is_thing(document, lexicon, own)
        || speaker.is_some_and(|speaker| is_same(document, speaker, own))
}

fn is_thing(document: &Document, lexicon: &Lexicon, subject: TokenId) -> bool {
    let words = document.tree.subtree(subject);
    let last = words.last().copied().unwrap_or(subject);
    let phrase = document.span_of(words.first().copied().unwrap_or(subject).through(last));
    voice(document, lexicon, subject, phrase) == Voice::Thing
}

/// A verb in the past without a helper; regular forms may be tagged as participles.
fn is_past(document: &Document, verb: TokenId) -> bool {
    let helped = document.tree.has_any(verb, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]);
    matches!(document.tag(verb).xpos.as_str(), "VBD" | "VBN") && !helped
}

/// Whether a predicate is helped by *have*.
fn is_perfect(document: &Document, verb: TokenId) -> bool {
    document.tree.children_by(verb, Deprel::Aux).any(|aux| is(document, aux, FunctionWord::Have))
}
