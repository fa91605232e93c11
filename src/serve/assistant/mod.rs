//! What an assistant may ask: tools, and resources to read by their address. Nothing here
//! knows the protocol that it asks by (`mcp`).
//!
//! In: a call, as the body of a plain request, so that it is worked on like any query: in
//! turn, within the limits, and by a process that can be ended. Out: JSON.

mod part;
mod quotations;
mod resources;
mod tools;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::http::{JSON, Problem, Reply, Request};
use super::scope::Scope;
pub(super) use part::Part;

/// Where calls are sent. From outside, exactly this path leads to the protocol (`listen`),
/// so that no call comes here but by it.
pub(super) const PATH: &str = "/mcp";

/// The descriptions of the tools, as JSON.
pub(super) const TOOLS: &str = include_str!("../assets/mcp-tools.json");

/// What an assistant asks.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Call {
    /// What a tool gives.
    Tool {
        /// Its name.
        name: String,
        /// Its arguments.
        arguments: Map<String, Value>,
    },
    /// Some of the resources there are.
    Resources {
        /// Where to go on, as an earlier answer said.
        cursor: Option<String>,
    },
    /// What the addresses of resources look like.
    Templates,
    /// A resource.
    Resource {
        /// Its address.
        uri: String,
    },
}

impl Call {
    /// It as a request of this program to itself.
    pub(super) fn request(&self) -> Request {
        Request {
            method: "POST".to_owned(),
            path: PATH.to_owned(),
            content_type: Some(JSON.to_owned()),
            body: Reply::json(self).body,
            ..Request::default()
        }
    }
}

/// Answers a call.
pub(super) fn answer(scope: &Scope<'_>, request: &Request) -> Result<Reply, Problem> {
    let call = serde_json::from_slice(&request.body);
    let call = call.map_err(|error| Problem::bad(format!("no call: {error}")))?;
    let answer = match call {
        Call::Tool { name, arguments } => tools::call(scope, &name, arguments)?,
        Call::Resources { cursor } => json!(resources::list(scope, cursor.as_deref())?),
        Call::Templates => resources::templates(scope),
        Call::Resource { uri } => resources::read(scope, &uri)?,
    };
    Ok(Reply::json(&answer))
}
