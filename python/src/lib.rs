//! Reportedly for Python: the extension module that `python/reportedly` is written on.
//!
//! In: JSON, CoNLL-U, files. Out: JSON, RDF, plain rows. What people see of it (classes,
//! notebooks, tables) is Python; here is only what has to be Rust: the analysis, on all
//! cores and without the interpreter's lock, and the store.

mod analysis;
mod error;
mod pipeline;
mod run;
mod spread;
mod store;

use pyo3::prelude::*;

/// The extension module.
#[pymodule]
mod _reportedly {
    use std::ffi::OsString;

    use pyo3::prelude::*;

    #[pymodule_export]
    use super::analysis::{Analysis, rdf};
    #[pymodule_export]
    use super::pipeline::Pipeline;
    #[pymodule_export]
    use super::run::Run;
    #[pymodule_export]
    use super::spread::{apart, follows, stories, story_graph, terms};
    #[pymodule_export]
    use super::store::{Files, FoundArticle, Reader, Writer};

    /// Runs the program `reportedly`: its exit code.
    #[pyfunction]
    fn main(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
        py.detach(|| reportedly::cli::status(arguments))
    }

    /// The named queries: name, question, SPARQL.
    #[pyfunction]
    fn named_queries() -> Vec<(&'static str, &'static str, &'static str)> {
        let all = reportedly::query::named_queries();
        all.map(|query| (query.name, query.question(), query.sparql)).collect()
    }

    /// The version of the program.
    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("DEFAULT_BASE", reportedly::graph::DEFAULT_BASE)
    }
}
