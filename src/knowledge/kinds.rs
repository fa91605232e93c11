//! What the kinds and classes of others mean.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::Sort;
use crate::text::table::Table;

/// What kinds, classes and words of descriptions mean, by `kinds.tsv`.
#[derive(Clone, Debug)]
pub struct Kinds {
    kinds: BTreeMap<String, Meaning>,
    classes: BTreeMap<String, Meaning>,
    words: BTreeMap<String, Meaning>,
}

/// What a kind means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A sort of thing.
    Sort(Sort),
    /// Nothing that articles are linked to.
    LeftOut,
}

impl Meaning {
    /// The sort, unless it is left out.
    pub(super) fn sort(self) -> Option<Sort> {
        match self {
            Self::Sort(sort) => Some(sort),
            Self::LeftOut => None,
        }
    }
}

impl Default for Kinds {
    fn default() -> Self {
        let table = Table::shipped("kinds.tsv", include_str!("kinds.tsv"));
        let mut kinds =
            Self { kinds: BTreeMap::new(), classes: BTreeMap::new(), words: BTreeMap::new() };
        for row in table.rows() {
            let meaning = row.get("sort").and_then(parse_kind).map(Meaning::Sort);
            let list = match row.get("from") {
                Some("kind") => &mut kinds.kinds,
                Some("class") => &mut kinds.classes,
                _ => &mut kinds.words,
            };
            list.insert(row.key().to_owned(), meaning.unwrap_or(Meaning::LeftOut));
        }
        kinds
    }
}

impl Kinds {
    /// Says that a class of Wikidata means a sort.
    pub fn add_class(&mut self, class: &str, sort: Sort) {
        self.classes.insert(class.to_lowercase(), Meaning::Sort(sort));
    }

    /// What a kind means, as a table or a class of RDF names it; none where it is not known.
    pub(super) fn kind(&self, kind: &str) -> Option<Meaning> {
        self.kinds.get(&kind.trim().to_lowercase()).copied()
    }

    /// What the first known of some classes of Wikidata means.
    pub(super) fn class<'c>(&self, classes: impl IntoIterator<Item = &'c str>) -> Option<Meaning> {
        let known: BTreeSet<_> = classes.into_iter().map(str::to_lowercase).collect();
        known.iter().find_map(|class| self.classes.get(class)).copied()
    }

    /// What a description says that something is, by the first of its words that tells.
    pub(super) fn described(&self, description: &str) -> Option<Sort> {
        let words = description.split(|c: char| !c.is_alphanumeric());
        let mut known = words.filter_map(|word| self.words.get(&word.to_lowercase()));
        known.find_map(|meaning| meaning.sort())
    }
}

/// The sort of a name, as `kinds.tsv` and the command line have it.
pub fn parse_kind(name: &str) -> Option<Sort> {
    serde_json::from_value(serde_json::Value::from(name)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_classes_and_descriptions_have_meanings() {
        let kinds = Kinds::default();
        assert_eq!(kinds.kind("PublicBody"), Some(Meaning::Sort(Sort::Government)));
        assert_eq!(kinds.kind("position"), Some(Meaning::LeftOut));
        assert_eq!(kinds.kind("teapot"), None);
        assert_eq!(kinds.class(["Q9", "Q5"]), Some(Meaning::Sort(Sort::Person)));
        assert_eq!(kinds.described("Harbour town of ferries"), Some(Sort::City));
        assert_eq!(kinds.described("a kind of tea"), None);
    }
}
