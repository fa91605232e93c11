//! What a time expression means in an article of a known or unknown day.

use compact_str::{CompactString, format_compact};
use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::compound;
use super::expression::{Count, Expression, TimeOfDay, duration};
use super::lexicon::{Season, Shift, Unit};

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
    fn of(&self, from_context: bool) -> Option<Date> {
        if from_context { self.context.or(self.published) } else { self.published }
    }
}

/// The TIMEX3 value of an expression; none where it cannot be known.
pub(super) fn value(expression: &Expression, anchor: &Anchor) -> Option<CompactString> {
    match expression {
        Expression::Duration { count, unit } => Some(duration(*count, *unit).into()),
        Expression::Set(value) => Some(value.into()),
        Expression::Year(year) => Some(format_compact!("{year:04}")),
        Expression::Decade(year) => Some(format_compact!("{:03}", year / 10)),
        Expression::Century(number) => Some(format_compact!("{:02}", number - 1)),
        Expression::Month { year, month, shift } => month_value(*year, *month, *shift, anchor),
        Expression::Weekend => weekend(anchor),
        Expression::Shifted { unit, shift } => shifted(*unit, *shift, anchor),
        Expression::Offset { count, unit, sign, from_context } => {
            offset(*count, *unit, *sign, anchor.of(*from_context)?)
        }
        Expression::Season { season, year, shift } => season_value(*season, *year, *shift, anchor),
        Expression::Quarter { quarter, year, shift } => {
            quarter_value(*quarter, *year, *shift, anchor)
        }
        Expression::Moment { day, time } => moment(day.as_deref(), *time, anchor),
        Expression::Range { from, to } => compound::range(from, to, anchor),
        Expression::PartOf { part, whole } => compound::part_of(*part, whole, anchor),
        Expression::FromDay { count, unit, sign, day } => {
            let by = whole_units(*count, *unit)?.checked_mul(*sign)?;
            compound::from_day(by, *unit, compound::first_day(day, anchor)?)
        }
        Expression::Date { .. }
        | Expression::Weekday { .. }
        | Expression::Day(_)
        | Expression::Holiday { .. } => day(expression, anchor),
    }
}

/// The value of a day: `2022-05-18`, or `XXXX-05-18`, `XXXX-WXX-3` where the
/// year is not known.
fn day(expression: &Expression, anchor: &Anchor) -> Option<CompactString> {
    let date = match *expression {
        Expression::Date { year: Some(year), month, day } => Date::new(year, month, day).ok()?,
        Expression::Date { year: None, month, day } => match anchor.published {
            Some(published) => {
                nearest(published, anchor.direction, |y| Date::new(y, month, day).ok())?
            }
            None => {
                // A leap year, so that February 29 is a day.
                Date::new(2000, month, day).ok()?;
                return Some(format_compact!("XXXX-{month:02}-{day:02}"));
            }
        },
        Expression::Holiday { holiday, year: Some(year) } => holiday.in_year(year)?,
        Expression::Holiday { holiday, year: None } => match (anchor.published, holiday.fixed()) {
            (Some(published), _) => nearest(published, anchor.direction, |y| holiday.in_year(y))?,
            (None, fixed) => {
                let (month, day) = fixed?;
                return Some(format_compact!("XXXX-{month:02}-{day:02}"));
            }
        },
        Expression::Weekday { day, shift, week } => match anchor.published {
            Some(published) => weekday(published, day, shift, week, anchor)?,
            None => return Some(format_compact!("XXXX-WXX-{day}")),
        },
        Expression::Day(days) => plus(anchor.published?, Span::new().days(days))?,
        Expression::Shifted { unit: Unit::Day, shift } => {
            plus(anchor.of(shift.from_context)?, Span::new().days(shift.by))?
        }
        Expression::Offset { .. } | Expression::PartOf { .. } | Expression::FromDay { .. } => {
            return value(expression, anchor);
        }
        _ => return None,
    };
    Some(format_compact!("{date}"))
}

pub(super) fn plus(date: Date, span: Span) -> Option<Date> {
    date.checked_add(span).ok()
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
    day: i8,
    shift: Option<Shift>,
    week: Option<Shift>,
    anchor: &Anchor,
) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(day).ok()?;
    if let Some(week) = week {
        let monday = monday(published)?;
        return plus(monday, Span::new().days(7 * week.by + i32::from(day) - 1));
    }
    let since = published.weekday().since(wanted);
    let until = published.weekday().until(wanted);
    let days = match (shift.map(|s| s.by), anchor.direction) {
        (Some(-1), _) => -i32::from(if since == 0 { 7 } else { since }),
        (Some(1), _) => i32::from(if until == 0 { 7 } else { until }),
        (Some(_), _) => day as i32 - i32::from(published.weekday().to_monday_one_offset()),
        (None, Direction::Future) => i32::from(until),
        (None, _) => -i32::from(since),
    };
    plus(published, Span::new().days(days))
}

fn monday(date: Date) -> Option<Date> {
    let back = date.weekday().to_monday_zero_offset();
    plus(date, Span::new().days(-i32::from(back)))
}

pub(super) fn week(date: Date) -> CompactString {
    let week = date.iso_week_date();
    format_compact!("{:04}-W{:02}", week.year(), week.week())
}

/// The weekend: the one that is, or else the nearest on the right side.
fn weekend(anchor: &Anchor) -> Option<CompactString> {
    let published = anchor.published?;
    let is_weekend = published.weekday().to_monday_one_offset() >= 6;
    let weeks = if anchor.direction == Direction::Future || is_weekend { 0 } else { -1 };
    Some(format_compact!("{}-WE", week(plus(published, Span::new().weeks(weeks))?)))
}

