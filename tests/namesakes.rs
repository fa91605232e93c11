//! Cities and politicians of one name, in short texts that tell which one is meant, and
//! persons of whom nobody knows anything, called like a politician.
//!
//! `tests/data/namesakes.jsonl` has a hundred pairs and forty others, in sentences of our
//! own; only the name itself is annotated.
#![cfg(all(feature = "cli", feature = "eval"))]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::path::Path;

/// Of the links, so many are right at least, and so many of the names have one.
const FLOOR: [f64; 2] = [0.97, 0.6];

#[test]
fn namesakes_are_told_apart() {
    let gold = Path::new(common::ROOT).join("tests/data/namesakes.jsonl");
    let report = common::succeed(["eval".as_ref(), "links".as_ref(), gold.as_os_str()]);
    let line = report.lines().find_map(|line| line.strip_prefix("names")).unwrap();
    let figures: Vec<f64> = line.split(' ').filter_map(|word| word.parse().ok()).collect();
    for (figure, floor) in figures.iter().zip(FLOOR) {
        assert!(*figure >= floor, "{report}");
    }
}
