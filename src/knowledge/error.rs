//! Why a knowledge base cannot be compiled.

use std::io;
use std::path::PathBuf;

use crate::read::ReadError;
use crate::resolve::CompiledError;

/// Why a knowledge base cannot be compiled; each names the file, and the line where
/// there is one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KnowledgeError {
    /// An input cannot be opened or unpacked.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// What an input is does not show.
    #[error(
        "{file}: neither a dump of Wikidata, N-Triples, Turtle, a table, FollowTheMoney nor lines \
         of JSON with a \"qid\"; if it is one of these, say so with --format"
    )]
    Unknown {
        /// The input.
        file: String,
    },
    /// A line is not what its format asks for.
    #[error("{file}, line {line}: {problem}")]
    Line {
        /// The input.
        file: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        problem: String,
    },
    /// An RDF file breaks off.
    #[error("{file}: {problem}")]
    Rdf {
        /// The input.
        file: String,
        /// What is wrong, and where.
        problem: String,
    },
    /// A file cannot be written.
    #[error("{}: cannot be written: {source}", path.display())]
    Io {
        /// The file, or the folder of temporary ones.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The compiled file cannot be written.
    #[error("{}: {source}", path.display())]
    Compiled {
        /// The file.
        path: PathBuf,
        /// Why.
        source: CompiledError,
    },
    /// No input has an entity with a name.
    #[error("no entity with a name in the inputs; is the filter too narrow?")]
    Nothing,
}

/// Makes errors of a line.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) line: u64,
}

impl Place<'_> {
    pub(super) fn error(self, problem: impl ToString) -> KnowledgeError {
        let (file, line) = (self.file.to_owned(), self.line);
        KnowledgeError::Line { file, line, problem: problem.to_string() }
    }
}
