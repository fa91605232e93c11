//! `reportedly validate`: what the program builds conforms, and whatever is
//! broken on purpose is named.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;
mod fixture;

use fixture::{Story, consulate, flood};
use oxrdf::{GraphName, Literal, NamedNode, Quad, Term};
use oxttl::{NQuadsParser, TurtleParser};
use reportedly::graph::{Built, Store};
use reportedly::validate::{Report, Shapes, ShapesError, check_shapes, embedded_shapes, validate};

/// A store of two articles made by hand.
struct Place {
    _folder: tempfile::TempDir,
    store: Store,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(folder.path(), None).unwrap();
        let built: Vec<Built> = [consulate(), flood()].iter().map(Story::built).collect();
        store.write(&built).unwrap();
        Self { _folder: folder, store }
    }

    fn report(&self) -> Report {
        validate(&self.store, &embedded_shapes().unwrap()).unwrap()
    }

    /// The quads of the store that contain all of these words.
    fn quads(&self, words: &[&str]) -> Vec<Quad> {
        let all = self.store.database().iter().map(Result::unwrap);
        all.filter(|quad| words.iter().all(|w| quad.to_string().contains(w))).collect()
    }

    fn remove(&self, words: &[&str]) -> Quad {
        let mut found = self.quads(words);
        found.sort_by_key(ToString::to_string);
        let quad = found.into_iter().next().unwrap_or_else(|| panic!("no quad with {words:?}"));
        self.store.database().remove(&quad).unwrap();
        quad
    }

    /// Puts another object in the place of that of a quad with these words.
    fn change(&self, words: &[&str], object: impl Into<Term>) {
        let quad = self.remove(words);
        self.store.database().insert(&Quad { object: object.into(), ..quad }).unwrap();
    }

    fn insert(&self, nquad: &str) {
        let nquad = nquad.replace("<a:", "<https://reportedly.example/article/");
        let nquad = nquad.replace("<rel:", "<https://w3id.org/reportedly/rel/");
        for quad in NQuadsParser::new().for_slice(nquad.as_bytes()) {
            self.store.database().insert(&quad.unwrap()).unwrap();
        }
    }
}

/// Breaks a store and fails unless exactly these shapes and rules notice.
#[track_caller]
fn check(break_it: impl FnOnce(&Place), expected: &[&str]) {
    let place = Place::new();
    break_it(&place);
    let report = place.report();
    let mut found: Vec<&str> = report
        .violations
        .iter()
        .map(|v| v.shape.rsplit_once('#').map_or(v.shape.as_str(), |(_, name)| name))
        .collect();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, expected, "{:#?}", report.violations);
}

#[test]
fn what_is_built_conforms() {
    let report = Place::new().report();
    assert!(report.conforms(), "{:#?}", report.violations);
    assert_eq!((report.checked.articles, report.checked.claims), (2, 6));
    assert!(report.checked.passages > 10 && report.checked.shapes > 5, "{:?}", report.checked);
    assert!(report.checked.asserted_triples > 1, "{:?}", report.checked);
}

#[test]
fn passages_that_do_not_quote_are_named() {
    let text = |words: &str| Literal::new_simple_literal(words);
    check(|p| p.change(&["oa#exact> \"told\"", "consulate"], text("tell")), &["passage"]);
    let start = |p: &Place, offset: Literal| {
        let told = p.quads(&["oa#exact> \"told\"", "consulate"]).remove(0);
        let predicate = NamedNode::new("http://www.w3.org/ns/oa#start").unwrap();
        p.store.database().insert(&Quad { predicate, object: offset.into(), ..told }).unwrap();
    };
    check(|p| start(p, text("one")), &["Passage", "passage"]);
    check(|p| start(p, Literal::from(9999)), &["Passage", "passage"]);
    check(|p| p.change(&["ns#text>", "flood"], text("Rivers fell.")), &["evidence", "passage"]);
    check(|p| drop(p.remove(&["ns#text>", "flood"])), &["article", "evidence", "passage"]);
}

