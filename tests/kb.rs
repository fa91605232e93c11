//! `reportedly kb`: knowledge bases of every kind become one file, the same for the same
//! entities in any order; builds link names to what it knows, and to nothing else.
#![cfg(all(feature = "cli", feature = "bzip2"))]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use tempfile::TempDir;

const ORM: &str = "http://www.wikidata.org/entity/Q7000001";

/// One town and one person, as each format has them.
const JSON_LINES: &str = r#"{"qid": "Q7000001", "label": "Upper Orm", "aliases": ["Orm-on-Sea"], "kind": "city", "desc": "harbour town known for its ferries", "country": "PT", "sitelinks": 9}
{"qid": "Q7000002", "label": "Ada Brook", "kind": "person", "desc": "minister of ferries", "country": "PT", "sitelinks": 3}
"#;
const TABLE: &str = "qid,name,aliases,kind,country,description,sitelinks
Q7000001,Upper Orm,Orm-on-Sea,city,PT,harbour town known for its ferries,9
Q7000002,Ada Brook,,person,PT,minister of ferries,3
";
const WIKIDATA: &str = r#"[
{"type":"item","id":"Q7000001","labels":{"en":{"value":"Upper Orm"}},"descriptions":{"en":{"value":"harbour town known for its ferries"}},"aliases":{"en":[{"value":"Orm-on-Sea"}]},"sitelinks":{"a":{},"b":{},"c":{},"d":{},"e":{},"f":{},"g":{},"h":{},"i":{}},"claims":{"P31":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q515"}}}}],"P17":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q45"}}}}]}},
{"type":"item","id":"Q7000002","labels":{"en":{"value":"Ada Brook"}},"descriptions":{"en":{"value":"minister of ferries"}},"aliases":[],"sitelinks":{"a":{},"b":{},"c":{}},"claims":{"P31":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q5"}}}}],"P27":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q45"}}}}]}}
]
"#;
const TURTLE: &str = r#"@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix wikibase: <http://wikiba.se/ontology#> .
wd:Q7000001 rdfs:label "Upper Orm"@en ; skos:altLabel "Orm-on-Sea"@en ; wdt:P31 wd:Q515 ;
  schema:description "harbour town known for its ferries"@en ; wdt:P17 wd:Q45 ; wikibase:sitelinks 9 .
wd:Q7000002 rdfs:label "Ada Brook"@en ; wdt:P31 wd:Q5 ;
  schema:description "minister of ferries"@en ; wdt:P17 wd:Q45 ; wikibase:sitelinks 3 .
"#;
const ARTICLE: &str = "title: Ferries\n\nMinister Ada Brook opened a ferry in Upper Orm, a harbour \
    town in Portugal. Brook left Lisbon on Friday. Upper Orm This Evening interviewed her.\n";

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    fn file(&self, name: &str, contents: impl AsRef<[u8]>) -> String {
        fs::write(self.0.path().join(name), contents).unwrap();
        self.path(name)
    }

    /// The bytes of the base that these inputs become.
    fn build(&self, inputs: &[&str]) -> Vec<u8> {
        let output = self.path("out.kb");
        common::succeed([&["kb", "build", "-o", &output][..], inputs].concat());
        fs::read(output).unwrap()
    }

    /// Why these inputs become none.
    fn fail(&self, arguments: &[&str]) -> String {
        let output = self.path("never.kb");
        let out = common::reportedly([&["kb", "build", "-o", &output][..], arguments].concat());
        assert_eq!(out.status.code(), Some(1));
        assert!(!PathBuf::from(output).exists(), "nothing is left of it");
        String::from_utf8(out.stderr).unwrap()
    }

    /// The entities of the article that have links, each with its link.
    fn links(&self, more: &[&str]) -> Vec<String> {
        let article = self.file("ferry.txt", ARTICLE);
        let json =
            common::succeed([&["analyse", "--format", "jsonl", &article][..], more].concat());
        let analysis: serde_json::Value = serde_json::from_str(&json).unwrap();
        let entities = analysis["entities"].as_array().unwrap().iter();
        let linked = entities.filter_map(|entity| {
            let link = entity["links"].as_array()?.first()?;
            Some(format!("{} {} {}", entity["label"], link["iri"], link["method"]))
        });
        linked.map(|line| line.replace('"', "")).collect()
    }
}

