//! Words that time expressions are made of.

use std::collections::HashMap;

use compact_str::CompactString;

use super::holidays::{Holiday, Holidays};
use crate::analyse::lists::shipped;
use crate::text::lexicon::Lexicon;
use crate::text::table::TableError;
use crate::text::{
    ClassedWords, Classes, DayPart, Duration, Season, TimeValue, small, word_classes,
};

word_classes! {
    /// What a word does in a time expression beside telling a time.
    pub(in crate::analyse::times) enum Joint in "time-joints" {
        /// Stands before a number that is not exact: *about*.
        Roughly = "roughly",
        /// *half*
        Half = "half",
        /// *a*
        Article = "article",
        /// *of*
        Of = "of",
        /// One more: *another*.
        Another = "another",
        /// *and*
        And = "and",
        /// An ordinal that is a unit too: *second*.
        Second = "second",
        /// *-*
        Hyphen = "hyphen",
        /// Between a day or month and its year.
        BeforeYear = "before-year",
        /// Between a stage and its day: *late on Friday*.
        StageOfDay = "stage-of-day",
        /// *,*
        Comma = "comma",
        /// *the*
        The = "the",
        /// Between a month and its day: *May the 18th*, *Sept. 18*.
        BeforeDay = "before-day",
        /// Between a day or stage and what it is of: *18th of May*.
        Link = "link",
        /// Points at a day that was spoken of.
        ThatDay = "that-day",
        /// *over the weekend*
        BeforeWeekend = "before-weekend",
        /// *weekend*
        Weekend = "weekend",
        /// Between a stage and its month or year: *early in May*.
        Within = "within",
        /// Counts from the time spoken of: *two days later*.
        FromThen = "from-then",
        /// Between a number and its unit: *three full days*.
        BeforeUnit = "before-unit",
        /// Makes an age of a duration.
        Age = "age",
        /// Makes a duration of *a year*: *for a year*.
        Lasting = "lasting",
        /// Tells that a season is a time: *in winter*.
        BeforeSeason = "before-season",
        /// Between a day and its hour: *Sunday at noon*.
        BeforeClock = "before-clock",
        /// Between an hour and its day: *noon on Sunday*.
        ClockOfDay = "clock-of-day",
        /// Leads to a range: *from 2014 to 2018*.
        RangeStart = "range-start",
        /// Between the ends of a range.
        RangeJoint = "range-joint",
        /// Between a part and its whole: *the first week of May*.
        PartOf = "part-of",
        /// Counts from a day: *two weeks after Christmas*.
        Beside = "beside",
        /// *from*
        From = "from",
        /// *now*
        Now = "now",
        /// Stands behind *every*: *every other day*.
        EverySo = "every-so",
        /// *other*
        Other = "other",
        /// *in*
        In = "in",
        /// An auxiliary that looks ahead.
        Modal = "modal",
        /// The auxiliary of what is past.
        Have = "have",
        /// Marks an infinitive.
        To = "to",
        /// Tells that a number is a year: *since 1848*.
        BeforeBareYear = "before-bare-year",
        /// Tells that a number is none: *$ 1999*.
        Counts = "counts",
        /// A month only with a capital: *march*.
        Doubtful = "doubtful",
        /// The end of an ordinal in digits: *18th*.
        OrdinalEnding = "ordinal-ending",
        /// A verb that tells whether the infinitive behind it was done: *refused*.
        Performs = "performs",
    }
}

/// What a word can be in a time expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Class {
    /// A month, 1 to 12.
    Month(i8),
    /// A day of the week, 1 is Monday.
    Weekday(i8),
    /// Every such day: *Mondays*.
    Weekdays(i8),
    /// A unit of time.
    Unit(Unit),
    /// A number word or a numeral: its value, and how many digits it is written with.
    Number(u32, u8),
    /// *twenty*, *thirty*: may be followed by *-one* to *-nine*.
    Tens(u32),
    /// A number with a decimal point, in hundredths.
    Hundredths(u32),
    /// *first*, *18th*.
    Ordinal(u32),
    /// *several*, *few*.
    Vague,
    /// *today* and its neighbours: days from it.
    Day(i32),
    /// *tonight*.
    Tonight,
    /// *last*, *this*, *next*.
    Shift(Shift),
    /// *morning*.
    Part(DayPart),
    /// *noon*, *5:30*: hour and minute.
    Clock(u8, u8),
    /// *5:30pm*, *10am*: on the clock of 24 hours.
    FullClock(u8, u8),
    /// *winter*.
    Season(Season),
    /// *ago*.
    Ago,
    /// *earlier*, *later*, *before*, *after*.
    Offset(i32),
    /// *every*, *each*.
    Every,
    /// *daily*: how often.
    Set(Duration),
    /// *early*, *late*, *mid*.
    Stage,
    /// *a.m.* is false, *p.m.* is true.
    Half(bool),
    /// *o'clock*.
    OClock,
    /// The first word of a holiday's name, and how many words the name has.
    Holiday(Holiday, u8),
    /// *2022-05-18*.
    Full(i16, i8, i8),
    /// *1990s*: its first year.
    Decade(i16),
    /// *Q3*.
    Quarter(u8),
    /// Anything else.
    Other,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// How *last*, *this* and *next* point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    /// -1, 0 or 1.
    pub(super) by: i32,
    /// Whether it counts from the time spoken of, not from the article's:
    /// *the following year*.
    pub(super) from_context: bool,
}

