//! The state of the store that requests are answered from, and newer ones.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use super::facts::{self, Catalogue, Lookup, Sources};
use super::kept::Kept;
use crate::graph::{Stamp, Store, StoreError};

/// One state of the store, with what is kept in memory of it.
pub(super) struct Snapshot {
    /// The store as it was when it was opened.
    pub(super) store: Store,
    /// Its articles.
    pub(super) catalogue: Catalogue,
    /// Who is quoted, once somebody asked.
    sources: OnceLock<Sources>,
    /// What was answered from it.
    pub(super) kept: Kept,
}

impl Snapshot {
    fn open(path: &std::path::Path) -> Result<Self, StoreError> {
        let store = Store::open(path)?;
        let catalogue = Catalogue::of(&store)?;
        Ok(Self { store, catalogue, sources: OnceLock::new(), kept: Kept::default() })
    }

    /// Who is quoted: counted when it is first asked for.
    pub(super) fn sources(&self) -> Result<&Sources, StoreError> {
        if let Some(sources) = self.sources.get() {
            return Ok(sources);
        }
        let counted = facts::sources(Lookup::new(&self.store))?;
        Ok(self.sources.get_or_init(|| counted))
    }
}

/// The newest state, for whoever asks next. Who has an older one keeps it.
pub(super) struct Views {
    path: PathBuf,
    /// Held by who opens a newer state.
    opening: Mutex<()>,
    current: RwLock<(Stamp, Arc<Snapshot>)>,
}

impl Views {
    /// Opens a store.
    pub(super) fn open(path: PathBuf) -> Result<Self, StoreError> {
        // Taken before the store is opened: what is published in between is seen
        // as new.
        let stamp = Store::stamp(&path)?;
        let snapshot = Arc::new(Snapshot::open(&path)?);
        Ok(Self { path, opening: Mutex::default(), current: RwLock::new((stamp, snapshot)) })
    }

    /// The newest state.
    pub(super) fn current(&self) -> Arc<Snapshot> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner).1)
    }

    /// Moves to what was published since; whether there was anything. What is read
    /// meanwhile is not disturbed.
    pub(super) fn follow(&self) -> Result<bool, StoreError> {
        let _opening = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = Store::stamp(&self.path)?;
        if self.current.read().unwrap_or_else(PoisonError::into_inner).0 == stamp {
            return Ok(false);
        }
        let snapshot = Arc::new(Snapshot::open(&self.path)?);
        // Before anybody waits for it, if the last state was asked.
        if self.current().sources.get().is_some() {
            snapshot.sources()?;
        }
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let old = std::mem::replace(&mut *current, (stamp, snapshot));
        drop(current);
        // Closed here, unless somebody still reads it.
        drop(old);
        Ok(true)
    }
}