#[test]
fn evidence_that_is_gone_is_named() {
    check(|p| drop(p.remove(&["ns#evidence>", "claim/1>"])), &["Claim", "evidence"]);
    let elsewhere = NamedNode::new("https://reportedly.example/article/flood#char=0,6").unwrap();
    check(|p| p.change(&["ns#cue>", "consulate"], elsewhere), &["evidence"]);
    check(
        |p| {
            p.insert(
                "<a:flood#char=8000,8002> <https://w3id.org/reportedly/ns#mentions> \
                 <https://reportedly.example/entity/lisbon> <a:flood> .",
            );
        },
        &["evidence"],
    );
}

#[test]
fn asserted_triples_without_a_claim_are_named() {
    let planned = "<a:consulate/entity/marines> <rel:guards> <a:consulate/entity/consulate>";
    check(|p| p.insert(&format!("{planned} <a:consulate> .")), &["warrant"]);
    let positive = NamedNode::new("https://w3id.org/reportedly/ns#negative").unwrap();
    check(|p| p.change(&["ns#polarity>", "consulate/claim/1>"], positive), &["warrant"]);
    check(
        |p| p.insert("<a:x> <rel:guards> <a:y> <https://reportedly.example/graph/entities> ."),
        &["warrant"],
    );
}

#[test]
fn claims_that_disagree_with_themselves_are_named() {
    let node = |iri: &str| NamedNode::new(iri).unwrap();
    check(|p| drop(p.remove(&["#predicate>", "flood/claim/3>"])), &["Claim", "claim"]);
    check(
        |p| p.change(&["wasDerivedFrom", "flood/claim/1>"], node("https://example.org/other")),
        &["Claim", "claim"],
    );
}

#[test]
fn what_the_graph_of_another_article_says_counts() {
    let claim = "<a:flood/claim/1> <https://w3id.org/reportedly/ns#when>";
    let twice = |graph: &str| {
        format!(
            "{claim} \"2024\"^^<http://www.w3.org/2001/XMLSchema#gYear> <a:flood> .\n\
             {claim} \"2025\"^^<http://www.w3.org/2001/XMLSchema#gYear> {graph} ."
        )
    };
    for graph in ["<a:consulate>", "<https://reportedly.example/graph/entities>"] {
        check(|p| p.insert(&twice(graph)), &["Claim"]);
    }
}

#[test]
fn every_shape_notices() {
    let text = |words: &str| Literal::new_simple_literal(words);
    let node = |iri: &str| NamedNode::new(iri).unwrap();
    check(|p| drop(p.remove(&["inLanguage", "flood>"])), &["Article"]);
    check(|p| p.change(&["ns#modality>", "flood/claim/3>"], node("urn:perhaps")), &["Claim"]);
    check(|p| p.change(&["ns#attitude>", "consulate"], text("states")), &["Attribution"]);
    check(|p| drop(p.remove(&["prefLabel", "entity/ada-brook_person>"])), &["Subject", "Teller"]);
    check(|p| drop(p.remove(&["ns#relation>", "proposition/"])), &["Proposition"]);
    check(|p| p.change(&["ns#score>", "graph/links>"], text("sure")), &["Link"]);
    check(|p| drop(p.remove(&["ns#entity>", "graph/links>"])), &["Link"]);
}

/// What one shape for the nodes of class `urn:C` says of a graph.
fn says(constraint: &str, data: &str) -> Result<usize, ShapesError> {
    const PREFIXES: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n@prefix : <urn:> .\n";
    let shape = format!("{PREFIXES}:S a sh:NodeShape ; sh:targetClass :C ; {constraint} .");
    let shapes = Shapes::read(&shape, "mine.ttl")?;
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path(), None).unwrap();
    let graph = GraphName::from(NamedNode::new("urn:graph").unwrap());
    for triple in TurtleParser::new().for_slice(format!("{PREFIXES}{data}").as_bytes()) {
        store.database().insert(&triple.unwrap().in_graph(graph.clone())).unwrap();
    }
    Ok(check_shapes(&store, &shapes).unwrap().violations.len())
}

