//! No text costs more than in proportion to its length, whatever it repeats:
//! text that only repeats gives few claims, and prose gives all of its own.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use reportedly::{Analysis, Article, Pipeline};

fn analysis(text: &str) -> Analysis {
    let pipeline = Pipeline::builder().build().unwrap();
    pipeline.analyse(Article::new("a", text))
}

fn counts(text: &str) -> (usize, usize) {
    let found = analysis(text);
    let extraction = found.extraction();
    (extraction.claims.len(), extraction.attributions.len())
}

/// Twice as much of the same says nothing more.
fn check(unit: &str) {
    let repeated = |bytes: usize| counts(&unit.repeat(bytes / unit.len()));
    let (once, twice) = (repeated(40_000), repeated(80_000));
    assert!(once.0 < 400 && once.1 < 400, "{unit:?}: {once:?} claims and attributions");
    assert_eq!(once, twice, "{unit:?}");
}

#[test]
fn what_repeats_says_nothing_more() {
    check("said ");
    check("A: ");
    check(", ");
    check("“He said no. ");
    check("Mayor Ann Hill said the dam held.\n\n");
    check("the old man by the harbour and the girl with the red coat saw the ship and ");
}

#[test]
fn a_sentence_may_stand_there_again() {
    let refrain = "The mayor closed the bridge. ";
    let (once, _) = counts(refrain);
    assert!(once > 0);
    assert_eq!(counts(&refrain.repeat(10)).0, 10 * once);
}
