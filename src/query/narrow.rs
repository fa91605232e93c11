//! Narrows a query: what is known of a variable is told to the patterns that it
//! occurs in, before they are matched.

use oxrdf::Variable;
use spargebra::algebra::GraphPattern;
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};

/// The values that a variable may have.
#[derive(Clone, Debug)]
pub(super) struct Values {
    pub(super) variable: Variable,
    pub(super) terms: Vec<GroundTerm>,
}

impl Values {
    /// Them as a pattern.
    pub(super) fn pattern(&self) -> GraphPattern {
        GraphPattern::Values {
            variables: vec![self.variable.clone()],
            bindings: self.terms.iter().map(|term| vec![Some(term.clone())]).collect(),
        }
    }
}

/// Joins the values to each basic pattern that the variable must have its value
/// from. The answer is that of a filter for these values around the whole.
/// Returns whether there is such a pattern in every branch, so that the answer
/// has no other value.
pub(super) fn narrow(pattern: &mut GraphPattern, values: &Values) -> bool {
    use GraphPattern as P;
    match pattern {
        P::Bgp { .. } | P::Path { .. } => join_where_mentioned(pattern, values),
        P::Graph { name, inner } => {
            let is_name = matches!(name, NamedNodePattern::Variable(v) if *v == values.variable);
            let inside = narrow(inner, values);
            inside || is_name && join_values(pattern, values)
        }
        P::Join { left, right } => {
            let (left, right) = (narrow(left, values), narrow(right, values));
            left || right
        }
        P::Union { left, right } => {
            let (left, right) = (narrow(left, values), narrow(right, values));
            left && right
        }
        P::LeftJoin { left, right, .. } => {
            let is_known = narrow(left, values);
            // What is optional is matched for each row of the left side, but a
            // subquery once for all of them.
            if is_known && matches!(**right, P::Project { .. }) {
                narrow(right, values);
            }
            is_known
        }
        P::Minus { left, .. } => narrow(left, values),
        P::Filter { inner, .. }
        | P::OrderBy { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner } => narrow(inner, values),
        P::Extend { inner, variable, .. } => *variable != values.variable && narrow(inner, values),
        P::Project { inner, variables } | P::Group { inner, variables, .. } => {
            variables.contains(&values.variable) && narrow(inner, values)
        }
        _ => false,
    }
}

fn join_where_mentioned(pattern: &mut GraphPattern, values: &Values) -> bool {
    mentions(pattern, &values.variable) && join_values(pattern, values)
}

fn join_values(pattern: &mut GraphPattern, values: &Values) -> bool {
    let right = std::mem::take(pattern);
    *pattern = GraphPattern::Join { left: Box::new(values.pattern()), right: Box::new(right) };
    true
}

fn mentions(pattern: &GraphPattern, variable: &Variable) -> bool {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.iter().any(|t| in_triple(t, variable)),
        GraphPattern::Path { subject, object, .. } => is(subject, variable) || is(object, variable),
        _ => false,
    }
}

fn in_triple(triple: &TriplePattern, variable: &Variable) -> bool {
    let predicate = matches!(&triple.predicate, NamedNodePattern::Variable(v) if v == variable);
    predicate || is(&triple.subject, variable) || is(&triple.object, variable)
}

fn is(term: &TermPattern, variable: &Variable) -> bool {
    matches!(term, TermPattern::Variable(v) if v == variable)
}

#[cfg(test)]
mod tests {
    use oxrdf::NamedNode;
    use spargebra::Query;

    use super::*;
    use crate::query::parse;

    fn check(body: &str, expected: &str, all: bool) {
        let sparql = |body: &str| format!("SELECT ?x WHERE {{ {body} }}");
        let parsed = |body: &str| match parse("q", &sparql(body), "https://example.org/").unwrap() {
            Query::Select { pattern, .. } => pattern,
            _ => panic!("no SELECT"),
        };
        let mut pattern = parsed(body);
        let variable = Variable::new_unchecked("x");
        let terms = vec![NamedNode::new_unchecked("urn:v").into()];
        assert_eq!(narrow(&mut pattern, &Values { variable, terms }), all, "{body}");
        assert_eq!(pattern.to_string(), parsed(expected).to_string(), "{body}");
    }

    #[test]
    fn values_go_where_the_variable_is_matched() {
        check("?x ?p ?o", "{ VALUES ?x { <urn:v> } } { ?x ?p ?o }", true);
        check(
            "?x ?p ?o OPTIONAL { ?o ?q ?x }",
            "{ VALUES ?x { <urn:v> } } { ?x ?p ?o } OPTIONAL { ?o ?q ?x }",
            true,
        );
        check(
            "{ ?x ?p ?o } UNION { ?o ?q ?s }",
            "{ { VALUES ?x { <urn:v> } } { ?x ?p ?o } } UNION { ?o ?q ?s }",
            false,
        );
        check(
            "?x ?p ?o OPTIONAL { SELECT ?x WHERE { ?s ?q ?x } }",
            "{ VALUES ?x { <urn:v> } } { ?x ?p ?o } \
             OPTIONAL { SELECT ?x WHERE { { VALUES ?x { <urn:v> } } { ?s ?q ?x } } }",
            true,
        );
        check("GRAPH ?x { ?s ?p ?o }", "{ VALUES ?x { <urn:v> } } GRAPH ?x { ?s ?p ?o }", true);
    }

    #[test]
    fn nothing_is_narrowed_that_would_change_the_answer() {
        for body in ["?s ?p ?o BIND(?s AS ?x)", "?s ?p ?o OPTIONAL { ?s ?q ?x }"] {
            check(body, body, false);
        }
        let limited = "{ SELECT ?x WHERE { ?x ?p ?o } LIMIT 1 }";
        check(limited, limited, false);
    }
}
