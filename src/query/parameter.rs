//! Parameters of queries: values for variables, bound as terms, never as text.

use std::str::FromStr;

use oxrdf::{Literal, NamedNode, Variable};
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::GroundTerm;

use super::QueryError;
use crate::graph::vocabulary::PREFIXES;

/// A value for a variable of a query, as `name=value`.
///
/// The value is an IRI where it is written `<…>`, as a prefixed name with a
/// known prefix (`rel:guards`) or as a web address; else it is a string,
/// with or without quotation marks around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    name: Variable,
    value: GroundTerm,
}

impl FromStr for Parameter {
    type Err = QueryError;

    fn from_str(given: &str) -> Result<Self, QueryError> {
        let bad = || QueryError::BadParameter { given: given.to_owned() };
        let (name, value) = given.split_once('=').ok_or_else(bad)?;
        let name = name.trim().trim_start_matches(['?', '$']);
        let name = Variable::new(name).map_err(|_| bad())?;
        Ok(Self { name, value: term(value.trim()) })
    }
}

fn term(value: &str) -> GroundTerm {
    let bracketed = value.strip_prefix('<').and_then(|v| v.strip_suffix('>'));
    let address = Some(value).filter(|v| v.starts_with("http://") || v.starts_with("https://"));
    let iri = bracketed.or(address).map(str::to_owned).or_else(|| expand(value));
    if let Some(Ok(iri)) = iri.map(NamedNode::new) {
        return iri.into();
    }
    let quoted = value.strip_prefix('"').and_then(|v| v.strip_suffix('"'));
    Literal::new_simple_literal(quoted.unwrap_or(value)).into()
}

/// The IRI of a prefixed name with a known prefix.
fn expand(value: &str) -> Option<String> {
    let (prefix, local) = value.split_once(':')?;
    let (_, namespace) = PREFIXES.iter().find(|(name, _)| *name == prefix)?;
    (!local.contains(char::is_whitespace)).then(|| format!("{namespace}{local}"))
}

/// Binds parameters in a query: their values join the innermost pattern of its
/// body, so that its filters and its projection see them.
pub(super) fn bind(
    query: Query,
    source: &str,
    sparql: &str,
    parameters: &[Parameter],
) -> Result<Query, QueryError> {
    for parameter in parameters {
        check_known(source, sparql, parameter.name.as_str())?;
    }
    if parameters.is_empty() {
        return Ok(query);
    }
    Ok(with_pattern(query, |pattern| join(pattern, parameters)))
}

fn check_known(source: &str, sparql: &str, name: &str) -> Result<(), QueryError> {
    let known = variables(sparql);
    if known.contains(&name) {
        return Ok(());
    }
    let known = match known.as_slice() {
        [] => "it has no variables".to_owned(),
        names => format!("its variables are {}", names.join(", ")),
    };
    Err(QueryError::UnknownParameter {
        source_name: source.to_owned(),
        name: name.to_owned(),
        known,
    })
}

/// The names of the variables of a query, in order.
fn variables(sparql: &str) -> Vec<&str> {
    let code = sparql.lines().filter(|line| !line.trim_start().starts_with('#'));
    let mut names: Vec<&str> = code
        .flat_map(|line| line.split(['?', '$']).skip(1))
        .map(|rest| {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
            rest.get(..end.unwrap_or(rest.len())).unwrap_or("")
        })
        .filter(|name| !name.is_empty())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn with_pattern(query: Query, change: impl FnOnce(GraphPattern) -> GraphPattern) -> Query {
    match query {
        Query::Select { dataset, pattern, base_iri } => {
            Query::Select { dataset, pattern: change(pattern), base_iri }
        }
        Query::Construct { template, dataset, pattern, base_iri } => {
            Query::Construct { template, dataset, pattern: change(pattern), base_iri }
        }
        Query::Describe { dataset, pattern, base_iri } => {
            Query::Describe { dataset, pattern: change(pattern), base_iri }
        }
        Query::Ask { dataset, pattern, base_iri } => {
            Query::Ask { dataset, pattern: change(pattern), base_iri }
        }
    }
}

fn join(pattern: GraphPattern, parameters: &[Parameter]) -> GraphPattern {
    use GraphPattern as P;
    let inner = |pattern: Box<P>| Box::new(join(*pattern, parameters));
    let is_set = |variable: &Variable| parameters.iter().any(|p| p.name == *variable);
    match pattern {
        P::Slice { inner: p, start, length } => P::Slice { inner: inner(p), start, length },
        P::Distinct { inner: p } => P::Distinct { inner: inner(p) },
        P::Reduced { inner: p } => P::Reduced { inner: inner(p) },
        P::Project { inner: p, variables } => P::Project { inner: inner(p), variables },
        P::OrderBy { inner: p, expression } => P::OrderBy { inner: inner(p), expression },
        P::Filter { expr, inner: p } => P::Filter { expr, inner: inner(p) },
        P::Group { inner: p, variables, aggregates } => {
            P::Group { inner: inner(p), variables, aggregates }
        }
        P::Extend { inner: p, variable, expression } if !is_set(&variable) => {
            P::Extend { inner: inner(p), variable, expression }
        }
        body => P::Join { left: Box::new(values(parameters)), right: Box::new(body) },
    }
}

fn values(parameters: &[Parameter]) -> GraphPattern {
    GraphPattern::Values {
        variables: parameters.iter().map(|p| p.name.clone()).collect(),
        bindings: vec![parameters.iter().map(|p| Some(p.value.clone())).collect()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn check(given: &str, expected: &str) {
        assert_eq!(given.parse::<Parameter>().unwrap().value.to_string(), expected, "{given}");
    }

    #[test]
    fn values_become_terms() {
        check("who=Kirby", "\"Kirby\"");
        check("?who= \"John Kirby\" ", "\"John Kirby\"");
        check("p=rel:guards", "<https://w3id.org/reportedly/rel/guards>");
        check("p=<urn:x>", "<urn:x>");
        check("p=https://example.org/x", "<https://example.org/x>");
        check("title=Re: rel:guards", "\"Re: rel:guards\"");
        check("x=\" } DROP ALL", "\"\\\" } DROP ALL\"");
        check("x=<not an iri>", "\"<not an iri>\"");
    }

    #[test]
    fn what_is_no_parameter_is_refused() {
        assert!("who".parse::<Parameter>().is_err());
        assert!("1 2=x".parse::<Parameter>().is_err());
        assert!("=x".parse::<Parameter>().is_err());
    }

    #[test]
    fn parameters_must_occur() {
        let sparql = "# ?comment\nSELECT ?s WHERE { ?s ?p ?o }";
        let query = parse("q", sparql, "https://example.org/").unwrap();
        let set = |given: &str| bind(query.clone(), "q", sparql, &[given.parse().unwrap()]);
        assert!(set("s=x").is_ok());
        let error = set("comment=x").unwrap_err().to_string();
        assert_eq!(error, "q: no parameter comment; its variables are o, p, s");
    }
}
