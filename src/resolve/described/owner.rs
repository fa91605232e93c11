//! Who has things, and where they are: entities that are the same in every article.
//!
//! In: a word or words, the drafts and what they are. Out: an [`Owner`].

use std::collections::BTreeMap;

use compact_str::{CompactString, format_compact};

use super::kinds::{Kind, Level};
use crate::resolve::draft::Draft;
use crate::resolve::entity::EntityKey;
use crate::resolve::entry::Entry;
use crate::resolve::identity::{Identity, Naming};
use crate::resolve::knowledge::NameUse;
use crate::resolve::name::{fold, slug};
use crate::text::{NameKind, Sort, TokenId};

/// Who has a thing, or where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Owner {
    /// The key of its entity.
    pub(super) key: CompactString,
    pub(super) label: CompactString,
    /// What belongs to it is called so: *Ukrainian*.
    pub(super) adjective: Option<CompactString>,
    pub(super) level: Level,
    /// The key of the country that it is in.
    country: Option<CompactString>,
}

impl Owner {
    /// A known entity that can have things; none where it cannot.
    fn of_entry(entry: &Entry) -> Option<Self> {
        let level = match entry.sort? {
            Sort::Country => Level::Country,
            Sort::City => Level::Town,
            Sort::Place => Level::Region,
            Sort::Government | Sort::Media | Sort::Company | Sort::Organization => Level::Body,
            Sort::Party => Level::Party,
            Sort::Person => Level::Person,
            Sort::Facility | Sort::Event => return None,
        };
        Some(Self {
            key: entry.slug.clone(),
            label: entry.label.clone(),
            adjective: entry.demonyms.first().cloned(),
            level,
            country: entry.country.clone(),
        })
    }

    /// Whose something is, in words: *Ukrainian*, *Ada Brook's*.
    pub(super) fn whose(&self) -> CompactString {
        if self.level == Level::Person {
            let ending = if self.label.ends_with('s') { "'" } else { "'s" };
            return format_compact!("{}{ending}", self.label);
        }
        self.adjective.as_ref().unwrap_or(&self.label).clone()
    }

    /// Its part of a key: that of a user's own entity is an IRI.
    pub(super) fn slug(&self) -> CompactString {
        if self.key.contains(':') { slug(&fold(&self.key)) } else { self.key.clone() }
    }
}

/// What words name owners and places.
pub(super) struct Owners<'i, 'a> {
    pub(super) naming: Naming<'a>,
    pub(super) drafts: &'i [Draft],
    pub(super) identities: &'i [Identity<'a>],
    /// The draft of each word.
    pub(super) at: BTreeMap<TokenId, usize>,
}

impl Owners<'_, '_> {
    /// What a word of a name, a pronoun or the head of a description stands for.
    pub(super) fn of_word(&self, word: TokenId) -> Option<Owner> {
        self.of_draft(*self.at.get(&word)?)
    }

    fn of_draft(&self, i: usize) -> Option<Owner> {
        let (draft, identity) = self.drafts.get(i).zip(self.identities.get(i))?;
        if let Some(known) = &identity.known {
            return Owner::of_entry(&known.entry);
        }
        let EntityKey::Global(key) = &identity.key else { return None };
        let level = match draft.kind? {
            NameKind::Place => Level::Town,
            NameKind::Organization => Level::Body,
            NameKind::Person => Level::Person,
            _ => return None,
        };
        let label = draft.fullest_name()?.clone();
        Some(Owner { key: key.clone(), label, adjective: None, level, country: None })
    }

    /// Whom a name means: the one thing of the article that has it, else whom it means
    /// by itself, wherever it stands.
    pub(super) fn named(&self, name: &str) -> Option<Owner> {
        let bears = |i: &usize| self.drafts.get(*i).is_some_and(|d| d.names.contains(name));
        let mut bearers = (0..self.drafts.len()).filter(bears).peekable();
        if bearers.peek().is_none() {
            return self.known(name);
        }
        let mut owners = bearers.map(|i| self.of_draft(i));
        let first = owners.next()??;
        owners.all(|owner| owner.is_some_and(|o| o.key == first.key)).then_some(first)
    }

    fn known(&self, name: &str) -> Option<Owner> {
        let found = self.naming.candidates(&fold(name));
        found.into_iter().find_map(|(_, candidates)| {
            let by_itself = candidates.iter().filter(|c| c.used != NameUse::Local);
            let mut best = by_itself.collect::<Vec<_>>();
            best.sort_by(|a, b| b.score.total_cmp(&a.score));
            best.first().and_then(|candidate| Owner::of_entry(&candidate.entry))
        })
    }

    /// Whose a thing of a kind is: a state may go by its capital.
    pub(super) fn as_owner(&self, kind: &Kind, owner: Owner) -> Option<Owner> {
        let takes = |level| kind.owners.contains(&level);
        if owner.level == Level::Town
            && takes(Level::Country)
            && let Some(country) = self.governed_from(&owner)
        {
            return Some(country);
        }
        takes(owner.level).then_some(owner)
    }

    /// Where a thing of a kind is: an embassy is one to a country.
    pub(super) fn as_place(&self, kind: &Kind, place: Owner) -> Option<Owner> {
        match kind.place? {
            Level::Country if place.level == Level::Country => Some(place),
            Level::Country => self.entity(place.country.as_ref()?),
            level => (place.level == level).then_some(place),
        }
    }

    /// The country that a town is the capital of.
    fn governed_from(&self, town: &Owner) -> Option<Owner> {
        let (_, country) = self.naming.entity(town.country.as_ref()?)?;
        Owner::of_entry(&country).filter(|_| country.capital.as_ref() == Some(&town.key))
    }

    fn entity(&self, key: &str) -> Option<Owner> {
        Owner::of_entry(&self.naming.entity(key)?.1)
    }
}
