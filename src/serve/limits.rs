//! How much one asker may ask.

use std::time::Duration;

/// How much one asker may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// A query is stopped after so long.
    pub timeout: Duration,
    /// No answer has more rows or triples.
    pub rows: usize,
    /// No answer is longer.
    pub bytes: usize,
    /// No query may take more bytes of memory, where the system tells how many it takes.
    pub memory: u64,
    /// So many queries are worked on at a time.
    pub queries: usize,
    /// No request has a longer body.
    pub body: usize,
    /// But one that adds articles, of who may.
    pub upload: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            rows: 100_000,
            bytes: 64 << 20,
            memory: 1 << 30,
            queries: 4,
            body: 1 << 20,
            upload: 32 << 20,
        }
    }
}
