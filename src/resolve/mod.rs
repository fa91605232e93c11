//! What an article's claims come to: entities with keys that hold across
//! articles, and one statement for each claim whose arguments are identified.
//!
//! In: a [`Document`](crate::text::Document) with its
//! [`Extraction`](crate::extract::Extraction); [`KnowledgeBase`]s of known entities,
//! declared [`Relations`], an [`AssertionPolicy`], what people decided ([`Decisions`]). Out: a [`Resolution`]: the
//! [`Entity`]s of the article, which words refer to them, and its [`Statement`]s.
//! All that is decided about language is decided by then; what shows statements
//! (RDF, JSON, pages) only renders them. No IRIs beyond the prefixes of knowledge
//! bases, no files; each article is resolved alone, so the order of articles
//! cannot matter.

mod assertion;
mod compiled;
mod credit;
mod decision_id;
mod decisions;
mod declared;
mod described;
mod draft;
mod entity;
mod entry;
mod gazetteer;
mod identity;
mod inflection;
mod knowledge;
mod linker;
mod lists;
mod name;
mod no_names;
mod owner;
mod relation;
mod resolution;
mod resolver;
mod role;
mod short_forms;
pub mod statement;
mod statements;
mod time;

pub use crate::text::Sort;
pub use assertion::{Assertion, AssertionPolicy, Withheld};
pub use compiled::{CompiledBase, CompiledError, CompiledInfo, CompiledWriter, NameItem};
#[cfg(feature = "kb")]
pub(crate) use compiled::{pack, unpack};
pub use decision_id::DecisionId;
pub use decisions::{Decision, DecisionError, Decisions, EntityNode, Verdict};
pub use declared::{Class, Declared, Denotation, Relations, Remark, RemarkValue, Sentence};
pub use entity::{Authority, Entity, EntityIndex, EntityKey, Link, Occurrence};
pub use entry::Entry;
pub use gazetteer::Gazetteer;
pub use inflection::Inflection;
pub use knowledge::{Candidate, KnowledgeBase, NameUse, Query};
pub use lists::word_lists;
pub use name::fold as fold_name;
pub use relation::{RelationName, qualifier_name};
pub use resolution::Resolution;
pub use resolver::Resolver;
pub use role::Role;
pub use statement::Statement;
