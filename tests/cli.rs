//! The program as users run it: what it prints, how it ends, and what bad
//! input does to it: an error that names the input, and nothing stored lost.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use reportedly::graph::Store;
use tempfile::TempDir;

/// An article of our own.
const HARBOUR: &str = "Title: Harbour service guards consulate\n\
    Publisher: Daily Lantern\n\
    Date: 2023-03-09\n\n\
    The harbour service guards the consulate in Lisbon. Ada Brook said the mayor had lost no money.\n";

fn reportedly(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("reportedly").unwrap();
    command.args(arguments);
    command
}

/// A folder with one good article and a place for a store.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        place.file("harbour.txt", HARBOUR);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn name(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), content).unwrap();
        self.name(name)
    }

    fn build(&self, inputs: &[&str]) -> Command {
        let store = self.name("store");
        let mut arguments = vec!["build", "--store", store.as_str()];
        arguments.extend(inputs);
        reportedly(&arguments)
    }

    fn export(&self) -> Vec<u8> {
        let store = self.name("store");
        reportedly(&["export", "--store", &store, "--format", "nquads"]).unwrap().stdout
    }

    /// Fails unless a bad input beside a good one is named with its reason,
    /// and the good one is stored as if it were alone.
    fn check_bad(&self, bad: &str, reason: &str) {
        let good = self.name("harbour.txt");
        let name = Path::new(bad).file_name().unwrap().to_str().unwrap().to_owned();
        self.build(&[bad, &good])
            .assert()
            .code(2)
            .stderr(contains(name).and(contains(reason)))
            .stdout(contains("1 new"));
        let alone = Self::new();
        alone.build(&[&alone.name("harbour.txt")]).assert().code(0);
        assert_eq!(self.export(), alone.export());
    }
}

#[test]
fn a_missing_file_is_named() {
    let place = Place::new();
    place.check_bad(&place.name("nowhere.txt"), "no such file");
}

#[test]
fn text_that_is_not_utf8_is_named() {
    let place = Place::new();
    let bad = place.file("latin1.txt", b"Title: Caf\xe9\n\nThe caf\xe9 opened in Lisbon.\n");
    place.check_bad(&bad, "UTF-8");
}

#[test]
fn an_empty_file_is_named() {
    let place = Place::new();
    let bad = place.file("empty.txt", "");
    place.check_bad(&bad, "empty");
}

#[test]
fn a_huge_line_is_named() {
    let place = Place::new();
    let bad = place.file("huge.jsonl", "x".repeat(50_000_000));
    place.check_bad(&bad, "longer than");
}

