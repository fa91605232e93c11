//! What has some words in its name, headline or text.

use std::collections::BTreeMap;

use oxrdf::{Literal, NamedNode, Term};
use serde::Serialize;

use super::Lookup;
use super::catalogue::{Catalogue, Head};
use super::claim::{Claim, article_of};
use super::reader::claims;
use crate::graph::vocabulary::{oa, rdf, rp, skos};
use crate::graph::{StoreError, TextKind, Wanted};

/// So many of the shortest names with the words in them are looked at.
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
    let articles = catalogue.with_words(&lower);
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
    let names = lookup.texts(TextKind::Label, words, Wanted::Shortest, MOST_NAMES)?;
    let Some(mut names) = names else { return Ok(None) };
    let lower = words.to_lowercase();
    names.sort_by_cached_key(|name| (std::cmp::Reverse(likeness(name, &lower)), name.clone()));
    let mut best: BTreeMap<NamedNode, (u32, String)> = BTreeMap::new();
    let mut last = 0;
    for name in names {
        let likeness = likeness(&name, &lower);
        // What is less like them than enough others cannot be among the first.
        if best.len() >= many && class(likeness) < last {
            break;
        }
        last = class(likeness);
        for node in named(lookup, &Literal::new_simple_literal(&name).into())? {
            best.entry(node).or_insert_with(|| (likeness, name.clone()));
        }
    }
    // Claims are counted only of those that may be among the first.
    let mut best: Vec<(NamedNode, (u32, String))> = best.into_iter().collect();
    best.sort_by_key(|(_, (score, _))| std::cmp::Reverse(class(*score)));
    let last = best.get(many.saturating_sub(1)).map_or(0, |(_, (score, _))| class(*score));
    best.retain(|(_, (score, _))| class(*score) >= last);
    let mut counted = Vec::new();
    for (node, (score, name)) in best {
        counted.push((class(score), claims_of(lookup, &node)?, node, score, name));
    }
    counted.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then_with(|| a.2.cmp(&b.2)));
    counted.truncate(many);
    let hit = |(_, claims, node, score, name)| hit(lookup, &node, claims, score, name);
    counted.into_iter().map(hit).collect::<Result<_, _>>().map(Some)
}

/// Names that are about as like the words; of these those with most claims are first.
fn class(score: u32) -> u32 {
    score / 20
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
    let (below, graph) = (lookup.store.iris().entities(), lookup.store.iris().entity_graph());
    let mut nodes = Vec::new();
    // Each name that an article has for an entity is one of its labels.
    for property in [skos::PREF_LABEL, skos::ALT_LABEL] {
        nodes.extend(lookup.subjects_in(&graph, property, name.as_ref())?);
    }
    nodes.retain(|node| node.as_str().starts_with(&below));
    nodes.sort_unstable();
    nodes.dedup();
    Ok(nodes)
}

/// How many claims an entity is the subject or object of; of many, some.
fn claims_of(lookup: Lookup<'_>, node: &NamedNode) -> Result<usize, StoreError> {
    const COUNTED: usize = 100;
    let subjects = lookup.count(rdf::SUBJECT, node, COUNTED)?;
    let objects = lookup.count(rdf::OBJECT, node, COUNTED)?;
    Ok((subjects + objects).min(COUNTED))
}

fn hit(
    lookup: Lookup<'_>,
    node: &NamedNode,
    claims: usize,
    score: u32,
    name: String,
) -> Result<Hit, StoreError> {
    let label = lookup.label(node)?;
    let types = lookup.nodes(node, rdf::TYPE)?;
    Ok(Hit {
        iri: node.as_str().to_owned(),
        other: (name != label).then_some(name),
        types: types.iter().map(|t| super::lookup::local_name(t.as_str()).to_owned()).collect(),
        claims,
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
    let texts = lookup.texts(TextKind::Passage, words, Wanted::Latest, 4 * many)?;
    let Some(mut texts) = texts else { return Ok(None) };
    // Whole sentences before their parts.
    texts.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    let mut found = Vec::new();
    for text in texts {
        let text = Literal::new_simple_literal(text).into();
        for passage in lookup.subjects(oa::EXACT, &text, many)? {
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
