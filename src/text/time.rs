//! The values of time expressions, as TIMEX3 has them (TimeML 1.2.1), and the
//! calendar days they cover.

use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

/// What a time expression means. [`fmt::Display`] and [`FromStr`] write and read
/// its TIMEX3 value; a year that is not known is written `XXXX`.
///
/// ```
/// use reportedly::text::TimeValue;
///
/// let quarter: TimeValue = "2021-Q3".parse().unwrap();
/// assert_eq!(quarter, TimeValue::Quarter { year: Some(2021), quarter: 3 });
/// assert_eq!(quarter.calendar().unwrap().to_string(), "2021-07-01/2021-09-30");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TimeValue {
    /// `2022-05-18`.
    Day(Date),
    /// `2022-05`.
    Month {
        /// The year, where it is known.
        year: Option<i16>,
        /// 1 to 12.
        month: i8,
    },
    /// `2022`.
    Year(i16),
    /// `199`, the nineties: the first three digits of its years.
    Decade(i16),
    /// `18`, the 19th century: the first two digits of its years.
    Century(i16),
    /// `2022-W20`, a week of ISO 8601.
    Week {
        /// The year it belongs to.
        year: i16,
        /// 1 to 53.
        week: i8,
    },
    /// `2022-W20-WE`, the weekend of a week.
    Weekend {
        /// The year its week belongs to.
        year: i16,
        /// 1 to 53.
        week: i8,
    },
    /// `2022-SU`; a winter is of the year it begins in.
    Season {
        /// The year, where it is known.
        year: Option<i16>,
        /// Which.
        season: Season,
    },
    /// `2022-Q3`.
    Quarter {
        /// The year, where it is known.
        year: Option<i16>,
        /// 1 to 4.
        quarter: u8,
    },
    /// `2022-H1`.
    Half {
        /// The year.
        year: i16,
        /// 1 or 2.
        half: u8,
    },
    /// `XXXX-05-18`: a day of a year that is not known.
    YearlyDay {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
    /// `XXXX-WXX-3`: a Wednesday, or all Wednesdays.
    Weekday(Weekday),
    /// `2022-05-18T15:00`, `T15:00`, `2022-05-18TMO`: a time of day, on a day
    /// where one is told.
    Moment {
        /// The day, or what is said of it.
        day: Option<Box<TimeValue>>,
        /// The time of that day.
        time: TimeOfDay,
    },
    /// `2022-05-02/2022-05-08`, both days within.
    Interval {
        /// The first day.
        first: Date,
        /// The last day.
        last: Date,
    },
    /// `P3M`; of a set, how often it comes again.
    Duration(Duration),
}

/// A season on the northern half of the earth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Season {
    /// `SP`, March to May.
    Spring,
    /// `SU`, June to August.
    Summer,
    /// `FA`, September to November.
    Autumn,
    /// `WI`, December to February.
    Winter,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeOfDay {
    /// `T15:00`; on the clock of 24 hours as far as the words tell.
    Clock {
        /// 0 to 24.
        hour: u8,
        /// 0 to 59.
        minute: u8,
    },
    /// `TMO`.
    Part(DayPart),
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayPart {
    /// `MO`.
    Morning,
    /// `MI`.
    Midday,
    /// `AF`.
    Afternoon,
    /// `EV`.
    Evening,
    /// `NI`.
    Night,
}

/// A duration as ISO 8601 writes it: `P3M`, `PT2.5H`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    /// How many units.
    pub count: Count,
    /// Of what.
    pub unit: DurationUnit,
}

/// A number of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Count {
    /// In hundredths: one and a half is 150.
    Hundredths(u32),
    /// `X`: *several*.
    Vague,
}

/// The units that durations are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // the names say it
pub enum DurationUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Month,
    Year,
}

/// What is no TIMEX3 value of a kind that is known here.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("`{0}` is no value of a time")]
pub struct NoTimeValue(String);

impl TimeValue {
    /// The week that a day lies in.
    pub fn week_of(day: Date) -> Self {
        let week = day.iso_week_date();
        Self::Week { year: week.year(), week: week.week() }
    }

