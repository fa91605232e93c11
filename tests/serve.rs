//! `reportedly serve` over HTTP, as browsers and programs meet it.
#![cfg(all(feature = "serve", feature = "fetch", unix))]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod client;
mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use client::{Reply, Server, encoded};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

const TURTLE: (&str, &str) = ("accept", "text/turtle");
const FORM: &str = "application/x-www-form-urlencoded";

/// A server of the examples, with its store.
struct Examples {
    server: Server,
    _dir: TempDir,
}

impl std::ops::Deref for Examples {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

/// One server for all tests that run at a time; it ends with the last of them.
fn examples() -> Arc<Examples> {
    static SHARED: Mutex<Weak<Examples>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(examples) = shared.upgrade() {
        return examples;
    }
    let dir = common::build(&common::examples(), &[]);
    let server = Server::start(&common::store(&dir), &["--allow-origin", "https://desk.example"]);
    let examples = Arc::new(Examples { server, _dir: dir });
    *shared = Arc::downgrade(&examples);
    examples
}

fn ask(sparql: &str, accept: &str) -> Reply {
    examples().get(&format!("/sparql?query={}", encoded(sparql)), &[("accept", accept)])
}

/// A store of articles of our own, each a name and a text with a header.
fn store_of(articles: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let files: Vec<PathBuf> =
        articles.iter().map(|(name, text)| file(dir.path(), name, text)).collect();
    common::build_into(&dir.path().join("store"), &files, &[]);
    dir
}

fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

/// The value of a key below others.
fn at<'v>(value: &'v Value, path: &str) -> &'v Value {
    value.pointer(path).unwrap_or_else(|| panic!("no {path} in {value}"))
}

#[test]
fn rows_come_in_the_format_that_is_asked_for() {
    let select = "SELECT ?x { VALUES ?x { 1 } }";
    for (accept, kind, part) in [
        ("*/*", "application/sparql-results+json", "\"bindings\""),
        ("application/json", "application/json", "\"bindings\""),
        ("application/sparql-results+xml", "application/sparql-results+xml", "<sparql"),
        ("text/csv", "text/csv; charset=utf-8", "x\r\n1"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "?x\n1"),
        ("text/csv;q=0.1, application/xml;q=0.9", "application/xml", "<sparql"),
    ] {
        let reply = ask(select, accept);
        assert_eq!((reply.status, reply.header("content-type")), (200, kind), "{accept}");
        assert!(reply.body.contains(part), "{accept}: {}", reply.body);
        assert!(reply.header("vary").contains("accept"));
    }
    assert_eq!(ask("ASK {}", "application/json").json()["boolean"], json!(true));
    assert_eq!(ask(select, "image/png").status, 406);
    assert_eq!(ask("ASK {}", "text/csv").status, 406);
}

#[test]
fn graphs_come_in_the_format_that_is_asked_for() {
    let construct = "CONSTRUCT { <urn:a> <urn:b> 'c' } {}";
    for (accept, part) in [
        ("text/turtle", "<urn:a> <urn:b> \"c\" ."),
        ("application/n-triples", "<urn:a> <urn:b> \"c\" ."),
        ("application/ld+json", "\"urn:a\""),
        ("application/rdf+xml", "<rdf:RDF"),
    ] {
        let reply = ask(construct, accept);
        assert_eq!(reply.status, 200, "{accept}: {}", reply.body);
        assert!(reply.header("content-type").starts_with(accept), "{accept}");
        assert!(reply.body.contains(part), "{accept}: {}", reply.body);
    }
    assert_eq!(ask(construct, "text/csv").status, 406);
}

#[test]
fn queries_come_in_three_ways() {
    let server = examples();
    let form = format!("query={}", encoded("ASK {}"));
    let yes = |reply: Reply| {
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.json()["boolean"].as_bool().unwrap()
    };
    assert!(yes(server.get(&format!("/sparql?{form}"), &[])));
    assert!(yes(server.post("/sparql", FORM, &form, &[])));
    assert!(yes(server.post("/sparql", "application/sparql-query; charset=utf-8", "ASK {}", &[])));
}

