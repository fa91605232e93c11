//! What drafts are, by their names.
//!
//! In: a draft, and the known entity that it was found to be, if any. Out: its
//! [`Identity`]: that entity, else a key that is made of its names.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use compact_str::CompactString;

use super::decisions::{Decisions, Settled};
use super::draft::Draft;
use super::entity::EntityKey;
use super::entry::Entry;
use super::knowledge::{Candidate, KnowledgeBase, NameUse, Query};
use super::linker::{Countries, Linker, Match, PlaceReading};
use super::name::{fold, slug, slug_with_kind, without_legal_form};
use super::no_names::NoNames;
use crate::text::{Document, NameKind, Sort};

/// How sure a person's decision is.
const SURE: f32 = 1.0;

/// What a draft turned out to be.
pub(super) struct Identity<'a> {
    pub(super) key: EntityKey,
    pub(super) known: Option<Match<'a>>,
    /// What it is called where that is told by what it is of what: *Ukrainian
    /// president*.
    pub(super) described: Option<Described>,
    /// Whether what are taken for its names are names.
    pub(super) is_named: bool,
    /// What people decided that it is, where they did.
    pub(super) settled: Option<Settled>,
}

/// A thing that is told from all others by its kind and its owner.
pub(super) struct Described {
    pub(super) label: CompactString,
    pub(super) kind: Option<NameKind>,
}

impl<'a> Identity<'a> {
    /// A known entity.
    pub(super) fn known(known: Match<'a>) -> Self {
        let key = EntityKey::Global(known.entry.slug.clone());
        Self { key, known: Some(known), described: None, is_named: true, settled: None }
    }

    fn unknown(key: EntityKey) -> Self {
        Self { key, known: None, described: None, is_named: true, settled: None }
    }

    /// What no name tells from others: a phrase of its article.
    pub(super) fn phrase(document: &Document, draft: &Draft) -> Self {
        let key = EntityKey::Local(draft.slug(document));
        Self { key, known: None, described: None, is_named: false, settled: None }
    }
}

impl<'a> Identity<'a> {
    /// Becomes what people decided that an entity of this key is, unless that is done.
    pub(super) fn settle(
        &mut self,
        document: &Document,
        naming: Naming<'a>,
        decisions: &Decisions,
        key: &EntityKey,
    ) {
        if self.settled.is_some() {
            return;
        }
        let Some(settled) = decisions.settle(&document.article.id, key) else { return };
        let known = naming.entity(settled.key.slug());
        self.known = match known {
            Some((base, entry)) => {
                Some(Match { base, entry, used: NameUse::Decision, score: SURE })
            }
            None => self.known.take().filter(|_| !settled.is_other),
        };
        self.described =
            self.described.take().filter(|_| self.known.is_none() && !settled.is_other);
        self.key = settled.key.clone();
        self.settled = Some(settled);
    }
}

/// Who and what tells what names mean.
#[derive(Clone, Copy)]
pub(super) struct Naming<'a> {
    pub(super) linker: Linker<'a>,
    /// The full names of persons, folded, of whom an article has two generations.
    pub(super) namesakes: Option<&'a BTreeSet<String>>,
}