    /// As a time of the calendar: days, months, years and moments as they are,
    /// and an interval for what RDF and XML Schema have no type for: weeks,
    /// weekends, seasons, quarters, halves, decades, centuries. A part of a day
    /// is that day. None where the day is not known, and for durations.
    pub fn calendar(&self) -> Option<Self> {
        match self {
            Self::Day(_) | Self::Month { year: Some(_), .. } | Self::Year(_) => Some(self.clone()),
            Self::Moment { day, time } => match day.as_deref()? {
                Self::Day(_) if time.is_within_day() => Some(self.clone()),
                Self::Day(day) => Some(Self::Day(*day)),
                _ => None,
            },
            _ => self.days().map(|(first, last)| Self::Interval { first, last }),
        }
    }

    /// The first and the last day it covers; none where they are not known.
    pub fn days(&self) -> Option<(Date, Date)> {
        match self {
            Self::Day(day) => Some((*day, *day)),
            Self::Month { year, month } => months((*year)?, *month, 1),
            Self::Year(year) => months(*year, 1, 12),
            Self::Decade(tens) => years(tens.checked_mul(10)?, 10),
            Self::Century(hundreds) => years(hundreds.checked_mul(100)?, 100),
            Self::Week { year, week } => week_days(*year, *week, Weekday::Monday),
            Self::Weekend { year, week } => week_days(*year, *week, Weekday::Saturday),
            Self::Season { year, season } => months((*year)?, season.first_month(), 3),
            Self::Quarter { year, quarter } => months(
                (*year)?,
                i8::try_from(*quarter).ok()?.checked_sub(1)?.checked_mul(3)? + 1,
                3,
            ),
            Self::Half { year, half } => months(*year, if *half == 1 { 1 } else { 7 }, 6),
            Self::Moment { day, .. } => match day.as_deref()? {
                Self::Day(day) => Some((*day, *day)),
                _ => None,
            },
            Self::Interval { first, last } => Some((*first, *last)),
            Self::YearlyDay { .. } | Self::Weekday(_) | Self::Duration(_) => None,
        }
    }

    /// The day it is of, or begins with where it is an interval; none for
    /// anything coarser than a day.
    pub fn first_day(&self) -> Option<Date> {
        match self {
            Self::Day(_) | Self::Moment { .. } | Self::Interval { .. } => {
                self.days().map(|(first, _)| first)
            }
            _ => None,
        }
    }
}

fn months(year: i16, first: i8, count: i32) -> Option<(Date, Date)> {
    let start = Date::new(year, first, 1).ok()?;
    Some((start, start.checked_add(Span::new().months(count)).ok()?.yesterday().ok()?))
}

fn years(first: i16, count: i16) -> Option<(Date, Date)> {
    Some((Date::new(first, 1, 1).ok()?, Date::new(first.checked_add(count - 1)?, 12, 31).ok()?))
}

/// A week from this weekday to its Sunday.
fn week_days(year: i16, week: i8, first: Weekday) -> Option<(Date, Date)> {
    let day = |weekday| ISOWeekDate::new(year, week, weekday).ok().map(ISOWeekDate::date);
    Some((day(first)?, day(Weekday::Sunday)?))
}

impl Season {
    /// All of them, from March on.
    pub const ALL: [Self; 4] = [Self::Spring, Self::Summer, Self::Autumn, Self::Winter];

    /// The code of TIMEX3.
    pub fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|season| season.code() == code)
    }

    /// Its first month.
    pub fn first_month(self) -> i8 {
        3 * (self as i8 + 1)
    }
}

impl DayPart {
    /// All of them, in order.
    pub const ALL: [Self; 5] =
        [Self::Morning, Self::Midday, Self::Afternoon, Self::Evening, Self::Night];

