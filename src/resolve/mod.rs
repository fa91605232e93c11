//! Mentions become entities with keys that hold across articles.
//!
//! In: a [`Document`](crate::text::Document) with its
//! [`Extraction`](crate::extract::Extraction), and [`KnowledgeBase`]s of known
//! entities. Out: a [`Resolution`]: the [`Entity`]s of the article, and which
//! words refer to them. No IRIs beyond the prefixes of knowledge bases, no
//! files; each article is resolved alone, so the order of articles cannot matter.

mod credit;
mod draft;
mod entity;
mod gazetteer;
mod knowledge;
mod name;
mod resolver;

pub use entity::{Authority, Entity, EntityIndex, EntityKey, Link, Occurrence, Resolution};
pub use gazetteer::{Entry, Gazetteer, Sort};
pub use knowledge::{Candidate, KnowledgeBase, NameUse, Query};
pub use name::fold as fold_name;
pub use resolver::Resolver;
