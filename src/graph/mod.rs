//! Everything becomes RDF quads, and quads go into the store.
//!
//! In: articles, documents, claims, attributions, entities. Out: quads in a
//! named graph an article. The only room that mints IRIs.

mod gazetteer;

pub use gazetteer::{GazetteerError, embedded_gazetteer, gazetteer_entries};
