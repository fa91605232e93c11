//! Asks servers for pages: politely (robots.txt, a pause between two pages of a
//! host, only what has changed), and within limits (time, size, redirects, public
//! addresses).

use std::collections::HashMap;
use std::io::{self, Read};
use std::time::{Duration, Instant};

use oxiri::Iri;
use ureq::config::Config;
use ureq::http::header::{HeaderMap, LOCATION, RETRY_AFTER};
use ureq::http::{Response, StatusCode};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};

use super::address::{PRIVATE, PublicOnly};
use super::robots::{NAME, Robots};

/// What a client keeps to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// How long one answer may take, in all.
    pub(super) time: Duration,
    /// How long to wait between two pages of a host.
    pub(super) delay: Duration,
    /// The most bytes of a page.
    pub(super) size: u64,
    /// How often to ask again where that may help.
    pub(super) retries: u32,
    /// Whether hosts of one's own network may be asked.
    pub(super) allow_private: bool,
}

/// So many redirects are followed.
const REDIRECTS: usize = 10;
/// Nobody waits longer before asking again.
const LONGEST_WAIT: Duration = Duration::from_mins(1);
/// The most bytes of a robots.txt that are heeded.
const LONGEST_ROBOTS: u64 = 512 << 10;

/// Why a page was not fetched.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    #[error("{0}: no address of a page; it begins with http:// or https://")]
    Address(String),
    #[error("{0}: its robots.txt does not let programs fetch it")]
    Robots(String),
    #[error("{address}: {reason}; --allow-private lets programs of your own network be asked")]
    Private { address: String, reason: String },
    #[error("{0}: redirects in a circle, or more than {REDIRECTS}")]
    Redirects(String),
    #[error("{address}: answers with {status}")]
    Status { address: String, status: StatusCode },
    #[error("{address}: longer than {limit} bytes")]
    TooLong { address: String, limit: u64 },
    #[error("{address}: {source}")]
    Network { address: String, source: ureq::Error },
    #[error("{address}: the answer breaks off: {source}")]
    CutOff { address: String, source: io::Error },
}

/// What a server said of a page, for asking whether it has changed.
#[derive(Clone, Debug, Default)]
pub(super) struct Conditions {
    pub(super) etag: Option<String>,
    pub(super) modified: Option<String>,
}

/// What a server answered.
pub(super) struct Answer {
    /// The address that was asked.
    pub(super) address: String,
    pub(super) status: u16,
    head: String,
    pub(super) body: Vec<u8>,
    /// Where the page is instead.
    location: Option<String>,
    retry_after: Option<Duration>,
}

impl Answer {
    /// The answer as it came, but for chunks.
    pub(super) fn bytes(&self) -> Vec<u8> {
        [self.head.as_bytes(), b"\r\n", self.body.as_slice()].concat()
    }
}

/// Asks for pages, one at a time.
pub(super) struct Client {
    agent: Agent,
    limits: Limits,
    hosts: HashMap<String, Host>,
}

/// What is known of a host.
struct Host {
    robots: Robots,
    last: Option<Instant>,
}

impl Client {
    pub(super) fn new(limits: Limits) -> Self {
        let config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_global(Some(limits.time))
            .user_agent(format!(
                "{NAME}/{} (+{})",
                env!("CARGO_PKG_VERSION"),
                env!("CARGO_PKG_HOMEPAGE")
            ))
            .accept_encoding("gzip")
            .build();
        let inner = DefaultResolver::default();
        let resolver = PublicOnly { allow_private: limits.allow_private, inner };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { agent, limits, hosts: HashMap::new() }
    }

    /// Fetches a page: the answers on the way to it, the page's own as the last.
    pub(super) fn fetch(
        &mut self,
        address: &str,
        conditions: impl Fn(&str) -> Conditions,
    ) -> Result<Vec<Answer>, FetchError> {
        let mut answers: Vec<Answer> = Vec::new();
        let mut address = address.to_owned();
        loop {
            let circle = answers.iter().any(|answer| answer.address == address);
            if circle || answers.len() > REDIRECTS {
                return Err(FetchError::Redirects(address));
            }
            self.wait_for_turn(&address)?;
            let answer = self.ask_patiently(&address, &conditions(&address))?;
            match (answer.status, &answer.location) {
                (200 | 304, _) => {
                    answers.push(answer);
                    return Ok(answers);
                }
                (300..=399, Some(location)) => {
                    let target = resolved(&address, location)?;
                    answers.push(answer);
                    address = target;
                }
                (status, _) => {
                    let status = StatusCode::from_u16(status).expect("it came as a status");
                    return Err(FetchError::Status { address, status });
                }
            }
        }
    }

    /// Waits until a host may be asked for a page, if it lets itself be asked at all.
    fn wait_for_turn(&mut self, address: &str) -> Result<(), FetchError> {
        let (site, path) = site_and_path(address)?;
        if !self.hosts.contains_key(&site) {
            let host = Host { robots: self.robots(&site)?, last: None };
            self.hosts.insert(site.clone(), host);
        }
        let host = self.hosts.get_mut(&site).expect("it was put there");
        if !host.robots.allows(&path) {
            return Err(FetchError::Robots(address.to_owned()));
        }
        let delay = self.limits.delay.max(host.robots.delay.unwrap_or_default());
        if let Some(last) = host.last {
            std::thread::sleep(delay.saturating_sub(last.elapsed()));
        }
        host.last = Some(Instant::now());
        Ok(())
    }

