//! The store as Turtle, TriG, N-Triples, N-Quads, JSON-LD and RDF/XML: the same
//! bytes for the same graph.

pub mod document;
