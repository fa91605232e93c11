//! What was found.

use oxrdf::Term;

/// What was looked at, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// How much was looked at.
    pub checked: Checked,
    /// What is wrong, in the order of articles and shapes.
    pub violations: Vec<Violation>,
}

/// How much was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Articles.
    pub articles: usize,
    /// Passages, each compared with the text of its article.
    pub passages: usize,
    /// Claims.
    pub claims: usize,
    /// Asserted triples, each with a claim looked for that warrants it.
    pub asserted_triples: usize,
    /// Shapes with targets.
    pub shapes: usize,
    /// Nodes, once for each shape that targets them.
    pub nodes: usize,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The node that is not as it should be.
    pub node: Term,
    /// The shape or the rule that says how it should be.
    pub shape: String,
    /// The property in question, if it is one.
    pub path: Option<String>,
    /// The value in question, if it is one.
    pub value: Option<Term>,
    /// What is wrong.
    pub message: String,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn conforms(&self) -> bool {
        self.violations.is_empty()
    }

    /// Adds what another check of the same store found.
    pub(super) fn add(&mut self, other: Self) {
        let (all, more) = (&mut self.checked, other.checked);
        all.articles += more.articles;
        all.passages += more.passages;
        all.claims += more.claims;
        all.asserted_triples += more.asserted_triples;
        all.shapes += more.shapes;
        all.nodes += more.nodes;
        self.violations.extend(other.violations);
    }
}
