//! The Model Context Protocol, <https://modelcontextprotocol.io/specification/>, for
//! assistants that answer with evidence, by its official library.
//!
//! In: messages, one a line on standard input (`lines`) or one a request over HTTP
//! (`http`). Out: answers. Each call is worked on as a plain request (`assistant`), as any
//! other query is. Nothing is kept between messages, so there are no sessions.

mod handler;
mod http;
mod lines;

pub(super) use handler::Handler;
pub(super) use http::Service;
pub(super) use lines::over_lines;
