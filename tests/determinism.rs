//! The same articles give the same bytes: over runs, numbers of threads and
//! orders of the inputs; and what is written reads back as the same graph.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::collections::BTreeSet;

use oxrdf::Dataset;
use oxrdf::dataset::CanonicalizationAlgorithm;
use oxttl::{NQuadsParser, TriGParser};

/// A store of `examples/`, as N-Quads.
fn exported(threads: &str, reorder: impl Fn(&mut Vec<std::path::PathBuf>)) -> String {
    let mut inputs = common::examples();
    reorder(&mut inputs);
    let store = common::build(&inputs, &["--threads", threads]);
    common::export(&store, "nquads")
}

#[test]
fn threads_and_orders_change_no_byte() {
    let plain = exported("1", |_| {});
    assert!(plain.lines().count() > 1000, "only {} quads", plain.lines().count());
    let shuffled = |inputs: &mut Vec<std::path::PathBuf>| {
        inputs.reverse();
        inputs.rotate_left(3);
    };
    assert!(plain == exported("2", |inputs| inputs.reverse()), "2 threads, reverse order");
    assert!(plain == exported("4", shuffled), "4 threads, another order");
}

#[test]
fn one_by_one_or_all_at_once_is_the_same_store() {
    let inputs = common::examples();
    let all = common::build(&inputs, &[]);
    let one_by_one = tempfile::tempdir().unwrap();
    for batch in inputs.rchunks(4) {
        common::build_into(&one_by_one.path().join("store"), batch, &[]);
    }
    let (all, one_by_one) = (common::export(&all, "trig"), common::export(&one_by_one, "trig"));
    let difference = |a: &str, b: &str| {
        let b: BTreeSet<_> = b.lines().collect();
        a.lines().filter(|l| !b.contains(l)).take(5).collect::<Vec<_>>().join("\n")
    };
    assert!(
        all == one_by_one,
        "all at once:\n{}\none by one:\n{}",
        difference(&all, &one_by_one),
        difference(&one_by_one, &all)
    );
}

#[test]
fn building_twice_adds_nothing() {
    let inputs = common::examples();
    let store = common::build(&inputs, &[]);
    let once = common::export(&store, "turtle");
    common::build_into(&store.path().join("store"), &inputs, &[]);
    assert!(once == common::export(&store, "turtle"));
    assert!(once == common::export(&store, "turtle"), "two runs of export differ");
}

#[test]
fn every_format_of_quads_reads_back_as_the_same_graph() {
    let store = common::build(&common::examples(), &[]);
    let nquads = common::export(&store, "nquads");
    let trig = common::export(&store, "trig");
    let of_nquads = canonical(NQuadsParser::new().for_slice(nquads.as_bytes()));
    let of_trig = canonical(TriGParser::new().for_slice(trig.as_bytes()));
    assert!(of_nquads == of_trig);
}

/// The quads in canonical form, so that equal means isomorphic.
fn canonical<E: std::fmt::Debug>(
    quads: impl Iterator<Item = Result<oxrdf::Quad, E>>,
) -> BTreeSet<String> {
    let mut dataset: Dataset = quads.map(|quad| quad.expect("well-formed")).collect();
    dataset.canonicalize(CanonicalizationAlgorithm::Unstable);
    dataset.iter().map(|quad| quad.to_string()).collect()
}

#[test]
fn analysis_is_the_same_on_any_number_of_threads() {
    let analysed = |threads| {
        common::succeed(["analyse", "examples", "--format", "jsonl", "--threads", threads])
    };
    let plain = analysed("1");
    assert!(plain.lines().count() > 10);
    assert!(plain == analysed("3"));
}
