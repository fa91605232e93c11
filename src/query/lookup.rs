//! Filters for words in labels and passages, answered by the store's index.

use oxrdf::Variable;
use spargebra::Query;
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern};

use super::QueryError;
use super::narrow::{Values, narrow as narrow_pattern};
use super::parameter::with_pattern;
use crate::graph::Store;
use crate::graph::vocabulary::prov;

/// More texts than these are not looked up one by one: the filter alone is faster.
const MOST: usize = 2_000;

/// Narrows a query by each of its filters `CONTAINS(LCASE(?label), "words")`
/// whose variable stands for texts that the store has an index of, and by each
/// `CONTAINS(STR(?article), "words")`. The filters stay: the index may give too
/// much. Also returns whether there was such a filter.
pub(super) fn narrow(query: Query, store: &Store) -> Result<(Query, bool), QueryError> {
    let mut found = Ok(false);
    let query = with_pattern(query, |mut pattern| {
        found = look_up(&mut pattern, store);
        pattern
    });
    found.map(|found| (query, found))
}

/// Whether something was looked up.
fn look_up(pattern: &mut GraphPattern, store: &Store) -> Result<bool, QueryError> {
    use GraphPattern as P;
    match pattern {
        P::Filter { expr, inner } => {
            let mut found = look_up(inner, store)?;
            let mut all = Vec::new();
            conditions(expr, &mut all);
            for condition in all {
                if let Some(values) = condition.values(inner, store)? {
                    found |= narrow_pattern(inner, &values);
                }
            }
            Ok(found)
        }
        P::Join { left, right }
        | P::LeftJoin { left, right, .. }
        | P::Union { left, right }
        | P::Minus { left, right } => {
            let left = look_up(left, store)?;
            Ok(look_up(right, store)? || left)
        }
        P::Graph { inner, .. }
        | P::Extend { inner, .. }
        | P::OrderBy { inner, .. }
        | P::Project { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::Slice { inner, .. }
        | P::Group { inner, .. } => look_up(inner, store),
        _ => Ok(false),
    }
}

/// What a filter asks of a variable.
enum Condition {
    /// That its text has these words in it, whatever their case.
    HasWords(Variable, String),
    /// That its IRI has these characters in it.
    HasCharacters(Variable, String),
}

/// The conditions that a filter joins.
fn conditions(expression: &Expression, all: &mut Vec<Condition>) {
    match expression {
        Expression::And(left, right) => {
            conditions(left, all);
            conditions(right, all);
        }
        Expression::FunctionCall(Function::Contains, arguments) => {
            if let [text, words] = arguments.as_slice()
                && let Some(words) = value(words)
            {
                all.extend(condition(text, words));
            }
        }
        _ => {}
    }
}

fn condition(text: &Expression, words: String) -> Option<Condition> {
    let Expression::FunctionCall(function, arguments) = text else { return None };
    let [Expression::Variable(variable)] = arguments.as_slice() else { return None };
    match function {
        Function::LCase => Some(Condition::HasWords(variable.clone(), words)),
        Function::Str => Some(Condition::HasCharacters(variable.clone(), words)),
        _ => None,
    }
}

/// The text of an expression that is constant.
fn value(expression: &Expression) -> Option<String> {
    match expression {
        Expression::Literal(literal) => Some(literal.value().to_owned()),
        Expression::FunctionCall(Function::Str, arguments) => value(arguments.first()?),
        Expression::FunctionCall(Function::LCase, arguments) => {
            value(arguments.first()?).map(|value| value.to_lowercase())
        }
        _ => None,
    }
}

impl Condition {
    /// The values of the variable for which it may hold, where the store can tell.
    fn values(self, pattern: &GraphPattern, store: &Store) -> Result<Option<Values>, QueryError> {
        match self {
            Self::HasWords(variable, words) => {
                let Some(predicate) = predicate_to(pattern, &variable) else { return Ok(None) };
                let texts = store.texts_containing(predicate.as_ref(), &words, MOST)?;
                let terms = texts.map(|texts| texts.into_iter().map(GroundTerm::from).collect());
                Ok(terms.map(|terms| Values { variable, terms }))
            }
            Self::HasCharacters(variable, part) => {
                if !predicate_to(pattern, &variable).is_some_and(|p| p == prov::WAS_DERIVED_FROM) {
                    return Ok(None);
                }
                let mut articles = store.articles()?;
                articles.retain(|article| article.as_str().contains(&part));
                let terms = articles.into_iter().map(GroundTerm::from).collect::<Vec<_>>();
                Ok((terms.len() <= MOST).then_some(Values { variable, terms }))
            }
        }
    }
}

/// The predicate of a triple pattern that has the variable for its object.
fn predicate_to(pattern: &GraphPattern, variable: &Variable) -> Option<oxrdf::NamedNode> {
    use GraphPattern as P;
    match pattern {
        P::Bgp { patterns } => {
            patterns.iter().find_map(|triple| match (&triple.predicate, &triple.object) {
                (NamedNodePattern::NamedNode(p), TermPattern::Variable(v)) if v == variable => {
                    Some(p.clone())
                }
                _ => None,
            })
        }
        P::Join { left, right } | P::Union { left, right } => {
            predicate_to(left, variable).or_else(|| predicate_to(right, variable))
        }
        P::LeftJoin { left, .. } | P::Minus { left, .. } => predicate_to(left, variable),
        P::Graph { inner, .. }
        | P::Filter { inner, .. }
        | P::Extend { inner, .. }
        | P::Project { inner, .. }
        | P::Distinct { inner } => predicate_to(inner, variable),
        _ => None,
    }
}
