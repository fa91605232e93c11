//! What expressions that are made of others mean.

use compact_str::{CompactString, format_compact};
use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::expression::{Expression, Part};
use super::lexicon::Unit;
use super::value::{Anchor, plus, value, week};
use super::when::{calendar_days, of_date};

/// The first and the last day of an expression.
fn days(expression: &Expression, anchor: &Anchor) -> Option<(Date, Date)> {
    let value = value(expression, anchor)?;
    calendar_days(&of_date(&value)?)
}

/// Its first day.
pub(super) fn first_day(expression: &Expression, anchor: &Anchor) -> Option<Date> {
    days(expression, anchor).map(|(first, _)| first)
}

/// *May 3 to May 5*: an interval of days. A year that is said of one end holds
/// for the other.
pub(super) fn range(from: &Expression, to: &Expression, anchor: &Anchor) -> Option<CompactString> {
    let (from, to) = (of_year(from, year_of(to)), of_year(to, year_of(from)));
    let (mut first, _) = days(&from, anchor)?;
    let (_, last) = days(&to, anchor)?;
    if first > last {
        first = plus(first, Span::new().years(-1))?;
    }
    (first <= last).then(|| format_compact!("{first}/{last}"))
}

fn year_of(expression: &Expression) -> Option<i16> {
    match expression {
        Expression::Date { year, .. } | Expression::Month { year, .. } => *year,
        _ => None,
    }
}

/// An expression in a year, if it has none of its own.
fn of_year(expression: &Expression, year: Option<i16>) -> Expression {
    match expression {
        Expression::Date { year: None, month, day } => {
            Expression::Date { year, month: *month, day: *day }
        }
        Expression::Month { year: None, month, shift: None } => {
            Expression::Month { year, month: *month, shift: None }
        }
        other => other.clone(),
    }
}

/// *the first week of May*. The weeks of a period are those whose Thursdays lie
/// in it, as ISO 8601 counts the weeks of a year.
pub(super) fn part_of(part: Part, whole: &Expression, anchor: &Anchor) -> Option<CompactString> {
    let (first, last) = days(whole, anchor)?;
    match part {
        Part::Half(half) if first.year() == last.year() => {
            Some(format_compact!("{:04}-H{half}", first.year())).filter(|_| (1..=2).contains(&half))
        }
        Part::Half(_) => None,
        Part::Week(nth) => nth_weekday(first, last, nth, Weekday::Thursday).map(week),
        Part::Weekday(nth, day) => {
            let weekday = Weekday::from_monday_one_offset(day).ok()?;
            nth_weekday(first, last, nth, weekday).map(|day| format_compact!("{day}"))
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
pub(super) fn from_day(by: i32, unit: Unit, day: Date) -> Option<CompactString> {
    let span = Span::new();
    let span = match unit {
        Unit::Day => span.try_days(by),
        Unit::Week | Unit::Fortnight => span.try_weeks(by),
        Unit::Month | Unit::Quarter => span.try_months(by),
        Unit::Year | Unit::Decade | Unit::Century => span.try_years(by),
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Weekend => return None,
    };
    plus(day, span.ok()?).map(|day| format_compact!("{day}"))
}
