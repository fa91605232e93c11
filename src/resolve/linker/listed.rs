//! What lists made for the news say of a draft: by its names, its kind and the
//! countries that the article speaks of.

use compact_str::CompactString;

use super::{Countries, Linker, Match};
use crate::resolve::draft::Draft;
use crate::resolve::entry::Entry;
use crate::resolve::knowledge::{KnowledgeBase, NameUse, Query};
use crate::resolve::name::{fold, is_acronym, shares_words};
use crate::text::{FunctionWords, NameKind};

/// A country is not an article's own that is spoken of so many times less than
/// another: *Congress* in news of India is not that of the United States, once named.
const ABROAD: usize = 4;

impl<'a> Linker<'a> {
    /// The entity that fits a draft best, by the first list that has one.
    pub(in crate::resolve) fn listed(
        &self,
        draft: &Draft,
        countries: &Countries,
    ) -> Option<Match<'a>> {
        let names = self.names_to_ask_for(draft);
        let mut bases = self.bases.iter();
        bases
            .find_map(|base| best_by_name(base.as_ref(), &names, draft, countries, self.words))
            .filter(|found| !self.is_of_other_gender(draft, &found.entry))
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

/// What a knowledge base has for a draft: by its fullest name first, then by
/// kind.
fn best_by_name<'a>(
    base: &'a dyn KnowledgeBase,
    names: &[String],
    draft: &Draft,
    countries: &Countries,
    words: &FunctionWords,
) -> Option<Match<'a>> {
    let mut matches = names.iter().filter_map(|name| {
        let query = Query { name, names, kind: draft.kind, adjectival: draft.adjectival };
        let found = best_match(base, &query, countries)?;
        bears_out(&found.entry, name, names, words).then_some(found)
    });
    matches.next()
}

/// The candidate with the best score; among equals the one whose country is
/// spoken of more.
fn best_match<'a>(
    base: &'a dyn KnowledgeBase,
    query: &Query<'_>,
    countries: &Countries,
) -> Option<Match<'a>> {
    let most = countries.values().copied().max().unwrap_or(0);
    let mut best: Option<(Match<'a>, usize)> = None;
    for candidate in base.candidates(query).into_iter().filter(|c| c.prior.is_none()) {
        let country = candidate.entry.country.as_ref();
        let spoken_of = country.and_then(|c| countries.get(c)).copied();
        let at_home = spoken_of.is_some_and(|times| times * ABROAD > most);
        if candidate.used == NameUse::Local && !at_home {
            continue;
        }
        let (used, score) = (candidate.used, candidate.score);
        let rank = (score, spoken_of.unwrap_or(0));
        if best.as_ref().is_none_or(|(best, times)| rank > (best.score, *times)) {
            best = Some((Match { base, entry: candidate.entry, used, score }, rank.1));
        }
    }
    best.map(|(best, _)| best)
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
