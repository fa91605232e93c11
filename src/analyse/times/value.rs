//! What a time expression means in an article of a known or unknown day.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::calendar::{self, monday, plus};
use super::expression::{Expression, duration};
use super::lexicon::{Shift, Unit};
use crate::text::{Count, Season, TimeOfDay, TimeValue};

/// Which way a time lies that the words leave open: *on Sunday*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
    Unknown,
}

/// What times are counted from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    /// The day of the article.
    pub(super) published: Option<Date>,
    /// The last day that the text spoke of.
    pub(super) context: Option<Date>,
    /// Which way.
    pub(super) direction: Direction,
}

impl Anchor {
    /// Whether what is told in the past would lie behind the day of the article: "seven months
    /// later it *moved*" is not counted from a day that the text only mentioned in between.
    fn is_to_come(&self, value: &TimeValue) -> bool {
        let days = value.days().zip(self.published);
        let ahead = days.is_some_and(|((first, _), published)| first > published);
        self.direction == Direction::Past && ahead
    }

    fn of(&self, from_context: bool) -> Option<Date> {
        if from_context { self.context.or(self.published) } else { self.published }
    }
}

/// The value of an expression; none where it cannot be known.
pub(super) fn value(expression: &Expression, anchor: &Anchor) -> Option<TimeValue> {
    match expression {
        Expression::Duration { count, unit } => Some(duration(*count, *unit)),
        Expression::Set(value) => Some(value.clone()),
        Expression::Year(year) => Some(TimeValue::Year(*year)),
        Expression::Decade(year) => Some(TimeValue::Decade(year / 10)),
        Expression::Century(number) => i16::try_from(number - 1).ok().map(TimeValue::Century),
        Expression::Month { year, month, shift } => month_value(*year, *month, *shift, anchor),
        Expression::Weekend => weekend(anchor),
        Expression::Shifted { unit, shift } => shifted(*unit, *shift, anchor),
        Expression::Offset { count, unit, sign, from_context } => {
            let value = offset(*count, *unit, *sign, anchor.of(*from_context)?)?;
            (!from_context || !anchor.is_to_come(&value)).then_some(value)
        }
        Expression::Season { season, year, shift } => season_value(*season, *year, *shift, anchor),
        Expression::Quarter { quarter, year, shift } => {
            quarter_value(*quarter, *year, *shift, anchor)
        }
        Expression::Moment { day, time } => moment(day.as_deref(), *time, anchor),
        Expression::Range { from, to } => {
            let (from, to) = Expression::in_one_year(from, to);
            calendar::interval(days(&from, anchor)?, days(&to, anchor)?)
        }
        Expression::PartOf { part, whole } => calendar::part_of(*part, days(whole, anchor)?),
        Expression::FromDay { count, unit, sign, day } => {
            let by = whole_units(*count, *unit)?.checked_mul(*sign)?;
            calendar::from_day(by, *unit, days(day, anchor)?.0)
        }
        Expression::Date { .. }
        | Expression::Weekday { .. }
        | Expression::Day(_)
        | Expression::Holiday { .. } => day(expression, anchor),
    }
}

/// The first and the last day of an expression.
fn days(expression: &Expression, anchor: &Anchor) -> Option<(Date, Date)> {
    value(expression, anchor)?.days()
}

/// The value of a day; where the year is not known, of that day of any year.
fn day(expression: &Expression, anchor: &Anchor) -> Option<TimeValue> {
    let date = match *expression {
        Expression::Date { year: Some(year), month, day } => Date::new(year, month, day).ok()?,
        Expression::Date { year: None, month, day } => match anchor.published {
            Some(published) => {
                nearest(published, anchor.direction, |y| Date::new(y, month, day).ok())?
            }
            None => {
                // A leap year, so that February 29 is a day.
                Date::new(2000, month, day).ok()?;
                return Some(TimeValue::YearlyDay { month, day });
            }
        },
        Expression::Holiday { holiday, year: Some(year) } => holiday.in_year(year)?,
        Expression::Holiday { holiday, year: None } => match (anchor.published, holiday.fixed()) {
            (Some(published), _) => nearest(published, anchor.direction, |y| holiday.in_year(y))?,
            (None, fixed) => {
                let (month, day) = fixed?;
                return Some(TimeValue::YearlyDay { month, day });
            }
        },
        Expression::Weekday { day, shift, week } => {
            let wanted = Weekday::from_monday_one_offset(day).ok()?;
            match anchor.published {
                Some(published) => weekday(published, wanted, shift, week, anchor)?,
                None => return Some(TimeValue::Weekday(wanted)),
            }
        }
        Expression::Day(days) => plus(anchor.published?, Span::new().days(days))?,
        Expression::Shifted { unit: Unit::Day, shift } => {
            plus(anchor.of(shift.from_context)?, Span::new().days(shift.by))?
        }
        Expression::Offset { .. } | Expression::PartOf { .. } | Expression::FromDay { .. } => {
            return value(expression, anchor);
        }
        _ => return None,
    };
    Some(TimeValue::Day(date))
}