#[test]
fn binary_data_is_named() {
    let place = Place::new();
    let noise: Vec<u8> =
        (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let bad = place.file("photo.txt", noise);
    place.check_bad(&bad, "photo.txt");
}

#[test]
fn a_malformed_line_is_named_by_number() {
    let place = Place::new();
    let lines = "{\"id\": \"one\", \"text\": \"Lisbon slept.\"}\n{\"id\": \"two\", \"text\": \n";
    let bad = place.file("lines.jsonl", lines);
    place
        .build(&[&bad])
        .assert()
        .code(2)
        .stdout(contains("1 new"))
        .stderr(contains("lines.jsonl").and(contains("line 2").or(contains(":2"))));
}

#[test]
fn building_again_does_only_what_is_new() {
    let place = Place::new();
    let good = place.name("harbour.txt");
    place.build(&[&good]).assert().code(0).stdout(contains("1 new, 0 changed, 0 unchanged"));
    let first = place.export();
    place.build(&[&good]).assert().code(0).stdout(contains("0 new, 0 changed, 1 unchanged"));
    assert_eq!(place.export(), first);
    place.file("harbour.txt", HARBOUR.replace("Lisbon", "Porto"));
    place.build(&[&good]).assert().code(0).stdout(contains("0 new, 1 changed, 0 unchanged"));
    assert_ne!(place.export(), first);
    place.file("harbour.txt", HARBOUR);
    place.build(&[&good]).assert().code(0);
    assert_eq!(place.export(), first);
}

#[test]
fn a_locked_store_is_left_alone() {
    let place = Place::new();
    let good = place.name("harbour.txt");
    place.build(&[&good]).assert().code(0);
    let before = place.export();
    let held = Store::create(&place.path("store"), None).unwrap();
    let locked = || contains("store").and(contains("locked by another process"));
    place.build(&[&good]).assert().code(1).stderr(locked());
    let store = place.name("store");
    reportedly(&["query", "--store", &store, "claims"]).assert().code(1).stderr(locked());
    drop(held);
    assert_eq!(place.export(), before);
}

#[test]
fn what_is_no_store_is_refused() {
    let place = Place::new();
    let (folder, missing) = (place.name("."), place.name("nothing"));
    let query = |store: &str| reportedly(&["query", "--store", store, "claims"]);
    query(&missing).assert().code(1).stderr(contains("no store here"));
    query(&folder).assert().code(1).stderr(contains("not a store"));
    reportedly(&["build", &place.name("harbour.txt"), "--store", &folder])
        .assert()
        .code(1)
        .stderr(contains("not a store"));
}

#[test]
fn broken_sparql_is_shown() {
    let place = Place::new();
    place.build(&[&place.name("harbour.txt")]).assert().code(0);
    let store = place.name("store");
    let query = |question: &[&str]| {
        let mut arguments = vec!["query", "--store", store.as_str()];
        arguments.extend(question);
        reportedly(&arguments)
    };
    query(&["-e", "SELECT ?s WHERE { ?s ?p"]).assert().code(1).stderr(contains("-e:1:24"));
    let file = place.file("mine.rq", "SELECT ?s\nWHERE { ?s nope:p ?o }\n");
    query(&[&file]).assert().code(1).stderr(contains("mine.rq:2:").and(contains("^")));
    query(&["no-such-query"]).assert().code(1).stderr(contains("--list"));
    query(&["claims", "--set", "nonsense=1"]).assert().code(1).stderr(contains("nonsense"));
    query(&["claims", "--set", "nonsense"]).assert().code(1).stderr(contains("name=value"));
}

#[test]
fn every_answer_has_its_format() {
    let place = Place::new();
    place.build(&[&place.name("harbour.txt")]).assert().code(0);
    let store = place.name("store");
    let check = |sparql: &str, format: &str, expected: &str| {
        reportedly(&["query", "--store", &store, "-e", sparql, "--format", format])
            .assert()
            .code(0)
            .stdout(contains(expected));
    };
    check("ASK { ?s a schema:NewsArticle }", "table", "yes");
    check("ASK { ?s a schema:NewsArticle }", "json", "true");
    let select = "SELECT ?h WHERE { ?s schema:headline ?h }";
    for format in ["table", "csv", "tsv", "json", "xml"] {
        check(select, format, "Harbour service guards consulate");
    }
    let construct = "CONSTRUCT { ?s a schema:NewsArticle } WHERE { ?s a schema:NewsArticle }";
    check(construct, "table", "<article/harbour> a schema:NewsArticle");
    check("DESCRIBE <article/harbour>", "table", "schema:headline");
}

#[test]
fn exports_appear_when_they_are_complete() {
    let place = Place::new();
    place.build(&[&place.name("harbour.txt")]).assert().code(0);
    let (store, file) = (place.name("store"), place.name("graph.ttl"));
    for format in ["turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml"] {
        let arguments = ["export", "--store", &store, "--format", format];
        let printed = reportedly(&arguments).unwrap().stdout;
        reportedly(&arguments).args(["-o", &file]).assert().code(0);
        assert_eq!(fs::read(&file).unwrap(), printed, "{format}");
        assert!(!printed.is_empty(), "{format}");
    }
    let nowhere = place.name("no/such/folder/graph.ttl");
    reportedly(&["export", "--store", &store, "-o", &nowhere]).assert().code(1);
    reportedly(&["export", "--store", &store, "--graph", "article/none"])
        .assert()
        .code(1)
        .stderr(contains("no such graph"));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let place = Place::new();
    place.build(&[&place.name("harbour.txt")]).assert().code(0);
    let (program, store) = (assert_cmd::cargo::cargo_bin("reportedly"), place.name("store"));
    let mut child = std::process::Command::new(program)
        .args(["export", "--store", &store, "--format", "nquads"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
