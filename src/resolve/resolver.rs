//! Drafts become entities: each gets its key, label and links; then claims become
//! statements.

use std::collections::BTreeMap;
use std::sync::Arc;

use compact_str::CompactString;

use super::assertion::AssertionPolicy;
use super::credit::CreditWords;
use super::decisions::Decisions;
use super::declared::Relations;
use super::described::Descriptions;
use super::draft::{Draft, drafts, joined_by, squeeze};
use super::entity::{Authority, Entity, EntityIndex, EntityKey, Link};
use super::entry::Entry;
use super::identity::{Identity, Naming};
use super::inflection::Inflection;
use super::knowledge::KnowledgeBase;
use super::linker::{Countries, Linked, Linker, Match, PlaceReading, PlaceWords, Politics};
use super::name::fold;
use super::no_names::NoNames;
use super::resolution::Resolution;
use super::role::RoleTable;
use super::short_forms::ShortForms;
use super::statement::Statement;
use super::statements::Maker;
use crate::analyse::PersonLexicon;
use crate::extract::Extraction;
use crate::text::lexicon::Lexicon;
use crate::text::table::TableError;
use crate::text::{Document, FunctionWords, NameKind, Sort, Span};

/// Finds the entities of articles, and makes statements of their claims.
#[derive(Clone, Debug)]
pub struct Resolver {
    /// Who knows entities, in the order in which they are asked.
    bases: Vec<Arc<dyn KnowledgeBase>>,
    persons: PersonLexicon,
    relations: Arc<Relations>,
    roles: RoleTable,
    short_forms: ShortForms,
    inflection: Inflection,
    credits: CreditWords,
    words: Arc<FunctionWords>,
    descriptions: Descriptions,
    no_names: NoNames,
    places: PlaceWords,
    politics: Politics,
}

impl Resolver {
    /// A resolver that asks these for entities, one after the other: the first
    /// that knows one is heeded, but those last whose candidates are to be weighed
    /// ([`Candidate::prior`](super::Candidate::prior)). Claims may express these relations.
    pub fn new(bases: Vec<Arc<dyn KnowledgeBase>>, relations: Relations) -> Self {
        Self {
            bases,
            persons: PersonLexicon::default(),
            relations: Arc::new(relations),
            roles: RoleTable::default(),
            short_forms: ShortForms::default(),
            inflection: Inflection::default(),
            credits: CreditWords::default(),
            words: FunctionWords::shipped(),
            descriptions: Descriptions::default(),
            no_names: NoNames::default(),
            places: PlaceWords::default(),
            politics: Politics::default(),
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
            short_forms: ShortForms::new(lists),
            inflection: Inflection::new(lists),
            credits: CreditWords::new(lists)?,
            words: Arc::new(FunctionWords::new(lists)?),
            descriptions: Descriptions::new(lists)?,
            no_names: NoNames::new(lists)?,
            places: PlaceWords::new(lists)?,
            politics: Politics::new(lists),
            ..self
        })
    }

    /// The relations that claims may express.
    pub fn relations(&self) -> &Arc<Relations> {
        &self.relations
    }

    /// The entity of an id elsewhere, as the first that knows it has it.
    pub fn known(&self, id: &(Authority, CompactString)) -> Option<&Entry> {
        self.bases.iter().find_map(|base| base.by_id(id))
    }

    /// The ids of all that some base knows.
    pub fn ids(&self) -> impl Iterator<Item = (Authority, CompactString)> {
        self.bases.iter().flat_map(|base| base.ids())
    }

    /// The entities and the statements of one article. Every argument that is an
    /// entity and every source of the extraction gets an entity, every claim whose
    /// arguments are identified a statement. `policy` says whose claims are asserted,
    /// `decisions` what people know better.
    pub fn resolve(
        &self,
        document: &Document,
        extraction: &Extraction,
        policy: AssertionPolicy,
        decisions: &Decisions,
    ) -> Resolution {
        let mut resolution = self.entities(document, extraction, decisions);
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
        let maker = Maker {
            document,
            extraction,
            resolution,
            relations: &self.relations,
            roles: &self.roles,
            short_forms: &self.short_forms,
            inflection: &self.inflection,
            policy,
        };
        maker.statements()
    }

    fn entities(
        &self,
        document: &Document,
        extraction: &Extraction,
        decisions: &Decisions,
    ) -> Resolution {
        let naming = self.naming();
        let are_two = |son: &str, father: &str| naming.are_two(son, father);
        let drafts = drafts(document, extraction, &self.persons, &are_two);
        let namesakes = naming.namesakes(&drafts);
        let naming = Naming { namesakes: Some(&namesakes), ..naming };
        let Linked { matches, countries } = naming.linker.link(document, &drafts);
        let linked = drafts.iter().zip(matches);
        let mut identities: Vec<Identity<'_>> =
            linked.map(|(draft, known)| naming.identify(document, draft, known)).collect();
        // What a described thing is hangs on what its owner is.
        for identity in identities.iter_mut().filter(|identity| identity.key.is_global()) {
            let key = identity.key.clone();
            identity.settle(document, naming, decisions, &key);
        }
        self.descriptions.identify(document, naming, &drafts, &mut identities);
        let resolving = Resolving { document, naming, decisions };
        let mut resolution = resolving.placed(&drafts, identities);
        set_joint_sources(document, extraction, &mut resolution);
        let media = Media { resolver: self, document, countries: &countries, decisions };
        media.add_publisher(&mut resolution);
        media.add_credit(&mut resolution);
        for entity in &mut resolution.entities {
            settle(entity, decisions);
        }
        resolution
    }

    fn linker(&self) -> Linker<'_> {
        let Self { bases, persons, words, no_names, places, politics, .. } = self;
        Linker { bases, persons, words, no_names, places, politics }
    }

    /// Who and what tells what names mean.
    fn naming(&self) -> Naming<'_> {
        Naming { linker: self.linker(), namesakes: None }
    }
}