    /// The code of TIMEX3.
    pub fn code(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}

impl TimeOfDay {
    /// Whether it is a time of the clock before midnight of its day.
    fn is_within_day(self) -> bool {
        matches!(self, Self::Clock { hour: 0..=23, .. })
    }
}

impl Duration {
    /// The same as a span; none for vague numbers, weekends and fractions of days.
    pub fn span(self) -> Option<Span> {
        use DurationUnit::{Day, Hour, Minute, Month, Second, Week, Weekend, Year};
        let Count::Hundredths(hundredths) = self.count else { return None };
        let whole = (hundredths % 100 == 0).then_some(i64::from(hundredths / 100));
        let seconds = |unit: i64| Span::new().try_seconds(i64::from(hundredths) * unit / 100);
        match self.unit {
            Second => seconds(1).ok(),
            Minute => seconds(60).ok(),
            Hour => seconds(3600).ok(),
            Day => Span::new().try_days(whole?).ok(),
            Week => Span::new().try_weeks(whole?).ok(),
            Month => Span::new().try_months(whole?).ok(),
            Year => Span::new().try_years(whole?).ok(),
            Weekend => None,
        }
    }
}

impl DurationUnit {
    const ALL: [Self; 8] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Week,
        Self::Weekend,
        Self::Month,
        Self::Year,
    ];

    /// The letter of ISO 8601 (TIMEX3 for weekends), and whether it is a part of a day.
    fn iso(self) -> (&'static str, bool) {
        match self {
            Self::Second => ("S", true),
            Self::Minute => ("M", true),
            Self::Hour => ("H", true),
            Self::Day => ("D", false),
            Self::Week => ("W", false),
            Self::Weekend => ("WE", false),
            Self::Month => ("M", false),
            Self::Year => ("Y", false),
        }
    }
}

/// A year that may not be known.
struct Year(Option<i16>);

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(year) => write!(f, "{year:04}"),
            None => f.write_str("XXXX"),
        }
    }
}

impl fmt::Display for TimeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month { year, month } => write!(f, "{}-{month:02}", Year(*year)),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Decade(tens) => write!(f, "{tens:03}"),
            Self::Century(hundreds) => write!(f, "{hundreds:02}"),
            Self::Week { year, week } => write!(f, "{year:04}-W{week:02}"),
            Self::Weekend { year, week } => write!(f, "{year:04}-W{week:02}-WE"),
            Self::Season { year, season } => write!(f, "{}-{}", Year(*year), season.code()),
            Self::Quarter { year, quarter } => write!(f, "{}-Q{quarter}", Year(*year)),
            Self::Half { year, half } => write!(f, "{year:04}-H{half}"),
            Self::YearlyDay { month, day } => write!(f, "XXXX-{month:02}-{day:02}"),
            Self::Weekday(day) => write!(f, "XXXX-WXX-{}", day.to_monday_one_offset()),
            Self::Moment { day: Some(day), time } => write!(f, "{day}{time}"),
            Self::Moment { day: None, time } => write!(f, "{time}"),
            Self::Interval { first, last } => write!(f, "{first}/{last}"),
            Self::Duration(duration) => write!(f, "{duration}"),
        }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clock { hour, minute } => write!(f, "T{hour:02}:{minute:02}"),
            Self::Part(part) => write!(f, "T{}", part.code()),
        }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (letter, within_day) = self.unit.iso();
        write!(f, "P{}{}{letter}", if within_day { "T" } else { "" }, self.count)
    }
}

impl fmt::Display for Count {
    /// A decimal number without idle zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vague => f.write_str("X"),
            Self::Hundredths(n) if n % 100 == 0 => write!(f, "{}", n / 100),
            Self::Hundredths(n) if n % 10 == 0 => write!(f, "{}.{}", n / 100, n % 100 / 10),
            Self::Hundredths(n) => write!(f, "{}.{:02}", n / 100, n % 100),
        }
    }
}

impl FromStr for TimeValue {
    type Err = NoTimeValue;

    fn from_str(value: &str) -> Result<Self, NoTimeValue> {
        let read = if value.starts_with('P') {
            parse_duration(value).map(Self::Duration)
        } else if let Some((first, last)) = value.split_once('/') {
            parse_interval(first, last)
        } else if let Some((day, time)) = value.split_once('T') {
            parse_moment(day, time)
        } else {
            parse_date(value)
        };
        read.ok_or_else(|| NoTimeValue(value.to_owned()))
    }
}

