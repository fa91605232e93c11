//! Where a passage begins and ends, worked out where a query asks for it.
//!
//! The offsets of passages are not stored: the IRI of a passage has them
//! (`…#char=21,36`, RFC 5147). In: the pattern of a query. Out: the same, in which
//! `?passage oa:start ?start` is computed from the IRI of what other patterns find, and so
//! is `oa:end`. Nothing else changes: a query has the rows that it has over an export,
//! where the offsets are written out.

use oxrdf::{NamedNode, NamedNodeRef, Variable};
use spargebra::algebra::{Expression, Function, GraphPattern, PropertyPathExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use crate::graph::vocabulary::{POINT_AT_PASSAGES, oa, rp, xsd};

/// Has all offsets that a pattern asks for worked out.
pub(super) fn work_out(pattern: &mut GraphPattern) {
    if asks(pattern) {
        name_blank_nodes(pattern);
        rewrite(pattern);
    }
}

/// A triple pattern for an offset.
struct Asked {
    passage: TermPattern,
    is_end: bool,
    offset: TermPattern,
}

impl Asked {
    fn of(triple: &TriplePattern) -> Option<Self> {
        let NamedNodePattern::NamedNode(property) = &triple.predicate else { return None };
        let is_end = *property == oa::END;
        (is_end || *property == oa::START).then(|| Self {
            passage: triple.subject.clone(),
            is_end,
            offset: triple.object.clone(),
        })
    }

    /// The offset, from the IRI: `…#char=START,END`.
    fn value(&self) -> Expression {
        use Function as F;
        let call = |function, arguments| Expression::FunctionCall(function, arguments);
        let text = |words: &str| Expression::Literal(oxrdf::Literal::new_simple_literal(words));
        let iri = call(F::Str, vec![term(&self.passage)]);
        let range = call(F::StrAfter, vec![iri, text("#char=")]);
        let part = if self.is_end { F::StrAfter } else { F::StrBefore };
        let digits = call(part, vec![range, text(",")]);
        call(F::Custom(xsd::INTEGER.into_owned()), vec![digits])
    }

    /// What a pattern finds, with the offset of the passage that it finds.
    fn told_with(&self, inner: GraphPattern) -> GraphPattern {
        let (variable, same) = match &self.offset {
            TermPattern::Variable(offset) if !has_in_scope(&inner, offset) => {
                (offset.clone(), None)
            }
            other => (Variable::new_unchecked(offset_name(&inner)), Some(term(other))),
        };
        let found = Expression::Variable(variable.clone());
        let expr = match same {
            Some(same) => Expression::SameTerm(Box::new(found), Box::new(same)),
            None => Expression::Bound(variable.clone()),
        };
        let expression = self.value();
        let inner = Box::new(GraphPattern::Extend { inner: Box::new(inner), variable, expression });
        GraphPattern::Filter { expr, inner }
    }

    /// The same where the passage need not have an offset.
    fn told_if_any(&self, inner: GraphPattern, variable: &Variable) -> GraphPattern {
        let (inner, variable) = (Box::new(inner), variable.clone());
        GraphPattern::Extend { inner, variable, expression: self.value() }
    }

    fn is_bound_by(&self, pattern: &GraphPattern) -> bool {
        matches!(&self.passage, TermPattern::Variable(passage) if binds(pattern, passage))
    }
}

/// A name that no variable of a pattern has.
fn offset_name(pattern: &GraphPattern) -> String {
    let mut name = "offset_".to_owned();
    while has_in_scope(pattern, &Variable::new_unchecked(&name)) {
        name.push('_');
    }
    name
}

fn term(pattern: &TermPattern) -> Expression {
    match pattern {
        TermPattern::NamedNode(node) => Expression::NamedNode(node.clone()),
        TermPattern::Literal(literal) => Expression::Literal(literal.clone()),
        TermPattern::Variable(variable) => Expression::Variable(variable.clone()),
        TermPattern::BlankNode(node) => Expression::Variable(named(node.as_str())),
        // No offset and no passage.
        TermPattern::Triple(_) => Expression::Coalesce(Vec::new()),
    }
}

fn rewrite(pattern: &mut GraphPattern) {
    let (inner, asked) = without_offsets(std::mem::take(pattern));
    *pattern = with_offsets(inner, &asked);
}

/// A pattern without the offsets that it asks for, and these. They are told of a whole
/// join, not of its parts: the database puts the parts of a join in an order of its own.
fn without_offsets(pattern: GraphPattern) -> (GraphPattern, Vec<Asked>) {
    use GraphPattern as P;
    match pattern {
        P::Bgp { mut patterns } => {
            let asked = patterns.iter().filter_map(Asked::of).collect();
            patterns.retain(|triple| Asked::of(triple).is_none());
            (P::Bgp { patterns }, asked)
        }
        P::Join { left, right } => {
            let (left, mut asked) = without_offsets(*left);
            let (right, more) = without_offsets(*right);
            asked.extend(more);
            (joined(left, right), asked)
        }
        P::LeftJoin { mut left, mut right, expression } => {
            rewrite(&mut left);
            let optional = optional(&left, &right).filter(|_| expression.is_none());
            let pattern = match optional {
                Some(all) => all.into_iter().fold(*left, |p, (a, v)| a.told_if_any(p, &v)),
                None => {
                    rewrite(&mut right);
                    P::LeftJoin { left, right, expression }
                }
            };
            (pattern, Vec::new())
        }
        mut other => {
            children(&mut other).into_iter().for_each(rewrite);
            (other, Vec::new())
        }
    }
}

/// A pattern with the offsets of passages that it finds; of those that it does not find,
/// all there are.
fn with_offsets(mut pattern: GraphPattern, asked: &[Asked]) -> GraphPattern {
    for one in asked {
        if !one.is_bound_by(&pattern) {
            pattern = joined(pattern, passages(&one.passage));
        }
    }
    asked.iter().fold(pattern, |pattern, one| one.told_with(pattern))
}

fn joined(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    let is_empty = |pattern: &GraphPattern| matches!(pattern, GraphPattern::Bgp { patterns } if patterns.is_empty());
    match (is_empty(&left), is_empty(&right)) {
        (true, _) => right,
        (_, true) => left,
        _ => GraphPattern::Join { left: Box::new(left), right: Box::new(right) },
    }
}

/// What a basic pattern asks for, if that is nothing but offsets.
fn only_asked(pattern: &GraphPattern) -> Option<Vec<Asked>> {
    match pattern {
        GraphPattern::Bgp { patterns } if !patterns.is_empty() => {
            patterns.iter().map(Asked::of).collect()
        }
        _ => None,
    }
}

/// Offsets in an `OPTIONAL` of their own, of passages that what stands before it finds.
fn optional(left: &GraphPattern, right: &GraphPattern) -> Option<Vec<(Asked, Variable)>> {
    let mut all: Vec<(Asked, Variable)> = Vec::new();
    for asked in only_asked(right)? {
        let TermPattern::Variable(offset) = asked.offset.clone() else { return None };
        let is_free = !has_in_scope(left, &offset) && all.iter().all(|(_, v)| *v != offset);
        if !is_free || !asked.is_bound_by(left) {
            return None;
        }
        all.push((asked, offset));
    }
    Some(all)
}

/// All passages, each once.
fn passages(passage: &TermPattern) -> GraphPattern {
    use PropertyPathExpression as Path;
    let named = |node: NamedNodeRef<'_>| Path::NamedNode(NamedNode::from(node));
    let mentioned = Path::Reverse(Box::new(named(rp::MENTIONS)));
    let path = POINT_AT_PASSAGES
        .into_iter()
        .map(named)
        .fold(mentioned, |path, next| Path::Alternative(Box::new(path), Box::new(next)));
    let subject = TermPattern::Variable(Variable::new_unchecked("points_at_passage_"));
    let inner = Box::new(GraphPattern::Path { subject, path, object: passage.clone() });
    let variables = match passage {
        TermPattern::Variable(variable) => vec![variable.clone()],
        _ => Vec::new(),
    };
    GraphPattern::Distinct { inner: Box::new(GraphPattern::Project { inner, variables }) }
}

/// Whether a variable has a value in whatever a pattern finds.
fn binds(pattern: &GraphPattern, variable: &Variable) -> bool {
    use GraphPattern as P;
    let is = |term: &TermPattern| matches!(term, TermPattern::Variable(v) if v == variable);
    match pattern {
        P::Bgp { patterns } => patterns
            .iter()
            .filter(|triple| Asked::of(triple).is_none())
            .any(|triple| is(&triple.subject) || is(&triple.object)),
        P::Path { subject, object, .. } => is(subject) || is(object),
        P::Join { left, right } => binds(left, variable) || binds(right, variable),
        P::Union { left, right } => binds(left, variable) && binds(right, variable),
        P::LeftJoin { left, .. } | P::Minus { left, .. } | P::Lateral { left, .. } => {
            binds(left, variable)
        }
        P::Filter { inner, .. }
        | P::Graph { inner, .. }
        | P::Extend { inner, .. }
        | P::OrderBy { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::Slice { inner, .. } => binds(inner, variable),
        P::Project { inner, variables } | P::Group { inner, variables, .. } => {
            variables.contains(variable) && binds(inner, variable)
        }
        P::Values { variables, bindings } => {
            let column = variables.iter().position(|v| v == variable);
            column.is_some_and(|column| bindings.iter().all(|row| row[column].is_some()))
        }
        P::Service { .. } => false,
    }
}

fn has_in_scope(pattern: &GraphPattern, variable: &Variable) -> bool {
    let mut is_there = false;
    pattern.on_in_scope_variable(|v| is_there |= v == variable);
    is_there
}

/// The patterns that a pattern is made of, those of its filters among them.
fn children(pattern: &mut GraphPattern) -> Vec<&mut GraphPattern> {
    use GraphPattern as P;
    match pattern {
        P::Join { left, right }
        | P::Union { left, right }
        | P::Minus { left, right }
        | P::Lateral { left, right } => vec![left, right],
        P::LeftJoin { left, right, expression } => {
            let mut all: Vec<&mut P> = vec![left, right];
            all.extend(expression.iter_mut().flat_map(in_expression));
            all
        }
        P::Filter { expr: expression, inner } | P::Extend { inner, expression, .. } => {
            let mut all: Vec<&mut P> = vec![inner];
            all.extend(in_expression(expression));
            all
        }
        P::Graph { inner, .. }
        | P::OrderBy { inner, .. }
        | P::Project { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::Slice { inner, .. }
        | P::Group { inner, .. } => vec![inner],
        P::Bgp { .. } | P::Path { .. } | P::Values { .. } | P::Service { .. } => Vec::new(),
    }
}

/// The patterns of `EXISTS` in an expression.
fn in_expression(expression: &mut Expression) -> Vec<&mut GraphPattern> {
    match expression {
        Expression::Exists(pattern) => vec![pattern],
        Expression::Not(inner) => in_expression(inner),
        Expression::Or(left, right) | Expression::And(left, right) => {
            let mut all = in_expression(left);
            all.extend(in_expression(right));
            all
        }
        Expression::If(condition, yes, no) => {
            let mut all = in_expression(condition);
            all.extend(in_expression(yes));
            all.extend(in_expression(no));
            all
        }
        _ => Vec::new(),
    }
}

fn asks(pattern: &mut GraphPattern) -> bool {
    if let GraphPattern::Bgp { patterns } = pattern {
        return patterns.iter().any(|triple| Asked::of(triple).is_some());
    }
    children(pattern).into_iter().any(asks)
}

/// Gives blank nodes, of which paths such as `rp:evidence/oa:start` are made, names:
/// nothing can be worked out of what has none. No row tells the difference.
fn name_blank_nodes(pattern: &mut GraphPattern) {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.iter_mut().for_each(name_in_triple),
        GraphPattern::Path { subject, object, .. } => [subject, object].into_iter().for_each(name),
        _ => children(pattern).into_iter().for_each(name_blank_nodes),
    }
}

fn name_in_triple(triple: &mut TriplePattern) {
    name(&mut triple.subject);
    name(&mut triple.object);
}

fn name(term: &mut TermPattern) {
    match term {
        TermPattern::BlankNode(node) => *term = TermPattern::Variable(named(node.as_str())),
        TermPattern::Triple(triple) => name_in_triple(triple),
        _ => {}
    }
}

fn named(blank_node: &str) -> Variable {
    Variable::new_unchecked(format!("blank_{blank_node}_"))
}

#[cfg(test)]
mod tests {
    use oxigraph::model::{GraphNameRef, Literal, Quad};
    use oxigraph::sparql::{QueryResults, SparqlEvaluator};
    use oxigraph::store::Store;
    use spargebra::Query;

    use super::*;
    use crate::query::parameter::with_pattern;
    use crate::query::parse;

    /// Two claims and an attribution of an article, with the offsets of their passages or
    /// without.
    fn store(with_offsets: bool) -> Store {
        let store = Store::new().unwrap();
        let node = |path: &str| NamedNode::new_unchecked(format!("https://example.org/{path}"));
        let say = |subject: &NamedNode, predicate: NamedNodeRef<'_>, object: oxrdf::Term| {
            let quad = Quad::new(
                subject.clone(),
                predicate.into_owned(),
                object,
                GraphNameRef::DefaultGraph,
            );
            store.insert(&quad).unwrap();
        };
        let all = [
            ("claim/1", rp::EVIDENCE, 0, 9),
            ("claim/1", rp::SUBJECT_EVIDENCE, 0, 4),
            ("claim/2", rp::EVIDENCE, 0, 9),
            ("attribution/1", rp::CUE, 5, 9),
        ];
        for (subject, property, start, end) in all {
            let passage = node(&format!("a#char={start},{end}"));
            say(&node(subject), property, passage.clone().into());
            if with_offsets {
                say(&passage, oa::START, Literal::from(start).into());
                say(&passage, oa::END, Literal::from(end).into());
            }
        }
        say(&node("a#char=10,12"), rp::MENTIONS, node("entity/x").into());
        if with_offsets {
            say(&node("a#char=10,12"), oa::START, Literal::from(10).into());
            say(&node("a#char=10,12"), oa::END, Literal::from(12).into());
        }
        store
    }

    fn rows(store: &Store, query: Query) -> Vec<String> {
        let answer = SparqlEvaluator::new().for_query(query).on_store(store).execute().unwrap();
        let mut rows: Vec<String> = match answer {
            QueryResults::Solutions(rows) => rows
                .map(|row| {
                    let row = row.unwrap();
                    let cells = row.iter().map(|(name, value)| format!("{name} {value}"));
                    cells.collect::<Vec<_>>().join(" ")
                })
                .collect(),
            QueryResults::Boolean(is_so) => vec![is_so.to_string()],
            QueryResults::Graph(_) => panic!("no rows"),
        };
        rows.sort_unstable();
        rows
    }

    /// The rows where offsets are worked out are those where they are stored.
    fn check(body: &str, many: usize) {
        let query = parse("q", &format!("SELECT * WHERE {{ {body} }}"), "https://example.org/");
        let query = query.unwrap();
        let worked_out = with_pattern(query.clone(), |mut pattern| {
            work_out(&mut pattern);
            pattern
        });
        let expected = rows(&store(true), query);
        assert_eq!(rows(&store(false), worked_out), expected, "{body}");
        assert_eq!(expected.len(), many, "{body}: {expected:?}");
    }

    #[test]
    fn offsets_of_what_is_found() {
        check("?c rp:evidence ?p . ?p oa:start ?s ; oa:end ?e", 2);
        check("?p oa:end ?e . ?c rp:subjectEvidence ?p", 1);
        check("?c rp:evidence/oa:end ?e", 2);
        check("?c rp:evidence|rp:cue ?p . ?p oa:start ?s", 3);
        check("?c ?any ?p . ?p oa:start ?s", 4);
        check("{ SELECT ?p WHERE { ?c rp:evidence ?p } } ?p oa:start ?s", 2);
    }

    #[test]
    fn offsets_of_all_passages() {
        check("?p oa:start ?s", 4);
        check("?p oa:start 0", 2);
        check("<a#char=5,9> oa:end ?e", 1);
        check("<a#char=6,9> oa:end ?e", 0);
        check("?p oa:start ?s ; oa:end ?s", 0);
    }

    #[test]
    fn offsets_that_are_compared() {
        check("?c rp:evidence ?p . ?d rp:subjectEvidence ?q . ?p oa:start ?s . ?q oa:start ?s", 2);
        check("?c rp:evidence ?p . ?p oa:start 0 ; oa:end 9", 2);
        check("?c rp:evidence ?p . ?p oa:start 1", 0);
        check("?c rp:evidence ?p . ?p oa:start ?s . FILTER(?s > 0)", 0);
    }

    #[test]
    fn offsets_where_there_are_any() {
        check("?c rp:evidence|rp:cue|rp:mentions ?p OPTIONAL { ?p oa:start ?s }", 4);
        check("?c rp:evidence ?p OPTIONAL { ?c rp:cue ?p . ?p oa:start ?s }", 2);
        check("?c rp:cue ?p FILTER EXISTS { ?p oa:start 5 }", 1);
        check("?c rp:cue ?p FILTER NOT EXISTS { ?p oa:start 5 }", 0);
        check("?c rp:cue ?p MINUS { ?p oa:end 9 }", 0);
        check("{ ?c rp:cue ?p } UNION { ?c rp:evidence ?p } ?p oa:end ?e", 3);
    }

    #[test]
    fn other_queries_stay_as_they_are() {
        let query = parse("q", "SELECT * WHERE { ?c rp:cue [] ; a ?t }", "https://example.org/");
        let Query::Select { mut pattern, .. } = query.unwrap() else { panic!("no SELECT") };
        let before = pattern.to_string();
        work_out(&mut pattern);
        assert_eq!(pattern.to_string(), before);
    }
}
