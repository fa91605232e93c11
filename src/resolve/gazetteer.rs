//! Known entities with their names and ids.

use std::borrow::Cow;
use std::collections::HashMap;

use compact_str::CompactString;

use super::entity::Authority;
use super::entry::Entry;
use super::knowledge::{Candidate, KnowledgeBase, NameUse, Query};
use super::name::fold;
use crate::text::{NameKind, Sort};

/// Known entities, to be looked up by name. Where names are shared, earlier
/// entries are likelier.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    by_slug: HashMap<CompactString, u32>,
    by_name: HashMap<String, Vec<(u32, NameUse)>>,
    by_id: HashMap<(Authority, CompactString), u32>,
}

impl Gazetteer {
    /// Indexes entries. An entry with the slug of an earlier one replaces it,
    /// in its place.
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut gazetteer = Self::default();
        gazetteer.extend(entries);
        gazetteer
    }

    /// Adds entries; see [`Gazetteer::new`].
    pub fn extend(&mut self, entries: impl IntoIterator<Item = Entry>) {
        let mut place: HashMap<CompactString, usize> =
            self.entries.iter().enumerate().map(|(i, e)| (e.slug.clone(), i)).collect();
        for entry in entries {
            match place.get(&entry.slug).and_then(|&i| self.entries.get_mut(i)) {
                Some(old) => *old = entry,
                None => {
                    place.insert(entry.slug.clone(), self.entries.len());
                    self.entries.push(entry);
                }
            }
        }
        self.index();
    }

    fn index(&mut self) {
        self.by_name.clear();
        self.by_id.clear();
        self.by_slug.clear();
        for (i, entry) in self.entries.iter().enumerate() {
            for id in &entry.ids {
                self.by_id.entry(id.clone()).or_insert(i as u32);
            }
            self.by_slug.insert(entry.slug.clone(), i as u32);
            // A label may be ambiguous itself: *Conservative Party*.
            let label = (!entry.local_names.contains(&entry.label)).then_some(&entry.label);
            let names = label
                .into_iter()
                .map(|l| (l, NameUse::Label))
                .chain(entry.aliases.iter().map(|a| (a, NameUse::Alias)))
                .chain(entry.local_names.iter().map(|n| (n, NameUse::Local)))
                .chain(entry.demonyms.iter().map(|d| (d, NameUse::Demonym)));
            for (name, used) in names {
                let uses = self.by_name.entry(fold(name)).or_default();
                if uses.iter().all(|&(e, _)| e != i as u32) {
                    uses.push((i as u32, used));
                }
            }
        }
    }

    /// All entries, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Entries that a folded name may mean, likeliest first.
    fn look_up(&self, folded: &str) -> impl Iterator<Item = (&Entry, NameUse)> {
        let uses = self.by_name.get(folded).map_or(&[][..], Vec::as_slice);
        uses.iter().filter_map(|&(i, used)| Some((self.entries.get(i as usize)?, used)))
    }
}

impl KnowledgeBase for Gazetteer {
    fn name(&self) -> &'static str {
        "gazetteer"
    }

    /// A gazetteer is what it was made of: its entries.
    fn version(&self) -> String {
        format!("{:?}", self.entries)
    }

    fn candidates(&self, query: &Query<'_>) -> Vec<Candidate<'_>> {
        let found = self.look_up(query.name);
        let scored = found.map(|(entry, used)| (entry, used, fit(entry, used, query)));
        scored
            .filter(|(.., score)| *score > 0.0)
            .map(|(entry, used, score)| Candidate::new(Cow::Borrowed(entry), used, score))
            .collect()
    }

    fn entity(&self, key: &str) -> Option<Cow<'_, Entry>> {
        let &place = self.by_slug.get(key)?;
        self.entries.get(place as usize).map(Cow::Borrowed)
    }

    /// Every name but the adjectives.
    fn names(&self) -> Box<dyn Iterator<Item = (&str, Sort)> + '_> {
        Box::new(self.entries.iter().flat_map(|entry| {
            let names = std::iter::once(&entry.label).chain(&entry.aliases);
            names.chain(&entry.local_names).filter_map(|n| Some((n.as_str(), entry.sort?)))
        }))
    }

    fn by_id(&self, id: &(Authority, CompactString)) -> Option<&Entry> {
        self.entries.get(*self.by_id.get(id)? as usize)
    }

    fn ids(&self) -> Box<dyn Iterator<Item = (Authority, CompactString)> + '_> {
        Box::new(self.entries.iter().flat_map(|entry| entry.ids.iter().cloned()))
    }
}

/// How well an entry fits a cluster that uses one of its names: 0 is not at all.
fn fit(entry: &Entry, used: NameUse, query: &Query<'_>) -> f32 {
    use NameKind as K;
    let by_name = match used {
        NameUse::Label => 1.0,
        NameUse::Alias => 0.97,
        NameUse::Local => 0.9,
        NameUse::Demonym if query.adjectival => 0.95,
        // Nobody has it for a name.
        NameUse::Demonym | NameUse::Description | NameUse::Decision => return 0.0,
    };
    let Some(own) = entry.sort.map(Sort::kind) else { return by_name };
    let by_kind = match query.kind {
        Some(kind) if kind == own => 1.0,
        None | Some(K::Other) => 0.95,
        Some(K::Group) if used == NameUse::Demonym || own == K::Organization => 1.0,
        Some(K::Person) if own != K::Person && !query.name.contains(' ') => 0.0,
        Some(_) if own == K::Person && !query.name.contains(' ') => 0.0,
        Some(K::Place) if own == K::Facility => 0.95,
        Some(K::Facility) if own == K::Place => 0.95,
        Some(_) => 0.9,
    };
    by_name * by_kind
}
