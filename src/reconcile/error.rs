//! Why a service could not be asked.

use std::io;
use std::path::PathBuf;

/// Why a service could not be asked. What it answered before is kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReconcileError {
    /// There is no such service at the address.
    #[error(
        "{address}: no reconciliation service: {reason}; its address is the one that OpenRefine is given"
    )]
    NoService {
        /// The address.
        address: String,
        /// What is there instead.
        reason: String,
    },
    /// Its answer is not what the protocol says.
    #[error("{address}: not an answer of the Reconciliation Service API: {reason}")]
    NotAnAnswer {
        /// The address.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
    /// It refuses, or fails however often it is asked.
    #[error("{address}: answers {status}, {tries} times: {reason}")]
    Fails {
        /// The address.
        address: String,
        /// The status of HTTP.
        status: u16,
        /// How often it was asked.
        tries: u32,
        /// What it says.
        reason: String,
    },
    /// It cannot be reached.
    #[error("{address}: {source}; is the service running, and the address right?")]
    Network {
        /// The address.
        address: String,
        /// Why not.
        source: Box<ureq::Error>,
    },
    /// Its answer is not whole.
    #[error("{address}: the answer breaks off: {source}")]
    CutOff {
        /// The address.
        address: String,
        /// What the system says.
        source: io::Error,
    },
    /// Its answers cannot be kept.
    #[error("{}: {source}", path.display())]
    Cache {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}
