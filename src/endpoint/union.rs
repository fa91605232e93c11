//! Queries over the union of all named graphs, for endpoints whose default graph is
//! another.
//!
//! In: a query as it is asked of a store. Out: the same with `GRAPH ?g { … }` around
//! each triple pattern. A path that repeats (`*`, `+`) stays within one graph.

use oxrdf::Variable;
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

/// The query over the union of all named graphs; one that names its own graphs stays.
pub(super) fn over_named_graphs(mut query: Query) -> Query {
    let (Query::Select { dataset, pattern, .. }
    | Query::Ask { dataset, pattern, .. }
    | Query::Construct { dataset, pattern, .. }
    | Query::Describe { dataset, pattern, .. }) = &mut query;
    if dataset.is_none() {
        Rewriter { graphs: 0 }.pattern(pattern);
    }
    query
}

struct Rewriter {
    /// How many variables for graphs there are.
    graphs: usize,
}

impl Rewriter {
    fn pattern(&mut self, pattern: &mut GraphPattern) {
        use GraphPattern as P;
        match pattern {
            P::Bgp { patterns } => *pattern = self.triples(std::mem::take(patterns)),
            P::Path { .. } => {
                let inner = std::mem::take(pattern);
                *pattern = self.in_graph(inner);
            }
            P::Join { left, right } | P::Union { left, right } | P::Minus { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            P::LeftJoin { left, right, expression } => {
                self.pattern(left);
                self.pattern(right);
                if let Some(expression) = expression {
                    self.expression(expression);
                }
            }
            P::Filter { expr, inner } => {
                self.expression(expr);
                self.pattern(inner);
            }
            P::Extend { inner, expression, .. } => {
                self.expression(expression);
                self.pattern(inner);
            }
            P::OrderBy { inner, .. }
            | P::Project { inner, .. }
            | P::Distinct { inner }
            | P::Reduced { inner }
            | P::Slice { inner, .. }
            | P::Group { inner, .. } => self.pattern(inner),
            // What names its graph or its server, and values, stay as they are.
            _ => {}
        }
    }

    fn expression(&mut self, expression: &mut Expression) {
        match expression {
            Expression::Exists(pattern) => self.pattern(pattern),
            Expression::Not(inner) => self.expression(inner),
            Expression::And(left, right) | Expression::Or(left, right) => {
                self.expression(left);
                self.expression(right);
            }
            _ => {}
        }
    }

    fn triples(&mut self, patterns: Vec<TriplePattern>) -> GraphPattern {
        let mut whole: Option<GraphPattern> = None;
        for triple in patterns {
            let patterns = vec![without_blank_nodes(triple)];
            let one = self.in_graph(GraphPattern::Bgp { patterns });
            whole = Some(match whole {
                Some(left) => GraphPattern::Join { left: Box::new(left), right: Box::new(one) },
                None => one,
            });
        }
        whole.unwrap_or_default()
    }

    fn in_graph(&mut self, inner: GraphPattern) -> GraphPattern {
        self.graphs += 1;
        let name = Variable::new_unchecked(format!("named_graph_{}", self.graphs));
        GraphPattern::Graph { name: NamedNodePattern::Variable(name), inner: Box::new(inner) }
    }
}

/// The same triple pattern with variables for blank nodes, which may not stand in two
/// groups.
fn without_blank_nodes(triple: TriplePattern) -> TriplePattern {
    let TriplePattern { subject, predicate, object } = triple;
    TriplePattern { subject: named(subject), predicate, object: named(object) }
}

fn named(term: TermPattern) -> TermPattern {
    match term {
        TermPattern::BlankNode(node) => {
            let name = format!("blank_node_{}", node.as_str());
            Variable::new_unchecked(name).into()
        }
        term => term,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn rewritten(sparql: &str) -> String {
        over_named_graphs(parse("q", sparql, "https://example.org/").unwrap()).to_string()
    }

    fn check(sparql: &str, expected: usize) {
        let query = rewritten(sparql);
        assert_eq!(query.matches("GRAPH ").count(), expected, "{query}");
        assert!(!query.contains("_:"), "{query}");
        assert!(parse("q", &query, "https://example.org/").is_ok(), "{query}");
    }

    #[test]
    fn each_triple_may_stand_in_another_graph() {
        check("SELECT ?s WHERE { ?s ?p ?o . ?o ?q ?r }", 2);
        check("SELECT ?s WHERE { ?s rdf:subject/skos:prefLabel ?o }", 2);
        check("SELECT ?s WHERE { ?s a ?c OPTIONAL { ?s ?p ?o } FILTER NOT EXISTS { ?s ?q 1 } }", 3);
        check("SELECT (COUNT(?s) AS ?n) WHERE { { SELECT ?s { ?s a ?c } } UNION { ?s ?p 1 } }", 2);
        check("ASK { ?s rp:within* ?o }", 1);
        check("SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } }", 1);
        check("SELECT ?s FROM <urn:x> WHERE { ?s ?p ?o }", 0);
    }
}
