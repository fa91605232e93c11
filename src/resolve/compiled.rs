//! A compiled knowledge base: one file of any size, looked up by name.
//!
//! In: entities in the order of their keys, then their names in order, from whoever
//! compiles them ([`CompiledWriter`]); or the bytes of such a file. Out: the file, or a
//! [`CompiledBase`] that answers from its bytes without unpacking them. Opening it
//! takes as long as reading the bytes once, for their checksum.

mod entity;
mod error;
mod header;
mod pack;
mod postings;
mod writer;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use compact_str::CompactString;

#[cfg(feature = "kb")]
pub(crate) use self::entity::{pack, unpack};
pub use self::error::CompiledError;
use self::header::{HEADER, Header, Section};
pub use self::postings::NameItem;
pub use self::writer::CompiledWriter;
use super::entity::Authority;
use super::entry::Entry;
use super::knowledge::{Candidate, KnowledgeBase, NameUse, Query};
use super::name::{fold, slug_with_kind};
use crate::text::{NameKind, Sort, hex};

/// Of so many entities that share a name, no more are told: the best known.
const MOST_CANDIDATES: usize = 64;
/// What the prior of an entity of which nothing tells how well it is known counts as.
const UNKNOWN: f32 = 1.0;

/// A compiled knowledge base, opened.
#[derive(Clone)]
pub struct CompiledBase {
    name: CompactString,
    bytes: Bytes,
    header: Header,
    names: fst::Map<Part>,
    /// Whether it ships with the program.
    is_shipped: bool,
}

/// The bytes of a file, held in common.
type Bytes = Arc<Cow<'static, [u8]>>;

/// A part of the bytes of a file.
#[derive(Clone)]
struct Part {
    bytes: Bytes,
    range: Range<usize>,
}

impl AsRef<[u8]> for Part {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(self.range.clone()).unwrap_or_default()
    }
}

/// Those who share a name: by the keys that they have by it, the slugs of each.
type Namesakes = BTreeMap<CompactString, Vec<CompactString>>;

/// What a compiled base holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompiledInfo {
    /// How many entities.
    pub entities: u64,
    /// How many different names, folded.
    pub names: u64,
    /// The SHA-256 of its contents, in hexadecimal digits.
    pub digest: String,
    /// The version of the file's format.
    pub version: u32,
    /// How many bytes its entities, the lists of those that share names, and the names take.
    pub bytes: [u64; 3],
}

impl CompiledBase {
    /// Opens a file by its contents; `file` names it in errors, and `name` is what links
    /// say they were found by.
    ///
    /// # Errors
    /// Where it is no such file, one of another version, cut off or damaged.
    pub fn new(name: &str, file: &str, bytes: Vec<u8>) -> Result<Self, CompiledError> {
        let header = Header::read(file, &bytes)?;
        header.check(file, &bytes)?;
        Self::open(name, file, header, bytes.into())
    }

    /// The base that ships with the program: it is asked after all others, and its
    /// entities are called by their names, so that they are one with those of articles in
    /// which the name was not linked; where others have the same, with their ids. Its bytes are
    /// part of the program, and are not checked again.
    ///
    /// # Errors
    /// Where the bytes are no compiled base.
    pub fn shipped(name: &str, bytes: &'static [u8]) -> Result<Self, CompiledError> {
        let header = Header::read(name, bytes)?;
        Ok(Self { is_shipped: true, ..Self::open(name, name, header, bytes.into())? })
    }

    fn open(
        name: &str,
        file: &str,
        header: Header,
        bytes: Cow<'static, [u8]>,
    ) -> Result<Self, CompiledError> {
        let bytes = Arc::new(bytes);
        let range = header.range(Section::Names);
        let names = fst::Map::new(Part { bytes: Arc::clone(&bytes), range })
            .map_err(|_| CompiledError::damaged(file, "its names cannot be read"))?;
        Ok(Self { name: name.into(), bytes, header, names, is_shipped: false })
    }

    /// What it holds.
    pub fn info(&self) -> CompiledInfo {
        CompiledInfo {
            entities: self.header.entities,
            names: self.header.names,
            digest: hex(&self.header.digest),
            version: header::VERSION,
            bytes: self.header.lengths,
        }
    }

