//! Queries in two steps: first which claims, then what is asked of each.
//!
//! Many queries begin with a subquery that tells which claims (or propositions)
//! they are about, and go on to look up a dozen properties of each. The
//! database estimates the size of what it joins by a factor for each pattern;
//! with so many of them it takes every plan for equally bad, and reads whole
//! indexes. So the subquery is answered by itself, and stands in the query as
//! the values that it found.

use std::cmp::Reverse;
use std::collections::{HashSet, VecDeque};

use oxigraph::sparql::QueryResults;
use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedOrBlankNode, Term, Variable};
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::{GroundTerm, GroundTriple};

use super::narrow::{Values, narrow};
use super::parameter::with_pattern;
use super::{QueryError, Question, evaluate};
use crate::graph::Store;

/// The rows of a subquery.
#[derive(Default)]
pub(super) struct Found {
    variables: Vec<Variable>,
    rows: VecDeque<Vec<Option<GroundTerm>>>,
}

impl Found {
    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Sorts the rows by what one variable has in them; equal ones keep their order.
    pub(super) fn sort_by(&mut self, variable: &str, is_descending: bool) {
        let column = self.column(variable);
        let key = |row: &Vec<Option<GroundTerm>>| row.get(column)?.as_ref().map(place);
        let rows = self.rows.make_contiguous();
        if is_descending {
            rows.sort_by_cached_key(|row| Reverse(key(row)));
        } else {
            rows.sort_by_cached_key(key);
        }
    }

    /// Takes so many of the first rows.
    pub(super) fn take(&mut self, many: usize) -> Self {
        let end = many.min(self.rows.len());
        Self { variables: self.variables.clone(), rows: self.rows.drain(..end).collect() }
    }

    /// Takes so many of the first rows, and all that have the same value of a
    /// variable as the last of them.
    pub(super) fn take_whole(&mut self, many: usize, variable: &str) -> Self {
        let column = self.column(variable);
        let mut end = many.min(self.rows.len());
        let value =
            |row: Option<&Vec<Option<GroundTerm>>>| row.and_then(|r| r.get(column)).cloned();
        while end > 0
            && end < self.rows.len()
            && value(self.rows.get(end - 1)) == value(self.rows.get(end))
        {
            end += 1;
        }
        self.take(end)
    }

    /// The values of the first variable, each once.
    fn identities(&self) -> Option<Values> {
        let variable = self.variables.first()?.clone();
        let mut seen = HashSet::new();
        let mut terms = Vec::new();
        for row in &self.rows {
            let term = row.first()?.as_ref()?;
            if seen.insert(term) {
                terms.push(term.clone());
            }
        }
        Some(Values { variable, terms })
    }

    fn column(&self, variable: &str) -> usize {
        let place = self.variables.iter().position(|v| v.as_str() == variable);
        place.unwrap_or(self.variables.len())
    }
}

/// Answers the subquery that the body of a query begins with. None where there
/// is none, or where a row has what cannot be given as a value.
pub(super) fn find(
    store: &Store,
    question: &Question,
    query: &Query,
) -> Result<Option<Found>, QueryError> {
    let Query::Select { dataset, pattern, base_iri } = query else { return Ok(None) };
    let mut pattern = pattern.clone();
    let Some(subquery) = subquery(&mut pattern) else { return Ok(None) };
    let pattern = std::mem::take(subquery);
    let select = Query::Select { dataset: dataset.clone(), pattern, base_iri: base_iri.clone() };
    let QueryResults::Solutions(solutions) = evaluate(store, question, select)? else {
        return Ok(None);
    };
    let variables = solutions.variables().to_vec();
    let mut rows = VecDeque::new();
    for solution in solutions {
        let solution = solution.map_err(|e| QueryError::evaluation(&question.source, e))?;
        let mut row = Vec::with_capacity(variables.len());
        for value in solution.values() {
            match value.clone().map(ground) {
                Some(None) => return Ok(None),
                value => row.push(value.flatten()),
            }
        }
        rows.push_back(row);
    }
    Ok(Some(Found { variables, rows }))
}

