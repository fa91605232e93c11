//! The graph of an article as a dataset of sophia: the same quads as the
//! program's own N-Quads, read by sophia.
#![cfg(feature = "sophia")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use std::collections::BTreeSet;

use oxttl::NQuadsSerializer;
use reportedly::graph::{ArticleGraph, Iris};
use reportedly::{Article, Pipeline};
use sophia::api::prelude::*;
use sophia::api::term::{TermKind, assert_consistent_term_impl};
use sophia::inmem::dataset::LightDataset;
use sophia::isomorphism::isomorphic_datasets;
use sophia::turtle::parser::nq;

const TEXT: &str = "Ada Brook sold the ferry in Lisbon on 3 May 2021. \"We will buy another,\" said \
                    Tom Reed, her lawyer. The harbour has no bridge.";

fn graph() -> ArticleGraph {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    pipeline
        .analyse(Article::new("ferry", TEXT))
        .graph(&Iris::new("https://news.example/").unwrap())
}

#[test]
fn the_dataset_is_what_is_written() {
    let graph = graph();
    let mut writer = NQuadsSerializer::new().for_writer(Vec::new());
    for quad in graph.quads.iter().chain(&graph.shared) {
        writer.serialize_quad(quad).unwrap();
    }
    let written = String::from_utf8(writer.finish()).unwrap();
    let read: LightDataset = nq::parse_str(&written).collect_quads().expect("N-Quads 1.2");
    assert!(read.quads().count() > 100, "{}", read.quads().count());
    assert!(isomorphic_datasets(&graph, &read).unwrap());
}

#[test]
fn terms_are_consistent() {
    let graph = graph();
    let mut kinds = BTreeSet::new();
    for quad in Dataset::quads(&graph) {
        let ([s, p, o], g) = quad.unwrap().to_spog();
        for term in [s, p, o].into_iter().chain(g) {
            assert_consistent_term_impl(&term);
            kinds.insert(term.kind());
        }
    }
    assert_eq!(kinds, BTreeSet::from([TermKind::Iri, TermKind::Literal]));
}
