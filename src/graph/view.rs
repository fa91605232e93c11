//! What readers read: a state of the database that stays while others write.
//!
//! The database's files are never changed once they are complete, only replaced,
//! so a folder of second names (hard links) for them is a state that costs
//! nothing and stays. While nobody writes, each reader makes such a view and
//! takes it away in the end. While somebody writes, readers share the view that
//! the writer published last. A view is locked by its readers, as long as they
//! live; one that nobody has locked is left over from a killed process, and the
//! next writer takes it away.
//!
//! Where files cannot have second names (a medium that cannot be written, some
//! file systems), readers lock writers out instead.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

use oxigraph::store::StorageError;

use super::StoreError;

/// The folder of views, in that of the store.
const VIEWS: &str = "reportedly.views";
/// What the names of a writer's views begin with, and those of readers.
const PUBLISHED: &str = "published-";
const OWN: &str = "own-";
/// The file in a view that its readers lock.
const LOCK: &str = "lock";
/// The file without which a folder holds no database.
pub(super) const DATABASE: &str = "CURRENT";

/// A view that is held for reading. Taken away in the end, if it is one's own.
pub(super) struct View {
    folder: PathBuf,
    is_own: bool,
    _lock: File,
}

impl View {
    /// Makes a view of the database in a folder; nobody may write meanwhile.
    pub(super) fn make(store: &Path) -> io::Result<Self> {
        let folder = fresh(store, OWN)?;
        fs::create_dir_all(&folder)?;
        let lock = File::create(folder.join(LOCK))?;
        lock.try_lock_shared()?;
        let view = Self { folder, is_own: true, _lock: lock };
        for name in files(store)? {
            let (from, to) = (store.join(&name), view.folder.join(&name));
            if is_table(&name) {
                fs::hard_link(from, to)?;
            } else {
                fs::copy(from, to)?;
            }
        }
        Ok(view)
    }

    /// The view that the writer of the store published last, if there is one.
    pub(super) fn published(store: &Path) -> io::Result<Option<Self>> {
        let mut folders = folders(store, PUBLISHED)?;
        folders.sort_by_key(|folder| std::cmp::Reverse(number(folder)));
        for folder in folders {
            let Ok(lock) = File::open(folder.join(LOCK)) else { continue };
            // Its writer may just be taking it away.
            if lock.try_lock_shared().is_ok() && folder.join(DATABASE).exists() {
                return Ok(Some(Self { folder, is_own: false, _lock: lock }));
            }
        }
        Ok(None)
    }

    /// The folder to open.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Takes away the folder, if it is one's own.
    pub(super) fn abandon(&self) {
        if self.is_own {
            // What stays is taken away by the next writer.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

impl Drop for View {
    fn drop(&mut self) {
        self.abandon();
    }
}

/// Publishes the state of a database that is open for writing, in place of what
/// was published before.
pub(super) fn publish(store: &Path, database: &oxigraph::store::Store) -> Result<(), StorageError> {
    let next = last_published(store)?.map_or(1, |last| last + 1);
    let views = store.join(VIEWS);
    fs::create_dir_all(&views)?;
    let half_done = fresh(store, "half-")?;
    database.backup(&half_done)?;
    File::create(half_done.join(LOCK))?;
    fs::rename(half_done, views.join(format!("{PUBLISHED}{next}")))?;
    Ok(remove_unused(store, Some(next))?)
}

/// What tells one published state from another; the number of the last.
pub(super) fn last_published(store: &Path) -> io::Result<Option<u64>> {
    Ok(folders(store, PUBLISHED)?.iter().filter_map(|folder| number(folder)).max())
}

/// What tells the state of a database from others while nobody writes it: the names,
/// sizes and times of its files.
pub(super) fn state(store: &Path) -> io::Result<Vec<(String, u64, SystemTime)>> {
    let mut state = Vec::new();
    for name in files(store)? {
        let file = fs::metadata(store.join(&name))?;
        state.push((name, file.len(), file.modified()?));
    }
    state.sort();
    Ok(state)
}

/// Takes away all views that nobody reads, but the published one of that number.
pub(super) fn remove_unused(store: &Path, but: Option<u64>) -> io::Result<()> {
    for folder in folders(store, "")? {
        let is_kept = but.is_some() && number(&folder) == but;
        let is_used = File::open(folder.join(LOCK)).is_ok_and(|lock| lock.try_lock().is_err());
        if !is_kept && !is_used {
            fs::remove_dir_all(&folder)?;
        }
    }
    Ok(())
}

/// Takes away the views that a process made for itself, which has ended.
pub(super) fn remove_of(store: &Path, process: u32) {
    // What cannot be taken away stays for the next writer.
    for folder in folders(store, &format!("{OWN}{process}-")).unwrap_or_default() {
        let _ = fs::remove_dir_all(folder);
    }
}

/// Copies a database, such as a backup, to a folder that is not there yet or
/// empty.
pub(super) fn copy_database(from: &Path, to: &Path) -> Result<(), StoreError> {
    let io = |error| StoreError::io(to, error);
    if !from.join(DATABASE).exists() {
        return Err(StoreError::Foreign { path: from.to_path_buf() });
    }
    fs::create_dir_all(to).map_err(io)?;
    if fs::read_dir(to).map_err(io)?.next().is_some() {
        return Err(StoreError::NotEmpty { path: to.to_path_buf() });
    }
    for name in files(from).map_err(io)? {
        fs::copy(from.join(&name), to.join(&name)).map_err(io)?;
    }
    Ok(())
}

/// The names of the files of a database.
pub(super) fn files(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for file in fs::read_dir(folder)? {
        let name = file?.file_name().to_string_lossy().into_owned();
        if is_table(&name) || is_of_database(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

/// The folders of views whose names begin so.
fn folders(store: &Path, prefix: &str) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(store.join(VIEWS)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut folders = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(prefix) {
            folders.push(entry.path());
        }
    }
    folders.sort();
    Ok(folders)
}

/// The number of a published view.
fn number(folder: &Path) -> Option<u64> {
    folder.file_name()?.to_str()?.strip_prefix(PUBLISHED)?.parse().ok()
}

/// A name for a folder that no other process and no other view of this one has.
fn fresh(store: &Path, prefix: &str) -> io::Result<PathBuf> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let (process, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let folder = store.join(VIEWS).join(format!("{prefix}{process}-{count}"));
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(folder),
    }
}

/// Whether a file is a table of the database, which never changes.
fn is_table(name: &str) -> bool {
    name.ends_with(".sst") || name.ends_with(".blob")
}

/// Whether a file is one that the database is opened with.
fn is_of_database(name: &str) -> bool {
    let is_log = name.ends_with(".log");
    is_log
        || name == DATABASE
        || name == "IDENTITY"
        || name.starts_with("MANIFEST-")
        || name.starts_with("OPTIONS-")
}
