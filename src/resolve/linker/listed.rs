//! What lists made for the news say of a draft: by its names, its kind and the
//! countries that the article speaks of.

use compact_str::CompactString;

use super::{Countries, Linker, Match, PlaceReading};
use crate::resolve::draft::Draft;
use crate::resolve::entry::Entry;
use crate::resolve::knowledge::{KnowledgeBase, NameUse, Query};
use crate::resolve::name::{fold, is_acronym, shares_words, slug};
use crate::text::{FunctionWords, NameKind, Sort};

/// A country is not an article's own that is spoken of so many times less than
/// another: *Congress* in news of India is not that of the United States, once named.
pub(super) const ABROAD: usize = 4;

impl<'a> Linker<'a> {
    /// The entity that fits a draft best, by the first list that has one.
    pub(in crate::resolve) fn listed(
        &self,
        draft: &Draft,
        countries: &Countries,
        reading: &PlaceReading,
    ) -> Option<Match<'a>> {
        let names = self.names_to_ask_for(draft);
        let asking = Asking { names: &names, draft, countries, reading, words: self.words };
        let mut bases = self.bases.iter().filter(|base| !base.is_last());
        bases
            .find_map(|base| asking.best_by_name(base.as_ref()))
            .filter(|found| !self.is_of_other_gender(draft, &found.entry))
            .filter(|found| !self.is_elsewhere(&found.entry, &names, reading))
    }

    /// Whether a person known by a family name alone has a title that another one of the
    /// family cannot have: *Mrs. Roe* is not *John Roe*.
    fn is_of_other_gender(&self, draft: &Draft, entry: &Entry) -> bool {
        let is_family_name = |name: &CompactString| self.persons.identifying(name).len() == 1;
        draft.kind == Some(NameKind::Person)
            && draft.fullest_name().is_some_and(is_family_name)
            && draft.gender.is_some_and(|gender| {
                self.persons.gender(&entry.label).is_some_and(|other| other != gender)
            })
    }
}

/// What is asked of lists.
struct Asking<'q> {
    names: &'q [String],
    draft: &'q Draft,
    countries: &'q Countries,
    reading: &'q PlaceReading,
    words: &'q FunctionWords,
}

impl Asking<'_> {
    /// What a knowledge base has for a draft: by its fullest name first, then by
    /// kind.
    fn best_by_name<'a>(&self, base: &'a dyn KnowledgeBase) -> Option<Match<'a>> {
        let (names, draft) = (self.names, self.draft);
        let mut matches = names.iter().filter_map(|name| {
            let query = Query { name, names, kind: draft.kind, adjectival: draft.adjectival };
            let found = self.best_match(base, &query)?;
            bears_out(&found.entry, name, names, self.words).then_some(found)
        });
        matches.next()
    }

    /// The candidate with the best score; among equals the one whose country is
    /// spoken of more.
    fn best_match<'a>(&self, base: &'a dyn KnowledgeBase, query: &Query<'_>) -> Option<Match<'a>> {
        let most = self.countries.values().copied().max().unwrap_or(0);
        let mut best: Option<(Match<'a>, (bool, f32, usize))> = None;
        for candidate in base.candidates(query).into_iter().filter(|c| c.prior.is_none()) {
            let (entry, used, score) = (candidate.entry, candidate.used, candidate.score);
            if !self.reading.allows_listed(&entry) {
                continue;
            }
            let spoken_of = entry.country.as_ref().and_then(|c| self.countries.get(c)).copied();
            let at_home = spoken_of.is_some_and(|times| times * ABROAD > most);
            let is_meant = self.reading.prefers(&entry) || at_home && self.is_of_state(&entry);
            if used == NameUse::Local && !at_home && !is_meant {
                continue;
            }
            let rank = (is_meant, score, spoken_of.unwrap_or(0));
            if best.as_ref().is_none_or(|(_, other)| rank > *other) {
                best = Some((Match { base, entry, used, score }, rank));
            }
        }
        best.map(|(best, _)| best)
    }

    /// Whether an entity is a state of a federation that has its name from nobody but a
    /// country of which the article says nothing else: *Georgia* in news of America.
    fn is_of_state(&self, entry: &Entry) -> bool {
        let Some(country) = entry.country.as_ref().filter(|_| entry.sort == Some(Sort::Place))
        else {
            return false;
        };
        let name = entry.local_names.iter().map(|name| slug(&fold(name)));
        let mut namesake = name.filter_map(|slug| self.countries.get(&slug));
        let named = self.draft.mentions.len();
        let abroad = self.countries.get(country).copied().unwrap_or(0);
        namesake.any(|&times| times <= named && abroad > named)
    }
}

/// Whether an entry that has an acronym among its names has what the article
/// spells it out as, too; of a fuller name that says nothing of the acronym, or
/// of no other name, that is not asked.
pub(super) fn bears_out(
    entry: &Entry,
    name: &str,
    names: &[String],
    words: &FunctionWords,
) -> bool {
    let spelled = names.iter().filter(|full| is_acronym(name, full, words));
    let of_entry = || std::iter::once(&entry.label).chain(&entry.aliases).map(|n| fold(n));
    spelled.clone().count() == 0
        || spelled.into_iter().any(|full| of_entry().any(|own| shares_words(&own, full, words)))
}
