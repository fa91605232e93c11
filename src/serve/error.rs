//! Why a server cannot start or go on.

use std::io;
use std::net::SocketAddr;

use crate::graph::StoreError;
use crate::pipeline::PipelineError;

/// Why a server cannot start or go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The address cannot be listened at.
    #[error("--bind {address}: {error}; is another server there? --bind takes another port")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        error: io::Error,
    },
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nothing can be analysed.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    /// A token is too weak, or cannot be sent.
    #[error("the token must have {shortest} characters or more, without spaces and all of ASCII")]
    Token {
        /// So many characters it must have.
        shortest: usize,
    },
    /// The system has no chance to give.
    #[error("no token can be made: {0}")]
    Chance(String),
    /// An assistant does not keep to the protocol.
    #[error("the assistant does not speak the Model Context Protocol: {0}")]
    Assistant(String),
    /// Input or output failed.
    #[error("{0}")]
    Io(#[from] io::Error),
}