/// A query with what its subquery found in the place of it. Further subqueries are asked
/// about no more than was found: the first variable of the subquery says what that is.
pub(super) fn with_found(query: Query, found: Found) -> Query {
    let identities = found.identities();
    with_pattern(query, |mut pattern| {
        if let Some(subquery) = subquery(&mut pattern) {
            let Found { variables, rows } = found;
            *subquery = GraphPattern::Values { variables, bindings: rows.into() };
        }
        if let Some(identities) = identities {
            narrow_subqueries(&mut pattern, &identities);
        }
        pattern
    })
}

/// Narrows the subqueries that stand beside the values which were found.
fn narrow_subqueries(pattern: &mut GraphPattern, values: &Values) {
    use GraphPattern as P;
    match pattern {
        P::Project { inner, .. } => narrow_beside(inner, values),
        P::Slice { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::OrderBy { inner, .. } => narrow_subqueries(inner, values),
        _ => {}
    }
}

fn narrow_beside(pattern: &mut GraphPattern, values: &Values) {
    use GraphPattern as P;
    match pattern {
        P::Project { .. } | P::Distinct { .. } => {
            narrow(pattern, values);
        }
        P::Join { left, right } | P::LeftJoin { left, right, .. } => {
            narrow_beside(left, values);
            narrow_beside(right, values);
        }
        P::Filter { inner, .. }
        | P::Extend { inner, .. }
        | P::OrderBy { inner, .. }
        | P::Group { inner, .. } => narrow_beside(inner, values),
        _ => {}
    }
}

/// Whole numbers by their value, before all else by its text.
pub(super) fn place(term: &GroundTerm) -> (bool, i64, String) {
    match term {
        GroundTerm::NamedNode(node) => (true, 0, node.as_str().to_owned()),
        GroundTerm::Literal(literal) => match whole_number(literal) {
            Some(number) => (false, number, String::new()),
            None => (true, 0, literal.value().to_owned()),
        },
        GroundTerm::Triple(triple) => (true, 0, triple.to_string()),
    }
}

/// A text of digits is none: texts are ordered as such.
fn whole_number(literal: &Literal) -> Option<i64> {
    let is_whole = literal.datatype() == xsd::INTEGER;
    is_whole.then(|| literal.value().parse().ok()).flatten()
}

/// The subquery that the body of a query begins with.
pub(super) fn subquery(pattern: &mut GraphPattern) -> Option<&mut GraphPattern> {
    first(body(pattern))
}

/// What a query selects from.
pub(super) fn body(pattern: &mut GraphPattern) -> &mut GraphPattern {
    use GraphPattern as P;
    match pattern {
        P::Project { inner, .. } => inner,
        P::Slice { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::OrderBy { inner, .. } => body(inner),
        other => other,
    }
}

/// The first element of a group, if it is a subquery.
fn first(pattern: &mut GraphPattern) -> Option<&mut GraphPattern> {
    use GraphPattern as P;
    match pattern {
        P::Project { .. } | P::Distinct { .. } => Some(pattern),
        P::Join { left, .. } | P::LeftJoin { left, .. } | P::Minus { left, .. } => first(left),
        P::Filter { inner, .. }
        | P::Extend { inner, .. }
        | P::OrderBy { inner, .. }
        | P::Group { inner, .. } => first(inner),
        _ => None,
    }
}

/// A term as a value; blank nodes are none.
pub(super) fn ground(term: Term) -> Option<GroundTerm> {
    Some(match term {
        Term::NamedNode(node) => node.into(),
        Term::Literal(literal) => literal.into(),
        Term::BlankNode(_) => return None,
        Term::Triple(triple) => {
            let NamedOrBlankNode::NamedNode(subject) = triple.subject else { return None };
            let (predicate, object) = (triple.predicate, ground(triple.object)?);
            GroundTriple { subject, predicate, object }.into()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn check(body: &str, expected: Option<&str>) {
        let sparql = format!("SELECT ?s WHERE {{ {body} }} ORDER BY ?s LIMIT 3");
        let query = parse("q", &sparql, "https://example.org/").unwrap();
        let Query::Select { mut pattern, .. } = query else { panic!("no SELECT") };
        let found = subquery(&mut pattern).map(|subquery| subquery.to_string());
        assert_eq!(found.as_deref(), expected, "{body}");
    }

    #[test]
    fn the_body_begins_with_the_subquery() {
        let inner = "{ SELECT ?s WHERE { ?s ?p ?o } }";
        let parsed = |body: &str| {
            let query = parse("q", &format!("SELECT * WHERE {{ {body} }}"), "urn:x:").unwrap();
            match query {
                Query::Select { pattern: GraphPattern::Project { inner, .. }, .. } => {
                    inner.to_string()
                }
                _ => panic!("no SELECT"),
            }
        };
        let expected = parsed(inner);
        check(&format!("{inner} ?s a ?t . OPTIONAL {{ ?s ?q ?x }}"), Some(&expected));
        check(&format!("{inner} FILTER(?s != ?t) BIND(1 AS ?one)"), Some(&expected));
        check("?s ?p ?o", None);
        check(&format!("?s ?p ?o . OPTIONAL {inner}"), None);
    }

    #[test]
    fn parts_end_where_the_value_changes() {
        let node = |name: &str| Some(oxrdf::NamedNode::new_unchecked(name).into());
        let rows = ["b", "a", "b", "c"].map(|name| vec![node(name)]).into();
        let mut found = Found { variables: vec![Variable::new_unchecked("x")], rows };
        found.sort_by("x", false);
        assert_eq!(
            found.take_whole(2, "x").rows,
            [vec![node("a")], vec![node("b")], vec![node("b")]]
        );
        assert_eq!(found.take_whole(2, "x").rows, [vec![node("c")]]);
        assert!(found.is_empty());
    }

    #[test]
    fn numbers_are_ordered_by_their_value() {
        let rows = [9, 10, 2].map(|n: i64| vec![Some(oxrdf::Literal::from(n).into())]).into();
        let mut found = Found { variables: vec![Variable::new_unchecked("n")], rows };
        let numbers = |found: &Found| -> Vec<String> {
            found.rows.iter().flatten().flatten().map(|term| place(term).1.to_string()).collect()
        };
        found.sort_by("n", false);
        assert_eq!(numbers(&found), ["2", "9", "10"]);
        found.sort_by("n", true);
        assert_eq!(numbers(&found), ["10", "9", "2"]);
        let digits = |digits: &str| place(&Literal::new_simple_literal(digits).into());
        assert!(digits("10") < digits("9"), "texts are no numbers");
    }

    #[test]
    fn further_subqueries_are_about_what_was_found() {
        let parsed = |body: &str| parse("q", &format!("SELECT * WHERE {{ {body} }}"), "urn:x:");
        let further = |values: &str| {
            format!("{{ SELECT DISTINCT ?s ?o WHERE {{ {values} ?s ?p ?o }} }} ?s ?q ?x")
        };
        let first = "{ SELECT ?s ?k WHERE { ?s ?k ?t } }";
        let query = parsed(&format!("{first} {}", further(""))).unwrap();
        let value = |name: &str| Some(oxrdf::NamedNode::new_unchecked(name).into());
        let variables = ["s", "k"].map(Variable::new_unchecked).into();
        let rows = [vec![value("urn:a"), value("urn:b")], vec![value("urn:a"), value("urn:c")]];
        let found = Found { variables, rows: rows.into() };
        let values = "VALUES (?s ?k) { (<urn:a> <urn:b>) (<urn:a> <urn:c>) }";
        let expected = format!("{values} {}", further("{ VALUES ?s { <urn:a> } }"));
        let bare = |query: Query| query.to_string().replace(['{', '}', ' '], "");
        assert_eq!(bare(with_found(query, found)), bare(parsed(&expected).unwrap()));
    }
}
