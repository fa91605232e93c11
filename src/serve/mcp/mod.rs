//! The Model Context Protocol, <https://modelcontextprotocol.io/specification/>, for
//! assistants that answer with evidence.
//!
//! In: messages of JSON-RPC 2.0, one a line on standard input or one a request over
//! HTTP. Out: answers. Nothing is kept between messages, so there are no sessions.
//! This file knows the protocol; `tools` and `resources` know nothing of it, so that
//! another implementation of the protocol could stand here.

mod quotations;
mod resources;
mod tools;

use std::io::{BufRead, Write};

use serde_json::{Value, json};

use super::error::ServeError;
use super::http::{JSON, Problem, Reply, Request};
use super::scope::Scope;

/// The versions that are spoken, the newest first.
const VERSIONS: [&str; 3] = ["2025-11-25", "2025-06-18", "2025-03-26"];

const INSTRUCTIONS: &str = include_str!("../assets/mcp-instructions.txt");

/// Codes of JSON-RPC.
const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;
const UNKNOWN_METHOD: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;
const INTERNAL_ERROR: i64 = -32603;
const RESOURCE_MISSING: i64 = -32002;

/// Why a message is not answered: a code, and words.
struct Refusal(i64, String);

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(INVALID_PARAMS, problem.detail)
    }
}

/// Answers messages, one a line, until there are no more.
pub(super) fn over_lines(
    input: impl BufRead,
    mut output: impl Write,
    answer: impl Fn(&str) -> Result<Reply, Problem>,
) -> Result<(), ServeError> {
    for line in input.lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let reply = answer(&line).unwrap_or_else(|problem| unanswered(&line, &problem));
        if !reply.body.is_empty() {
            output.write_all(&reply.body)?;
            output.write_all(b"\n")?;
            output.flush()?;
        }
    }
    Ok(())
}

/// A message as a request.
pub(super) fn request(message: &str) -> Request {
    Request {
        method: "POST".to_owned(),
        path: "/mcp".to_owned(),
        content_type: Some(JSON.to_owned()),
        body: message.as_bytes().to_vec(),
        ..Request::default()
    }
}

/// What is said to a message that cannot be answered.
fn unanswered(line: &str, problem: &Problem) -> Reply {
    let message: Value = serde_json::from_str(line).unwrap_or_default();
    let id = message.get("id").unwrap_or(&Value::Null);
    Reply::json(&failed(id, &Refusal(INTERNAL_ERROR, problem.detail.clone())))
}

/// Answers at `/mcp`: each message is a request, and no stream is kept open.
pub(super) fn over_http(scope: &Scope<'_>, request: &Request) -> Result<Reply, Problem> {
    if request.method != "POST" {
        return Err(Problem::method("POST"));
    }
    if request.content_type.as_deref() != Some(JSON) {
        return Err(Problem::unsupported(JSON));
    }
    if let Some(version) = &request.mcp_version
        && !VERSIONS.contains(&version.as_str())
    {
        let known = VERSIONS.join(", ");
        let detail = format!("MCP-Protocol-Version {version}: only {known} are spoken here");
        return Err(Problem::bad(detail));
    }
    let reply = match serde_json::from_slice(&request.body) {
        Ok(message) => answer(scope, &message),
        Err(error) => Some(failed(&Value::Null, &Refusal(PARSE_ERROR, error.to_string()))),
    };
    Ok(match reply {
        Some(reply) => Reply::json(&reply),
        // A notification, or the answer to something never asked.
        None => Reply { status: 202, ..Reply::new(JSON, "") },
    })
}

/// The answer to a message; none to a notification.
fn answer(scope: &Scope<'_>, message: &Value) -> Option<Value> {
    let id = message.get("id");
    let method = message.get("method").and_then(Value::as_str);
    let is_ours = message.get("jsonrpc").and_then(Value::as_str) == Some("2.0");
    let (Some(method), true) = (method, is_ours) else {
        let is_answer = message.get("result").is_some() || message.get("error").is_some();
        let wrong = "a message has jsonrpc \"2.0\", method, and id unless it is a notification";
        let refusal = Refusal(INVALID_REQUEST, wrong.to_owned());
        return (!is_answer).then(|| failed(id.unwrap_or(&Value::Null), &refusal));
    };
    let id = id?;
    let parameters = message.get("params").unwrap_or(&Value::Null);
    Some(match result(scope, method, parameters) {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(refusal) => failed(id, &refusal),
    })
}

fn failed(id: &Value, Refusal(code, message): &Refusal) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
}

fn result(scope: &Scope<'_>, method: &str, parameters: &Value) -> Result<Value, Refusal> {
    let text = |name: &str| parameters.get(name).and_then(Value::as_str);
    match method {
        "initialize" => Ok(welcome(text("protocolVersion"))),
        "ping" => Ok(json!({})),
        "tools/list" => Ok(json!({ "tools": tools::list() })),
        "tools/call" => {
            let name = text("name").unwrap_or("");
            let empty = json!({});
            let given = parameters.get("arguments").unwrap_or(&empty);
            called(tools::call(scope, name, given), name)
        }
        "resources/list" => {
            let start = cursor(text("cursor"))?;
            Ok(resources::list(scope, start))
        }
        "resources/templates/list" => Ok(resources::templates(scope)),
        "resources/read" => {
            let uri = text("uri").unwrap_or("");
            let read = resources::read(scope, uri)?;
            read.ok_or_else(|| Refusal(RESOURCE_MISSING, format!("{uri}: no such resource")))
        }
        other => Err(Refusal(UNKNOWN_METHOD, format!("{other}: not spoken here"))),
    }
}

/// A cursor that an earlier answer gave.
fn cursor(given: Option<&str>) -> Result<usize, Refusal> {
    let wrong = |given| Refusal(INVALID_PARAMS, format!("cursor {given}: not one that was given"));
    given.map_or(Ok(0), |given| given.parse().map_err(|_| wrong(given)))
}

/// What a tool gave, or why it could not, which the model is to read.
fn called(outcome: Option<Result<Value, Problem>>, name: &str) -> Result<Value, Refusal> {
    let words = |value: &Value| json!([{ "type": "text", "text": value.to_string() }]);
    match outcome {
        None => Err(Refusal(INVALID_PARAMS, format!("{name}: no such tool"))),
        Some(Ok(value)) => Ok(json!({
            "content": words(&value), "structuredContent": value, "isError": false,
        })),
        Some(Err(problem)) => Ok(json!({
            "content": [{ "type": "text", "text": problem.detail }], "isError": true,
        })),
    }
}

fn welcome(asked: Option<&str>) -> Value {
    let newest = VERSIONS.first().copied();
    let spoken = VERSIONS.iter().copied().find(|version| Some(*version) == asked).or(newest);
    json!({
        "protocolVersion": spoken,
        "capabilities": { "tools": {}, "resources": {} },
        "serverInfo": {
            "name": "reportedly",
            "title": "Reportedly",
            "version": env!("CARGO_PKG_VERSION"),
        },
        "instructions": INSTRUCTIONS.trim(),
    })
}
