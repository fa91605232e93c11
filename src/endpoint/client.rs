//! Asks an endpoint, and again after a while where it is busy.

use std::io::Read;
use std::time::Duration;

use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput,
};
use oxrdf::NamedNode;
use ureq::config::Config;
use ureq::http::{HeaderMap, Response};
use ureq::{Agent, Body};

use super::{Credentials, EndpointError};

/// The longest pause before it is asked again.
const LONGEST_WAIT: Duration = Duration::from_mins(2);
/// So much of what a server says of an error is shown.
const LONGEST_REASON: u64 = 600;

/// What an endpoint is asked with.
#[derive(Clone, Debug)]
pub struct ClientOptions {
    /// Where queries are answered.
    pub query: String,
    /// Where updates are taken.
    pub update: String,
    /// Where graphs are taken whole (Graph Store Protocol), if it has that.
    pub graphs: Option<String>,
    /// Who asks.
    pub credentials: Option<Credentials>,
    /// How long one answer may take.
    pub timeout: Duration,
    /// How often it is asked again where it fails or is busy.
    pub retries: u32,
}

impl ClientOptions {
    /// An endpoint that is asked for queries at an address. Updates are taken there,
    /// too, but where it ends in `/query`: then at its sibling `/update`.
    pub fn new(address: &str) -> Self {
        let update = match address.strip_suffix("/query") {
            Some(parent) => format!("{parent}/update"),
            None => address.to_owned(),
        };
        let (graphs, credentials, timeout) = (None, None, Duration::from_mins(10));
        Self { query: address.to_owned(), update, graphs, credentials, timeout, retries: 5 }
    }
}

/// Asks one endpoint.
pub struct Client {
    agent: Agent,
    options: ClientOptions,
}

/// What an endpoint is asked for.
enum Request<'a> {
    Query { sparql: &'a str, accept: &'static str },
    Update(&'a str),
    Put { graph: &'a NamedNode, lines: &'a str },
}

/// Rows, or yes or no, from an endpoint.
pub(super) type Answer = ReaderQueryResultsParserOutput<Box<dyn Read + Send>>;

