//! `reportedly mcp` and `/mcp`, as assistants meet them.
#![cfg(all(feature = "serve", feature = "fetch", unix))]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod client;
mod common;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use client::Server;
use serde_json::{Value, json};
use tempfile::TempDir;

/// An assistant that started the program.
struct Assistant {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    last: u64,
}

impl Assistant {
    fn start(store: &str) -> Self {
        Self::start_with(store, &[])
    }

    fn start_with(store: &str, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_reportedly"))
            .args(["mcp", "--store", store])
            .args(more)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let mut assistant = Self { child, input, output, last: 0 };
        let welcome = assistant.ask("initialize", &greeting("2025-06-18"));
        assert_eq!(welcome["result"]["protocolVersion"], "2025-06-18");
        assert!(welcome["result"]["capabilities"]["tools"].is_object());
        assistant
            .say(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string());
        assistant
    }

    fn say(&mut self, line: &str) {
        writeln!(self.input.as_mut().unwrap(), "{line}").unwrap();
    }

    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: {line}"))
    }

    /// Asks without waiting for the answer, whose number this gives.
    fn begin(&mut self, method: &str, parameters: &Value) -> u64 {
        self.last += 1;
        let message =
            json!({ "jsonrpc": "2.0", "id": self.last, "method": method, "params": parameters });
        self.say(&message.to_string());
        self.last
    }

    fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        self.begin(method, parameters);
        let answer = self.hear();
        assert_eq!(answer["id"], self.last, "{answer}");
        answer
    }

    /// What a tool gives.
    fn call(&mut self, tool: &str, arguments: &Value) -> Value {
        let answer = self.ask("tools/call", &json!({ "name": tool, "arguments": arguments }));
        let result = &answer["result"];
        assert_eq!(result["isError"], false, "{tool}: {answer}");
        let text: Value =
            serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(text, result["structuredContent"]);
        text
    }

    /// Why a tool gives nothing.
    fn refused(&mut self, tool: &str, arguments: &Value) -> String {
        let answer = self.ask("tools/call", &json!({ "name": tool, "arguments": arguments }));
        assert_eq!(answer["result"]["isError"], true, "{answer}");
        answer["result"]["content"][0]["text"].as_str().unwrap().to_owned()
    }
}

impl Drop for Assistant {
    fn drop(&mut self) {
        drop(self.input.take());
        // It ends with its input.
        assert!(self.child.wait().unwrap().success());
    }
}

/// What a conversation begins with.
fn greeting(version: &str) -> Value {
    json!({
        "protocolVersion": version, "capabilities": {},
        "clientInfo": { "name": "test", "version": "1" },
    })
}

/// A message of a client that sends one a request.
fn message(method: &str, parameters: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": "a", "method": method, "params": parameters })
}

/// A call of a query that nobody can answer in time.
fn endless() -> Value {
    let query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    json!({ "name": "sparql", "arguments": { "query": query } })
}

fn examples() -> TempDir {
    common::build(&common::examples(), &[])
}

