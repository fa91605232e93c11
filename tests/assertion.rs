//! An asserted triple says that something is so; it may stand only where an
//! article says so itself, in its own voice, as a fact.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use reportedly::resolve::Statement;
use reportedly::{Article, Pipeline};

/// Asserted triples of relations, and for each whether a claim warrants it.
const UNWARRANTED: &str = "
    PREFIX rp: <https://w3id.org/reportedly/ns#>
    PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    SELECT ?subject ?relation ?object WHERE {
        ?subject ?relation ?object .
        FILTER (STRSTARTS(STR(?relation), 'https://w3id.org/reportedly/rel/'))
        FILTER NOT EXISTS { ?subject a rp:Claim }
        FILTER NOT EXISTS {
            ?claim rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ;
                rp:polarity rp:positive ; rp:modality rp:actual .
            FILTER NOT EXISTS { ?attribution rp:claim ?claim }
        }
        FILTER NOT EXISTS {
            ?proposition rp:subject ?subject ; rp:relation ?relation ; rp:object ?object .
            ?claim rp:expresses ?proposition ;
                rp:polarity rp:positive ; rp:modality rp:actual .
            FILTER NOT EXISTS { ?attribution rp:claim ?claim }
        }
    }";

#[test]
fn every_asserted_triple_of_the_examples_is_warranted() {
    let store = common::build(&common::examples(), &[]);
    let unwarranted = common::query(&store, &["-e", UNWARRANTED]);
    assert!(unwarranted.is_empty(), "{unwarranted:#?}");
}

#[test]
#[ignore = "needs the development data in ../shared"]
fn every_asserted_triple_of_the_seeds_is_warranted() {
    let store = common::build(&[common::shared("data/seeds")], &[]);
    let unwarranted = common::query(&store, &["-e", UNWARRANTED]);
    assert!(unwarranted.is_empty(), "{unwarranted:#?}");
}

/// Nothing in these may stand as a fact.
const SILENT: &[&str] = &[
    "Did the clerk lock the gate?",
    "Why would the clerk lock the gate?",
    "Lock the gate.",
    "The clerk may lock the gate.",
    "The clerk will lock the gate.",
    "The clerk would have locked the gate.",
    "The clerk did not lock the gate.",
    "The clerk never locked the gate.",
    "The clerk failed to lock the gate.",
    "The clerk refused to lock the gate.",
    "The clerk has yet to lock the gate.",
    "The clerk no longer locks the gate.",
    "The clerk allegedly locked the gate.",
    "The clerk reportedly locked the gate.",
    "The clerk almost locked the gate.",
    "The clerk wants to lock the gate.",
    "The clerk plans to lock the gate.",
    "The clerk seems to have locked the gate.",
    "The clerk is said to have locked the gate.",
    "The clerk is believed to have locked the gate.",
    "Nobody locked the gate.",
    "No clerk locked the gate.",
    "Neither clerk locked the gate.",
    "Few clerks locked the gate.",
    "Not a single clerk locked the gate.",
    "If the clerk locked the gate, the thief stayed outside.",
    "The guard doubts that the clerk locked the gate.",
    "The guard said the clerk had locked the gate.",
    "The guard denied that the clerk had locked the gate.",
    "According to the guard, the clerk locked the gate.",
    "\u{201c}The clerk locked the gate,\u{201d} said the guard.",
    "\u{201c}The clerk locked the gate.\u{201d}",
    "There is no evidence that the clerk locked the gate.",
    "Police found no evidence that the clerk locked the gate.",
    "It is unclear whether the clerk locked the gate.",
    "It is possible that the clerk locked the gate.",
    "I locked the gate.",
    "You can lock the gate.",
    "Had the clerk locked the gate, the thief would have stayed outside.",
    "The guard wants the clerk to lock the gate.",
    "It locked the gate.",
    "They locked it.",
    "He will wait, but so do many clerks, guards and thieves.",
    "The clerk relied.",
    "The firm was based.",
];

/// An asserted triple must come of each of these.
const STATED: &[&str] = &[
    "The clerk locked the gate.",
    "The clerk managed to lock the gate.",
    "The gate was locked by the clerk.",
    "The clerk who locked the gate left the village.",
    "The clerk locked the gate because the guard was ill.",
    "The navy is engaged in the protection of the port.",
    "Clara Baker locked the gate.",
    "The village was occupied.",
];

/// The asserted triples of a text, by their words.
fn stated(pipeline: &Pipeline, text: &str) -> Vec<String> {
    let analysis = pipeline.analyse(Article::new("a", text));
    let asserted = |s: &&Statement| s.assertion.is_asserted();
    let plain = analysis.statements().iter().filter(asserted);
    plain.map(|c| format!("{} [{}]", analysis.document().slice(c.clause), c.rule)).collect()
}

#[test]
fn what_is_open_denied_or_said_is_not_stated() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    let false_ones: Vec<String> = SILENT.iter().flat_map(|text| stated(&pipeline, text)).collect();
    assert!(false_ones.is_empty(), "{false_ones:#?}");
    let lost: Vec<&&str> =
        STATED.iter().filter(|text| stated(&pipeline, text).is_empty()).collect();
    assert!(lost.is_empty(), "{lost:#?}");
}
