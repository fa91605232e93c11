//! Scores time expressions against the cases of Recognizers-Text.
//!
//! In: the cases of its `DateTimeModel.json` (a sentence, the day it is read on,
//! the expressions in it with their values) and the times found in the same
//! sentences. Out: two scores, and each by kind of expression:
//!
//! - *extents*: one gold and one found expression, each used once, that overlap;
//! - *values*: the same with one value. Gold may allow several (the *May* before
//!   and the one after); a period is compared by its first and last day, a time of
//!   day by hour and minute, everything else by its TIMEX3 value.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::{Date, DateTime};
use serde::Deserialize;

use super::Score;
use crate::analyse::calendar_time;
use crate::text::{Document, Span, Time, TimeValue};

/// One sentence and the times in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TimeCase {
    /// The sentence.
    pub input: String,
    #[serde(default)]
    context: Option<Context>,
    #[serde(default)]
    results: Vec<Expected>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Context {
    reference_date_time: String,
}

/// An expression of the gold data; offsets are characters, the end inside.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Expected {
    start: u32,
    end: u32,
    #[serde(default, alias = "Typename")]
    type_name: String,
    #[serde(default)]
    resolution: Resolution,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Resolution {
    #[serde(default)]
    values: Vec<Value>,
}

#[derive(Clone, Debug, Deserialize)]
struct Value {
    timex: Option<String>,
    value: Option<String>,
    start: Option<String>,
    end: Option<String>,
}

/// Reads the cases of a file.
///
/// # Errors
/// Where it is not the JSON that such files are.
pub fn read_times(json: &str) -> Result<Vec<TimeCase>, serde_json::Error> {
    serde_json::from_str(json.trim_start_matches('\u{feff}'))
}

impl TimeCase {
    /// The day on which the sentence is read.
    pub fn day(&self) -> Option<Date> {
        self.context.as_ref()?.reference_date_time.get(..10)?.parse().ok()
    }
}

/// Scores over some cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimesReport {
    /// Expressions that overlap.
    pub extents: Score,
    /// Expressions that overlap and have the same value.
    pub values: Score,
    /// Values by the gold's kind of expression; found is what is paired.
    pub kinds: BTreeMap<String, Score>,
    /// What went wrong, a line each.
    pub cases: Vec<String>,
}

impl TimesReport {
    /// Adds the scores of other cases.
    pub fn add(&mut self, other: Self) {
        self.extents += other.extents;
        self.values += other.values;
        for (kind, score) in other.kinds {
            *self.kinds.entry(kind).or_default() += score;
        }
        self.cases.extend(other.cases);
    }
}

impl fmt::Display for TimesReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<16}{}", "extents", self.extents)?;
        writeln!(f, "{:<16}{}", "values", self.values)?;
        self.kinds.iter().try_for_each(|(kind, score)| writeln!(f, "  {kind:<14}{score}"))
    }
}

/// Scores the times found in one sentence.
pub fn score_times(case: &TimeCase, document: &Document) -> TimesReport {
    let mut report = TimesReport::default();
    let (found, gold) = (document.times.len(), case.results.len());
    let mut free: Vec<&Time> = document.times.iter().collect();
    let (mut paired, mut right) = (0, 0);
    for expected in &case.results {
        let span = bytes(&case.input, expected);
        let partner = free.iter().position(|t| t.span.overlaps(span)).map(|i| free.remove(i));
        let same = partner.is_some_and(|t| expected.allows(document, t));
        paired += usize::from(partner.is_some());
        right += usize::from(same);
        let score =
            Score { right: usize::from(same), found: usize::from(partner.is_some()), gold: 1 };
        let kind = expected.type_name.rsplit('.').next().unwrap_or_default();
        *report.kinds.entry(kind.to_owned()).or_default() += score;
        if !same {
            report.cases.push(expected.line(case, partner, document, span));
        }
    }
    report.extents = Score { right: paired, found, gold };
    report.values = Score { right, found, gold };
    let spurious = free.iter().map(|t| format!("+ {} | {}", case.input, shown(document, t)));
    report.cases.extend(spurious);
    report
}

fn bytes(text: &str, expected: &Expected) -> Span {
    let at = |c: u32| text.char_indices().nth(c as usize).map_or(text.len(), |(byte, _)| byte);
    Span::of(at(expected.start)..at(expected.end + 1))
}

fn shown(document: &Document, time: &Time) -> String {
    format!(
        "{} = {}",
        document.slice(time.span),
        time.value.as_ref().map_or_else(|| "?".to_owned(), ToString::to_string)
    )
}

