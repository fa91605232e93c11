//! What a time expression says, before it is known when the article was written.

use super::holidays::Holiday;
use super::lexicon::{Season, Shift, Unit};
use crate::text::TimeKind;

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
    Set(String),
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

/// A number of units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Count {
    /// In hundredths: one and a half is 150.
    Hundredths(u32),
    /// *several*.
    Vague,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TimeOfDay {
    /// Hour and minute; on the clock of 24 hours as far as the words tell.
    Clock(u8, u8),
    /// `MO`, `AF`, `EV`, `NI`, `MI`.
    Part(&'static str),
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

impl Unit {
    /// As ISO 8601 durations write it: what to multiply by, the letter, and
    /// whether it is a part of a day.
    pub(super) fn iso(self) -> (u32, &'static str, bool) {
        match self {
            Self::Second => (1, "S", true),
            Self::Minute => (1, "M", true),
            Self::Hour => (1, "H", true),
            Self::Day => (1, "D", false),
            Self::Week => (1, "W", false),
            Self::Weekend => (1, "WE", false),
            Self::Fortnight => (2, "W", false),
            Self::Month => (1, "M", false),
            Self::Quarter => (3, "M", false),
            Self::Year => (1, "Y", false),
            Self::Decade => (10, "Y", false),
            Self::Century => (100, "Y", false),
        }
    }
}

/// The ISO 8601 duration of a number of units: `P3M`, `PT2.5H`, `PXD`.
pub(super) fn duration(count: Count, unit: Unit) -> String {
    let (times, letter, within_day) = unit.iso();
    let number = match count {
        Count::Vague => "X".to_owned(),
        Count::Hundredths(n) => decimal(n.saturating_mul(times)),
    };
    format!("P{}{number}{letter}", if within_day { "T" } else { "" })
}

/// Hundredths as a decimal number without idle zeros.
fn decimal(hundredths: u32) -> String {
    let number = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    number.trim_end_matches('0').trim_end_matches('.').to_owned()
}
