//! Things without a name that are the same in every article all the same: *the U.S.
//! embassy in Kyiv*, *the Ukrainian parliament*. An owner has one of the kind.
//!
//! In: the drafts of an article, and what they are by their names. Out: the identities
//! of those that all their mentions together tell by kind, owner and, where the kind asks
//! for it, place (`described-kinds.tsv`): a key of these, or the known entity that it
//! is. What nobody tells the owner of, or what may have two, stays of its article.

mod filling;
mod kinds;
mod owner;
mod reading;

use compact_str::{CompactString, format_compact};

use self::filling::fill;
use self::kinds::{Kind, Kinds};
use self::owner::{Owner, Owners};
use self::reading::{Read, Reader, Reading};
use super::draft::{Draft, index};
use super::entity::EntityKey;
use super::identity::{Described, Identity, Naming};
use super::knowledge::NameUse;
use super::linker::Match;
use super::name::fold;
use crate::text::lexicon::Lexicon;
use crate::text::table::TableError;
use crate::text::{Document, MentionKind};

/// How sure it is that a description means a known entity.
const SCORE: f32 = 0.9;

/// What tells described things: the kinds of which an owner has one.
#[derive(Clone, Debug)]
pub(super) struct Descriptions(Kinds);

impl Default for Descriptions {
    /// The shipped kinds.
    fn default() -> Self {
        Self(Kinds::shipped())
    }
}

impl Descriptions {
    /// The kinds of the lists.
    pub(super) fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        Kinds::new(lexicon).map(Self)
    }

    /// Finds what drafts are that nobody knows by name.
    pub(super) fn identify<'a>(
        &self,
        document: &Document,
        naming: Naming<'a>,
        drafts: &[Draft],
        identities: &mut [Identity<'a>],
    ) {
        let mut drafted = Drafted { document, naming, kinds: &self.0, drafts };
        drafted.find_capitals(identities);
        drafted.find_others(identities);
    }
}

/// The drafts of an article, with all that tells what they are.
struct Drafted<'d, 'a> {
    document: &'d Document,
    naming: Naming<'a>,
    kinds: &'d Kinds,
    drafts: &'d [Draft],
}

