//! Why a file is no compiled knowledge base.

use std::io;

/// Why a compiled knowledge base cannot be opened or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CompiledError {
    /// The file begins otherwise.
    #[error("{file}: no compiled knowledge base; make one of it with `reportedly kb build`")]
    NotCompiled {
        /// The file.
        file: String,
    },
    /// It was compiled by another version of the program.
    #[error(
        "{file}: compiled in version {found} of the format, and this program reads version \
         {known}; compile it again with `reportedly kb build`"
    )]
    Version {
        /// The file.
        file: String,
        /// Its version.
        found: u32,
        /// The version that is read.
        known: u32,
    },
    /// It is shorter or longer than it says.
    #[error(
        "{file}: has {found} bytes where it says that it has {told}; copy it again, or compile it \
         again"
    )]
    Length {
        /// The file.
        file: String,
        /// How many bytes it has.
        found: u64,
        /// How many it says.
        told: u64,
    },
    /// Its bytes are not those that were written.
    #[error("{file}: damaged: {what}; copy it again, or compile it again")]
    Damaged {
        /// The file.
        file: String,
        /// What is wrong.
        what: &'static str,
    },
    /// It cannot be written.
    #[error("the knowledge base cannot be written: {0}")]
    Io(#[from] io::Error),
    /// Names did not come in order.
    #[error("the knowledge base cannot be written: names out of order: {0}")]
    Order(String),
}

impl CompiledError {
    pub(super) fn damaged(file: &str, what: &'static str) -> Self {
        Self::Damaged { file: file.to_owned(), what }
    }
}
