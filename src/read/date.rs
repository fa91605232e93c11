//! Dates of publication, as newspapers and feeds write them.

use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::fmt::rfc2822;
use jiff::{Timestamp, ZonedDateTime};
use regex::Regex;

use crate::text::Published;

/// Reads a date of publication: ISO 8601, RFC 2822, `May 22, 2022`,
/// `Sunday, 22 May 2022 at 5:36 pm`, `22.05.2022`, `2022/05/22`, `20220522`.
///
/// A time of day without an offset from UTC gives the day alone. `None` for
/// anything else, also for `05/06/2022`, which is two days, and for months
/// and years, which are none.
pub(crate) fn parse(words: &str) -> Option<Published> {
    let words = words.trim();
    let number = || words.parse().ok().filter(|_| words.len() >= 8).and_then(from_number);
    moment(words).or_else(|| day(words).map(Published::Day)).or_else(number)
}

/// Reads a number: a day written as `20220522`, or seconds, milliseconds, microseconds
/// or nanoseconds since 1970. Numbers that are none of these in years in which
/// there was a web are not understood.
pub(crate) fn from_number(number: i64) -> Option<Published> {
    let digits = number.to_string();
    let day = digits.parse().ok().filter(|_| digits.len() == 8).and_then(|_: i64| day(&digits));
    let day = day.filter(|day| (1600..=2200).contains(&day.year())).map(Published::Day);
    day.or_else(|| from_epoch(number).filter(|moment| (1990..=2100).contains(&moment.day().year())))
}

/// Reads seconds, milliseconds, microseconds or nanoseconds since 1970.
pub(crate) fn from_epoch(number: i64) -> Option<Published> {
    const FIRST_MILLISECONDS: i64 = 100_000_000_000;
    const FIRST_MICROSECONDS: i64 = 100_000_000_000_000;
    const FIRST_NANOSECONDS: i64 = 100_000_000_000_000_000;
    let time = match number.abs() {
        ..FIRST_MILLISECONDS => Timestamp::from_second(number),
        FIRST_MILLISECONDS..FIRST_MICROSECONDS => Timestamp::from_millisecond(number),
        FIRST_MICROSECONDS..FIRST_NANOSECONDS => Timestamp::from_microsecond(number),
        _ => Timestamp::from_nanosecond(number.into()),
    };
    time.ok().map(Published::Moment)
}

fn moment(words: &str) -> Option<Published> {
    let iso = words.parse::<Timestamp>();
    let zoned = || words.parse::<ZonedDateTime>().map(|z| z.timestamp());
    let mail = || rfc2822::DateTimeParser::new().parse_timestamp(words);
    iso.or_else(|_| zoned()).or_else(|_| mail()).ok().map(Published::Moment)
}

/// The first day that stands in the words.
fn day(words: &str) -> Option<Date> {
    SHAPES.iter().find_map(|shape| shape.find(words))
}

/// One way to write a day.
struct Shape {
    pattern: Regex,
}

static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| {
    const MONTH: &str = r"(?<month>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?";
    [
        r"^(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})(?:\D|$)".to_owned(),
        r"^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})(?:T|$)".to_owned(),
        r"^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})\b".to_owned(),
        r"^(?<a>\d{1,2})[/-](?<b>\d{1,2})[/-](?<y>\d{4})\b".to_owned(),
        format!(r"(?i)\b{MONTH}\s+(?<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?<y>\d{{4}})\b"),
        format!(
            r"(?i)\b(?<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{MONTH},?[\s-]+(?<y>\d{{4}})\b"
        ),
    ]
    .iter()
    .map(|pattern| Shape { pattern: Regex::new(pattern).expect("a constant") })
    .collect()
});

impl Shape {
    fn find(&self, words: &str) -> Option<Date> {
        let found = self.pattern.captures(words)?;
        let number = |name| found.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
        let year = number("y")?;
        let (month, day) = match found.name("month") {
            Some(name) => (month(name.as_str())?, number("d")?),
            None => match (number("a"), number("b")) {
                (Some(a), Some(b)) => unambiguous(a, b)?,
                _ => (number("m")?, number("d")?),
            },
        };
        Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
    }
}

