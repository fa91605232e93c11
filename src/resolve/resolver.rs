//! Drafts become entities: each gets its key, label and links; then claims become
//! statements.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use compact_str::CompactString;

use super::assertion::AssertionPolicy;
use super::credit::CreditWords;
use super::declared::Relations;
use super::draft::{Draft, drafts, squeeze};
use super::entity::{Authority, Entity, EntityIndex, EntityKey, Link};
use super::entry::Entry;
use super::inflection::Inflection;
use super::knowledge::{KnowledgeBase, NameUse, Query};
use super::name::{fold, is_acronym, shares_words, slug, slug_with_kind};
use super::resolution::Resolution;
use super::role::RoleTable;
use super::statement::Statement;
use super::statements::Maker;
use crate::analyse::PersonLexicon;
use crate::extract::Extraction;
use crate::text::lexicon::Lexicon;
use crate::text::table::TableError;
use crate::text::{Document, FunctionWords, NameKind, Sort, Span, Upos};

/// Finds the entities of articles, and makes statements of their claims.
#[derive(Clone, Debug)]
pub struct Resolver {
    /// Who knows entities, in the order in which they are asked.
    bases: Vec<Arc<dyn KnowledgeBase>>,
    persons: PersonLexicon,
    relations: Arc<Relations>,
    roles: RoleTable,
    inflection: Inflection,
    credits: CreditWords,
    words: Arc<FunctionWords>,
}

/// A country is not an article's own that is spoken of so many times less than
/// another: *Congress* in news of India is not that of the United States, once named.
const ABROAD: usize = 4;

/// Slugs of the countries that an article speaks of, and how often it does.
type Countries = BTreeMap<CompactString, usize>;

/// What a draft turned out to be.
struct Identity<'a> {
    key: EntityKey,
    known: Option<Match<'a>>,
}

/// A known entity that a draft's names fit.
struct Match<'a> {
    base: &'a dyn KnowledgeBase,
    entry: Cow<'a, Entry>,
    used: NameUse,
    score: f32,
}

impl Resolver {
    /// A resolver that asks these for entities, one after the other: the first
    /// that knows one is heeded. Claims may express these relations.
    pub fn new(bases: Vec<Arc<dyn KnowledgeBase>>, relations: Relations) -> Self {
        Self {
            bases,
            persons: PersonLexicon::default(),
            relations: Arc::new(relations),
            roles: RoleTable::default(),
            inflection: Inflection::default(),
            credits: CreditWords::default(),
            words: FunctionWords::shipped(),
        }
    }

    /// The same with other word lists.
    ///
    /// # Errors
    /// The first line of one that says what cannot be.
    pub fn with_lists(self, lists: &Lexicon) -> Result<Self, TableError> {
        Ok(Self {
            persons: PersonLexicon::new(lists),
            roles: RoleTable::new(lists)?,
            inflection: Inflection::new(lists),
            credits: CreditWords::new(lists)?,
            words: Arc::new(FunctionWords::new(lists)?),
            ..self
        })
    }

    /// The relations that claims may express.
    pub fn relations(&self) -> &Arc<Relations> {
        &self.relations
    }

    /// The entities and the statements of one article. Every argument that is an
    /// entity and every source of the extraction gets an entity, every claim a
    /// statement. `policy` says whose claims are asserted.
    pub fn resolve(
        &self,
        document: &Document,
        extraction: &Extraction,
        policy: AssertionPolicy,
    ) -> Resolution {
        let mut resolution = self.entities(document, extraction);
        resolution.statements = self.statements(document, extraction, &resolution, policy);
        resolution
    }

    fn statements(
        &self,
        document: &Document,
        extraction: &Extraction,
        resolution: &Resolution,
        policy: AssertionPolicy,
    ) -> Vec<Statement> {
        let (relations, roles) = (self.relations.as_ref(), &self.roles);
        let inflection = &self.inflection;
        Maker { document, extraction, resolution, relations, roles, inflection, policy }
            .statements()
    }

    fn entities(&self, document: &Document, extraction: &Extraction) -> Resolution {
        let drafts = drafts(document, extraction, &self.persons);
        let countries = self.countries(&drafts);
        let mut resolution = Resolution::default();
        let mut place: BTreeMap<EntityKey, EntityIndex> = BTreeMap::new();
        let mut numbers: BTreeMap<CompactString, u32> = BTreeMap::new();
        let mut unnamed: Vec<(EntityIndex, Span)> = Vec::new();
        for draft in &drafts {
            let identity = self.identify(document, draft, &countries);
            let key = match identity.key {
                EntityKey::Local(slug) => unused(slug, &place, &mut numbers),
                global @ EntityKey::Global(_) => global,
            };
            let next = EntityIndex::from_index(resolution.entities.len());
            let index = *place.entry(key.clone()).or_insert(next);
            if index == next {
                resolution.entities.push(entity(document, draft, key, identity.known));
            } else if let Some(entity) = resolution.entities.get_mut(index.index()) {
                add_mentions(entity, draft);
            }
            resolution.by_head.extend(draft.mentions.iter().map(|m| (m.head, index)));
            resolution.by_word.extend(draft.words.iter().map(|&w| (w, index)));
            unnamed.extend(draft.unnamed.iter().map(|&span| (index, span)));
        }
        for (index, phrase) in unnamed {
            set_affiliation(document, &mut resolution, index, phrase);
        }
        self.add_publisher(document, &countries, &mut resolution);
        self.add_credit(document, &countries, &mut resolution);
        resolution
    }