/// A day that comes every year: the nearest on the right side of the article's.
/// A day's grace, for an article of the evening before elsewhere on the globe.
fn nearest(
    published: Date,
    direction: Direction,
    in_year: impl Fn(i16) -> Option<Date>,
) -> Option<Date> {
    let years =
        [-1i16, 0, 1].into_iter().filter_map(|by| in_year(published.year().checked_add(by)?));
    let distance = |date: &Date| (published.until(*date)).map_or(i32::MAX, |s| s.get_days());
    years
        .filter(|date| match direction {
            Direction::Past => distance(date) <= 1,
            Direction::Future => distance(date) >= -1,
            Direction::Unknown => true,
        })
        .min_by_key(|date| distance(date).abs())
}

/// The day of *Sunday*: the nearest on the right side, the article's own day included.
fn weekday(
    published: Date,
    wanted: Weekday,
    shift: Option<Shift>,
    week: Option<Shift>,
    anchor: &Anchor,
) -> Option<Date> {
    let day = i32::from(wanted.to_monday_one_offset());
    if let Some(week) = week {
        let monday = monday(published)?;
        return plus(monday, Span::new().days(7 * week.by + day - 1));
    }
    let since = published.weekday().since(wanted);
    let until = published.weekday().until(wanted);
    let days = match (shift.map(|s| s.by), anchor.direction) {
        (Some(-1), _) => -i32::from(if since == 0 { 7 } else { since }),
        (Some(1), _) => i32::from(if until == 0 { 7 } else { until }),
        (Some(_), _) => day - i32::from(published.weekday().to_monday_one_offset()),
        (None, Direction::Future) => i32::from(until),
        (None, _) => -i32::from(since),
    };
    plus(published, Span::new().days(days))
}

/// The weekend: the one that is, or else the nearest on the right side.
fn weekend(anchor: &Anchor) -> Option<TimeValue> {
    let published = anchor.published?;
    let is_weekend = published.weekday().to_monday_one_offset() >= 6;
    let weeks = if anchor.direction == Direction::Future || is_weekend { 0 } else { -1 };
    weekend_of(plus(published, Span::new().weeks(weeks))?)
}

fn weekend_of(day: Date) -> Option<TimeValue> {
    match TimeValue::week_of(day) {
        TimeValue::Week { year, week } => Some(TimeValue::Weekend { year, week }),
        _ => None,
    }
}

/// *last week*, *the following year*.
fn shifted(unit: Unit, shift: Shift, anchor: &Anchor) -> Option<TimeValue> {
    let by = shift.by;
    let from = anchor.of(shift.from_context)?;
    let (span, year) = (Span::new(), from.year());
    let by_years = i16::try_from(by).ok()?;
    match unit {
        Unit::Day => plus(from, span.days(by)).map(TimeValue::Day),
        Unit::Week => plus(from, span.weeks(by)).map(TimeValue::week_of),
        Unit::Weekend => weekend_of(plus(from, span.weeks(by))?),
        Unit::Fortnight => plus(from, span.weeks(2 * by)).map(TimeValue::week_of),
        Unit::Month => plus(from.first_of_month(), span.months(by)).map(month_of),
        Unit::Quarter => plus(from.first_of_month(), span.months(3 * by)).map(quarter_of),
        Unit::Year => year.checked_add(by_years).map(TimeValue::Year),
        Unit::Decade => (year / 10).checked_add(by_years).map(TimeValue::Decade),
        Unit::Century => (year / 100).checked_add(by_years).map(TimeValue::Century),
        Unit::Second | Unit::Minute | Unit::Hour => None,
    }
}

fn month_of(day: Date) -> TimeValue {
    TimeValue::Month { year: Some(day.year()), month: day.month() }
}

fn quarter_of(day: Date) -> TimeValue {
    let quarter = (day.month().unsigned_abs() - 1) / 3 + 1;
    TimeValue::Quarter { year: Some(day.year()), quarter }
}

