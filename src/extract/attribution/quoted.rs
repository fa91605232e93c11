//! Quotations as contents: contents that end in the middle of a quotation
//! grow, and quotations that go on without a cue join their speaker.

use std::collections::BTreeMap;

use super::span::{cut, merge};
use crate::extract::link::{contents, covering};
use crate::extract::{Attitude, Attribution, AttributionKind, Polarity};
use crate::text::{Document, Quotation, SentenceId, Span};

/// How much may stand behind a cue that ends a sentence ("he said on Monday."), in bytes.
const TAIL: u32 = 40;

/// Quotations that stand in no other.
pub(super) fn outermost(document: &Document) -> Vec<Quotation> {
    let mut all: Vec<Quotation> = Vec::new();
    for &quotation in &document.quotations {
        if all.last().is_none_or(|q| q.span.end <= quotation.span.start) {
            all.push(quotation);
        }
    }
    all
}

/// Whether a quotation holds what somebody said, rather than a word or title
/// that is only set apart: it ends like a clause, or follows a colon or comma.
pub(super) fn is_speech(document: &Document, quotation: &Quotation) -> bool {
    let text = &document.article.text;
    let words = quotation.inner.slice(text);
    let before = text.get(..quotation.span.start as usize).unwrap_or("").trim_end();
    let led = before.is_empty() || before.ends_with([',', ':', '.', '?', '!', '”', '"']);
    let long = document.tokens_in(quotation.inner).len() >= 3;
    let ends = words.ends_with([',', '.', '?', '!', '…', '-', '—', '―']);
    if !long {
        return ends && opens_sentence(document, quotation);
    }
    !is_titled(words) && (ends || led || !quotation.closed)
}

/// Whether a sentence begins with a quotation: `“Again,” he said.`
fn opens_sentence(document: &Document, quotation: &Quotation) -> bool {
    let at = document.sentences.partition_point(|s| s.span.end <= quotation.span.start);
    document.sentences.get(at).is_some_and(|s| s.span.start == quotation.span.start)
}

/// `“Fox and Friends,”`: a name in quotation marks, every long word of it
/// with a capital letter.
fn is_titled(words: &str) -> bool {
    let mut long = words.split_whitespace().filter(|w| w.chars().count() > 3).peekable();
    let few = words.split_whitespace().count() <= 8;
    few && long.peek().is_some() && long.all(|w| w.starts_with(char::is_uppercase))
}

/// Makes contents whole: each that reaches into a quotation holds all of it,
/// and none that starts in a quotation leaves it; quotations that go on
/// without a cue join the speaker before.
pub(super) fn complete(document: &Document, all: &mut [Attribution]) {
    let quotations = outermost(document);
    for attribution in all.iter_mut() {
        whole(document, &quotations, attribution);
    }
    run_on(document, &quotations, all);
    for attribution in all {
        attribution.content =
            merge(std::mem::take(&mut attribution.content), &document.article.text);
        attribution.kind = kind(&quotations, attribution);
    }
}

/// The first quotation that ends after an offset.
fn at(quotations: &[Quotation], offset: u32) -> usize {
    quotations.partition_point(|q| q.span.end <= offset)
}

fn whole(document: &Document, quotations: &[Quotation], attribution: &mut Attribution) {
    let text = &document.article.text;
    let cue = attribution.cue.unwrap_or(Span::new(0, 0));
    let around = quotations.get(at(quotations, cue.start)).filter(|q| q.span.contains(cue));
    if let Some(q) = around.filter(|_| !cue.is_empty()) {
        let inside = |s: &Span| Span::new(s.start.max(q.inner.start), s.end.min(q.inner.end));
        attribution.content =
            attribution.content.iter().map(inside).filter(|s| !s.is_empty()).collect();
        return;
    }
    let touched: Vec<Span> = attribution
        .content
        .iter()
        .flat_map(|piece| {
            let from = quotations.iter().skip(at(quotations, piece.start));
            from.take_while(|q| q.span.start < piece.end)
                .filter(|q| q.inner.overlaps(*piece))
                .map(|q| q.span)
        })
        .collect();
    attribution.content.extend(touched);
    drop_tail(quotations, attribution, cue);
    let source = attribution.source.as_ref().map_or(cue, |s| s.span);
    attribution.content = merge(std::mem::take(&mut attribution.content), text);
    attribution.content = cut(&cut(&attribution.content, cue), source);
    if attribution.content.is_empty() {
        attribution.content = vec![source];
    }
}

/// Behind "“…,” said X" only quotations go on with the speech: "…, and left" is
/// the reporter's.
fn drop_tail(quotations: &[Quotation], attribution: &mut Attribution, cue: Span) {
    let quoted =
        |s: &Span| quotations.get(at(quotations, s.start)).is_some_and(|q| q.span.overlaps(*s));
    let leads = attribution.content.iter().any(|s| s.end <= cue.start);
    let speech = attribution.content.iter().filter(|s| s.end <= cue.start).all(quoted);
    if leads && speech {
        attribution.content.retain(|s| s.end <= cue.start || quoted(s));
    }
}

