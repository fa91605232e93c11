//! What the writer makes of somebody's words: "“We keep the mill,” she said, *showing that
//! she feared nobody*."
//!
//! In: a document and its attributions. Out: the same without those of such participles, and
//! without their words in the contents of others: nobody but the article says so.

use super::Attribution;
use crate::analyse::syntax::is_quotation_mark;
use crate::extract::Attitude;
use crate::text::{Deprel, Document, Span, TokenId};

/// Takes what the writer infers out of the words of others.
pub(super) fn set_apart(document: &Document, all: &mut Vec<Attribution>) {
    let mut inferred: Vec<Span> = all.iter().filter_map(|a| inference(document, a)).collect();
    inferred.sort_unstable_by_key(|span| span.start);
    if inferred.is_empty() {
        return;
    }
    all.retain(|a| inference(document, a).is_none());
    for attribution in all.iter_mut() {
        for piece in &mut attribution.content {
            if let Some(words) = inferred.iter().find(|words| piece.contains(**words)) {
                *piece = before(document, *piece, *words);
            }
        }
        attribution.content.retain(|piece| piece.start < piece.end);
    }
    all.retain(|a| !a.content.is_empty());
}

/// The words of a participle behind a quotation that tells what the quotation shows.
fn inference(document: &Document, attribution: &Attribution) -> Option<Span> {
    let tree = &document.tree;
    let shows = attribution.attitude == Attitude::Shows;
    let cue = document.tokens_in(attribution.cue.filter(|_| shows)?);
    let bare = |t: &TokenId| {
        document.tag(*t).xpos == "VBG" && tree.is(*t, Deprel::Advcl) && !tree.has(*t, Deprel::Mark)
    };
    let participle = cue.iter().find(bare)?;
    let previous = cue.start.previous()?;
    let mark = if document.form(previous) == "," { previous.previous()? } else { previous };
    let closes = is_quotation_mark(document.form(mark));
    let words = tree.subtree(participle).last().map_or(cue, |&last| cue.start.through(last));
    closes.then(|| document.span_of(words))
}

/// A piece of content up to where some words of it begin.
fn before(document: &Document, piece: Span, words: Span) -> Span {
    let first = document.tokens_in(words).start;
    let kept = document.tokens_in(piece).start.until(first);
    if kept.is_empty() { Span::new(piece.start, piece.start) } else { document.span_of(kept) }
}
