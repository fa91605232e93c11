//! The articles of a store, kept in memory: lists of claims name them again and
//! again.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use oxrdf::{NamedNode, NamedNodeRef, Term};
use serde::Serialize;

use super::Lookup;
use super::thing::{Thing, thing};
use crate::graph::StoreError;
use crate::graph::select::{
    Select,
    names::{O, S},
    variable,
};
use crate::graph::vocabulary::schema;

/// What an article is known by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::serve) struct Head {
    /// Its IRI.
    pub(in crate::serve) iri: String,
    /// Its headline; its name where it has none.
    pub(in crate::serve) headline: String,
    /// Who published it.
    pub(in crate::serve) publisher: Option<Thing>,
    /// When: a day or moment.
    pub(in crate::serve) published: Option<String>,
    /// Where it stood.
    pub(in crate::serve) url: Option<String>,
}

impl Head {
    /// The day it was published.
    pub(in crate::serve) fn day(&self) -> Option<&str> {
        self.published.as_deref().map(|moment| moment.get(..10).unwrap_or(moment))
    }
}

/// The articles of a store, by their IRIs.
pub(in crate::serve) struct Catalogue {
    heads: BTreeMap<String, Head>,
    /// The newest first; those without a day last.
    newest: Vec<String>,
    /// Their headlines in lower case, in that order.
    headlines: Vec<String>,
}

/// What the store says of articles, property by property.
struct Columns {
    headline: HashMap<NamedNode, Term>,
    publisher: HashMap<NamedNode, Term>,
    published: HashMap<NamedNode, Term>,
    url: HashMap<NamedNode, Term>,
}

impl Columns {
    fn of(lookup: Lookup<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            headline: column(lookup, schema::HEADLINE)?,
            publisher: column(lookup, schema::PUBLISHER)?,
            published: column(lookup, schema::DATE_PUBLISHED)?,
            url: column(lookup, schema::URL)?,
        })
    }

    fn head(&self, lookup: Lookup<'_>, article: &NamedNode) -> Result<Head, StoreError> {
        let text = |column: &HashMap<NamedNode, Term>| match column.get(article) {
            Some(Term::Literal(literal)) => Some(literal.value().to_owned()),
            _ => None,
        };
        let url = self.url.get(article).map(|term| match term {
            Term::NamedNode(node) => node.as_str().to_owned(),
            other => other.to_string(),
        });
        let publisher = self.publisher.get(article);
        Ok(Head {
            iri: article.as_str().to_owned(),
            headline: text(&self.headline)
                .unwrap_or_else(|| super::lookup::local_name(article.as_str()).into()),
            publisher: publisher.map(|term| thing(lookup, term)).transpose()?,
            published: text(&self.published),
            url,
        })
    }
}

/// The first value that each node has of a property.
fn column(
    lookup: Lookup<'_>,
    property: NamedNodeRef<'_>,
) -> Result<HashMap<NamedNode, Term>, StoreError> {
    let triples = Select::triples(variable(S), property.into_owned(), variable(O));
    let mut column: HashMap<NamedNode, Term> = HashMap::new();
    for [node, value] in lookup.rows(triples, [S, O])? {
        let Term::NamedNode(node) = node else { continue };
        match column.entry(node) {
            Entry::Vacant(vacant) => {
                vacant.insert(value);
            }
            Entry::Occupied(mut kept) if value.to_string() < kept.get().to_string() => {
                kept.insert(value);
            }
            Entry::Occupied(_) => {}
        }
    }
    Ok(column)
}

impl Catalogue {
    /// The articles of a store.
    pub(in crate::serve) fn of(lookup: Lookup<'_>) -> Result<Self, StoreError> {
        let columns = Columns::of(lookup)?;
        let mut heads = BTreeMap::new();
        for article in lookup.store.articles()? {
            heads.insert(article.as_str().to_owned(), columns.head(lookup, &article)?);
        }
        let mut newest: Vec<String> = heads.keys().cloned().collect();
        let published = |iri: &String| heads.get(iri).and_then(|head| head.published.clone());
        newest.sort_by_cached_key(|iri| (std::cmp::Reverse(published(iri)), iri.clone()));
        let lower = |iri: &String| heads.get(iri).map(|head| head.headline.to_lowercase());
        let headlines = newest.iter().filter_map(lower).collect();
        Ok(Self { heads, newest, headlines })
    }

    /// How many there are.
    pub(in crate::serve) fn len(&self) -> usize {
        self.heads.len()
    }

    /// One of them.
    pub(in crate::serve) fn get(&self, iri: &str) -> Option<&Head> {
        self.heads.get(iri)
    }

    /// All of them, the newest first.
    pub(in crate::serve) fn newest(&self) -> impl Iterator<Item = &Head> {
        self.newest.iter().filter_map(|iri| self.heads.get(iri))
    }

    /// Those whose headlines have some words in them, given in lower case; the newest
    /// first.
    pub(in crate::serve) fn with_words(&self, words: &str) -> impl Iterator<Item = &Head> {
        let all = self.newest().zip(&self.headlines);
        all.filter(move |(_, headline)| headline.contains(words)).map(|(head, _)| head)
    }
}