/// *three days ago*, as fine as its unit: *two years ago* is a year.
fn offset(count: Count, unit: Unit, sign: i32, from: Date) -> Option<TimeValue> {
    let by = whole_units(count, unit)?.checked_mul(sign)?;
    let span = Span::new();
    match unit {
        Unit::Week | Unit::Fortnight => {
            plus(from, span.try_weeks(by).ok()?).map(TimeValue::week_of)
        }
        Unit::Month | Unit::Quarter => {
            plus(from.first_of_month(), span.try_months(by).ok()?).map(month_of)
        }
        Unit::Year => years_from(from, by).map(TimeValue::Year),
        Unit::Decade => years_from(from, by).map(|year| TimeValue::Decade(year / 10)),
        Unit::Century => years_from(from, by).map(|year| TimeValue::Century(year / 100)),
        _ => plus(from, span.try_days(by).ok()?).map(TimeValue::Day),
    }
}

/// A whole number of units that are no parts of a day; fortnights count as two
/// weeks, quarters as three months.
fn whole_units(count: Count, unit: Unit) -> Option<i32> {
    let Count::Hundredths(hundredths) = count else { return None };
    let within_day = matches!(unit, Unit::Second | Unit::Minute | Unit::Hour);
    let (times, _) = unit.iso();
    let whole = i32::try_from(hundredths.checked_mul(times)? / 100).ok()?;
    (!within_day && hundredths % 100 == 0).then_some(whole)
}

/// A year of four digits, so many years from a day.
fn years_from(day: Date, by: i32) -> Option<i16> {
    let year = i32::from(day.year()).checked_add(by)?;
    i16::try_from(year).ok().filter(|year| (0..=9999).contains(year))
}

/// *May*: this year's, or the nearest on the right side.
fn month_value(
    year: Option<i16>,
    month: i8,
    shift: Option<Shift>,
    anchor: &Anchor,
) -> Option<TimeValue> {
    let (None, Some(published)) = (year, anchor.published) else {
        return Some(TimeValue::Month { year, month });
    };
    let after = i16::from(month > published.month());
    let before = i16::from(month < published.month());
    let by = match (shift.map(|s| s.by), anchor.direction) {
        (Some(-1), _) => -1 + before,
        (Some(1), _) => 1 - after,
        (Some(_), _) => 0,
        (None, Direction::Past) => -after,
        (None, Direction::Future) => before,
        (None, Direction::Unknown) => match month - published.month() {
            7.. => -1,
            ..=-6 => 1,
            _ => 0,
        },
    };
    Some(TimeValue::Month { year: Some(published.year().checked_add(by)?), month })
}

/// *last winter*, *summer 2023*; a winter is of the year it begins in.
fn season_value(
    season: Season,
    year: Option<i16>,
    shift: Option<Shift>,
    anchor: &Anchor,
) -> Option<TimeValue> {
    let (None, Some(published)) = (year, anchor.published) else {
        return Some(TimeValue::Season { year, season });
    };
    // The season whose beginning is the latest before the article.
    let begun = published.year() - i16::from(published.month() < season.first_month());
    let months = i32::from(published.year() - begun) * 12 + i32::from(published.month())
        - i32::from(season.first_month());
    let lasts = months < 3;
    let by = match (shift.map(|s| s.by), anchor.direction) {
        (Some(-1), _) => -i16::from(lasts),
        (Some(1), _) => 1,
        (Some(_), _) | (None, Direction::Future) => i16::from(!lasts),
        (None, _) => 0,
    };
    Some(TimeValue::Season { year: Some(begun.checked_add(by)?), season })
}

fn quarter_value(
    quarter: u8,
    year: Option<i16>,
    shift: Option<Shift>,
    anchor: &Anchor,
) -> Option<TimeValue> {
    let (None, Some(published)) = (year, anchor.published) else {
        return Some(TimeValue::Quarter { year, quarter });
    };
    let now = (published.month().unsigned_abs() - 1) / 3 + 1;
    let by = match (shift, anchor.direction) {
        (Some(shift), _) => shift.by as i16,
        (None, Direction::Future) => i16::from(quarter < now),
        (None, _) => -i16::from(quarter > now),
    };
    Some(TimeValue::Quarter { year: Some(published.year().checked_add(by)?), quarter })
}

/// A time of day, on a day if one is known.
fn moment(on: Option<&Expression>, time: TimeOfDay, anchor: &Anchor) -> Option<TimeValue> {
    let day = match on {
        Some(expression) => Some(Box::new(day(expression, anchor)?)),
        None => None,
    };
    Some(TimeValue::Moment { day, time })
}