impl Client {
    /// A client of an endpoint; nothing is asked yet.
    pub fn new(options: ClientOptions) -> Self {
        let agent = Config::builder()
            .http_status_as_error(false)
            .timeout_global(Some(options.timeout))
            .user_agent(concat!("reportedly/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: Agent::new_with_config(agent), options }
    }

    /// Whether graphs can be sent whole.
    pub(super) fn takes_graphs(&self) -> bool {
        self.options.graphs.is_some()
    }

    /// The address that queries go to.
    pub(super) fn address(&self) -> &str {
        &self.options.query
    }

    /// Asks a query that gives rows, or yes or no.
    pub(super) fn query(&self, sparql: &str) -> Result<Answer, EndpointError> {
        let accept = QueryResultsFormat::Json.media_type();
        let body = self.send(&Request::Query { sparql, accept })?;
        let parser = QueryResultsParser::from_format(QueryResultsFormat::Json);
        parser.for_reader(body).map_err(|error| self.not_an_answer(&error))
    }

    /// Asks a query that gives triples, as N-Triples.
    pub(super) fn triples(&self, sparql: &str) -> Result<Box<dyn Read + Send>, EndpointError> {
        self.send(&Request::Query { sparql, accept: "application/n-triples" })
    }

    /// Changes what the endpoint holds.
    pub(super) fn update(&self, sparql: &str) -> Result<(), EndpointError> {
        self.send(&Request::Update(sparql)).map(drop)
    }

    /// Puts a graph, in lines of N-Triples, in place of what the endpoint has of it.
    pub(super) fn put(&self, graph: &NamedNode, lines: &str) -> Result<(), EndpointError> {
        self.send(&Request::Put { graph, lines }).map(drop)
    }

    /// What it means that an answer cannot be read.
    pub(super) fn not_an_answer(&self, error: &impl ToString) -> EndpointError {
        EndpointError::NotAnAnswer {
            address: self.options.query.clone(),
            reason: error.to_string(),
        }
    }

    /// Asks until there is an answer, or it is no use.
    fn send(&self, request: &Request<'_>) -> Result<Box<dyn Read + Send>, EndpointError> {
        let mut pause = Duration::from_secs(1);
        let mut tries = 1;
        loop {
            let wait = match self.send_once(request) {
                Ok(response) if response.status().is_success() => {
                    warn_of_limit(response.headers());
                    return Ok(Box::new(response.into_body().into_reader()));
                }
                Ok(response) if tries <= self.options.retries && may_pass(&response) => {
                    retry_after(response.headers()).unwrap_or(pause)
                }
                Ok(response) => return Err(self.failure(request, response, tries)),
                Err(_) if tries <= self.options.retries => pause,
                Err(source) => {
                    let (address, source) = (self.target(request), Box::new(source));
                    return Err(EndpointError::Network { address, source });
                }
            };
            tries += 1;
            tracing::debug!(tries, "asked again");
            std::thread::sleep(wait.min(LONGEST_WAIT));
            pause *= 2;
        }
    }

    fn send_once(&self, request: &Request<'_>) -> Result<Response<Body>, ureq::Error> {
        let address = self.target(request);
        match request {
            Request::Query { sparql, accept } => {
                let form = format!("query={}", percent_encoded(sparql));
                let post = self.agent.post(address).header("Accept", *accept);
                self.authorized(post.content_type("application/x-www-form-urlencoded")).send(form)
            }
            Request::Update(sparql) => {
                let post = self.agent.post(address).content_type("application/sparql-update");
                self.authorized(post).send(*sparql)
            }
            Request::Put { lines, .. } => {
                let put = self.agent.put(address).content_type("application/n-triples");
                self.authorized(put).send(*lines)
            }
        }
    }

    fn authorized<B>(&self, request: ureq::RequestBuilder<B>) -> ureq::RequestBuilder<B> {
        match &self.options.credentials {
            Some(credentials) => request.header("Authorization", credentials.header()),
            None => request,
        }
    }

    /// The address that a request goes to.
    fn target(&self, request: &Request<'_>) -> String {
        match request {
            Request::Query { .. } => self.options.query.clone(),
            Request::Update(_) => self.options.update.clone(),
            Request::Put { graph, .. } => {
                let address = self.options.graphs.as_deref().unwrap_or(&self.options.update);
                let sign = if address.contains('?') { '&' } else { '?' };
                format!("{address}{sign}graph={}", percent_encoded(graph.as_str()))
            }
        }
    }

    fn failure(
        &self,
        request: &Request<'_>,
        response: Response<Body>,
        tries: u32,
    ) -> EndpointError {
        let (address, status) = (self.target(request), response.status().as_u16());
        let (what, bytes) = match request {
            Request::Query { sparql, .. } => ("queries", sparql.len()),
            Request::Update(sparql) => ("updates", sparql.len()),
            Request::Put { lines, .. } => ("graphs", lines.len()),
        };
        let reason = reason(response);
        match status {
            401 | 403 => EndpointError::Refused { address, status, reason },
            404 | 405 | 415 | 501 => EndpointError::NoEndpoint { address, status, what, reason },
            413 => EndpointError::TooLarge { address, bytes },
            _ => EndpointError::Fails { address, status, tries, reason },
        }
    }
}

/// Whether asking again may help.
fn may_pass(response: &Response<Body>) -> bool {
    matches!(response.status().as_u16(), 408 | 425 | 429 | 500 | 502..=504)
}

/// Tells of a limit of Virtuoso's, which cuts answers and says so in a header alone.
fn warn_of_limit(headers: &HeaderMap) {
    if let Some(rows) = headers.get("x-sparql-maxrows") {
        tracing::warn!("the endpoint gives no more than {rows:?} rows; there may be others");
    }
}

/// How long a server wants to be left alone: so many seconds, or until a moment, which is
/// counted from its own clock.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let wanted = text("retry-after")?;
    if let Ok(seconds) = wanted.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = |text| jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok();
    let (until, now) = (moment(wanted)?, moment(text("date")?)?);
    Duration::try_from(until.duration_since(now)).ok()
}

/// The beginning of what a server says of an error, on one line.
fn reason(response: Response<Body>) -> String {
    let mut bytes = Vec::new();
    let read = response.into_body().into_reader().take(LONGEST_REASON).read_to_end(&mut bytes);
    if let Err(error) = read {
        tracing::debug!(%error, "an answer breaks off");
    }
    crate::text::one_line(&String::from_utf8_lossy(&bytes))
}

/// Percent-encodes all that is no letter, digit or one of `-_.~`.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 5 / 4);
    for byte in text.bytes() {
        match byte {
            b'-' | b'_' | b'.' | b'~' => encoded.push(byte as char),
            _ if byte.is_ascii_alphanumeric() => encoded.push(byte as char),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updates_go_beside_queries() {
        let update = |address| ClientOptions::new(address).update;
        assert_eq!(update("http://x.example/news/query"), "http://x.example/news/update");
        assert_eq!(update("http://x.example/sparql"), "http://x.example/sparql");
    }

    fn check(headers: &[(&'static str, &str)], expected: Option<u64>) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        assert_eq!(retry_after(&map), expected.map(Duration::from_secs));
    }

    #[test]
    fn servers_say_when_to_come_again() {
        check(&[("retry-after", "7")], Some(7));
        let until = ("retry-after", "Fri, 31 May 2024 08:01:30 GMT");
        check(&[until, ("date", "Fri, 31 May 2024 08:00:00 GMT")], Some(90));
        check(&[until, ("date", "Fri, 31 May 2024 09:00:00 GMT")], None);
        check(&[until], None);
        check(&[], None);
    }

    #[test]
    fn what_has_a_meaning_in_forms_is_encoded() {
        assert_eq!(percent_encoded("?a=é&b #1"), "%3Fa%3D%C3%A9%26b%20%231");
    }
}
