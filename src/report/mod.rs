//! A page for people on what several articles tell.
//!
//! In: a [`Store`](crate::graph::Store) and a [`Scope`]. Out: a [`Report`]: for each story
//! its articles, what they share, with everybody who says, hedges or denies it, in whose
//! words and from which origin; where they differ; and what one article alone says. As
//! one HTML file that needs nothing else, or as Markdown.
//!
//! A report shows what the graph holds, and judges nothing.

mod chain;
mod gather;
mod html;
mod markdown;
mod timeline;

pub use gather::{ReportError, Scope, report};
pub use html::{PassageLink, STORY_STYLE, to_html, to_sections};
pub use markdown::to_markdown;

/// The modality of what is said to be so now.
const ACTUAL: &str = "actual";

/// A page on one or more stories.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// What it is on.
    pub title: String,
    /// The stories, the latest first.
    pub stories: Vec<Story>,
}

/// Articles that tell of the same events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// Its IRI.
    pub iri: String,
    /// A headline.
    pub label: String,
    /// The day or days of its articles, as `2024-05-03/2024-05-04`.
    pub days: String,
    /// The names of what it is about.
    pub about: Vec<String>,
    /// Its articles, by day.
    pub articles: Vec<Article>,
    /// What several of them claim, what most of them claim first.
    pub shared: Vec<Shared>,
    /// Where they differ.
    pub differences: Vec<Difference>,
}

/// An article of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// Its IRI.
    pub iri: String,
    /// Its headline, or its IRI where it has none.
    pub headline: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// The day when it was published.
    pub day: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// The article of the story that it is a near copy of.
    pub copy_of: Option<usize>,
    /// How many claims it has.
    pub claims: usize,
    /// Claims that no other article of the story makes and that the article asserts or
    /// gives as somebody's word.
    pub alone: Vec<Appearance>,
}

/// What several articles claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shared {
    /// Its IRI.
    pub iri: String,
    /// A wording.
    pub text: String,
    /// How many articles claim it.
    pub articles: usize,
    /// The outlets that it comes from; empty where nobody knows.
    pub origins: Vec<String>,
    /// Where it is claimed, in order of the articles.
    pub appearances: Vec<Appearance>,
}

/// A claim of one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Appearance {
    /// Its IRI.
    pub iri: String,
    /// The article, by its place in the story.
    pub article: usize,
    /// The words that make it.
    pub words: String,
    /// Where they stand: characters of the article's text.
    pub characters: Option<(usize, usize)>,
    /// Whether it is said to be so.
    pub holds: bool,
    /// In what way it is said to hold: `actual`, `planned` and so on.
    pub modality: String,
    /// Whose word it is, from the inside out; empty for the article's own.
    pub speakers: Vec<Speaker>,
}

/// Somebody whose word a claim is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speaker {
    /// What they are called.
    pub name: String,
    /// Whether nobody can tell who that is: *officials*.
    pub is_unnamed: bool,
}

/// Two claims that stand against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What the first does: `contradicts`, `updates`, `supersedes`.
    pub kind: &'static str,
    /// The first, the later where that counts.
    pub one: Appearance,
    /// The second.
    pub other: Appearance,
}

impl Shared {
    /// Whether all of it comes from one outlet.
    pub fn has_one_origin(&self) -> bool {
        self.origins.len() == 1
    }

    /// Whether nobody who says it is named: each appearance is the word of unnamed sources.
    pub fn is_unnamed(&self) -> bool {
        let is_unnamed =
            |a: &Appearance| a.speakers.first().is_some_and(|speaker| speaker.is_unnamed);
        !self.appearances.is_empty() && self.appearances.iter().all(is_unnamed)
    }
}

impl Appearance {
    /// How it is put, in a word or two: `says so`, `planned`, `denied`.
    pub fn way(&self) -> String {
        match (self.holds, self.modality.as_str()) {
            (true, ACTUAL) => "said to be so".to_owned(),
            (false, ACTUAL) => "said not to be so".to_owned(),
            (true, modality) => modality.to_owned(),
            (false, modality) => format!("not {modality}"),
        }
    }
}
