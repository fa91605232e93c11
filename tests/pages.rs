//! Pages of news against what people marked in them: floors that no change may
//! fall below.
#![cfg(all(feature = "cli", feature = "eval"))]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use std::path::Path;
use std::process::Command;

/// What `reportedly eval pages` says of a set of pages.
fn eval(set: &str) -> String {
    let gold = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/web")).join(set);
    let output = Command::new(env!("CARGO_BIN_EXE_reportedly"))
        .args(["eval", "pages", "--worst", "0"])
        .arg(gold)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The number that follows a word in a line.
fn number(report: &str, line: &str, word: &str) -> f64 {
    let line = report.lines().find(|l| l.starts_with(line)).unwrap();
    let mut words = line.split_whitespace().skip_while(|w| *w != word).skip(1);
    words.next().unwrap().parse().unwrap()
}

#[test]
#[ignore = "needs the development data in ../shared"]
fn bodies_are_found_in_pages_of_all_kinds() {
    let report = eval("pages");
    assert!(number(&report, "body", "F1") >= 0.975, "{report}");
    assert!(number(&report, "body", "P") >= 0.970, "{report}");
}

#[test]
#[ignore = "needs the development data in ../shared"]
fn newspapers_tell_title_day_and_authors() {
    let report = eval("newspapers");
    assert!(number(&report, "body", "F1") >= 0.965, "{report}");
    assert!(number(&report, "titles", "titles") >= 39.0, "{report}");
    assert!(number(&report, "days", "days") >= 40.0, "{report}");
    assert!(number(&report, "authors", "authors") >= 37.0, "{report}");
}