#[test]
fn every_tool_answers_with_evidence() {
    let dir = examples();
    let mut assistant = Assistant::start(&common::store(&dir));
    let tools = assistant.ask("tools/list", &json!({}));
    let names: Vec<&str> = tools["result"]["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| t["name"].as_str().unwrap())
        .collect();
    assert_eq!(names.len(), 8);

    let found = assistant.call("search_entities", &json!({ "query": "Rwanda" }));
    let entity = found["results"][0]["iri"].as_str().unwrap().to_owned();

    let claims = assistant.call("claims_about", &json!({ "entity": entity, "limit": 2 }));
    let first = claims["does"]
        .as_array()
        .unwrap()
        .iter()
        .chain(claims["is_said_of"].as_array().unwrap())
        .next()
        .unwrap()
        .clone();
    for key in ["quotation", "article", "start", "end", "says", "headline"] {
        assert!(!first[key].is_null(), "{key}: {first}");
    }
    let by_name = assistant.call("claims_about", &json!({ "entity": "Rwanda", "limit": 2 }));
    assert_eq!(by_name["entity"], entity.as_str());

    let article = assistant.call("article", &json!({ "article": first["article"], "limit": 50 }));
    let text: Vec<char> = article["text"].as_str().unwrap().chars().collect();
    for claim in article["claims"].as_array().unwrap() {
        let (start, end) =
            (claim["start"].as_u64().unwrap() as usize, claim["end"].as_u64().unwrap() as usize);
        let words: String = text[start..end].iter().collect();
        assert_eq!(claim["quotation"], words.as_str());
    }

    let said = assistant.call("who_said_what", &json!({ "about": "rwanda", "limit": 1 }));
    assert!(said["results"][0]["from"]["headline"].is_string(), "{said}");
    let next = assistant
        .call("who_said_what", &json!({ "about": "rwanda", "limit": 1, "cursor": said["cursor"] }));
    assert_ne!(said["results"], next["results"]);

    let shared = assistant.call("corroboration", &json!({ "limit": 1 }));
    assert_eq!(shared["results"].as_array().unwrap().len(), 1, "{shared}");
    let contrary = assistant.call("contradictions", &json!({ "limit": 1 }));
    assert!(contrary["results"].is_array(), "{contrary}");

    let read = assistant
        .call("analyse_text", &json!({ "text": "Ada Brook sold Orm Castle, her lawyer said." }));
    assert!(!read["claims"].as_array().unwrap().is_empty(), "{read}");
    assert!(!read["attributions"].as_array().unwrap().is_empty(), "{read}");

    let rows =
        assistant.call("sparql", &json!({ "query": "SELECT ?c { ?c a rp:Claim }", "limit": 3 }));
    assert_eq!((rows["results"].as_array().unwrap().len(), &rows["cursor"]), (3, &json!("3")));
}

#[test]
fn what_a_tool_cannot_do_is_told_to_the_model() {
    let dir = examples();
    let mut assistant = Assistant::start(&common::store(&dir));
    let update = assistant.refused("sparql", &json!({ "query": "DELETE WHERE { ?s ?p ?o }" }));
    assert!(update.contains("only reads"), "{update}");
    let nobody = assistant.refused("claims_about", &json!({ "entity": "Nobody at All" }));
    assert!(nobody.contains("fewer letters"), "{nobody}");
    let missing = assistant.refused("search_entities", &json!({}));
    assert!(missing.contains("`query`"), "{missing}");
    let unknown = assistant.refused("search_entities", &json!({ "name": "x" }));
    assert!(unknown.contains("name"), "{unknown}");
    let cursor = assistant.refused("search_entities", &json!({ "query": "a", "cursor": "x" }));
    assert!(cursor.contains("cursor"), "{cursor}");
    let none = assistant.ask("tools/call", &json!({ "name": "delete_all" }));
    assert_eq!(none["error"]["code"], -32602);
}

#[test]
fn the_protocol_is_kept() {
    let dir = examples();
    let mut assistant = Assistant::start(&common::store(&dir));
    assert_eq!(assistant.ask("ping", &json!({}))["result"], json!({}));
    assert_eq!(assistant.ask("no/such", &json!({}))["error"]["code"], -32601);
    // What is no JSON has no number to answer to.
    assistant.say("{broken");
    assert_eq!(assistant.ask("ping", &json!({}))["result"], json!({}));
    assistant.say("[]");
    assert_eq!(assistant.hear()["error"]["code"], -32600);
    let newest = assistant.ask("initialize", &greeting("1999-01-01"));
    assert_eq!(newest["result"]["protocolVersion"], "2025-11-25");

    let all = assistant.ask("resources/list", &json!({}));
    let resources = all["result"]["resources"].as_array().unwrap().clone();
    for kind in ["reportedly:question/said-by", "https://reportedly.example/article/rwanda-ruling"]
    {
        assert!(resources.iter().any(|r| r["uri"] == kind), "{kind}");
        let read = assistant.ask("resources/read", &json!({ "uri": kind }));
        assert!(read["result"]["contents"][0]["text"].as_str().unwrap().len() > 100, "{read}");
    }
    assert_eq!(
        assistant.ask("resources/read", &json!({ "uri": "urn:none" }))["error"]["code"],
        -32002
    );
    let templates = assistant.ask("resources/templates/list", &json!({}));
    assert_eq!(templates["result"]["resourceTemplates"].as_array().unwrap().len(), 2);
}

#[test]
fn what_was_asked_is_answered_before_the_end() {
    let dir = examples();
    let mut assistant = Assistant::start(&common::store(&dir));
    let text = json!({ "name": "analyse_text", "arguments": { "text": "Ada Brook left." } });
    let mut asked: Vec<u64> = (0..24).map(|_| assistant.begin("tools/call", &text)).collect();
    drop(assistant.input.take());
    while !asked.is_empty() {
        let heard = assistant.hear();
        asked.retain(|id| json!(id) != heard["id"]);
    }
}

#[test]
fn a_query_that_takes_too_long_ends_and_keeps_nobody_waiting() {
    let dir = examples();
    let mut assistant = Assistant::start_with(&common::store(&dir), &["--timeout", "3"]);
    let endless = assistant.begin("tools/call", &endless());
    assistant.call("search_entities", &json!({ "query": "rwanda" }));
    let late = assistant.hear();
    assert_eq!((&late["id"], &late["result"]["isError"]), (&json!(endless), &json!(true)));
    let why = late["result"]["content"][0]["text"].as_str().unwrap();
    assert!(why.contains("3 seconds"), "{why}");
}

#[test]
fn a_query_that_is_cancelled_ends() {
    let dir = examples();
    let mut assistant = Assistant::start_with(&common::store(&dir), &["--timeout", "600"]);
    // So many are worked on at a time.
    let all: Vec<u64> = (0..4).map(|_| assistant.begin("tools/call", &endless())).collect();
    std::thread::sleep(Duration::from_millis(500));
    let search = json!({ "name": "search_entities", "arguments": { "query": "rwanda" } });
    let search = assistant.begin("tools/call", &search);
    for id in all {
        let cancelled = json!({ "requestId": id, "reason": "no longer wanted" });
        let method = "notifications/cancelled";
        let message = json!({ "jsonrpc": "2.0", "method": method, "params": cancelled });
        assistant.say(&message.to_string());
    }
    let found = assistant.hear();
    assert_eq!((&found["id"], &found["result"]["isError"]), (&json!(search), &json!(false)));
}

#[test]
fn a_query_ends_whose_asker_has_gone() {
    let dir = examples();
    let more = ["--timeout", "600", "--queries", "1"];
    let server = Server::start(&common::store(&dir), &more);
    let body = message("tools/call", &endless()).to_string();
    let mut gone = TcpStream::connect(server.address.trim_start_matches("http://")).unwrap();
    write!(
        gone,
        "POST /mcp HTTP/1.1\r\nhost: localhost\r\naccept: application/json\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    std::thread::sleep(Duration::from_millis(500));
    drop(gone);
    // There is room for one query only.
    let reply = server.get("/sparql?query=ASK%7B%7D", &[]);
    assert_eq!(reply.status, 200, "{}", reply.body);
}

/// Since 2026-07-28 no greeting is needed: each request tells who asks.
#[test]
fn a_client_of_the_newest_version_needs_no_greeting() {
    let dir = examples();
    let server = Server::start(&common::store(&dir), &[]);
    let version = "2026-07-28";
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": version,
        "io.modelcontextprotocol/clientInfo": { "name": "test", "version": "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let ask = |method: &str, name: &str, mut parameters: Value| {
        parameters["_meta"] = meta.clone();
        let body = message(method, &parameters).to_string();
        let headers =
            [("mcp-protocol-version", version), ("mcp-method", method), ("mcp-name", name)];
        let headers = &headers[..if name.is_empty() { 2 } else { 3 }];
        server.post("/mcp", "application/json", &body, headers)
    };
    let found = ask("server/discover", "", json!({}));
    let found = &found.json()["result"];
    assert!(found["supportedVersions"].as_array().unwrap().contains(&json!(version)), "{found}");
    assert!(found["instructions"].as_str().unwrap().contains("search_entities"), "{found}");
    let arguments = json!({ "query": "rwanda" });
    let call = json!({ "name": "search_entities", "arguments": arguments });
    let found = ask("tools/call", "search_entities", call);
    assert_eq!(found.json()["result"]["isError"], false, "{}", found.body);
    assert_eq!(ask("no/such", "", json!({})).status, 404);
    let read = ask("resources/read", "urn:none", json!({ "uri": "urn:none" }));
    assert_eq!(read.json()["error"]["code"], -32602, "{}", read.body);
}

#[test]
fn the_same_is_answered_over_http() {
    let dir = examples();
    let server = Server::start(&common::store(&dir), &[]);
    let call = json!({ "name": "search_entities", "arguments": { "query": "rwanda" } });
    let message = message("tools/call", &call);
    let post = |body: &Value, more: &[(&str, &str)]| {
        server.post("/mcp", "application/json", &body.to_string(), more)
    };
    let reply = post(
        &message,
        &[
            ("accept", "application/json, text/event-stream"),
            ("mcp-protocol-version", "2025-06-18"),
        ],
    );
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"));
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    assert_eq!(reply.json()["id"], "a");
    assert_eq!(reply.json()["result"]["isError"], false);
    let mut assistant = Assistant::start(&common::store(&dir));
    let same = assistant.call("search_entities", &json!({ "query": "rwanda" }));
    assert_eq!(reply.json()["result"]["structuredContent"], same);

    let notification =
        post(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }), &[]);
    assert_eq!((notification.status, notification.body.as_str()), (202, ""));
    // Answers are JSON, so nobody need accept streams.
    for accepted in ["application/json", "*/*"] {
        assert_eq!(post(&message, &[("accept", accepted)]).json(), reply.json(), "{accepted}");
    }
    assert_eq!(post(&message, &[("accept", "text/event-stream")]).status, 406);
    assert_eq!(post(&message, &[("mcp-protocol-version", "1999-01-01")]).status, 400);
    assert_eq!(post(&message, &[("origin", "https://evil.example")]).status, 403);
    assert_eq!(post(&message, &[("origin", "http://localhost:3000")]).status, 200);
    let page = server.page("/mcp");
    assert_eq!((page.status, page.header("allow")), (405, "POST"));
    assert_eq!(server.post("/mcp", "text/plain", "{}", &[]).status, 415);
    assert_eq!(server.post("/mcp", "application/json", "{broken", &[]).status, 415);
    let long = format!("{}{{}}", " ".repeat(2 << 20));
    assert_eq!(server.post("/mcp", "application/json", &long, &[]).status, 413);
}

/// What the program asks itself to have a call worked on cannot be asked from outside.
#[test]
fn no_call_is_made_but_by_the_protocol() {
    let dir = examples();
    let server = Server::start(&common::store(&dir), &[]);
    let call = json!({ "Tool": { "name": "search_entities", "arguments": { "query": "a" } } });
    for path in ["/mcp", "//mcp", "/mcp/", "/%6dcp", "/x/../mcp"] {
        let reply = server.post(path, "application/json", &call.to_string(), &[]);
        assert!((400..500).contains(&reply.status), "{path}: {} {}", reply.status, reply.body);
    }
}
