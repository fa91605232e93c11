//! Who knows entities by their names.

use std::borrow::Cow;
use std::fmt;

use compact_str::CompactString;

use super::entity::Authority;
use super::entry::Entry;
use crate::text::{NameKind, Sort};

/// Knows entities by their names, and tells which of them a name may mean. The
/// [`Gazetteer`](super::Gazetteer) is one; a database of millions may be
/// another. What an article makes of the candidates (that *the Senate* is that
/// of the country it speaks of) is not its business.
///
/// ```
/// use std::borrow::Cow;
///
/// use reportedly::resolve::{Candidate, Entry, KnowledgeBase, NameUse, Query, Sort};
/// use reportedly::{Article, Pipeline};
///
/// /// Knows one town.
/// #[derive(Debug)]
/// struct Towns;
///
/// impl KnowledgeBase for Towns {
///     fn name(&self) -> &str {
///         "towns"
///     }
///     fn version(&self) -> String {
///         "1".to_owned()
///     }
///     fn candidates(&self, query: &Query<'_>) -> Vec<Candidate<'_>> {
///         if query.name != "upper orm" {
///             return Vec::new();
///         }
///         let mut town = Entry::new("upper-orm", "Upper Orm", Sort::City);
///         town.ids.extend(reportedly::resolve::Authority::of_iri("https://towns.example/id/7"));
///         vec![Candidate::new(Cow::Owned(town), NameUse::Label, 1.0)]
///     }
/// }
///
/// let pipeline = Pipeline::builder().knowledge_base(Towns).build()?;
/// let analysis = pipeline.analyse(Article::new("ferry", "Ada Brook left Upper Orm on Friday."));
/// let town = analysis.entities().iter().find(|e| e.label == "Upper Orm").unwrap();
/// assert_eq!(town.links[0].iri(), "https://towns.example/id/7");
/// assert_eq!(town.links[0].method, "towns:name");
/// # Ok::<(), reportedly::PipelineError>(())
/// ```
pub trait KnowledgeBase: fmt::Debug + Send + Sync {
    /// A short name: links say that they were found by `name:alias`.
    fn name(&self) -> &str;

    /// Changes whenever answers may change, so that stores are built again.
    fn version(&self) -> String;

    /// The entities that a name may mean, likeliest first, each with how well it
    /// fits. What does not fit at all is left out.
    fn candidates(&self, query: &Query<'_>) -> Vec<Candidate<'_>>;

    /// The entity of this key, as entries name the country that they are in and the
    /// capital that they have. None, unless said otherwise.
    fn entity(&self, _key: &str) -> Option<Cow<'_, Entry>> {
        None
    }

    /// Names that are looked for wherever they stand in a text, as it would
    /// write them, with the sort of thing that each means. None, unless said otherwise: the model finds most names by
    /// itself.
    fn names(&self) -> Box<dyn Iterator<Item = (&str, Sort)> + '_> {
        Box::new(std::iter::empty())
    }

    /// What is known of the entity of an id, so that whoever finds it in another base
    /// calls it the same. Nothing, unless said otherwise.
    fn by_id(&self, id: &(Authority, CompactString)) -> Option<&Entry> {
        let _ = id;
        None
    }

    /// Whether it is asked only for what none of the others knows, and all its candidates
    /// have a prior. It is not, unless said otherwise.
    fn is_last(&self) -> bool {
        false
    }

    /// The ids of all that are known, in any order: what links can be made to. None,
    /// unless said otherwise.
    fn ids(&self) -> Box<dyn Iterator<Item = (Authority, CompactString)> + '_> {
        Box::new(std::iter::empty())
    }
}

/// What is asked of a [`KnowledgeBase`]: what may a coreference cluster be, by
/// one of its names?
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Query<'a> {
    /// The name that is looked up, as [`fold_name`](super::fold_name) makes it.
    pub name: &'a str,
    /// All names of the cluster, made likewise; the longest first.
    pub names: &'a [String],
    /// What the cluster is, by what the text tells.
    pub kind: Option<NameKind>,
    /// Whether the names only ever modify a noun: *Ukrainian* troops.
    pub adjectival: bool,
}

/// An entity that a name may mean.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Candidate<'a> {
    /// What is known of it.
    pub entry: Cow<'a, Entry>,
    /// How the name means it.
    pub used: NameUse,
    /// How well it fits, above 0 to 1. Links carry it; at .8 and above they say
    /// that the two are the same.
    pub score: f32,
    /// How likely the name means it before anything is read, from 0 to 1 over all
    /// that have the name, where whoever proposes it knows more entities than the
    /// news speaks of. Such candidates are weighed by what the article tells of the
    /// cluster, and may all be refused. None where the score says all.
    pub prior: Option<f32>,
}

impl<'a> Candidate<'a> {
    /// An entity with how a name means it and how well it fits.
    pub fn new(entry: Cow<'a, Entry>, used: NameUse, score: f32) -> Self {
        Self { entry, used, score, prior: None }
    }

    /// One to be weighed; see [`Candidate::prior`].
    #[must_use]
    pub fn with_prior(self, prior: f32) -> Self {
        Self { prior: Some(prior), ..self }
    }
}

/// How a name means an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum NameUse {
    /// It is the entity's label.
    Label,
    /// It is another of its names.
    Alias,
    /// It means the entity only where its country is spoken of: *the Senate*.
    Local,
    /// It is an adjective for what belongs to the entity: *Ukrainian*.
    Demonym,
    /// It tells what the entity is of which other one: *the Ukrainian capital*.
    Description,
    /// A person decided that it means the entity.
    Decision,
}

impl NameUse {
    /// How names are used that entities have, the surest first: as numbers in compiled
    /// bases, so new ones come at the end.
    pub(crate) const OF_NAMES: [Self; 4] = [Self::Label, Self::Alias, Self::Local, Self::Demonym];

    /// As the method of a link has it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Label => "name",
            Self::Alias => "alias",
            Self::Local => "local-name",
            Self::Demonym => "demonym",
            Self::Description => "description",
            Self::Decision => "decision",
        }
    }
}