/// Joins quotations of speech that have no cue to the attribution of the
/// quotation before them.
fn run_on(document: &Document, quotations: &[Quotation], all: &mut [Attribution]) {
    let pieces = contents(all);
    let spans: Vec<Span> = quotations.iter().map(|q| q.inner).collect();
    let holders = covering(&pieces, &spans);
    let cues: Vec<Span> = {
        let mut cues: Vec<Span> = all.iter().filter_map(|a| a.cue).collect();
        cues.sort_unstable();
        cues
    };
    let mut speaker: Option<(usize, Quotation)> = None;
    let last_words = last_words(document, all);
    for (quotation, held) in quotations.iter().zip(&holders) {
        let holder = held.iter().filter_map(|&p| pieces.get(p)).min_by_key(|(s, _)| s.len());
        if let Some(&(_, id)) = holder {
            speaker = Some((id.index(), *quotation));
        } else if let Some((id, before)) = speaker
            && is_speech(document, quotation)
            && goes_on(document, &before, quotation, &cues, all.get(id))
        {
            if let Some(attribution) = all.get_mut(id) {
                attribution.content.push(quotation.span);
            }
            speaker = Some((id, *quotation));
        } else if is_speech(document, quotation) {
            speaker = just_spoke(document, &last_words, quotation).map(|id| (id, *quotation));
            if let Some(attribution) = speaker.and_then(|(id, _)| all.get_mut(id)) {
                attribution.content.push(quotation.span);
            }
        }
    }
}

/// For each sentence that ends in somebody's words and says so, their
/// attribution: "…, he said."
fn last_words(document: &Document, all: &[Attribution]) -> BTreeMap<SentenceId, usize> {
    let speaks = |a: &&(usize, &Attribution)| {
        let states = matches!(a.1.attitude, Attitude::States) && a.1.source.is_some();
        let outer = a.1.cue.zip(a.1.content.first()).is_some_and(|(cue, c)| c.end <= cue.start);
        let sentence = document.sentence(a.1.sentence);
        let tail = a.1.cue.zip(sentence).map_or(u32::MAX, |(cue, s)| s.span.end - cue.end);
        states && outer && tail <= TAIL
    };
    let all: Vec<(usize, &Attribution)> = all.iter().enumerate().collect();
    all.iter().filter(speaks).map(|&(id, a)| (a.sentence, id)).collect()
}

/// Who spoke in the sentence before a quotation that begins the next one in
/// the same paragraph, and has no cue itself.
fn just_spoke(
    document: &Document,
    last_words: &BTreeMap<SentenceId, usize>,
    quotation: &Quotation,
) -> Option<usize> {
    let at = document.sentences.partition_point(|s| s.span.end <= quotation.span.start);
    let (before, own) = (document.sentences.get(at.checked_sub(1)?)?, document.sentences.get(at)?);
    let next = own.block_index == before.block_index && own.span.start == quotation.span.start;
    last_words.get(&SentenceId::from_index(at - 1)).copied().filter(|_| next)
}

/// Whether a quotation goes on with the speech of the one before: it says so
/// itself, or nothing but the speaker's own cue stands between them, in one
/// paragraph or at the seam of two.
fn goes_on(
    document: &Document,
    before: &Quotation,
    quotation: &Quotation,
    cues: &[Span],
    speaker: Option<&Attribution>,
) -> bool {
    if quotation.continues {
        return true;
    }
    let own = speaker.and_then(|a| a.cue);
    let from = cues.partition_point(|c| c.start < before.span.end);
    let between = cues.iter().skip(from).take_while(|c| c.end <= quotation.span.start);
    let alone = between.filter(|&&c| Some(c) != own).count() == 0;
    let gap = Span::new(before.span.end, quotation.span.start);
    let sentences = document
        .sentences
        .iter()
        .skip(document.sentences.partition_point(|s| s.span.end <= gap.start));
    let crossed = sentences.take_while(|s| s.span.start < gap.end);
    let foreign =
        crossed.filter(|s| gap.contains(s.span) && !own.is_some_and(|c| s.span.contains(c)));
    alone && foreign.count() == 0 && blocks_between(document, gap) <= 1
}

/// How many blocks start within a span.
fn blocks_between(document: &Document, gap: Span) -> usize {
    let blocks = &document.article.blocks;
    let from = blocks.partition_point(|b| b.span.start <= gap.start);
    blocks.iter().skip(from).take_while(|b| b.span.start <= gap.end).count()
}

/// Direct where all of the content is quoted, mixed where some clause of it is.
fn kind(quotations: &[Quotation], attribution: &Attribution) -> AttributionKind {
    if matches!(attribution.kind, AttributionKind::Noun | AttributionKind::Headline) {
        return attribution.kind;
    }
    let cue = attribution.cue.unwrap_or(Span::new(0, 0));
    let quoted = |piece: &Span| -> usize {
        let from = quotations.iter().skip(at(quotations, piece.start));
        let touching = from.take_while(|q| q.span.start < piece.end);
        let free = touching.filter(|q| !q.span.contains(cue) || cue.is_empty());
        let inside = |q: &Quotation| q.span.end.min(piece.end) - q.span.start.max(piece.start);
        free.map(|q| inside(q) as usize).sum()
    };
    let all: usize = attribution.content.iter().map(|s| s.len()).sum();
    let within: usize = attribution.content.iter().map(quoted).sum();
    match within {
        0 => AttributionKind::Indirect,
        n if n + 2 * attribution.content.len() >= all => AttributionKind::Direct,
        _ => AttributionKind::Mixed,
    }
}

/// An attribution that only the layout shows.
pub(super) fn bare(
    source: Option<crate::extract::Source>,
    cue: Span,
    content: Span,
    sentence: SentenceId,
    rule: &str,
) -> Attribution {
    Attribution {
        source,
        cue: Some(cue),
        cue_lemma: "say".into(),
        content: vec![content],
        kind: AttributionKind::Direct,
        attitude: Attitude::States,
        polarity: Polarity::Positive,
        within: None,
        sentence,
        rule: rule.into(),
    }
}
