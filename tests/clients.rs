//! Programs that others made, on a running server: rdflib, Comunica and curl at the SPARQL
//! endpoint, the Rust and the Python SDK at the tools for assistants, schemathesis at the
//! JSON interface.
//!
//! Each runs where it is there: rdflib, mcp and schemathesis in the Python that
//! `REPORTEDLY_PYTHON` names or in `target/interoperability`; Comunica in the folder that
//! `REPORTEDLY_NODE_MODULES` names or in `target/interoperability/node_modules`. `.ci/run`
//! installs them.
#![cfg(all(feature = "serve", feature = "fetch", unix))]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod client;
mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use client::Server;
use rmcp::model::{
    CallToolRequestParams, CallToolResult, ProtocolVersion, ReadResourceRequestParams,
    ResourceContents,
};
use rmcp::service::{RoleClient, RunningService};
use rmcp::transport::{StreamableHttpClientTransport, TokioChildProcess};
use rmcp::{ClientLifecycleMode, ClientServiceExt};
use serde_json::{Value, json};
use tempfile::TempDir;

const TOKEN: &str = "correct-horse-battery-staple";
const ARTICLE: &str = "https://reportedly.example/article/rwanda-ruling";
/// The fuzzer has so many seconds.
const FUZZED: &str = "30";

fn served() -> (Server, TempDir) {
    let dir = common::build(&common::examples(), &[]);
    let token = dir.path().join("token");
    fs::write(&token, TOKEN).unwrap();
    let arguments = ["--writable", "--token-file", token.to_str().unwrap()];
    (Server::start(&common::store(&dir), &arguments), dir)
}

/// A Python with a module.
fn python(module: &str) -> Option<PathBuf> {
    let named = std::env::var_os("REPORTEDLY_PYTHON").map(PathBuf::from);
    let installed = Path::new(common::ROOT).join("target/interoperability/bin/python");
    let has_it = |python: &PathBuf| {
        let import = Command::new(python).args(["-c", &format!("import {module}")]).output();
        import.is_ok_and(|output| output.status.success())
    };
    let found = named.into_iter().chain([installed]).find(has_it);
    if found.is_none() {
        eprintln!("skipped: no Python here with {module}");
    }
    found
}

fn script(name: &str) -> PathBuf {
    Path::new(common::ROOT).join("tests/clients").join(name)
}

fn succeeded(output: &Output) {
    let words = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    assert!(output.status.success(), "{}\n{}", words[0], words[1]);
}

#[test]
fn the_python_sdk_drives_every_tool_over_both_transports() {
    let Some(python) = python("mcp") else { return };
    let (server, dir) = served();
    let program = env!("CARGO_BIN_EXE_reportedly");
    let arguments = [program, &common::store(&dir), &server.address];
    let output = Command::new(python).arg(script("agent.py")).args(arguments).output().unwrap();
    succeeded(&output);
}

/// What every tool is asked.
fn calls() -> Vec<(&'static str, Value)> {
    vec![
        ("search_entities", json!({ "query": "Rwanda" })),
        ("who_said_what", json!({ "about": "rwanda", "limit": 2 })),
        ("claims_about", json!({ "entity": "Rwanda", "limit": 2 })),
        ("corroboration", json!({ "limit": 1 })),
        ("contradictions", json!({ "limit": 1 })),
        ("article", json!({ "article": ARTICLE, "limit": 3 })),
        ("analyse_text", json!({ "text": "Ada Brook sold Orm Castle, her lawyer said." })),
        ("sparql", json!({ "query": "SELECT ?c { ?c a rp:Claim } ORDER BY ?c", "limit": 3 })),
    ]
}

type Assistant = RunningService<RoleClient, ()>;

async fn called(assistant: &Assistant, tool: &'static str, arguments: Value) -> CallToolResult {
    let arguments = arguments.as_object().unwrap().clone();
    let request = CallToolRequestParams::new(tool).with_arguments(arguments);
    assistant.call_tool(request).await.unwrap()
}

async fn text(assistant: &Assistant, uri: &str) -> String {
    let read = assistant.read_resource(ReadResourceRequestParams::new(uri)).await.unwrap();
    let ResourceContents::TextResourceContents { text, .. } = read.contents[0].clone() else {
        panic!("{uri}: {read:?}");
    };
    text
}

/// Asks for all there is; gives what the tools answered.
async fn asked(assistant: &Assistant) -> Vec<Value> {
    let tools = assistant.list_all_tools().await.unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| tool.name.as_ref()).collect();
    assert_eq!(names, calls().iter().map(|(tool, _)| *tool).collect::<Vec<_>>());
    let mut answers = Vec::new();
    for (tool, arguments) in calls() {
        let answer = called(assistant, tool, arguments).await;
        assert_eq!(answer.is_error, Some(false), "{tool}: {answer:?}");
        answers.push(answer.structured_content.unwrap());
    }
    let update = json!({ "query": "DELETE WHERE { ?s ?p ?o }" });
    let refused = called(assistant, "sparql", update).await;
    assert_eq!(refused.is_error, Some(true), "{refused:?}");
    let resources = assistant.list_all_resources().await.unwrap();
    assert!(resources.iter().any(|resource| resource.uri == ARTICLE), "{resources:?}");
    assert!(text(assistant, ARTICLE).await.contains("claims"));
    assert!(text(assistant, &resources[0].uri).await.contains("SELECT"));
    assert_eq!(assistant.list_all_resource_templates().await.unwrap().len(), 2);
    answers
}

