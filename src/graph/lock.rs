//! Who may use a store: one writer at a time, and any number of readers, who
//! read a view of it ([`View`]).

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use super::StoreError;
use super::view::{self, DATABASE, View};

/// The file that is locked.
const NAME: &str = "reportedly.lock";
/// Readers lock the store while they make their view, and a writer has nothing
/// published for a moment; whoever meets that waits so long.
const PATIENCE: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_millis(20);

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
    let since = Instant::now();
    while !is_locked(path, file.try_lock())? {
        wait(path, since)?;
    }
    Ok(file)
}

/// What keeps a store as it is while it is read.
pub(super) enum Reading {
    /// A view of it.
    View(View),
    /// That nobody writes it. A store on a medium that cannot be written needs
    /// no lock for that.
    Locked { _lock: Option<File> },
}

impl Reading {
    /// The folder that the database is opened in.
    pub(super) fn folder<'p>(&'p self, store: &'p Path) -> &'p Path {
        match self {
            Self::View(view) => view.folder(),
            Self::Locked { .. } => store,
        }
    }

    /// Takes away what it keeps on the disk.
    pub(super) fn abandon(&self) {
        if let Self::View(view) = self {
            view.abandon();
        }
    }
}

/// Holds a store for reading.
pub(super) fn for_reading(path: &Path) -> Result<Reading, StoreError> {
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
    let file = match File::open(path.join(NAME)) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Ok(Reading::Locked { _lock: None });
        }
        Err(error) => return Err(StoreError::io(path, error)),
    };
    let since = Instant::now();
    loop {
        if is_locked(path, file.try_lock_shared())? {
            let view = View::make(path).ok();
            return Ok(view.map_or(Reading::Locked { _lock: Some(file) }, Reading::View));
        }
        if let Some(view) = View::published(path).map_err(|e| StoreError::io(path, e))? {
            return Ok(Reading::View(view));
        }
        wait(path, since)?;
    }
}

/// What tells the state that a reader would see now from earlier ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp(State);

#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    /// What the writer published last.
    Published(Option<u64>),
    /// What stands on the disk, as nobody writes.
    AtRest(Vec<(String, u64, SystemTime)>),
}

/// The state of a store that a reader would see now.
pub(super) fn stamp(path: &Path) -> Result<Stamp, StoreError> {
    let io = |error| StoreError::io(path, error);
    let is_written = match File::open(path.join(NAME)) {
        Ok(file) => !is_locked(path, file.try_lock_shared())?,
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) => return Err(io(error)),
    };
    let state = if is_written {
        State::Published(view::last_published(path).map_err(io)?)
    } else {
        State::AtRest(view::state(path).map_err(io)?)
    };
    Ok(Stamp(state))
}

fn is_locked(path: &Path, result: Result<(), TryLockError>) -> Result<bool, StoreError> {
    match result {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(StoreError::io(path, error)),
    }
}

fn wait(path: &Path, since: Instant) -> Result<(), StoreError> {
    if since.elapsed() >= PATIENCE {
        return Err(StoreError::Locked { path: path.to_path_buf() });
    }
    std::thread::sleep(PAUSE);
    Ok(())
}

/// Whether a folder holds something, and nothing that we made.
fn is_foreign(path: &Path) -> std::io::Result<bool> {
    let is_ours = path.join(NAME).exists() || path.join(DATABASE).exists();
    Ok(!is_ours && std::fs::read_dir(path)?.next().is_some())
}
