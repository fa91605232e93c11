//! The protocol over HTTP: each message is a request of its own, and no stream is kept
//! open. Who may send one, and how long it may be, is seen to before (`listen`).

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request as HttpRequest, Response, StatusCode};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};

use super::handler::Handler;
use crate::serve::desk::Desk;
use crate::serve::http::{JSON, Problem, Reply, Request};

/// What the protocol wants a client to accept.
const ACCEPTED: &str = "application/json, text/event-stream";

/// Answers messages over HTTP.
pub(in crate::serve) struct Service(StreamableHttpService<Handler, NeverSessionManager>);

impl Service {
    /// Has calls answered by a desk.
    pub(in crate::serve) fn new(desk: Arc<Desk>) -> Self {
        let config = StreamableHttpServerConfig::default()
            .with_legacy_session_mode(false)
            .with_json_response(true)
            .with_max_request_body_bytes(desk.limits.body)
            .disable_allowed_hosts();
        let handler = Handler::new(desk);
        let handlers = move || Ok(handler.clone());
        Self(StreamableHttpService::new(handlers, Arc::default(), config))
    }

    /// Answers a message. Its work is ended when nobody waits for the answer any longer.
    pub(in crate::serve) async fn answer(
        &self,
        mut parts: Parts,
        request: &Request,
    ) -> Result<Reply, Problem> {
        // Answers are JSON here and never a stream, so that is all a client need accept.
        if request.accept.choose(&[(JSON, ())]).is_some() {
            parts.headers.insert(ACCEPT, HeaderValue::from_static(ACCEPTED));
        }
        let message = HttpRequest::from_parts(parts, Body::from(request.body.clone()));
        plain(self.0.handle(message).await.map(Body::new)).await
    }
}

/// A response as a plain value; one that is no message of the protocol is a problem.
async fn plain(response: Response<Body>) -> Result<Reply, Problem> {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await;
    let body = body.map_err(|error| Problem::new(500, error.to_string()))?.to_vec();
    let is_message = parts.headers.contains_key(CONTENT_TYPE) || parts.status.is_success();
    match parts.status {
        status if is_message => Ok(Reply { status: status.as_u16(), ..Reply::new(JSON, body) }),
        StatusCode::METHOD_NOT_ALLOWED => Err(Problem::method("POST")),
        status => Err(Problem::new(status.as_u16(), String::from_utf8_lossy(&body))),
    }
}
