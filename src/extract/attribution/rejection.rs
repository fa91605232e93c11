//! Rejecting is not stating: "The ministry rejected reports that the dam had failed."
//!
//! In: attributions, among them those of who rejects something. Out: beside each of
//! them that of the reports themselves, which nobody else may have been found for:
//! the reports say that the dam had failed, the ministry that it had not.

use super::{Attribution, Source};
use crate::extract::lexicon::Lexicon;
use crate::extract::{Attitude, AttributionKind, Polarity};
use crate::text::{Document, Span, TokenId, Upos};

/// What the names of the rules for rejecting begin with.
pub(in crate::extract) const REJECTING: &str = "attribute-rejecting";

/// The list of nouns for what is rejected.
const REJECTED: &str = "rejected";

/// Gives every rejection the reports that it rejects: a source to a noun that has none,
/// and an attribution to one that no rule took for a cue. A mere idea is nobody's word.
pub(super) fn complete(document: &Document, lexicon: &Lexicon, all: &mut Vec<Attribution>) {
    let rejections: Vec<Attribution> =
        all.iter().filter(|a| a.rule.starts_with(REJECTING)).cloned().collect();
    for rejection in rejections {
        let Some(noun) = rejected(document, lexicon, &rejection) else { continue };
        let span = document.span(noun);
        let reports = lexicon.has(REJECTED, Some("report"), document.lemma(noun));
        let own = all.iter().position(|a| a.cue.is_some_and(|cue| cue.contains(span)));
        match own.and_then(|at| all.get_mut(at)) {
            Some(own) if own.source.is_some() => {}
            Some(own) if reports => own.source = Some(nobody(noun, span)),
            None if reports => all.push(report(&rejection, noun, span)),
            _ => all.retain(|a| a.cue.is_none_or(|cue| !cue.contains(span))),
        }
    }
}

/// The noun that is rejected: the nearest such noun before its clause.
fn rejected(document: &Document, lexicon: &Lexicon, rejection: &Attribution) -> Option<TokenId> {
    let content = rejection.content.first()?;
    let first = document.tokens_in(*content).start;
    let sentence = document.sentence(rejection.sentence)?;
    let before = sentence.tokens.start.until(first).iter().rev();
    before
        .filter(|&t| document.tag(t).upos == Upos::Noun)
        .find(|&t| lexicon.has(REJECTED, None, document.lemma(t)))
}

/// Reports that nobody is named for.
fn nobody(noun: TokenId, span: Span) -> Source {
    Source { span, head: noun, unnamed: true }
}

fn report(rejection: &Attribution, noun: TokenId, span: Span) -> Attribution {
    Attribution {
        source: Some(nobody(noun, span)),
        cue: Some(span),
        cue_lemma: "report".into(),
        kind: AttributionKind::Noun,
        attitude: Attitude::States,
        polarity: Polarity::Positive,
        rule: "rejected-report".into(),
        ..rejection.clone()
    }
}
