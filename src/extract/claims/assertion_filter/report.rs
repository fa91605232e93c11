//! Whether a claim stands beside what somebody is reported to say.
//!
//! In: a claim that no attribution holds, and the attributions of its document.
//! Out: whether its clause goes on with a report ("he said the army was ready, and
//! *morale was high*") or stands before one that closes its sentence ("*flights
//! were cancelled* and a plane turned back, a statement said"): what is reported
//! is reported whole, wherever the tree hangs its parts.

use crate::analyse::syntax::is_verbal;
use crate::extract::{Attribution, AttributionKind, Claim};
use crate::text::{Deprel, Document, Span, TokenId};

/// Whether what a claim says may be part of what somebody reports.
pub(super) fn is_beside(document: &Document, claim: &Claim, attributions: &[Attribution]) -> bool {
    let of_sentence = attributions.iter().filter(|a| a.sentence == claim.sentence);
    of_sentence.filter_map(Report::of).any(|report| {
        report.closes_over(claim.relation.span) || report.goes_on_in(document, claim.relation.head)
    })
}

/// Whether the writer has taken the word again between a clause and one that is
/// coordinated with it: "she said that she was tired but *went on*, and the crowd cheered".
fn is_resumed(document: &Document, clause: TokenId, conjunct: TokenId) -> bool {
    let tree = &document.tree;
    let mut between = tree.children_by(clause, Deprel::Conj).filter(|&c| c < conjunct);
    between.any(|c| is_verbal(document, c) && !tree.has(c, Deprel::Nsubj))
}

/// A cue with what it reports in the words of the article.
struct Report<'a> {
    cue: Span,
    /// Where its source or cue begins.
    start: u32,
    content: &'a [Span],
}

impl<'a> Report<'a> {
    fn of(attribution: &'a Attribution) -> Option<Self> {
        let cue = attribution.cue?;
        let source = attribution.source.as_ref().map_or(cue, |source| source.span);
        let retold = attribution.kind != AttributionKind::Direct;
        retold.then(|| Self {
            cue,
            start: cue.start.min(source.start),
            content: &attribution.content,
        })
    }

    fn holds(&self, span: Span) -> bool {
        self.content.iter().any(|piece| piece.contains(span))
    }

    /// Whether the report ends the sentence and the words stand before it, outside
    /// of what the attribution has.
    fn closes_over(&self, words: Span) -> bool {
        let is_last = self.content.iter().all(|piece| piece.end <= self.cue.start);
        is_last && words.end <= self.start && !self.holds(words)
    }

    /// Whether a word hangs on a clause that is coordinated with the cue or with what
    /// it reports, behind both.
    fn goes_on_in(&self, document: &Document, word: TokenId) -> bool {
        let tree = &document.tree;
        let is_reported = |t: TokenId| {
            let span = document.span(t);
            self.cue.contains(span) || self.holds(span)
        };
        let own = document.span(word);
        !self.holds(own)
            && std::iter::once(word).chain(tree.ancestors(word)).any(|t| {
                let beside = matches!(tree.deprel(t), Deprel::Conj | Deprel::Parataxis);
                let behind = document.span(t).start > self.cue.start;
                let head = tree.head(t).filter(|_| beside && behind);
                head.is_some_and(|head| is_reported(head) && !is_resumed(document, head, t))
            })
    }
}
