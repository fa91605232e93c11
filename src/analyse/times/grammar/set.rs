//! Times that come again.

use jiff::civil::Weekday;

use super::{Read, Words};
use crate::analyse::times::expression::{Expression, duration};
use crate::analyse::times::lexicon::{Class, Joint, Unit};
use crate::text::{Count, TimeValue};

impl Words<'_> {
    /// *daily*, *Mondays*, *every two weeks*.
    pub(super) fn set(&self, at: usize) -> Read<Expression> {
        match self.class(at) {
            Class::Set(duration) => Some((Expression::Set(TimeValue::Duration(duration)), at + 1)),
            Class::Weekdays(day) => Some((Expression::Set(every(day)?), at + 1)),
            Class::Every => self.set_of_units(at),
            _ => None,
        }
    }

    /// *every two weeks*, *every other Monday*, *each morning*, *every summer*.
    fn set_of_units(&self, at: usize) -> Read<Expression> {
        let next = self.past(at + 1, Joint::EverySo);
        let twice = self.is(at + 1, Joint::Other);
        let once = Count::Hundredths(if twice { 200 } else { 100 });
        let (count, unit_at) = self.count(next).unwrap_or((once, next));
        let value = match self.class(unit_at) {
            Class::Unit(unit) => duration(count, unit),
            Class::Weekday(day) => every(day)?,
            Class::Part(_) => duration(Count::Hundredths(100), Unit::Day),
            Class::Season(_) => duration(Count::Hundredths(100), Unit::Year),
            _ => return None,
        };
        Some((Expression::Set(value), unit_at + 1))
    }
}

/// All days of this number, 1 is Monday.
fn every(day: i8) -> Option<TimeValue> {
    Weekday::from_monday_one_offset(day).ok().map(TimeValue::Weekday)
}