/// *last week*, *the following year*.
fn shifted(unit: Unit, shift: Shift, anchor: &Anchor) -> Option<CompactString> {
    let by = shift.by;
    let from = anchor.of(shift.from_context)?;
    Some(match unit {
        Unit::Day => format_compact!("{}", plus(from, Span::new().days(by))?),
        Unit::Week => week(plus(from, Span::new().weeks(by))?),
        Unit::Weekend => format_compact!("{}-WE", week(plus(from, Span::new().weeks(by))?)),
        Unit::Fortnight => week(plus(from, Span::new().weeks(2 * by))?),
        Unit::Month => month(plus(from.first_of_month(), Span::new().months(by))?),
        Unit::Quarter => quarter_of(plus(from.first_of_month(), Span::new().months(3 * by))?),
        Unit::Year => format_compact!("{:04}", i32::from(from.year()) + by),
        Unit::Decade => format_compact!("{:03}", i32::from(from.year()) / 10 + by),
        Unit::Century => format_compact!("{:02}", i32::from(from.year()) / 100 + by),
        Unit::Second | Unit::Minute | Unit::Hour => return None,
    })
}

fn month(date: Date) -> CompactString {
    format_compact!("{:04}-{:02}", date.year(), date.month())
}

fn quarter_of(date: Date) -> CompactString {
    format_compact!("{:04}-Q{}", date.year(), (date.month() - 1) / 3 + 1)
}

/// *three days ago*, as fine as its unit: *two years ago* is a year.
fn offset(count: Count, unit: Unit, sign: i32, from: Date) -> Option<CompactString> {
    let by = whole_units(count, unit)?.checked_mul(sign)?;
    Some(match unit {
        Unit::Week | Unit::Fortnight => week(plus(from, Span::new().try_weeks(by).ok()?)?),
        Unit::Month | Unit::Quarter => {
            month(plus(from.first_of_month(), Span::new().try_months(by).ok()?)?)
        }
        Unit::Year => year(i32::from(from.year()).checked_add(by)?)?,
        Unit::Decade => year(i32::from(from.year()).checked_add(by)?)?.get(..3)?.into(),
        Unit::Century => year(i32::from(from.year()).checked_add(by)?)?.get(..2)?.into(),
        _ => format_compact!("{}", plus(from, Span::new().try_days(by).ok()?)?),
    })
}

/// A whole number of units that are no parts of a day; fortnights count as two
/// weeks, quarters as three months.
fn whole_units(count: Count, unit: Unit) -> Option<i32> {
    let Count::Hundredths(hundredths) = count else { return None };
    let (times, _, within_day) = unit.iso();
    let whole = i32::try_from(hundredths.checked_mul(times)? / 100).ok()?;
    (!within_day && hundredths % 100 == 0).then_some(whole)
}

fn year(year: i32) -> Option<CompactString> {
    (0..=9999).contains(&year).then(|| format_compact!("{year:04}"))
}

/// *May*: this year's, or the nearest on the right side.
fn month_value(
    year: Option<i16>,
    month: i8,
    shift: Option<Shift>,
    anchor: &Anchor,
) -> Option<CompactString> {
    if let Some(year) = year {
        return Some(format_compact!("{year:04}-{month:02}"));
    }
    let Some(published) = anchor.published else {
        return Some(format_compact!("XXXX-{month:02}"));
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
    Some(format_compact!("{:04}-{month:02}", published.year().checked_add(by)?))
}

/// *last winter*, *summer 2023*; a winter is of the year it begins in.
fn season_value(
    season: Season,
    year: Option<i16>,
    shift: Option<Shift>,
    anchor: &Anchor,
) -> Option<CompactString> {
    let code = season.code;
    if let Some(year) = year {
        return Some(format_compact!("{year:04}-{code}"));
    }
    let Some(published) = anchor.published else {
        return Some(format_compact!("XXXX-{code}"));
    };
    // The season whose beginning is the latest before the article.
    let begun = published.year() - i16::from(published.month() < season.month);
    let months = i32::from(published.year() - begun) * 12 + i32::from(published.month())
        - i32::from(season.month);
    let lasts = months < 3;
    let by = match (shift.map(|s| s.by), anchor.direction) {
        (Some(-1), _) => -i16::from(lasts),
        (Some(1), _) => 1,
        (Some(_), _) | (None, Direction::Future) => i16::from(!lasts),
        (None, _) => 0,
    };
    Some(format_compact!("{:04}-{code}", begun.checked_add(by)?))
}

fn quarter_value(
    quarter: u8,
    year: Option<i16>,
    shift: Option<Shift>,
    anchor: &Anchor,
) -> Option<CompactString> {
    let year = match (year, anchor.published) {
        (Some(year), _) => year,
        (None, Some(published)) => {
            let now = (published.month() as u8 - 1) / 3 + 1;
            let by = match (shift, anchor.direction) {
                (Some(shift), _) => shift.by as i16,
                (None, Direction::Future) => i16::from(quarter < now),
                (None, _) => -i16::from(quarter > now),
            };
            published.year().checked_add(by)?
        }
        (None, None) => return Some(format_compact!("XXXX-Q{quarter}")),
    };
    Some(format_compact!("{year:04}-Q{quarter}"))
}

/// A time of day, on a day if one is known.
fn moment(on: Option<&Expression>, time: TimeOfDay, anchor: &Anchor) -> Option<CompactString> {
    let time = match time {
        TimeOfDay::Clock(hour, minute) => format_compact!("T{hour:02}:{minute:02}"),
        TimeOfDay::Part(part) => format_compact!("T{part}"),
    };
    match on {
        Some(expression) => Some(day(expression, anchor)? + &time),
        None => Some(time),
    }
}
