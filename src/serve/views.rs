//! The state of the store that requests are answered from, and newer ones.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use super::facts::{self, Catalogue, Held, Lookup, Sources};
use super::kept::Kept;
use crate::graph::{Stamp, Store, StoreError};

/// One state of the store, with what is kept in memory of it.
pub(super) struct Snapshot {
    /// The store as it was when it was opened.
    pub(super) store: Store,
    /// Its articles.
    pub(super) catalogue: Catalogue,
    /// What is held of it for look-ups.
    held: Held,
    /// Who is quoted, once that was counted.
    sources: OnceLock<Arc<Sources>>,
    /// Who was quoted in the state before; told until it is counted anew.
    older: Option<Arc<Sources>>,
    /// Held by who counts.
    counting: Mutex<()>,
    /// What was answered from it.
    pub(super) kept: Kept,
}

impl Snapshot {
    fn open(path: &std::path::Path, last: Option<&Self>) -> Result<Self, StoreError> {
        let older = last.and_then(|last| last.sources.get().or(last.older.as_ref()).cloned());
        let held = last.map_or_else(Held::default, |last| last.held.newer());
        let store = Store::open(path)?;
        let catalogue = Catalogue::of(Lookup::new(&store, &held))?;
        if held.has_words() {
            // Read here, before anybody asks for them.
            held.words(&store)?;
        }
        let kept = last.map_or_else(Kept::default, |last| last.kept.newer());
        let (sources, counting) = (OnceLock::new(), Mutex::default());
        Ok(Self { store, catalogue, held, sources, older, counting, kept })
    }

    /// Reads what look-ups need, before somebody asks for it.
    pub(super) fn prepare(&self) -> Result<(), StoreError> {
        self.held.words(&self.store)?;
        self.sources().map(drop)
    }

    /// Looks things up in it.
    pub(super) fn lookup(&self) -> Lookup<'_> {
        Lookup::new(&self.store, &self.held)
    }

    /// Who is quoted; for a moment after something was published who was before it.
    pub(super) fn sources(&self) -> Result<Arc<Sources>, StoreError> {
        match self.sources.get().or(self.older.as_ref()) {
            Some(sources) => Ok(Arc::clone(sources)),
            None => self.count(),
        }
    }

    /// Counts who is quoted, once, however many ask.
    fn count(&self) -> Result<Arc<Sources>, StoreError> {
        let _counting = self.counting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sources) = self.sources.get() {
            return Ok(Arc::clone(sources));
        }
        let counted = Arc::new(facts::sources(self.lookup())?);
        let counted = Arc::clone(self.sources.get_or_init(|| counted));
        if self.older.is_some() {
            // What was made with the older count.
            self.kept.outdate();
        }
        Ok(counted)
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
        let snapshot = Arc::new(Snapshot::open(&path, None)?);
        Ok(Self { path, opening: Mutex::default(), current: RwLock::new((stamp, snapshot)) })
    }

    /// The newest state.
    pub(super) fn current(&self) -> Arc<Snapshot> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner).1)
    }

    /// Counts who is quoted in the newest state, if that was ever asked for.
    pub(super) fn catch_up(&self) -> Result<(), StoreError> {
        let current = self.current();
        if current.older.is_some() {
            current.count()?;
        }
        Ok(())
    }

    /// Moves to what was published since; whether there was anything. What is read
    /// meanwhile is not disturbed.
    pub(super) fn follow(&self) -> Result<bool, StoreError> {
        let _opening = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = Store::stamp(&self.path)?;
        if self.current.read().unwrap_or_else(PoisonError::into_inner).0 == stamp {
            return Ok(false);
        }
        let snapshot = Arc::new(Snapshot::open(&self.path, Some(&self.current()))?);
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let old = std::mem::replace(&mut *current, (stamp, snapshot));
        drop(current);
        // Closed here, unless somebody still reads it.
        drop(old);
        Ok(true)
    }
}
