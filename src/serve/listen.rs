//! The edge to the network: requests of the library become values, and replies are
//! sent with the headers that every one of them has.

use std::future::{Future, poll_fn};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, HttpBody as _};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request as HttpRequest, Response};
use tokio::net::TcpListener;

use super::accept::Accept;
use super::desk::Desk;
use super::error::ServeError;
use super::fields::Fields;
use super::http::{Problem, Reply, Request};
use super::routes;

/// How often it is looked whether something was published.
const FOLLOWED: Duration = Duration::from_secs(1);
/// What is being answered has so long after the server was told to stop.
const FAREWELL: Duration = Duration::from_secs(5);
/// A body must have come within so long.
const RECEIVED: Duration = Duration::from_secs(20);

/// Nothing is loaded from elsewhere, and no script or style stands in a page.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// Who may reach the server, and from where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Door {
    /// Whether it listens on this machine only.
    pub(super) is_local: bool,
    /// Further names of it.
    pub(super) hosts: Vec<String>,
    /// Pages of these sites may read what is made for programs; `*` for all.
    pub(super) origins: Vec<String>,
}

impl Door {
    /// Whether a request that names this host is meant for this server. Pages of other
    /// sites that have their own name point to this machine are kept out so.
    fn is_ours(&self, host: &str) -> bool {
        let name = name_of(host);
        !self.is_local || is_local(name) || self.hosts.iter().any(|ours| ours == name)
    }

    /// The sites that may read a reply; none where only our own pages may.
    fn lets_in(&self, origin: Option<&str>, path: &str) -> Option<String> {
        let origin = origin?;
        let is_let_in = self.origins.iter().any(|site| site == "*" || site == origin);
        (is_let_in && routes::is_open(path)).then(|| origin.to_owned())
    }

    /// Whether a message for agents may come from a page of this site.
    fn may_send(&self, origin: Option<&str>) -> bool {
        origin.is_none_or(|origin| {
            let host = origin.split_once("://").map_or(origin, |(_, host)| host);
            is_local(name_of(host)) || self.origins.iter().any(|site| site == origin)
        })
    }
}

/// A host without its port.
fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

fn is_local(name: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].contains(&name)
}

/// What every request is answered with.
struct Server {
    desk: Arc<Desk>,
    door: Door,
}

/// Serves until the future ends; then what is being answered is finished.
pub(super) async fn serve(
    address: SocketAddr,
    desk: Arc<Desk>,
    door: Door,
    started: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let bound = TcpListener::bind(address).await;
    let listener = bound.map_err(|error| ServeError::Bind { address, error })?;
    started(listener.local_addr()?);
    prepare(Arc::clone(&desk));
    let follower = tokio::spawn(follow(Arc::clone(&desk)));
    let app = Router::new().fallback(handle).with_state(Arc::new(Server { desk, door }));
    let (told, stopping) = tokio::sync::oneshot::channel();
    let signal = async move {
        stop.await;
        // Nobody listens when the server has failed.
        let _ = told.send(());
    };
    let serving = axum::serve(listener, app).with_graceful_shutdown(signal);
    let serving = async move { serving.await };
    tokio::pin!(serving);
    let farewell = async move {
        // It is never told when the server has failed.
        let _ = stopping.await;
        tokio::time::sleep(FAREWELL).await;
    };
    tokio::pin!(farewell);
    let ended = first(&mut serving, &mut farewell).await;
    follower.abort();
    Ok(ended.unwrap_or(Ok(()))?)
}

/// What the first future gives, or none where the second ends before it.
async fn first<T>(
    mut one: impl Future<Output = T> + Unpin,
    mut other: impl Future<Output = ()> + Unpin,
) -> Option<T> {
    poll_fn(|context| {
        use std::task::Poll;
        if let Poll::Ready(done) = Pin::new(&mut one).poll(context) {
            return Poll::Ready(Some(done));
        }
        Pin::new(&mut other).poll(context).map(|()| None)
    })
    .await
}

/// Counts what the first page shows, before somebody asks for it.
fn prepare(desk: Arc<Desk>) {
    tokio::task::spawn_blocking(move || {
        if let Err(error) = desk.views.current().sources() {
            tracing::warn!("sources cannot be counted: {error}");
        }
        desk.prepare();
    });
}

/// Moves to what is published, as long as the server lives.
async fn follow(desk: Arc<Desk>) {
    loop {
        tokio::time::sleep(FOLLOWED).await;
        let desk = Arc::clone(&desk);
        match tokio::task::spawn_blocking(move || desk.views.follow()).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!("the store cannot be read anew: {error}"),
            Err(error) => tracing::error!("the store cannot be followed: {error}"),
        }
    }
}

