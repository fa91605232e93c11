//! Which known entity a coreference cluster is: one decision for all its mentions.
//!
//! In: an article's drafts, and those who know entities. Out: what each draft was
//! found to be, with the score, or nothing. First what lists made for the news say
//! ([`listed`]), which needs no more than the names, the kind and the countries that the
//! article speaks of. Then, of what is left, what larger bases propose: all that share a
//! name are weighed by what the article tells ([`ranking`]); those that are certain
//! speak for what goes with them, and the rest is weighed once more.

mod countries;
mod evidence;
mod listed;
mod longer;
mod places;
mod politics;
mod ranking;
mod stems;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use compact_str::CompactString;

use self::evidence::Evidence;
pub(super) use self::places::{PlaceReading, PlaceWords};
pub(super) use self::politics::Politics;
use self::ranking::Proposal;
use super::draft::Draft;
use super::entry::Entry;
use super::knowledge::{KnowledgeBase, NameUse};
use super::name::{fold, without_legal_form};
use super::no_names::NoNames;
use crate::analyse::PersonLexicon;
use crate::text::{Document, FunctionWords, NameKind};

/// From this score on a link speaks for others.
const CERTAIN: f32 = 0.85;

/// Slugs of the countries that an article speaks of, and how often it does.
pub(super) type Countries = BTreeMap<CompactString, usize>;

/// A known entity that a draft's names fit.
#[derive(Clone, Debug)]
pub(super) struct Match<'a> {
    pub(super) base: &'a dyn KnowledgeBase,
    pub(super) entry: Cow<'a, Entry>,
    pub(super) used: NameUse,
    pub(super) score: f32,
}

/// What the drafts of an article were found to be, and what it speaks of.
pub(super) struct Linked<'a> {
    /// For each draft, in order.
    pub(super) matches: Vec<Option<Match<'a>>>,
    pub(super) countries: Countries,
}

/// Links clusters to known entities.
#[derive(Clone, Copy, Debug)]
pub(super) struct Linker<'a> {
    /// Who knows entities, in the order in which they are asked.
    pub(super) bases: &'a [Arc<dyn KnowledgeBase>],
    pub(super) persons: &'a PersonLexicon,
    pub(super) words: &'a FunctionWords,
    pub(super) no_names: &'a NoNames,
    pub(super) places: &'a PlaceWords,
    pub(super) politics: &'a Politics,
}

impl<'a> Linker<'a> {
    /// What each draft of an article is.
    pub(super) fn link(&self, document: &Document, drafts: &[Draft]) -> Linked<'a> {
        let is_sports = self.places.is_about_sports(document);
        let read = |draft: &Draft| self.place_reading(document, draft, is_sports);
        let readings: Vec<_> = drafts.iter().map(read).collect();
        let countries = self.countries(drafts, &readings);
        let read = drafts.iter().zip(&readings);
        let mut matches: Vec<_> = read.map(|(d, read)| self.listed(d, &countries, read)).collect();
        let proposals = self.proposals(document, drafts, &readings, &matches);
        if !proposals.is_empty() {
            let mut evidence = Evidence::new(document, &countries, self.politics);
            self.decide(&proposals, &mut evidence, CERTAIN, &mut matches);
            self.decide(&proposals, &mut evidence, ranking::THRESHOLD, &mut matches);
        }
        Linked { matches, countries }
    }

    /// The countries that an article speaks of, and how often: by their own
    /// names, or those of what is in them.
    fn countries(&self, drafts: &[Draft], readings: &[PlaceReading]) -> Countries {
        let mut countries = Countries::new();
        for (draft, reading) in drafts.iter().zip(readings) {
            let Some(known) = self.listed(draft, &Countries::new(), reading) else { continue };
            let entry = known.entry;
            let country = entry.country.as_ref().unwrap_or(&entry.slug);
            *countries.entry(country.clone()).or_default() += draft.mentions.len();
        }
        countries
    }

    /// What larger bases propose for the drafts that no list knows.
    fn proposals(
        &self,
        document: &Document,
        drafts: &[Draft],
        readings: &[PlaceReading],
        matches: &[Option<Match<'a>>],
    ) -> Vec<(usize, Vec<Proposal<'a>>)> {
        let open = drafts.iter().zip(matches).enumerate().filter(|(_, (draft, known))| {
            known.is_none() && !self.no_names.has_none(document, draft)
        });
        let open = open.filter_map(|(i, (draft, _))| Some((i, draft, readings.get(i)?)));
        let proposed =
            open.map(|(i, draft, read)| (i, ranking::proposals(self, document, draft, read)));
        proposed.filter(|(_, proposals)| !proposals.is_empty()).collect()
    }

    /// Accepts the best proposal for each draft where its score is high enough and well
    /// above that of the next; what is accepted is evidence for the rest.
    fn decide(
        &self,
        proposals: &[(usize, Vec<Proposal<'a>>)],
        evidence: &mut Evidence,
        threshold: f32,
        matches: &mut [Option<Match<'a>>],
    ) {
        let mut accepted = Vec::new();
        for (draft, proposals) in proposals {
            let Some(known) = matches.get_mut(*draft).filter(|known| known.is_none()) else {
                continue;
            };
            *known = ranking::best(self, proposals, evidence, threshold);
            accepted.extend(known.clone());
        }
        for known in &accepted {
            evidence.add(self, &known.entry);
        }
    }

    /// The names that tell what a draft is, folded, the fullest first. A shorter
    /// name of a person is no evidence against the full one.
    fn names_to_ask_for(&self, draft: &Draft) -> Vec<String> {
        if draft.kind == Some(NameKind::Person) {
            let full = draft.fullest_name().cloned();
            let bare = full.as_ref().map(|name| self.persons.identifying(name).join(" "));
            return full.iter().map(|n| fold(n)).chain(bare.map(|n| fold(&n))).collect();
        }
        if let Some(full) = draft.fullest_name().filter(|name| self.is_of_person(name)) {
            return vec![fold(full)];
        }
        let mut names: Vec<_> = draft.names.iter().map(|n| fold(n)).collect();
        if draft.kind == Some(NameKind::Place) {
            let full = names.iter().filter_map(|name| self.no_names.in_full(name));
            names.extend(full.collect::<Vec<_>>());
        }
        let short = names.iter().filter_map(|name| without_legal_form(name, self.words));
        names.extend(short.map(str::to_owned).collect::<Vec<_>>());
        names.sort_by_key(|n| Reverse(n.len()));
        names.dedup();
        names
    }

    /// Whether a name begins as one of a person does: *Ada Brook* is no firm of the
    /// name of *Brook*.
    fn is_of_person(&self, name: &str) -> bool {
        let given = name.split_once(' ').map(|(first, _)| first);
        given.is_some_and(|given| self.persons.gender_of_given(given).is_some())
    }

    /// What the first base that knows an entity by one of its ids calls it.
    fn known_as(&self, entry: &Entry) -> Option<&'a Entry> {
        let bases = self.bases.iter();
        bases.flat_map(|base| entry.ids.iter().filter_map(move |id| base.by_id(id))).next()
    }
}
