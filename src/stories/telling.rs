//! What an article tells, as stories compare it.
//!
//! In: nothing. Out: types only; whoever reads a graph fills them.

use std::ops::Range;

use jiff::civil::Date;

/// An article: its text, what it speaks of, and its claims.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Telling {
    /// The IRI of the article.
    pub article: String,
    /// The day when it was published.
    pub day: Option<Date>,
    /// The IRI of who published it.
    pub outlet: Option<String>,
    /// The text, boilerplate and all.
    pub text: String,
    /// What the article speaks of; [`Argument::thing`] counts in it.
    pub things: Vec<Thing>,
    /// The claims, in order of the text.
    pub claims: Vec<Claim>,
}

/// Something that an article speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thing {
    /// Its IRI.
    pub iri: String,
    /// Whether it is the same in every article.
    pub is_shared: bool,
    /// What it is called.
    pub names: Vec<String>,
    /// Where the text mentions it: ranges of bytes.
    pub mentions: Vec<Range<usize>>,
}

/// A claim of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claim {
    /// Its IRI.
    pub iri: String,
    /// Where the text makes it: a range of bytes.
    pub clause: Range<usize>,
    /// Who or what it is about.
    pub subject: Argument,
    /// The words of the relation: *is guarded by*.
    pub label: String,
    /// The proposition that it expresses, the same for the same triple in all articles.
    pub proposition: Option<String>,
    /// Which argument does it.
    pub voice: Voice,
    /// The object, if it has one.
    pub object: Option<Argument>,
    /// What is said besides, each with its property.
    pub qualifiers: Vec<(String, Argument)>,
    /// Whether it is said to be so; else not to be so.
    pub holds: bool,
    /// In what way it is said to hold: `actual`, `planned` and so on.
    pub modality: String,
    /// When, as written in the graph.
    pub when: Option<String>,
    /// The outlet that it comes from.
    pub origin: Option<String>,
}

/// Whether the subject of a claim does something or has it done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Voice {
    /// *The guards protect the embassy.*
    #[default]
    Active,
    /// *The embassy is protected.*
    Passive,
    /// *The embassy is protected by the guards*: the object does it.
    PassiveBy,
}

/// An argument or a qualifier of a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Argument {
    /// Where it stands in the text: a range of bytes. None for a value that no passage
    /// is kept of.
    pub range: Option<Range<usize>>,
    /// Its words.
    pub text: String,
    /// The thing that it is, by its place in [`Telling::things`].
    pub thing: Option<usize>,
}
