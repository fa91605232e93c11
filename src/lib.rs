//! Reportedly turns news articles into a knowledge graph of who did what, who
//! said it, and who reports it.
//!
//! ```
//! use reportedly::{Article, Pipeline};
//!
//! let pipeline = Pipeline::builder().build()?;
//! let analysis = pipeline.analyse(Article::new("ferry", "Ada Brook sold the ferry in Lisbon."));
//! println!("{}", analysis.json());
//! # Ok::<(), reportedly::PipelineError>(())
//! ```
//!
//! # Where to begin
//!
//! - [`Article`]: a text with what is known of it; [`read`] makes articles of
//!   files, folders and streams.
//! - [`Pipeline`]: made once with [`Pipeline::builder`], which takes a model,
//!   known entities, declared relations and rules of your own beside what ships.
//! - [`Analysis`]: what was found in one article, as values, JSON and quads.
//! - [`Statement`]: one claim of it, understood: entities, values, calendar time,
//!   whose word it is, whether it is asserted.
//! - [`KnowledgeBase`]: entities of your own, from wherever you have them;
//!   [`CompiledBase`](resolve::CompiledBase) is one of any size, in one file.
//! - [`Store`] (feature `store`): many articles on disk, for
//!   [`query`], [`export`] and [`validate`]; [`curation`] for what people know better.
//!
//! # Features
//!
//! | feature | what it adds | default |
//! |---|---|---|
//! | `store` | the store on disk, SPARQL, validation; compiles RocksDB | yes |
//! | `cli` | the program `reportedly` and its dependencies | yes |
//! | `eval` | scores against gold data | yes |
//! | `formats` | all that is read beside plain text, JSON and CoNLL-U: `html`, `feeds`, `office`, `mail`, `archives`, `tables`, `markdown`, `encodings`, `languages`, `bzip2`, `zstd` | yes |
//! | `kb` | compiling knowledge bases: [`knowledge`] | yes |
//! | `endpoint` | graphs to a SPARQL endpoint, and questions to it: [`endpoint`]; uses the network | yes |
//! | `fetch` | `reportedly fetch` and `link`, which use the network | yes |
//! | `serve` | the store in a browser, over SPARQL and for agents: [`serve`] | yes |
//! | `rdf-formats` | graphs as RDF/XML; comes with `store` | yes |
//! | `sophia` | [`ArticleGraph`](graph::ArticleGraph) is a dataset of sophia | no |
//! | `system-rocksdb` | the system's RocksDB, 9.10 or later, in place of compiling it | no |
//!
//! With `default-features = false` the crate is the pipeline alone, and needs no
//! C++ compiler. A file whose feature is off is refused with an error that names it.
//!
//! # The modules
//!
//! ```text
//! article ──read──▶ Article ──analyse──▶ Document ──extract──▶ Claims, Attributions
//!                                                                    │ resolve
//!                                                                    ▼
//!    SPARQL, RDF ◀──query/export── Store ◀──graph (RDF)── Statements, Entities
//!                                                                    │
//!                                             JSON, pages ◀──export──┘
//! ```
//!
//! Each module may know the public types of the modules before it, never of
//! those after it; `tests/layering.rs` holds that. [`pipeline`] puts them together.

pub mod analyse;
#[cfg(feature = "store")]
pub mod build;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "store")]
pub mod curation;
#[cfg(feature = "endpoint")]
pub mod endpoint;
#[cfg(feature = "eval")]
#[doc(hidden)]
pub mod eval;
pub mod export;
pub mod extract;
pub mod graph;
#[cfg(feature = "kb")]
pub mod knowledge;
pub mod pipeline;
#[cfg(feature = "store")]
pub mod query;
pub mod read;
#[cfg(feature = "fetch")]
pub mod reconcile;
#[cfg(feature = "store")]
pub mod report;
pub mod resolve;
#[cfg(feature = "serve")]
pub mod serve;
pub mod stories;
pub mod text;
#[cfg(feature = "store")]
pub mod validate;
#[cfg(any(feature = "endpoint", feature = "fetch"))]
mod web;

#[cfg(feature = "store")]
pub use graph::Store;
pub use pipeline::{Analysis, Pipeline, PipelineBuilder, PipelineError};
pub use resolve::{KnowledgeBase, Statement};
pub use text::Article;

/// The example of CONTRIBUTING.md must run.
#[cfg(doctest)]
#[doc = include_str!("../CONTRIBUTING.md")]
struct Contributing;
