//! The queries that ship with the program: the files of `queries/`.

/// A query of `queries/`. Its file begins with a comment:
///
/// ```text
/// # Question: Who guards what?
/// # Parameter who: part of the guard's name, or its IRI
/// # Columns: guard relation guarded article
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedQuery {
    /// The name of its file, without `.rq`.
    pub name: &'static str,
    /// SPARQL.
    pub sparql: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/queries.rs"));

/// All named queries, by name.
pub fn named_queries() -> impl Iterator<Item = NamedQuery> {
    QUERIES.iter().filter_map(|&(file, sparql)| {
        file.strip_suffix(".rq").map(|name| NamedQuery { name, sparql })
    })
}

impl NamedQuery {
    /// The query of that name.
    pub fn find(name: &str) -> Option<Self> {
        named_queries().find(|query| query.name == name)
    }

    /// The question it answers.
    pub fn question(self) -> &'static str {
        self.header("Question: ").next().unwrap_or("")
    }

    /// Its parameters: name and meaning. Each may be left unset.
    pub fn parameters(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.header("Parameter ").filter_map(|line| line.split_once(": "))
    }

    /// The names of its columns, in order.
    pub fn columns(self) -> impl Iterator<Item = &'static str> {
        self.header("Columns: ").flat_map(str::split_whitespace)
    }

    fn header(self, key: &'static str) -> impl Iterator<Item = &'static str> {
        let comment = self.sparql.lines().map_while(|line| line.strip_prefix('#'));
        comment.filter_map(move |line| line.trim_start().strip_prefix(key)).map(str::trim)
    }
}
