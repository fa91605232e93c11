//! The time that words tell, as statements have it.

use crate::analyse::calendar_time;
use crate::extract::{Argument, ArgumentKind, When};
use crate::text::{Document, Span, Time, TimeKind, TimeValue};

/// The time of a claim: its calendar time, else its TIMEX3 value.
pub(super) fn time_of_claim(document: &Document, when: &When) -> Option<TimeValue> {
    let expression = expression_at(document, when.span);
    let calendar = expression.and_then(|time| calendar_time(document, time));
    calendar.or_else(|| when.value.clone())
}

/// The time or the length of time that an argument is, where its words tell one;
/// *every week* is none.
pub(super) fn time_of_argument(document: &Document, argument: &Argument) -> Option<TimeValue> {
    if argument.kind == ArgumentKind::Clause {
        return None;
    }
    let time = document.time_at(argument.head).filter(|time| time.kind != TimeKind::Set)?;
    calendar_time(document, time).or_else(|| time.value.clone())
}

/// The time expression of just these words.
fn expression_at(document: &Document, span: Span) -> Option<&Time> {
    let at = document.times.partition_point(|time| time.span.end <= span.start);
    document.times.get(at).filter(|time| time.span == span)
}