fn parse_interval(first: &str, last: &str) -> Option<TimeValue> {
    Some(TimeValue::Interval { first: first.parse().ok()?, last: last.parse().ok()? })
}

fn parse_moment(day: &str, time: &str) -> Option<TimeValue> {
    let time = match time.split_once(':') {
        Some((hour, minute)) => {
            TimeOfDay::Clock { hour: digits(hour, 2)?, minute: digits(minute, 2)? }
        }
        None => TimeOfDay::Part(DayPart::parse(time)?),
    };
    let day = if day.is_empty() { None } else { Some(Box::new(parse_date(day)?)) };
    Some(TimeValue::Moment { day, time })
}

fn parse_date(value: &str) -> Option<TimeValue> {
    if let Some(day) = value.strip_prefix("XXXX-WXX-") {
        let day = Weekday::from_monday_one_offset(digits(day, 1)?).ok()?;
        return Some(TimeValue::Weekday(day));
    }
    let Some((year, rest)) = value.split_once('-') else {
        return match value.len() {
            2 => Some(TimeValue::Century(digits(value, 2)?)),
            3 => Some(TimeValue::Decade(digits(value, 3)?)),
            _ => Some(TimeValue::Year(digits(value, 4)?)),
        };
    };
    let year = if year == "XXXX" { None } else { Some(digits(year, 4)?) };
    parse_in_year(year, rest).or_else(|| value.parse().ok().map(TimeValue::Day))
}

/// What follows a year: a month, quarter, season, half, week, or day.
fn parse_in_year(year: Option<i16>, rest: &str) -> Option<TimeValue> {
    if let Some(season) = Season::parse(rest) {
        return Some(TimeValue::Season { year, season });
    }
    if let Some(quarter) = rest.strip_prefix('Q') {
        return Some(TimeValue::Quarter { year, quarter: digits(quarter, 1)? });
    }
    if let Some(half) = rest.strip_prefix('H') {
        return Some(TimeValue::Half { year: year?, half: digits(half, 1)? });
    }
    if let Some(week) = rest.strip_prefix('W') {
        return match week.strip_suffix("-WE") {
            Some(week) => Some(TimeValue::Weekend { year: year?, week: digits(week, 2)? }),
            None => Some(TimeValue::Week { year: year?, week: digits(week, 2)? }),
        };
    }
    match (rest.split_once('-'), year) {
        (None, year) => Some(TimeValue::Month { year, month: digits(rest, 2)? }),
        (Some((month, day)), None) => {
            Some(TimeValue::YearlyDay { month: digits(month, 2)?, day: digits(day, 2)? })
        }
        (Some(_), Some(_)) => None,
    }
}

fn parse_duration(value: &str) -> Option<Duration> {
    let (value, within_day) = match value.strip_prefix("PT") {
        Some(value) => (value, true),
        None => (value.strip_prefix('P')?, false),
    };
    let end = value.find(|c: char| !c.is_ascii_digit() && c != '.' && c != 'X')?;
    let (count, letter) = value.split_at(end);
    let unit = DurationUnit::ALL.into_iter().find(|unit| unit.iso() == (letter, within_day))?;
    Some(Duration { count: parse_count(count)?, unit })
}

fn parse_count(count: &str) -> Option<Count> {
    if count == "X" {
        return Some(Count::Vague);
    }
    let (whole, part) = match count.split_once('.') {
        Some((whole, part)) => (whole, format!("{part:0<2}")),
        None => (count, "00".to_owned()),
    };
    let whole: u32 = whole.parse().ok()?;
    Some(Count::Hundredths(whole.checked_mul(100)?.checked_add(digits(&part, 2)?)?))
}

