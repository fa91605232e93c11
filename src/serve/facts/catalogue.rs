//! The articles of a store, kept in memory: lists of claims name them again and
//! again.

use std::collections::BTreeMap;

use oxrdf::NamedNode;
use serde::Serialize;

use super::Lookup;
use super::thing::{Thing, thing};
use crate::graph::vocabulary::schema;
use crate::graph::{Store, StoreError};

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

    fn of(lookup: Lookup<'_>, article: &NamedNode) -> Result<Self, StoreError> {
        let publisher = lookup.object(article, schema::PUBLISHER)?;
        let headline = lookup.text(article, schema::HEADLINE)?;
        let url = lookup.object(article, schema::URL)?.map(|term| match term {
            oxrdf::Term::NamedNode(node) => node.into_string(),
            other => other.to_string(),
        });
        Ok(Self {
            iri: article.as_str().to_owned(),
            headline: headline
                .unwrap_or_else(|| super::lookup::local_name(article.as_str()).into()),
            publisher: publisher.map(|term| thing(lookup, &term)).transpose()?,
            published: lookup.text(article, schema::DATE_PUBLISHED)?,
            url,
        })
    }
}

/// The articles of a store, by their IRIs.
pub(in crate::serve) struct Catalogue {
    heads: BTreeMap<String, Head>,
    /// The newest first; those without a day last.
    newest: Vec<String>,
}

impl Catalogue {
    /// The articles of a store.
    pub(in crate::serve) fn of(store: &Store) -> Result<Self, StoreError> {
        let lookup = Lookup::new(store);
        let mut heads = BTreeMap::new();
        for article in store.articles()? {
            heads.insert(article.as_str().to_owned(), Head::of(lookup, &article)?);
        }
        let mut newest: Vec<String> = heads.keys().cloned().collect();
        let published = |iri: &String| heads.get(iri).and_then(|head| head.published.clone());
        newest.sort_by_cached_key(|iri| (std::cmp::Reverse(published(iri)), iri.clone()));
        Ok(Self { heads, newest })
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
}
