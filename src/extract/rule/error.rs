//! What can be wrong with a rule.

use super::position::Position;

/// A broken rule, with the place of the mistake.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{file}:{}:{}: {problem}", at.line, at.column)]
pub struct RuleError {
    /// The rule file's name.
    pub file: String,
    /// Where in it.
    pub at: Position,
    /// What is wrong.
    pub problem: RuleProblem,
}

/// What is wrong with a rule.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[allow(missing_docs)] // the messages say it
pub enum RuleProblem {
    #[error("expected {0}")]
    Expected(&'static str),
    #[error("expected {expected}, found `{found}`")]
    Unexpected { expected: &'static str, found: String },
    #[error("quotation mark without its partner")]
    OpenQuotation,
    #[error("`{0}` is no keyword of a rule")]
    UnknownKeyword(String),
    #[error("no predicate is called `{0}`")]
    UnknownPredicate(String),
    #[error("predicate `{name}` takes {takes} nodes, not {given}")]
    WrongArity { name: String, takes: usize, given: usize },
    #[error("no node is called `{0}`")]
    UnknownNode(String),
    #[error("`{0}` is bound twice; a node has one edge that leads to it")]
    BoundTwice(String),
    #[error("`{0}` hangs on nothing: connect it to the other nodes by an edge")]
    Unconnected(String),
    #[error("no word list `{0}`, or no word of that class in it")]
    UnknownList(String),
    #[error("no word list has the column `{0}`")]
    UnknownColumn(String),
    #[error("`{0}` is no dependency relation")]
    UnknownRelation(String),
    #[error("no class of words is called `{0}`")]
    UnknownClass(String),
    #[error("cues take no `{0}`")]
    UnknownFrame(String),
    #[error("two rules are called `{0}`")]
    DuplicateRule(String),
    #[error("rule `{0}` has no {1}")]
    Missing(String, &'static str),
    #[error("rule `{0}` needs two examples that it finds and one that it does not")]
    TooFewExamples(String),
    #[error("parsed example: {0}")]
    BadParse(String),
}