#[test]
fn every_format_gives_the_same_file() {
    let folder = Folder::new();
    let expected = folder.build(&[&folder.file("a.jsonl", JSON_LINES)]);
    for (name, contents) in [("b.csv", TABLE), ("c.json", WIKIDATA), ("d.ttl", TURTLE)] {
        let bytes = folder.build(&[&folder.file(name, contents)]);
        assert!(bytes == expected, "{name} says the same");
    }
    let tabs = TABLE.replace(',', "\t");
    assert!(folder.build(&[&folder.file("e.tsv", tabs)]) == expected, "with tabs");
}

#[test]
fn order_and_compression_change_no_byte() {
    let folder = Folder::new();
    let expected = folder.build(&[&folder.file("a.jsonl", JSON_LINES)]);
    let mut lines: Vec<&str> = JSON_LINES.lines().collect();
    lines.reverse();
    let (first, second) = (folder.file("1.jsonl", lines[0]), folder.file("2.jsonl", lines[1]));
    assert!(folder.build(&[&first, &second]) == expected);
    assert!(folder.build(&[&second, &first]) == expected);
    assert!(folder.build(&[&first, &second, &first]) == expected, "saying it twice adds nothing");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(JSON_LINES.as_bytes()).unwrap();
    let packed = folder.file("a.jsonl.gz", gzip.finish().unwrap());
    assert!(folder.build(&[&packed]) == expected);
    let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    bzip2.write_all(WIKIDATA.as_bytes()).unwrap();
    let packed = folder.file("dump.json.bz2", bzip2.finish().unwrap());
    assert!(folder.build(&[&packed]) == expected);
}

#[test]
fn other_formats_and_filters() {
    let folder = Folder::new();
    let city =
        format!("12\tLower Orm\tLower Orm\t\t1\t2\tP\tPPL\tPT\t{}250000\t\t\t\t\n", "\t".repeat(5));
    let geonames = folder.file("cities.txt", city);
    let ftm = folder.file(
        "ftm.json",
        r#"{"id":"x-1","schema":"Company","properties":{"name":["Orm Ferries"],"country":["pt"]}}"#,
    );
    let output = folder.path("two.kb");
    let prefix = ["--id-prefix", "https://ftm.example/"];
    let said =
        common::succeed([&["kb", "build", &geonames, &ftm, "-o", &output][..], &prefix].concat());
    assert!(said.contains("2 entities, 2 names, of 2 lines"), "{said}");
    let found = common::succeed(["kb", "search", &output, "lower", "orm"]);
    assert!(
        found.starts_with("https://sws.geonames.org/12/\tLower Orm\tplace\t16\tname"),
        "{found}"
    );
    let found = common::succeed(["kb", "search", &output, "Orm Ferries"]);
    assert!(found.starts_with("https://ftm.example/x-1\tOrm Ferries\torganization"), "{found}");
    let dump = folder.file("dump.json", WIKIDATA);
    let output = folder.path("few.kb");
    common::succeed(["kb", "build", &dump, "-o", &output, "--class", "Q515=place"]);
    let info = common::succeed(["kb", "info", &output]);
    assert!(info.starts_with("entities  1 in "), "{info}");
    assert!(folder.fail(&[&dump, "--min-sitelinks", "10"]).contains("no entity with a name"));
}

#[test]
fn broken_inputs_and_bases_are_refused_by_name() {
    let folder = Folder::new();
    let check = |name: &str, contents: &str, expected: &str| {
        let error = folder.fail(&[&folder.file(name, contents)]);
        assert!(error.contains(name) && error.contains(expected), "{error}");
    };
    check("a.jsonl", "{\"qid\": \"Q7\", \"label\": \"Orm\"}\n{\"qid\":\n", "line 2");
    check("b.csv", "town\nOrm\n", "line 1: no column of ids");
    check("c.csv", "id,name\n7,Orm\n", "line 2: \"7\" is no IRI");
    check("d.ttl", "<a> <b>", "d.ttl");
    check("e.xyz", "Once upon a time", "say so with --format");
    let missing = folder.fail(&[&folder.path("missing.csv")]);
    assert!(missing.contains("missing.csv"), "{missing}");
    let article = folder.file("ferry.txt", ARTICLE);
    let refused = |bytes: &[u8], expected: &str| {
        let base = folder.file("base.kb", bytes);
        for command in [&["kb", "info", &base][..], &["analyse", &article, "--kb", &base]] {
            let out = common::reportedly(command);
            let error = String::from_utf8(out.stderr).unwrap();
            assert_eq!(out.status.code(), Some(1), "{error}");
            assert!(error.contains("base.kb") && error.contains(expected), "{error}");
        }
    };
    let whole = folder.build(&[&folder.file("a.csv", TABLE)]);
    refused(b"nothing", "no compiled knowledge base");
    refused(&whole[..whole.len() - 3], "bytes where it says");
    let mut changed = whole.clone();
    changed[120] ^= 1;
    refused(&changed, "damaged");
}

