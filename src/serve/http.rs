//! Requests and replies as plain values, apart from the library that sends them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::accept::Accept;
use super::fields::Fields;
use super::rights::Rights;

/// What somebody asks.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Request {
    /// `GET`, `POST`, …
    pub(super) method: String,
    /// The path, as it was sent.
    pub(super) path: String,
    /// The fields behind the path.
    pub(super) query: Fields,
    /// The formats that the asker reads.
    pub(super) accept: Accept,
    /// What the body is, without its parameters and in lower case.
    pub(super) content_type: Option<String>,
    /// What separates the fields of a form with files in it.
    pub(super) boundary: Option<String>,
    /// What the asker may do.
    pub(super) rights: Rights,
    /// How many changes this server has made: who has a state from before reads a new one.
    pub(super) changes: u64,
    /// Which page sent it.
    pub(super) origin: Option<String>,
    /// The name that the server was reached by, with scheme: `http://localhost:7878`.
    pub(super) address: String,
    /// What was sent along.
    #[serde(skip)]
    pub(super) body: Vec<u8>,
}

impl Request {
    /// Whether it only reads; `HEAD` is `GET` without the body.
    pub(super) fn is_get(&self) -> bool {
        self.method == "GET" || self.method == "HEAD"
    }

    /// Where a list is to begin.
    pub(super) fn start(&self) -> Result<usize, Problem> {
        match self.query.words("start") {
            None => Ok(0),
            Some(given) => {
                given.parse().map_err(|_| Problem::bad(format!("start={given}: no number")))
            }
        }
    }

    /// Whether it is a form.
    pub(super) fn is_form(&self) -> bool {
        self.content_type.as_deref() == Some("application/x-www-form-urlencoded")
    }

    /// The fields of the address and of a form.
    pub(super) fn fields(&self) -> Fields {
        let body = if self.is_form() { Fields::parse(&self.body) } else { Fields::default() };
        self.query.clone().with(body)
    }
}

/// What is sent back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Reply {
    /// The status.
    pub(super) status: u16,
    /// What the body is.
    pub(super) content_type: Cow<'static, str>,
    /// More headers.
    pub(super) headers: Vec<(Cow<'static, str>, String)>,
    /// What is sent.
    #[serde(skip)]
    pub(super) body: Vec<u8>,
}

/// The content type of pages.
pub(super) const HTML: &str = "text/html; charset=utf-8";
/// That of JSON.
pub(super) const JSON: &str = "application/json";

impl Reply {
    /// A reply that all is well.
    pub(super) fn new(
        content_type: impl Into<Cow<'static, str>>,
        body: impl Into<Vec<u8>>,
    ) -> Self {
        let content_type = content_type.into();
        Self { status: 200, content_type, headers: Vec::new(), body: body.into() }
    }

    /// A value as JSON.
    pub(super) fn json(value: &impl serde::Serialize) -> Self {
        let body = serde_json::to_vec(value).expect("plain data with text for keys has JSON");
        Self::new(JSON, body)
    }

    /// The same with another header.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Says that it differs by what the asker reads.
    pub(super) fn varying(self) -> Self {
        self.with("vary", "accept")
    }

    /// Sends the asker elsewhere.
    pub(super) fn see(path: impl Into<String>) -> Self {
        let reply = Self::new("text/plain; charset=utf-8", "");
        Self { status: 303, ..reply }.with("location", path)
    }
}

/// Why a request has no answer, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// The status.
    pub(super) status: u16,
    /// What is wrong, and what helps.
    pub(super) detail: String,
    /// The methods there are, where another was asked for.
    pub(super) allow: Option<&'static str>,
}

impl Problem {
    /// A problem with a status.
    pub(super) fn new(status: u16, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), allow: None }
    }

    /// The request is wrong.
    pub(super) fn bad(detail: impl Into<String>) -> Self {
        Self::new(400, detail)
    }

    /// There is no such thing here.
    pub(super) fn missing(what: &str) -> Self {
        Self::new(404, format!("{what}: not in this store; /search finds what is"))
    }

    /// The method is none of those here.
    pub(super) fn method(allow: &'static str) -> Self {
        Self { allow: Some(allow), ..Self::new(405, format!("only {allow} here")) }
    }

    /// The body is of a kind that is not read here.
    pub(super) fn unsupported(known: &str) -> Self {
        Self::new(415, format!("the body must be {known}; say so in Content-Type"))
    }

    /// The one that a reply tells of.
    pub(super) fn of(reply: &Reply) -> Self {
        let told: serde_json::Value = serde_json::from_slice(&reply.body).unwrap_or_default();
        let detail = told.get("detail").and_then(serde_json::Value::as_str).unwrap_or("no answer");
        Self::new(reply.status, detail)
    }

    /// The name of its status.
    pub(super) fn title(&self) -> &'static str {
        match self.status {
            400 => "Bad request",
            401 => "Sign in",
            403 => "Not allowed",
            404 => "Not found",
            405 => "Method not allowed",
            406 => "Not acceptable",
            409 => "Cannot be so",
            413 => "Too large",
            415 => "Unsupported media type",
            422 => "Not understood",
            423 => "Locked",
            503 => "Over the limit",
            507 => "Disk full",
            _ => "Error",
        }
    }

    /// It for programs.
    pub(super) fn reply(&self) -> Reply {
        let value = serde_json::json!({
            "title": self.title(), "status": self.status, "detail": self.detail,
        });
        let reply = Reply::json(&value);
        let content_type = "application/problem+json".into();
        let reply = Reply { status: self.status, content_type, ..reply };
        self.finished(reply)
    }

    /// A reply with the headers that belong to it.
    pub(super) fn finished(&self, reply: Reply) -> Reply {
        let reply = Reply { status: self.status, ..reply };
        match (self.status, self.allow) {
            (_, Some(allow)) => reply.with("allow", allow),
            (401, None) => reply.with("www-authenticate", "Bearer realm=\"reportedly\""),
            (423 | 503, None) => reply.with("retry-after", "5"),
            _ => reply,
        }
    }
}

impl From<crate::graph::StoreError> for Problem {
    fn from(error: crate::graph::StoreError) -> Self {
        Self::new(500, format!("the store cannot be read: {error}"))
    }
}