    /// The rules of a site. One that has none allows all; one that does not
    /// answer, nothing.
    fn robots(&self, site: &str) -> Result<Robots, FetchError> {
        let address = format!("{site}/robots.txt");
        let answer = match self.ask(&address, &Conditions::default(), LONGEST_ROBOTS) {
            Err(error @ FetchError::Private { .. }) => return Err(error),
            // Whatever stands behind what is heeded is passed over.
            Err(FetchError::TooLong { .. }) => return Ok(Robots::default()),
            Err(error) => {
                tracing::warn!("{error}; nothing of it is fetched");
                return Ok(Robots::nothing());
            }
            Ok(answer) => answer,
        };
        Ok(match answer.status {
            200 => Robots::parse(&String::from_utf8_lossy(&unzipped(&answer.body))),
            500.. => Robots::nothing(),
            _ => Robots::default(),
        })
    }

    /// Asks, and again after a while where the server or the network may have
    /// had a bad moment.
    fn ask_patiently(&self, address: &str, seen: &Conditions) -> Result<Answer, FetchError> {
        let mut pause = Duration::from_secs(1);
        let mut tries = 0;
        loop {
            let answer = self.ask(address, seen, self.limits.size);
            let wait = match &answer {
                Ok(answer) if matches!(answer.status, 429 | 500 | 502..=504) => {
                    answer.retry_after.unwrap_or(pause)
                }
                Err(FetchError::Network { source, .. }) if may_pass(source) => pause,
                Err(FetchError::CutOff { .. }) => pause,
                _ => return answer,
            };
            if tries == self.limits.retries {
                return answer;
            }
            tries += 1;
            tracing::debug!(address, tries, "asked again");
            std::thread::sleep(wait.min(LONGEST_WAIT));
            pause *= 2;
        }
    }

    fn ask(&self, address: &str, seen: &Conditions, limit: u64) -> Result<Answer, FetchError> {
        let mut request = self.agent.get(address);
        if let Some(etag) = &seen.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(modified) = &seen.modified {
            request = request.header("If-Modified-Since", modified);
        }
        match request.call() {
            Ok(response) => answer(address, response, limit),
            Err(source) => Err(network_error(address, source)),
        }
    }
}

fn network_error(address: &str, source: ureq::Error) -> FetchError {
    let (address, reason) = (address.to_owned(), source.to_string());
    match reason.find(PRIVATE) {
        Some(at) => FetchError::Private { address, reason: reason[at..].to_owned() },
        None => FetchError::Network { address, source },
    }
}

fn answer(address: &str, response: Response<Body>, limit: u64) -> Result<Answer, FetchError> {
    let (parts, body) = response.into_parts();
    let mut bytes = Vec::new();
    let read = body.into_reader().take(limit.saturating_add(1)).read_to_end(&mut bytes);
    let address = address.to_owned();
    if let Err(source) = read {
        return Err(FetchError::CutOff { address, source });
    }
    if bytes.len() as u64 > limit {
        return Err(FetchError::TooLong { address, limit });
    }
    let seconds = value(&parts.headers, RETRY_AFTER.as_str()).and_then(|s| s.parse().ok());
    Ok(Answer {
        address,
        status: parts.status.as_u16(),
        head: head(parts.status, &parts.headers),
        body: bytes,
        location: value(&parts.headers, LOCATION.as_str()),
        retry_after: seconds.map(Duration::from_secs),
    })
}

fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// The head of an answer, as it came but for the chunks, which are put together.
fn head(status: StatusCode, headers: &HeaderMap) -> String {
    let mut head = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in headers {
        if name != "transfer-encoding" {
            let value = String::from_utf8_lossy(value.as_bytes());
            head.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    head
}

/// Whether asking again may help.
fn may_pass(error: &ureq::Error) -> bool {
    use ureq::Error::{ConnectionFailed, Io, Timeout};
    matches!(error, Io(_) | Timeout(_) | ConnectionFailed)
}

/// The body of an answer that may be compressed.
pub(super) fn unzipped(body: &[u8]) -> Vec<u8> {
    /// The longest list of addresses.
    const LONGEST: u64 = 64 << 20;
    if !body.starts_with(&[0x1F, 0x8B]) {
        return body.to_vec();
    }
    let mut bytes = Vec::new();
    let unzipped = flate2::read::MultiGzDecoder::new(body).take(LONGEST).read_to_end(&mut bytes);
    if let Err(error) = unzipped {
        tracing::debug!(%error, "a compressed answer breaks off");
    }
    bytes
}

/// An address that another names, which may be relative to it.
pub(super) fn resolved(base: &str, target: &str) -> Result<String, FetchError> {
    let wrong = |_| FetchError::Address(target.to_owned());
    let base = Iri::parse(base).map_err(wrong)?;
    let target = base.resolve(target).map_err(wrong)?;
    let address = target.as_str().split('#').next().expect("splitting gives one piece at least");
    site_and_path(address)?;
    Ok(address.to_owned())
}

/// Scheme and host of an address, and its path with its query.
fn site_and_path(address: &str) -> Result<(String, String), FetchError> {
    let wrong = || FetchError::Address(address.to_owned());
    let iri = Iri::parse(address).map_err(|_| wrong())?;
    let host = iri.authority().filter(|host| !host.is_empty()).ok_or_else(wrong)?;
    let scheme = iri.scheme().to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https") {
        return Err(wrong());
    }
    let path = if iri.path().is_empty() { "/" } else { iri.path() };
    let path = match iri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    Ok((format!("{scheme}://{}", host.to_ascii_lowercase()), path))
}
