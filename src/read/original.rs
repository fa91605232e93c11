//! What articles were read from: the bytes of a file, a record or a row, and their digest.
//!
//! In: bytes, as they come from a file or an archive, after decompression. Out: their
//! digest, and themselves where somebody keeps them.

use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use crate::text::hex;

/// What an article was read from: the file; of an archive the member or the page; of
/// JSON Lines the line, of a table the row as an object of JSON, of a box of mail the
/// message; of a feed, and of a JSON document with many articles, the whole of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Original {
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub digest: Arc<str>,
    /// How many they are.
    pub length: u64,
    /// Themselves, where [`Options::originals`](super::Options) asks for them.
    pub bytes: Option<Arc<[u8]>>,
}

impl Original {
    /// The digest of bytes, and themselves if they are `kept`.
    pub(super) fn of(bytes: &[u8], kept: bool) -> Self {
        Self {
            digest: hex(&Sha256::digest(bytes)).into(),
            length: bytes.len() as u64,
            bytes: kept.then(|| bytes.into()),
        }
    }
}

/// Where a stream notes what was read of it as a whole.
#[derive(Clone, Debug, Default)]
pub(super) struct Note {
    original: Arc<OnceLock<Original>>,
    kept: bool,
}

impl Note {
    pub(super) fn new(kept: bool) -> Self {
        Self { original: Arc::default(), kept }
    }

    /// Notes what was read. A stream is read as a whole once only.
    pub(super) fn set(&self, bytes: &[u8]) {
        self.original.get_or_init(|| Original::of(bytes, self.kept));
    }

    /// What was noted.
    pub(super) fn original(&self) -> Option<Original> {
        self.original.get().cloned()
    }
}
