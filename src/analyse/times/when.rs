//! When something happened, as far as a time expression of it tells.

use jiff::Span;
use jiff::civil::Date;

use crate::text::{Document, FunctionWord, Published, Time, TimeKind, TimeValue};

/// The calendar time that a claim is dated with: [`TimeValue::calendar`], and an
/// interval of days for durations that reach up to the article's day (*the last
/// three months*) or go on from it (*the next two weeks*). None where the day
/// cannot be known, and for times that tell no day: *every year*, *for two hours*.
pub fn calendar_time(document: &Document, time: &Time) -> Option<TimeValue> {
    match (time.kind, time.value.as_ref()?) {
        (TimeKind::Set, _) => None,
        (TimeKind::Duration, TimeValue::Duration(duration)) => {
            let published = document.article.published.map(Published::day)?;
            let (first, last) = reach(document, time, published, duration.span()?)?;
            Some(TimeValue::Interval { first, last })
        }
        (TimeKind::Duration, _) => None,
        (TimeKind::Date | TimeKind::Time, value) => value.calendar(),
    }
}

/// The first and the last day of a duration that touches the article's day.
fn reach(document: &Document, time: &Time, published: Date, span: Span) -> Option<(Date, Date)> {
    let words = document.slice(time.span);
    let has = |class| words.split_whitespace().any(|word| document.words.is(word, class));
    if has(FunctionWord::UpToNow) {
        return Some((published.checked_sub(span).ok()?, published));
    }
    if has(FunctionWord::FromNow) {
        return Some((published, published.checked_add(span).ok()?));
    }
    None
}
