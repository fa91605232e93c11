//! The kinds of things of which an owner has one, and the words that tell them.
//!
//! In: the lists `described-kinds`, `described-staff` and `described-words`. Out:
//! [`Kinds`].

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;

use crate::resolve::lists::shipped;
use crate::text::lexicon::Lexicon;
use crate::text::table::{Row, TableError};
use crate::text::{ClassedWords, NameKind, WordClass, word_classes};

/// Index of a kind of things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct KindId(usize);

/// The kind that is itself the place: *the Ukrainian capital*.
const CAPITAL: &str = "capital";

/// Who has things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Country,
    /// A part of a country.
    Region,
    Town,
    /// An organisation.
    Body,
    Party,
    Person,
}

impl Level {
    fn parse(word: &str) -> Option<Self> {
        let all = [
            ("country", Self::Country),
            ("region", Self::Region),
            ("town", Self::Town),
            ("body", Self::Body),
            ("party", Self::Party),
            ("person", Self::Person),
        ];
        all.into_iter().find(|(name, _)| *name == word).map(|(_, level)| level)
    }
}

/// A kind of things of which an owner has one.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    /// A word of the keys of its things.
    pub(super) name: CompactString,
    /// What they are called; the first in labels.
    pub(super) phrases: Vec<CompactString>,
    /// What sort of entity they are.
    pub(super) is: Option<NameKind>,
    /// Who has one.
    pub(super) owners: Vec<Level>,
    /// What must be known besides the owner: where it is.
    pub(super) place: Option<Level>,
}

impl Kind {
    /// What labels call it.
    pub(super) fn label(&self) -> &str {
        self.phrases.first().map_or(&self.name, |phrase| phrase)
    }
}

word_classes! {
    /// What a word around the noun of a described thing does.
    pub(super) enum Around in "described-words" {
        /// Tells that another one is meant: *former*.
        Other = "other",
        /// The owner follows: *of*.
        Owner = "owner",
        /// The place follows: *in*.
        Place = "place",
    }
}

/// All kinds.
#[derive(Clone, Debug)]
pub(super) struct Kinds {
    all: Vec<Kind>,
    by_phrase: BTreeMap<CompactString, KindId>,
    /// How many words the longest phrase has.
    longest: usize,
    staff: BTreeSet<(CompactString, CompactString)>,
    pub(super) words: ClassedWords<Around>,
}

impl Kinds {
    /// Those that ship.
    pub(super) fn shipped() -> Self {
        let lists = shipped(&["described-kinds", "described-staff", Around::LIST]);
        Self::new(&lists).expect("a test reads the shipped lists")
    }

    /// Those of the lists.
    pub(super) fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let staff = lexicon.rows("described-staff");
        let mut this = Self {
            all: Vec::new(),
            by_phrase: BTreeMap::new(),
            longest: 0,
            staff: staff.filter_map(|r| Some((r.key().into(), r.get("kind")?.into()))).collect(),
            words: ClassedWords::new(lexicon)?,
        };
        for row in lexicon.rows("described-kinds") {
            this.add(row)?;
        }
        Ok(this)
    }

    /// Adds a line: a kind, or another phrase of one.
    fn add(&mut self, row: Row<'_>) -> Result<(), TableError> {
        let name: CompactString = row.parse("kind", |name| Some(name.into()))?;
        let place = self.all.iter().position(|kind| kind.name == name);
        let id = KindId(place.unwrap_or(self.all.len()));
        if place.is_none() {
            self.all.push(Kind {
                name,
                phrases: Vec::new(),
                is: row.get("is").and_then(NameKind::parse),
                owners: row.parse("owner", levels)?,
                place: row.get("place").and_then(Level::parse),
            });
        }
        if let Some(kind) = self.all.get_mut(id.0) {
            kind.phrases.push(row.key().into());
        }
        self.longest = self.longest.max(row.key().split(' ').count());
        self.by_phrase.insert(row.key().into(), id);
        Ok(())
    }

    /// The kind of this index.
    pub(super) fn kind(&self, id: KindId) -> Option<&Kind> {
        self.all.get(id.0)
    }

    /// The kind that is called so, in small letters.
    pub(super) fn called(&self, phrase: &str) -> Option<KindId> {
        self.by_phrase.get(phrase).copied()
    }

    /// How many words the longest phrase has.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    /// Whether it is the town that a country is governed from.
    pub(super) fn is_capital(&self, id: KindId) -> bool {
        self.kind(id).is_some_and(|kind| kind.name == CAPITAL)
    }

    /// Whether those who are called so work at things of a kind.
    pub(super) fn is_staff(&self, noun: &str, kind: &Kind) -> bool {
        self.staff.contains(&(noun.into(), kind.name.clone()))
    }
}

fn levels(cell: &str) -> Option<Vec<Level>> {
    cell.split(',').map(|word| Level::parse(word.trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::word_lists;

    #[test]
    fn the_shipped_kinds_are_whole() {
        let kinds = Kinds::shipped();
        let lexicon = Lexicon::read(word_lists()).expect("lists that ship");
        for row in lexicon.rows("described-kinds") {
            let id = kinds.called(row.key()).expect("a kind for each phrase");
            let kind = kinds.kind(id).expect("a kind for each index");
            let owners = row.parse("owner", levels).expect("levels");
            let place = row.get("place").and_then(Level::parse);
            assert_eq!((&kind.owners, kind.place), (&owners, place), "{} differs", row.key());
            assert_eq!(kind.is, row.get("is").and_then(NameKind::parse), "{} differs", row.key());
        }
        for (noun, name) in &kinds.staff {
            assert!(kinds.all.iter().any(|kind| kind.name == name), "{noun} of no {name}");
        }
    }

    #[test]
    fn phrases_tell_kinds() {
        let kinds = Kinds::shipped();
        let check = |phrase: &str, name: Option<&str>| {
            let kind = kinds.called(phrase).and_then(|id| kinds.kind(id));
            assert_eq!(kind.map(|kind| kind.name.as_str()), name, "{phrase}");
        };
        check("high commission", Some("embassy"));
        check("ministry of defense", Some("defence-ministry"));
        check("embassies", None);
    }
}
