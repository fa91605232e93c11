//! When something happened, as far as a time expression of it tells.

use jiff::Span;
use jiff::civil::Date;

use crate::text::{Document, Published, Time, TimeKind};

/// The first and the last day of a calendar time: of a day, a moment, a month,
/// a year, or an interval.
pub fn calendar_days(calendar: &str) -> Option<(Date, Date)> {
    if let Some((first, last)) = calendar.split_once('/') {
        return Some((first.parse().ok()?, last.parse().ok()?));
    }
    let number = |at: std::ops::Range<usize>| calendar.get(at)?.parse::<i16>().ok();
    let month = |month: i16| Date::new(number(0..4)?, i8::try_from(month).ok()?, 1).ok();
    match calendar.len() {
        4 => Some((month(1)?, month(12)?.last_of_month())),
        7 => Some((month(number(5..7)?)?, month(number(5..7)?)?.last_of_month())),
        _ => calendar.get(..10)?.parse::<Date>().ok().map(|day| (day, day)),
    }
}

/// The value of a time for a claim: a TIMEX3 date or date-time as it is, and an
/// ISO 8601 interval of days (`2022-05-02/2022-05-08`, both ends within) for
/// weeks, weekends, seasons, halves, quarters, decades, centuries, and for durations that
/// reach up to the article's day (*the last three months*) or go on from it
/// (*the next two weeks*). None where the day cannot be known, and for times
/// that tell no day: *every year*, *for two hours*.
pub fn calendar_time(document: &Document, time: &Time) -> Option<String> {
    let value = time.value.as_deref()?;
    if value.contains('X') {
        return None;
    }
    match time.kind {
        TimeKind::Set => None,
        TimeKind::Duration => of_duration(document, time, value),
        TimeKind::Date | TimeKind::Time => of_date(value),
    }
}

/// A TIMEX3 date as a calendar time.
pub(super) fn of_date(value: &str) -> Option<String> {
    if value.contains('/') {
        return Some(value.to_owned());
    }
    let (date, clock) = value.split_once('T').map_or((value, None), |(d, t)| (d, Some(t)));
    let is_clock = |t: &str| t.starts_with(|c: char| c.is_ascii_digit());
    let whole: Option<Date> = date.parse().ok();
    match (clock, whole) {
        (Some(time), Some(_)) if is_clock(time) && !time.starts_with("24") => {
            Some(value.to_owned())
        }
        (_, Some(day)) => Some(day.to_string()),
        (Some(_), None) => None,
        (None, None) => of_period(date),
    }
}

/// Months and years stay as they are; what XML Schema has no type for becomes
/// an interval.
fn of_period(value: &str) -> Option<String> {
    let (year, rest) = value.split_once('-').unwrap_or((value, ""));
    let number: i16 = year.parse().ok()?;
    let between = |first: Date, last: Date| Some(format!("{first}/{last}"));
    let months = |first: i8, count: i32| {
        let start = Date::new(number, first, 1).ok()?;
        between(start, start.checked_add(Span::new().months(count)).ok()?.yesterday().ok()?)
    };
    match (year.len(), rest) {
        (2, "") => {
            between(Date::new(number * 100, 1, 1).ok()?, Date::new(number * 100 + 99, 12, 31).ok()?)
        }
        (3, "") => {
            between(Date::new(number * 10, 1, 1).ok()?, Date::new(number * 10 + 9, 12, 31).ok()?)
        }
        (4, "") => Some(value.to_owned()),
        (4, "SP") => months(3, 3),
        (4, "SU") => months(6, 3),
        (4, "FA") => months(9, 3),
        (4, "WI") => months(12, 3),
        (4, "H1") => months(1, 6),
        (4, "H2") => months(7, 6),
        (4, rest) if rest.starts_with('Q') => {
            let quarter: i8 = rest.get(1..)?.parse().ok()?;
            months(quarter.checked_sub(1)?.checked_mul(3)? + 1, 3)
        }
        (4, rest) if rest.starts_with('W') => of_week(number, rest),
        (4, rest) if rest.len() == 2 => Some(value.to_owned()),
        _ => None,
    }
}

fn of_week(year: i16, rest: &str) -> Option<String> {
    let week: i8 = rest.get(1..3)?.parse().ok()?;
    let day = |weekday| {
        let date = jiff::civil::ISOWeekDate::new(year, week, weekday).ok()?;
        Some(date.date())
    };
    let first = if rest.ends_with("WE") && rest.len() > 3 {
        jiff::civil::Weekday::Saturday
    } else {
        jiff::civil::Weekday::Monday
    };
    Some(format!("{}/{}", day(first)?, day(jiff::civil::Weekday::Sunday)?))
}

/// A duration that touches the article's day.
fn of_duration(document: &Document, time: &Time, value: &str) -> Option<String> {
    let published = document.article.published.map(Published::day)?;
    let span: Span = value.parse().ok()?;
    let words = document.slice(time.span).to_lowercase();
    let has = |marks: &[&str]| words.split_whitespace().any(|w| marks.contains(&w));
    if has(&["last", "past", "previous", "recent"]) {
        return Some(format!("{}/{published}", published.checked_sub(span).ok()?));
    }
    if has(&["next", "coming", "upcoming"]) {
        return Some(format!("{published}/{}", published.checked_add(span).ok()?));
    }
    None
}
