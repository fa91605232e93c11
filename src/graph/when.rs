//! Times as typed literals.

use oxrdf::Literal;

use super::vocabulary::xsd;
use crate::text::{TimeOfDay, TimeValue};

/// The literal of a time: `xsd:date`, `xsd:gYearMonth`, `xsd:gYear` or
/// `xsd:dateTime` where one fits exactly, else a string without a type (weeks,
/// decades, intervals, days of an unknown year).
pub(super) fn literal(value: &TimeValue) -> Literal {
    let words = value.to_string();
    match value {
        TimeValue::Day(_) => Literal::new_typed_literal(words, xsd::DATE),
        TimeValue::Month { year: Some(_), .. } => {
            Literal::new_typed_literal(words, xsd::G_YEAR_MONTH)
        }
        TimeValue::Year(_) => Literal::new_typed_literal(words, xsd::G_YEAR),
        TimeValue::Moment { day: Some(day), time: TimeOfDay::Clock { hour: 0..=23, .. } }
            if matches!(**day, TimeValue::Day(_)) =>
        {
            Literal::new_typed_literal(words + ":00", xsd::DATE_TIME)
        }
        _ => Literal::new_simple_literal(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &str) {
        let short = literal(&value.parse().unwrap()).to_string();
        assert_eq!(short.replace(xsd::NAMESPACE, "xsd:"), expected);
    }

    #[test]
    fn values_get_the_datatype_that_fits() {
        check("2022", "\"2022\"^^<xsd:gYear>");
        check("2022-05", "\"2022-05\"^^<xsd:gYearMonth>");
        check("2022-05-18", "\"2022-05-18\"^^<xsd:date>");
        check("2022-05-18T15:00", "\"2022-05-18T15:00:00\"^^<xsd:dateTime>");
    }

    #[test]
    fn other_values_stay_strings() {
        check("2022-W20", "\"2022-W20\"");
        check("XXXX-05-18", "\"XXXX-05-18\"");
        check("2022-05-02/2022-05-08", "\"2022-05-02/2022-05-08\"");
        check("2022-05-18TMO", "\"2022-05-18TMO\"");
        check("2022-05-18T24:00", "\"2022-05-18T24:00\"");
        check("T15:00", "\"T15:00\"");
        check("P3M", "\"P3M\"");
    }
}
