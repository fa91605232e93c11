//! Times that come again.

use super::{Read, Words};
use crate::analyse::times::expression::{Count, Expression, duration};
use crate::analyse::times::lexicon::{Class, Season};

impl Words<'_> {
    /// *daily*, *Mondays*, *every two weeks*.
    pub(super) fn set(&self, at: usize) -> Read<Expression> {
        let value = |day: i8| format!("XXXX-WXX-{day}");
        match self.class(at) {
            Class::Set(set) => Some((Expression::Set(set.to_owned()), at + 1)),
            Class::Weekdays(day) => Some((Expression::Set(value(day)), at + 1)),
            Class::Every => {
                let next = self.past(at + 1, &["other", "single"]);
                let twice = self.is(at + 1, &["other"]);
                let (count, unit_at) = match self.count(next) {
                    Some((count, unit_at)) => (count, unit_at),
                    None => (Count::Hundredths(if twice { 200 } else { 100 }), next),
                };
                match self.class(unit_at) {
                    Class::Unit(unit) => {
                        Some((Expression::Set(duration(count, unit)), unit_at + 1))
                    }
                    Class::Weekday(day) => Some((Expression::Set(value(day)), unit_at + 1)),
                    Class::Part(_) => Some((Expression::Set("P1D".to_owned()), unit_at + 1)),
                    Class::Season(Season { .. }) => {
                        Some((Expression::Set("P1Y".to_owned()), unit_at + 1))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }
}
