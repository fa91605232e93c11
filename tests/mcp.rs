//! `reportedly mcp` and `/mcp`, as assistants meet them.
#![cfg(all(feature = "serve", feature = "fetch", unix))]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod client;
mod common;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

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
        let mut child = Command::new(env!("CARGO_BIN_EXE_reportedly"))
            .args(["mcp", "--store", store])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let mut assistant = Self { child, input, output, last: 0 };
        let welcome = assistant.ask(
            "initialize",
            &json!({
                "protocolVersion": "2025-06-18", "capabilities": {},
                "clientInfo": { "name": "test", "version": "1" },
            }),
        );
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

    fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        self.last += 1;
        let message =
            json!({ "jsonrpc": "2.0", "id": self.last, "method": method, "params": parameters });
        self.say(&message.to_string());
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
    assistant.say("{broken");
    assert_eq!(assistant.hear()["error"]["code"], -32700);
    assistant.say("[]");
    assert_eq!(assistant.hear()["error"]["code"], -32600);
    let newest = assistant.ask("initialize", &json!({ "protocolVersion": "1999-01-01" }));
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
fn the_same_is_answered_over_http() {
    let dir = examples();
    let server = Server::start(&common::store(&dir), &[]);
    let message = json!({
        "jsonrpc": "2.0", "id": "a", "method": "tools/call",
        "params": { "name": "search_entities", "arguments": { "query": "rwanda" } },
    });
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
    assert_eq!(reply.json()["id"], "a");
    assert_eq!(reply.json()["result"]["isError"], false);
    let mut assistant = Assistant::start(&common::store(&dir));
    let same = assistant.call("search_entities", &json!({ "query": "rwanda" }));
    assert_eq!(reply.json()["result"]["structuredContent"], same);

    let notification =
        post(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }), &[]);
    assert_eq!((notification.status, notification.body.as_str()), (202, ""));
    assert_eq!(post(&message, &[("mcp-protocol-version", "1999-01-01")]).status, 400);
    assert_eq!(post(&message, &[("origin", "https://evil.example")]).status, 403);
    assert_eq!(server.get("/mcp", &[]).status, 405);
    assert_eq!(server.post("/mcp", "text/plain", "{}", &[]).status, 415);
}
