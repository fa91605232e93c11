//! Holidays and when they fall.
//!
//! In: the table `holidays.tsv`, and the words of a sentence. Out: which holiday
//! begins at a word, and its day in a year.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::{Date, Weekday};

use crate::text::lexicon::Lexicon;
use crate::text::table::TableError;

/// When a holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Holiday {
    rule: Rule,
    /// Days after what the rule says.
    days: i16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// Month, which, weekday.
    Nth(i8, i8, i8),
    Easter,
}

/// Holidays by the first word of their names; longer names first.
#[derive(Clone, Debug)]
pub(super) struct Holidays(BTreeMap<String, Vec<(Vec<String>, Holiday)>>);

impl Holidays {
    /// Those of the list `holidays`.
    pub(super) fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let mut holidays: BTreeMap<String, Vec<(Vec<String>, Holiday)>> = BTreeMap::new();
        for row in lexicon.rows("holidays") {
            let holiday = row.parse("rule", holiday)?;
            let name: Vec<String> = row.key().split(' ').map(fold).collect();
            holidays.entry(name[0].clone()).or_default().push((name, holiday));
        }
        for named in holidays.values_mut() {
            named.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
        Ok(Self(holidays))
    }

    /// The holiday of the longest name that begins some words, and how many of
    /// them it takes.
    pub(super) fn at<'a>(
        &self,
        words: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<(Holiday, usize)> {
        let first = fold(words.clone().next()?);
        self.0.get(&first)?.iter().find_map(|(name, holiday)| {
            let mut rest = name.iter().peekable();
            let mut taken = 0;
            for word in words.clone() {
                match rest.peek() {
                    Some(wanted) if fold(word) == **wanted => {
                        rest.next();
                    }
                    Some(_) if is_possessive(word) => {}
                    _ => break,
                }
                taken += 1;
            }
            rest.peek().is_none().then_some((*holiday, taken))
        })
    }
}

/// Lower case, without full stop, possessive or plural ending.
fn fold(word: &str) -> String {
    let lower = word.to_lowercase();
    lower.trim_end_matches('.').trim_end_matches(['\'', '’', 's']).to_owned()
}

fn is_possessive(word: &str) -> bool {
    word.starts_with(['\'', '’']) && fold(word).is_empty()
}

fn holiday(rule: &str) -> Option<Holiday> {
    let (rule, days) = match rule.rfind(['+']).or_else(|| rule.find("r-").map(|at| at + 1)) {
        Some(at) => (rule.get(..at)?, rule.get(at..)?.parse().ok()?),
        None => (rule, 0),
    };
    let rule = match rule.split(['/', '-']).collect::<Vec<_>>().as_slice() {
        ["easter"] => Rule::Easter,
        [month, day] => Rule::Fixed(month.parse().ok()?, day.parse().ok()?),
        [month, nth, day] => Rule::Nth(month.parse().ok()?, nth.parse().ok()?, day.parse().ok()?),
        [month, "", nth, day] => {
            Rule::Nth(month.parse().ok()?, -nth.parse::<i8>().ok()?, day.parse().ok()?)
        }
        _ => return None,
    };
    Some(Holiday { rule, days })
}

impl Holiday {
    /// Its day in a year.
    pub(super) fn in_year(self, year: i16) -> Option<Date> {
        let date = match self.rule {
            Rule::Fixed(month, day) => Date::new(year, month, day).ok()?,
            Rule::Nth(month, nth, day) => {
                let weekday = Weekday::from_monday_one_offset(day).ok()?;
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?
            }
            Rule::Easter => easter(year)?,
        };
        date.checked_add(Span::new().days(self.days)).ok()
    }

    /// Its month and day, where they are the same in every year.
    pub(super) fn fixed(self) -> Option<(i8, i8)> {
        match self.rule {
            Rule::Fixed(month, day) if self.days == 0 => Some((month, day)),
            _ => None,
        }
    }
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of
/// *Nature*, 20 April 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(sum / 31).ok()?, i8::try_from(sum % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Holidays {
        Holidays::new(&crate::analyse::lists::shipped(&["times", "holidays"])).unwrap()
    }

    fn check(name: &str, year: i16, expected: &str) {
        let holidays = shipped();
        let day = holidays.at(name.split(' ')).and_then(|(holiday, taken)| {
            assert_eq!(taken, name.split(' ').count(), "{name}");
            holiday.in_year(year)
        });
        assert_eq!(day.map(|d| d.to_string()).as_deref(), Some(expected), "{name}");
    }

    #[test]
    fn holidays_have_days() {
        check("Easter", 2018, "2018-04-01");
        check("Good Friday", 2024, "2024-03-29");
        check("Thanksgiving", 2022, "2022-11-24");
        check("Black Friday", 2022, "2022-11-25");
        check("Memorial Day", 2021, "2021-05-31");
        check("New Year 's Eve", 2020, "2020-12-31");
        check("Mother's Day", 2023, "2023-05-14");
        assert_eq!(shipped().at(["New", "York"].into_iter()), None);
    }
}
