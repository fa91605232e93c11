//! How far reading has come.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many bytes of the inputs have been read, as they lie on the disk: before
/// decompression. A clone shows the same.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<AtomicU64>);

impl Progress {
    /// The bytes that have been read.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// A reader whose bytes are counted.
    pub(super) fn counting<R: io::Read>(&self, bytes: R) -> Counted<R> {
        Counted { bytes, progress: self.clone() }
    }
}

/// Counts what is read through it.
pub(super) struct Counted<R> {
    bytes: R,
    progress: Progress,
}

impl<R: io::Read> io::Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.progress.0.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
