//! The store as Turtle, TriG, N-Triples, N-Quads, JSON-LD and RDF/XML: the same
//! bytes for the same graph.
//!
//! In: a [`Store`](crate::graph::Store). Out: bytes, graph by graph in order of
//! their names, subject by subject, types first. At most one graph is held in
//! memory at a time, and the names of the subjects that several graphs share.
//!
//! What a format cannot carry is left out, see [`Format::has_graphs`] and
//! [`Format::has_triple_terms`]: without names of graphs, an article's claims
//! still say what they derive from; without triple terms (RDF 1.2), they still
//! have their `rdf:subject`, `rdf:predicate` and `rdf:object`.

pub mod document;
mod format;
mod order;
mod pretty;
#[cfg(feature = "store")]
mod store;
mod write;

pub use format::Format;
#[cfg(feature = "store")]
pub use store::write_store;
pub use write::{ExportError, Options, Summary, write_triples};
