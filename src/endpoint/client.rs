//! Asks an endpoint, and again after a while where it is busy.

use std::io::Read;
use std::time::Duration;

use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput,
};
use oxrdf::NamedNode;
use ureq::http::{HeaderMap, Response};
use ureq::{Agent, Body};

use super::{Credentials, EndpointError};
use crate::web::{self, Failure};

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
        Self { agent: web::agent(options.timeout), options }
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
        match web::patiently(self.options.retries, || self.send_once(request)) {
            Ok(response) => {
                warn_of_limit(response.headers());
                Ok(Box::new(response.into_body().into_reader()))
            }
            Err(Failure::Answer(response, tries)) => Err(self.failure(request, response, tries)),
            Err(Failure::Network(source)) => {
                Err(EndpointError::Network { address: self.target(request), source })
            }
        }
    }

    fn send_once(&self, request: &Request<'_>) -> Result<Response<Body>, ureq::Error> {
        let address = self.target(request);
        match request {
            Request::Query { sparql, accept } => {
                let post = self.agent.post(address).header("Accept", *accept);
                self.authorized(post).send_form([("query", *sparql)])
            }
            Request::Update(sparql) => {
                let post = self.agent.post(address).content_type("application/sparql-update");
                self.authorized(post).send(*sparql)
            }
            Request::Put { graph, lines } => {
                let put = self.agent.put(address).query("graph", graph.as_str());
                self.authorized(put.content_type("application/n-triples")).send(*lines)
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
            Request::Put { .. } => {
                self.options.graphs.as_ref().unwrap_or(&self.options.update).clone()
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
        let reason = web::reason(response);
        match status {
            401 | 403 => EndpointError::Refused { address, status, reason },
            404 | 405 | 415 | 501 => EndpointError::NoEndpoint { address, status, what, reason },
            413 => EndpointError::TooLarge { address, bytes },
            _ => EndpointError::Fails { address, status, tries, reason },
        }
    }
}

/// Tells of a limit of Virtuoso's, which cuts answers and says so in a header alone.
fn warn_of_limit(headers: &HeaderMap) {
    if let Some(rows) = headers.get("x-sparql-maxrows") {
        tracing::warn!("the endpoint gives no more than {rows:?} rows; there may be others");
    }
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
}
