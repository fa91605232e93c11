//! Reporting clauses beside quotations: `“…,” said Ada Okoro, the mayor.`
//!
//! Quotation marks lead parsers astray: the subject of *said* becomes part of
//! what was said, or the verb hangs on a word of the quotation. What stands
//! between a quotation and the end of its sentence, or the next quotation, is
//! a *region*; it holds one reporting clause, and rules about the order of words
//! (`rules/attribution/order.rule`) read it. In: the tree's attributions. Out: the
//! same, with what was missing or wrong beside quotations put right.

use super::order::OrderReader;
use super::quoted::{is_speech, outermost};
use crate::analyse::syntax::has_verb;
use crate::extract::Attribution;
use crate::extract::rule::Row;
use crate::text::{Document, Quotation, SentenceId, TokenId};

/// Puts right what is said of each quotation of speech.
pub(super) fn complete(document: &Document, orders: &OrderReader, all: &mut Vec<Attribution>) {
    let mut quotations = outermost(document);
    quotations.retain(|q| is_speech(document, q));
    for (i, quotation) in quotations.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|b| quotations.get(b));
        let regions = regions(document, quotation, before, quotations.get(i + 1));
        if regions.iter().any(|&r| is_told(document, all, quotation, r)) {
            continue;
        }
        if let Some(found) = regions.iter().find_map(|&r| orders.beside(r)) {
            add(all, found, quotation, before);
        }
    }
}

/// Adds an attribution, or its content to the one that has the same cue: a
/// quotation that the cue breaks. One whose source was sought among the quoted
/// words is replaced, but for the quotation before that it holds.
fn add(
    all: &mut Vec<Attribution>,
    mut found: Attribution,
    quotation: &Quotation,
    before: Option<&Quotation>,
) {
    let same = |a: &Attribution| a.cue.zip(found.cue).is_some_and(|(a, b)| a.overlaps(b));
    let sound = |a: &Attribution| {
        a.source.as_ref().is_some_and(|s| !s.span.overlaps(quotation.span))
            && a.content.iter().any(|c| found.source.as_ref().is_none_or(|s| !s.span.overlaps(*c)))
    };
    if let Some(old) = all.iter_mut().find(|a| same(a) && sound(a)) {
        old.content.extend(found.content);
        return;
    }
    let told = |q: &&Quotation| {
        let holds = |a: &Attribution| a.content.iter().any(|c| c.overlaps(q.inner));
        all.iter().any(|a| same(a) && holds(a))
    };
    found.content.extend(before.filter(told).map(|q| q.span));
    all.retain(|a| !same(a));
    all.push(found);
}

/// What stands behind and before a quotation in its sentences.
fn regions(
    document: &Document,
    quotation: &Quotation,
    before: Option<&Quotation>,
    after: Option<&Quotation>,
) -> Vec<Row> {
    let inside = document.tokens_in(quotation.span);
    let Some(last) = inside.end.checked_sub(1) else { return Vec::new() };
    let word_at = |offset: u32| {
        TokenId::from_index(document.tokens.partition_point(|t| t.span.start < offset))
    };
    let mut regions = Vec::new();
    if let Some(sentence) = document.sentence_of(last) {
        let end = sentence_end(document, quotation, sentence, inside.end);
        let end = after.map_or(end, |q| end.min(word_at(q.span.start)));
        let words = inside.end.until(end);
        regions.push(Row { words, quotation: Some(inside), backwards: false });
    }
    if let Some(sentence) = document.sentence_of(inside.start) {
        let first = sentence_start(document, sentence, inside.start);
        let start = before.map_or(first, |q| first.max(word_at(q.span.end)));
        let words = start.min(inside.start).until(inside.start);
        regions.push(Row { words, quotation: Some(inside), backwards: true });
    }
    regions
}

/// Where the words behind a quotation end: with its sentence; with the next
/// one of the block, if a quotation that does not end like a sentence was
/// taken for one (`“Why?” Okoro asked.`) and no verb stands behind it yet.
fn sentence_end(
    document: &Document,
    quotation: &Quotation,
    at: SentenceId,
    from: TokenId,
) -> TokenId {
    let sentences = document.sentences.get(at.index()..).unwrap_or(&[]);
    let Some(own) = sentences.first() else { return from };
    let open = !quotation.inner.slice(&document.article.text).ends_with('.');
    let mut end = own.tokens.end;
    for next in sentences.iter().skip(1).take(2) {
        let goes_on =
            open && next.block_index == own.block_index && !has_verb(document, from.until(end));
        if !goes_on {
            break;
        }
        end = next.tokens.end;
    }
    end
}

/// Where the words before a quotation start: with its sentence; with the one
/// before, if that ends in a colon.
fn sentence_start(document: &Document, at: SentenceId, quotation: TokenId) -> TokenId {
    let Some(own) = document.sentence(at) else { return quotation };
    let before = at
        .previous()
        .and_then(|id| document.sentence(id))
        .filter(|_| own.tokens.start == quotation);
    let colon =
        before.filter(|s| s.tokens.end.checked_sub(1).is_some_and(|t| document.form(t) == ":"));
    colon.map_or(own.tokens.start, |s| s.tokens.start)
}

/// Whether the tree found a speaker of this quotation in this region.
fn is_told(document: &Document, all: &[Attribution], quotation: &Quotation, region: Row) -> bool {
    let words = document.span_of(region.words);
    all.iter().any(|a| {
        let cue = a.cue.is_some_and(|c| words.contains(c));
        let source = a.source.as_ref().is_some_and(|s| !s.span.overlaps(quotation.span));
        cue && source && a.content.iter().any(|s| s.overlaps(quotation.inner))
    })
}
