//! What is written through `reportedly serve --writable`: articles, their withdrawal,
//! decisions about entities, SPARQL updates; and who may not.
#![cfg(all(feature = "serve", feature = "fetch", unix))]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod client;
mod common;

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use client::{Reply, Server, encoded};
use serde_json::{Value, json};
use tempfile::TempDir;

const TOKEN: &str = "correct-horse-battery-staple";
const BEARER: (&str, &str) = ("authorization", "Bearer correct-horse-battery-staple");
const FORM: &str = "application/x-www-form-urlencoded";
const UPDATE: &str = "application/sparql-update";
const FERRY: &str = "title: Ferry sold\npublisher: Harbour Courier\ndate: 2024-03-01\n\n\
    Ada Brook sold the ferry in Lisbon. “It was time,” Brook said.\n";
const STRIKE: &str = "title: Strike over\npublisher: Dock Herald\ndate: 2024-03-02\n\n\
    Abby Brook ended the strike in Porto. The mayor, Carla Reis, praised Abby Brook.\n";

/// A server of two articles that may be written to.
struct Desk {
    server: Server,
    dir: TempDir,
}

impl std::ops::Deref for Desk {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

impl Desk {
    fn open(more: &[&str]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let files = [("ferry.txt", FERRY), ("strike.txt", STRIKE)].map(|(name, text)| {
            let path = dir.path().join(name);
            fs::write(&path, text).unwrap();
            path
        });
        common::build_into(&dir.path().join("store"), &files, &[]);
        let token = dir.path().join("token");
        fs::write(&token, format!("{TOKEN}\n")).unwrap();
        let token = token.to_str().unwrap();
        let arguments = [&["--writable", "--token-file", token], more].concat();
        Self { server: Server::start(&common::store(&dir), &arguments), dir }
    }

    fn add(&self, name: &str, text: &str) -> Reply {
        self.post(&format!("/api/articles?name={name}"), "text/plain", text, &[BEARER])
    }

    fn update(&self, update: &str) -> Reply {
        self.post("/sparql", UPDATE, update, &[BEARER])
    }

    fn holds(&self, pattern: &str) -> bool {
        let query = encoded(&format!("ASK {{ {pattern} }}"));
        let reply = self.get(&format!("/sparql?query={query}"), &[]).json();
        reply["boolean"].as_bool().unwrap()
    }

