//! Entities: what an article speaks of.

use compact_str::CompactString;

use super::decisions::DecisionId;
use super::name::{fold, slug_with_kind};
use crate::text::{MentionKind, NameKind, Span, TokenId, index_type};

index_type! {
    /// Index of an entity in [`Resolution::entities`](super::Resolution::entities).
    EntityIndex
}

/// Something that an article speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What it is called in the graph.
    pub key: EntityKey,
    /// What sort of thing, if that is known.
    pub kind: Option<NameKind>,
    /// Its best name: the gazetteer's, else the fullest name the article uses,
    /// else its first description.
    pub label: CompactString,
    /// All names the article uses for it, sorted; descriptions and pronouns are no names.
    pub names: Vec<CompactString>,
    /// Where it is mentioned, in order.
    pub mentions: Vec<Occurrence>,
    /// What knowledge bases call it, best first.
    pub links: Vec<Link>,
    /// Whether it is a source without a name, which stands for nobody in
    /// particular: *officials*, *a person familiar with the matter*.
    pub unnamed_source: bool,
    /// Whether it is no more than a phrase of its article: nothing tells which of all
    /// such things it is.
    pub is_phrase: bool,
    /// Whether it is a newspaper, broadcaster or news agency: what it says, it reports.
    pub news_medium: bool,
    /// Whom an unnamed source belongs to: the State Department of *State
    /// Department officials*.
    pub affiliation: Option<EntityIndex>,
    /// What people decided about it that holds here.
    pub decisions: Vec<DecisionId>,
}

/// The name of an entity's node, and how far it reaches.
///
/// The same entity has the same global key in every article, whatever order
/// they are read in: the key is a function of the gazetteer and of the names
/// within the one article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKey {
    /// The same in every article: *the United States*, *John Kirby*, *the Ukrainian
    /// parliament*.
    Global(CompactString),
    /// Of this article only: *the car*, *officials*, *Smith*.
    Local(CompactString),
}

impl EntityKey {
    /// The slug: lower-case letters and digits joined by single hyphens; behind
    /// a name that no gazetteer knows `_` and its kind: `jane-doe_person`; behind an
    /// owner `_` and what it has one of: `united-states_embassy_ukraine`. A global
    /// and a local slug of one article may coincide.
    pub fn slug(&self) -> &str {
        match self {
            Self::Global(slug) | Self::Local(slug) => slug,
        }
    }

    /// The key that something of this name and kind has in every article, where no
    /// gazetteer knows it; none where the name has neither letters nor digits.
    ///
    /// ```
    /// use reportedly::resolve::EntityKey;
    /// use reportedly::text::NameKind;
    ///
    /// let key = EntityKey::of_name("Ada Brook (singer)", Some(NameKind::Person)).unwrap();
    /// assert_eq!(key.slug(), "ada-brook-singer_person");
    /// ```
    pub fn of_name(name: &str, kind: Option<NameKind>) -> Option<Self> {
        let folded = fold(name);
        (!folded.is_empty()).then(|| Self::Global(slug_with_kind(&folded, kind)))
    }

    /// Whether it is the same in every article.
    pub fn is_global(&self) -> bool {
        matches!(self, Self::Global(_))
    }
}

/// One mention of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Where the phrase stands.
    pub span: Span,
    /// Its head word.
    pub head: TokenId,
    /// How it refers.
    pub kind: MentionKind,
}

/// An entity's id elsewhere, and how sure that is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Link {
    /// Whose id it is.
    pub authority: Authority,
    /// Its id there: `Q30`, `6252001`, `United_States`.
    pub id: CompactString,
    /// From 0 to 1.
    pub score: f32,
    /// How it was found: by which knowledge base and what sort of name,
    /// `gazetteer:alias`.
    pub method: CompactString,
    /// The day when the id was last checked, `2024-05-31`.
    pub checked: Option<CompactString>,
}

impl Link {
    /// The IRI of the entity there.
    pub fn iri(&self) -> String {
        self.authority.iri(&self.id)
    }
}

/// Whose ids entities are linked to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Authority {
    /// <https://www.wikidata.org>; ids are items, `Q30`.
    Wikidata,
    /// <https://www.geonames.org>; ids are numbers.
    GeoNames,
    /// <https://dbpedia.org>; ids are names of resources.
    Dbpedia,
    /// Another, by what the IRIs of its entities begin with.
    Other(CompactString),
}

impl Authority {
    /// What the IRIs of its entities begin with; the id follows.
    pub fn prefix(&self) -> &str {
        match self {
            Self::Wikidata => "http://www.wikidata.org/entity/",
            Self::GeoNames => "https://sws.geonames.org/",
            Self::Dbpedia => "http://dbpedia.org/resource/",
            Self::Other(prefix) => prefix,
        }
    }

    /// The IRI of an id.
    pub fn iri(&self, id: &str) -> String {
        let end = if *self == Self::GeoNames { "/" } else { "" };
        format!("{}{id}{end}", self.prefix())
    }

    /// The authority and id of an IRI; of one that is not known here, the id is
    /// what follows the last `/` or `#`. None where nothing follows.
    pub fn of_iri(iri: &str) -> Option<(Self, CompactString)> {
        let known = [Self::Wikidata, Self::GeoNames, Self::Dbpedia].into_iter();
        for authority in known {
            if let Some(id) = iri.strip_prefix(authority.prefix()) {
                let id = id.trim_end_matches('/');
                return (!id.is_empty()).then(|| (authority, id.into()));
            }
        }
        let (prefix, id) = iri.split_at(iri.rfind(['/', '#'])? + 1);
        (!id.is_empty()).then(|| (Self::Other(prefix.into()), id.into()))
    }
}
