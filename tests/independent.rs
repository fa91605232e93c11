//! A second implementation of RDF, sophia, reads what the program writes: it
//! would see a mistake that the program's own writer and reader share.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::path::Path;

use sophia::api::prelude::*;
use sophia::inmem::graph::LightGraph;
use sophia::isomorphism::isomorphic_graphs;
use sophia::turtle::parser::{nt, turtle};

#[test]
fn turtle_and_ntriples_are_the_same_graph() {
    let article = Path::new(common::ROOT).join("examples/khartoum-evacuation-wire.txt");
    let store = common::build(&[article], &[]);
    let pretty = common::export(&store, "turtle");
    let plain = common::export(&store, "ntriples");
    let pretty: LightGraph = turtle::parse_str(&pretty).collect_triples().expect("Turtle 1.2");
    let plain: LightGraph = nt::parse_str(&plain).collect_triples().expect("N-Triples 1.2");
    assert!(pretty.triples().count() > 100);
    assert!(isomorphic_graphs(&pretty, &plain).expect("graphs in memory"));
}

#[test]
fn the_ontology_is_well_formed() {
    for entry in std::fs::read_dir(Path::new(common::ROOT).join("ontology")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "ttl") {
            let text = std::fs::read_to_string(&path).unwrap();
            let graph: Result<LightGraph, _> = turtle::parse_str(&text).collect_triples();
            assert!(graph.is_ok(), "{}: {:?}", path.display(), graph.err());
        }
    }
}
