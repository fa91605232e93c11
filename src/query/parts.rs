//! Long lists, asked for article by article: the first rows come at once, and
//! no more of them are held than those of a few articles.

use std::collections::VecDeque;

use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolution, QuerySolutionIter};
use oxrdf::{NamedNode, Variable};
use spargebra::Query;
use spargebra::term::GroundTerm;

use super::narrow::{Values, narrow};
use super::parameter::with_pattern;
use super::steps::{self, Found};
use super::{QueryError, Question, evaluate, limited, named};
use crate::graph::Store;

/// So many articles are asked about at a time: few at first, for a short answer.
const FEWEST: usize = 4;
const MOST: usize = 64;
/// Or about so many rows of the subquery.
const MOST_FOUND: usize = 256;
/// The variable whose values are articles.
const ARTICLE: &str = "article";

/// Whether the comment at the head of a query says that its rows come article
/// by article (`# Rows: by article`): each row has one `?article`, by which they
/// are ordered first, and no row depends on those of another article. If the
/// query has a subquery, this has `?article` too.
pub(super) fn is_by_article(sparql: &str) -> bool {
    named::header(sparql, "Rows: ").any(|rows| rows == "by article")
}

/// Asks about some articles at a time, in order. Where something is known that
/// narrows the query, the subquery is asked first, for all articles.
pub(super) fn ask<'a>(
    store: &'a Store,
    question: &Question,
    query: Query,
    is_narrow: bool,
) -> Result<QueryResults<'a>, QueryError> {
    let left = question.limit.unwrap_or(usize::MAX);
    let (found, articles) = if is_narrow {
        let Some(found) = steps::find(store, question, &query)? else {
            return evaluate(store, question, limited(query, question.limit));
        };
        (Some(found.in_order_of(ARTICLE)), VecDeque::new())
    } else {
        (None, store.articles()?.into())
    };
    let (rows, together) = (VecDeque::new(), FEWEST);
    let parts =
        Parts { store, question: question.clone(), query, found, articles, together, rows, left };
    // None of the articles: the answer has no rows, but columns.
    let columns = parts.about(Vec::new())?.variables().into();
    Ok(QueryResults::Solutions(QuerySolutionIter::new(columns, parts)))
}

/// What has been asked and not been given, and what is still to be asked.
struct Parts<'a> {
    store: &'a Store,
    question: Question,
    query: Query,
    /// What the subquery found in all articles, if it was asked first.
    found: Option<Found>,
    articles: VecDeque<NamedNode>,
    together: usize,
    rows: VecDeque<QuerySolution>,
    /// So many rows may still be given.
    left: usize,
}

impl Parts<'_> {
    /// The answer about some articles.
    fn about(&self, articles: Vec<NamedNode>) -> Result<QuerySolutionIter<'static>, QueryError> {
        let variable = Variable::new_unchecked(ARTICLE);
        let terms = articles.into_iter().map(GroundTerm::from).collect();
        let values = Values { variable, terms };
        let query = with_pattern(self.query.clone(), |mut pattern| {
            narrow(&mut pattern, &values);
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
            _ => Err(QueryError::not_by_article(&self.question.source)),
        }
    }

    /// The answer about the next articles.
    fn next_part(&mut self) -> Result<QuerySolutionIter<'static>, QueryError> {
        if let Some(found) = &mut self.found {
            let part = found.take_whole(MOST_FOUND, ARTICLE);
            return self.answer(steps::with_found(self.query.clone(), part));
        }
        let articles = self.articles.drain(..self.together.min(self.articles.len())).collect();
        self.together = MOST.min(2 * self.together);
        self.about(articles)
    }

    fn ask_on(&mut self) -> Result<(), QueryEvaluationError> {
        let rows = self.next_part().map_err(|error| match error {
            QueryError::Evaluation { error, .. } => error,
            QueryError::Cancelled { .. } => QueryEvaluationError::Cancelled,
            other => QueryEvaluationError::Unexpected(Box::new(other)),
        })?;
        self.rows = rows.collect::<Result<_, _>>()?;
        self.left -= self.rows.len();
        Ok(())
    }

    fn is_done(&self) -> bool {
        let none_found = self.found.as_ref().is_none_or(Found::is_empty);
        self.left == 0 || self.articles.is_empty() && none_found
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
