//! Long lists, asked for part by part (article by article, story by story, day by day,
//! those that most articles say first): the first rows come at once, and no more of them
//! are held than those of a few parts.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolution, QuerySolutionIter};
use oxrdf::{NamedNode, Variable};
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::{GroundTerm, NamedNodePattern};

use super::narrow::{Values, narrow};
use super::parameter::with_pattern;
use super::steps::{self, Found};
use super::{QueryError, Question, evaluate, limited, named};
use crate::graph::select::names::{O, S};
use crate::graph::select::{self, Select};
use crate::graph::{Store, StoreError};

/// So many articles, stories or moments are asked about at a time: few at first, for a short
/// answer, and fewer where there are more rows than these.
const FEWEST: usize = 4;
const MANY_ROWS: usize = 1_000;
const MOST: usize = 64;
/// Or about so many rows of the subquery at most.
const MOST_FOUND: usize = 256;
/// The variables whose values are names of graphs.
const ARTICLE: &str = "article";
const STORY: &str = "story";

/// What the rows of a query come by: the variable that they are ordered by first. No
/// row depends on those with another value of it. If the query begins with a subquery,
/// this has the variable too.
///
/// The comment at the head of a query says so: `# Rows: by article`, `# Rows: by story`,
/// or another variable of the subquery, `# Rows: by articles, descending`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Order<'q> {
    variable: &'q str,
    is_descending: bool,
}

impl<'q> Order<'q> {
    pub(super) fn of(sparql: &'q str) -> Option<Self> {
        let by = named::header(sparql, "Rows: ").find_map(|rows| rows.strip_prefix("by "))?;
        let variable = by.strip_suffix(", descending").unwrap_or(by);
        Some(Self { variable, is_descending: variable != by })
    }

    /// All values that the variable may have in a store, in order, where they are known
    /// without asking the subquery.
    fn values(
        self,
        store: &Store,
        query: &Query,
    ) -> Result<Option<VecDeque<GroundTerm>>, StoreError> {
        let terms = |nodes: Vec<NamedNode>| nodes.into_iter().map(GroundTerm::from).collect();
        match self.variable {
            ARTICLE => store.articles().map(terms).map(Some),
            STORY => store.stories().map(terms).map(Some),
            _ => self.told_values(store, query),
        }
    }

    /// The values of the properties that the subquery has the variable from; none where it
    /// has it from elsewhere.
    fn told_values(
        self,
        store: &Store,
        query: &Query,
    ) -> Result<Option<VecDeque<GroundTerm>>, StoreError> {
        let mut query = query.clone();
        let Query::Select { pattern, .. } = &mut query else { return Ok(None) };
        let Some(subquery) = steps::subquery(pattern) else { return Ok(None) };
        let variable = Variable::new_unchecked(self.variable);
        let properties = properties(subquery, &variable);
        if properties.is_empty() || !narrow(subquery, &Values { variable, terms: Vec::new() }) {
            return Ok(None);
        }
        let mut values = BTreeMap::new();
        for property in properties {
            let told = Select::triples(select::variable(S), property, select::variable(O));
            let rows = told.counted(&[O]).rows(store.database(), [O]);
            for [value] in rows.map_err(|error| store.error(error))? {
                let Some(value) = steps::ground(value) else { return Ok(None) };
                values.insert((steps::place(&value), value.to_string()), value);
            }
        }
        let values = values.into_values();
        Ok(Some(if self.is_descending { values.rev().collect() } else { values.collect() }))
    }
}

/// The properties that have a variable for their value in a pattern.
fn properties(pattern: &GraphPattern, variable: &Variable) -> BTreeSet<NamedNode> {
    use GraphPattern as P;
    match pattern {
        P::Bgp { patterns } => {
            let has = patterns.iter().filter(|t| t.object == variable.clone().into());
            has.filter_map(|t| match &t.predicate {
                NamedNodePattern::NamedNode(property) => Some(property.clone()),
                NamedNodePattern::Variable(_) => None,
            })
            .collect()
        }
        P::Join { left, right } | P::Union { left, right } => {
            let mut both = properties(left, variable);
            both.extend(properties(right, variable));
            both
        }
        P::LeftJoin { left: inner, .. }
        | P::Minus { left: inner, .. }
        | P::Graph { inner, .. }
        | P::Filter { inner, .. }
        | P::Extend { inner, .. }
        | P::Project { inner, .. }
        | P::Distinct { inner } => properties(inner, variable),
        _ => BTreeSet::new(),
    }
}