/// Month and day of `a/b`, where only one order is possible.
fn unambiguous(a: i16, b: i16) -> Option<(i16, i16)> {
    match (a > 12, b > 12) {
        (true, false) => Some((b, a)),
        (false, true) => Some((a, b)),
        _ => (a == b).then_some((a, b)),
    }
}

/// The number of a month by the first three letters of its English name.
fn month(name: &str) -> Option<i16> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = name.get(..3)?.to_ascii_lowercase();
    NAMES.iter().position(|n| *n == name).and_then(|i| i16::try_from(i + 1).ok())
}

/// The day in the path of an address: `https://example.org/2022/05/22/story`.
pub(crate) fn in_url(url: &str) -> Option<Published> {
    static PATH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"/(?<y>(?:19|20)\d\d)[/-](?<m>\d{2}|[a-z]{3})[/-](?<d>\d{1,2})(?:/|$|-)")
            .expect("a constant")
    });
    let found = PATH.captures(url)?;
    let part = |name| found.name(name).map_or("", |m| m.as_str());
    let month = part("m").parse().ok().or_else(|| month(part("m")))?;
    let date = Date::new(part("y").parse().ok()?, month.try_into().ok()?, part("d").parse().ok()?);
    date.ok().map(Published::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &str) {
        let found = parse(words).map_or("none".to_owned(), |p| match p {
            Published::Moment(t) => t.to_string(),
            Published::Day(d) => d.to_string(),
        });
        assert_eq!(found, expected, "{words:?}");
    }

    #[test]
    fn moments_keep_their_time() {
        check("2022-05-22T14:30:00Z", "2022-05-22T14:30:00Z");
        check("2022-05-22T14:30:00+02:00", "2022-05-22T12:30:00Z");
        check("Sun, 22 May 2022 14:30:00 +0000", "2022-05-22T14:30:00Z");
        check("Sun, 22 May 2022 14:30:00 GMT", "2022-05-22T14:30:00Z");
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for words in [
            "2022-05-22",
            "2022-05-22T14:30:00",
            "2022-05-22 14:30",
            "2022/5/22",
            "20220522",
            "22.05.2022",
            "05/22/2022",
            "22/05/2022",
            "May 22, 2022",
            "MAY 22 2022",
            "22 May 2022",
            "22nd of May, 2022",
            "22-May-2022",
            "Sunday, May 22nd, 2022 5:36 pm ET",
            "Updated: May 22, 2022 5:36:50 pm",
        ] {
            check(words, "2022-05-22");
        }
        check("Sept. 3, 2021", "2021-09-03");
    }

    #[test]
    fn what_is_no_day_stays_unknown() {
        for words in
            ["", "today", "May 2022", "2022", "05/06/2022", "31 February 2022", "yesterday"]
        {
            check(words, "none");
        }
    }

    #[test]
    fn addresses_tell_days() {
        let day = |url| in_url(url).map(|p| p.day().to_string());
        assert_eq!(day("https://e.example/2022/05/22/story"), Some("2022-05-22".into()));
        assert_eq!(day("https://e.example/world/2022/may/22/story"), Some("2022-05-22".into()));
        assert_eq!(day("https://e.example/2022/99/22/story"), None);
        assert_eq!(day("https://e.example/story-20220522"), None);
    }

    #[test]
    fn epochs_are_seconds_or_milliseconds() {
        assert_eq!(from_epoch(1_653_177_600), from_epoch(1_653_177_600_000));
        assert_eq!(from_epoch(1_653_177_600), from_epoch(1_653_177_600_000_000));
    }

    #[test]
    fn numbers_are_days_or_epochs() {
        let day = |number| from_number(number).map(|p| p.day().to_string());
        assert_eq!(day(20_240_501), Some("2024-05-01".into()));
        assert_eq!(day(1_653_177_600), Some("2022-05-22".into()));
        assert_eq!(day(1_653_177_600_000), Some("2022-05-22".into()));
        assert_eq!(day(20_241_399), None);
        assert_eq!(day(12), None);
    }
}