#[test]
fn requests_that_are_wrong_are_told_what_helps() {
    let server = examples();
    let check = |reply: Reply, status: u16, helps: &str| {
        assert_eq!(reply.status, status, "{}", reply.body);
        let detail = reply.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(helps), "{detail}");
    };
    check(ask("SELECT ?s { ?s ?p }", "*/*"), 400, "query:1:");
    check(ask("SELECT ?s { ?s nope:p ?o }", "*/*"), 400, "nope: is not declared");
    check(server.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", &[]), 400, "more than one");
    check(
        server.get("/sparql?query=ASK%7B%7D&default-graph-uri=x", &[]),
        400,
        "default-graph-uri=x",
    );
    check(server.get("/sparql?query=ASK%7B%7D&format=pdf", &[]), 400, "csv");
    check(server.post("/sparql", FORM, "a=b", &[]), 400, "`query`");
    check(server.post("/sparql", "text/plain", "ASK {}", &[]), 415, "application/sparql-query");
    check(server.send("DELETE", "/sparql", &[]), 405, "GET");
    check(
        server.post("/sparql", "application/sparql-query", &"#".repeat(2 << 20), &[]),
        413,
        "--max-body",
    );
    check(server.get("/article/none", &[]), 404, "/search");
    check(server.get("/graph", &[]), 400, "?default");
    check(server.get("/nothing/here", &[]), 404, "/search");
}

