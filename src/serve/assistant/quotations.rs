//! Claims as a model reads them: short, with words, article, publisher, day and place.

use serde::Serialize;

use crate::serve::facts::{Catalogue, Claim, Passage, Thing, Voice};

/// A claim in few words.
#[derive(Debug, Serialize)]
pub(super) struct Quotation {
    claim: String,
    says: String,
    #[serde(skip_serializing_if = "is_usual")]
    polarity: String,
    #[serde(skip_serializing_if = "is_usual")]
    modality: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<String>,
    sources: Vec<String>,
    quotation: String,
    #[serde(flatten)]
    place: Place,
}

/// Where words stand.
#[derive(Debug, Default, Serialize)]
pub(super) struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
    article: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
}

/// What need not be said.
fn is_usual(how: &str) -> bool {
    how == "positive" || how == "actual" || how.is_empty()
}

impl Place {
    /// An article of the store.
    pub(super) fn of(catalogue: &Catalogue, article: &str) -> Self {
        let head = catalogue.get(article);
        Self {
            article: article.to_owned(),
            headline: head.map(|head| head.headline.clone()),
            publisher: head.and_then(|head| Some(head.publisher.as_ref()?.label.clone())),
            date: head.and_then(|head| head.day().map(str::to_owned)),
            ..Self::default()
        }
    }

    /// Characters of it.
    pub(super) fn at(mut self, passage: Option<&Passage>) -> Self {
        self.start = passage.map(|passage| passage.start);
        self.end = passage.map(|passage| passage.end);
        self
    }
}

impl Quotation {
    /// A claim of the store.
    pub(super) fn of(catalogue: &Catalogue, claim: &Claim) -> Self {
        let article = claim.article.as_ref().map_or("", |head| head.iri.as_str());
        let evidence = claim.evidence.as_ref();
        Self {
            claim: claim.iri.clone(),
            says: says(claim),
            polarity: claim.polarity.clone(),
            modality: claim.modality.clone(),
            when: claim.when.clone(),
            sources: claim.voices.iter().map(source).collect(),
            quotation: evidence.map_or(String::new(), |words| words.text.clone()),
            place: Place::of(catalogue, article).at(evidence),
        }
    }
}

fn says(claim: &Claim) -> String {
    let mut parts = vec![claim.subject.label.clone(), claim.relation.label.clone()];
    parts.extend(claim.object.iter().map(|object| object.label.clone()));
    let more = claim.circumstances.iter().map(|c| format!("{} {}", c.role, c.value.label));
    parts.extend(more);
    parts.join(" ")
}

fn source(voice: &Voice) -> String {
    let name = voice.source.as_ref().map_or("somebody", |source: &Thing| source.label.as_str());
    let unnamed = if voice.unnamed { " (unnamed)" } else { "" };
    format!("{name}{unnamed} {}", voice.attitude)
}
