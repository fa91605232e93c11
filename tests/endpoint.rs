//! `reportedly push` and `query --endpoint` against servers that the tests start on this
//! machine: a small one of our own with faults to order, and those that others made, where
//! they are installed: Oxigraph's (PyPI's `oxigraph`) in the Python that
//! `REPORTEDLY_PYTHON` names or in `target/interoperability`, and Virtuoso (`virtuoso-t`,
//! or what `REPORTEDLY_VIRTUOSO` names).
#![cfg(feature = "endpoint")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;
#[path = "endpoint/foreign.rs"]
mod foreign;
#[path = "endpoint/server.rs"]
mod server;

use std::collections::BTreeSet;
use std::path::PathBuf;

use server::{Request, Server};
use tempfile::TempDir;

/// A store of some examples.
fn store_of(examples: &[PathBuf]) -> TempDir {
    common::build(examples, &[])
}

/// The quads of a store, as it exports them.
fn exported(store: &TempDir, profile: &str) -> BTreeSet<String> {
    let store = common::store(store);
    let what = ["export", "--store", &store, "--format", "nquads", "--profile", profile];
    common::succeed(what).lines().map(canonical).collect()
}

/// A quad without what engines may write otherwise.
fn canonical(line: &str) -> String {
    line.replace("^^<http://www.w3.org/2001/XMLSchema#string>", "").trim().to_owned()
}

fn push(store: &TempDir, server: &str, more: &[&str]) -> std::process::Output {
    push_to(store, &format!("{server}/query"), more)
}

fn push_to(store: &TempDir, endpoint: &str, more: &[&str]) -> std::process::Output {
    let store = common::store(store);
    let what = ["push", "--store", &store, "--endpoint", endpoint];
    common::reportedly([&what[..], more].concat())
}

/// What a push says in a line that begins so.
fn told(output: &std::process::Output, line: &str) -> String {
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{errors}");
    let line = said.lines().find_map(|l| l.strip_prefix(line)).expect("the line is there");
    line.trim().to_owned()
}

