//! Claims: what is said, how it is put, whose word it is, and where it stands.

use oxrdf::{NamedNode, NamedNodeRef};
use serde::Serialize;

use super::Lookup;
use super::catalogue::{Catalogue, Head};
use super::reader::Reader;
use super::thing::Thing;
use crate::graph::StoreError;
use crate::graph::vocabulary::rp;

/// So many claims of one proposition are shown, and so many that contradict one.
const MOST_ALIKE: usize = 200;

/// Characters of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::serve) struct Passage {
    /// The first character, counted from 0.
    pub(in crate::serve) start: usize,
    /// The one behind the last.
    pub(in crate::serve) end: usize,
    /// The words.
    pub(in crate::serve) text: String,
}

/// Whose word a claim is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::serve) struct Voice {
    /// The attribution.
    pub(in crate::serve) iri: String,
    /// The source, where one is given.
    pub(in crate::serve) source: Option<Thing>,
    /// Whether the source has no name ("officials").
    pub(in crate::serve) unnamed: bool,
    /// The words that attribute: "said".
    pub(in crate::serve) cue: Option<Passage>,
    /// How it is put: states, denies, …
    pub(in crate::serve) attitude: String,
    /// Whether it is quoted: direct, indirect, …
    pub(in crate::serve) kind: String,
}

/// A circumstance of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::serve) struct Circumstance {
    /// What it is to the claim: a preposition, mostly.
    pub(in crate::serve) role: String,
    /// The place, day, person.
    pub(in crate::serve) value: Thing,
}

/// A claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::serve) struct Claim {
    /// Its IRI.
    pub(in crate::serve) iri: String,
    /// The article that makes it.
    pub(in crate::serve) article: Option<Head>,
    /// Who or what.
    pub(in crate::serve) subject: Thing,
    /// Does or is.
    pub(in crate::serve) relation: Thing,
    /// Whom or what.
    pub(in crate::serve) object: Option<Thing>,
    /// Where, when, with whom.
    pub(in crate::serve) circumstances: Vec<Circumstance>,
    /// Whether it is so: positive or negative.
    pub(in crate::serve) polarity: String,
    /// Whether it is actual, planned, possible, …
    pub(in crate::serve) modality: String,
    /// When.
    pub(in crate::serve) when: Option<String>,
    /// Whether the article states it as a fact.
    pub(in crate::serve) asserted: bool,
    /// Whose word it is, from the inside out; empty for the article's own.
    pub(in crate::serve) voices: Vec<Voice>,
    /// The outlet that it comes from.
    pub(in crate::serve) origin: Option<Thing>,
    /// The words.
    pub(in crate::serve) evidence: Option<Passage>,
    /// What all claims of the same have in common.
    pub(in crate::serve) proposition: Option<String>,
}

/// A claim with those that say the same, and those that say the contrary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::serve) struct ClaimPage {
    /// The claim.
    #[serde(flatten)]
    pub(in crate::serve) claim: Claim,
    /// Other claims of the same proposition, which may affirm or deny it.
    pub(in crate::serve) appearances: Vec<Claim>,
    /// Claims that contradict it.
    pub(in crate::serve) contradictions: Vec<Claim>,
}

/// The article that a node is named below.
pub(in crate::serve) fn article_of(iri: &str) -> &str {
    let parts = ["/claim/", "/attribution/", "/entity/", "/phrase/", "#char="];
    let end = parts.iter().filter_map(|part| iri.find(part)).min();
    iri.get(..end.unwrap_or(iri.len())).unwrap_or(iri)
}

/// Claims by their IRIs, in order; those that are none are passed over.
pub(in crate::serve) fn claims(
    lookup: Lookup<'_>,
    catalogue: &Catalogue,
    nodes: &[NamedNode],
) -> Result<Vec<Claim>, StoreError> {
    Reader::new(lookup, catalogue).claims(nodes)
}

/// A claim with all that its page shows.
pub(in crate::serve) fn claim(
    lookup: Lookup<'_>,
    catalogue: &Catalogue,
    node: &NamedNode,
) -> Result<Option<ClaimPage>, StoreError> {
    let reader = Reader::new(lookup, catalogue);
    let Some(claim) = reader.claim(node)? else { return Ok(None) };
    let mut same = Vec::new();
    for proposition in lookup.nodes(node, rp::EXPRESSES)? {
        same.extend(lookup.subjects(rp::EXPRESSES, &proposition.into(), MOST_ALIKE)?);
    }
    same.retain(|other| other != node);
    let mut contrary = lookup.nodes(node, rp::CONTRADICTS)?;
    contrary.truncate(MOST_ALIKE);
    Ok(Some(ClaimPage {
        claim,
        appearances: reader.claims(&same)?,
        contradictions: reader.claims(&contrary)?,
    }))
}

/// The characters of a passage, as its IRI has them (RFC 5147).
pub(super) fn offsets(node: NamedNodeRef<'_>) -> Option<(usize, usize)> {
    let (_, range) = node.as_str().rsplit_once("#char=")?;
    let (start, end) = range.split_once(',')?;
    Some((start.parse().ok()?, end.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use oxrdf::NamedNodeRef;

    use super::*;

    #[test]
    fn iris_tell_article_and_characters() {
        let article = "https://news.example/article/quay";
        for below in ["/claim/3", "/entity/mayor", "#char=3,14", ""] {
            assert_eq!(article_of(&format!("{article}{below}")), article);
        }
        let passage = NamedNodeRef::new("https://news.example/article/quay#char=3,14").unwrap();
        assert_eq!(offsets(passage), Some((3, 14)));
    }
}
