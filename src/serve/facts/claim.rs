//! Claims: what is said, how it is put, whose word it is, and where it stands.

use oxrdf::{NamedNode, NamedNodeRef, Term};
use serde::Serialize;

use super::Lookup;
use super::catalogue::{Catalogue, Head};
use super::lookup::{Said, local_name};
use super::thing::{Thing, thing};
use crate::graph::StoreError;
use crate::graph::vocabulary::{oa, rdf, rel, rp, xsd};

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

/// A claim; none where there is no such.
pub(super) fn read(
    lookup: Lookup<'_>,
    catalogue: &Catalogue,
    node: &NamedNode,
) -> Result<Option<Claim>, StoreError> {
    let said = Said::of(lookup, node)?;
    let thing_of = |property| said.term(property).map(|term| thing(lookup, term)).transpose();
    let (Some(subject), Some(relation)) = (thing_of(rdf::SUBJECT)?, thing_of(rdf::PREDICATE)?)
    else {
        return Ok(None);
    };
    let evidence = said.node(rp::EVIDENCE);
    Ok(Some(Claim {
        iri: node.as_str().to_owned(),
        article: catalogue.get(article_of(node.as_str())).cloned(),
        subject,
        relation,
        object: object(lookup, &said)?,
        circumstances: circumstances(lookup, &said)?,
        polarity: name(said.term(rp::POLARITY)),
        modality: name(said.term(rp::MODALITY)),
        when: said.text(rp::WHEN),
        asserted: said.text(rp::ASSERTED).as_deref() == Some("true"),
        voices: voices(lookup, node)?,
        origin: thing_of(rp::ORIGIN)?,
        evidence: evidence.map(|passage| self::passage(lookup, passage)).transpose()?.flatten(),
        proposition: said.node(rp::EXPRESSES).map(|node| node.as_str().to_owned()),
    }))
}

/// Claims by their IRIs, in order; those that are none are passed over.
pub(in crate::serve) fn claims(
    lookup: Lookup<'_>,
    catalogue: &Catalogue,
    nodes: &[NamedNode],
) -> Result<Vec<Claim>, StoreError> {
    let mut claims = Vec::new();
    for node in nodes {
        claims.extend(read(lookup, catalogue, node)?);
    }
    Ok(claims)
}

/// A claim with all that its page shows.
pub(in crate::serve) fn claim(
    lookup: Lookup<'_>,
    catalogue: &Catalogue,
    node: &NamedNode,
) -> Result<Option<ClaimPage>, StoreError> {
    let Some(claim) = read(lookup, catalogue, node)? else { return Ok(None) };
    let mut same = Vec::new();
    for proposition in lookup.nodes(node, rp::EXPRESSES)? {
        same.extend(lookup.subjects(rp::EXPRESSES, &proposition.into(), MOST_ALIKE)?);
    }
    same.retain(|other| other != node);
    let mut contrary = lookup.nodes(node, rp::CONTRADICTS)?;
    contrary.truncate(MOST_ALIKE);
    Ok(Some(ClaimPage {
        claim,
        appearances: claims(lookup, catalogue, &same)?,
        contradictions: claims(lookup, catalogue, &contrary)?,
    }))
}

/// The object of a claim; none for "the troops left".
fn object(lookup: Lookup<'_>, said: &Said) -> Result<Option<Thing>, StoreError> {
    let is_none = |term: &&Term| matches!(term, Term::Literal(l) if l.datatype() == xsd::BOOLEAN);
    let object = said.term(rdf::OBJECT).filter(|term| !is_none(term));
    object.map(|term| thing(lookup, term)).transpose()
}

fn circumstances(lookup: Lookup<'_>, said: &Said) -> Result<Vec<Circumstance>, StoreError> {
    let mut all = Vec::new();
    for (property, term) in said.iter() {
        if let Some(role) = property.strip_prefix(rel::NAMESPACE) {
            all.push(Circumstance { role: role.to_owned(), value: thing(lookup, term)? });
        }
    }
    all.sort_by(|a, b| (&a.role, &a.value).cmp(&(&b.role, &b.value)));
    all.dedup();
    Ok(all)
}

/// The attributions of a claim, from the inside out.
fn voices(lookup: Lookup<'_>, claim: &NamedNode) -> Result<Vec<Voice>, StoreError> {
    let claim = Term::from(claim.clone());
    let mut open = lookup.subjects(rp::CLAIM_OF, &claim, MOST_ALIKE)?;
    let mut chain: Vec<NamedNode> = Vec::new();
    while !open.is_empty() {
        let mut outer = Vec::new();
        for node in &open {
            outer.extend(lookup.nodes(node, rp::WITHIN)?);
        }
        // What another one stands within comes later.
        let (later, now): (Vec<_>, Vec<_>) = open.into_iter().partition(|n| outer.contains(n));
        let fresh: Vec<_> = now.into_iter().filter(|n| !chain.contains(n)).collect();
        if fresh.is_empty() {
            break;
        }
        chain.extend(fresh);
        open = later.into_iter().chain(outer).filter(|n| !chain.contains(n)).collect();
        open.sort_unstable();
        open.dedup();
    }
    chain.iter().map(|node| voice(lookup, node)).collect()
}

/// An attribution.
pub(super) fn voice(lookup: Lookup<'_>, node: &NamedNode) -> Result<Voice, StoreError> {
    let said = Said::of(lookup, node)?;
    let source = said.node(rp::SOURCE);
    let unnamed = match source {
        Some(source) => is_unnamed(lookup, source)?,
        None => true,
    };
    Ok(Voice {
        iri: node.as_str().to_owned(),
        source: said.term(rp::SOURCE).map(|term| thing(lookup, term)).transpose()?,
        unnamed,
        cue: said.node(rp::CUE).map(|cue| passage(lookup, cue)).transpose()?.flatten(),
        attitude: name(said.term(rp::ATTITUDE)),
        kind: name(said.term(rp::KIND)),
    })
}

/// Whether a source has no name.
pub(super) fn is_unnamed(lookup: Lookup<'_>, source: &NamedNode) -> Result<bool, StoreError> {
    Ok(lookup.nodes(source, rdf::TYPE)?.iter().any(|kind| *kind == rp::UNNAMED_SOURCE))
}

/// A passage that is described; its offsets stand in its IRI.
fn passage(lookup: Lookup<'_>, node: &NamedNode) -> Result<Option<Passage>, StoreError> {
    let Some((start, end)) = offsets(node.as_ref()) else { return Ok(None) };
    let text = lookup.text(node, oa::EXACT)?;
    Ok(text.map(|text| Passage { start, end, text }))
}

/// The characters of a passage, as its IRI has them (RFC 5147).
pub(super) fn offsets(node: NamedNodeRef<'_>) -> Option<(usize, usize)> {
    let (_, range) = node.as_str().rsplit_once("#char=")?;
    let (start, end) = range.split_once(',')?;
    Some((start.parse().ok()?, end.parse().ok()?))
}

/// The name of a term of the vocabulary: `positive`.
fn name(term: Option<&Term>) -> String {
    match term {
        Some(Term::NamedNode(node)) => local_name(node.as_str()).to_owned(),
        _ => String::new(),
    }
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