/// What the entities of an article are made with.
struct Resolving<'r, 'a> {
    document: &'r Document,
    naming: Naming<'a>,
    decisions: &'r Decisions,
}

impl<'a> Resolving<'_, 'a> {
    /// The entities that drafts are, each once.
    fn placed(&self, drafts: &[Draft], identities: Vec<Identity<'a>>) -> Resolution {
        let Self { document, naming, decisions } = *self;
        let mut resolution = Resolution::default();
        let mut place: BTreeMap<EntityKey, EntityIndex> = BTreeMap::new();
        let mut numbers: BTreeMap<CompactString, u32> = BTreeMap::new();
        let mut unnamed: Vec<(EntityIndex, Span)> = Vec::new();
        for (draft, mut identity) in drafts.iter().zip(identities) {
            let own = match &identity.key {
                EntityKey::Local(slug) => unused(slug.clone(), &place, &mut numbers),
                global @ EntityKey::Global(_) => global.clone(),
            };
            identity.settle(document, naming, decisions, &own);
            let key = if identity.settled.is_some() { identity.key.clone() } else { own };
            let next = EntityIndex::from_index(resolution.entities.len());
            let index = *place.entry(key.clone()).or_insert(next);
            if index == next {
                resolution.entities.push(entity(document, draft, key, &identity));
            } else if let Some(entity) = resolution.entities.get_mut(index.index()) {
                add_mentions(entity, draft, &identity);
            }
            resolution.by_head.extend(draft.mentions.iter().map(|m| (m.head, index)));
            resolution.by_word.extend(draft.words.iter().map(|&w| (w, index)));
            unnamed.extend(draft.unnamed.iter().map(|&span| (index, span)));
        }
        for (index, phrase) in unnamed {
            set_affiliation(document, &mut resolution, index, phrase);
        }
        resolution
    }
}

/// Sources of several are one entity, where one was made for them.
fn set_joint_sources(document: &Document, extraction: &Extraction, resolution: &mut Resolution) {
    for source in extraction.attributions.iter().filter_map(|a| a.source.as_ref()) {
        let and = joined_by(document, source);
        if let Some(&joint) = and.and_then(|word| resolution.by_head.get(&word)) {
            resolution.joint.insert(source.head, joint);
        }
    }
}

/// The news media that an article comes from.
struct Media<'r> {
    resolver: &'r Resolver,
    document: &'r Document,
    countries: &'r Countries,
    decisions: &'r Decisions,
}

