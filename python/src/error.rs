//! Errors of Rust as exceptions of Python (`reportedly.errors`).

use pyo3::prelude::*;

/// What a failure is to Python.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// An article cannot be read.
    Read,
    /// What a pipeline is made of is broken.
    Pipeline,
    /// A store cannot be opened, read or written.
    Store,
    /// A question cannot be answered.
    Query,
    /// Something of this library itself.
    Internal,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Self::Read => "ReadError",
            Self::Pipeline => "PipelineError",
            Self::Store => "StoreError",
            Self::Query => "QueryError",
            Self::Internal => "InternalError",
        }
    }
}

/// A failure, on its way to Python.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    kind: Kind,
    message: String,
    id: Option<String>,
}

impl Failure {
    pub(crate) fn new(kind: Kind, message: impl ToString) -> Self {
        Self { kind, message: message.to_string(), id: None }
    }

    /// What is wrong.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// The same, of an article.
    pub(crate) fn of(self, id: impl ToString) -> Self {
        Self { id: Some(id.to_string()), ..self }
    }
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        Python::attach(|py| {
            let raised = py
                .import("reportedly.errors")
                .and_then(|module| module.getattr(failure.kind.class()))
                .and_then(|class| class.call1((failure.message, failure.id)));
            raised.map_or_else(|error| error, PyErr::from_value)
        })
    }
}

/// Errors of one kind.
pub(crate) trait OrFail<T> {
    fn or_fail(self, kind: Kind) -> Result<T, Failure>;
}

impl<T, E: std::fmt::Display> OrFail<T> for Result<T, E> {
    fn or_fail(self, kind: Kind) -> Result<T, Failure> {
        self.map_err(|error| Failure::new(kind, error))
    }
}