    /// The entities of a folded name, the best known first, and how it means each.
    pub fn look_up(&self, folded: &str) -> Vec<(Entry, NameUse)> {
        let Some(value) = self.names.get(folded) else { return Vec::new() };
        let items = postings::items(self.section(Section::Postings), value);
        let items = items.take(MOST_CANDIDATES);
        items.filter_map(|item| Some((self.entity(item.offset)?, item.used))).collect()
    }

    fn section(&self, section: Section) -> &[u8] {
        self.bytes.get(self.header.range(section)).unwrap_or_default()
    }

    fn entity(&self, offset: u64) -> Option<Entry> {
        entity::unpack(self.section(Section::Entities).get(offset as usize..)?)
    }

    /// Who has a folded name, by the key that each has by it; `kind` is that of whoever the
    /// base does not know it of.
    fn namesakes(&self, folded: &str, kind: Option<NameKind>) -> Namesakes {
        let mut namesakes = Namesakes::new();
        for (entry, _) in self.look_up(folded) {
            let key = slug_with_kind(folded, entry.sort.map(Sort::kind).or(kind));
            namesakes.entry(key).or_default().push(entry.slug);
        }
        namesakes
    }

    /// All its entities, in the order of their keys.
    pub fn entities(&self) -> impl Iterator<Item = Entry> {
        let mut rest = self.section(Section::Entities);
        std::iter::from_fn(move || entity::unpack_next(&mut rest))
    }
}

impl std::fmt::Debug for CompiledBase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CompiledBase({}, {:?})", self.name, self.header)
    }
}

impl KnowledgeBase for CompiledBase {
    fn name(&self) -> &str {
        &self.name
    }

    fn version(&self) -> String {
        hex(&self.header.digest)
    }

    /// Whoever has the name, with the share of its fame among all who have it.
    fn candidates(&self, query: &Query<'_>) -> Vec<Candidate<'_>> {
        let found = self.look_up(query.name);
        let fame = |entry: &Entry| UNKNOWN + entry.weight as f32;
        let all: f32 = found.iter().map(|(entry, _)| fame(entry)).sum();
        // Each label is looked up once, however many have it.
        let mut by_label: BTreeMap<String, Namesakes> = BTreeMap::new();
        let candidates = found.into_iter().map(|(mut entry, used)| {
            let prior = fame(&entry) / all;
            if self.is_shipped {
                let folded = fold(&entry.label);
                let of_name = by_label
                    .entry(folded.clone())
                    .or_insert_with(|| self.namesakes(&folded, query.kind));
                entry.slug = key_by_name(&entry, &folded, query.kind, of_name);
            }
            Candidate::new(Cow::Owned(entry), used, by_use(used)).with_prior(prior)
        });
        candidates.filter(|c| c.used != NameUse::Demonym || query.adjectival).collect()
    }

    fn names(&self) -> Box<dyn Iterator<Item = (&str, Sort)> + '_> {
        Box::new(std::iter::empty())
    }

    fn is_last(&self) -> bool {
        self.is_shipped
    }

    fn ids(&self) -> Box<dyn Iterator<Item = (Authority, CompactString)> + '_> {
        Box::new(self.entities().flat_map(|entry| entry.ids))
    }
}

/// The key that an entity has by its folded label, as if nobody knew it; with the end of its
/// IRI where others have the key, too: *birmingham-q79867_place*.
fn key_by_name(
    entry: &Entry,
    folded: &str,
    kind: Option<NameKind>,
    namesakes: &Namesakes,
) -> CompactString {
    let kind = entry.sort.map(Sort::kind).or(kind);
    let key = slug_with_kind(folded, kind);
    let is_shared =
        namesakes.get(&key).is_some_and(|slugs| slugs.iter().any(|slug| *slug != entry.slug));
    if !is_shared {
        return key;
    }
    let iri = entry.slug.trim_end_matches('/');
    let id = iri.rsplit(['/', '#']).next().unwrap_or(iri);
    slug_with_kind(&format!("{folded} {}", fold(id)), kind)
}

/// How well a name fits by itself.
fn by_use(used: NameUse) -> f32 {
    match used {
        NameUse::Label => 1.0,
        NameUse::Alias => 0.97,
        NameUse::Local => 0.9,
        NameUse::Demonym => 0.95,
        // Nobody has it for a name.
        NameUse::Description | NameUse::Decision => 0.0,
    }
}

#[cfg(test)]
mod tests;