/// The words of time expressions.
#[derive(Clone, Debug)]
pub struct TimeLexicon {
    words: HashMap<CompactString, Class>,
    joints: ClassedWords<Joint>,
    holidays: Holidays,
}

impl Default for TimeLexicon {
    /// The shipped words.
    #[allow(clippy::expect_used)]
    fn default() -> Self {
        Self::new(&shipped(&["times", "time-joints", "holidays"]))
            .expect("a test reads the shipped lists")
    }
}

impl TimeLexicon {
    /// The words of the lists `times`, `time-joints` and `holidays`.
    ///
    /// # Errors
    /// Where a line has a value that its class does not have.
    pub fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let mut words = HashMap::new();
        for row in lexicon.rows("times") {
            let class = row.parse("value", |value| class_of(row.text("class"), value))?;
            words.insert(row.key().into(), class);
        }
        let joints = ClassedWords::new(lexicon)?;
        Ok(Self { words, joints, holidays: Holidays::new(lexicon)? })
    }

    /// The class of a word as it stands in the text.
    pub(super) fn class(&self, word: &str) -> Class {
        let lower = small(word);
        let lower = lower.trim_end_matches('.');
        self.words.get(lower).copied().unwrap_or_else(|| self.shape(lower))
    }

    /// What else a word does in a time expression.
    pub(super) fn joints(&self, word: &str) -> Classes<Joint> {
        self.joints.classes(&small(word))
    }

    /// The class of a word that begins the name of a holiday.
    pub(super) fn holiday<'a>(
        &self,
        words: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<Class> {
        let (holiday, words) = self.holidays.at(words)?;
        Some(Class::Holiday(holiday, u8::try_from(words).ok()?))
    }

    /// The class of a word by its digits.
    fn shape(&self, word: &str) -> Class {
        if !word.contains(|c: char| c.is_ascii_digit()) {
            return Class::Other;
        }
        plain_number(word)
            .or_else(|| self.ordinal(word))
            .or_else(|| self.clock(word))
            .or_else(|| full_date(word))
            .or_else(|| decade(word))
            .or_else(|| quarter(word))
            .unwrap_or(Class::Other)
    }

    fn ordinal(&self, word: &str) -> Option<Class> {
        let (digits, ending) = word.split_at(letters_of(word)?);
        let is_ending = self.joints.is(ending, Joint::OrdinalEnding);
        digits.parse().ok().filter(|_| is_ending).map(Class::Ordinal)
    }

    /// `5:30`, `5.30pm`, `10am`.
    fn clock(&self, word: &str) -> Option<Class> {
        let word = word.replace('.', ":");
        let (digits, letters) = word.split_at(letters_of(&word).unwrap_or(word.len()));
        let half = match self.words.get(&*letters.replace(':', "")) {
            Some(Class::Half(pm)) => Some(*pm),
            _ if letters.is_empty() => None,
            _ => return None,
        };
        let (hour, minute) = match digits.split_once(':') {
            Some((h, m)) if m.len() == 2 => (h.parse().ok()?, m.parse().ok()?),
            None if half.is_some() => (digits.parse().ok()?, 0),
            _ => return None,
        };
        match half {
            _ if minute > 59 => None,
            Some(pm) => full_clock(hour, pm).map(|h| Class::FullClock(h, minute)),
            None if hour < 24 => Some(Class::Clock(hour, minute)),
            None => None,
        }
    }
}

/// Where the letters behind a word's digits begin.
fn letters_of(word: &str) -> Option<usize> {
    word.find(char::is_alphabetic)
}

fn class_of(class: &str, value: &str) -> Option<Class> {
    Some(match class {
        "month" => Class::Month(value.parse().ok()?),
        "weekday" => Class::Weekday(value.parse().ok()?),
        "weekdays" => Class::Weekdays(value.parse().ok()?),
        "unit" => Class::Unit(unit(value)?),
        "number" => Class::Number(value.parse().ok()?, 0),
        "tens" => Class::Tens(value.parse().ok()?),
        "ordinal" => Class::Ordinal(value.parse().ok()?),
        "vague" => Class::Vague,
        "day" => Class::Day(value.parse().ok()?),
        "tonight" => Class::Tonight,
        "shift" => Class::Shift(Shift {
            by: value.trim_end_matches('c').parse().ok()?,
            from_context: value.ends_with('c'),
        }),
        "part" => Class::Part(DayPart::parse(value)?),
        "clock" => pair(value, ':').map(|(h, m)| Class::Clock(h, m))?,
        "season" => Class::Season(Season::parse(value)?),
        "ago" => Class::Ago,
        "offset" => Class::Offset(value.parse().ok()?),
        "every" => Class::Every,
        "set" => Class::Set(how_often(value)?),
        "stage" => Class::Stage,
        "half" => Class::Half(value == "pm"),
        "oclock" => Class::OClock,
        _ => return None,
    })
}

