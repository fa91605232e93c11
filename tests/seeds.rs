//! The three articles the project began with: three tellings of one
//! newspaper's report. They are not ours to publish, so they lie beside the
//! repository; `.ci/run` runs these tests where they are there.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use common::Row;

/// The relations by which one keeps another safe.
const GUARDING: &[&str] = &["guard", "protect", "defend", "secure", "protection", "security"];

const UNREAL: &[&str] =
    &["planned", "possible", "wanted", "conditional", "future", "hypothetical", "asked"];

/// A store of the seeds.
fn seeds() -> tempfile::TempDir {
    common::build(&[common::shared("data/seeds")], &[])
}

/// The claims of the seeds.
fn claims() -> Vec<Row> {
    common::query(&seeds(), &["claims"])
}

/// Fails unless one of the claims is as described; shows those that come near.
fn expect(what: &str, claims: &[Row], near: impl Fn(&Row) -> bool, is: impl Fn(&Row) -> bool) {
    let near: Vec<_> = claims.iter().filter(|row| near(row)).collect();
    assert!(near.iter().any(|row| is(row)), "no claim that {what}; near it: {near:#?}");
}

fn has_modality(row: &Row, modalities: &[&str]) -> bool {
    modalities.iter().any(|m| row.get("modality").ends_with(m))
}

fn is_negative(row: &Row) -> bool {
    row.get("polarity").ends_with("negative")
}

#[test]
#[ignore = "needs the development data in ../shared"]
fn the_security_service_protects_the_embassy() {
    let claims = claims();
    expect(
        "the Diplomatic Security Service protects the embassy, actually, in the article's own voice",
        &claims,
        |row| row.has("subjectLabel", &["Diplomatic Security Service"]),
        |row| {
            row.has("relation", GUARDING)
                && row.has("objectLabel", &["embassy"])
                && has_modality(row, &["actual"])
                && !is_negative(row)
                && row.get("source").is_empty()
        },
    );
}

#[test]
#[ignore = "needs the development data in ../shared"]
fn special_forces_are_only_planned_to_guard_the_embassy() {
    let claims = claims();
    let guarding = |row: &Row| {
        row.has("subjectLabel", &["special forces", "forces", "troops"])
            && row.has("relation", GUARDING)
            && row.has("objectLabel", &["embassy"])
    };
    expect("special forces are planned to guard the embassy", &claims, guarding, |row| {
        has_modality(row, &["planned"]) && !is_negative(row)
    });
    let real: Vec<_> =
        claims.iter().filter(|row| guarding(row) && !has_modality(row, UNREAL)).collect();
    assert!(real.is_empty(), "said to guard it already: {real:#?}");
}

#[test]
#[ignore = "needs the development data in ../shared"]
fn no_asserted_triple_makes_special_forces_guards() {
    let store = seeds();
    let question = "
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?label ?relation ?object WHERE {
            ?subject ?relation ?object ; skos:prefLabel ?label .
            FILTER (STRSTARTS(STR(?relation), 'https://w3id.org/reportedly/rel/'))
        }";
    let triples = common::query(&store, &["-e", question]);
    let false_ones: Vec<_> = triples
        .iter()
        .filter(|row| row.has("label", &["special forces"]) && row.has("relation", GUARDING))
        .collect();
    assert!(false_ones.is_empty(), "{false_ones:#?}");
}

#[test]
#[ignore = "needs the development data in ../shared"]
fn kirby_said_that_no_decisions_have_been_made() {
    let claims = claims();
    expect(
        "no decisions have been made, says Kirby",
        &claims,
        |row| row.has("text", &["no decisions have been made"]),
        |row| {
            row.has("relation", &["make", "made"])
                && is_negative(row)
                && has_modality(row, &["actual"])
                && row.has("sourceLabel", &["Kirby"])
        },
    );
}

#[test]
#[ignore = "needs the development data in ../shared"]
fn biden_has_yet_to_receive_the_proposal() {
    let claims = claims();
    expect(
        "Biden has not received the proposal, say officials",
        &claims,
        |row| row.has("subjectLabel", &["Biden"]) && row.has("relation", &["receive"]),
        |row| {
            row.has("objectLabel", &["proposal"])
                && is_negative(row)
                && row.has("sourceLabel", &["officials"])
        },
    );
}

#[test]
#[ignore = "needs the development data in ../shared"]
fn the_journal_reported_it_in_each_article() {
    let store = seeds();
    let question = "
        PREFIX rp: <https://w3id.org/reportedly/ns#>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT DISTINCT ?article WHERE {
            ?source rp:reports ?claim ; skos:prefLabel ?label .
            ?claim prov:wasDerivedFrom ?article .
            FILTER (CONTAINS(?label, 'Journal'))
        }";
    let articles = common::query(&store, &["-e", question]);
    assert_eq!(articles.len(), 3, "{articles:#?}");
}

#[test]
#[ignore = "needs the development data in ../shared"]
fn they_conform_and_stand_on_their_texts() {
    let store = seeds();
    let verdict = common::succeed(["validate", "--store", &common::store(&store)]);
    assert!(verdict.starts_with("conforms: 3 articles"), "{verdict}");
}
