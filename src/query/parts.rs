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
/// or another variable of the subquery, `# Rows: by articles, descending`. Where rows of
/// one value come by another variable of the subquery, and may so be parted, it says this,
/// too: `# Rows: by articles, descending, then claim`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Order {
    variable: String,
    is_descending: bool,
    then: Option<String>,
}

impl Order {
    pub(super) fn of(sparql: &str) -> Option<Self> {
        let by = named::header(sparql, "Rows: ").find_map(|rows| rows.strip_prefix("by "))?;
        let (by, then) = match by.split_once(", then ") {
            Some((by, then)) => (by, Some(then.to_owned())),
            None => (by, None),
        };
        let variable = by.strip_suffix(", descending").unwrap_or(by);
        let is_descending = variable != by;
        Some(Self { variable: variable.to_owned(), is_descending, then })
    }

    fn variable(&self) -> Variable {
        Variable::new_unchecked(&self.variable)
    }

    fn sorted(&self, mut found: Found) -> Found {
        if let Some(then) = &self.then {
            found.sort_by(then, false);
        }
        found.sort_by(&self.variable, self.is_descending);
        found
    }

    /// All values that the variable may have in a store, in order, where they are known
    /// without asking the subquery.
    fn values(
        &self,
        store: &Store,
        query: &Query,
    ) -> Result<Option<VecDeque<GroundTerm>>, StoreError> {
        let terms = |nodes: Vec<NamedNode>| nodes.into_iter().map(GroundTerm::from).collect();
        match self.variable.as_str() {
            ARTICLE => store.articles().map(terms).map(Some),
            STORY => store.stories().map(terms).map(Some),
            _ => self.told_values(store, query),
        }
    }

    /// The values of the properties that the subquery has the variable from; none where it
    /// has it from elsewhere.
    fn told_values(
        &self,
        store: &Store,
        query: &Query,
    ) -> Result<Option<VecDeque<GroundTerm>>, StoreError> {
        let mut query = query.clone();
        let Query::Select { pattern, .. } = &mut query else { return Ok(None) };
        let Some(subquery) = steps::subquery(pattern) else { return Ok(None) };
        let variable = self.variable();
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
    let known = if is_narrow { None } else { order.values(store, &query)? };
    let (mut found, mut values) = (Found::default(), VecDeque::new());
    if let Some(known) = known {
        values = known;
    } else if let Some(all) = steps::find(store, question, &query)? {
        found = order.sorted(all);
    } else {
        return evaluate(store, question, limited(query, question.limit));
    }
    let (rows, together, question) = (VecDeque::new(), FEWEST, question.clone());
    let parts = Parts { store, question, query, order, found, values, together, rows, left };
    let columns = parts.none()?.variables().into();
    Ok(QueryResults::Solutions(QuerySolutionIter::new(columns, parts)))
}

/// What has been asked and not been given, and what is still to be asked.
struct Parts<'a> {
    store: &'a Store,
    question: Question,
    query: Query,
    order: Order,
    /// What the subquery found that was not asked about yet.
    found: Found,
    /// The values of what the rows come by that the subquery was not asked about yet.
    values: VecDeque<GroundTerm>,
    together: usize,
    rows: VecDeque<QuerySolution>,
    /// So many rows may still be given.
    left: usize,
}

impl Parts<'_> {
    /// The query about some values of what its rows come by.
    fn narrowed(&self, terms: Vec<GroundTerm>) -> Query {
        let values = Values { variable: self.order.variable(), terms };
        with_pattern(self.query.clone(), |mut pattern| {
            narrow(steps::body(&mut pattern), &values);
            pattern
        })
    }

    /// The answer about none of the parts: it has no rows, but columns.
    fn none(&self) -> Result<QuerySolutionIter<'static>, QueryError> {
        let query = self.narrowed(Vec::new());
        self.answer(steps::with_found(query, Found::default()))
    }

    fn answer(&self, query: Query) -> Result<QuerySolutionIter<'static>, QueryError> {
        match evaluate(self.store, &self.question, limited(query, Some(self.left)))? {
            QueryResults::Solutions(rows) => Ok(rows),
            _ => Err(QueryError::not_by_part(&self.question.source)),
        }
    }

    /// The answer about the next parts.
    fn next_part(&mut self) -> Result<QuerySolutionIter<'static>, QueryError> {
        if self.found.is_empty() {
            // Some values have many rows, which are found together and parted then.
            let many = if self.order.then.is_some() { 1 } else { self.together };
            let many = many.min(self.values.len());
            let values = self.values.drain(..many).collect();
            let query = self.narrowed(values);
            let Some(found) = steps::find(self.store, &self.question, &query)? else {
                return self.answer(query);
            };
            if self.order.then.is_none() {
                return self.answer(steps::with_found(query, found));
            }
            self.found = self.order.sorted(found);
        }
        let part = match self.order.then {
            Some(_) => self.found.take(self.together),
            None => self.found.take_whole(self.together, &self.order.variable),
        };
        self.answer(steps::with_found(self.query.clone(), part))
    }

    fn ask_on(&mut self) -> Result<(), QueryEvaluationError> {
        let rows = self.next_part().map_err(|error| match error {
            QueryError::Evaluation { error, .. } => error,
            QueryError::Cancelled { .. } => QueryEvaluationError::Cancelled,
            other => QueryEvaluationError::Unexpected(Box::new(other)),
        })?;
        self.rows = rows.collect::<Result<_, _>>()?;
        let next = match self.rows.len() {
            0 if self.order.then.is_some() => self.together,
            rows if rows > MANY_ROWS => self.together / 2,
            _ => self.together * 2,
        };
        let most = if self.found.is_empty() { MOST } else { MOST_FOUND };
        self.together = next.clamp(1, most);
        self.left -= self.rows.len();
        Ok(())
    }

    fn is_done(&self) -> bool {
        self.left == 0 || self.values.is_empty() && self.found.is_empty()
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
        let check = |sparql: &str, expected: Option<(&str, bool, Option<&str>)>| {
            let order = |(variable, is_descending, then): (&str, bool, Option<&str>)| Order {
                variable: variable.to_owned(),
                is_descending,
                then: then.map(str::to_owned),
            };
            assert_eq!(Order::of(sparql), expected.map(order), "{sparql}");
        };
        check("# Rows: by article\n\nSELECT", Some(("article", false, None)));
        check("# Question: Which?\n# Rows: by total, descending\n", Some(("total", true, None)));
        check("# Rows: by total, descending, then x\n", Some(("total", true, Some("x"))));
        check("# Rows: by day, then x\n", Some(("day", false, Some("x"))));
        check("# Question: Rows: by article\n", None);
        check("SELECT ?x\n# Rows: by x\n", None);
    }
}
