//! Weighs the entities that share a name.
//!
//! In: a draft, and what larger bases have for its names. Out: each as a [`Proposal`],
//! with what speaks for and against it; then, with the article's [`Evidence`], a score
//! from 0 to 1: how likely the link is right. The weights were fitted to development
//! data by logistic regression, then rounded; what those data could not tell (how far
//! fame carries) is a judgement.

use compact_str::CompactString;

use super::countries::country;
use super::evidence::Evidence;
use super::listed::bears_out;
use super::longer::is_part_of_name;
use super::stems::{stems, words};
use super::{Linker, Match, PlaceReading};
use crate::resolve::draft::Draft;
use crate::resolve::entry::Entry;
use crate::resolve::knowledge::Query;
use crate::resolve::name::{fold, is_acronym, shares_words};
use crate::text::{Document, FunctionWord, MentionKind, NameKind, Sort};

/// What is less likely is no link.
pub(super) const THRESHOLD: f32 = 0.7;
/// The best must be so much likelier than the next.
const MARGIN: f32 = 0.1;
/// Where the article uses more of the words of a description, that tells no more.
const MOST_SHARED: f32 = 0.5;
/// A word that tells nothing of what somebody is.
const FORMER: &str = "former";

/// An entity that a draft may be, and what tells of it before the rest of the article
/// is asked.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
pub(super) struct Proposal<'a> {
    found: Match<'a>,
    /// Whether its sort is known, and is that of the draft.
    same_kind: bool,
    /// How many words the name has by which it was found.
    words: usize,
    /// How many words of its description stand in what the article calls it.
    described: usize,
    /// Whether it is a city, and what stands behind its name is where it is.
    is_placed: bool,
    /// Whether it is a politician.
    is_politician: bool,
    /// Whether the article calls it by a title of politicians.
    is_titled: bool,
    /// Whether it calls it by one of theirs that firms have, too: *president*.
    may_be_titled: bool,
    /// Whether it is a person whom the article calls something, and nothing that the
    /// description knows.
    is_other: bool,
    /// Its country, as lists call it.
    country: Option<CompactString>,
    /// The words of its description, those of its names aside.
    description: Vec<CompactString>,
}

/// What larger bases have for a draft, by the fullest of its names that one of them
/// knows. None for a name that is part of a longer one.
pub(super) fn proposals<'a>(
    linker: &Linker<'a>,
    document: &Document,
    draft: &Draft,
    reading: &PlaceReading,
) -> Vec<Proposal<'a>> {
    if draft.names.is_empty() || is_part_of_name(document, draft) {
        return Vec::new();
    }
    let names = linker.names_to_ask_for(draft);
    let Some((name, found)) = by_fullest_known(linker, draft, &names) else { return Vec::new() };
    let titles = words_of(document, draft);
    let said: Vec<_> = titles.iter().flat_map(|word| stems(word)).collect();
    let found = found.into_iter().filter_map(|found| {
        let country = country(linker, &found.entry);
        reading.allows(&found.entry, country.as_ref()).then_some((found, country))
    });
    let mut proposals = Vec::new();
    for (found, country) in found {
        let entry = &found.entry;
        let description = description(entry);
        let described = description.iter().filter(|word| said.contains(*word)).count();
        let is_person = entry.sort == Some(Sort::Person);
        let is_politician = is_person && linker.politics.are_of(&words_of_description(entry));
        let is_titled = is_politician && linker.politics.are_only_of(&titles);
        let may_be_titled = is_politician && linker.politics.are_of(&titles);
        proposals.push(Proposal {
            same_kind: entry.sort.is_some_and(|sort| Some(sort.kind()) == draft.kind),
            words: name.split(' ').count(),
            described,
            is_placed: entry.sort == Some(Sort::City) && reading.is_placed(),
            is_politician,
            is_titled,
            may_be_titled,
            is_other: is_person && described == 0 && !is_titled && is_called(&said, draft),
            country,
            description,
            found,
        });
    }
    proposals
}

/// The first name, with its ending or without, that is known, and what it may mean.
fn by_fullest_known<'a>(
    linker: &Linker<'a>,
    draft: &Draft,
    names: &[String],
) -> Option<(String, Vec<Match<'a>>)> {
    for full in names {
        for name in [Some(full.clone()), without_ending(linker, full)].into_iter().flatten() {
            let found = matches(linker, draft, &name, names);
            if !found.is_empty() {
                return Some((name, found));
            }
        }
    }
    None
}

