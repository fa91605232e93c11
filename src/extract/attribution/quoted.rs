//! Quotations and those who speak them: cues that the tree does not join to
//! their quotation, contents that end in the middle of one, and quotations
//! that go on without a cue.

use super::candidate::is_quoted;
use super::cue::{Cues, Frame};
use super::span::{cue_span, cut, merge, phrase};
use crate::extract::link::{contents, covering};
use crate::extract::{Attitude, Attribution, AttributionKind, Graph, Polarity};
use crate::text::{Document, Quotation, Span, TokenId, Upos};

/// How far a cue may stand from its quotation, in words.
const NEAR: u32 = 10;

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

/// Finds a cue beside each quotation that no attribution holds yet.
pub(super) fn cue_beside(graph: &Graph, cues: &Cues, all: &mut Vec<Attribution>) {
    let document = graph.document;
    for quotation in without_cue(document, all) {
        all.extend(beside(graph, cues, &quotation));
    }
}

/// The quotations of speech that no attribution touches.
fn without_cue(document: &Document, all: &[Attribution]) -> Vec<Quotation> {
    let pieces: Vec<Span> = merge(all.iter().flat_map(|a| a.content.clone()).collect(), "");
    let held = |q: &Quotation| {
        let next = pieces.partition_point(|p| p.end <= q.inner.start);
        pieces.get(next).is_some_and(|p| p.overlaps(q.inner) && !p.contains(q.span))
            || pieces.get(next).is_some_and(|p| p.contains(q.inner))
    };
    outermost(document).into_iter().filter(|q| is_speech(document, q) && !held(q)).collect()
}

/// Whether a quotation holds what somebody said, rather than a word or title
/// that is only set apart: it ends like a clause, or follows a colon or comma.
fn is_speech(document: &Document, quotation: &Quotation) -> bool {
    let text = &document.article.text;
    let words = quotation.inner.slice(text);
    let before = text.get(..quotation.span.start as usize).unwrap_or("").trim_end();
    let led = before.ends_with([',', ':'])
        || before.is_empty()
        || before.ends_with(['.', '?', '!', '”', '"']);
    let long = document.tokens_in(quotation.inner).len() >= 3;
    long && (words.ends_with([',', '.', '?', '!', '…', '-', '—']) || led || !quotation.closed)
}

/// The cue nearest to a quotation in the sentences that it starts and ends in.
fn beside(graph: &Graph, cues: &Cues, quotation: &Quotation) -> Option<Attribution> {
    let document = graph.document;
    let inside = document.tokens_in(quotation.span);
    let (first, last) = (inside.start, inside.end.checked_sub(1)?);
    let ends = [document.sentence_of(first)?, document.sentence_of(last)?];
    let words =
        ends.iter().filter_map(|&s| document.sentences.get(s as usize)).flat_map(|s| s.tokens());
    let distance = |t: TokenId| if t < first { first - t } else { t.saturating_sub(last) };
    let outside =
        |t: &TokenId| !inside.contains(t) && distance(*t) <= NEAR && !is_quoted(document, *t);
    let mut near: Vec<TokenId> = words.filter(outside).collect();
    near.sort_by_key(|&t| (distance(t), t));
    near.into_iter().find_map(|cue| speaker(graph, cues, cue, quotation))
}

/// The attribution of a quotation to the subject of a cue.
fn speaker(graph: &Graph, cues: &Cues, cue: TokenId, quotation: &Quotation) -> Option<Attribution> {
    let document = graph.document;
    let licence = cues.licence(document, cue, Frame::Quote, None)?;
    if !matches!(document.tag(cue).upos, Upos::Verb | Upos::Aux) {
        return None;
    }
    let mut words = licence.words.clone();
    words.push(cue);
    let head = subject(graph, cue).filter(|&s| !is_quoted(document, s));
    let source = head.and_then(|h| super::source(document, h, &phrase(document, h, &words)));
    Some(Attribution {
        source,
        cue: Some(cue_span(document, &words, cue)),
        cue_lemma: licence.lemma,
        content: vec![quotation.span],
        kind: AttributionKind::Direct,
        attitude: licence.attitude,
        polarity: super::polarity(document, cue),
        within: None,
        sentence: document.sentence_of(cue)?,
        rule: "quotation-beside-cue".into(),
    })
}

/// The subject of a verb, in the tree or understood.
fn subject(graph: &Graph, verb: TokenId) -> Option<TokenId> {
    let tree = &graph.document.tree;
    tree.child(verb, "nsubj").or_else(|| {
        let mut arcs = graph.down(verb).iter();
        arcs.find(|a| a.label.name() == "nsubj").map(|a| a.dependent)
    })
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
    let source = attribution.source.as_ref().map_or(cue, |s| s.span);
    attribution.content = merge(std::mem::take(&mut attribution.content), text);
    attribution.content = cut(&cut(&attribution.content, cue), source);
    if attribution.content.is_empty() {
        attribution.content = vec![source];
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
    for (quotation, held) in quotations.iter().zip(&holders) {
        let holder = held.iter().filter_map(|&p| pieces.get(p)).min_by_key(|(s, _)| s.len());
        if let Some(&(_, id)) = holder {
            speaker = Some((id as usize, *quotation));
        } else if let Some((id, before)) = speaker
            && is_speech(document, quotation)
            && goes_on(document, &before, quotation, &cues, all.get(id))
        {
            if let Some(attribution) = all.get_mut(id) {
                attribution.content.push(quotation.span);
            }
            speaker = Some((id, *quotation));
        } else if is_speech(document, quotation) {
            speaker = None;
        }
    }
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
    sentence: u32,
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