async fn handle(State(server): State<Arc<Server>>, request: HttpRequest<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let text = |name| text(&parts.headers, name);
    let origin = text("origin");
    let path = parts.uri.path().to_owned();
    let host = text("host").or_else(|| parts.uri.host().map(str::to_owned)).unwrap_or_default();
    let mut request = Request {
        method: parts.method.as_str().to_owned(),
        query: Fields::parse(parts.uri.query().unwrap_or("").as_bytes()),
        accept: Accept::parse(&text("accept").unwrap_or_default()),
        content_type: text("content-type").map(|kind| media_type(&kind)),
        mcp_version: text("mcp-protocol-version"),
        address: format!("http://{host}"),
        origin,
        path,
        body: Vec::new(),
    };
    let reply = match server.admitted(&request, &host) {
        Err(problem) => routes::refusal(&request, &problem),
        Ok(()) if request.method == "OPTIONS" => options(),
        Ok(()) => match received(body, server.desk.limits.body).await {
            Ok(bytes) => {
                request.body = bytes;
                Arc::clone(&server.desk).answer(request.clone()).await
            }
            Err(problem) => routes::refusal(&request, &problem),
        },
    };
    server.sent(reply, &request)
}

impl Server {
    fn admitted(&self, request: &Request, host: &str) -> Result<(), Problem> {
        if !self.door.is_ours(host) {
            let detail = format!("{host}: this server has another name; --host adds one");
            return Err(Problem::new(403, detail));
        }
        if request.path == "/mcp" && !self.door.may_send(request.origin.as_deref()) {
            let detail =
                "messages from pages of other sites are refused; --allow-origin lets one in";
            return Err(Problem::new(403, detail));
        }
        Ok(())
    }

    /// The reply with the headers that all have.
    fn sent(&self, reply: Reply, request: &Request) -> Response<Body> {
        let mut response = Response::new(Body::from(reply.body));
        *response.status_mut() = reply.status.try_into().unwrap_or_default();
        let headers = response.headers_mut();
        let mut add = |name: &str, value: &str| {
            let name = HeaderName::from_bytes(name.as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
                headers.append(name, value);
            }
        };
        add("content-type", &reply.content_type);
        add("content-security-policy", POLICY);
        add("x-content-type-options", "nosniff");
        add("referrer-policy", "no-referrer");
        for (name, value) in &reply.headers {
            add(name, value);
        }
        if let Some(site) = self.door.lets_in(request.origin.as_deref(), &request.path) {
            add("access-control-allow-origin", &site);
            add("vary", "origin");
            add("access-control-allow-methods", "GET, HEAD, POST, OPTIONS");
            add("access-control-allow-headers", "accept, content-type");
        }
        response
    }
}

/// The answer to whoever asks what may be asked.
fn options() -> Reply {
    let reply = Reply::new("text/plain; charset=utf-8", "");
    Reply { status: 204, ..reply }.with("allow", "GET, HEAD, POST, OPTIONS")
}

/// A body, if it is no longer than allowed and comes in time. Of a longer one some more
/// is read and thrown away, so that its sender gets to hear why it is refused.
async fn received(mut body: Body, most: usize) -> Result<Vec<u8>, Problem> {
    const THROWN_AWAY: usize = 16;
    let (mut bytes, mut total) = (Vec::new(), 0);
    let reading = async {
        while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
            let frame = frame.map_err(|error| Problem::bad(format!("the body: {error}")))?;
            let Ok(data) = frame.into_data() else { continue };
            total += data.len();
            if total <= most {
                bytes.extend_from_slice(&data);
            } else if total > most.saturating_mul(THROWN_AWAY) {
                break;
            }
        }
        if total > most { Err(too_large(most)) } else { Ok(bytes) }
    };
    let late = |_| Problem::bad("the body did not come in time");
    tokio::time::timeout(RECEIVED, reading).await.map_err(late)?
}

fn too_large(most: usize) -> Problem {
    Problem::new(413, format!("the body is longer than {most} bytes; --max-body lets more in"))
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let all: Vec<&str> =
        headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
    (!all.is_empty()).then(|| all.join(","))
}

/// A content type without its parameters.
fn media_type(header: &str) -> String {
    header.split(';').next().unwrap_or(header).trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_reach_a_local_server() {
        let door = Door { is_local: true, hosts: vec!["desk.example".into()], origins: vec![] };
        for host in ["localhost:7878", "127.0.0.1", "[::1]:80", "desk.example:7878"] {
            assert!(door.is_ours(host), "{host}");
        }
        assert!(!door.is_ours("evil.example:7878"));
        assert!(!door.is_ours("localhost.evil.example"));
        assert!(Door::default().is_ours("anything.example"));
    }

    #[test]
    fn other_sites_read_where_they_are_let_in() {
        let door =
            Door { is_local: true, hosts: vec![], origins: vec!["https://a.example".into()] };
        assert_eq!(
            door.lets_in(Some("https://a.example"), "/sparql"),
            Some("https://a.example".into())
        );
        assert_eq!(door.lets_in(Some("https://b.example"), "/sparql"), None);
        assert_eq!(door.lets_in(Some("https://a.example"), "/mcp"), None);
        assert_eq!(door.lets_in(None, "/sparql"), None);
        assert!(door.may_send(None) && door.may_send(Some("http://localhost:3000")));
        assert!(!door.may_send(Some("https://b.example")));
    }
}