/// The entities that a name of a draft may mean: those whose sort fits the draft, and
/// that have what the article spells the name out as.
fn matches<'a>(linker: &Linker<'a>, draft: &Draft, name: &str, names: &[String]) -> Vec<Match<'a>> {
    let query = Query { name, names, kind: draft.kind, adjectival: draft.adjectival };
    let mut matches: Vec<Match<'a>> = Vec::new();
    for base in linker.bases {
        if base.is_last() && !matches.is_empty() {
            break;
        }
        for candidate in base.candidates(&query) {
            if candidate.prior.is_none() {
                continue;
            }
            let is_new = matches.iter().all(|known| !is_same(&known.entry, &candidate.entry));
            let entry = &candidate.entry;
            if is_new && fits(entry, draft, name) && is_whole(linker, entry, name, names) {
                let (used, score) = (candidate.used, candidate.score);
                matches.push(Match { base: base.as_ref(), entry: candidate.entry, used, score });
            }
        }
    }
    matches
}

fn is_same(one: &Entry, other: &Entry) -> bool {
    one.slug == other.slug || one.ids.iter().any(|id| other.ids.contains(id))
}

/// Whether an entity may be what a draft is. One name alone is no person: a family
/// name is that of many.
fn fits(entry: &Entry, draft: &Draft, name: &str) -> bool {
    use NameKind as K;
    let is_single = !name.contains(' ');
    match (entry.sort, draft.kind) {
        (Some(Sort::Person), kind) => !is_single && matches!(kind, None | Some(K::Person)),
        (_, Some(K::Person | K::Money)) => false,
        (None, _) | (_, None) => true,
        (Some(sort), Some(kind)) => sort.fits(kind) || is_on_map(sort.kind()) && is_on_map(kind),
    }
}

/// Whether a kind is one of those that are easily taken for each other: *Lisbon Airport*.
fn is_on_map(kind: NameKind) -> bool {
    matches!(kind, NameKind::Place | NameKind::Facility)
}

/// Whether a shorter name of a draft is one of the entity that the fullest name means.
fn is_whole(linker: &Linker<'_>, entry: &Entry, name: &str, names: &[String]) -> bool {
    let Some(full) = names.first() else { return true };
    if full == name {
        return true;
    }
    for own in std::iter::once(&entry.label).chain(&entry.aliases) {
        let own = fold(own);
        if shares_words(&own, full, linker.words) || is_acronym(full, &own, linker.words) {
            return bears_out(entry, name, names, linker.words);
        }
    }
    false
}

/// A name of a company without its *Inc.*
fn without_ending(linker: &Linker<'_>, name: &str) -> Option<String> {
    let (rest, last) = name.rsplit_once(' ')?;
    linker.words.is(last, FunctionWord::Company).then(|| rest.to_owned())
}

/// The words of all that the article calls a draft, whole.
fn words_of(document: &Document, draft: &Draft) -> Vec<CompactString> {
    let mut said = Vec::new();
    for mention in &draft.mentions {
        if mention.kind != MentionKind::Pronoun {
            said.extend(words(document.slice(mention.span)));
            // Titles in full: *Sen.* is a senator.
            for word in document.tokens_in(mention.span) {
                said.extend(words(document.lemma(word)));
            }
        }
    }
    said
}

/// Whether what the article calls a draft has words beside its names.
fn is_called(said: &[CompactString], draft: &Draft) -> bool {
    let mut own = Vec::new();
    for name in &draft.names {
        own.extend(stems(name));
    }
    said.iter().any(|word| !own.contains(word) && word != FORMER)
}

/// The words of what an entity is said to be, those of its names aside.
fn description(entry: &Entry) -> Vec<CompactString> {
    let own = stems(&entry.label);
    let mut words = stems(entry.description.as_deref().unwrap_or_default());
    words.retain(|word| !own.contains(word));
    words
}

/// The same, whole.
fn words_of_description(entry: &Entry) -> Vec<CompactString> {
    let own = words(&entry.label);
    let mut told = words(entry.description.as_deref().unwrap_or_default());
    told.retain(|word| !own.contains(word));
    told
}