#[test]
fn clusters_are_linked_after_the_gazetteer() {
    let folder = Folder::new();
    let base = folder.path("towns.kb");
    common::succeed(["kb", "build", &folder.file("a.jsonl", JSON_LINES), "-o", &base]);
    let without = folder.links(&[]);
    assert!(!without.iter().any(|link| link.contains("Q70000")), "{without:?}");
    let with = folder.links(&["--kb", &base]);
    assert!(without.iter().all(|link| with.contains(link)), "the gazetteer's stay: {with:?}");
    assert!(with.contains(&format!("Upper Orm {ORM} towns:name")), "{with:?}");
    let ada = "Ada Brook http://www.wikidata.org/entity/Q7000002 towns:name";
    assert!(with.iter().any(|link| link == ada), "{with:?}");
}

#[test]
fn links_stand_in_the_graph_with_score_and_method() {
    let folder = Folder::new();
    let base = folder.path("towns.kb");
    common::succeed(["kb", "build", &folder.file("a.jsonl", JSON_LINES), "-o", &base]);
    let article = PathBuf::from(folder.file("ferry.txt", ARTICLE));
    let store = common::build(&[article], &["--kb", &base]);
    let graph = common::export(&store, "ntriples");
    let has = |parts: &[&str]| graph.lines().any(|line| parts.iter().all(|p| line.contains(p)));
    assert!(has(&["owl#sameAs>", &format!("<{ORM}> .")]), "{graph}");
    assert!(has(&["reportedly/ns#target>", &format!("<{ORM}> .")]), "{graph}");
    assert!(has(&["Q7000001> <https://w3id.org/reportedly/ns#method> \"towns:name\""]), "{graph}");
    assert!(has(&["Q7000001> <https://w3id.org/reportedly/ns#score> \"0."]), "{graph}");
}

#[test]
fn a_surname_or_two_of_one_name_are_no_link() {
    let folder = Folder::new();
    let lines = r#"{"qid": "Q7000003", "label": "Brook", "kind": "person", "sitelinks": 900}
{"qid": "Q7000004", "label": "Upper Orm", "kind": "city", "sitelinks": 5}
{"qid": "Q7000005", "label": "Upper Orm", "kind": "city", "sitelinks": 5}
"#;
    let base = folder.path("twins.kb");
    common::succeed(["kb", "build", &folder.file("a.jsonl", lines), "-o", &base]);
    let links = folder.links(&["--kb", &base]);
    assert!(!links.iter().any(|link| link.contains("Q70000")), "{links:?}");
}

#[test]
fn the_base_that_ships_is_asked_last_and_can_be_left_out() {
    let folder = Folder::new();
    let article = "Sen. Sherrod Brown, D-Ohio, met voters in Ohio on Friday.\n";
    let article = folder.file("senator.txt", article);
    let links = |more: &[&str]| {
        common::succeed([&["analyse", "--format", "jsonl", &article][..], more].concat())
    };
    assert!(links(&[]).contains("entities:name"), "{}", links(&[]));
    assert!(links(&[]).contains("\"sherrod-brown_person\""), "the key that the name alone has");
    assert!(!links(&["--no-default-kb"]).contains("entities:"));
    let own = r#"{"qid": "Q7000006", "label": "Sherrod Brown", "kind": "person", "desc": "senator", "sitelinks": 9}"#;
    let base = folder.path("own.kb");
    common::succeed(["kb", "build", &folder.file("a.jsonl", own), "-o", &base]);
    let with = links(&["--kb", &base]);
    assert!(with.contains("own:name") && !with.contains("entities:name"), "{with}");
}

#[test]
fn a_build_tells_of_the_base_that_ships() {
    let folder = Folder::new();
    let article = PathBuf::from(folder.file("ferry.txt", ARTICLE));
    let builds = |more: &[&str]| {
        let store = common::build(std::slice::from_ref(&article), more);
        let export = ["export", "--store", &common::store(&store), "--format", "turtle"];
        common::succeed([&export[..], &["--graph", "graph/builds"]].concat())
    };
    assert!(builds(&[]).contains("\"entities of"), "{}", builds(&[]));
    assert!(!builds(&["--no-default-kb"]).contains("\"entities of"));
}