/// Asks about some parts at a time, in order. Where something is known that narrows the
/// query, or only the subquery tells the parts, it is asked first.
pub(super) fn ask<'a>(
    store: &'a Store,
    question: &Question,
    query: Query,
    order: Order,
    is_narrow: bool,
) -> Result<QueryResults<'a>, QueryError> {
    let left = question.limit.unwrap_or(usize::MAX);
    let values = if is_narrow { None } else { order.values(store, &query)? };
    let (found, values) = if let Some(values) = values {
        (None, values)
    } else {
        let Some(found) = steps::find(store, question, &query)? else {
            return evaluate(store, question, limited(query, question.limit));
        };
        (Some(found.in_order_of(order.variable, order.is_descending)), VecDeque::new())
    };
    let (rows, together) = (VecDeque::new(), FEWEST);
    let (question, variable) = (question.clone(), Variable::new_unchecked(order.variable));
    let parts = Parts { store, question, query, variable, found, values, together, rows, left };
    // About none of the parts: the answer has no rows, but columns.
    let columns = parts.about(Vec::new())?.variables().into();
    Ok(QueryResults::Solutions(QuerySolutionIter::new(columns, parts)))
}

/// What has been asked and not been given, and what is still to be asked.
struct Parts<'a> {
    store: &'a Store,
    question: Question,
    query: Query,
    /// What the rows come by.
    variable: Variable,
    /// What the subquery found in all parts, if it was asked first.
    found: Option<Found>,
    /// The values of the variable that were not asked about yet.
    values: VecDeque<GroundTerm>,
    together: usize,
    rows: VecDeque<QuerySolution>,
    /// So many rows may still be given.
    left: usize,
}

impl Parts<'_> {
    /// The answer about some values of the variable.
    fn about(&self, terms: Vec<GroundTerm>) -> Result<QuerySolutionIter<'static>, QueryError> {
        if self.found.is_some() {
            return self.answer(steps::with_found(self.query.clone(), Found::default()));
        }
        let values = Values { variable: self.variable.clone(), terms };
        let query = with_pattern(self.query.clone(), |mut pattern| {
            narrow(steps::body(&mut pattern), &values);
            pattern
        });
        let query = match steps::find(self.store, &self.question, &query)? {
            Some(found) => steps::with_found(query, found),
            None => query,
        };
        self.answer(query)
    }

    fn answer(&self, query: Query) -> Result<QuerySolutionIter<'static>, QueryError> {
        match evaluate(self.store, &self.question, limited(query, Some(self.left)))? {
            QueryResults::Solutions(rows) => Ok(rows),
            _ => Err(QueryError::not_by_part(&self.question.source)),
        }
    }

    /// The answer about the next parts.
    fn next_part(&mut self) -> Result<QuerySolutionIter<'static>, QueryError> {
        if let Some(found) = &mut self.found {
            let part = found.take_whole(self.together, self.variable.as_str());
            return self.answer(steps::with_found(self.query.clone(), part));
        }
        let values = self.values.drain(..self.together.min(self.values.len())).collect();
        self.about(values)
    }

    fn ask_on(&mut self) -> Result<(), QueryEvaluationError> {
        let rows = self.next_part().map_err(|error| match error {
            QueryError::Evaluation { error, .. } => error,
            QueryError::Cancelled { .. } => QueryEvaluationError::Cancelled,
            other => QueryEvaluationError::Unexpected(Box::new(other)),
        })?;
        self.rows = rows.collect::<Result<_, _>>()?;
        let next = if self.rows.len() > MANY_ROWS { self.together / 2 } else { self.together * 2 };
        let most = if self.found.is_some() { MOST_FOUND } else { MOST };
        self.together = next.clamp(1, most);
        self.left -= self.rows.len();
        Ok(())
    }

    fn is_done(&self) -> bool {
        let none_found = self.found.as_ref().is_none_or(Found::is_empty);
        self.left == 0 || self.values.is_empty() && none_found
    }
}

impl Iterator for Parts<'_> {
    type Item = Result<QuerySolution, QueryEvaluationError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.rows.is_empty() && !self.is_done() {
            if let Err(error) = self.ask_on() {
                self.left = 0;
                return Some(Err(error));
            }
        }
        self.rows.pop_front().map(Ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_query_tells_what_its_rows_come_by() {
        let check = |sparql: &str, expected: Option<(&str, bool)>| {
            let order = Order::of(sparql).map(|order| (order.variable, order.is_descending));
            assert_eq!(order, expected, "{sparql}");
        };
        check("# Rows: by article\n\nSELECT", Some(("article", false)));
        check("# Question: Which?\n# Rows: by total, descending\n", Some(("total", true)));
        check("# Question: Rows: by article\n", None);
        check("SELECT ?x\n# Rows: by x\n", None);
    }
}
