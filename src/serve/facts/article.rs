//! An article: its text, what it claims, and what it attributes to whom.

use std::collections::BTreeSet;

use oxrdf::NamedNode;
use serde::Serialize;

use super::Lookup;
use super::catalogue::{Catalogue, Head};
use super::claim::{Claim, Passage, Voice, article_of, claims, offsets, voice};
use super::lookup::number;
use crate::graph::StoreError;
use crate::graph::vocabulary::{prov, rp, schema};

/// So many claims and attributions of one article are shown.
const MOST: usize = 5_000;

/// Who says what, in which words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::serve) struct Attribution {
    /// Who says it, and how.
    #[serde(flatten)]
    pub(in crate::serve) voice: Voice,
    /// What is said.
    pub(in crate::serve) content: Vec<Passage>,
}

/// An article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::serve) struct Article {
    /// What it is known by.
    #[serde(flatten)]
    pub(in crate::serve) head: Head,
    /// Who wrote it.
    pub(in crate::serve) authors: Vec<String>,
    /// Its text.
    pub(in crate::serve) text: String,
    /// What it claims, in the order of its text.
    pub(in crate::serve) claims: Vec<Claim>,
    /// What it attributes, in the order of its text.
    pub(in crate::serve) attributions: Vec<Attribution>,
    /// The articles of other outlets that make claims of the same propositions.
    pub(in crate::serve) related: Vec<Head>,
}

/// An article; none where there is no such.
pub(in crate::serve) fn article(
    lookup: Lookup<'_>,
    catalogue: &Catalogue,
    node: &NamedNode,
) -> Result<Option<Article>, StoreError> {
    let Some(head) = catalogue.get(node.as_str()) else { return Ok(None) };
    let text = lookup.text(node, rp::TEXT)?.unwrap_or_default();
    let derived = lookup.subjects(prov::WAS_DERIVED_FROM, &node.clone().into(), MOST)?;
    let (of_claims, others): (Vec<_>, Vec<_>) =
        derived.into_iter().partition(|node| node.as_str().contains("/claim/"));
    let mut claims = claims(lookup, catalogue, &of_claims)?;
    claims.sort_by_key(|claim| {
        (claim.evidence.as_ref().map(|e| (e.start, e.end)), number(&claim.iri))
    });
    let mut attributions = Vec::new();
    for node in others.iter().filter(|node| node.as_str().contains("/attribution/")) {
        attributions.push(attribution(lookup, node, &text)?);
    }
    attributions.sort_by_key(|a| (a.content.first().map(|c| c.start), number(&a.voice.iri)));
    let authors = lookup.objects(node, schema::AUTHOR)?;
    let authors = authors.iter().map(|author| super::thing::thing(lookup, author));
    Ok(Some(Article {
        head: head.clone(),
        authors: authors.map(|a| a.map(|a| a.label)).collect::<Result<_, _>>()?,
        related: related(lookup, catalogue, node, &claims)?,
        text,
        claims,
        attributions,
    }))
}

fn attribution(
    lookup: Lookup<'_>,
    node: &NamedNode,
    text: &str,
) -> Result<Attribution, StoreError> {
    let mut content = Vec::new();
    for passage in lookup.nodes(node, rp::CONTENT)? {
        content.extend(offsets(passage.as_ref()).and_then(|(start, end)| cut(text, start, end)));
    }
    content.sort_by_key(|passage| passage.start);
    Ok(Attribution { voice: voice(lookup, node)?, content })
}

/// Characters of a text.
fn cut(text: &str, start: usize, end: usize) -> Option<Passage> {
    let words: String = text.chars().skip(start).take(end.checked_sub(start)?).collect();
    Some(Passage { start, end, text: words })
}

/// Articles that make claims of the same propositions.
fn related(
    lookup: Lookup<'_>,
    catalogue: &Catalogue,
    article: &NamedNode,
    claims: &[Claim],
) -> Result<Vec<Head>, StoreError> {
    const ALIKE: usize = 50;
    let mut found = BTreeSet::new();
    for proposition in claims.iter().filter_map(|claim| claim.proposition.as_deref()) {
        let Ok(proposition) = NamedNode::new(proposition) else { continue };
        for other in lookup.subjects(rp::EXPRESSES, &proposition.into(), ALIKE)? {
            found.insert(article_of(other.as_str()).to_owned());
        }
    }
    found.remove(article.as_str());
    Ok(found.iter().filter_map(|iri| catalogue.get(iri)).cloned().collect())
}