/// How conversations begin: as they did at first, and as they do since 2026-07-28.
fn beginnings() -> [ClientLifecycleMode; 2] {
    let preferred_versions = vec![ProtocolVersion::V_2026_07_28];
    [ClientLifecycleMode::Initialize, ClientLifecycleMode::Discover { preferred_versions }]
}

#[tokio::test]
async fn the_rust_sdk_drives_every_tool_over_both_transports() {
    let (server, dir) = served();
    for beginning in beginnings() {
        let mut program = tokio::process::Command::new(env!("CARGO_BIN_EXE_reportedly"));
        program.args(["mcp", "--store", &common::store(&dir)]);
        let program = TokioChildProcess::new(program).unwrap();
        let lines = ().serve_with_lifecycle(program, beginning.clone()).await.unwrap();
        let address = StreamableHttpClientTransport::from_uri(format!("{}/mcp", server.address));
        let http = ().serve_with_lifecycle(address, beginning).await.unwrap();
        let answers = asked(&lines).await;
        assert_eq!(answers, asked(&http).await);
        lines.cancel().await.unwrap();
        http.cancel().await.unwrap();
    }
}

#[test]
fn rdflib_reads_and_writes() {
    let Some(python) = python("rdflib") else { return };
    let (server, _dir) = served();
    let output = Command::new(python)
        .arg(script("endpoint.py"))
        .args([&server.address, TOKEN])
        .output()
        .unwrap();
    succeeded(&output);
}

#[test]
fn comunica_reads() {
    let installed = Path::new(common::ROOT).join("target/interoperability/node_modules");
    let modules = std::env::var_os("REPORTEDLY_NODE_MODULES").map_or(installed, PathBuf::from);
    if !modules.join("@comunica/query-sparql").exists() {
        eprintln!("skipped: no @comunica/query-sparql in {}", modules.display());
        return;
    }
    let (server, _dir) = served();
    let output = Command::new("node")
        .arg(script("endpoint.cjs"))
        .arg(&server.address)
        .env("NODE_PATH", modules)
        .output()
        .unwrap();
    succeeded(&output);
}

#[test]
fn curl_reads_and_writes() {
    if Command::new("curl").arg("--version").output().is_err() {
        eprintln!("skipped: no curl");
        return;
    }
    let (server, dir) = served();
    let curl = |arguments: &[&str]| {
        let output = Command::new("curl").args(["-sS", "--fail"]).args(arguments).output().unwrap();
        succeeded(&output);
        String::from_utf8(output.stdout).unwrap()
    };
    let endpoint = format!("{}/sparql", server.address);
    let rows = curl(&[
        "-H",
        "Accept: text/csv",
        &endpoint,
        "--data-urlencode",
        "query=SELECT ?x { VALUES ?x { 1 } }",
    ]);
    assert_eq!(rows, "x\r\n1\r\n");
    let bearer = format!("Authorization: Bearer {TOKEN}");
    let article = dir.path().join("port.txt");
    fs::write(&article, "Carla Reis opened the port on Friday.\n").unwrap();
    let articles = format!("{}/api/articles?name=port.txt", server.address);
    let file = format!("@{}", article.display());
    assert!(curl(&["-H", &bearer, &articles, "--data-binary", &file]).contains("\"new\":1"));
    let file = format!("file=@{}", article.display());
    let articles = format!("{}/api/articles", server.address);
    assert!(curl(&["-H", &bearer, &articles, "-F", &file]).contains("\"unchanged\":1"));
    curl(&[
        "-H",
        &bearer,
        &endpoint,
        "--data-urlencode",
        "update=INSERT DATA { <urn:a> <urn:b> 1 }",
    ]);
}

/// No request that the description allows, and none that it does not, has a 5xx for an
/// answer, or one that the description does not tell of.
#[test]
fn the_description_is_fuzzed() {
    let Some(python) = python("schemathesis") else { return };
    let (server, _dir) = served();
    // It keeps what it found where it runs.
    let folder = tempfile::tempdir().unwrap();
    let checks = "not_a_server_error,response_schema_conformance,status_code_conformance,content_type_conformance";
    let output = Command::new(python.with_file_name("schemathesis"))
        .args(["run", &format!("{}/api/openapi.json", server.address), "--no-color"])
        .args(["--phases", "coverage,fuzzing", "--max-time", FUZZED, "--checks", checks])
        .args(["--seed", "7", "-H", &format!("Authorization: Bearer {TOKEN}")])
        .current_dir(folder.path())
        .output()
        .unwrap();
    succeeded(&output);
}