/// Constraint, a graph that conforms, one with one violation. pyshacl counts
/// the same.
const CONSTRAINTS: &[(&str, &str, &str)] = &[
    ("sh:nodeKind sh:IRI", ":a a :C", "[] a :C"),
    ("sh:pattern \"^urn:a\"", ":a a :C", ":b a :C"),
    (
        "sh:property [ sh:path :p ; sh:pattern \"^A\" ; sh:flags \"i\" ]",
        ":a a :C ; :p \"ab\"",
        ":a a :C ; :p \"ba\"",
    ),
    ("sh:property [ sh:path :p ; sh:minCount 1 ]", ":a a :C ; :p 1", ":a a :C"),
    ("sh:property [ sh:path :p ; sh:maxCount 1 ]", ":a a :C ; :p 1", ":a a :C ; :p 1 , 2"),
    (
        "sh:property [ sh:path [ sh:inversePath :p ] ; sh:maxCount 1 ]",
        ":a a :C . :b :p :a",
        ":a a :C . :b :p :a . :c :p :a",
    ),
    ("sh:property [ sh:path :p ; sh:class :D ]", ":a a :C ; :p :d . :d a :D", ":a a :C ; :p :d"),
    (
        "sh:property [ sh:path :p ; sh:class :D ]",
        ":a a :C ; :p :d . :d a :E . :E <http://www.w3.org/2000/01/rdf-schema#subClassOf> :D",
        ":a a :C ; :p \"d\"",
    ),
    (
        "sh:property [ sh:path :p ; sh:datatype xsd:date ]",
        ":a a :C ; :p \"2023-01-31\"^^xsd:date",
        ":a a :C ; :p \"2023-01-32\"^^xsd:date",
    ),
    ("sh:property [ sh:path :p ; sh:datatype xsd:string ]", ":a a :C ; :p \"x\"", ":a a :C ; :p 1"),
    ("sh:property [ sh:path :p ; sh:minInclusive 2 ]", ":a a :C ; :p 2.0", ":a a :C ; :p 1.9"),
    ("sh:property [ sh:path :p ; sh:maxInclusive 2 ]", ":a a :C ; :p 2", ":a a :C ; :p \"1\""),
    ("sh:property [ sh:path :p ; sh:minExclusive 2 ]", ":a a :C ; :p 3", ":a a :C ; :p 2"),
    ("sh:property [ sh:path :p ; sh:maxExclusive 2 ]", ":a a :C ; :p 1", ":a a :C ; :p 2"),
    ("sh:property [ sh:path :p ; sh:minLength 2 ]", ":a a :C ; :p \"éé\"", ":a a :C ; :p \"é\""),
    ("sh:property [ sh:path :p ; sh:maxLength 2 ]", ":a a :C ; :p \"éé\"", ":a a :C ; :p \"ééé\""),
    (
        "sh:property [ sh:path :p ; sh:in ( :x \"y\" ) ]",
        ":a a :C ; :p :x , \"y\"",
        ":a a :C ; :p :y",
    ),
    ("sh:property [ sh:path :p ; sh:hasValue :x ]", ":a a :C ; :p :x , :y", ":a a :C ; :p :y"),
    ("sh:property [ sh:path :p ; sh:equals :q ]", ":a a :C ; :p 1 ; :q 1", ":a a :C ; :p 1"),
    (
        "sh:property [ sh:path :p ; sh:disjoint :q ]",
        ":a a :C ; :p 1 ; :q 2",
        ":a a :C ; :p 1 ; :q 1",
    ),
    (
        "sh:property [ sh:path :p ; sh:lessThan :q ]",
        ":a a :C ; :p 1 ; :q 2",
        ":a a :C ; :p 2 ; :q 2",
    ),
    (
        "sh:property [ sh:path :p ; sh:lessThanOrEquals :q ]",
        ":a a :C ; :p 2 ; :q 2",
        ":a a :C ; :p 3 ; :q 2",
    ),
    (
        "sh:property [ sh:path :p ; sh:or ( [ sh:datatype xsd:integer ] [ sh:nodeKind sh:IRI ] ) ]",
        ":a a :C ; :p 1 , :x",
        ":a a :C ; :p \"x\"",
    ),
    (
        "sh:and ( [ sh:nodeKind sh:IRI ] [ sh:property [ sh:path :p ; sh:minCount 1 ] ] )",
        ":a a :C ; :p 1",
        ":a a :C",
    ),
    ("sh:not [ sh:property [ sh:path :p ; sh:minCount 1 ] ]", ":a a :C", ":a a :C ; :p 1"),
    (
        "sh:property [ sh:path :p ; sh:node [ sh:property [ sh:path :q ; sh:minCount 1 ] ] ]",
        ":a a :C ; :p :b . :b :q 1",
        ":a a :C ; :p :b",
    ),
    (
        "sh:property [ sh:path :p ; sh:property [ sh:path :q ; sh:minCount 1 ] ]",
        ":a a :C ; :p :b . :b :q 1",
        ":a a :C ; :p :b",
    ),
];

