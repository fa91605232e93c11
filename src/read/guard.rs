//! Readers of others that may panic where a file is broken or hostile.
//!
//! In: a step of such a reader. Out: what it gives, or what it unwound with. A
//! file that a reader trips over is one bad article, and not the end; it is
//! reported as such, so that its panic need not be printed as well
//! ([`is_guarded`]).

use std::cell::Cell;

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread, now, would become the error of one file. A
/// panic hook asks this before it prints anything.
///
/// ```
/// assert!(!reportedly::read::is_guarded());
/// ```
pub fn is_guarded() -> bool {
    IS_GUARDED.get()
}

/// Takes a step that may panic; the error is what it unwound with.
#[cfg(any(feature = "pdf", feature = "parquet"))]
pub(super) fn guarded<T>(step: impl FnOnce() -> T) -> std::thread::Result<T> {
    let before = IS_GUARDED.replace(true);
    // What the step was working on is dropped with it.
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(step));
    IS_GUARDED.set(before);
    done
}

#[cfg(all(test, any(feature = "pdf", feature = "parquet")))]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_and_the_guard_ends_with_the_step() {
        assert!(guarded(is_guarded).unwrap());
        // Unwinds without a message in the output of the tests.
        let unwound = guarded(|| -> u8 { std::panic::resume_unwind(Box::new("broken")) });
        assert_eq!(unwound.unwrap_err().downcast_ref(), Some(&"broken"));
        assert!(!is_guarded());
    }
}