impl Media<'_> {
    /// The publisher is an entity as if the article named it, and is the same
    /// one where the article does.
    fn add_publisher(&self, resolution: &mut Resolution) {
        let name = self.document.article.publisher.as_deref().map(squeeze).unwrap_or_default();
        if fold(&name).is_empty() {
            return;
        }
        resolution.publisher = Some(self.add_medium(name, resolution));
    }

    /// The agency whose text it is, unless that is the publisher itself, by its
    /// full name or a part of it.
    fn add_credit(&self, resolution: &mut Resolution) {
        let Self { resolver, document, .. } = self;
        let publisher = fold(document.article.publisher.as_deref().unwrap_or_default());
        let own: Vec<&str> = publisher.split(' ').collect();
        let is_other = |name: &str| !fold(name).split(' ').all(|word| own.contains(&word));
        let is_medium = |name: &str| resolver.naming().is_medium(&fold(name));
        let credited = resolver.credits.credit(&document.article, is_medium);
        let credited = credited.filter(|name| is_other(name));
        let Some(name) = credited.filter(|name| !fold(name).is_empty()) else { return };
        let index = self.add_medium(squeeze(name), resolution);
        resolution.credit = Some(index).filter(|_| resolution.publisher != Some(index));
    }

    /// The entity of a news medium of this name.
    fn add_medium(&self, name: CompactString, resolution: &mut Resolution) -> EntityIndex {
        let Self { resolver, document, countries, decisions } = *self;
        let kind = Some(NameKind::Organization);
        let draft = Draft { kind, names: [name].into(), ..Draft::default() };
        let known = resolver.linker().listed(&draft, countries, &PlaceReading::default());
        let mut identity = resolver.naming().identify(document, &draft, known);
        let own = identity.key.clone();
        identity.settle(document, resolver.naming(), decisions, &own);
        let key = identity.key.clone();
        let stored = resolution.entities.iter().position(|e| e.key == key);
        let index = stored.unwrap_or(resolution.entities.len());
        if stored.is_none() {
            resolution.entities.push(entity(document, &draft, key, &identity));
        }
        if let Some(medium) = resolution.entities.get_mut(index) {
            medium.news_medium = true;
        }
        EntityIndex::from_index(index)
    }
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

fn entity(document: &Document, draft: &Draft, key: EntityKey, identity: &Identity<'_>) -> Entity {
    let (known, described) = (identity.known.as_ref(), identity.described.as_ref());
    let settled = identity.settled.as_ref();
    let label = known.map(|m| &m.entry.label).or(described.map(|d| &d.label)).cloned();
    let label = settled.and_then(|settled| settled.label.clone()).or(label);
    let kind = known.and_then(|m| m.entry.sort).map(Sort::kind).or(described.and_then(|d| d.kind));
    let is_local = !key.is_global();
    let own_label = || {
        if identity.is_named { draft.label(document) } else { draft.description(document) }
    };
    let names = if identity.is_named { draft.names.iter().cloned().collect() } else { Vec::new() };
    let unnamed_source = !draft.unnamed.is_empty() && names.is_empty() && is_local;
    Entity {
        unnamed_source,
        is_phrase: is_local && names.is_empty() && !unnamed_source,
        key,
        kind: kind.or(draft.kind),
        label: label.unwrap_or_else(own_label),
        names,
        mentions: draft.mentions.clone(),
        links: known.map(links).unwrap_or_default(),
        news_medium: known.and_then(|m| m.entry.sort).or(draft.sort) == Some(Sort::Media),
        affiliation: None,
        decisions: settled.map(|settled| settled.by.clone()).unwrap_or_default(),
    }
}

/// Gives an entity the name and the links that people decided on.
fn settle(entity: &mut Entity, decisions: &Decisions) {
    let EntityKey::Global(key) = &entity.key else { return };
    let by = decisions.settle_links(key, &mut entity.links);
    entity.decisions.extend(by);
    if let Some((label, by)) = decisions.label(key) {
        entity.label = label.clone();
        entity.decisions.push(by.clone());
    }
    entity.decisions.sort();
    entity.decisions.dedup();
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
fn add_mentions(entity: &mut Entity, draft: &Draft, identity: &Identity<'_>) {
    entity.decisions.extend(identity.settled.iter().flat_map(|settled| settled.by.clone()));
    entity.mentions.extend(draft.mentions.iter().copied());
    entity.mentions.sort_by_key(|m| (m.span, m.head));
    entity.names.extend(draft.names.iter().cloned());
    entity.names.sort();
    entity.names.dedup();
    entity.unnamed_source &= draft.names.is_empty();
    entity.is_phrase &= draft.names.is_empty();
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
