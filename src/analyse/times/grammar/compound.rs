//! Expressions that are made of others: ranges, parts of a period, and durations
//! counted from a day.

use super::{Read, Words};
use crate::analyse::times::expression::{Expression, Part};
use crate::analyse::times::lexicon::{Class, Joint, Unit};

impl Words<'_> {
    /// *May 3 to May 5*, *May 3-5*, *between 2014 and 2018*.
    pub(super) fn range(&self, at: usize) -> Read<Expression> {
        let led = at.checked_sub(1).is_some_and(|b| self.is(b, Joint::RangeStart));
        if let Some(read) = self.days_of_month(at, led) {
            return Some(read);
        }
        let (from, next) = self.point(at, led)?;
        let weekday = matches!(from, Expression::Weekday { .. });
        let joint = self.is(next, Joint::RangeJoint) || led && self.is(next, Joint::And);
        if !joint || weekday && !led {
            return None;
        }
        let start = self.past(next + 1, Joint::The);
        if let (Expression::Date { year, month, .. }, Some((day, end))) =
            (&from, self.bare_day(start))
        {
            let (year, month) = (*year, *month);
            let (late, end) = self.year_after(end).map_or((year, end), |(y, n)| (Some(y), n));
            let to = Expression::Date { year: late, month, day };
            return Some((Expression::Range { from: Box::new(from), to: Box::new(to) }, end));
        }
        let (to, end) = self.point(start, led)?;
        let same = std::mem::discriminant(&from) == std::mem::discriminant(&to);
        (led || same).then(|| (Expression::Range { from: Box::new(from), to: Box::new(to) }, end))
    }

    /// *3 to 5 May*, *3-5 May 2022*, *between 3 and 5 May*.
    fn days_of_month(&self, at: usize, led: bool) -> Read<Expression> {
        let (first, next) = self.day_of_month(self.past(at, Joint::The))?;
        if !self.is(next, Joint::RangeJoint) && !(led && self.is(next, Joint::And)) {
            return None;
        }
        let (month, day, next) = self.day_month(self.past(next + 1, Joint::The))?;
        let (year, end) = self.year_after(next).map_or((None, next), |(y, n)| (Some(y), n));
        let date = |day| Box::new(Expression::Date { year, month, day });
        Some((Expression::Range { from: date(first), to: date(day) }, end))
    }

    /// A day of the month that no month or unit follows.
    fn bare_day(&self, at: usize) -> Read<i8> {
        let (day, next) = self.day_of_month(at)?;
        let alone = !matches!(self.class(next), Class::Month(_) | Class::Unit(_));
        (alone && !self.is(next, Joint::Of)).then_some((day, next))
    }

    /// An end of a range: a day, a month or a year; a year that nothing shows to
    /// be one only where the words lead to it.
    fn point(&self, at: usize, led: bool) -> Read<Expression> {
        let year = match self.class(at) {
            Class::Number(year @ 1900..=2099, 4) if led || self.is(at + 1, Joint::Hyphen) => {
                Some((Expression::Year(year as i16), at + 1))
            }
            _ => None,
        };
        let year = year.or_else(|| match (self.class(at), at.checked_sub(1)) {
            (Class::Number(year @ 1900..=2099, 4), Some(b))
                if self.is(b, Joint::RangeJoint) || self.is(b, Joint::And) =>
            {
                Some((Expression::Year(year as i16), at + 1))
            }
            _ => None,
        });
        self.day(at).or_else(|| self.month(at)).or(year)
    }

    /// *the first week of May*, *the last Sunday in June*, *the second half of 2022*.
    pub(super) fn part_of(&self, at: usize) -> Read<Expression> {
        let at = self.past(at, Joint::The);
        let (nth, next) = match self.class(at) {
            Class::Shift(shift) if shift.by == -1 => (-1, at + 1),
            _ => self.ordinal(at).and_then(|(n, next)| Some((i8::try_from(n).ok()?, next)))?,
        };
        let part = match self.class(next) {
            Class::Unit(Unit::Week) => Part::Week(nth),
            Class::Weekday(day) => Part::Weekday(nth, day),
            _ if self.is(next, Joint::Half) => Part::Half(if nth == -1 { 2 } else { nth }),
            _ => return None,
        };
        let of = self.past(next + 1, Joint::PartOf);
        let (whole, end) = [Self::month, Self::long, Self::shifted]
            .iter()
            .filter_map(|reader| reader(self, of))
            .max_by_key(|(_, end)| *end)?;
        let year =
            matches!(&whole, Expression::Year(_) | Expression::Shifted { unit: Unit::Year, .. });
        let fits = year || !matches!(part, Part::Half(_));
        (of > next + 1 && nth <= 5 && fits)
            .then(|| (Expression::PartOf { part, whole: Box::new(whole) }, end))
    }

    /// *two weeks after Christmas*, *three days before May 5*, *a month from now*.
    pub(super) fn counted_from_day(&self, at: usize) -> Read<Expression> {
        let (count, next) = self.count(at)?;
        let Class::Unit(unit) = self.class(next) else { return None };
        let sign = match self.class(next + 1) {
            Class::Offset(sign) if self.is(next + 1, Joint::Beside) => sign,
            _ if self.is(next + 1, Joint::From) => 1,
            _ => return None,
        };
        if self.is(next + 1, Joint::From) && self.is(next + 2, Joint::Now) {
            return Some((Expression::Offset { count, unit, sign, from_context: false }, next + 3));
        }
        let (day, end) = self.day(next + 2)?;
        Some((Expression::FromDay { count, unit, sign, day: Box::new(day) }, end))
    }
}