fn failure(output: &std::process::Output) -> String {
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn an_endpoint_holds_what_the_store_holds() {
    let store = store_of(&common::examples());
    let server = Server::start(|_, _| None);
    let dry = push(&store, &server.address, &["--dry-run"]);
    assert!(!told(&dry, "to send").starts_with("0 "), "{dry:?}");
    assert_eq!(server.count("/update"), 0);
    let first = push(&store, &server.address, &["--batch", "200000"]);
    assert_eq!(told(&first, "unchanged"), "0");
    assert_eq!(server.quads(), exported(&store, "full"));
    let requests = server.count("/update");
    assert!(requests > 10, "{requests} batches");
    let again = push(&store, &server.address, &[]);
    assert!(told(&again, "sent").starts_with("0 "), "{again:?}");
    assert!(told(&again, "shared").starts_with("0 parts"), "{again:?}");
    assert_eq!(server.count("/update"), requests + 1, "that the base is noted");
}

#[test]
fn a_profile_is_sent_in_place_of_another() {
    let store = store_of(&common::examples()[..3]);
    let server = Server::start(|_, _| None);
    for profile in ["full", "claims", "facts"] {
        told(&push(&store, &server.address, &["--profile", profile]), "sent");
        assert_eq!(server.quads(), exported(&store, profile), "{profile}");
    }
}

#[test]
fn only_what_has_changed_is_sent_and_what_was_withdrawn_goes() {
    let examples = common::examples();
    let store = store_of(&examples[..8]);
    let server = Server::start(|_, _| None);
    let first = told(&push(&store, &server.address, &[]), "in all");
    let path = PathBuf::from(common::store(&store));
    common::build_into(&path, &examples[8..9], &[]);
    let added = push(&store, &server.address, &[]);
    let sent: u64 = told(&added, "sent").split(' ').next().unwrap().parse().unwrap();
    assert!((1..=3).contains(&sent), "the article, and perhaps stories: {sent}");
    assert_eq!(server.quads(), exported(&store, "full"));
    let triples = |said: &str| -> u64 { said.split(' ').next().unwrap().parse().unwrap() };
    assert!(triples(&told(&added, "in all")) < triples(&first), "{added:?}");
    let id = examples[0].file_stem().unwrap().to_str().unwrap();
    common::succeed(["remove", id, "--store", path.to_str().unwrap()]);
    let removed = push(&store, &server.address, &[]);
    assert_ne!(told(&removed, "withdrawn"), "0");
    assert_eq!(server.quads(), exported(&store, "full"));
}

#[test]
fn what_was_cut_short_goes_on() {
    let store = store_of(&common::examples()[..6]);
    let breaks = |request: &Request, before: usize| {
        let is_late = request.path == "/update" && (20..22).contains(&before);
        is_late.then(|| server::status("400 Bad Request", "", "no more today"))
    };
    let server = Server::start(breaks);
    let more = ["--batch", "100000"];
    let error = failure(&push(&store, &server.address, &more));
    assert!(error.contains("400") && error.contains("no more today"), "{error}");
    assert_ne!(server.quads(), exported(&store, "full"));
    failure(&push(&store, &server.address, &more));
    let last = push(&store, &server.address, &more);
    assert_ne!(told(&last, "unchanged"), "0", "some were there already");
    assert_eq!(server.quads(), exported(&store, "full"));
}

#[test]
fn a_busy_endpoint_is_asked_again_when_it_says() {
    let store = store_of(&common::examples()[..1]);
    let server = Server::start(|request, before| {
        let busy = server::status("429 Too Many Requests", "Retry-After: 1\r\n", "later");
        (request.path == "/update" && before == 0).then_some(busy)
    });
    told(&push(&store, &server.address, &[]), "sent");
    let asked = server.asked("/update");
    let pause = asked[1].at - asked[0].at;
    assert!(pause.as_millis() >= 1000, "{pause:?}");
    assert_eq!(server.quads(), exported(&store, "full"));
    let down = Server::start(|_, _| Some(server::status("503 Service Unavailable", "", "down")));
    let error = failure(&push(&store, &down.address, &["--retries", "1"]));
    assert!(error.contains("503, 2 times: down"), "{error}");
}

#[test]
fn graphs_go_whole_where_the_endpoint_takes_them() {
    let store = store_of(&common::examples()[..4]);
    let server = Server::start(|_, _| None);
    let graphs = format!("{}/store", server.address);
    told(&push(&store, &server.address, &["--graph-store", &graphs]), "sent");
    assert_eq!(server.quads(), exported(&store, "full"));
    assert!(server.count("/store") >= 4);
}

#[test]
fn errors_say_what_to_do() {
    let store = store_of(&common::examples()[..1]);
    let closed = Server::start(|request, _| {
        let is_known = request.headers.contains("authorization: bearer s3cret")
            || request.headers.contains("authorization: basic ywrhonbhc3m=");
        (!is_known).then(|| server::status("401 Unauthorized", "", "who is it?"))
    });
    let error = failure(&push(&store, &closed.address, &[]));
    assert!(error.contains("REPORTEDLY_TOKEN") && error.contains("who is it?"), "{error}");
    let file = store.path().join("secret");
    std::fs::write(&file, "s3cret\n").unwrap();
    let file = file.to_str().unwrap();
    let known = push(&store, &closed.address, &["--token-file", file]);
    told(&known, "sent");
    std::fs::write(file, "pass\n").unwrap();
    told(&push(&store, &closed.address, &["--user", "ada", "--password-file", file]), "sent");
    let error = failure(&push(&store, &closed.address, &["--user", "ada"]));
    assert!(error.contains("REPORTEDLY_PASSWORD"), "{error}");
    let none = Server::start(|_, _| Some(server::status("404 Not Found", "", "nothing")));
    let error = failure(&push(&store, &none.address, &[]));
    assert!(error.contains("no endpoint for queries here") && error.contains("/update"), "{error}");
    let page = Server::start(|_, _| Some(server::status("200 OK", "", "<html>")));
    let error = failure(&push(&store, &page.address, &[]));
    assert!(error.contains("not an answer in the format of SPARQL"), "{error}");
    let error = failure(&push(&store, "http://127.0.0.1:9", &["--retries", "0"]));
    assert!(error.contains("is the server running"), "{error}");
}

/// The lines that answer a question, sorted: rows that nothing orders may come in any order.
fn answer(place: [&str; 2], question: &[&str]) -> Vec<String> {
    let what = [&["query"][..], &place, question].concat();
    let mut lines: Vec<String> = common::succeed(what).lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

/// The answers of a query to a store and to an endpoint must be the same.
fn compare(store: &TempDir, endpoint: &str, question: &[&str]) {
    let own = answer(["--store", &common::store(store)], question);
    let theirs = answer(["--endpoint", endpoint], question);
    let differs = theirs.iter().zip(&own).find(|(theirs, own)| theirs != own);
    assert_eq!(differs, None, "{question:?} at {endpoint}");
    assert_eq!(theirs.len(), own.len(), "{question:?} at {endpoint}");
}

#[test]
fn an_endpoint_answers_as_the_store_does() {
    let store = store_of(&common::examples());
    let server = Server::start(|_, _| None);
    told(&push(&store, &server.address, &[]), "sent");
    let endpoint = format!("{}/query", server.address);
    for name in reportedly::query::named_queries().map(|query| query.name) {
        compare(&store, &endpoint, &[name, "--format", "csv"]);
    }
    for question in [
        &["said-by", "--set", "who=kirby"][..],
        &["said-about", "--set", "entity=entity/ukraine", "--limit", "3"],
        &["claims", "--set", "in=rwanda"],
        &["-e", "ASK { ?s rel:guards ?o }"],
        &["-e", "CONSTRUCT { ?s rel:guards ?o } WHERE { ?s rel:guards ?o }"],
    ] {
        compare(&store, &endpoint, question);
    }
    let what = ["query", "nothing", "--endpoint", "http://127.0.0.1:9/query"];
    assert!(failure(&common::reportedly(what)).contains("no such file or named query"));
}

#[test]
fn servers_of_others_hold_and_answer_the_same() {
    let store = store_of(&common::examples());
    for start in foreign::ALL {
        let Some(server) = start() else { continue };
        let more: Vec<&str> = server.flags.iter().map(String::as_str).collect();
        let first = push_to(&store, &server.endpoint, &more);
        assert_eq!(told(&first, "unchanged"), "0", "{}", server.name);
        let again = push_to(&store, &server.endpoint, &more);
        assert!(told(&again, "sent").starts_with("0 "), "{}: {again:?}", server.name);
        let endpoint = &server.endpoint;
        let count = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } FILTER(!CONTAINS(STR(?g), \"/graph/pushed\") && STRSTARTS(STR(?g), \"https://reportedly.example/\")) }";
        let theirs =
            common::succeed(["query", "--endpoint", endpoint, "-e", count, "--format", "csv"]);
        let all = exported(&store, "full").len();
        assert_eq!(theirs.lines().nth(1), Some(all.to_string().as_str()), "{}", server.name);
        for name in server.questions {
            compare(&store, endpoint, &[name, "--format", "csv"]);
        }
        eprintln!("{}: {all} quads, {} questions", server.name, server.questions.len());
    }
}
