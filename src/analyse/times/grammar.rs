//! The grammar of English time expressions over classified words.
//!
//! Every function reads one kind of phrase at a place and gives what it means
//! and where it ends; the longest reading of a place is the right one.

mod clock;
mod compound;
mod set;

use super::expression::Expression;
use super::lexicon::{Class, Joint, Shift, Unit};
use crate::text::{Classes, Count, TokenId};

/// A word, or a part of a word between hyphens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) class: Class,
    /// What else it does in a time expression.
    pub(super) joints: Classes<Joint>,
    pub(super) token: TokenId,
    /// Whether a four-digit number here may be a year on its own.
    pub(super) year: bool,
}

/// What was read, and the index of the word after it.
type Read<T> = Option<(T, usize)>;

/// The words of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words<'a>(pub(super) &'a [Word<'a>]);

impl Words<'_> {
    /// The longest time expression that starts at a place.
    pub(super) fn read(&self, at: usize) -> Read<Expression> {
        let readers: [fn(&Self, usize) -> Read<Expression>; 13] = [
            Self::moment,
            Self::day,
            Self::offset,
            Self::shifted,
            Self::month,
            Self::set,
            Self::duration,
            Self::season,
            Self::quarter,
            Self::long,
            Self::range,
            Self::part_of,
            Self::counted_from_day,
        ];
        let mut best: Read<Expression> = None;
        for (expression, end) in readers.iter().filter_map(|reader| reader(self, at)) {
            if best.as_ref().is_none_or(|(_, longest)| end > *longest) {
                best = Some((expression, end));
            }
        }
        best
    }

    fn class(&self, at: usize) -> Class {
        self.0.get(at).map_or(Class::Other, |w| w.class)
    }

    fn is(&self, at: usize, joint: Joint) -> bool {
        self.0.get(at).is_some_and(|w| w.joints.has(joint))
    }

    /// The place after a word that does this, or the place itself.
    fn past(&self, at: usize, joint: Joint) -> usize {
        at + usize::from(self.is(at, joint))
    }

    // Numbers.

    /// *three*, *42*, *twenty-one*, *a*, *half a*, *one and a half*, *several*, *a few*.
    fn count(&self, at: usize) -> Read<Count> {
        let at = self.past(at, Joint::Roughly);
        if self.is(at, Joint::Half) && self.is(at + 1, Joint::Article) {
            return Some((Count::Hundredths(50), at + 2));
        }
        if self.is(at, Joint::Article) {
            let next = self.past(at + 2, Joint::Of);
            return match self.class(at + 1) {
                Class::Vague => Some((Count::Vague, next)),
                Class::Number(n, 0) if n > 10 => Some((Count::Hundredths(n * 100), at + 2)),
                _ => Some((Count::Hundredths(100), at + 1)),
            };
        }
        if self.is(at, Joint::Another) {
            return Some((Count::Hundredths(100), at + 1));
        }
        let (count, next) = match self.class(at) {
            Class::Vague => return Some((Count::Vague, self.past(at + 1, Joint::Of))),
            Class::Number(n, _) if n < 100_000 => (n * 100, at + 1),
            Class::Hundredths(n) => (n, at + 1),
            Class::Tens(n) => self.tens(n, at),
            _ => return None,
        };
        if self.is(next, Joint::And)
            && self.is(next + 1, Joint::Article)
            && self.is(next + 2, Joint::Half)
        {
            return Some((Count::Hundredths(count.saturating_add(50)), next + 3));
        }
        Some((Count::Hundredths(count), next))
    }

    fn tens(&self, tens: u32, at: usize) -> (u32, usize) {
        let next = self.past(at + 1, Joint::Hyphen);
        match self.class(next) {
            Class::Number(n @ 1..=9, 0) => ((tens + n) * 100, next + 1),
            _ => (tens * 100, at + 1),
        }
    }

    fn ordinal(&self, at: usize) -> Read<u32> {
        match self.class(at) {
            Class::Ordinal(n) => Some((n, at + 1)),
            Class::Unit(Unit::Second) if self.is(at, Joint::Second) => Some((2, at + 1)),
            _ => None,
        }
    }

    /// A day of a month, as numeral or ordinal.
    fn day_of_month(&self, at: usize) -> Read<i8> {
        let (day, next) = match self.class(at) {
            Class::Number(day, 1 | 2) => (day, at + 1),
            _ => self.ordinal(at)?,
        };
        (1..=31).contains(&day).then_some((day as i8, next))
    }

    /// *2022*, *, 2022*, *of 2022*.
    fn year_after(&self, at: usize) -> Read<i16> {
        let at = self.past(at, Joint::BeforeYear);
        match self.class(at) {
            Class::Number(year @ 1000..=2199, 4) => Some((year as i16, at + 1)),
            _ => None,
        }
    }

    // Days.

    fn day(&self, at: usize) -> Read<Expression> {
        let at = match self.class(at) {
            Class::Stage => self.past(at + 1, Joint::StageOfDay),
            _ => at,
        };
        let readers: [fn(&Self, usize) -> Read<Expression>; 5] =
            [Self::date, Self::weekday, Self::near_day, Self::holiday, Self::same_day];
        let read = readers.iter().filter_map(|reader| reader(self, at));
        read.max_by_key(|(_, end)| *end)
    }

    /// *Sunday, May 18, 2022*, *the 18th of May*, *2022-05-18*.
    fn date(&self, at: usize) -> Read<Expression> {
        if let Class::Full(year, month, day) = self.class(at) {
            return Some((Expression::Date { year: Some(year), month, day }, at + 1));
        }
        let at = match self.class(at) {
            Class::Weekday(_) => self.past(self.past(at + 1, Joint::Comma), Joint::The),
            _ => self.past(at, Joint::The),
        };
        let (month, day, next) = self.month_day(at).or_else(|| self.day_month(at))?;
        let (year, next) = self.year_after(next).map_or((None, next), |(y, n)| (Some(y), n));
        Some((Expression::Date { year, month, day }, next))
    }

    fn month_day(&self, at: usize) -> Option<(i8, i8, usize)> {
        let Class::Month(month) = self.class(at) else { return None };
        let (day, next) = self.day_of_month(self.past(at + 1, Joint::BeforeDay))?;
        // "May 18 months" and "May 5 percent" are something else.
        let is_count = matches!(self.class(next), Class::Unit(_)) && !self.is(next, Joint::Second);
        (!is_count).then_some((month, day, next))
    }

    fn day_month(&self, at: usize) -> Option<(i8, i8, usize)> {
        let (day, next) = self.day_of_month(at)?;
        let next = self.past(next, Joint::Link);
        match self.class(next) {
            Class::Month(month) => Some((month, day, next + 1)),
            _ => None,
        }
    }

    /// *Sunday*, *last Wednesday*, *Monday of last week*.
    fn weekday(&self, at: usize) -> Read<Expression> {
        let (shift, at) =
            self.shift(self.past(at, Joint::The)).map_or((None, at), |(s, n)| (Some(s), n));
        let Class::Weekday(day) = self.class(at) else { return None };
        let week = self
            .shift(self.past(at + 1, Joint::Of))
            .filter(|&(_, next)| self.class(next) == Class::Unit(Unit::Week));
        let (week, next) = week.map_or((None, at + 1), |(w, n)| (Some(w), n + 1));
        Some((Expression::Weekday { day, shift, week }, next))
    }

    /// *yesterday*, *the day after tomorrow*.
    fn near_day(&self, at: usize) -> Read<Expression> {
        if let Class::Day(days) = self.class(at) {
            return Some((Expression::Day(days), at + 1));
        }
        let at = self.past(at, Joint::The);
        match (self.class(at), self.class(at + 1), self.class(at + 2)) {
            (Class::Unit(Unit::Day), Class::Offset(sign), Class::Day(days)) if days == sign => {
                Some((Expression::Day(days + sign), at + 3))
            }
            _ => None,
        }
    }

    fn holiday(&self, at: usize) -> Read<Expression> {
        let Class::Holiday(holiday, words) = self.class(at) else { return None };
        let next = at + usize::from(words);
        let (year, next) = self.year_after(next).map_or((None, next), |(y, n)| (Some(y), n));
        Some((Expression::Holiday { holiday, year }, next))
    }

    /// *the day before*, *a day later*, *the next day*: from the day spoken of.
    fn same_day(&self, at: usize) -> Read<Expression> {
        let at = self.past(at, Joint::ThatDay);
        let shifted = |by, next| {
            let shift = Shift { by, from_context: true };
            Some((Expression::Shifted { unit: Unit::Day, shift }, next))
        };
        match (self.class(at), self.class(at + 1)) {
            (Class::Shift(shift), Class::Unit(Unit::Day)) => shifted(shift.by, at + 2),
            (Class::Unit(Unit::Day), Class::Offset(sign)) if at > 0 => shifted(sign, at + 2),
            _ => None,
        }
    }

    fn shift(&self, at: usize) -> Read<Shift> {
        match self.class(at) {
            Class::Shift(shift) => Some((shift, at + 1)),
            _ => None,
        }
    }

    // Longer than days.

    /// *last week*, *the following year*, *this month*, *the weekend*.
    fn shifted(&self, at: usize) -> Read<Expression> {
        if self.is(at, Joint::BeforeWeekend) && self.is(at + 1, Joint::Weekend) {
            return Some((Expression::Weekend, at + 2));
        }
        let at = match self.class(at) {
            Class::Stage => self.past(at + 1, Joint::Link),
            _ => at,
        };
        let (shift, next) = self.shift(self.past(at, Joint::The))?;
        match self.class(next) {
            Class::Unit(unit) if !is_within_day(unit) && !self.is_plural(next) => {
                Some((Expression::Shifted { unit, shift }, next + 1))
            }
            Class::Month(month) => {
                Some((Expression::Month { year: None, month, shift: Some(shift) }, next + 1))
            }
            Class::Season(season) => {
                Some((Expression::Season { season, year: None, shift: Some(shift) }, next + 1))
            }
            // "the last three months"
            _ => {
                let (count, next) = self.count(next)?;
                let Class::Unit(unit) = self.class(next) else { return None };
                Some((Expression::Duration { count, unit }, next + 1))
            }
        }
    }

    fn is_plural(&self, at: usize) -> bool {
        self.0.get(at).is_some_and(|w| w.text.ends_with(['s', 'S']))
    }

    /// *May 2022*, *mid-May*, *early in May*.
    fn month(&self, at: usize) -> Read<Expression> {
        let at = match self.class(at) {
            Class::Stage => self.past(at + 1, Joint::Within),
            _ => at,
        };
        if let (Class::Number(year @ 1900..=2099, 4), Class::Month(month)) =
            (self.class(at), self.class(at + 1))
            && self.day_of_month(at + 2).is_none()
        {
            return Some((
                Expression::Month { year: Some(year as i16), month, shift: None },
                at + 2,
            ));
        }
        let Class::Month(month) = self.class(at) else { return None };
        let (year, next) = self.year_after(at + 1).map_or((None, at + 1), |(y, n)| (Some(y), n));
        let late_shift =
            self.shift(at + 1).filter(|&(_, n)| self.class(n) == Class::Unit(Unit::Year));
        if let (None, Some((shift, next))) = (year, late_shift) {
            return Some((Expression::Month { year, month, shift: Some(shift) }, next + 1));
        }
        Some((Expression::Month { year, month, shift: None }, next))
    }

    /// *three days ago*, *two weeks later*.
    fn offset(&self, at: usize) -> Read<Expression> {
        let (count, next) = self.count(at)?;
        let Class::Unit(unit) = self.class(next) else { return None };
        let (sign, from_context) = match self.class(next + 1) {
            Class::Ago => (-1, false),
            Class::Offset(sign) if self.is(next + 1, Joint::FromThen) => (sign, true),
            _ => return None,
        };
        Some((Expression::Offset { count, unit, sign, from_context }, next + 2))
    }

    /// *three months*, *three-month*, *a two-hour*; *a year* only after a
    /// word that makes it a duration.
    fn duration(&self, at: usize) -> Read<Expression> {
        let (count, next) = self.count(at)?;
        let unit_at = self.past(next, Joint::BeforeUnit);
        let Class::Unit(unit) = self.class(unit_at) else { return None };
        let end = unit_at + 1;
        let is_age = self.is(self.past(end, Joint::Hyphen), Joint::Age);
        let article = self.is(at, Joint::Article) && next == at + 1;
        let duration = at.checked_sub(1).is_some_and(|before| self.is(before, Joint::Lasting));
        (!is_age && (!article || duration)).then_some((Expression::Duration { count, unit }, end))
    }

    fn season(&self, at: usize) -> Read<Expression> {
        let stage = matches!(self.class(at), Class::Stage);
        let start =
            if stage { self.past(at + 1, Joint::Hyphen) } else { self.past(at, Joint::The) };
        let Class::Season(season) = self.class(start) else { return None };
        let year = self.year_after(start + 1);
        let definite = stage
            || start > at
            || at.checked_sub(1).is_some_and(|b| self.is(b, Joint::BeforeSeason));
        (definite || year.is_some()).then(|| {
            let (year, next) = year.map_or((None, start + 1), |(y, n)| (Some(y), n));
            (Expression::Season { season, year, shift: None }, next)
        })
    }

    /// *the third quarter of 2022*, *Q3*.
    fn quarter(&self, at: usize) -> Read<Expression> {
        let at = self.past(at, Joint::The);
        let (quarter, next) = match self.class(at) {
            Class::Quarter(quarter) => (quarter, at + 1),
            _ => {
                let (quarter, next) = self.ordinal(at)?;
                let is_quarter = self.class(next) == Class::Unit(Unit::Quarter) && quarter <= 4;
                is_quarter.then_some((quarter as u8, next + 1))?
            }
        };
        let (year, end) = self.year_after(next).map_or((None, next), |(y, n)| (Some(y), n));
        let shift = self
            .shift(self.past(end, Joint::Of))
            .filter(|&(_, n)| self.class(n) == Class::Unit(Unit::Year));
        let (shift, end) = shift.map_or((None, end), |(s, n)| (Some(s), n + 1));
        Some((Expression::Quarter { quarter, year, shift }, end))
    }

    /// *2022*, *the 1990s*, *the 19th century*.
    fn long(&self, at: usize) -> Read<Expression> {
        let at = match self.class(at) {
            Class::Stage => self.past(self.past(at + 1, Joint::Within), Joint::The),
            _ => self.past(at, Joint::The),
        };
        match self.class(at) {
            Class::Number(year, 4) if self.0.get(at).is_some_and(|w| w.year) => {
                Some((Expression::Year(year as i16), at + 1))
            }
            Class::Decade(year) => Some((Expression::Decade(year), at + 1)),
            _ => {
                let (century, next) = self.ordinal(at)?;
                let is_century =
                    self.class(self.past(next, Joint::Hyphen)) == Class::Unit(Unit::Century);
                let end = self.past(next, Joint::Hyphen) + 1;
                (is_century && century <= 21).then_some((Expression::Century(century), end))
            }
        }
    }
}

fn is_within_day(unit: Unit) -> bool {
    matches!(unit, Unit::Second | Unit::Minute | Unit::Hour)
}