    /// The publisher is an entity as if the article named it, and is the same
    /// one where the article does.
    fn add_publisher(
        &self,
        document: &Document,
        countries: &Countries,
        resolution: &mut Resolution,
    ) {
        let name = document.article.publisher.as_deref().map(squeeze).unwrap_or_default();
        if fold(&name).is_empty() {
            return;
        }
        resolution.publisher = Some(self.add_medium(name, document, countries, resolution));
    }

    /// The agency whose text it is, unless that is the publisher itself, by its
    /// full name or a part of it.
    fn add_credit(&self, document: &Document, countries: &Countries, resolution: &mut Resolution) {
        let publisher = fold(document.article.publisher.as_deref().unwrap_or_default());
        let own: Vec<&str> = publisher.split(' ').collect();
        let is_other = |name: &str| !fold(name).split(' ').all(|word| own.contains(&word));
        let is_medium = |name: &str| self.is_medium(&fold(name));
        let credited = self.credits.credit(&document.article, is_medium);
        let credited = credited.filter(|name| is_other(name));
        let Some(name) = credited.filter(|name| !fold(name).is_empty()) else { return };
        let index = self.add_medium(squeeze(name), document, countries, resolution);
        resolution.credit = Some(index).filter(|_| resolution.publisher != Some(index));
    }

    /// Whether a name is that of a news medium, by the first that knows it.
    fn is_medium(&self, folded: &str) -> Option<bool> {
        let names = &[folded.to_owned()];
        let query = Query { name: folded, names, kind: None, adjectival: true };
        let known =
            self.bases.iter().map(|base| base.candidates(&query)).find(|c| !c.is_empty())?;
        Some(known.iter().any(|candidate| candidate.entry.sort == Sort::Media))
    }

    /// The entity of a news medium of this name.
    fn add_medium(
        &self,
        name: CompactString,
        document: &Document,
        countries: &Countries,
        resolution: &mut Resolution,
    ) -> EntityIndex {
        let kind = Some(NameKind::Organization);
        let draft = Draft { kind, names: [name].into(), ..Draft::default() };
        let Identity { key, known } = self.identify(document, &draft, countries);
        let stored = resolution.entities.iter().position(|e| e.key == key);
        let index = stored.unwrap_or(resolution.entities.len());
        if stored.is_none() {
            resolution.entities.push(entity(document, &draft, key, known));
        }
        if let Some(medium) = resolution.entities.get_mut(index) {
            medium.news_medium = true;
        }
        EntityIndex::from_index(index)
    }

    /// The countries that an article speaks of, and how often: by their own
    /// names, or those of what is in them.
    fn countries(&self, drafts: &[Draft]) -> Countries {
        let mut countries = Countries::new();
        for draft in drafts {
            let Some(known) = self.known(draft, &Countries::new()) else { continue };
            let entry = known.entry;
            let country = entry.country.as_ref().unwrap_or(&entry.slug);
            *countries.entry(country.clone()).or_default() += draft.mentions.len();
        }
        countries
    }