#[test]
fn nothing_is_written_or_fetched() {
    let server = examples();
    let update = "DELETE WHERE { ?s ?p ?o }";
    for reply in [
        server.post("/sparql", FORM, &format!("update={}", encoded(update)), &[]),
        server.post("/sparql", "application/sparql-update", update, &[]),
        server.post("/sparql", "application/sparql-query", update, &[]),
        server.send("DELETE", "/graph?default", &[]),
    ] {
        assert_eq!(reply.status, 403, "{}", reply.body);
        assert!(reply.body.contains("only reads"), "{}", reply.body);
    }
    let service = ask("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "*/*");
    assert_eq!(service.status, 400, "{}", service.body);
    assert!(service.body.contains("SERVICE is off"), "{}", service.body);
    let silent = ask("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", "*/*");
    assert!(silent.status == 400 || silent.status == 200, "{}", silent.body);
}

#[test]
fn a_request_names_the_graphs() {
    let graph = "https://reportedly.example/article/rwanda-ruling";
    let count = |more: &str, pattern: &str| {
        let sparql = format!("SELECT (COUNT(*) AS ?n) {{ {pattern} }}");
        let reply = examples().get(&format!("/sparql?query={}{more}", encoded(&sparql)), &[]);
        let bindings = reply.json();
        at(&bindings, "/results/bindings/0/n/value").as_str().unwrap().parse::<usize>().unwrap()
    };
    let all = count("", "?s ?p ?o");
    let one = count(&format!("&default-graph-uri={}", encoded(graph)), "?s ?p ?o");
    let two = count(
        &format!(
            "&default-graph-uri={}&default-graph-uri={}",
            encoded(graph),
            encoded("https://reportedly.example/article/world-cup-brief")
        ),
        "?s ?p ?o",
    );
    assert!(0 < one && one < two && two < all, "{one} {two} {all}");
    let named = format!("&named-graph-uri={}", encoded(graph));
    assert_eq!(count(&named, "GRAPH ?g { ?s ?p ?o }"), one);
    assert_eq!(count(&named, "?s ?p ?o"), 0);
    assert_eq!(
        count(&format!("&default-graph-uri={}", encoded(graph)), "GRAPH ?g { ?s ?p ?o }"),
        0
    );
}

#[test]
fn graphs_are_read_by_their_names() {
    let server = examples();
    let graph = encoded("https://reportedly.example/article/rwanda-ruling");
    let reply =
        server.get(&format!("/graph?graph={graph}"), &[("accept", "application/n-triples")]);
    assert_eq!(reply.status, 200);
    assert!(reply.body.lines().count() > 100 && reply.body.contains("rwanda-ruling/claim/1>"));
    assert_eq!(server.get("/graph?graph=urn%3Anone", &[TURTLE]).status, 404);
    let all = server.get("/graph?default", &[("accept", "application/n-triples")]);
    assert!(all.status == 200 && all.body.len() > 3 * reply.body.len(), "{}", all.status);
}

#[test]
fn the_service_and_the_data_describe_themselves() {
    let server = examples();
    let service = server.get("/sparql", &[TURTLE]);
    assert_eq!(service.status, 200, "{}", service.body);
    assert!(service.body.contains("SPARQL11Query"), "{}", service.body);
    assert!(service.body.contains(&format!("{}/sparql", server.address)), "{}", service.body);
    let void = server.get("/.well-known/void", &[TURTLE]);
    assert_eq!(void.status, 200, "{}", void.body);
    assert!(void.body.contains("documents") && void.body.contains("triples"), "{}", void.body);
    for path in ["/sparql", "/.well-known/void"] {
        for kind in ["application/ld+json", "application/rdf+xml", "application/n-triples"] {
            assert_eq!(server.get(path, &[("accept", kind)]).status, 200, "{path} {kind}");
        }
    }
    assert_eq!(server.page("/sparql").header("location"), "/query");
}

#[test]
fn only_sites_that_are_let_in_may_read() {
    let server = examples();
    let allowed = |path: &str, origin: &str| {
        server.get(path, &[("origin", origin)]).header("access-control-allow-origin").to_owned()
    };
    assert_eq!(allowed("/api/sources", "https://desk.example"), "https://desk.example");
    assert_eq!(allowed("/api/sources", "https://other.example"), "");
    assert_eq!(allowed("/search?q=a", "https://desk.example"), "");
    let preflight = server.send("OPTIONS", "/sparql", &[("origin", "https://desk.example")]);
    assert_eq!(preflight.status, 204);
    assert!(preflight.header("access-control-allow-headers").contains("content-type"));
    let rebound = server.get("/api/sources", &[("host", "evil.example")]);
    assert_eq!(rebound.status, 403, "{}", rebound.body);
}

#[test]
fn iris_of_the_store_lead_to_pages_and_data() {
    let server = examples();
    let found = server.get("/api/search?q=rwanda", &[]).json();
    let entity = at(&found, "/entities/0/iri").as_str().unwrap();
    let entity = entity.strip_prefix("https://reportedly.example").unwrap();
    for path in ["/article/rwanda-ruling", "/article/rwanda-ruling/claim/1", entity] {
        let page = server.page(path);
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert!(page.body.contains("<h1"), "{path}");
        let turtle = server.get(path, &[TURTLE]);
        assert_eq!(turtle.status, 200, "{path}");
        let node = format!("<{}>", path.trim_start_matches('/'));
        assert!(turtle.body.contains(&node), "{path}: {}", turtle.body);
        let json = server.get(&format!("{path}?format=jsonld"), &[("accept", "text/html")]);
        assert_eq!(json.header("content-type"), "application/ld+json", "{path}");
        assert_eq!(server.get(path, &[("accept", "image/png")]).status, 406, "{path}");
    }
    let graph = server.page("/graph/links");
    assert_eq!((graph.status, graph.header("location").starts_with("/graph?graph=")), (303, true));
    assert_eq!(server.get("/graph/links", &[TURTLE]).status, 200);
}

#[test]
fn search_leads_to_the_sentence() {
    let server = examples();
    let search = server.page("/search?q=rishi+sunak");
    assert!(search.body.contains("Entities"), "{}", search.body);
    let article = server.get("/api/article/rwanda-ruling", &[]).json();
    let claim = at(&article, "/claims/0");
    let (start, end) = (at(claim, "/evidence/start"), at(claim, "/evidence/end"));
    let text: Vec<char> = at(&article, "/text").as_str().unwrap().chars().collect();
    let (from, to) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
    let words: String = text[from..to].iter().collect();
    assert_eq!(at(claim, "/evidence/text"), words.as_str());
    let link = format!("/article/rwanda-ruling?at={start},{end}#at");
    let page = server.page("/article/rwanda-ruling/claim/1");
    assert!(page.body.contains("/article/rwanda-ruling?at="), "{}", page.body);
    let page = server.page(link.trim_end_matches("#at"));
    assert_eq!(page.body.matches("id=\"at\"").count(), 1);
    assert!(page.body.contains("data-of=\""));
}

#[test]
fn every_page_answers() {
    let server = examples();
    let mut paths = vec!["/", "/search", "/articles", "/sources", "/questions", "/query"];
    paths.extend(["/assets/style.css", "/assets/script.js", "/assets/icon.svg", "/favicon.ico"]);
    for path in paths {
        let page = server.page(path);
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        assert!(page.header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
    }
    for question in server.get("/api/questions", &[]).json().as_array().unwrap() {
        let name = question["name"].as_str().unwrap();
        let page = server.page(&format!("/question/{name}"));
        assert_eq!(page.status, 200, "{name}: {}", page.body);
        assert!(page.body.contains("rows</p>"), "{name}: {}", page.body);
        let csv = server.get(&format!("/api/question/{name}?format=csv"), &[]);
        let columns: Vec<&str> =
            question["columns"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
        assert_eq!(csv.body.lines().next(), Some(columns.join(",").as_str()), "{name}");
    }
    let page = server.page("/question/said-by?who=Kirby");
    assert!(page.body.contains("value=\"Kirby\""), "{}", page.body);
    let query =
        server.page(&format!("/query?query={}", encoded("SELECT ?x { ?x a rp:Claim } LIMIT 3")));
    assert!(query.body.contains("/claim/"), "{}", query.body);
    let broken = server.page("/query?query=SELECT");
    assert!(broken.status == 200 && broken.body.contains("role=\"alert\""), "{}", broken.body);
}

/// What stands in the response is what the description promises.
#[test]
fn the_json_interface_is_as_it_says() {
    let server = examples();
    let api = server.get("/api/openapi.json", &[]).json();
    let entity = server.get("/api/search?q=rwanda", &[]).json();
    let entity = at(&entity, "/entities/0/iri").as_str().unwrap();
    let slug = entity.rsplit('/').next().unwrap();
    let fill = |path: &str| {
        let path = path.replace("{id}", "rwanda-ruling").replace("{number}", "1");
        let path = if path.starts_with("/api/entity") {
            path.replace("{slug}", slug)
        } else {
            path.replace("{slug}", "credible-plan")
        };
        path.replace("{name}", "claims")
    };
    let paths = api["paths"].as_object().unwrap();
    assert!(paths.len() >= 9);
    for (path, what) in paths {
        let reply =
            server.get(&format!("{}?q=plan", fill(path)).replace("claims?q=plan", "claims"), &[]);
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        let mut schema = at(what, "/get/responses/200/content/application~1json/schema").clone();
        schema["components"] = api["components"].clone();
        let schema = jsonschema::validator_for(&schema).unwrap();
        if let Err(error) = schema.validate(&reply.json()) {
            panic!("{path}: {error} at {}", error.instance_path());
        }
    }
    assert_eq!(server.get("/api/search?q=a&limit=0", &[]).status, 400);
    assert_eq!(server.get("/api/question/none", &[]).status, 404);
    assert_eq!(server.get("/api/question/claims?nope=1", &[]).status, 400);
    let some = server.get("/api/question/claims?limit=2", &[]).json();
    let next = server.get("/api/question/claims?limit=1&start=1", &[]).json();
    assert_eq!(some["rows"][1], next["rows"][0]);
    assert_eq!(some["more"], json!(true));
}

#[test]
fn names_are_reconciled() {
    let server = examples();
    let manifest = server.get("/reconcile", &[]).json();
    assert_eq!(manifest["versions"], json!(["0.2"]));
    let queries = json!({
        "q0": { "query": "Rwanda", "type": "Place", "limit": 2 },
        "q1": { "query": "Nobody at All" },
    });
    let form = format!("queries={}", encoded(&queries.to_string()));
    let reply = server.post("/reconcile", FORM, &form, &[]);
    assert_eq!(reply.status, 200, "{}", reply.body);
    let reply = reply.json();
    assert_eq!(reply, server.get(&format!("/reconcile?{form}"), &[]).json());
    assert_eq!(at(&reply, "/q0/result/0/match"), &json!(true));
    assert_eq!(at(&reply, "/q1/result"), &json!([]));
    let id = at(&reply, "/q0/result/0/id").as_str().unwrap();
    assert_eq!(server.page(&format!("/{id}")).status, 200);
    assert_eq!(server.page(&format!("/reconcile/preview?id={id}")).status, 200);
    let suggested = server.get("/reconcile/suggest/entity?prefix=rwa", &[]).json();
    assert_eq!(at(&suggested, "/result/0/id"), id);
    assert_eq!(server.get("/reconcile?queries=%5B", &[]).status, 400);
}

#[test]
fn names_are_reconciled_as_the_draft_says() {
    let server = examples();
    let manifest = server.get("/reconcile/1.0", &[]).json();
    assert_eq!(manifest["versions"], json!(["1.0-draft"]));
    let name = |name: &str| json!({ "matchType": "name", "propertyValue": name });
    let kind = |kind: &str, quantifier: &str| {
        json!({ "matchType": "property", "propertyId": "type", "propertyValue": [kind],
            "required": true, "matchQuantifier": quantifier })
    };
    let batch = json!({ "queries": [
        { "type": "Place", "limit": 2, "conditions": [name("Rwanda")] },
        { "conditions": [name("Rwanda"), kind("Place", "none")] },
        { "conditions": [{ "matchType": "id", "propertyValue": "entity/rwanda" }] },
        { "conditions": [name("Nobody at All")] },
    ] });
    let matched = |body: &Value| {
        server.post("/reconcile/1.0/match", "application/json", &body.to_string(), &[])
    };
    let reply = matched(&batch);
    assert_eq!(reply.status, 200, "{}", reply.body);
    let reply = reply.json();
    let id = at(&reply, "/results/0/candidates/0/id").as_str().unwrap().to_owned();
    assert_eq!(
        (id.as_str(), at(&reply, "/results/0/candidates/0/match")),
        ("entity/rwanda", &json!(true))
    );
    assert_ne!(at(&reply, "/results/1/candidates/0/id"), &json!("entity/rwanda"));
    assert_eq!(at(&reply, "/results/2/candidates/0/id"), "entity/rwanda");
    assert_eq!(at(&reply, "/results/3/candidates"), &json!([]));
    let asked = json!({ "ids": [id], "properties": [{ "id": "type" }, { "id": "claims" }] });
    let extended =
        server.post("/reconcile/1.0/extend", "application/json", &asked.to_string(), &[]).json();
    assert_eq!(at(&extended, "/rows/0/properties/0/values/0/str"), "Place");
    assert!(at(&extended, "/rows/0/properties/1/values/0/int").as_u64() > Some(0));
    let suggested = server.get("/reconcile/1.0/suggest/entity?prefix=rwa&limit=1", &[]).json();
    assert_eq!(at(&suggested, "/result").as_array().unwrap().len(), 1);
    let by_id = server.get("/reconcile/1.0/suggest/entity?prefix=entity%2Frwanda", &[]).json();
    assert_eq!(at(&by_id, "/result/0/id"), "entity/rwanda");
    for kind in ["property?prefix=na", "type?prefix=p"] {
        let suggested = server.get(&format!("/reconcile/1.0/suggest/{kind}"), &[]).json();
        assert!(!at(&suggested, "/result").as_array().unwrap().is_empty(), "{kind}");
    }
    assert_eq!(server.page("/reconcile/1.0/preview?id=entity/rwanda").status, 200);
    assert_eq!(matched(&json!({ "queries": [{}] })).status, 400);
    assert_eq!(server.get("/reconcile/1.0/match", &[]).status, 405);
}

/// What stands on a page is there as a table and as RDF, too.
#[test]
fn pages_are_taken_away_as_data() {
    let server = examples();
    for (path, head) in [
        ("/articles", "article,headline,publisher,published,url"),
        ("/sources", "source,name,named,attributions,articles"),
        ("/search?q=rwanda", "kind,iri,label,about"),
        ("/questions", "name,question,parameters"),
        ("/article/rwanda-ruling", "list,claim,subject,"),
        ("/article/rwanda-ruling/claim/1", "list,claim,subject,"),
        ("/entity/rwanda", "list,claim,subject,"),
        ("/article/rwanda-ruling/attribution/1", "property,value"),
    ] {
        let joint = if path.contains('?') { '&' } else { '?' };
        let csv = server.get(&format!("{path}{joint}format=csv"), &[]);
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8", "{path}: {}", csv.body);
        assert!(csv.body.starts_with(head) && csv.body.lines().count() > 1, "{path}: {}", csv.body);
        if path != "/questions" {
            let turtle = server.get(&format!("{path}{joint}format=turtle"), &[]);
            assert!(
                turtle.status == 200 && turtle.body.contains(" ;\n"),
                "{path}: {}",
                turtle.body
            );
        }
    }
    assert_eq!(server.get("/article/none?format=csv", &[]).status, 404);
    // RDF has the articles of the page.
    let behind = server.get("/articles?start=1000&format=ntriples", &[]);
    assert_eq!((behind.status, behind.body.trim()), (200, ""));
    assert_eq!(server.get("/articles?start=x&format=turtle", &[]).status, 400);
}

/// A story is called by its first article; what it would be called by another, or was called
/// before that was added, leads to it.
#[test]
fn stories_are_found_under_their_former_names() {
    let server = examples();
    let sparql = "SELECT ?story ?article { ?story a rp:Story ; schema:hasPart ?article }";
    let rows = ask(sparql, "application/json").json();
    let rows = at(&rows, "/results/bindings").as_array().unwrap().clone();
    let mut moved = 0;
    for row in &rows {
        let iri = |column: &str| at(row, &format!("/{column}/value")).as_str().unwrap().to_owned();
        let (story, article) = (iri("story"), iri("article"));
        let path = format!("/{}", story.split('/').skip(3).collect::<Vec<_>>().join("/"));
        let mut digest = String::new();
        for byte in &Sha256::digest(article.as_bytes())[..16] {
            write!(digest, "{byte:02x}").unwrap();
        }
        let reply = server.get(&format!("/story/{digest}"), &[("accept", "text/html")]);
        if reply.status == 303 {
            moved += 1;
            assert_eq!(reply.header("location"), path);
        } else {
            assert_eq!((reply.status, format!("/story/{digest}")), (200, path));
        }
    }
    assert!(moved > 0, "{rows:?}");
    assert_eq!(server.get("/story/00", &[]).status, 404);
}

#[test]
fn answers_are_drawn() {
    let server = examples();
    let drawn = |view: &str, sparql: &str| {
        server.page(&format!("/query?view={view}&query={}", encoded(sparql))).body
    };
    let count = "SELECT ?who (COUNT(?x) AS ?n) { ?who rp:stated ?x } GROUP BY ?who LIMIT 5";
    assert_eq!(drawn("chart", count).matches("<rect").count(), 5);
    assert!(
        drawn("graph", "CONSTRUCT WHERE { ?a rp:stated ?b } LIMIT 9").contains("class=\"net\"")
    );
    assert!(drawn("chart", "SELECT ?x { ?x a rp:Claim } LIMIT 2").contains("cannot be drawn"));
    let terms = server.get("/assets/terms.json", &[]).json();
    assert!(at(&terms, "/terms").as_object().unwrap().len() > 100);
}

#[test]
fn queries_that_the_protocol_refuses_are_refused() {
    let server = examples();
    let latin = b"SELECT ?x { ?x ?y \"\xe9\" }";
    assert_eq!(server.post_bytes("/sparql", "application/sparql-query", latin, &[]).status, 400);
    assert_eq!(server.post("/sparql", FORM, "query=ASK%7B%7D&query=ASK%7B%7D", &[]).status, 400);
    assert_eq!(server.post("/sparql", FORM, "query=ASK", &[]).status, 400);
    assert_eq!(server.send("PUT", "/sparql?query=ASK%7B%7D", &[]).status, 405);
    for kind in ["text/plain", "application/json", ""] {
        assert_eq!(server.post("/sparql", kind, "ASK {}", &[]).status, 415, "{kind}");
    }
    assert_eq!(server.get("/sparql?update=CLEAR%20ALL", &[]).status, 400);
    // What the request names counts, whatever the query names.
    let graph = encoded("https://reportedly.example/article/rwanda-ruling");
    let query = encoded("ASK FROM <urn:none> { ?s a rp:Claim }");
    let reply = server.get(&format!("/sparql?query={query}&default-graph-uri={graph}"), &[]);
    assert_eq!(reply.json()["boolean"], json!(true));
    let describe = ask("DESCRIBE <https://reportedly.example/entity/rwanda>", "text/turtle");
    assert!(describe.status == 200 && describe.body.contains("Rwanda"), "{}", describe.body);
}

#[test]
#[ignore = "needs the development data in ../shared"]
fn reconciliation_replies_are_as_the_specification_says() {
    let server = examples();
    let folder = std::cell::Cell::new("0.2");
    let check = |name: &str, reply: &Value| {
        let schemas =
            common::shared("data/reconciliation-specs").join(folder.get()).join("schemas");
        let text = fs::read_to_string(schemas.join(name)).unwrap();
        let mut schema: Value = serde_json::from_str(&text).unwrap();
        // Types are in a file of their own, and authentication is not offered.
        let kind = fs::read_to_string(schemas.join("type.json")).unwrap();
        let kind: Value = serde_json::from_str(&kind).unwrap();
        replace(&mut schema, "type.json", &kind);
        replace(
            &mut schema,
            "http://swagger.io/v2/schema.json#/definitions/securityDefinitions/additionalProperties",
            &json!({}),
        );
        for plain in ["lang.json", "dir.json"] {
            replace(&mut schema, plain, &json!({ "type": "string" }));
        }
        let schema = schema.as_object_mut().unwrap();
        schema.remove("$id");
        schema.insert("$schema".into(), json!("http://json-schema.org/draft-07/schema#"));
        let schema = jsonschema::validator_for(&json!(schema)).unwrap();
        if let Err(error) = schema.validate(reply) {
            panic!("{name}: {error} at {}", error.instance_path());
        }
    };
    check("manifest.json", &server.get("/reconcile", &[]).json());
    let queries =
        encoded(&json!({ "q0": { "query": "rwanda" }, "q1": { "query": "court" } }).to_string());
    let reply = server.get(&format!("/reconcile?queries={queries}"), &[]);
    check("reconciliation-result-batch.json", &reply.json());
    let reply = server.get("/reconcile/suggest/entity?prefix=rwa", &[]);
    check("suggest-entities-response.json", &reply.json());

    folder.set("1.0-draft");
    check("manifest.json", &server.get("/reconcile/1.0", &[]).json());
    let batch = json!({ "queries": [
        { "conditions": [{ "matchType": "name", "propertyValue": "rwanda" }] },
        { "conditions": [{ "matchType": "name", "propertyValue": "court" }] },
    ] });
    check("reconciliation-query-batch.json", &batch);
    let post = |path: &str, body: &Value| {
        let path = format!("/reconcile/1.0/{path}");
        server.post(&path, "application/json", &body.to_string(), &[]).json()
    };
    check("reconciliation-result-batch.json", &post("match", &batch));
    let names = ["label", "names", "type", "sameAs", "claims", "spokenOf", "namedWith"];
    let properties: Vec<Value> = names.iter().map(|id| json!({ "id": id })).collect();
    let asked = json!({ "ids": ["entity/rwanda", "entity/none"], "properties": properties });
    check("data-extension-query.json", &asked);
    check("data-extension-response.json", &post("extend", &asked));
    let get = |path: &str| server.get(&format!("/reconcile/1.0/{path}"), &[]).json();
    check("suggest-entities-response.json", &get("suggest/entity?prefix=rwa"));
    check("suggest-properties-response.json", &get("suggest/property?prefix="));
    check("suggest-types-response.json", &get("suggest/type?prefix="));
    check("data-extension-property-proposal.json", &get("extend/propose?type=Place"));
}

/// Puts a schema in the place of references to it.
fn replace(value: &mut Value, reference: &str, by: &Value) {
    match value {
        Value::Object(map) if map.get("$ref").and_then(Value::as_str) == Some(reference) => {
            *value = by.clone();
        }
        Value::Object(map) => map.values_mut().for_each(|value| replace(value, reference, by)),
        Value::Array(all) => all.iter_mut().for_each(|value| replace(value, reference, by)),
        _ => {}
    }
}

#[test]
fn nothing_in_an_article_reaches_a_page_as_html() {
    let evil = "title: <script>alert(1)</script> & \"Ferry\"\npublisher: <img src=x onerror=alert(2)>\n\
        url: javascript:alert(3)\ndate: 2023-05-01\n\n\
        Ada Brook sold <b>Orm Castle</b> in Lisbon. “It is <script>alert(4)</script> sold,” Brook said.\n";
    let dir = store_of(&[("evil.txt", evil)]);
    let server = Server::start(&common::store(&dir), &[]);
    let mut paths: Vec<String> =
        ["/", "/articles", "/search?q=script", "/sources", "/question/claims"]
            .map(Into::into)
            .into();
    paths.extend((1..4).map(|n| format!("/article/evil/claim/{n}")));
    paths.extend(
        ["/article/evil", "/search?q=%3Cscript%3E", "/query?query=%3Cscript%3E"].map(Into::into),
    );
    paths.push("/nothing/%3Cscript%3Ealert(5)".into());
    let mut seen = 0;
    for path in paths {
        let page = server.page(&path);
        assert!(page.status == 200 || page.status == 404, "{path}: {}", page.status);
        for danger in ["<script>", "<img", "<b>", "href=\"javascript:"] {
            assert!(!page.body.contains(danger), "{path}: {danger}: {}", page.body);
        }
        seen += page.body.matches("&lt;script&gt;").count();
    }
    assert!(seen > 3, "the words themselves are shown");
}

#[test]
fn no_path_leads_out_of_the_store() {
    let server = examples();
    for path in [
        "/assets/../Cargo.toml",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/article/../../../../etc/passwd",
        "/article/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/api/article/..%2f..%2fetc%2fpasswd",
        "/reconcile/preview?id=../../etc/passwd",
    ] {
        let reply = server.get(path, &[]);
        assert!(matches!(reply.status, 400 | 404), "{path}: {} {}", reply.status, reply.body);
        assert!(!reply.body.contains("root:"), "{path}");
    }
}

#[test]
fn an_answer_ends_where_a_limit_is_met() {
    let dir = common::build(&common::examples(), &[]);
    let more = ["--timeout", "0.5", "--max-rows", "20", "--max-bytes", "8000", "--queries", "1"];
    let server = Server::start(&common::store(&dir), &more);
    let ask = |sparql: &str| server.get(&format!("/sparql?query={}", encoded(sparql)), &[]);
    let rows = ask("SELECT ?s { ?s ?p ?o }");
    assert_eq!(rows.status, 503, "{}", rows.body);
    assert!(rows.body.contains("more than 20 rows"), "{}", rows.body);
    let bytes = ask("SELECT ?text { ?article rp:text ?text } LIMIT 15");
    assert!(bytes.status == 503 && bytes.body.contains("8000 bytes"), "{}", bytes.body);
    let since = Instant::now();
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let late = ask(endless);
    assert_eq!(late.status, 503, "{}", late.body);
    assert!(late.body.contains("0.5 seconds") && late.body.contains("--timeout"), "{}", late.body);
    assert!(late.header("retry-after") == "5", "{late:?}");
    assert!(since.elapsed() < Duration::from_secs(10), "{:?}", since.elapsed());
    // Stopped, it makes room for the next.
    assert_eq!(ask("ASK {}").status, 200);
}

#[cfg(target_os = "linux")]
#[test]
fn a_query_ends_that_takes_too_much_memory() {
    let dir = common::build(&common::examples(), &[]);
    let server =
        Server::start(&common::store(&dir), &["--max-memory", "300000000", "--queries", "1"]);
    let greedy = encoded("SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a");
    let reply = server.get(&format!("/sparql?query={greedy}"), &[]);
    assert_eq!(reply.status, 503, "{}", reply.body);
    assert!(reply.body.contains("--max-memory"), "{}", reply.body);
    assert_eq!(server.get("/sparql?query=ASK%7B%7D", &[]).status, 200);
}

#[test]
fn a_hostile_query_keeps_no_page_waiting() {
    let dir = common::build(&common::examples(), &[]);
    let store = common::store(&dir);
    let server = Arc::new(Server::start(&store, &["--timeout", "5", "--queries", "1"]));
    let asker = Arc::clone(&server);
    let hostile = std::thread::spawn(move || {
        let endless = encoded("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }");
        asker.get(&format!("/sparql?query={endless}"), &[]).status
    });
    std::thread::sleep(Duration::from_millis(300));
    let since = Instant::now();
    assert_eq!(server.page("/article/rwanda-ruling").status, 200);
    assert!(since.elapsed() < Duration::from_secs(3), "{:?}", since.elapsed());
    assert_eq!(hostile.join().unwrap(), 503);
}

#[test]
fn builds_go_on_and_are_seen() {
    let dir = store_of(&[("ferry.txt", "title: Ferry\n\nAda Brook sold Orm Castle in Lisbon.\n")]);
    let (store, folder) = (common::store(&dir), dir.path().to_path_buf());
    let server = Arc::new(Server::start(&store, &[]));
    let failures = Arc::new(Mutex::new(Vec::new()));
    let is_done = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let askers: Vec<_> = (0..4)
        .map(|_| {
            let (server, failures, is_done) =
                (Arc::clone(&server), Arc::clone(&failures), Arc::clone(&is_done));
            std::thread::spawn(move || {
                while !is_done.load(std::sync::atomic::Ordering::Relaxed) {
                    let reply = server.page("/article/ferry");
                    if reply.status != 200 || !reply.body.contains("Orm Castle") {
                        failures.lock().unwrap().push(reply);
                    }
                }
            })
        })
        .collect();
    for number in 0..3 {
        let text = format!(
            "title: News {number}\n\nAda Brook opened a market in Oslo. The mayor said it is new.\n"
        );
        let path = file(&folder, &format!("news-{number}.txt"), &text);
        common::build_into(Path::new(&store), &[path], &[]);
        let since = Instant::now();
        while server.page(&format!("/article/news-{number}")).status != 200 {
            assert!(since.elapsed() < Duration::from_secs(20), "news {number} is not seen");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
    is_done.store(true, std::sync::atomic::Ordering::Relaxed);
    for asker in askers {
        asker.join().unwrap();
    }
    assert!(failures.lock().unwrap().is_empty(), "{:?}", failures.lock().unwrap().first());
    let articles = server.get("/api/articles", &[]).json();
    assert_eq!(articles["total"], json!(4));
    let found = server.get("/api/search?q=brook", &[]).json();
    assert_eq!(at(&found, "/entities/0/label"), "Ada Brook");
}

#[test]
fn it_stops_when_it_is_told_to() {
    let dir = store_of(&[("ferry.txt", "Ada Brook sold Orm Castle in Lisbon.\n")]);
    let server = Server::start(&common::store(&dir), &[]);
    assert_eq!(server.page("/").status, 200);
    let (status, took) = server.stop();
    assert!(status.success(), "{status}");
    assert!(took < Duration::from_secs(8), "{took:?}");
    let views = dir.path().join("store/reportedly.views");
    let own: Vec<_> = fs::read_dir(views).map_or(Vec::new(), |all| {
        all.map(|view| view.unwrap().file_name().into_string().unwrap())
            .filter(|n| n.starts_with("own-"))
            .collect()
    });
    assert!(own.is_empty(), "{own:?}");
}

#[test]
fn what_cannot_be_served_is_said() {
    let missing = common::reportedly(["serve", "--store", "/nowhere/at/all"]);
    assert_eq!(missing.status.code(), Some(1));
    let dir = store_of(&[("ferry.txt", "Ada Brook sold Orm Castle in Lisbon.\n")]);
    let server = Server::start(&common::store(&dir), &[]);
    let taken = server.address.trim_start_matches("http://").to_owned();
    let store = common::store(&dir);
    let output = common::reportedly(["serve", "--store", &store, "--bind", &taken]);
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(error.contains("--bind") && error.contains("another"), "{error}");
}
