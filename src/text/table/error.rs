//! What can be wrong with a table.

use super::near;

/// A broken table, with the place of the mistake.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("{file}:{line}:{column}: {problem}")]
pub struct TableError {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column of text, in characters from 1.
    pub column: usize,
    /// What is wrong.
    pub problem: TableProblem,
}

/// What is wrong with a table.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs)] // the messages say it
pub enum TableProblem {
    #[error("no line that names the columns")]
    NoHeader,
    #[error("`{found}` is no column of this table{}; its first line names its columns: {columns}", meant(near.as_ref()))]
    UnknownColumn { found: String, near: Option<String>, columns: String },
    #[error("the column `{0}` is missing in the line that names the columns")]
    MissingColumn(String),
    #[error("two columns are called `{0}`")]
    RepeatedColumn(String),
    #[error("`{0}` declares no column: `NAME` or `NAME: TYPE` is expected")]
    UnknownType(String),
    #[error(
        "the column `{0}` is declared with another type than the shipped one; leave the type out"
    )]
    OtherType(String),
    #[error("{found} cells, but {expected} columns; cells are separated by tabs")]
    Cells { found: usize, expected: usize },
    #[error("the column `{0}` is empty here")]
    Empty(String),
    #[error("`{found}` is unknown as `{column}`{}{}", meant(near.as_ref()), known(all))]
    Unknown { found: String, column: String, near: Option<String>, all: String },
    #[error(
        "`{found}` can never be found, as `{column}` is compared in another form: write `{right}`"
    )]
    Form { found: String, column: String, right: String },
    #[error("`{0}` can never be found: this list is one of single words")]
    SeveralWords(String),
    #[error("`{found}` is no number, as `{column}` has to be")]
    NoNumber { found: String, column: String },
    #[error("no regular expression: {0}")]
    Pattern(String),
    #[error("`{text}` stands here already, in line {first}")]
    Duplicate { text: String, first: usize },
    #[error("`-{words}` takes out a line that the list does not have{}", meant(near.as_ref()))]
    NotThere { words: String, near: Option<String> },
    #[error("`-{0}` takes a line out of another table, but this one is merged with none")]
    NotMerged(String),
    #[error("`{found}` is no word list of this program, and no rule of yours names it{}; word lists are: {all}", meant(near.as_ref()))]
    UnknownTable { found: String, near: Option<String>, all: String },
}

impl TableError {
    /// An error at a place in a file.
    pub fn new(file: &str, line: usize, column: usize, problem: TableProblem) -> Self {
        Self { file: file.to_owned(), line, column, problem }
    }
}

impl TableProblem {
    /// A cell that is none of what its column knows.
    pub(super) fn unknown(found: &str, column: &str, all: &[&str]) -> Self {
        let near = near(found, all.iter().copied()).map(str::to_owned);
        let (found, column) = (found.to_owned(), column.to_owned());
        Self::Unknown { found, column, near, all: all.join(", ") }
    }

    /// A file that is named like no table.
    pub fn unknown_table(found: &str, all: &[&str]) -> Self {
        let near = near(found, all.iter().copied()).map(str::to_owned);
        Self::UnknownTable { found: found.to_owned(), near, all: all.join(", ") }
    }
}

fn meant(near: Option<&String>) -> String {
    near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"))
}

fn known(all: &str) -> String {
    if all.is_empty() { String::new() } else { format!("; known are: {all}") }
}
