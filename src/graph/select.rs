//! Small queries whose answers have only what is wanted of each triple.
//!
//! The database keeps a number for each term, and looks its text up when a term is given
//! out. Of a triple that is read as a whole all four texts are looked up, which takes
//! most of the time; a query looks up what it selects.

use oxigraph::sparql::{PreparedSparqlQuery, QueryEvaluationError, QueryResults, SparqlEvaluator};
use oxigraph::store::{StorageError, Store, Transaction};
use oxrdf::{NamedNode, NamedNodeRef, Term, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, AggregateFunction, Expression, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

/// What variables are called: subject, predicate, object and graph of a triple, a claim and
/// a label; and counts.
pub(crate) mod names {
    pub(crate) const S: &str = "s";
    pub(crate) const P: &str = "p";
    pub(crate) const O: &str = "o";
    pub(crate) const G: &str = "g";
    pub(crate) const C: &str = "c";
    pub(crate) const L: &str = "l";
    pub(crate) const N: &str = "n";
    pub(crate) const M: &str = "m";
}

/// Selects from the triples of some pattern.
pub(crate) struct Select {
    pattern: GraphPattern,
}

/// A variable of patterns.
pub(crate) fn variable(name: &str) -> Variable {
    Variable::new_unchecked(name)
}

impl Select {
    /// The triples of all graphs.
    pub(crate) fn triples(
        subject: impl Into<TermPattern>,
        predicate: impl Into<NamedNodePattern>,
        object: impl Into<TermPattern>,
    ) -> Self {
        let (subject, predicate, object) = (subject.into(), predicate.into(), object.into());
        let patterns = vec![TriplePattern { subject, predicate, object }];
        Self { pattern: GraphPattern::Bgp { patterns } }
    }

    /// Only those of one graph, or of each that a variable stands for.
    pub(crate) fn within(self, graph: impl Into<NamedNodePattern>) -> Self {
        let (name, inner) = (graph.into(), Box::new(self.pattern));
        Self { pattern: GraphPattern::Graph { name, inner } }
    }

    /// Only those for which an expression is true.
    pub(crate) fn that(self, expr: Expression) -> Self {
        Self { pattern: GraphPattern::Filter { expr, inner: Box::new(self.pattern) } }
    }

    /// No more than so many.
    pub(crate) fn first(self, many: usize, of: &[&str]) -> Self {
        let inner = Box::new(project(self.pattern, of));
        Self { pattern: GraphPattern::Slice { inner, start: 0, length: Some(many) } }
    }

    /// How many there are for each value of some variables, as `n`.
    pub(crate) fn counted(self, by: &[&str]) -> Self {
        let count = AggregateExpression::CountSolutions { distinct: false };
        self.grouped(by, vec![(variable("n"), count)])
    }

    /// The same, and how many values another variable has, as `m`.
    pub(crate) fn counted_with(self, by: &[&str], other: &str) -> Self {
        let count = AggregateExpression::CountSolutions { distinct: false };
        let values = AggregateExpression::FunctionCall {
            name: AggregateFunction::Count,
            expr: variable(other).into(),
            distinct: true,
        };
        self.grouped(by, vec![(variable("n"), count), (variable("m"), values)])
    }

    fn grouped(self, by: &[&str], aggregates: Vec<(Variable, AggregateExpression)>) -> Self {
        let variables = by.iter().map(|name| variable(name)).collect();
        let inner = Box::new(self.pattern);
        Self { pattern: GraphPattern::Group { inner, variables, aggregates } }
    }

    /// Only where there is another triple, too.
    pub(crate) fn and(
        mut self,
        subject: impl Into<TermPattern>,
        predicate: impl Into<NamedNodePattern>,
        object: impl Into<TermPattern>,
    ) -> Self {
        let (subject, predicate, object) = (subject.into(), predicate.into(), object.into());
        let triple = TriplePattern { subject, predicate, object };
        if let GraphPattern::Bgp { patterns } = &mut self.pattern {
            patterns.push(triple);
        } else {
            let (left, right) = (self.pattern, GraphPattern::Bgp { patterns: vec![triple] });
            let (left, right) = (Box::new(left), Box::new(right));
            self.pattern = GraphPattern::Join { left, right };
        }
        self
    }

    /// The rows, each with the values of some variables; those that lack one are left out.
    pub(crate) fn rows<const N: usize>(
        self,
        store: &Store,
        of: [&str; N],
    ) -> Result<Vec<[Term; N]>, StorageError> {
        collected(self.prepared(&of).on_store(store).execute())
    }

    /// The same, as a transaction sees it.
    pub(crate) fn rows_within<const N: usize>(
        self,
        transaction: &Transaction<'_>,
        of: [&str; N],
    ) -> Result<Vec<[Term; N]>, StorageError> {
        collected(self.prepared(&of).on_transaction(transaction).execute())
    }

    fn prepared(self, of: &[&str]) -> PreparedSparqlQuery {
        let pattern = project(self.pattern, of);
        let query = Query::Select { dataset: None, pattern, base_iri: None };
        let mut prepared = SparqlEvaluator::new().for_query(query);
        prepared.dataset_mut().set_default_graph_as_union();
        prepared
    }
}

fn collected<const N: usize>(
    answer: Result<QueryResults<'_>, QueryEvaluationError>,
) -> Result<Vec<[Term; N]>, StorageError> {
    let failed = |error: QueryEvaluationError| StorageError::Other(Box::new(error));
    let mut rows = Vec::new();
    let QueryResults::Solutions(solutions) = answer.map_err(failed)? else { return Ok(rows) };
    for solution in solutions {
        let solution = solution.map_err(failed)?;
        let row: [Option<&Term>; N] = std::array::from_fn(|column| solution.get(column));
        if row.iter().all(Option::is_some) {
            rows.push(row.map(|value| value.expect("none is missing").clone()));
        }
    }
    Ok(rows)
}

fn project(inner: GraphPattern, of: &[&str]) -> GraphPattern {
    let variables = of.iter().map(|name| variable(name)).collect();
    GraphPattern::Project { inner: Box::new(inner), variables }
}

/// Whether a variable is a node.
pub(crate) fn is(name: &str, node: NamedNodeRef<'_>) -> Expression {
    let node = Expression::NamedNode(node.into_owned());
    Expression::SameTerm(Box::new(variable(name).into()), Box::new(node))
}

/// Whether a variable is none of some nodes.
pub(crate) fn is_none_of(name: &str, nodes: &[NamedNodeRef<'_>]) -> Expression {
    let any = nodes.iter().map(|node| is(name, *node));
    let any = any.reduce(|one, other| Expression::Or(Box::new(one), Box::new(other)));
    Expression::Not(Box::new(any.unwrap_or_else(|| Expression::Literal(false.into()))))
}

/// A count among the values of a row.
pub(crate) fn number(count: &Term) -> usize {
    match count {
        Term::Literal(digits) => digits.value().parse().expect("a count is a number"),
        _ => 0,
    }
}

/// The nodes among the only values of rows.
pub(crate) fn nodes(rows: Vec<[Term; 1]>) -> impl Iterator<Item = NamedNode> {
    rows.into_iter().filter_map(|[term]| node(term))
}

/// A term, if it is a node.
pub(crate) fn node(term: Term) -> Option<NamedNode> {
    match term {
        Term::NamedNode(node) => Some(node),
        _ => None,
    }
}
