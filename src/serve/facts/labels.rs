//! What is held in memory of a state of the store, for look-ups: what nodes are called that
//! many pages name (relations, entities of the whole store), and which words its texts have.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::graph::{Store, StoreError, TextWords};

/// So many are kept; when there would be more, all are let go.
const MOST: usize = 50_000;

/// What is held of one state of the store.
#[derive(Default)]
pub(in crate::serve) struct Held {
    pub(super) labels: Labels,
    /// The words of its texts; none where it has no texts.
    words: OnceLock<Option<Arc<TextWords>>>,
    /// Those of the state before.
    older: Option<Arc<TextWords>>,
    /// Held by who reads them.
    reading: Mutex<()>,
}

impl Held {
    /// What is held of a newer state, to begin with.
    pub(in crate::serve) fn newer(&self) -> Self {
        let older = self.words.get().cloned().flatten().or_else(|| self.older.clone());
        Self { older, ..Self::default() }
    }

    /// Whether the words of its texts were ever asked for.
    pub(in crate::serve) fn has_words(&self) -> bool {
        self.older.is_some() || self.words.get().is_some()
    }

    /// The words of its texts, read once, however many ask.
    pub(in crate::serve) fn words(&self, store: &Store) -> Result<Option<&TextWords>, StoreError> {
        let _reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        if self.words.get().is_none() {
            let words = store.text_words(self.older.as_deref())?;
            self.words.get_or_init(|| words.map(Arc::new));
        }
        Ok(self.words.get().and_then(Option::as_deref))
    }
}

/// The labels that were looked up in one state of the store.
#[derive(Default)]
pub(in crate::serve) struct Labels(Mutex<HashMap<String, String>>);

impl Labels {
    /// The label of a node: the one that is kept, or else the one that is found.
    pub(super) fn label<E>(
        &self,
        node: &str,
        find: impl FnOnce() -> Result<String, E>,
    ) -> Result<String, E> {
        if let Some(label) = self.lock().get(node) {
            return Ok(label.clone());
        }
        let label = find()?;
        let mut kept = self.lock();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(node.to_owned(), label.clone());
        Ok(label)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[test]
    fn labels_are_found_once_and_not_all_kept() {
        let labels = Labels::default();
        let label = |node: &str, found: &str| {
            labels.label(node, || Ok::<_, Infallible>(found.to_owned())).unwrap()
        };
        assert_eq!(label("a", "one"), "one");
        assert_eq!(label("a", "two"), "one");
        for number in 0..MOST {
            label(&number.to_string(), "x");
        }
        assert!(labels.lock().len() <= MOST);
        assert_eq!(label("a", "three"), "three");
    }
}
