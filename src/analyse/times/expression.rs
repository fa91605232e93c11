//! What a time expression says, before it is known when the article was written.

use super::holidays::Holiday;
use super::lexicon::{Shift, Unit};
use crate::text::{Count, Duration, DurationUnit, Season, TimeKind, TimeOfDay, TimeValue};

/// The meaning of a time expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    /// A day of a month: *May 18*, *18 May 2022*.
    Date { year: Option<i16>, month: i8, day: i8 },
    /// *May*, *last May*, *May 2022*.
    Month { year: Option<i16>, month: i8, shift: Option<Shift> },
    /// *2022*.
    Year(i16),
    /// *the 1990s*.
    Decade(i16),
    /// *the 19th century*.
    Century(u32),
    /// *Sunday*, *next Friday*, *Monday last week*.
    Weekday { day: i8, shift: Option<Shift>, week: Option<Shift> },
    /// *today*, *yesterday*: days from the article's.
    Day(i32),
    /// *last week*, *the following year*.
    Shifted { unit: Unit, shift: Shift },
    /// *over the weekend*.
    Weekend,
    /// *three days ago*, *two weeks later*.
    Offset { count: Count, unit: Unit, sign: i32, from_context: bool },
    /// *last winter*, *summer 2023*.
    Season { season: Season, year: Option<i16>, shift: Option<Shift> },
    /// *the third quarter*.
    Quarter { quarter: u8, year: Option<i16>, shift: Option<Shift> },
    /// *Easter 2018*.
    Holiday { holiday: Holiday, year: Option<i16> },
    /// *May 3 to May 5*.
    Range { from: Box<Expression>, to: Box<Expression> },
    /// *the first week of May*.
    PartOf { part: Part, whole: Box<Expression> },
    /// *two weeks after Christmas*.
    FromDay { count: Count, unit: Unit, sign: i32, day: Box<Expression> },
    /// *three months*.
    Duration { count: Count, unit: Unit },
    /// *every two years*, *daily*, *Mondays*: its value.
    Set(TimeValue),
    /// A time on a day that the words tell, or that day's part.
    Moment { day: Option<Box<Expression>>, time: TimeOfDay },
}

/// A part of a period, counted from 1; -1 is the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Which week.
    Week(i8),
    /// Which of its Mondays (1), Tuesdays (2), …
    Weekday(i8, i8),
    /// Which half.
    Half(i8),
}

impl Expression {
    /// The TIMEX3 type.
    pub(super) fn kind(&self) -> TimeKind {
        match self {
            Self::Duration { .. } => TimeKind::Duration,
            Self::Set(_) => TimeKind::Set,
            Self::Moment { .. } => TimeKind::Time,
            Self::Offset { unit: Unit::Second | Unit::Minute | Unit::Hour, .. } => TimeKind::Time,
            _ => TimeKind::Date,
        }
    }
}

impl Expression {
    /// Both ends of a range: a year that is said of one holds for the other.
    pub(super) fn in_one_year(from: &Self, to: &Self) -> (Self, Self) {
        (from.or_in(to.year()), to.or_in(from.year()))
    }

    fn year(&self) -> Option<i16> {
        match self {
            Self::Date { year, .. } | Self::Month { year, .. } => *year,
            _ => None,
        }
    }

    /// The same in a year, if it has none of its own.
    fn or_in(&self, year: Option<i16>) -> Self {
        match self {
            Self::Date { year: None, month, day } => Self::Date { year, month: *month, day: *day },
            Self::Month { year: None, month, shift: None } => {
                Self::Month { year, month: *month, shift: None }
            }
            other => other.clone(),
        }
    }
}

impl Unit {
    /// As ISO 8601 durations write it: what to multiply by, and which unit.
    pub(super) fn iso(self) -> (u32, DurationUnit) {
        match self {
            Self::Second => (1, DurationUnit::Second),
            Self::Minute => (1, DurationUnit::Minute),
            Self::Hour => (1, DurationUnit::Hour),
            Self::Day => (1, DurationUnit::Day),
            Self::Week => (1, DurationUnit::Week),
            Self::Weekend => (1, DurationUnit::Weekend),
            Self::Fortnight => (2, DurationUnit::Week),
            Self::Month => (1, DurationUnit::Month),
            Self::Quarter => (3, DurationUnit::Month),
            Self::Year => (1, DurationUnit::Year),
            Self::Decade => (10, DurationUnit::Year),
            Self::Century => (100, DurationUnit::Year),
        }
    }
}

/// The duration of a number of units.
pub(super) fn duration(count: Count, unit: Unit) -> TimeValue {
    let (times, unit) = unit.iso();
    let count = match count {
        Count::Vague => Count::Vague,
        Count::Hundredths(n) => Count::Hundredths(n.saturating_mul(times)),
    };
    TimeValue::Duration(Duration { count, unit })
}
