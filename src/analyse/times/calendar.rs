//! Counting on the calendar: days from days, and parts of periods.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::expression::Part;
use super::lexicon::Unit;
use crate::text::TimeValue;

/// A day so much later; none past the end of the calendar.
pub(super) fn plus(date: Date, span: Span) -> Option<Date> {
    date.checked_add(span).ok()
}

/// The Monday of a day's week.
pub(super) fn monday(date: Date) -> Option<Date> {
    let back = date.weekday().to_monday_zero_offset();
    plus(date, Span::new().days(-i32::from(back)))
}

/// From the first day of one period to the last of another: *May 3 to May 5*.
/// Where that would run backwards, the first is of the year before.
pub(super) fn interval(from: (Date, Date), to: (Date, Date)) -> Option<TimeValue> {
    let (mut first, last) = (from.0, to.1);
    if first > last {
        first = plus(first, Span::new().years(-1))?;
    }
    (first <= last).then_some(TimeValue::Interval { first, last })
}

/// *the first week of May*. The weeks of a period are those whose Thursdays lie
/// in it, as ISO 8601 counts the weeks of a year.
pub(super) fn part_of(part: Part, (first, last): (Date, Date)) -> Option<TimeValue> {
    match part {
        Part::Half(half @ 1..=2) if first.year() == last.year() => {
            Some(TimeValue::Half { year: first.year(), half: half.unsigned_abs() })
        }
        Part::Half(_) => None,
        Part::Week(nth) => nth_weekday(first, last, nth, Weekday::Thursday).map(TimeValue::week_of),
        Part::Weekday(nth, day) => {
            let weekday = Weekday::from_monday_one_offset(day).ok()?;
            nth_weekday(first, last, nth, weekday).map(TimeValue::Day)
        }
    }
}

/// The nth such day of a period; -1 is the last.
fn nth_weekday(first: Date, last: Date, nth: i8, weekday: Weekday) -> Option<Date> {
    let day = if nth < 0 {
        let back = last.weekday().since(weekday);
        plus(last, Span::new().days(-i32::from(back)))?
    } else {
        let ahead = i32::from(first.weekday().until(weekday));
        plus(first, Span::new().days(ahead + 7 * (i32::from(nth) - 1)))?
    };
    (nth != 0 && first <= day && day <= last).then_some(day)
}

/// *two weeks after Christmas*: a day.
pub(super) fn from_day(by: i32, unit: Unit, day: Date) -> Option<TimeValue> {
    let span = Span::new();
    let span = match unit {
        Unit::Day => span.try_days(by),
        Unit::Week | Unit::Fortnight => span.try_weeks(by),
        Unit::Month | Unit::Quarter => span.try_months(by),
        Unit::Year | Unit::Decade | Unit::Century => span.try_years(by),
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Weekend => return None,
    };
    plus(day, span.ok()?).map(TimeValue::Day)
}