/// How well known an entity is; one of which nobody tells counts, too.
fn fame(entry: &Entry) -> f32 {
    1.0 + entry.weight as f32
}

/// The best proposal, where its score is at least `threshold` and well above that of
/// the next.
pub(super) fn best<'a>(
    linker: &Linker<'a>,
    proposals: &[Proposal<'a>],
    evidence: &Evidence,
    threshold: f32,
) -> Option<Match<'a>> {
    let is_borne_out = proposals.iter().any(|p| p.is_borne_out_at_home(evidence));
    let is_abroad = |p: &Proposal<'_>| is_borne_out && p.is_abroad(evidence);
    let near: Vec<_> = proposals.iter().filter(|p| !is_abroad(p)).collect();
    let all: f32 = near.iter().map(|p| fame(&p.found.entry)).sum();
    let mut scored: Vec<_> = near.iter().map(|p| (p.score(evidence, all), *p)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (score, best) = *scored.first()?;
    let is_clear = scored.get(1).is_none_or(|(next, _)| score - next >= MARGIN);
    if score < threshold || !is_clear {
        return None;
    }
    let mut found = best.found.clone();
    if let Some(known) = linker.known_as(&found.entry) {
        found.entry = std::borrow::Cow::Borrowed(known);
    }
    Some(Match { score, ..found })
}

/// A feature that holds or does not.
fn is(known: bool) -> f32 {
    f32::from(u8::from(known))
}

impl Proposal<'_> {
    /// Whether the article speaks of its country, or where it is stands behind its name.
    fn is_home(&self, evidence: &Evidence) -> bool {
        self.is_placed || evidence.is_at_home(self.country.as_ref()) == Some(true)
    }

    /// Whether the article does not speak of its country at all.
    fn is_abroad(&self, evidence: &Evidence) -> bool {
        !self.is_home(evidence) && evidence.is_at_home(self.country.as_ref()) == Some(false)
    }

    /// Whether the article bears it out so well that it is none of its name abroad.
    fn is_borne_out_at_home(&self, evidence: &Evidence) -> bool {
        self.is_home(evidence) && (self.is_placed || self.is_titled || self.described > 0)
    }

    /// How likely it is the right one; `all` is the fame of all that it may be.
    fn score(&self, evidence: &Evidence, all: f32) -> f32 {
        let features = self.features(evidence, all);
        let sum: f32 = features.iter().zip(WEIGHTS).map(|(f, w)| f * w).sum();
        1.0 / (1.0 + (-sum).exp())
    }

    /// What speaks for and against it, in the order of [`WEIGHTS`].
    fn features(&self, evidence: &Evidence, all: f32) -> [f32; WEIGHTS.len()] {
        let entry = &self.found.entry;
        let is_home = self.is_home(evidence);
        let share = evidence.share_of(&self.description).unwrap_or_default();
        let is_person = entry.sort == Some(Sort::Person);
        let is_in_politics = self.is_titled || self.is_politician && evidence.is_political();
        let is_other = self.is_other && !(self.may_be_titled && evidence.is_political());
        let is_borne_out = self.described > 0 || share > 0.0 || is_in_politics;
        [
            1.0,
            (fame(entry) / all).ln(),
            fame(entry).ln(),
            is(is_home) * fame(entry).ln(),
            is(is_home),
            is(self.same_kind),
            is(self.words == 1 && !is_home),
            is(is_person && !is_borne_out),
            is(self.described > 0),
            share.min(MOST_SHARED),
            is(self.is_abroad(evidence)),
            is(is_other),
        ]
    }
}

/// The weights of the features: what holds of all; the logarithm of the prior; that of
/// the fame; once more, where the article speaks of its country, so that small towns do
/// not pass for that alone; that it does; a sort that is known and that of the draft;
/// one word and no such country; a person of whom the article tells nothing that is
/// known; a description that the article gives, too; the share of its words that the
/// article uses; another country than those of the article; a person who is called
/// something else.
const WEIGHTS: [f32; 12] = [-1.05, 2.0, 0.3, 0.45, -1.5, 0.9, -0.7, -0.6, 0.8, 3.0, -1.5, -1.2];
