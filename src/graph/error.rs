//! Why the store could not do what was asked.

use std::io;
use std::path::{Path, PathBuf};

use oxigraph::store::StorageError;

/// Why a store could not be opened, read or written. What was stored before
/// stays as it was: every article is written whole or not at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Nothing is there.
    #[error("{path}: no store here; make one with `reportedly build INPUT... --store {path}`")]
    Missing {
        /// The path as given.
        path: PathBuf,
    },
    /// Something else is there.
    #[error("{path}: not a store, but a file or a folder of other files; name a new folder")]
    Foreign {
        /// The path as given.
        path: PathBuf,
    },
    /// A store is to be made where something is already.
    #[error("{path}: not empty; name a folder that is not there yet")]
    NotEmpty {
        /// The path as given.
        path: PathBuf,
    },
    /// Another process uses it in a way that excludes this one.
    #[error(
        "{path}: this store is locked by another process, which writes it; try again when that has ended"
    )]
    Locked {
        /// The store.
        path: PathBuf,
    },
    /// Its IRIs begin otherwise.
    #[error("{path}: this store was built with --base {stored}; leave --base out or use that one")]
    OtherBase {
        /// The store.
        path: PathBuf,
        /// The base it was built with.
        stored: String,
    },
    /// What is to be the base of IRIs is no absolute IRI.
    #[error("--base {base}: not an absolute IRI: {reason}")]
    Base {
        /// The base as given.
        base: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The graph of decisions holds what is no decision.
    #[error("{path}: the graph of decisions: {what}")]
    Decisions {
        /// The store.
        path: PathBuf,
        /// What is wrong, and with which.
        what: String,
    },
    /// The disk is full, or files may not grow so large.
    #[error(
        "{path}: the disk is full (or a limit on the size of files is reached); free some space \
         and build again: what is stored is kept"
    )]
    Full {
        /// The store.
        path: PathBuf,
    },
    /// The system refuses something.
    #[error("{path}: {source}")]
    Io {
        /// The store.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The database refuses something.
    #[error("{path}: {source}")]
    Storage {
        /// The store.
        path: PathBuf,
        /// What the database says.
        source: StorageError,
    },
}

impl StoreError {
    /// What the database said about the store at a path.
    pub(super) fn storage(path: &Path, source: StorageError) -> Self {
        let (path, said) = (path.to_path_buf(), source.to_string());
        let full = ["No space left on device", "disk full", "File too large", "quota exceeded"];
        if full.iter().any(|words| said.contains(words)) {
            Self::Full { path }
        } else if said.contains("LOCK: ") || said.contains("lock hold by") {
            Self::Locked { path }
        } else {
            Self::Storage { path, source }
        }
    }

    /// What the system said about the store at a path.
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => Self::Full { path },
            io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => Self::Foreign { path },
            _ => Self::Io { path, source },
        }
    }
}
