//! The queries that ship with the program: the files of `queries/`.

use super::Parameter;
use crate::graph::Iris;

/// A query of `queries/`. Its file begins with a comment:
///
/// ```text
/// # Question: Who guards what?
/// # Parameter who: part of the guard's name
/// # Columns: guard relation guarded article
/// ```
///
/// A line that begins with `#` and the name of a parameter, without a space
/// between them, is part of the query where that parameter is set; else it is
/// the comment that every engine takes it for:
///
/// ```text
/// #who  FILTER(CONTAINS(LCASE(?guard), LCASE(STR(?who))))
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

/// A query with the lines of the parameters that are set, and their values in
/// them.
pub(super) fn with_parameters(sparql: &str, set: &[Parameter], iris: &Iris) -> String {
    if set.is_empty() {
        return sparql.to_owned();
    }
    let mut query = String::with_capacity(sparql.len());
    for line in sparql.lines() {
        let of_parameter = line.strip_prefix('#').and_then(|rest| rest.split_once(' '));
        let is_set = |name: &str| set.iter().any(|p| p.name() == name);
        match of_parameter.filter(|&(name, _)| is_set(name)) {
            Some((_, code)) => query += &with_values(code, set, iris),
            None => query += line,
        }
        query.push('\n');
    }
    query
}

/// A line with the values of parameters in the place of their variables.
fn with_values(line: &str, set: &[Parameter], iris: &Iris) -> String {
    let mut parts = line.split('?');
    let mut whole = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        match set.iter().find(|p| p.name() == name) {
            Some(parameter) => whole += &format!("{}{rest}", parameter.term(iris)),
            None => whole += &format!("?{part}"),
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_parameters_are_part_of_the_query_where_they_are_set() {
        let iris = Iris::new("https://example.org/").unwrap();
        let sparql =
            "# Parameter who: part of a name\nSELECT *\n#who  FILTER(?whole = ?who)\n# who x\n";
        let set = ["who=Ada".parse().unwrap()];
        assert_eq!(with_parameters(sparql, &[], &iris), sparql);
        let expected = sparql.replace("#who  FILTER(?whole = ?who)", " FILTER(?whole = \"Ada\")");
        assert_eq!(with_parameters(sparql, &set, &iris), expected);
    }
}
