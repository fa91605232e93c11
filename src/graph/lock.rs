//! Who may use a store: one writer, or any number of readers.
//!
//! The database locks out a second writer by itself, but lets readers open it
//! while somebody writes, and then what they see is undefined. A lock of our
//! own, in a file beside the database's, excludes that.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::Path;

use super::StoreError;

/// The file that is locked.
const NAME: &str = "reportedly.lock";
/// The file without which a folder holds no database.
const DATABASE: &str = "CURRENT";

/// Holds a store for writing, making its folder where there is none. The lock
/// ends with the returned file.
pub(super) fn for_writing(path: &Path) -> Result<File, StoreError> {
    let io = |error| StoreError::io(path, error);
    std::fs::create_dir_all(path).map_err(io)?;
    if is_foreign(path).map_err(io)? {
        return Err(StoreError::Foreign { path: path.to_path_buf() });
    }
    let options = File::options().write(true).create(true).truncate(false).open(path.join(NAME));
    let file = options.map_err(io)?;
    check(path, file.try_lock())?;
    Ok(file)
}

/// Holds a store for reading. A store on a medium that cannot be written needs
/// no lock.
pub(super) fn for_reading(path: &Path) -> Result<Option<File>, StoreError> {
    match std::fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(StoreError::Missing { path: path.to_path_buf() });
        }
        Err(error) => return Err(StoreError::io(path, error)),
        Ok(_) if !path.join(DATABASE).exists() => {
            return Err(StoreError::Foreign { path: path.to_path_buf() });
        }
        Ok(_) => {}
    }
    match File::open(path.join(NAME)) {
        Ok(file) => {
            check(path, file.try_lock_shared())?;
            Ok(Some(file))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io(path, error)),
    }
}

fn check(path: &Path, result: Result<(), TryLockError>) -> Result<(), StoreError> {
    match result {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked { path: path.to_path_buf() }),
        Err(TryLockError::Error(error)) => Err(StoreError::io(path, error)),
    }
}

/// Whether a folder holds something, and nothing that we made.
fn is_foreign(path: &Path) -> std::io::Result<bool> {
    let is_ours = path.join(NAME).exists() || path.join(DATABASE).exists();
    Ok(!is_ours && std::fs::read_dir(path)?.next().is_some())
}
