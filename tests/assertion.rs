//! A plain triple says that something is so; it may stand only where an
//! article says so itself, in its own voice, as a fact.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

/// Plain triples of relations, and for each whether a claim warrants it.
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
fn every_plain_triple_of_the_examples_is_warranted() {
    let store = common::build(&common::examples(), &[]);
    let unwarranted = common::query(&store, &["-e", UNWARRANTED]);
    assert!(unwarranted.is_empty(), "{unwarranted:#?}");
}

#[test]
fn every_plain_triple_of_the_seeds_is_warranted() {
    let Some(folder) = common::shared("data/seeds") else { return };
    let store = common::build(&[folder], &[]);
    let unwarranted = common::query(&store, &["-e", UNWARRANTED]);
    assert!(unwarranted.is_empty(), "{unwarranted:#?}");
}