    fn identify(&self, document: &Document, draft: &Draft, countries: &Countries) -> Identity<'_> {
        if let Some(known) = self.known(draft, countries) {
            return Identity {
                key: EntityKey::Global(known.entry.slug.clone()),
                known: Some(known),
            };
        }
        Identity { key: unknown_key(document, &self.persons, draft), known: None }
    }

    /// The entity that fits a draft best, by the first knowledge base that has one.
    fn known(&self, draft: &Draft, countries: &Countries) -> Option<Match<'_>> {
        let names = self.names_to_ask_for(draft);
        self.bases
            .iter()
            .find_map(|base| best_by_name(base.as_ref(), &names, draft, countries, &self.words))
    }

    /// The names that tell what a draft is, folded, the fullest first. A shorter
    /// name of a person is no evidence against the full one.
    fn names_to_ask_for(&self, draft: &Draft) -> Vec<String> {
        if draft.kind == Some(NameKind::Person) {
            let full = draft.fullest_name().cloned();
            let bare = full.as_ref().map(|name| self.persons.bare(name).join(" "));
            return full.iter().map(|n| fold(n)).chain(bare.map(|n| fold(&n))).collect();
        }
        let mut names: Vec<_> = draft.names.iter().map(|n| fold(n)).collect();
        names.sort_by_key(|n| Reverse(n.len()));
        names
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
    for candidate in base.candidates(query) {
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
fn bears_out(entry: &Entry, name: &str, names: &[String], words: &FunctionWords) -> bool {
    let spelled = names.iter().filter(|full| is_acronym(name, full, words));
    let of_entry = || std::iter::once(&entry.label).chain(&entry.aliases).map(|n| fold(n));
    spelled.clone().count() == 0
        || spelled.into_iter().any(|full| of_entry().any(|own| shares_words(&own, full, words)))
}

/// The key of what nobody knows.
fn unknown_key(document: &Document, persons: &PersonLexicon, draft: &Draft) -> EntityKey {
    let names = draft.names_by_fullness();
    let Some(name) = names.first() else {
        return EntityKey::Local(draft.slug(document));
    };
    if draft.kind == Some(NameKind::Person) {
        let full = fold(&persons.bare(name).join(" "));
        // One surname is many people; only a full name holds across articles.
        return if full.contains(' ') {
            EntityKey::Global(slug_with_kind(&full, draft.kind))
        } else {
            EntityKey::Local(slug(if full.is_empty() { "person" } else { &full }))
        };
    }
    let folded = fold(name);
    if folded.is_empty() || is_generic(document, draft) {
        return EntityKey::Local(draft.slug(document));
    }
    EntityKey::Global(slug_with_kind(&folded, draft.kind))
}

/// Whether the names are no more than a common noun with a capital letter:
/// *the Ministry*, *the Court*.
fn is_generic(document: &Document, draft: &Draft) -> bool {
    draft.names.iter().all(|name| !name.contains(' '))
        && draft.words.iter().all(|&word| document.tag(word).upos == Upos::Noun)
        && !draft.words.is_empty()
}

/// The slug, or the slug with the first number from 2 on that makes it new.
fn unused(
    slug: CompactString,
    taken: &BTreeMap<EntityKey, EntityIndex>,
    numbers: &mut BTreeMap<CompactString, u32>,
) -> EntityKey {
    let number = numbers.entry(slug.clone()).or_insert(0);
    loop {
        *number += 1;
        let key = match *number {
            1 => EntityKey::Local(slug.clone()),
            n => EntityKey::Local(format!("{slug}-{n}").into()),
        };
        if !taken.contains_key(&key) {
            return key;
        }
    }
}

fn entity(document: &Document, draft: &Draft, key: EntityKey, known: Option<Match<'_>>) -> Entity {
    let known = known.as_ref();
    let label = known.map_or_else(|| draft.label(document), |m| m.entry.label.clone());
    Entity {
        key,
        kind: known.map(|m| m.entry.sort.kind()).or(draft.kind),
        label,
        names: draft.names.iter().cloned().collect(),
        mentions: draft.mentions.clone(),
        links: known.map(links).unwrap_or_default(),
        unnamed_source: !draft.unnamed.is_empty() && draft.names.is_empty(),
        news_medium: known.map(|m| m.entry.sort).or(draft.sort) == Some(Sort::Media),
        affiliation: None,
    }
}

fn links(known: &Match<'_>) -> Vec<Link> {
    let Match { base, entry, used, score } = known;
    let method: CompactString = format!("{}:{}", base.name(), used.as_str()).into();
    let link = |(authority, id): &(Authority, CompactString)| Link {
        authority: authority.clone(),
        id: id.clone(),
        score: *score,
        method: method.clone(),
        checked: entry.checked.clone(),
    };
    entry.ids.iter().map(link).collect()
}

/// Another cluster of the article turned out to be the same entity.
fn add_mentions(entity: &mut Entity, draft: &Draft) {
    entity.mentions.extend(draft.mentions.iter().copied());
    entity.mentions.sort_by_key(|m| (m.span, m.head));
    entity.names.extend(draft.names.iter().cloned());
    entity.names.sort();
    entity.names.dedup();
    entity.unnamed_source &= draft.names.is_empty();
}

/// An unnamed source belongs to what is named in its phrase.
fn set_affiliation(
    document: &Document,
    resolution: &mut Resolution,
    index: EntityIndex,
    phrase: Span,
) {
    let named = document
        .tokens_in(phrase)
        .iter()
        .filter_map(|t| resolution.by_word.get(&t).copied())
        .find(|&other| other != index);
    if let Some(entity) = resolution.entities.get_mut(index.index())
        && entity.unnamed_source
        && entity.affiliation.is_none()
    {
        entity.affiliation = named;
    }
}

#[cfg(test)]
mod tests;