fn unit(code: &str) -> Option<Unit> {
    Some(match code {
        "S" => Unit::Second,
        "N" => Unit::Minute,
        "H" => Unit::Hour,
        "D" => Unit::Day,
        "W" => Unit::Week,
        "E" => Unit::Weekend,
        "F" => Unit::Fortnight,
        "M" => Unit::Month,
        "Q" => Unit::Quarter,
        "Y" => Unit::Year,
        "T" => Unit::Decade,
        "C" => Unit::Century,
        _ => return None,
    })
}

fn how_often(value: &str) -> Option<Duration> {
    match value.parse() {
        Ok(TimeValue::Duration(duration)) => Some(duration),
        _ => None,
    }
}

fn pair<T: std::str::FromStr>(value: &str, mark: char) -> Option<(T, T)> {
    let (a, b) = value.split_once(mark)?;
    Some((a.parse().ok()?, b.parse().ok()?))
}

fn plain_number(word: &str) -> Option<Class> {
    let digits = word.replace(',', "");
    if let Ok(value) = digits.parse() {
        return Some(Class::Number(value, digits.len() as u8));
    }
    let (whole, part) = digits.split_once('.')?;
    let part = format!("{part:0<2}");
    let hundredths: u32 = part.get(..2)?.parse().ok()?;
    let whole: u32 = whole.parse().ok()?;
    Some(Class::Hundredths(whole.checked_mul(100)?.checked_add(hundredths)?))
}

/// The hour on the clock of 24 hours.
pub(super) fn full_clock(hour: u8, pm: bool) -> Option<u8> {
    match (hour, pm) {
        (12, _) => Some(if pm { 12 } else { 0 }),
        (1..12, _) => Some(if pm { hour + 12 } else { hour }),
        _ => None,
    }
}

/// `2022-05-18`, `5/18/2022` (month first, unless that cannot be), `18.05.2022` (day first).
fn full_date(word: &str) -> Option<Class> {
    let mark = ['-', '/', '.'].into_iter().find(|&m| word.matches(m).count() == 2)?;
    let mut parts = word.split(mark);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    let [x, y, z] = [a, b, c].map(|part| part.parse::<i16>().ok());
    let (x, y, z) = (x?, y?, z?);
    let (year, month, day) = match (a.len(), c.len()) {
        (4, 1 | 2) => (x, y, z),
        (1 | 2, 4) if mark == '.' || x > 12 => (z, y, x),
        (1 | 2, 4) => (z, x, y),
        _ => return None,
    };
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    jiff::civil::Date::new(year, month, day).ok()?;
    Some(Class::Full(year, month, day))
}

/// `1990s`, `'90s`, `90s`.
fn decade(word: &str) -> Option<Class> {
    let digits = word.trim_start_matches(['\'', '’', '‘']);
    let digits = digits.strip_suffix("'s").or_else(|| digits.strip_suffix('s'))?;
    let year: i16 = digits.parse().ok()?;
    match digits.len() {
        4 if year % 10 == 0 && (1000..2100).contains(&year) => Some(Class::Decade(year)),
        2 if year % 10 == 0 && year >= 20 => Some(Class::Decade(1900 + year)),
        _ => None,
    }
}

fn quarter(word: &str) -> Option<Class> {
    let number = word.strip_prefix('q')?.parse().ok()?;
    (1..=4).contains(&number).then_some(Class::Quarter(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: Class) {
        assert_eq!(TimeLexicon::default().class(word), expected, "{word}");
    }

    #[test]
    fn words_have_classes() {
        check("Sept.", Class::Month(9));
        check("Wednesday", Class::Weekday(3));
        check("18th", Class::Ordinal(18));
        check("2022", Class::Number(2022, 4));
        check("1.5", Class::Hundredths(150));
        check("5:30pm", Class::FullClock(17, 30));
        check("12am", Class::FullClock(0, 0));
        check("5:75", Class::Other);
        check("2022-05-18", Class::Full(2022, 5, 18));
        check("18/05/2022", Class::Full(2022, 5, 18));
        check("2022-02-31", Class::Other);
        check("1990s", Class::Decade(1990));
        check("Q3", Class::Quarter(3));
        check("house", Class::Other);
    }
}
