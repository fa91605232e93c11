//! Reportedly turns news articles into a knowledge graph of who did what, who
//! said it, and who reports it.
//!
//! ```text
//! article ──read──▶ Article ──analyse──▶ Document ──extract──▶ Claims, Attributions
//!                                                                    │
//!  SPARQL, Turtle ◀──query/export── Graph ◀──graph── resolve ──▶ Entities, Propositions
//! ```
//!
//! Each module may know the public types of the modules before it, never of those
//! after it; `tests/layering.rs` holds that.

pub mod analyse;
pub mod cli;
pub mod eval;
pub mod export;
pub mod extract;
pub mod graph;
pub mod query;
pub mod read;
pub mod resolve;
pub mod text;
pub mod validate;
