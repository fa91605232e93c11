//! The grammar of times of day.

use super::{Read, Words};
use crate::analyse::times::expression::Expression;
use crate::analyse::times::lexicon::{Class, Joint, full_clock};
use crate::text::{DayPart, TimeOfDay};

impl Words<'_> {
    /// *Sunday at noon*, *5 p.m. on Sunday*, *this morning*.
    pub(super) fn moment(&self, at: usize) -> Read<Expression> {
        let day_first = self.day(at).and_then(|(day, next)| {
            let next = self.past(self.past(next, Joint::Comma), Joint::BeforeClock);
            let next = self.past(next, Joint::The);
            let (time, next) = self.part(next).or_else(|| self.clock(next))?;
            Some((Expression::Moment { day: Some(Box::new(day)), time }, next))
        });
        day_first.or_else(|| self.time_first(at)).or_else(|| self.shifted_part(at))
    }

    /// *5 p.m. on Sunday*, *the morning of May 18*, *noon*.
    fn time_first(&self, at: usize) -> Read<Expression> {
        let clock = self.clock(at);
        let start = self.past(at, Joint::The);
        let (time, next) = clock.or_else(|| self.part(start))?;
        let join = self.past(self.past(next, Joint::Comma), Joint::ClockOfDay);
        if let Some((day, end)) = self.day(self.past(join, Joint::The)).or_else(|| self.day(join)) {
            return Some((Expression::Moment { day: Some(Box::new(day)), time }, end));
        }
        clock.map(|(time, next)| (Expression::Moment { day: None, time }, next))
    }

    /// *this morning*, *last night*, *tonight*.
    fn shifted_part(&self, at: usize) -> Read<Expression> {
        let (days, time, next) = match (self.class(at), self.class(at + 1)) {
            (Class::Tonight, _) => (0, TimeOfDay::Part(DayPart::Night), at + 1),
            (Class::Shift(shift), Class::Part(part)) => (shift.by, TimeOfDay::Part(part), at + 2),
            _ => return None,
        };
        Some((Expression::Moment { day: Some(Box::new(Expression::Day(days))), time }, next))
    }

    fn part(&self, at: usize) -> Read<TimeOfDay> {
        match self.class(at) {
            Class::Part(part) => Some((TimeOfDay::Part(part), at + 1)),
            _ => None,
        }
    }

    /// *5 p.m.*, *5:30*, *17:00*, *noon*, *five o'clock*.
    fn clock(&self, at: usize) -> Read<TimeOfDay> {
        let ((hour, minute), next) = match (self.class(at), self.class(at + 1)) {
            (Class::FullClock(hour, minute), _) => ((hour, minute), at + 1),
            (Class::Clock(hour, minute), Class::Half(pm)) => {
                ((full_clock(hour, pm)?, minute), at + 2)
            }
            (Class::Clock(hour, minute), _) => ((hour, minute), at + 1),
            (Class::Number(hour @ 1..=12, _), Class::Half(pm)) => {
                ((full_clock(hour as u8, pm)?, 0), at + 2)
            }
            (Class::Number(hour @ 1..=12, _), Class::OClock) => ((hour as u8, 0), at + 2),
            _ => return None,
        };
        Some((TimeOfDay::Clock { hour, minute }, next))
    }
}
