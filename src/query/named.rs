//! The queries that ship with the program: the files of `queries/`.

/// A query of `queries/`. Its file begins with a comment:
///
/// ```text
/// # Question: Who guards what?
/// # Parameter who: part of the guard's name
/// # Columns: guard relation guarded article
/// # Rows: by article
/// ```
///
/// "Rows" names the variable that the rows are ordered by first, if they can be asked for
/// part by part (one article or story after the other, or by a variable of the subquery
/// that the body begins with, perhaps ", descending").
///
/// A line that begins with `#` and the name of a parameter, without a space
/// between them, is part of the query where that parameter is set; else it is
/// the comment that every engine takes it for:
///
/// ```text
/// #who  FILTER(CONTAINS(LCASE(?guard), LCASE(STR(?who))))
/// ```
///
/// A line that ends with `# unless` and the name of a parameter is left out where that
/// parameter is set.
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
        header(self.sparql, "Question: ").next().unwrap_or("")
    }

    /// Its parameters: name and meaning. Each may be left unset.
    pub fn parameters(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        parameters(self.sparql)
    }

    /// The names of its columns, in order.
    pub fn columns(self) -> impl Iterator<Item = &'static str> {
        header(self.sparql, "Columns: ").flat_map(str::split_whitespace)
    }
}

/// The parameters that the comment at the head of a query names, and their meaning.
pub(super) fn parameters(sparql: &str) -> impl Iterator<Item = (&str, &str)> {
    header(sparql, "Parameter ").filter_map(|line| line.split_once(": "))
}

/// The lines of the comment at the head of a query that begin with a key,
/// without it.
pub(super) fn header<'a>(sparql: &'a str, key: &'a str) -> impl Iterator<Item = &'a str> {
    let comment = sparql.lines().map_while(|line| line.strip_prefix('#'));
    comment.filter_map(move |line| line.trim_start().strip_prefix(key)).map(str::trim)
}