    /// The cookie of who has signed in.
    fn cookie(&self) -> String {
        let origin = self.address.clone();
        let form = format!("token={TOKEN}&to=/add");
        let reply = self.post("/sign-in", FORM, &form, &[("origin", &origin)]);
        assert_eq!((reply.status, reply.header("location")), (303, "/add"), "{}", reply.body);
        let set = reply.header("set-cookie");
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"), "{set}");
        set.split(';').next().unwrap().to_owned()
    }
}

/// Fails unless a problem has this status and says that.
fn refused(reply: &Reply, status: u16, words: &str) {
    assert_eq!(reply.status, status, "{}", reply.body);
    assert!(reply.body.contains(words), "{}", reply.body);
}

#[test]
fn an_article_is_added_and_withdrawn_by_who_has_the_token() {
    let desk = Desk::open(&[]);
    let text = "title: Castle burns\n\nCarla Reis closed Orm Castle on Friday, she said.\n";
    let path = "/api/articles?name=castle.txt";
    let none = desk.post(path, "text/plain", text, &[]);
    refused(&none, 401, "/sign-in");
    assert_eq!(none.header("www-authenticate"), "Bearer realm=\"reportedly\"");
    for wrong in ["Bearer wrong", "Basic correct-horse-battery-staple", "Bearer "] {
        refused(&desk.post(path, "text/plain", text, &[("authorization", wrong)]), 401, "token");
    }
    let since = Instant::now();
    let added = desk.add("castle.txt", text);
    assert_eq!(added.status, 201, "{}", added.body);
    let place = added.header("location").to_owned();
    let page = desk.page(&place);
    assert!(page.status == 200 && page.body.contains("class=\"claim\""), "{}", page.body);
    assert!(since.elapsed() < Duration::from_secs(30), "{:?}", since.elapsed());
    let value = added.json();
    assert!(value["claims"].as_u64() > Some(0) && value["attributions"].as_u64() > Some(0));
    assert!(desk.holds(&format!(
        "<{}> a schema:NewsArticle",
        value["articles"][0]["iri"].as_str().unwrap()
    )));
    let again = desk.add("castle.txt", text);
    assert_eq!((again.status, again.json()["unchanged"].as_u64()), (200, Some(1)));
    // Another text of the same name is another article.
    assert_ne!(desk.add("castle.txt", &text.replace("Friday", "Monday")).header("location"), place);
    let api = format!("/api{place}");
    assert_eq!(desk.send("DELETE", &api, &[]).status, 401);
    assert_eq!(desk.send("DELETE", &api, &[BEARER]).status, 204);
    assert_eq!(desk.page(&place).status, 404);
    assert_eq!(desk.send("DELETE", &api, &[BEARER]).status, 404);
}

#[test]
fn who_signs_in_adds_with_a_browser() {
    let desk = Desk::open(&[]);
    let origin = desk.address.clone();
    assert_eq!(desk.page("/add").header("location"), "/sign-in?to=/add");
    let wrong = desk.post("/sign-in", FORM, "token=wrong", &[("origin", &origin)]);
    refused(&wrong, 403, "not the token");
    let foreign = desk.post(
        "/sign-in",
        FORM,
        &format!("token={TOKEN}"),
        &[("origin", "https://evil.example")],
    );
    assert!(foreign.status == 403 && foreign.header("set-cookie").is_empty(), "{foreign:?}");
    let cookie = desk.cookie();
    let page = desk.get("/add", &[("cookie", &cookie), ("accept", "text/html")]);
    assert!(page.status == 200 && page.body.contains("multipart/form-data"), "{}", page.body);
    // To who has not signed in the page of an article is another.
    let shown = desk.get("/article/ferry", &[("cookie", &cookie), ("accept", "text/html")]);
    assert!(shown.body.contains("/withdraw"));
    assert!(!desk.page("/article/ferry").body.contains("/withdraw"));

    let form = "text=Ada+Brook+bought+Orm+Castle+in+Faro.&title=Castle+bought";
    for headers in [
        vec![("cookie", cookie.as_str())],
        vec![("cookie", cookie.as_str()), ("origin", "https://evil.example")],
        vec![("cookie", cookie.as_str()), ("origin", "null")],
        vec![("origin", origin.as_str())],
    ] {
        assert_eq!(desk.post("/add", FORM, form, &headers).status, 401, "{headers:?}");
    }
    let ours = [("cookie", cookie.as_str()), ("origin", origin.as_str())];
    let pasted = desk.post("/add", FORM, form, &ours);
    assert_eq!(pasted.status, 303, "{}", pasted.body);
    assert!(desk.page(pasted.header("location")).body.contains("Castle bought"));
    let dropped = "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\r\n--x\r\n\
        Content-Disposition: form-data; name=\"file\"; filename=\"port.md\"\r\n\r\n\
        # Port closes\n\nCarla Reis closed the port on Friday.\r\n--x--\r\n";
    let dropped = desk.post("/add", "multipart/form-data; boundary=x", dropped, &ours);
    assert_eq!(dropped.status, 303, "{}", dropped.body);
    assert!(desk.page(dropped.header("location")).body.contains("Port closes"));
    let withdrawn = desk.post("/withdraw", FORM, "article=article/ferry", &ours);
    assert_eq!(withdrawn.status, 303, "{}", withdrawn.body);
    assert_eq!(desk.page("/article/ferry").status, 404);
    let out = desk.post("/sign-out", FORM, "", &ours);
    assert!(out.header("set-cookie").contains("Max-Age=0"), "{out:?}");
}

#[test]
fn what_cannot_be_read_is_named() {
    let desk = Desk::open(&["--max-upload", "20000"]);
    refused(&desk.add("empty.txt", ""), 400, "nothing in it");
    refused(&desk.add("broken.pdf", "%PDF-1.7 broken"), 422, "broken.pdf");
    refused(&desk.add("old.doc", "something"), 422, "old.doc");
    let german = "Die Fähre wurde am Freitag in Lissabon verkauft, sagte die Reederin den \
        Zeitungen, und der Preis sei nicht hoch gewesen, weil das Schiff alt und nicht mehr \
        zu gebrauchen gewesen sei, wie alle wussten.\nDie Hafenbehörde hatte den Verkauf schon \
        im Frühjahr genehmigt, aber niemand wollte das Schiff haben, bis sich ein Käufer aus \
        Porto meldete und die Reederin überzeugte.\n";
    refused(&desk.add("german.txt", german), 422, "german.txt: not English but German");
    let broken = desk.post("/api/articles", "application/json", "{\"text\": ", &[BEARER]);
    refused(&broken, 422, "article");
    let long = desk.add("long.txt", &"Ada sold it. ".repeat(3000));
    refused(&long, 413, "20000 bytes");
    let broken = "--x\r\nContent-Disposition: form-data; name=\"file\"";
    let broken = desk.post("/add", "multipart/form-data; boundary=x", broken, &[BEARER]);
    refused(&broken, 400, "broken off");
    refused(&desk.post("/withdraw", FORM, "article=article/none", &[BEARER]), 404, "none");
}

#[test]
fn a_server_that_only_reads_lets_nobody_write() {
    let desk = Desk::open(&[]);
    let server = Server::start(&common::store(&desk.dir), &[]);
    let text = ("text/plain", "Ada Brook sold it.");
    refused(&server.post("/api/articles", text.0, text.1, &[BEARER]), 403, "--writable");
    refused(&server.post("/sparql", UPDATE, "CLEAR ALL", &[BEARER]), 403, "only reads");
    refused(&server.page("/sign-in"), 403, "--writable");
    assert_eq!(server.send("DELETE", "/api/article/ferry", &[BEARER]).status, 403);
}

#[test]
fn a_token_is_made_or_read_and_must_be_strong() {
    let desk = Desk::open(&[]);
    let weak = desk.dir.path().join("weak");
    fs::write(&weak, "short").unwrap();
    let store = common::store(&desk.dir);
    let weak = weak.to_str().unwrap();
    let output =
        common::reportedly(["serve", "--store", &store, "--writable", "--token-file", weak]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("16 characters"));
    let output = common::reportedly(["serve", "--store", &store, "--token-file", weak]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("--writable"));
    let server = Server::start(&store, &["--writable"]);
    let token = server.line().rsplit(' ').next().unwrap().to_owned();
    assert_eq!(token.len(), 64, "{token}");
    let bearer = format!("Bearer {token}");
    let added =
        server.post("/sparql", UPDATE, "CLEAR SILENT DEFAULT", &[("authorization", &bearer)]);
    assert_eq!(added.status, 204, "{}", added.body);
}

/// The update forms of the W3C's tests of the protocol, and its errors.
#[test]
fn updates_keep_to_the_protocol() {
    let desk = Desk::open(&[]);
    let insert = "INSERT DATA { <urn:a> <urn:says> \"direct\" }";
    assert_eq!(desk.update(insert).status, 204);
    assert!(desk.holds("<urn:a> <urn:says> \"direct\""));
    let form = format!("update={}", encoded(&insert.replace("direct", "form")));
    assert_eq!(desk.post("/sparql", FORM, &form, &[BEARER]).status, 204);
    assert!(desk.holds("<urn:a> <urn:says> \"form\""));
    assert_eq!(desk.update("INSERT DATA { <b> rp:text \"base\" }").status, 204);
    assert!(desk.holds("<https://reportedly.example/b> rp:text \"base\""));
    assert_eq!(desk.update("DELETE WHERE { <urn:a> ?p ?o }").status, 204);
    assert!(!desk.holds("<urn:a> ?p ?o"));
    refused(&desk.get(&format!("/sparql?{form}"), &[BEARER]), 400, "by POST");
    refused(
        &desk.post("/sparql", FORM, &format!("{form}&{form}"), &[BEARER]),
        400,
        "more than one",
    );
    refused(
        &desk.post("/sparql", FORM, &format!("{form}&query=ASK%7B%7D"), &[BEARER]),
        400,
        "both",
    );
    refused(&desk.update("INSERT DATA { <urn:a> "), 400, "update:1:");
    refused(&desk.update("LOAD <http://127.0.0.1:9/x>"), 400, "LOAD is off");
    refused(
        &desk.update(
            "INSERT { <urn:a> <urn:b> ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        ),
        400,
        "SERVICE is off",
    );
    refused(&desk.post("/sparql", "text/plain", insert, &[BEARER]), 415, "sparql-query");
    refused(
        &desk.post_bytes("/sparql", UPDATE, b"INSERT DATA { <urn:\xff> <urn:b> 1 }", &[BEARER]),
        400,
        "UTF-8",
    );
    refused(&desk.post("/sparql", UPDATE, insert, &[]), 401, "token");
    refused(&desk.send("PUT", "/sparql", &[BEARER]), 405, "GET");
}

#[test]
fn an_update_is_put_to_the_graphs_that_the_request_names() {
    let desk = Desk::open(&[]);
    let fill = "INSERT DATA { GRAPH <urn:g1> { <urn:a> <urn:in> 1 } GRAPH <urn:g2> { <urn:a> <urn:in> 2 } }";
    assert_eq!(desk.update(fill).status, 204);
    let copy = "INSERT { GRAPH <urn:to> { ?s <urn:found> ?o } } WHERE { ?s <urn:in> ?o }";
    let form = format!("update={}&using-graph-uri=urn%3Ag1", encoded(copy));
    assert_eq!(desk.post("/sparql", FORM, &form, &[BEARER]).status, 204);
    assert!(desk.holds("<urn:a> <urn:found> 1") && !desk.holds("<urn:a> <urn:found> 2"));
    let named =
        "INSERT { GRAPH <urn:to> { ?s <urn:named> ?o } } WHERE { GRAPH ?g { ?s <urn:in> ?o } }";
    let path = "/sparql?using-named-graph-uri=urn%3Ag2";
    assert_eq!(desk.post(path, UPDATE, named, &[BEARER]).status, 204);
    assert!(desk.holds("<urn:a> <urn:named> 2") && !desk.holds("<urn:a> <urn:named> 1"));
    let conflict = "INSERT { <urn:a> <urn:b> ?o } USING <urn:g1> WHERE { ?s ?p ?o }";
    refused(&desk.post(path, UPDATE, conflict, &[BEARER]), 400, "USING");
    // What was found before is found again: WHERE looks in all graphs by itself.
    let count =
        "INSERT { <urn:n> <urn:is> ?n } WHERE { SELECT (COUNT(*) AS ?n) { ?s <urn:in> ?o } }";
    assert_eq!(desk.update(count).status, 204);
    assert!(desk.holds("<urn:n> <urn:is> 2"));
}

#[test]
fn names_that_an_update_adds_are_found() {
    let desk = Desk::open(&[]);
    let name = "INSERT DATA { <entity/zanzibar-quokka> schema:name \"Zanzibar Quokka\" ; \
        skos:prefLabel \"Zanzibar Quokka\" }";
    assert_eq!(desk.update(name).status, 204);
    let query = encoded("ASK { ?x skos:prefLabel ?l FILTER(CONTAINS(LCASE(?l), \"quokka\")) }");
    let reply = desk.get(&format!("/sparql?query={query}"), &[]).json();
    assert_eq!(reply["boolean"], json!(true));
}

/// Readers are answered while somebody writes, and who comes second is told.
#[test]
fn a_build_beside_the_server_is_told_of() {
    let desk = Desk::open(&[]);
    let mut build = Command::new(env!("CARGO_BIN_EXE_reportedly"))
        .args(["build", "-", "--store", &common::store(&desk.dir)])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = build.stdin.take().unwrap();
    let since = Instant::now();
    // Until it has the store, an article may still come in between.
    let locked = loop {
        let reply = desk.add("port.txt", "Carla Reis opened the port.");
        if reply.status == 423 || since.elapsed() > Duration::from_secs(30) {
            break reply;
        }
    };
    refused(&locked, 423, "build");
    assert_eq!(desk.page("/article/ferry").status, 200);
    assert!(desk.holds("?s a rp:Claim"));
    input.write_all(b"{\"id\": \"late\", \"text\": \"Ada Brook sold Orm Castle.\"}\n").unwrap();
    drop(input);
    assert!(build.wait().unwrap().success());
    assert!(matches!(desk.add("pier.txt", "Carla Reis opened the pier.").status, 200 | 201));
    assert_eq!(desk.page("/article/late").status, 200);
}

#[test]
fn decisions_are_made_and_undone_on_pages() {
    let desk = Desk::open(&[]);
    let entity = |words: &str| {
        let found = desk.get(&format!("/api/search?q={words}"), &[]).json();
        let iri = found["entities"][0]["iri"].as_str().unwrap().to_owned();
        iri.trim_start_matches("https://reportedly.example/").to_owned()
    };
    let (ada, abby) = (entity("ada+brook"), entity("abby+brook"));
    assert_ne!(ada, abby);
    let cookie = desk.cookie();
    let page = desk.get(&format!("/{ada}"), &[("cookie", &cookie), ("accept", "text/html")]);
    for form in ["merge", "split", "link", "unlink", "rename"] {
        assert!(page.body.contains(&format!("value=\"{form}\"")), "{form}");
    }
    let decide = |form: &str| desk.post("/decide", FORM, form, &[BEARER]);
    let form = format!("kind=merge&entity={ada}&other={abby}&reason=Her+own+page+says+so");
    assert_eq!(desk.post("/decide", FORM, &form, &[]).status, 401);
    let merged = decide(&form);
    assert_eq!(
        (merged.status, merged.header("location")),
        (303, &*format!("/{ada}")),
        "{}",
        merged.body
    );
    let page = desk.page(&format!("/{ada}"));
    assert!(page.body.contains("Strike over"), "{}", page.body);
    let listed = desk.page("/decisions");
    assert!(listed.body.contains("Her own page says so"), "{}", listed.body);
    refused(&decide(&format!("kind=merge&entity={ada}&other={ada}")), 400, "itself");
    refused(&decide(&format!("kind=merge&entity={ada}&other=entity/nobody")), 404, "nobody");
    refused(&decide("kind=undo&decision=0000000000000000"), 404, "no such decision");
    let listed = desk.get("/decisions", &[("cookie", &cookie), ("accept", "text/html")]);
    let id = listed.body.split("name=\"decision\" value=\"").nth(1).unwrap()[..16].to_owned();
    assert_eq!(decide(&format!("kind=undo&decision={id}")).status, 303);
    assert!(!desk.page(&format!("/{ada}")).body.contains("Strike over"));
    let renamed = decide(&format!("kind=rename&entity={ada}&name=Ada+B.+Brook"));
    assert_eq!(renamed.status, 303, "{}", renamed.body);
    assert!(desk.page(&format!("/{ada}")).body.contains("Ada B. Brook"));
    let linked = decide(&format!("kind=link&entity={ada}&id=Q4242"));
    assert_eq!(linked.status, 303, "{}", linked.body);
    assert!(desk.page(&format!("/{ada}")).body.contains("wikidata.org/entity/Q4242"));
    let other =
        decide(&format!("kind=split&entity={ada}&article=article/ferry&as=Ada+Brook+(poet)"));
    assert_eq!(other.status, 303, "{}", other.body);
    assert!(desk.page(other.header("location")).body.contains("Ferry sold"));
}

#[test]
fn a_head_that_does_not_come_ends_the_connection() {
    let desk = Desk::open(&[]);
    let address = desk.address.trim_start_matches("http://").to_owned();
    let mut slow = TcpStream::connect(&address).unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ").unwrap();
    slow.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
    let mut rest = Vec::new();
    let since = Instant::now();
    slow.read_to_end(&mut rest).unwrap();
    let took = since.elapsed();
    assert!(took > Duration::from_secs(5) && took < Duration::from_secs(35), "{took:?}");
}

/// The views that processes have made of a store for themselves.
fn views(store: &Path) -> usize {
    let folder = fs::read_dir(store.join("reportedly.views"));
    folder.map_or(0, |views| {
        views
            .filter(|view| {
                let name = view.as_ref().unwrap().file_name();
                name.to_string_lossy().starts_with("own-")
            })
            .count()
    })
}

#[test]
fn a_query_that_is_ended_leaves_nothing_behind() {
    let desk = Desk::open(&["--timeout", "1", "--queries", "2"]);
    assert!(desk.holds("?s a rp:Claim"));
    let store = desk.dir.path().join("store");
    let before = views(&store);
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    for _ in 0..3 {
        let reply = desk.get(&format!("/sparql?query={}", encoded(endless)), &[]);
        assert_eq!(reply.status, 503, "{}", reply.body);
    }
    assert!(desk.holds("?s a rp:Claim"));
    assert!(views(&store) <= before, "{} views, {before} before", views(&store));
    let Desk { server, dir } = desk;
    let (status, took) = server.stop();
    assert!(status.success() && took < Duration::from_secs(10), "{status} {took:?}");
    assert_eq!(views(&dir.path().join("store")), 0);
}

#[test]
fn the_same_value_is_told_to_programs() {
    let desk = Desk::open(&[]);
    let api: Value = desk.get("/api/openapi.json", &[]).json();
    let mut schema = api.pointer("/components/schemas/Added").unwrap().clone();
    schema["components"] = api["components"].clone();
    let added = desk.add("port.txt", "Carla Reis opened the port on Friday.").json();
    let schema = jsonschema::validator_for(&schema).unwrap();
    assert!(schema.is_valid(&added), "{added}");
}
