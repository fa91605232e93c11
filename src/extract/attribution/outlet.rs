//! Newspapers that others speak through: who "told the Journal" something is
//! heard through the Journal, which is a source of the story itself.

use super::span::merge;
use super::words::SourceWords;
use super::{Source, is_unnamed};
use crate::extract::{Attitude, Attribution, AttributionKind, Polarity};
use crate::text::{BlockKind, Document, Sentence, SentenceId, Span, TokenId, Upos};

/// For each attribution that is told to an outlet, the outlet's own: its
/// content is all of the other, so that the other nests in it.
pub(super) fn told(
    document: &Document,
    words: &SourceWords,
    all: &[Attribution],
) -> Vec<Attribution> {
    all.iter().filter_map(|a| through(document, words, a)).collect()
}

/// "…, sources to the Journal.": sentences that end in a speaker and an outlet
/// without a verb.
pub(super) fn without_verb(document: &Document, words: &SourceWords) -> Vec<Attribution> {
    let sentences = document.sentences.iter().enumerate();
    let running = sentences.filter(|(_, s)| s.block != BlockKind::Boilerplate);
    running
        .filter_map(|(id, s)| speaker_to(document, words, s, SentenceId::from_index(id)))
        .collect()
}

fn speaker_to(
    document: &Document,
    words: &SourceWords,
    sentence: &Sentence,
    id: SentenceId,
) -> Option<Attribution> {
    let end = sentence.tokens.iter().rev().find(|&t| document.tag(t).upos != Upos::Punct)?;
    let comma = sentence.tokens.iter().rev().take(12).find(|&t| document.form(t) == ",")?;
    let to = (comma + 1).until(end).iter().find(|&t| document.form(t) == "to")?;
    let head = to.checked_sub(1).filter(|&t| t > comma)?;
    let speaks = words.is_anonymous(document.lemma(head));
    let cue = document.span(to);
    addressee(document, words, cue).filter(|_| speaks && comma > sentence.tokens.start)?;
    let span = document.span_of((comma + 1).through(head));
    Some(Attribution {
        source: Some(Source { span, head, unnamed: is_unnamed(document, head, span) }),
        cue: Some(cue),
        cue_lemma: "tell".into(),
        content: vec![document.span_of(sentence.tokens.start.until(comma))],
        kind: AttributionKind::Indirect,
        attitude: Attitude::States,
        polarity: Polarity::Positive,
        within: None,
        sentence: id,
        rule: "sources-to-outlet".into(),
    })
}

fn through(document: &Document, words: &SourceWords, inner: &Attribution) -> Option<Attribution> {
    let cue = inner.cue?;
    let speaker = inner.source.as_ref()?.span;
    let (first, last) = addressee(document, words, cue).filter(|_| inner.cue_lemma == "tell")?;
    let span = document.span_of(first.through(last));
    let mut content = inner.content.clone();
    content.extend([speaker, cue]);
    Some(Attribution {
        source: Some(Source { span, head: last, unnamed: false }),
        cue: Some(cue),
        cue_lemma: "report".into(),
        content: merge(content, &document.article.text),
        kind: AttributionKind::Indirect,
        attitude: Attitude::States,
        polarity: Polarity::Positive,
        within: None,
        sentence: inner.sentence,
        rule: "told-to-outlet".into(),
    })
}

/// First and last word of the outlet right behind the cue: "told **the
/// Journal**", "sources to **the Journal**".
fn addressee(document: &Document, words: &SourceWords, cue: Span) -> Option<(TokenId, TokenId)> {
    let next = TokenId::from_index(document.tokens.partition_point(|t| t.span.start < cue.end));
    let light = |t: &TokenId| matches!(document.lemma(*t), "the" | "to");
    let first = next.until(next + 3).iter().find(|t| !light(t))?;
    let last = match document.name_at(first) {
        Some(name) => name.tokens.end.checked_sub(1)?,
        None => first,
    };
    let capital = document.form(first).starts_with(char::is_uppercase);
    let is_outlet = |t: TokenId| words.is_medium(document.form(t));
    (capital && first.through(last).iter().any(is_outlet)).then_some((first, last))
}
