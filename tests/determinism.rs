//! The same articles give the same bytes: over runs, numbers of threads and
//! orders of the inputs; and what is written reads back as the same graph.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::collections::BTreeSet;
use std::path::PathBuf;

use oxigraph::io::{RdfFormat, RdfParser};
use oxrdf::dataset::CanonicalizationAlgorithm;
use oxrdf::{Dataset, GraphName, Quad};

const FORMATS: [&str; 6] = ["turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml"];

/// A store of `examples/` in every format.
fn exported(threads: &str, reorder: impl Fn(&mut Vec<PathBuf>)) -> Vec<String> {
    let mut inputs = common::examples();
    reorder(&mut inputs);
    let store = common::build(&inputs, &["--threads", threads]);
    FORMATS.iter().map(|format| common::export(&store, format)).collect()
}

#[test]
fn runs_threads_and_orders_change_no_byte() {
    let plain = exported("1", |_| {});
    assert!(plain.iter().all(|text| text.len() > 100_000), "too little to compare");
    let same = |what: &str, other: &[String]| {
        for ((format, one), other) in FORMATS.iter().zip(&plain).zip(other) {
            assert!(one == other, "{what}: {format}");
        }
    };
    let shuffled = |inputs: &mut Vec<PathBuf>| {
        inputs.reverse();
        inputs.rotate_left(3);
    };
    same("another run", &exported("1", |_| {}));
    same("2 threads, reverse order", &exported("2", |inputs| inputs.reverse()));
    same("4 threads, another order", &exported("4", shuffled));
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
fn every_format_reads_back_as_the_same_graph() {
    let store = common::build(&common::examples(), &[]);
    let read = |name: &str, format| quads(&common::export(&store, name), format);
    let all = read("nquads", RdfFormat::NQuads);
    let merged: Vec<Quad> = all
        .iter()
        .map(|quad| Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() })
        .collect();
    let same = |what: &str, one: &[Quad], other: &[Quad]| {
        assert!(canonical(one) == canonical(other), "{what}");
    };
    same("TriG", &read("trig", RdfFormat::TriG), &all);
    let json_ld = RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() };
    same("JSON-LD", &read("jsonld", json_ld), &all);
    same("Turtle", &read("turtle", RdfFormat::Turtle), &merged);
    same("N-Triples", &read("ntriples", RdfFormat::NTriples), &merged);
    same("RDF/XML", &read("rdfxml", RdfFormat::RdfXml), &merged);
}

#[test]
fn triple_terms_are_all_that_rdf_1_2_adds() {
    let store = common::build(&common::examples(), &[]);
    let read = |version: &str, name: &str, format| {
        let path = common::store(&store);
        let text =
            common::succeed(["export", "--store", &path, "--format", name, "--rdf", version]);
        canonical(&quads(&text, format))
    };
    for (name, format) in [("nquads", RdfFormat::NQuads), ("turtle", RdfFormat::Turtle)] {
        let (old, new) = (read("1.1", name, format), read("1.2", name, format));
        assert!(!old.iter().any(|quad| quad.contains("<<(")), "{name}");
        let added: Vec<&String> = new.difference(&old).collect();
        assert!(old.is_subset(&new), "{name}");
        let is_reifier = |quad: &&&String| quad.contains("rdf-syntax-ns#reifies> <<(");
        assert_eq!(added.iter().filter(is_reifier).count(), added.len(), "{name}");
        let claims = old.iter().filter(|quad| quad.contains("rdf-syntax-ns#subject>")).count();
        assert_eq!(added.len(), claims, "{name}");
    }
}

fn quads(text: &str, format: RdfFormat) -> Vec<Quad> {
    let quads = RdfParser::from_format(format).for_slice(text.as_bytes());
    quads.map(|quad| quad.expect("well-formed")).collect()
}

/// The quads in canonical form, so that equal means isomorphic.
fn canonical(quads: &[Quad]) -> BTreeSet<String> {
    let mut dataset: Dataset = quads.iter().cloned().collect();
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
