//! Clusters of mentions, and what their members together tell.

use std::collections::HashMap;

use super::facts::{Animacy, Facts};
use crate::analyse::person::Gender;

/// Mentions in disjoint sets (union by order of mention, path halving).
#[derive(Clone, Debug)]
pub(super) struct Partition {
    parent: Vec<usize>,
    nature: Vec<Nature>,
    /// How many words the name of each mention has.
    lengths: Vec<usize>,
    /// The mentions that those of a cluster are not, by its first mention.
    apart: HashMap<usize, Vec<usize>>,
}

/// What the members of a cluster agree on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nature {
    pub(super) gender: Option<Gender>,
    pub(super) plural: Option<bool>,
    pub(super) animacy: Animacy,
    /// How many mentions there are.
    pub(super) size: u32,
    /// The name of the most words among them, as a mention.
    pub(super) name: Option<usize>,
}

impl Partition {
    /// Every mention alone.
    pub(super) fn new(facts: &[Facts<'_>]) -> Self {
        let nature = |(i, f): (usize, &Facts<'_>)| Nature {
            gender: f.gender,
            plural: f.plural,
            animacy: f.animacy,
            size: 1,
            name: f.is_name().then_some(i),
        };
        Self {
            parent: (0..facts.len()).collect(),
            nature: facts.iter().enumerate().map(nature).collect(),
            lengths: facts.iter().map(|f| f.name.len()).collect(),
            apart: HashMap::new(),
        }
    }

    /// The first mention of a mention's cluster.
    pub(super) fn find(&mut self, mention: usize) -> usize {
        let mut at = mention;
        while let Some(&up) = self.parent.get(at) {
            if up == at {
                break;
            }
            let above = self.parent.get(up).copied().unwrap_or(up);
            if let Some(parent) = self.parent.get_mut(at) {
                *parent = above;
            }
            at = above;
        }
        at
    }

    /// What a mention's cluster tells.
    pub(super) fn nature(&mut self, mention: usize) -> Nature {
        let root = self.find(mention);
        const UNKNOWN: Nature =
            Nature { gender: None, plural: None, animacy: Animacy::Unknown, size: 0, name: None };
        self.nature.get(root).copied().unwrap_or(UNKNOWN)
    }

    /// Whether two mentions are in one cluster.
    pub(super) fn same(&mut self, a: usize, b: usize) -> bool {
        self.find(a) == self.find(b)
    }

    /// Lets no sieve join two mentions.
    pub(super) fn keep_apart(&mut self, a: usize, b: usize) {
        for (one, other) in [(a, b), (b, a)] {
            let root = self.find(one);
            self.apart.entry(root).or_default().push(other);
        }
    }

    /// Whether two clusters hold mentions that are kept apart.
    pub(super) fn are_apart(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        let many = |of: usize| self.apart.get(&of).map_or(0, Vec::len);
        // Both sides are kept: the shorter list is enough.
        let (a, b) = if many(b) < many(a) { (b, a) } else { (a, b) };
        let Some(others) = self.apart.remove(&a) else { return false };
        let are_apart = others.iter().any(|&other| self.find(other) == b);
        self.apart.insert(a, others);
        are_apart
    }

    /// Puts two clusters together.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return;
        }
        let (first, second) = (a.min(b), a.max(b));
        let (x, y) = (self.nature(first), self.nature(second));
        let name = self.longer(x.name, y.name);
        if let Some(others) = self.apart.remove(&second) {
            self.apart.entry(first).or_default().extend(others);
        }
        if let Some(parent) = self.parent.get_mut(second) {
            *parent = first;
        }
        if let Some(nature) = self.nature.get_mut(first) {
            *nature = Nature {
                gender: x.gender.or(y.gender),
                plural: x.plural.or(y.plural),
                animacy: x.animacy.with(y.animacy),
                size: x.size + y.size,
                name,
            };
        }
    }

    /// The name of more words; the first of equals.
    fn longer(&self, a: Option<usize>, b: Option<usize>) -> Option<usize> {
        let length = |name: Option<usize>| name.and_then(|i| self.lengths.get(i)).copied();
        if length(b) > length(a) { b } else { a }
    }

    /// Joins two clusters unless their natures contradict each other, or both
    /// have names: what their names say was decided before.
    pub(super) fn try_join(&mut self, a: usize, b: usize) -> bool {
        let two_names = self.nature(a).name.is_some() && self.nature(b).name.is_some();
        (!two_names || self.same(a, b)) && self.join_names(a, b)
    }

    /// The same for two names that say themselves that they are one.
    pub(super) fn join_names(&mut self, a: usize, b: usize) -> bool {
        let compatible = self.nature(a).agrees(self.nature(b)) && !self.are_apart(a, b);
        if compatible {
            self.join(a, b);
        }
        compatible
    }
}

impl Nature {
    /// Whether nothing speaks against two clusters being one.
    pub(super) fn agrees(self, other: Self) -> bool {
        let gender = self.gender.is_none() || other.gender.is_none() || self.gender == other.gender;
        gender && self.animacy.agrees(other.animacy) && self.number_agrees(other)
    }

    fn number_agrees(self, other: Self) -> bool {
        let body = |n: Self| matches!(n.animacy, Animacy::Body | Animacy::Unknown);
        match (self.plural, other.plural) {
            (Some(a), Some(b)) if a != b => body(self) && body(other),
            _ => true,
        }
    }
}

impl Animacy {
    /// What two mentions of one thing tell: a person is one whatever else is said.
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Person) => other,
            _ => self,
        }
    }

    fn agrees(self, other: Self) -> bool {
        use Animacy::{Body, Person, Thing, Unknown};
        match (self, other) {
            (Unknown, _) | (_, Unknown) => true,
            (Person, Person) => true,
            (Person, _) | (_, Person) => false,
            (Body | Thing, Body | Thing) => true,
        }
    }
}
