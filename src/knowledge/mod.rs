//! Knowledge bases of others become one compiled file.
//!
//! In: a Wikidata dump, N-Triples or Turtle, tables of GeoNames, CSV or TSV,
//! FollowTheMoney, lines of JSON. Out: one file, which
//! [`CompiledBase`](crate::resolve::CompiledBase) opens. Everything streams: readers
//! give what each line says as an [`Entry`](crate::resolve::Entry), parts of one entity
//! come together in a sort on disk, and names in another, so that memory does not grow
//! with the input. The same entities in any order, in one file or several, give the same
//! bytes.

mod compile;
mod error;
mod format;
mod kinds;
mod merge;
mod readers;
mod sorter;

pub use compile::{Summary, compile};
pub use error::KnowledgeError;
pub use format::Format;
pub use kinds::{Kinds, parse_kind};

/// How knowledge bases are read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The format of all inputs; each tells its own where there is none.
    pub format: Option<Format>,
    /// Labels and descriptions are taken in the first of these languages that there is,
    /// those without a language behind them all; in RDF of triples that stand together.
    pub languages: Vec<String>,
    /// Wikidata: items with articles in fewer Wikipedias are passed over.
    pub min_sitelinks: u32,
    /// Wikidata: only items of one of these classes, where there are any.
    pub classes: Vec<String>,
    /// What kinds and classes mean.
    pub kinds: Kinds,
    /// What the IRI of a bare id begins with, where it is no id of Wikidata.
    pub id_prefix: Option<String>,
    /// How many bytes a sort holds in memory before it goes on on disk.
    pub memory: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            format: None,
            languages: vec!["en".to_owned(), "mul".to_owned()],
            min_sitelinks: 0,
            classes: Vec::new(),
            kinds: Kinds::default(),
            id_prefix: None,
            memory: 64 << 20,
        }
    }
}
