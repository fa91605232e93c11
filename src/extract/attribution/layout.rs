//! Attributions that the layout shows and no tree: transcripts (`Okoro: We
//! are ready.`), headlines (`Report: Dam to close`, `Dam to close: report`),
//! and signed quotations (`“We are ready.” — Ada Okoro`).

use super::quoted::{bare, outermost};
use super::span::is_quotation_mark;
use super::words::SourceWords;
use super::{Source, is_unnamed};
use crate::extract::{Attribution, AttributionKind};
use crate::text::{
    Block, BlockKind, Document, NameKind, Quotation, Span, TokenId, TokenRange, Upos,
};

/// The longest name before a colon, in words.
const NAME: usize = 8;

/// All of them.
pub(super) fn attributions(document: &Document, words: &SourceWords) -> Vec<Attribution> {
    let blocks = document.article.blocks.iter().filter(|b| b.kind != BlockKind::Boilerplate);
    let mut all: Vec<Attribution> = blocks.filter_map(|b| led(document, words, b)).collect();
    all.extend(outermost(document).iter().filter_map(|q| signed(document, q)));
    all
}

/// `Name: words` at the start of a block, or `words: source` as a headline.
fn led(document: &Document, nouns: &SourceWords, block: &Block) -> Option<Attribution> {
    let words = document.tokens_in(block.span);
    let colon = words.iter().find(|&t| document.form(t) == ":")?;
    let stray = words.iter().take_while(|&t| is_quotation_mark(document.form(t))).count() as u32;
    let (before, after) =
        ((words.start + stray).min(colon).until(colon), (colon + 1).until(words.end));
    let title = block.kind != BlockKind::Paragraph && block.kind != BlockKind::Item;
    if before.len() <= NAME && after.len() >= 3 && is_speaker(document, nouns, before, title) {
        return colon_attribution(document, before, colon, after, title);
    }
    let last = after.last()?;
    let short = title && after.len() <= 4 && before.len() >= 3;
    let source = nouns.is_headline_source(document.lemma(last));
    if short && source { colon_attribution(document, after, colon, before, title) } else { None }
}

/// Whether all the words before a colon name one who speaks: a person or, in
/// headlines, a body or a source; `Q` and `A` in interviews.
fn is_speaker(document: &Document, nouns: &SourceWords, words: TokenRange, title: bool) -> bool {
    let Some(last) = words.last() else { return false };
    let initial = words.len() == 1 && matches!(document.form(last), "Q" | "A");
    let named = words.iter().all(|t| is_name_word(document, t));
    let kind = document.name_at(last).map(|n| n.kind);
    let person = named && kind == Some(NameKind::Person);
    let shouted = words.len() <= 3
        && words.iter().all(|t| document.form(t).chars().all(|c| c.is_uppercase() || c == '.'))
        && document.form(last).len() > 2;
    let headline = title
        && (named && kind == Some(NameKind::Organization)
            || words.len() <= 4 && nouns.is_headline_source(document.lemma(last)));
    initial || person || headline || shouted && !title
}

fn is_name_word(document: &Document, word: TokenId) -> bool {
    document.name_at(word).is_some()
        || matches!(document.tag(word).upos, Upos::Propn | Upos::Punct | Upos::Adp | Upos::Det)
        || document.form(word).chars().all(|c| c.is_uppercase() || c == '.')
}

fn colon_attribution(
    document: &Document,
    source: TokenRange,
    colon: TokenId,
    content: TokenRange,
    title: bool,
) -> Option<Attribution> {
    let span = |words: TokenRange| (!words.is_empty()).then(|| document.span_of(words));
    let cue = document.span(colon);
    let mut found = bare(
        Some(signed_by(document, span(source)?)?),
        cue,
        span(content)?,
        document.sentence_of(colon)?,
        if title { "headline-colon" } else { "speaker-colon" },
    );
    if title {
        found.kind = AttributionKind::Headline;
    }
    Some(found)
}

/// A source phrase; its head is the last word of it that is no punctuation.
fn signed_by(document: &Document, span: Span) -> Option<Source> {
    let words = document.tokens_in(span);
    let named = words.iter().rev().find(|&t| document.name_at(t).is_some());
    let head =
        named.or_else(|| words.iter().rev().find(|&t| document.tag(t).upos != Upos::Punct))?;
    Some(Source { span, head, unnamed: is_unnamed(document, head, span) })
}

/// A quotation, a dash, a name, and the end of the block.
fn signed(document: &Document, quotation: &Quotation) -> Option<Attribution> {
    let blocks = &document.article.blocks;
    let block = blocks.get(blocks.partition_point(|b| b.span.end <= quotation.span.start))?;
    let rest = document.tokens_in(Span::new(quotation.span.end, block.span.end));
    let dash = rest.start;
    let named = document.name_at(dash + 1)?;
    let is_dash = document.form(dash).chars().all(|c| "-–—―~".contains(c));
    let whole = rest.len() <= NAME && named.kind == NameKind::Person && rest.contains(dash);
    if !is_dash || !whole {
        return None;
    }
    let source = signed_by(document, named.span)?;
    let cue = document.span(dash);
    let sentence = document.sentence_of(dash)?;
    Some(bare(Some(source), cue, quotation.span, sentence, "signed-quotation"))
}
