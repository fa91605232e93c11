//! The edge to the network: requests of the library become values, and replies are
//! sent with the headers that every one of them has. Messages of assistants go to the
//! protocol's own library (`mcp`), after the same checks.

use std::future::{Future, poll_fn};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, HttpBody as _};
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request as HttpRequest, Response};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::accept::Accept;
use super::assistant;
use super::connections;
use super::desk::Desk;
use super::error::ServeError;
use super::fields::Fields;
use super::http::{Problem, Reply, Request};
use super::mcp;
use super::rights::{Credentials, Gate, Rights};
use super::routes;
use super::writing;

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
#[derive(Default)]
pub(super) struct Door {
    /// Whether it listens on this machine only.
    pub(super) is_local: bool,
    /// Further names of it.
    pub(super) hosts: Vec<String>,
    /// Pages of these sites may read what is made for programs; `*` for all.
    pub(super) origins: Vec<String>,
    /// Who may write; nobody, if there is none.
    pub(super) gate: Option<Gate>,
}

impl Door {
    /// What an asker may do. `is_ours` tells whether no page of another site sent it.
    fn rights(&self, headers: &HeaderMap, is_ours: bool) -> Rights {
        let header = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let (authorization, cookie) = (header("authorization"), header("cookie"));
        let given = Credentials { authorization, cookie, is_ours };
        self.gate.as_ref().map_or(Rights::ReadOnly, |gate| gate.rights(given))
    }

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
    assistants: mcp::Service,
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
    let assistants = mcp::Service::new(Arc::clone(&desk));
    let server = Arc::new(Server { desk, assistants, door });
    let app = Router::new().fallback(handle).with_state(server);
    let (told, stopping) = watch::channel(false);
    let serving = connections::serve(listener, app, stopping);
    let stopped = async move {
        stop.await;
        // Nobody listens when the server has failed.
        let _ = told.send(true);
        tokio::time::sleep(FAREWELL).await;
    };
    let (serving, stopped) = (std::pin::pin!(serving), std::pin::pin!(stopped));
    let ended = first(serving, stopped).await;
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

/// Reads what pages need, before somebody asks for it.
fn prepare(desk: Arc<Desk>) {
    tokio::task::spawn_blocking(move || {
        desk.prepare();
        if let Err(error) = desk.views.current().prepare() {
            tracing::warn!("the store cannot be read: {error}");
        }
    });
}

/// Moves to what is published, as long as the server lives.
async fn follow(desk: Arc<Desk>) {
    loop {
        tokio::time::sleep(FOLLOWED).await;
        let desk = Arc::clone(&desk);
        let follow = move || desk.views.follow().and_then(|_| desk.views.catch_up());
        match tokio::task::spawn_blocking(follow).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!("the store cannot be read anew: {error}"),
            Err(error) => tracing::error!("the store cannot be followed: {error}"),
        }
    }
}

async fn handle(State(server): State<Arc<Server>>, request: HttpRequest<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let host = text(&parts.headers, "host");
    let host = host.or_else(|| parts.uri.host().map(str::to_owned)).unwrap_or_default();
    let mut request = asked(&parts, &host);
    let is_ours = request.is_get() || is_of(request.origin.as_deref(), &host);
    request.rights = server.door.rights(&parts.headers, is_ours);
    let reply = server.reply(&mut request, (parts, body), &host, is_ours).await;
    let reply = reply.unwrap_or_else(|problem| routes::refusal(&request, &problem));
    server.sent(reply, &request)
}

/// A request without its body, as a plain value.
fn asked(parts: &Parts, host: &str) -> Request {
    let text = |name| text(&parts.headers, name);
    let content_type = text("content-type");
    Request {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: Fields::parse(parts.uri.query().unwrap_or("").as_bytes()),
        accept: Accept::parse(&text("accept").unwrap_or_default()),
        boundary: content_type.as_deref().and_then(writing::boundary).map(str::to_owned),
        content_type: content_type.map(|kind| media_type(&kind)),
        address: format!("http://{host}"),
        origin: text("origin"),
        ..Request::default()
    }
}

/// Whether a page of this server sent a request, by what its browser says.
fn is_of(origin: Option<&str>, host: &str) -> bool {
    origin.and_then(|origin| origin.split_once("://")).is_some_and(|(_, from)| from == host)
}

impl Server {
    /// The reply to a request, whose body is read here, if it may come in.
    async fn reply(
        &self,
        request: &mut Request,
        (parts, body): (Parts, Body),
        host: &str,
        is_ours: bool,
    ) -> Result<Reply, Problem> {
        self.admitted(request, host)?;
        if request.method == "OPTIONS" {
            return Ok(options());
        }
        let limits = self.desk.limits;
        let most = if writing::is_upload(request) { limits.upload } else { limits.body };
        request.body = received(body, most).await?;
        if request.path == assistant::PATH {
            return self.assistants.answer(parts, request).await;
        }
        let signed = self.door.gate.as_ref().and_then(|gate| writing::sign(gate, request, is_ours));
        match signed {
            Some(reply) => reply,
            None => Ok(Arc::clone(&self.desk).answer(request.clone()).await),
        }
    }

    fn admitted(&self, request: &Request, host: &str) -> Result<(), Problem> {
        if !self.door.is_ours(host) {
            let detail = format!("{host}: this server has another name; --host adds one");
            return Err(Problem::new(403, detail));
        }
        if request.path == assistant::PATH && !self.door.may_send(request.origin.as_deref()) {
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
        // Not `no-referrer`: with that, browsers do not say that our own forms are ours.
        add("referrer-policy", "same-origin");
        for (name, value) in &reply.headers {
            add(name, value);
        }
        if let Some(site) = self.door.lets_in(request.origin.as_deref(), &request.path) {
            add("access-control-allow-origin", &site);
            add("vary", "origin");
            add("access-control-allow-methods", "GET, HEAD, POST, DELETE, OPTIONS");
            add("access-control-allow-headers", "accept, authorization, content-type");
        }
        response
    }
}

/// The answer to whoever asks what may be asked.
fn options() -> Reply {
    let reply = Reply::new("text/plain; charset=utf-8", "");
    Reply { status: 204, ..reply }.with("allow", "GET, HEAD, POST, DELETE, OPTIONS")
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
    fn our_own_pages_are_known_by_their_origin() {
        assert!(is_of(Some("http://localhost:7878"), "localhost:7878"));
        for other in ["http://localhost:3000", "https://evil.example", "null", ""] {
            assert!(!is_of(Some(other), "localhost:7878"), "{other}");
        }
        assert!(!is_of(None, "localhost:7878"));
    }

    #[test]
    fn only_our_own_names_reach_a_local_server() {
        let hosts = vec!["desk.example".into()];
        let door = Door { is_local: true, hosts, ..Door::default() };
        for host in ["localhost:7878", "127.0.0.1", "[::1]:80", "desk.example:7878"] {
            assert!(door.is_ours(host), "{host}");
        }
        assert!(!door.is_ours("evil.example:7878"));
        assert!(!door.is_ours("localhost.evil.example"));
        assert!(Door::default().is_ours("anything.example"));
    }

    #[test]
    fn other_sites_read_where_they_are_let_in() {
        let origins = vec!["https://a.example".into()];
        let door = Door { is_local: true, origins, ..Door::default() };
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
