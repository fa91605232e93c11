//! Bytes that are read part by part, each of which may have so many and no more.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many bytes may still be read.
pub(super) struct Budget(Arc<AtomicU64>);

impl Budget {
    /// An empty budget, and bytes that are read on it.
    pub(super) fn of(bytes: Box<dyn BufRead + Send>) -> (Self, Budgeted) {
        let left = Arc::new(AtomicU64::new(0));
        (Self(Arc::clone(&left)), Budgeted { bytes, left })
    }

    /// Sets how many bytes may be read from now on.
    pub(super) fn refill(&self, bytes: u64) {
        self.0.store(bytes, Ordering::Relaxed);
    }
}

/// Bytes that are read on a budget: an error of kind
/// [`io::ErrorKind::FileTooLarge`] where it is spent.
pub(super) struct Budgeted {
    bytes: Box<dyn BufRead + Send>,
    left: Arc<AtomicU64>,
}

/// Whether an error says that a budget is spent.
pub(super) fn is_spent(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::FileTooLarge
}

impl Read for Budgeted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        let most = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let (buffer, rest) = buffer.split_at_mut(most);
        let read = self.bytes.read(buffer)?;
        if read == 0 && most == 0 && !rest.is_empty() && !self.bytes.fill_buf()?.is_empty() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.left.store(left - read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
