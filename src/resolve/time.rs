//! The time that words tell, as statements have it.

use crate::analyse::calendar_time;
use crate::extract::{ArgumentKind, Qualifier, When};
use crate::text::{Document, FunctionWord, Span, Time, TimeKind, TimeValue};

/// The time of a claim: its calendar time, else its TIMEX3 value.
pub(super) fn time_of_claim(document: &Document, when: &When) -> Option<TimeValue> {
    let expression = expression_at(document, when.span);
    let calendar = expression.and_then(|time| calendar_time(document, time));
    calendar.or_else(|| when.value.clone())
}

/// Whether a qualifier tells a time.
pub(super) fn is_time(document: &Document, qualifier: &Qualifier) -> bool {
    expression_of(document, qualifier).is_some()
}

/// The time or the duration that a qualifier is, where its words tell one; *every
/// week* is none.
pub(super) fn time_of_qualifier(document: &Document, qualifier: &Qualifier) -> Option<TimeValue> {
    let time = expression_of(document, qualifier).filter(|time| time.kind != TimeKind::Set)?;
    calendar_time(document, time).or_else(|| time.value.clone())
}

/// The time expression that a qualifier is. "The shares fell by a quarter" tells how
/// much they fell, not how long.
fn expression_of<'a>(document: &'a Document, qualifier: &Qualifier) -> Option<&'a Time> {
    let Qualifier { preposition, argument } = qualifier;
    if argument.kind == ArgumentKind::Clause {
        return None;
    }
    let time = document.time_at(argument.head)?;
    let is_measure =
        document.words.is(preposition, FunctionWord::By) && time.kind == TimeKind::Duration;
    (!is_measure).then_some(time)
}

/// The time expression of just these words.
fn expression_at(document: &Document, span: Span) -> Option<&Time> {
    let at = document.times.partition_point(|time| time.span.end <= span.start);
    document.times.get(at).filter(|time| time.span == span)
}
