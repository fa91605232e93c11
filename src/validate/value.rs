//! Literals as values: whether they are well formed, and which is greater.

use std::cmp::Ordering;

use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedNodeRef};
use oxsdatatypes::{
    Boolean, Date, DateTime, Decimal, Double, Duration, GYear, GYearMonth, Integer, Time,
};

/// The datatypes whose values are whole numbers.
const INTEGERS: [NamedNodeRef<'static>; 13] = [
    xsd::INTEGER,
    xsd::BYTE,
    xsd::SHORT,
    xsd::INT,
    xsd::LONG,
    xsd::UNSIGNED_BYTE,
    xsd::UNSIGNED_SHORT,
    xsd::UNSIGNED_INT,
    xsd::UNSIGNED_LONG,
    xsd::POSITIVE_INTEGER,
    xsd::NEGATIVE_INTEGER,
    xsd::NON_POSITIVE_INTEGER,
    xsd::NON_NEGATIVE_INTEGER,
];

/// Whether the words of a literal are of its datatype; those of datatypes that
/// are not known here are taken to be.
pub(super) fn is_well_formed(literal: &Literal) -> bool {
    let words = literal.value();
    match literal.datatype() {
        xsd::BOOLEAN => words.parse::<Boolean>().is_ok(),
        xsd::DECIMAL => words.parse::<Decimal>().is_ok(),
        xsd::FLOAT | xsd::DOUBLE => words.parse::<Double>().is_ok(),
        xsd::DATE => words.parse::<Date>().is_ok(),
        xsd::DATE_TIME => words.parse::<DateTime>().is_ok(),
        xsd::TIME => words.parse::<Time>().is_ok(),
        xsd::G_YEAR => words.parse::<GYear>().is_ok(),
        xsd::G_YEAR_MONTH => words.parse::<GYearMonth>().is_ok(),
        xsd::DURATION => words.parse::<Duration>().is_ok(),
        datatype if INTEGERS.contains(&datatype) => words.parse::<Integer>().is_ok(),
        _ => true,
    }
}

/// Which is greater; `None` for values that have no order between them.
pub(super) fn compare(one: &Literal, other: &Literal) -> Option<Ordering> {
    if let (Some(one), Some(other)) = (number(one), number(other)) {
        return one.partial_cmp(&other);
    }
    if one.datatype() != other.datatype() {
        return None;
    }
    let (a, b) = (one.value(), other.value());
    match one.datatype() {
        xsd::STRING => Some(a.cmp(b)),
        xsd::BOOLEAN => ordered::<Boolean>(a, b),
        xsd::DATE => ordered::<Date>(a, b),
        xsd::DATE_TIME => ordered::<DateTime>(a, b),
        xsd::TIME => ordered::<Time>(a, b),
        xsd::G_YEAR => ordered::<GYear>(a, b),
        xsd::G_YEAR_MONTH => ordered::<GYearMonth>(a, b),
        xsd::DURATION => ordered::<Duration>(a, b),
        _ => None,
    }
}

fn ordered<T: std::str::FromStr + PartialOrd>(one: &str, other: &str) -> Option<Ordering> {
    one.parse::<T>().ok()?.partial_cmp(&other.parse::<T>().ok()?)
}

/// A number of any datatype; exact up to 15 digits.
fn number(literal: &Literal) -> Option<f64> {
    let datatype = literal.datatype();
    let is_number =
        [xsd::DECIMAL, xsd::FLOAT, xsd::DOUBLE].contains(&datatype) || INTEGERS.contains(&datatype);
    let number = literal.value().parse::<Double>().ok().filter(|_| is_number)?;
    Some(f64::from(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(words: &str, datatype: NamedNodeRef<'_>) -> Literal {
        Literal::new_typed_literal(words, datatype)
    }

    #[test]
    fn words_must_be_of_their_datatype() {
        let check = |words: &str, datatype, is: bool| {
            assert_eq!(is_well_formed(&literal(words, datatype)), is, "{words}^^{datatype}");
        };
        check("12", xsd::INTEGER, true);
        check("12.0", xsd::INTEGER, false);
        check("12.0", xsd::DECIMAL, true);
        check("2023-02-30", xsd::DATE, false);
        check("2023-02-28", xsd::DATE, true);
        check("2023-02", xsd::G_YEAR_MONTH, true);
        check("anything", xsd::STRING, true);
    }

    #[test]
    fn values_are_compared_not_words() {
        let check = |one: &Literal, other: &Literal, order| {
            assert_eq!(compare(one, other), order, "{one} and {other}");
        };
        let integer = |words| literal(words, xsd::INTEGER);
        check(&integer("9"), &integer("10"), Some(Ordering::Less));
        check(&integer("1"), &literal("1.0", xsd::DECIMAL), Some(Ordering::Equal));
        let day = |words| literal(words, xsd::DATE);
        check(&day("2023-03-09"), &day("2023-03-08"), Some(Ordering::Greater));
        check(&day("2023-03-09"), &integer("9"), None);
        check(&literal("a", xsd::STRING), &literal("b", xsd::STRING), Some(Ordering::Less));
    }
}
