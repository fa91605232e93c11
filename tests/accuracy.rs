//! What `reportedly eval` says of the development sets: floors that no change may fall below.
#![cfg(all(feature = "cli", feature = "eval"))]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use reportedly::text::table::Table;

const FLOORS: &str = include_str!("data/accuracy.tsv");

/// The report of a command; what is no option or command is a path below the data.
fn report(arguments: &str) -> String {
    let data = Path::new(common::ROOT).join("../shared/data");
    let argument = |word: &str| {
        if word.contains('/') { data.join(word).into_os_string() } else { word.into() }
    };
    let words = ["eval"].into_iter().chain(arguments.split(' '));
    common::succeed(words.map(argument))
}

/// The numbers of the line that begins with these words.
fn numbers(report: &str, line: &str) -> Vec<f64> {
    let rest = report.lines().find_map(|it| it.strip_prefix(line)).unwrap_or_default();
    let words = rest.split(|c: char| c.is_whitespace() || "();,|".contains(c));
    words.filter_map(|word| word.parse().ok()).collect()
}

#[test]
#[ignore = "needs the development data in ../shared"]
fn no_figure_falls() {
    let table = Table::read("accuracy.tsv", FLOORS).unwrap();
    let mut reports: BTreeMap<&str, String> = BTreeMap::new();
    let mut fallen = Vec::new();
    for row in table.rows() {
        let (arguments, line) = (row.text("arguments"), row.text("line"));
        let report = reports.entry(arguments).or_insert_with(|| report(arguments));
        let (number, floor): (usize, f64) =
            (row.text("number").parse().unwrap(), row.text("floor").parse().unwrap());
        let found = numbers(report, line).get(number - 1).copied();
        if found.is_none_or(|found| found < floor) {
            fallen.push(format!("{arguments}: {line} {number}: {found:?}, not {floor}"));
        }
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}
