//! An article: its text, what it claims, and what it attributes to whom.

use std::collections::BTreeSet;

use oxrdf::NamedNode;
use serde::Serialize;

use super::Lookup;
use super::catalogue::{Catalogue, Head};
use super::claim::{Claim, Passage, Voice, article_of};
use super::lookup::number;
use super::reader::Reader;
use crate::graph::StoreError;
use crate::graph::vocabulary::{rp, schema};

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
    let reader = Reader::new(lookup, catalogue).of(node)?;
    let mut claims = reader.claims(&reader.nodes("/claim/"))?;
    claims.sort_by_key(|claim| {
        (claim.evidence.as_ref().map(|e| (e.start, e.end)), number(&claim.iri))
    });
    let mut attributions = Vec::new();
    for node in reader.nodes("/attribution/") {
        attributions.push(attribution(&reader, &node)?);
    }
    attributions.sort_by_key(|a| (a.content.first().map(|c| c.start), number(&a.voice.iri)));
    let mut authors = Vec::new();
    for author in lookup.objects(node, schema::AUTHOR)? {
        authors.push(reader.thing(&author)?.label);
    }
    Ok(Some(Article {
        head: head.clone(),
        authors,
        text: reader.text(node)?.text().to_owned(),
        related: related(lookup, catalogue, node, &claims)?,
        claims,
        attributions,
    }))
}

fn attribution(reader: &Reader<'_>, node: &NamedNode) -> Result<Attribution, StoreError> {
    let mut content = Vec::new();
    for passage in reader.said(node)?.nodes(rp::CONTENT) {
        content.extend(reader.passage(&passage)?);
    }
    content.sort_by_key(|passage| passage.start);
    Ok(Attribution { voice: reader.voice(node)?, content })
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
