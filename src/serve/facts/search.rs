//! What has some words in its name, headline or text.

use std::collections::BTreeMap;

use oxrdf::{NamedNode, NamedNodeRef, Term};
use serde::Serialize;

use super::Lookup;
use super::catalogue::{Catalogue, Head};
use super::claim::{Claim, article_of, claims};
use crate::graph::StoreError;
use crate::graph::vocabulary::{oa, rdf, rp, schema, skos};

/// Of so many texts with the words in them the best are found; where there are more,
/// none is.
const MOST_TEXTS: usize = 20_000;
/// So many names are looked up.
const MOST_NAMES: usize = 400;

/// An entity that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::serve) struct Hit {
    /// Its IRI.
    pub(in crate::serve) iri: String,
    /// Its name.
    pub(in crate::serve) label: String,
    /// The name that has the words in it, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::serve) other: Option<String>,
    /// What it is: `Person`.
    pub(in crate::serve) types: Vec<String>,
    /// How many claims it is the subject or object of; no more than 100 are counted.
    pub(in crate::serve) claims: usize,
    /// How like the words its name is, of 100.
    pub(in crate::serve) score: u32,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(in crate::serve) struct Found {
    /// Entities, the best first.
    pub(in crate::serve) entities: Vec<Hit>,
    /// Articles, the newest first.
    pub(in crate::serve) articles: Vec<Head>,
    /// Claims whose words have them, those of the newest articles first.
    pub(in crate::serve) claims: Vec<Claim>,
    /// Whether so much has them that claims, or entities, were not looked up.
    pub(in crate::serve) too_many: bool,
}

/// What has the words in it: so many of each kind.
pub(in crate::serve) fn search(
    lookup: Lookup<'_>,
    catalogue: &Catalogue,
    words: &str,
    many: usize,
) -> Result<Found, StoreError> {
    let words = words.trim();
    if words.is_empty() {
        return Ok(Found::default());
    }
    let lower = words.to_lowercase();
    let articles = catalogue.newest().filter(|head| head.headline.to_lowercase().contains(&lower));
    let entities = entities(lookup, words, many)?;
    let said = passages(lookup, catalogue, words, many)?;
    Ok(Found {
        too_many: entities.is_none() || said.is_none(),
        entities: entities.unwrap_or_default(),
        articles: articles.take(many).cloned().collect(),
        claims: said.unwrap_or_default(),
    })
}

/// Entities known beyond their article whose names have the words in them.
pub(in crate::serve) fn entities(
    lookup: Lookup<'_>,
    words: &str,
    many: usize,
) -> Result<Option<Vec<Hit>>, StoreError> {
    let names = lookup.store.texts_containing(skos::PREF_LABEL, words, MOST_TEXTS)?;
    let Some(mut names) = names else { return Ok(None) };
    let lower = words.to_lowercase();
    names.sort_by_cached_key(|name| {
        (std::cmp::Reverse(likeness(name.value(), &lower)), name.to_string())
    });
    let mut best: BTreeMap<NamedNode, (u32, String)> = BTreeMap::new();
    for name in names.into_iter().take(MOST_NAMES) {
        let likeness = likeness(name.value(), &lower);
        for node in named(lookup, &name.clone().into())? {
            best.entry(node).or_insert_with(|| (likeness, name.value().to_owned()));
        }
    }
    let mut hits = Vec::new();
    for (node, (score, name)) in best {
        hits.push(hit(lookup, &node, score, name)?);
    }
    hits.sort_by(|a, b| rank(b).cmp(&rank(a)).then_with(|| a.iri.cmp(&b.iri)));
    hits.truncate(many);
    Ok(Some(hits))
}

/// Names count before claims, and claims before nothing.
fn rank(hit: &Hit) -> (u32, usize) {
    (hit.score / 20, hit.claims)
}

/// How like words a name is, of 100.
fn likeness(name: &str, words: &str) -> u32 {
    let name = name.to_lowercase();
    let share = (20 * words.len() / name.len().max(1)).min(20) as u32;
    let at_word = || name.match_indices(words).any(|(at, _)| is_word_start(&name, at));
    match () {
        () if name == words => 100,
        () if name.starts_with(words) => 60 + share,
        () if at_word() => 40 + share,
        () => share,
    }
}

fn is_word_start(text: &str, at: usize) -> bool {
    text.get(..at)
        .and_then(|before| before.chars().next_back())
        .is_none_or(|c| !c.is_alphanumeric())
}

/// The entities of the whole store that have a name.
fn named(lookup: Lookup<'_>, name: &Term) -> Result<Vec<NamedNode>, StoreError> {
    const OF_ONE_NAME: usize = 50;
    let below = lookup.store.iris().entities();
    let mut nodes = Vec::new();
    let properties: [NamedNodeRef<'_>; 3] = [skos::PREF_LABEL, skos::ALT_LABEL, schema::NAME];
    for property in properties {
        nodes.extend(lookup.subjects(property, name, OF_ONE_NAME)?);
    }
    nodes.retain(|node| node.as_str().starts_with(&below));
    nodes.sort_unstable();
    nodes.dedup();
    Ok(nodes)
}

fn hit(lookup: Lookup<'_>, node: &NamedNode, score: u32, name: String) -> Result<Hit, StoreError> {
    const COUNTED: usize = 100;
    let value = Term::from(node.clone());
    let label = lookup.label(node)?;
    let subjects = lookup.subjects(rdf::SUBJECT, &value, COUNTED)?.len();
    let objects = lookup.subjects(rdf::OBJECT, &value, COUNTED)?.len();
    let types = lookup.nodes(node, rdf::TYPE)?;
    Ok(Hit {
        iri: node.as_str().to_owned(),
        other: (name != label).then_some(name),
        types: types.iter().map(|t| super::lookup::local_name(t.as_str()).to_owned()).collect(),
        claims: (subjects + objects).min(COUNTED),
        score,
        label,
    })
}

/// Claims whose words have the words in them.
fn passages(
    lookup: Lookup<'_>,
    catalogue: &Catalogue,
    words: &str,
    many: usize,
) -> Result<Option<Vec<Claim>>, StoreError> {
    let texts = lookup.store.texts_containing(oa::EXACT, words, MOST_TEXTS)?;
    let Some(mut texts) = texts else { return Ok(None) };
    // Whole sentences before their parts.
    texts.sort_by_cached_key(|text| (std::cmp::Reverse(text.value().len()), text.to_string()));
    let mut found = Vec::new();
    for text in texts.into_iter().take(4 * many) {
        for passage in lookup.subjects(oa::EXACT, &text.into(), many)? {
            found.extend(lookup.subjects(rp::EVIDENCE, &passage.into(), many)?);
        }
    }
    let day = |node: &NamedNode| {
        catalogue.get(article_of(node.as_str())).and_then(|head| head.published.clone())
    };
    found.sort_by_cached_key(|node| (std::cmp::Reverse(day(node)), node.clone()));
    found.dedup();
    found.truncate(many);
    claims(lookup, catalogue, &found).map(Some)
}

#[cfg(test)]
mod tests {
    use super::likeness;

    #[test]
    fn names_that_begin_with_the_words_are_most_like_them() {
        let names = ["ada brook", "Ada Brooks", "Mayor Ada Brook", "Canada Brook"];
        let scores: Vec<u32> = names.iter().map(|name| likeness(name, "ada brook")).collect();
        assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
        assert_eq!(scores.first(), Some(&100));
    }
}
