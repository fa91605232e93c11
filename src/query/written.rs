//! The columns of `SELECT *`, in the order in which the query names them.

use oxrdf::Variable;
use spargebra::Query;
use spargebra::algebra::GraphPattern;

/// Puts the columns of `SELECT *` in the order in which they are written; SPARQL
/// leaves it open. Other queries name their columns themselves.
pub(super) fn in_written_order(query: Query, sparql: &str) -> Query {
    match query {
        Query::Select { dataset, mut pattern, base_iri } if selects_all(sparql) => {
            let written = variables(sparql);
            let place = |v: &Variable| written.iter().position(|name| *name == v.as_str());
            if let Some(columns) = columns(&mut pattern) {
                columns.sort_by_key(|variable| (place(variable), variable.as_str().to_owned()));
            }
            Query::Select { dataset, pattern, base_iri }
        }
        query => query,
    }
}

/// The columns of a query, below what orders and cuts its rows.
fn columns(pattern: &mut GraphPattern) -> Option<&mut Vec<Variable>> {
    match pattern {
        GraphPattern::Project { variables, .. } => Some(variables),
        GraphPattern::Slice { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::OrderBy { inner, .. } => columns(inner),
        _ => None,
    }
}

/// Whether the first `SELECT`, the outermost, is followed by `*`.
fn selects_all(sparql: &str) -> bool {
    let code = code(sparql).replace('*', " * ");
    let mut words = code.split_whitespace();
    let is = |word: &str, keyword: &str| word.eq_ignore_ascii_case(keyword);
    words.any(|word| is(word, "select"))
        && words.find(|word| !is(word, "distinct") && !is(word, "reduced")) == Some("*")
}

/// The names of the variables of a query, in order, each once.
pub(super) fn variables(sparql: &str) -> Vec<String> {
    let code = code(sparql);
    let mut names: Vec<String> = Vec::new();
    for rest in code.split(['?', '$']).skip(1) {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        let name = rest.get(..end.unwrap_or(rest.len())).unwrap_or("");
        if !name.is_empty() && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// A query without its lines of comment.
fn code(sparql: &str) -> String {
    let code = sparql.lines().filter(|line| !line.trim_start().starts_with('#'));
    code.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn check(sparql: &str, expected: &[&str]) {
        let query = parse("q", sparql, "https://example.org/").unwrap();
        let Query::Select { mut pattern, .. } = in_written_order(query, sparql) else { panic!() };
        let columns: Vec<&str> =
            columns(&mut pattern).unwrap().iter().map(Variable::as_str).collect();
        assert_eq!(columns, expected, "{sparql}");
    }

    #[test]
    fn columns_come_as_they_are_written() {
        check("SELECT * WHERE { ?z ?y ?x . ?x ?a ?z }", &["z", "y", "x", "a"]);
        check("# ?a\nselect distinct*{ ?b ?a ?c } ORDER BY ?c LIMIT 3", &["b", "a", "c"]);
        check("SELECT ?x ?z WHERE { ?z ?y ?x { SELECT * { ?z ?a ?x } } }", &["x", "z"]);
    }
}
