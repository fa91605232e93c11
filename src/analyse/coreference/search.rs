//! The search for who or what a description means.
//!
//! In: the clusters so far, and what they tell. Out: the description's own facts; who is
//! meant find `epithets` (persons) and `bodies`.

use super::Problem;
use super::facts::Facts;
use super::known::Told;
use super::partition::Partition;

/// The search for who is meant by a description.
pub(super) struct Search<'s, 'p> {
    pub(super) problem: &'s Problem<'p>,
    pub(super) partition: &'s mut Partition,
    pub(super) told: &'s Told<'s>,
    pub(super) description: usize,
}

impl Search<'_, '_> {
    pub(super) fn facts(&self) -> &Facts<'_> {
        &self.problem.facts[self.description]
    }

    /// Whether any mention of the described tells what it is of.
    pub(super) fn is_of_something(&mut self) -> bool {
        let root = self.partition.find(self.description);
        self.told.known(root).is_some_and(|known| known.is_of_something)
    }
}
