//! Claims: what is said, how it is put, whose word it is, and where it stands.

use serde::Serialize;

use super::catalogue::Head;
use super::thing::Thing;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iris_tell_the_article() {
        let article = "https://news.example/article/quay";
        for below in ["/claim/3", "/entity/mayor", "#char=3,14", ""] {
            assert_eq!(article_of(&format!("{article}{below}")), article);
        }
    }
}
