//! The database of a store, written anew.
//!
//! The engine compresses the files that a sorted load writes, but nothing that it merges
//! itself in the first 512 MB of each of its indexes: smaller stores take half as much again
//! as they need. So these are loaded once more, as a whole, into a folder beside the
//! database, whose files then take the place of the old ones. A kill leaves the old database
//! or the new one whole; what is left to do, the next who opens the store does.

use std::fs;
use std::io;
use std::path::Path;

use oxigraph::store::StorageError;

use super::StoreError;
use super::view::{self, DATABASE};

/// The new database while it is written, and once it is complete.
const HALF: &str = "reportedly.compact-half";
const DONE: &str = "reportedly.compact";

/// The engine merges no sorted loads as long as each can have a level of its own, of which
/// it has seven; one load holds a million quads.
pub(super) const MOST_QUADS: usize = 6_000_000;
/// What a load may take, about.
const MEGABYTES: usize = 512;

/// Writes a database anew, beside itself.
pub(super) fn rewrite(database: &oxigraph::store::Store, store: &Path) -> Result<(), StoreError> {
    let io = |error| StoreError::io(store, error);
    remove(&store.join(HALF)).map_err(io)?;
    load(database, &store.join(HALF)).map_err(|e| StoreError::storage(store, e))?;
    fs::rename(store.join(HALF), store.join(DONE)).map_err(io)
}

fn load(from: &oxigraph::store::Store, to: &Path) -> Result<(), StorageError> {
    let new = oxigraph::store::Store::open(to)?;
    let mut loader = new.bulk_loader().with_max_memory_size_in_megabytes(MEGABYTES);
    loader.load_ok_quads::<StorageError, StorageError>(from.iter())?;
    loader.commit()?;
    new.flush()
}

/// Whether a new database is complete and not yet in its place.
pub(super) fn is_unfinished(store: &Path) -> bool {
    store.join(DONE).exists()
}

/// Puts a database that was written anew in the place of the old one; nobody may have that
/// open. Takes away one that is not complete.
pub(super) fn finish(store: &Path) -> io::Result<()> {
    remove(&store.join(HALF))?;
    let done = store.join(DONE);
    if !done.exists() {
        return Ok(());
    }
    // While this file is here, so are all others, and what lies in the store is old.
    if done.join(DATABASE).exists() {
        for name in view::files(store)? {
            fs::remove_file(store.join(name))?;
        }
        fs::rename(done.join(DATABASE), store.join(DATABASE))?;
    }
    for name in view::files(&done)? {
        fs::rename(done.join(&name), store.join(&name))?;
    }
    remove(&done)
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use oxrdf::{GraphName, Literal, NamedNode, Quad};

    use super::*;

    fn store(folder: &Path, quads: i64) {
        let database = oxigraph::store::Store::open(folder).unwrap();
        let node = NamedNode::new_unchecked("urn:n");
        for number in 0..quads {
            let object = Literal::from(number);
            let quad = Quad::new(node.clone(), node.clone(), object, GraphName::from(node.clone()));
            database.insert(&quad).unwrap();
        }
        database.flush().unwrap();
    }

    fn length(folder: &Path) -> usize {
        oxigraph::store::Store::open_read_only(folder).unwrap().len().unwrap()
    }

    #[test]
    fn what_is_half_done_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        store(path, 5);
        let database = oxigraph::store::Store::open(path).unwrap();
        rewrite(&database, path).unwrap();
        drop(database);
        assert!(is_unfinished(path));
        // A kill after the first file was moved.
        for name in view::files(path).unwrap() {
            fs::remove_file(path.join(name)).unwrap();
        }
        fs::rename(path.join(DONE).join(DATABASE), path.join(DATABASE)).unwrap();
        finish(path).unwrap();
        assert!(!is_unfinished(path));
        assert_eq!(length(path), 5);
    }

    #[test]
    fn what_is_not_complete_goes() {
        let folder = tempfile::tempdir().unwrap();
        store(folder.path(), 3);
        store(&folder.path().join(HALF), 2);
        finish(folder.path()).unwrap();
        assert!(!folder.path().join(HALF).exists());
        assert_eq!(length(folder.path()), 3);
    }
}
