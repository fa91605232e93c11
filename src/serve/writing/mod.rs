//! What is written through a server: articles, their withdrawal, decisions about
//! entities, SPARQL Update.
//!
//! In: requests of who has the token. Out: the change in the store, and a reply. The store is
//! opened for writing for one request at a time, so that readers and builds are not kept out:
//! who reads sees the state before, until the change is whole.

mod add;
mod decide;
mod multipart;
mod session;
mod update;
mod upload;

pub(super) use add::Writer;
pub(super) use multipart::boundary;
pub(super) use session::sign;

use super::http::{Problem, Reply, Request};
use super::rights::Rights;
use crate::graph::{Store, StoreError};
use crate::text::ArticleId;

/// Whether a request is to change the store.
pub(super) fn is_write(request: &Request) -> bool {
    match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/sparql") => update::is_update(request),
        ("POST", path) => ["/api/articles", "/add", "/withdraw", "/decide"].contains(&path),
        ("DELETE", path) => path.starts_with("/api/article/"),
        _ => false,
    }
}

/// Whether a request may be as long as an article, with what it was found in.
pub(super) fn is_upload(request: &Request) -> bool {
    let path = request.path.as_str();
    request.rights == Rights::Writer && ["/api/articles", "/add", "/sparql"].contains(&path)
}

/// Refuses who may not write.
pub(super) fn permitted(request: &Request) -> Result<(), Problem> {
    match request.rights {
        Rights::Writer => Ok(()),
        Rights::ReadOnly => Err(super::answer::read_only()),
        Rights::Reader => {
            let detail = "this needs the token that the server was started with: send it as \
                          Authorization: Bearer, or sign in at /sign-in";
            Err(Problem::new(401, detail))
        }
    }
}

/// Does what a request wants written.
pub(super) fn write(writer: &Writer, request: &Request) -> Result<Reply, Problem> {
    permitted(request)?;
    match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/sparql") => update::update(writer, request),
        ("POST", "/withdraw") => {
            let fields = request.fields();
            let article = fields.words("article").ok_or_else(|| Problem::bad("which article?"))?;
            withdraw(writer, article)?;
            Ok(Reply::see("/articles"))
        }
        ("POST", "/decide") => decide::decide(writer, request),
        ("POST", _) => add::add(writer, request),
        _ => {
            withdraw(writer, request.path.trim_start_matches("/api/"))?;
            Ok(Reply { status: 204, ..Reply::new("text/plain; charset=utf-8", "") })
        }
    }
}

/// Takes an article out of the store.
fn withdraw(writer: &Writer, article: &str) -> Result<(), Problem> {
    let store = open(writer)?;
    let id = ArticleId::new(article.strip_prefix("article/").unwrap_or(article));
    if store.digest(&id).map_err(unwritten)?.is_none() {
        return Err(Problem::missing(article));
    }
    store.remove(&[id]).map_err(unwritten)?;
    store.flush().map_err(unwritten)
}

/// The store, open for writing.
fn open(writer: &Writer) -> Result<Store, Problem> {
    Store::create(&writer.store, None).map_err(unwritten)
}

/// Why the store could not be written, and what helps.
fn unwritten(error: StoreError) -> Problem {
    match error {
        StoreError::Locked { .. } => {
            let detail = "another program writes this store now, perhaps a build; what you sent \
                          is not stored: send it again when that has ended";
            Problem::new(423, detail)
        }
        StoreError::Full { .. } => Problem::new(507, error.to_string()),
        _ => Problem::new(500, format!("the store cannot be written: {error}")),
    }
}