impl<'a> Drafted<'_, 'a> {
    /// *The Ukrainian capital* is Kyiv, and what is there is in Kyiv.
    fn find_capitals(&mut self, identities: &mut [Identity<'a>]) {
        for (i, reading) in self.readings(identities).into_iter().enumerate() {
            let Some(reading) = reading.filter(|r| self.kinds.is_capital(r.kind)) else { continue };
            let known = reading.owner.and_then(|owner| self.capital(&owner));
            if let Some((identity, known)) = identities.get_mut(i).zip(known) {
                *identity = Identity::known(known);
            }
        }
    }

    fn capital(&self, country: &Owner) -> Option<Match<'a>> {
        let (_, country) = self.naming.entity(&country.key)?;
        let (base, entry) = self.naming.entity(country.capital.as_ref()?)?;
        Some(Match { base, entry, used: NameUse::Description, score: SCORE })
    }

    fn find_others(&mut self, identities: &mut [Identity<'a>]) {
        let mut readings = self.readings(identities);
        let owners = self.owners(identities);
        fill(self.document, self.kinds, &owners, &mut readings);
        let found: Vec<_> = readings.iter().map(|r| r.as_ref().map(|r| self.found(r))).collect();
        for (i, found) in found.into_iter().enumerate() {
            let (Some(found), Some(identity)) = (found, identities.get_mut(i)) else { continue };
            match (found, self.drafts.get(i)) {
                (Some(found), _) => *identity = found,
                // A name that says no more than what it is names one that is not told.
                (None, Some(draft)) => *identity = Identity::phrase(self.document, draft),
                (None, None) => {}
            }
        }
    }

    fn owners<'i>(&'i self, identities: &'i [Identity<'a>]) -> Owners<'i, 'a> {
        Owners { naming: self.naming, drafts: self.drafts, identities, at: index(self.drafts) }
    }

    /// What each draft that no name tells is described as.
    fn readings(&self, identities: &[Identity<'a>]) -> Vec<Option<Reading>> {
        let owners = self.owners(identities);
        let reader = Reader { document: self.document, kinds: self.kinds, owners: &owners };
        let unknown = |identity: &Identity<'_>| identity.known.is_none();
        let drafts = self.drafts.iter().zip(identities);
        drafts.map(|(draft, i)| read(&reader, draft).filter(|_| unknown(i))).collect()
    }

    /// What a reading comes to; none where it leaves open whose or where.
    fn found(&self, reading: &Reading) -> Option<Identity<'a>> {
        let kind = self.kinds.kind(reading.kind)?;
        let owner = reading.owner.as_ref()?;
        if kind.place.is_none()
            && let Some(known) = self.known(kind, owner)
        {
            return Some(Identity::known(known));
        }
        let place = match kind.place {
            Some(_) => Some(reading.place.as_ref()?),
            None => None,
        };
        Some(described(kind, owner, place))
    }

    /// The known entity that is of this kind, and in or of this country.
    fn known(&self, kind: &Kind, owner: &Owner) -> Option<Match<'a>> {
        let (_, entry) = self.naming.entity(&owner.key)?;
        let names = std::iter::once(&entry.label).chain(&entry.aliases).chain(&entry.demonyms);
        let names: Vec<&CompactString> = names.collect();
        kind.phrases.iter().find_map(|phrase| {
            let with = names.iter().map(|name| format!("{name} {phrase}"));
            let of = names.iter().map(|name| format!("{phrase} of {name}"));
            let mut called = std::iter::once(phrase.to_string()).chain(with).chain(of);
            called.find_map(|name| self.owned(&fold(&name), owner))
        })
    }

    /// The known entity of a name that is in or of a country.
    fn owned(&self, name: &str, owner: &Owner) -> Option<Match<'a>> {
        self.naming.candidates(name).into_iter().find_map(|(base, candidates)| {
            let is_owned = |country: Option<&CompactString>| country == Some(&owner.key);
            let found = candidates.into_iter().find(|c| is_owned(c.entry.country.as_ref()))?;
            Some(Match { base, entry: found.entry, used: NameUse::Description, score: SCORE })
        })
    }
}

/// What all mentions of a draft together say; none where one of them says another
/// thing, or is a name for it.
fn read(reader: &Reader<'_, '_>, draft: &Draft) -> Option<Reading> {
    let mut all: Option<Reading> = None;
    for mention in &draft.mentions {
        if matches!(mention.kind, MentionKind::Pronoun | MentionKind::Clause) {
            continue;
        }
        match reader.read(mention) {
            Read::Thing(reading) => {
                all = Some(match all {
                    Some(known) => known.with(*reading)?,
                    None => *reading,
                });
            }
            Read::Nothing if mention.kind == MentionKind::Nominal => {}
            Read::Nothing | Read::Other => return None,
        }
    }
    all
}

/// The identity of a thing of a kind that an owner has, at a place if one is asked for.
fn described<'a>(kind: &Kind, owner: &Owner, place: Option<&Owner>) -> Identity<'a> {
    let whose = owner.whose();
    let (mut slug, mut label) = (
        format_compact!("{}_{}", owner.slug(), kind.name),
        format_compact!("{whose} {}", kind.label()),
    );
    if let Some(place) = place {
        slug = format_compact!("{slug}_{}", place.slug());
        label = format_compact!("{label} in {}", place.label);
    }
    let described = Some(Described { label, kind: kind.is });
    Identity { key: EntityKey::Global(slug), known: None, described, is_named: true, settled: None }
}

impl Reading {
    /// What two mentions say of one thing; none where they cannot both be true.
    fn with(self, other: Self) -> Option<Self> {
        let both = |a: Option<Owner>, b: Option<Owner>| match (a, b) {
            (Some(a), Some(b)) if a.key != b.key => None,
            (a, b) => Some(a.or(b)),
        };
        let kind = self.kind;
        (kind == other.kind).then_some(())?;
        let (owner, place) = (both(self.owner, other.owner)?, both(self.place, other.place)?);
        Some(Self { kind, owner, place, definite: self.definite || other.definite })
    }
}
