//! Why an endpoint could not be used.

use crate::export::ExportError;
use crate::graph::StoreError;
use crate::query::QueryError;

/// Why an endpoint could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EndpointError {
    /// It does not know who asks, or does not let them.
    #[error(
        "{address}: answers {status}: {} {reason}",
        "give a token (REPORTEDLY_TOKEN or --token-file), or --user with a password \
         (REPORTEDLY_PASSWORD or --password-file), that may do this;"
    )]
    Refused {
        /// The address that was asked.
        address: String,
        /// The status of HTTP.
        status: u16,
        /// What it says.
        reason: String,
    },
    /// There is no endpoint at the address, or one for something else.
    #[error(
        "{address}: answers {status}, so there is no endpoint for {what} here; --endpoint is the \
         address for queries, --update the one for updates (Oxigraph has /query and /update, \
         Fuseki /NAME/query and /NAME/update, GraphDB /repositories/NAME and the same with \
         /statements) {reason}"
    )]
    NoEndpoint {
        /// The address that was asked.
        address: String,
        /// The status of HTTP.
        status: u16,
        /// Queries, updates or graphs.
        what: &'static str,
        /// What it says.
        reason: String,
    },
    /// A request is larger than it takes.
    #[error("{address}: answers 413: a request of {bytes} bytes is too large; lower --batch")]
    TooLarge {
        /// The address that was asked.
        address: String,
        /// The size of the request.
        bytes: usize,
    },
    /// It fails, and did so whenever it was asked again.
    #[error("{address}: answers {status}, {tries} times: {reason}")]
    Fails {
        /// The address that was asked.
        address: String,
        /// The status of HTTP.
        status: u16,
        /// How often it was asked.
        tries: u32,
        /// What it says.
        reason: String,
    },
    /// It cannot be reached.
    #[error("{address}: cannot be reached; is the server running, and the address right?")]
    Network {
        /// The address that was asked.
        address: String,
        /// Why not.
        source: Box<ureq::Error>,
    },
    /// Its answer is not what the protocol says.
    #[error("{address}: not an answer in the format of SPARQL 1.1: {reason}")]
    NotAnAnswer {
        /// The address that was asked.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Its list of what was sent does not end.
    #[error("{address}: gives the same rows again and again where the next are asked for")]
    NoEnd {
        /// The address that was asked.
        address: String,
    },
    /// The question is none.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The graphs cannot be read.
    #[error(transparent)]
    Export(#[from] ExportError),
}
