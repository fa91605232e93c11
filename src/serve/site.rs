//! Where things have their pages.

use super::rights::Rights;
use crate::graph::Iris;

/// Where things of the store have their pages.
#[derive(Clone, Copy)]
pub(super) struct Site<'s> {
    /// The names of the store.
    pub(super) iris: &'s Iris,
    /// What the asker may do.
    pub(super) rights: Rights,
}

impl Site<'_> {
    /// The address of a node's page; none for what is elsewhere.
    pub(super) fn path(self, iri: &str) -> Option<String> {
        let path = iri.strip_prefix(self.iris.base())?;
        let (path, fragment) = path.split_once('#').unwrap_or((path, ""));
        match fragment.strip_prefix("char=") {
            Some(range) => Some(format!("/{path}?at={range}#at")),
            None => Some(format!("/{path}")),
        }
    }
}