impl Expected {
    fn allows(&self, document: &Document, time: &Time) -> bool {
        let Some(value) = &time.value else { return false };
        let value = value.to_string();
        let calendar = calendar_time(document, time);
        self.resolution.values.iter().any(|gold| gold.is(&value, calendar.as_ref()))
    }

    /// One line that tells what is wrong.
    fn line(&self, case: &TimeCase, time: Option<&Time>, document: &Document, at: Span) -> String {
        let gold: Vec<String> = self.resolution.values.iter().map(Value::shown).collect();
        let found = time.map_or_else(|| "-".to_owned(), |t| shown(document, t));
        let words = at.slice(&case.input);
        let day = case.day().map_or_else(String::new, |d| d.to_string());
        format!("- {} | {words} = {} | {found} | {day}", case.input, gold.join(" or "))
    }
}

impl Value {
    fn is(&self, timex: &str, calendar: Option<&TimeValue>) -> bool {
        self.timex.as_deref() == Some(timex)
            || self.day_of_time().is_some_and(|t| minutes(timex) == Some(t))
            || calendar.and_then(TimeValue::days).is_some_and(|days| self.covers(days))
    }

    /// Whether it has these first and last days; the end of a period is the day
    /// after its last, or the last itself (*from May 3 to May 5*).
    fn covers(&self, (first, last): (Date, Date)) -> bool {
        let day = |text: &Option<String>| text.as_deref()?.parse::<Date>().ok();
        match (day(&self.value), day(&self.start), day(&self.end)) {
            (Some(day), _, _) => (day, day) == (first, last),
            (None, Some(start), Some(end)) => {
                start == first && (end == last || end.yesterday().is_ok_and(|day| day == last))
            }
            _ => false,
        }
    }

    /// Hour and minute, on a day where one is told.
    fn day_of_time(&self) -> Option<String> {
        minutes(&self.value.as_deref()?.replace(' ', "T"))
    }

    fn shown(&self) -> String {
        let or = |text: &Option<String>| text.clone().unwrap_or_default();
        format!("{} {}{}..{}", or(&self.timex), or(&self.value), or(&self.start), or(&self.end))
    }
}

/// `2016-11-07T15:00`, `T15:00` of a moment or a time of day.
fn minutes(text: &str) -> Option<String> {
    let (day, time) = text.split_once('T').unwrap_or(("", text));
    let time = format!("2000-01-01T{}:00", time.get(..5)?).parse::<DateTime>().ok()?;
    Some(format!("{day}T{:02}:{:02}", time.hour(), time.minute()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(timex: &str, value: &str, start: &str, end: &str) -> Value {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Value { timex: some(timex), value: some(value), start: some(start), end: some(end) }
    }

    fn check(gold: &Value, timex: &str, calendar: Option<&str>, same: bool) {
        let calendar: Option<TimeValue> = calendar.map(|days| days.parse().unwrap());
        assert_eq!(gold.is(timex, calendar.as_ref()), same, "{gold:?} {timex} {calendar:?}");
    }

    #[test]
    fn values_are_compared_as_what_they_mean() {
        let may = value("XXXX-05", "", "2020-05-01", "2020-06-01");
        check(&may, "2020-05", Some("2020-05"), true);
        check(&may, "2019-05", Some("2019-05"), false);
        let week = value("", "", "2020-05-04", "2020-05-11");
        check(&week, "2020-W19", Some("2020-05-04/2020-05-10"), true);
        check(&value("T07", "07:00:00", "", ""), "T07:00", None, true);
        check(&value("P3D", "259200", "", ""), "P3D", None, true);
        let noon = value("2020-05-04T12", "2020-05-04 12:00:00", "", "");
        check(&noon, "2020-05-04T12:00", Some("2020-05-04T12:00"), true);
        check(&noon, "2020-05-05T12:00", Some("2020-05-05T12:00"), false);
    }

    #[test]
    fn cases_are_read() {
        let json = "\u{feff}[{\"Input\": \"Back on 5 May.\", \"Context\": {\"ReferenceDateTime\": \
                    \"2020-01-01T00:00:00\"}, \"Results\": [{\"Text\": \"5 may\", \"Start\": 8, \
                    \"End\": 12, \"TypeName\": \"datetimeV2.date\"}]}]";
        let cases = read_times(json).unwrap();
        assert_eq!(cases[0].day().map(|d| d.to_string()).as_deref(), Some("2020-01-01"));
        assert_eq!(bytes(&cases[0].input, &cases[0].results[0]).slice(&cases[0].input), "5 May");
    }
}