/// A number of exactly so many digits.
fn digits<T: FromStr>(text: &str, count: usize) -> Option<T> {
    let fits = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

impl Serialize for TimeValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn year() -> impl Strategy<Value = Option<i16>> {
        proptest::option::of(1i16..=9999)
    }

    fn date() -> impl Strategy<Value = Date> {
        let date = |(y, m, d)| Date::new(y, m, d).unwrap();
        (1i16..=9999, 1i8..=12, 1i8..=28).prop_map(date)
    }

    fn without_moment() -> impl Strategy<Value = TimeValue> {
        let (spring, half) = (0usize..4, 1u8..=2);
        prop_oneof![
            date().prop_map(TimeValue::Day),
            (year(), 1i8..=12).prop_map(|(year, month)| TimeValue::Month { year, month }),
            (0i16..=9999).prop_map(TimeValue::Year),
            (0i16..=999).prop_map(TimeValue::Decade),
            (0i16..=99).prop_map(TimeValue::Century),
            (1i16..=9998, 1i8..=53).prop_map(|(year, week)| TimeValue::Week { year, week }),
            (1i16..=9998, 1i8..=53).prop_map(|(year, week)| TimeValue::Weekend { year, week }),
            (year(), spring)
                .prop_map(|(year, i)| TimeValue::Season { year, season: Season::ALL[i] }),
            (year(), 1u8..=4).prop_map(|(year, quarter)| TimeValue::Quarter { year, quarter }),
            (0i16..=9999, half).prop_map(|(year, half)| TimeValue::Half { year, half }),
            (1i8..=12, 1i8..=31).prop_map(|(month, day)| TimeValue::YearlyDay { month, day }),
            (1i8..=7).prop_map(|d| TimeValue::Weekday(Weekday::from_monday_one_offset(d).unwrap())),
        ]
    }

    fn time_of_day() -> impl Strategy<Value = TimeOfDay> {
        prop_oneof![
            (0u8..=24, 0u8..60).prop_map(|(hour, minute)| TimeOfDay::Clock { hour, minute }),
            (0usize..5).prop_map(|i| TimeOfDay::Part(DayPart::ALL[i])),
        ]
    }

    fn any_value() -> impl Strategy<Value = TimeValue> {
        let count = prop_oneof![(0u32..100_000).prop_map(Count::Hundredths), Just(Count::Vague)];
        let duration = |(count, i): (Count, usize)| {
            TimeValue::Duration(Duration { count, unit: DurationUnit::ALL[i] })
        };
        let moment = |(day, time): (Option<TimeValue>, TimeOfDay)| TimeValue::Moment {
            day: day.map(Box::new),
            time,
        };
        prop_oneof![
            without_moment(),
            (count, 0usize..8).prop_map(duration),
            (proptest::option::of(without_moment()), time_of_day()).prop_map(moment),
            (date(), date()).prop_map(|(first, last)| TimeValue::Interval { first, last }),
        ]
    }

    proptest! {
        #[test]
        fn values_read_back(value in any_value()) {
            prop_assert_eq!(value.to_string().parse(), Ok(value));
        }

        #[test]
        fn a_calendar_time_covers_the_same_days(value in any_value()) {
            if let Some(calendar) = value.calendar() {
                prop_assert_eq!(calendar.days(), value.days());
                prop_assert_eq!(calendar.calendar(), Some(calendar.clone()));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[PTXWQHSEMODNI0-9:/.-]{0,12}|\\PC{0,6}") {
            if let Ok(value) = text.parse::<TimeValue>() {
                let _ = value.calendar();
            }
        }
    }

    fn check(value: &str, calendar: &str) {
        let value: TimeValue = value.parse().unwrap();
        let found = value.calendar().map_or_else(|| "-".to_owned(), |c| c.to_string());
        assert_eq!(found, calendar, "{value}");
    }

    #[test]
    fn calendars_hold_days() {
        check("2022-05-18", "2022-05-18");
        check("2022-05", "2022-05");
        check("2022-W20", "2022-05-16/2022-05-22");
        check("2022-W20-WE", "2022-05-21/2022-05-22");
        check("2021-WI", "2021-12-01/2022-02-28");
        check("2021-H2", "2021-07-01/2021-12-31");
        check("199", "1990-01-01/1999-12-31");
        check("18", "1800-01-01/1899-12-31");
        check("2022-05-18T15:00", "2022-05-18T15:00");
        check("2022-05-18T24:00", "2022-05-18");
        check("2022-05-18TMO", "2022-05-18");
        check("2022-W20T15:00", "-");
        check("XXXX-05-18", "-");
        check("P3M", "-");
    }
}
