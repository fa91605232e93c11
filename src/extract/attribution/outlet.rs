//! Newspapers that others speak through: who "told the Journal" something is
//! heard through the Journal, which is a source of the story itself.

use super::span::merge;
use super::{Source, is_unnamed};
use crate::extract::{Attitude, Attribution, AttributionKind, Polarity};
use crate::text::{Document, Name, NameKind, Span};

/// Words in the names of newspapers, agencies and broadcasters.
const OUTLETS: [&str; 30] = [
    "journal",
    "times",
    "post",
    "news",
    "herald",
    "tribune",
    "gazette",
    "guardian",
    "telegraph",
    "chronicle",
    "courier",
    "observer",
    "mail",
    "press",
    "reuters",
    "bloomberg",
    "ap",
    "afp",
    "bbc",
    "cnn",
    "nbc",
    "abc",
    "cbs",
    "npr",
    "magazine",
    "daily",
    "newspaper",
    "spiegel",
    "politico",
    "radio",
];

/// For each attribution that is told to an outlet, the outlet's own: its
/// content is all of the other, so that the other nests in it.
pub(super) fn told(document: &Document, all: &[Attribution]) -> Vec<Attribution> {
    all.iter().filter_map(|a| through(document, a)).collect()
}

fn through(document: &Document, inner: &Attribution) -> Option<Attribution> {
    let cue = inner.cue?;
    let speaker = inner.source.as_ref()?.span;
    let told = inner.cue_lemma == "tell" || inner.rule == "attribute-sources-to";
    let outlet = addressee(document, cue).filter(|_| told)?;
    let mut content = inner.content.clone();
    content.extend([speaker, cue]);
    let span = outlet.span;
    let source = Source {
        span,
        head: outlet.last.checked_sub(1)?,
        unnamed: is_unnamed(document, outlet.first, span),
    };
    Some(Attribution {
        source: Some(source),
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

/// The outlet right after the cue: "told **the Journal**", "sources to **the Journal**".
fn addressee(document: &Document, cue: Span) -> Option<&Name> {
    let next = document.tokens.partition_point(|t| t.span.start < cue.end) as u32;
    let name = (next..next + 3).find_map(|t| document.name_at(t))?;
    let near = (next..name.first).all(|t| matches!(document.lemma(t), "the" | "to"));
    let body = name.kind == NameKind::Organization && near;
    let is_outlet = |t: u32| OUTLETS.contains(&document.form(t).to_lowercase().as_str());
    (body && (name.first..name.last).any(is_outlet)).then_some(name)
}
