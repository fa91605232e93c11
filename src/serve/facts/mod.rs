//! What the store tells, as values that pages, the JSON interface and tools for
//! agents show: none of them can say what another does not.
//!
//! In: a [`Store`](crate::graph::Store). Out: articles, entities, claims, sources.
//! All of it is looked up in the database's indexes, never searched for.

mod article;
mod catalogue;
mod claim;
mod decisions;
mod entity;
mod labels;
mod lookup;
mod reader;
mod search;
mod sources;
mod thing;
mod whole;

pub(super) use article::{Article, Attribution, article};
pub(super) use catalogue::{Catalogue, Head};
pub(super) use claim::{Claim, ClaimPage, Passage, Voice};
pub(super) use decisions::{Decided, decisions};
pub(super) use entity::{Companion, Entity, Listed, entity};
pub(super) use labels::Held;
pub(super) use lookup::{Lookup, local_name};
pub(super) use reader::claim;
pub(super) use search::{Found, Hit, entities, search};
pub(super) use sources::{Quoted, Sources, sources};
pub(super) use thing::Thing;