#[test]
fn each_constraint_holds_and_breaks() {
    for (constraint, good, bad) in CONSTRAINTS {
        assert_eq!(says(constraint, &format!("{good} .")).unwrap(), 0, "{constraint}: {good}");
        assert_eq!(says(constraint, &format!("{bad} .")).unwrap(), 1, "{constraint}: {bad}");
    }
}

#[test]
fn shapes_that_are_not_understood_are_refused_by_name() {
    let refuse = |constraint: &str, words: &str| {
        let error = says(constraint, ":a a :C .").unwrap_err().to_string();
        assert!(error.starts_with("mine.ttl, line 4: ") && error.contains(words), "{error}");
    };
    refuse("sh:closed true", "sh:closed");
    refuse("sh:property [ sh:path :p ; sh:uniqueLang true ]", "sh:uniqueLang");
    refuse("sh:property [ sh:path :p ; sh:qualifiedValueShape [] ]", "sh:qualifiedValueShape");
    refuse("sh:sparql [ sh:select \"x\" ]", "sh:sparql");
    refuse("sh:severity sh:Warning", "sh:severity");
    refuse("sh:property [ sh:path ( :p :q ) ; sh:minCount 1 ]", "sh:path");
    refuse("sh:property [ sh:path [ sh:zeroOrMorePath :p ] ]", "sh:path");
    refuse("sh:property [ sh:path :p ; sh:minCount \"many\" ]", "whole number");
    refuse("sh:pattern \"(\"", "regular expression");
    refuse("sh:node :S", "defined by itself");
    refuse("sh:property :T . :T sh:path :p . :U sh:xone ()", "sh:xone");
    let untargeted = "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> a sh:NodeShape .";
    assert!(matches!(Shapes::read(untargeted, "f"), Err(ShapesError::Empty { .. })));
    assert!(matches!(Shapes::read("<urn:S> a", "f"), Err(ShapesError::Turtle(_))));
}

#[test]
fn the_program_says_so_and_ends_accordingly() {
    let dir = common::build(&[common::examples().swap_remove(0)], &[]);
    let path = common::store(&dir);
    let run =
        |more: &[&str]| common::reportedly([&["validate", "--store", &path][..], more].concat());
    let good = run(&[]);
    let said = String::from_utf8_lossy(&good.stdout).into_owned();
    assert!(good.status.success() && said.starts_with("conforms: 1 articles"), "{said}");

    let store = Store::create(std::path::Path::new(&path), None).unwrap();
    let exact = store.database().iter().map(Result::unwrap);
    let quad = exact.into_iter().find(|q| q.predicate.as_str().ends_with("#exact")).unwrap();
    store.database().remove(&quad).unwrap();
    let object = Literal::new_simple_literal("Nobody wrote this.").into();
    store.database().insert(&Quad { object, ..quad }).unwrap();
    drop(store);
    let bad = run(&[]);
    assert_eq!(bad.status.code(), Some(2));
    let said = String::from_utf8_lossy(&bad.stdout).into_owned();
    assert!(said.contains("oa:exact") && said.contains("1 violation:"), "{said}");
    let json: serde_json::Value =
        serde_json::from_slice(&run(&["--format", "json"]).stdout).unwrap();
    assert_eq!(json["conforms"], false);
    assert_eq!(json["violations"][0]["path"], "http://www.w3.org/ns/oa#exact");

    let mine = dir.path().join("mine.ttl");
    std::fs::write(&mine, "<urn:S> <http://www.w3.org/ns/shacl#closed> true .").unwrap();
    let refused = run(&["--shapes", mine.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("sh:closed"));
}

#[test]
fn the_examples_conform() {
    let store = common::build(&common::examples(), &[]);
    common::succeed(["validate", "--store", &common::store(&store)]);
    let named = common::build(&common::examples(), &["--assert", "named"]);
    common::succeed(["validate", "--store", &common::store(&named)]);
}