impl<'a> Naming<'a> {
    /// What a draft is that was found to be this, or that nobody knows.
    pub(super) fn identify(
        self,
        document: &Document,
        draft: &Draft,
        known: Option<Match<'a>>,
    ) -> Identity<'a> {
        match known {
            _ if NoNames::is_some_of(document, draft) => Identity::phrase(document, draft),
            Some(known) => Identity::known(known),
            None if self.linker.no_names.has_none(document, draft) => {
                Identity::phrase(document, draft)
            }
            None => Identity::unknown(self.unknown_key(document, draft)),
        }
    }

    /// Whether a name is that of a news medium, by the first that knows it.
    pub(super) fn is_medium(self, folded: &str) -> Option<bool> {
        let all = self.candidates(folded);
        let (_, known) = all.iter().find(|(_, known)| !known.is_empty())?;
        Some(known.iter().any(|candidate| candidate.entry.sort == Some(Sort::Media)))
    }

    /// What a name alone may mean to each of those whose names need no weighing.
    pub(super) fn candidates(
        self,
        folded: &str,
    ) -> Vec<(&'a dyn KnowledgeBase, Vec<Candidate<'a>>)> {
        let names = &[folded.to_owned()];
        let query = Query { name: folded, names, kind: None, adjectival: true };
        let listed = |base: &'a Arc<dyn KnowledgeBase>| {
            let all = base.candidates(&query).into_iter();
            (base.as_ref(), all.filter(|candidate| candidate.prior.is_none()).collect())
        };
        self.linker.bases.iter().filter(|base| !base.is_last()).map(listed).collect()
    }

    /// The known entity of this key.
    pub(super) fn entity(self, key: &str) -> Option<(&'a dyn KnowledgeBase, Cow<'a, Entry>)> {
        self.linker.bases.iter().find_map(|base| Some((base.as_ref(), base.entity(key)?)))
    }

    /// Whether a person is told from another only by *Jr.* or its like: the other is
    /// known, or in the article.
    fn has_namesake(self, bare: &str) -> bool {
        self.namesakes.is_some_and(|names| names.contains(bare)) || self.person(bare).is_some()
    }

    /// The full names of which an article has several persons, as *Jr.* and its like tell.
    pub(super) fn namesakes(self, drafts: &[Draft]) -> BTreeSet<String> {
        let mut first: BTreeMap<String, String> = BTreeMap::new();
        let mut several = BTreeSet::new();
        let persons = drafts.iter().filter(|draft| draft.kind == Some(NameKind::Person));
        for name in persons.filter_map(Draft::fullest_name) {
            let bare = fold(&self.linker.persons.bare(name).join(" "));
            let told = fold(&self.linker.persons.identifying(name).join(" "));
            let known = first.entry(bare.clone()).or_insert_with(|| told.clone());
            if *known != told {
                several.insert(bare);
            }
        }
        several
    }

    /// Whether the father is known, and is not who the son is known to be.
    pub(super) fn are_two(self, son: &str, father: &str) -> bool {
        let known = self.person(father);
        known.is_some() && known != self.person(son)
    }

    /// The key of the known person of a name.
    fn person(self, name: &str) -> Option<CompactString> {
        let kind = Some(NameKind::Person);
        let draft = Draft { kind, names: [name.into()].into(), ..Draft::default() };
        let known = self.linker.listed(&draft, &Countries::new(), &PlaceReading::default());
        known.map(|known| known.entry.slug.clone())
    }

    /// The key of what nobody knows.
    fn unknown_key(self, document: &Document, draft: &Draft) -> EntityKey {
        let names = draft.names_by_fullness();
        let Some(name) = names.first() else {
            return EntityKey::Local(draft.slug(document));
        };
        if draft.kind == Some(NameKind::Person) {
            return self.key_of_person(name);
        }
        let folded = fold(name);
        if folded.is_empty() {
            return EntityKey::Local(draft.slug(document));
        }
        let name = without_legal_form(&folded, self.linker.words).unwrap_or(&folded);
        EntityKey::Global(slug_with_kind(name, draft.kind))
    }

    /// One surname is many people; only a full name holds across articles.
    fn key_of_person(self, name: &str) -> EntityKey {
        let bare = fold(&self.linker.persons.bare(name).join(" "));
        if bare.rsplit_once(' ').is_some_and(|(_, surname)| surname.chars().count() > 1) {
            let told = fold(&self.linker.persons.identifying(name).join(" "));
            let full = if self.has_namesake(&bare) { told } else { bare };
            return EntityKey::Global(slug_with_kind(&full, Some(NameKind::Person)));
        }
        EntityKey::Local(slug(if bare.is_empty() { "person" } else { &bare }))
    }
}
