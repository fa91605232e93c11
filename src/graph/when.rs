//! Times as typed literals.

use oxrdf::Literal;

use super::vocabulary::xsd;

/// The literal of a TIMEX3 value or ISO 8601 interval: `xsd:date`,
/// `xsd:gYearMonth`, `xsd:gYear` or `xsd:dateTime` where one fits exactly, else
/// a plain string (weeks, decades, intervals, days of an unknown year).
pub(super) fn literal(value: &str) -> Literal {
    let parts: Vec<&str> = value.split('-').collect();
    match parts.as_slice() {
        [year] if is_year(year) => Literal::new_typed_literal(value, xsd::G_YEAR),
        [year, month] if is_year(year) && in_range(month, 1, 12) => {
            Literal::new_typed_literal(value, xsd::G_YEAR_MONTH)
        }
        [year, ..] if is_year(year) => day_or_moment(value),
        _ => Literal::new_simple_literal(value),
    }
}

fn day_or_moment(value: &str) -> Literal {
    if value.parse::<jiff::civil::Date>().is_ok() && value.len() == "2022-05-18".len() {
        return Literal::new_typed_literal(value, xsd::DATE);
    }
    let seconds = if value.len() == "2022-05-18T15:00".len() { ":00" } else { "" };
    let moment = format!("{value}{seconds}");
    let is_local = moment.len() == "2022-05-18T15:00:00".len()
        && moment.contains('T')
        && moment.parse::<jiff::civil::DateTime>().is_ok();
    let is_utc = moment.ends_with('Z') && moment.parse::<jiff::Timestamp>().is_ok();
    if is_local || is_utc {
        Literal::new_typed_literal(moment, xsd::DATE_TIME)
    } else {
        Literal::new_simple_literal(value)
    }
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
}

fn in_range(text: &str, low: u8, high: u8) -> bool {
    text.len() == 2 && text.parse::<u8>().is_ok_and(|n| (low..=high).contains(&n))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &str) {
        let short = literal(value).to_string().replace(xsd::NAMESPACE, "xsd:");
        assert_eq!(short, expected);
    }

    #[test]
    fn values_get_the_datatype_that_fits() {
        check("2022", "\"2022\"^^<xsd:gYear>");
        check("2022-05", "\"2022-05\"^^<xsd:gYearMonth>");
        check("2022-05-18", "\"2022-05-18\"^^<xsd:date>");
        check("2022-05-18T15:00", "\"2022-05-18T15:00:00\"^^<xsd:dateTime>");
        check("2022-05-18T15:00:00Z", "\"2022-05-18T15:00:00Z\"^^<xsd:dateTime>");
    }

    #[test]
    fn other_values_stay_strings() {
        check("2022-W20", "\"2022-W20\"");
        check("2022-13", "\"2022-13\"");
        check("2022-02-30", "\"2022-02-30\"");
        check("XXXX-05-18", "\"XXXX-05-18\"");
        check("2022-05-02/2022-05-08", "\"2022-05-02/2022-05-08\"");
        check("2022-05-18TMO", "\"2022-05-18TMO\"");
        check("P3M", "\"P3M\"");
        check("", "\"\"");
    }
}
