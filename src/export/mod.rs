//! The store as Turtle, TriG, N-Triples, N-Quads, JSON-LD and RDF/XML: the same
//! bytes for the same graph; its claims as nanopublications, as GraphML and as schema.org
//! has them; all of it as tables (Parquet, CSV) and as entities of FollowTheMoney.
//!
//! In: a [`Store`](crate::graph::Store). Out: bytes, graph by graph in order of
//! their names, subject by subject, types first. At most one graph is held in
//! memory at a time, and the names of the subjects that several graphs share.
//!
//! All of it is RDF 1.1, which every tool reads: claims have their `rdf:subject`,
//! `rdf:predicate` and `rdf:object`. Who asks for RDF 1.2 gets `rdf:reifies` with
//! a triple term beside them, in the formats that have these
//! ([`Format::has_triple_terms`]). Where a format has no names of graphs
//! ([`Format::has_graphs`]), an article's claims still say what they derive from.

#[cfg(feature = "store")]
mod claims;
pub mod document;
mod format;
#[cfg(feature = "store")]
mod ftm;
#[cfg(feature = "store")]
mod ftm_schema;
#[cfg(feature = "store")]
mod graphml;
mod json_ld;
#[cfg(feature = "store")]
mod nanopub;
mod order;
mod pretty;
#[cfg(feature = "store")]
mod profile;
#[cfg(feature = "store")]
mod schema_claims;
#[cfg(feature = "store")]
mod store;
#[cfg(all(feature = "store", feature = "tables"))]
mod tables;
mod write;

pub use format::Format;
#[cfg(feature = "store")]
pub use ftm::{FtmSummary, write_ftm};
#[cfg(feature = "store")]
pub use graphml::{Network, write_graphml};
#[cfg(feature = "store")]
pub use nanopub::{Publication, write_nanopubs};
#[cfg(feature = "store")]
pub use schema_claims::write_schema_claims;
#[cfg(feature = "store")]
pub use store::{Source, write_store};
#[cfg(all(feature = "store", feature = "tables"))]
pub use tables::{Column, ColumnType, Schema, TableFormat, TableOptions, schemas, write_tables};
pub use write::{ExportError, Options, Profile, Summary, write_quads, write_triples};
