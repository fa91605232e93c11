//! Everything becomes RDF quads, and quads go into the store.
//!
//! In: documents, their entities and [`Statement`](crate::resolve::Statement)s. Out:
//! quads in a named graph an article, and a [`Store`] that holds them. The only
//! module that mints IRIs ([`Iris`]); it renders statements, and decides nothing
//! about language.
//!
//! [`article_graph`] is pure; [`Store`] is the edge to the disk. What the store
//! holds beyond the graphs of articles (labels, propositions, links) is a
//! function of the set of those graphs, so neither the order of articles nor
//! what was stored before leaves a trace.

#[cfg(feature = "store")]
mod activity;
#[cfg(feature = "store")]
mod agreement;
#[cfg(feature = "store")]
mod apart;
mod article;
mod attribution;
mod below;
mod characters;
mod claim;
#[cfg(feature = "store")]
mod compaction;
#[cfg(feature = "sophia")]
mod dataset;
#[cfg(feature = "store")]
mod decided;
mod decision;
#[cfg(feature = "store")]
mod derived;
mod entity;
#[cfg(feature = "store")]
mod error;
mod gazetteer;
mod iri;
#[cfg(feature = "store")]
mod kept;
#[cfg(feature = "store")]
mod known;
#[cfg(feature = "store")]
mod layout;
#[cfg(feature = "store")]
mod lock;
#[cfg(feature = "store")]
mod lookup;
pub(crate) mod ontology;
mod proposition;
mod quads;
mod relations;
#[cfg(feature = "store")]
mod revision;
#[cfg(feature = "store")]
pub(crate) mod select;
#[cfg(feature = "store")]
mod source;
#[cfg(feature = "store")]
mod store;
#[cfg(feature = "store")]
mod stored;
#[cfg(feature = "store")]
mod story;
mod telling;
#[cfg(feature = "store")]
mod text_index;
#[cfg(feature = "store")]
mod text_line;
#[cfg(feature = "store")]
mod text_words;
mod turtle_kind;
#[cfg(feature = "store")]
mod view;
pub mod vocabulary;
mod vote;
mod when;
mod writer;

#[cfg(feature = "store")]
pub use activity::{Activity, Used};
#[cfg(feature = "store")]
pub use apart::{Apart, as_stored};
pub use article::{ArticleGraph, article_graph};
pub use below::is_below;
pub use characters::{Characters, offsets_of_passage};
#[cfg(feature = "sophia")]
pub use dataset::GraphTerm;
pub use decision::{DecisionsError, decisions_from_turtle, decisions_to_turtle};
#[cfg(feature = "store")]
pub use error::StoreError;
pub use gazetteer::{embedded_gazetteer, gazetteer_entries};
pub use iri::{
    DEFAULT_BASE, Iris, NanopublicationIris, link_target, passage as passage_iri, program,
    relation_iri,
};
#[cfg(feature = "store")]
pub use kept::Sources;
#[cfg(feature = "store")]
pub use layout::layout;
#[cfg(feature = "store")]
pub use lock::Stamp;
pub use ontology::{OntologyError, Problem};
pub use quads::{QuadView, QuadViews, Quads};
pub use relations::{declared_relations, embedded_relations};
#[cfg(feature = "store")]
pub use source::ArticleSource;
#[cfg(feature = "store")]
pub use store::{Built, Store};
#[cfg(feature = "store")]
pub use stored::{derived_of_passage, with_derived};
#[cfg(feature = "store")]
pub use story::{stories_of, story_graph};
pub use telling::telling;
#[cfg(feature = "store")]
pub use text_line::TextKind;
#[cfg(feature = "store")]
pub use text_words::{TextWords, Wanted};
pub use turtle_kind::TurtleKind;
pub use vote::{Evidence, Vote, Votes, follows, votes};
