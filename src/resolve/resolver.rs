//! Drafts become entities: each gets its key, label and links; then claims become
//! statements.

use std::collections::BTreeMap;
use std::sync::Arc;

use compact_str::CompactString;

use super::assertion::AssertionPolicy;
use super::credit::CreditWords;
use super::declared::Relations;
use super::draft::{Draft, drafts, squeeze};
use super::entity::{Authority, Entity, EntityIndex, EntityKey, Link};
use super::inflection::Inflection;
use super::knowledge::{KnowledgeBase, Query};
use super::linker::{Countries, Linked, Linker, Match};
use super::name::{fold, slug, slug_with_kind};
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

/// What a draft turned out to be.
struct Identity<'a> {
    key: EntityKey,
    known: Option<Match<'a>>,
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
        let linker = self.linker();
        let Linked { matches, countries } = linker.link(document, &drafts);
        let mut resolution = Resolution::default();
        let mut place: BTreeMap<EntityKey, EntityIndex> = BTreeMap::new();
        let mut numbers: BTreeMap<CompactString, u32> = BTreeMap::new();
        let mut unnamed: Vec<(EntityIndex, Span)> = Vec::new();
        for (draft, known) in drafts.iter().zip(matches) {
            let identity = self.identity(document, draft, known);
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
        Some(known.iter().any(|candidate| candidate.entry.sort == Some(Sort::Media)))
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
        let known = self.linker().listed(&draft, countries);
        let Identity { key, known } = self.identity(document, &draft, known);
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

    fn linker(&self) -> Linker<'_> {
        Linker { bases: &self.bases, persons: &self.persons, words: &self.words }
    }

    /// A draft by the key of what it was found to be, else by its names.
    fn identity<'a>(
        &self,
        document: &Document,
        draft: &Draft,
        known: Option<Match<'a>>,
    ) -> Identity<'a> {
        let key = match &known {
            Some(known) => EntityKey::Global(known.entry.slug.clone()),
            None => unknown_key(document, &self.persons, draft),
        };
        Identity { key, known }
    }
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
        kind: known.and_then(|m| m.entry.sort).map(Sort::kind).or(draft.kind),
        label,
        names: draft.names.iter().cloned().collect(),
        mentions: draft.mentions.clone(),
        links: known.map(links).unwrap_or_default(),
        unnamed_source: !draft.unnamed.is_empty() && draft.names.is_empty(),
        news_medium: known.and_then(|m| m.entry.sort).or(draft.sort) == Some(Sort::Media),
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
