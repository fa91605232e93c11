//! Parameters of queries: values for variables, bound as terms, never as text.

use std::str::FromStr;

use oxrdf::{Literal, NamedNode, Variable};
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::GroundTerm;

use super::QueryError;
use super::named;
use super::narrow::{Values, narrow};
use super::written::variables;
use crate::graph::Iris;
use crate::graph::vocabulary::PREFIXES;

/// A value for a variable of a query, as `name=value`.
///
/// The value is an IRI where it is written `<…>`, as a prefixed name with a
/// known prefix (`rel:guards`), as a web address, or as tables show the IRIs of
/// a store (`entity/ukraine`); else it is a string, with or without quotation
/// marks around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    name: Variable,
    value: String,
}

impl FromStr for Parameter {
    type Err = QueryError;

    fn from_str(given: &str) -> Result<Self, QueryError> {
        let bad = || QueryError::BadParameter { given: given.to_owned() };
        let (name, value) = given.split_once('=').ok_or_else(bad)?;
        let name = name.trim().trim_start_matches(['?', '$']);
        let name = Variable::new(name).map_err(|_| bad())?;
        Ok(Self { name, value: value.trim().to_owned() })
    }
}

impl Parameter {
    /// The name of the variable.
    pub(super) fn name(&self) -> &str {
        self.name.as_str()
    }

    /// The value as a term.
    pub(super) fn term(&self, iris: &Iris) -> GroundTerm {
        let value = self.value.as_str();
        let bracketed = value.strip_prefix('<').and_then(|v| v.strip_suffix('>'));
        let address = Some(value).filter(|v| v.starts_with("http://") || v.starts_with("https://"));
        let iri = bracketed.or(address).map(str::to_owned).or_else(|| expand(value));
        let node = iri.and_then(|iri| NamedNode::new(iri).ok());
        if let Some(node) = node.or_else(|| iris.at(bracketed.unwrap_or(value))) {
            return node.into();
        }
        let quoted = value.strip_prefix('"').and_then(|v| v.strip_suffix('"'));
        Literal::new_simple_literal(quoted.unwrap_or(value)).into()
    }
}

/// The IRI of a prefixed name with a known prefix.
fn expand(value: &str) -> Option<String> {
    let (prefix, local) = value.split_once(':')?;
    let (_, namespace) = PREFIXES.iter().find(|(name, _)| *name == prefix)?;
    (!local.contains(char::is_whitespace)).then(|| format!("{namespace}{local}"))
}

/// Fails where a parameter is none of the query's, or a text where the query
/// wants an IRI.
pub(super) fn check(
    source: &str,
    sparql: &str,
    parameters: &[Parameter],
    iris: &Iris,
) -> Result<(), QueryError> {
    let variables = variables(sparql);
    let declared: Vec<(&str, &str)> = named::parameters(sparql).collect();
    for parameter in parameters {
        let meaning = declared.iter().find(|(name, _)| *name == parameter.name());
        if meaning.is_none() && !variables.iter().any(|v| v == parameter.name()) {
            return Err(unknown(source, parameter, &declared, variables));
        }
        let wants_iri = meaning.is_some_and(|&(_, meaning)| is_iri(meaning));
        if wants_iri && matches!(parameter.term(iris), GroundTerm::Literal(_)) {
            return Err(QueryError::NotAnIri {
                source_name: source.to_owned(),
                name: parameter.name().to_owned(),
                given: parameter.value.clone(),
            });
        }
    }
    Ok(())
}

/// Whether a parameter is an IRI, and not a part of one, by what it is said to mean.
fn is_iri(meaning: &str) -> bool {
    meaning.starts_with("the IRI of ")
}

fn unknown(
    source: &str,
    parameter: &Parameter,
    declared: &[(&str, &str)],
    mut variables: Vec<String>,
) -> QueryError {
    variables.sort_unstable();
    let names: Vec<&str> = declared.iter().map(|(name, _)| *name).collect();
    let known = match (names.as_slice(), variables.as_slice()) {
        ([], []) => "it has no variables".to_owned(),
        ([], variables) => format!("its variables are {}", variables.join(", ")),
        (names, _) => format!("its parameters are {}", names.join(", ")),
    };
    let (source_name, name) = (source.to_owned(), parameter.name().to_owned());
    QueryError::UnknownParameter { source_name, name, known }
}

/// Binds the parameters that a query has as variables: the patterns that these
/// occur in are narrowed to the values. What only occurs in expressions, or is
/// only optional, joins the innermost pattern of the query's body, so that its
/// filters and its projection see it.
pub(super) fn bind(query: Query, sparql: &str, parameters: &[Parameter], iris: &Iris) -> Query {
    let variables = variables(sparql);
    let is_variable = |p: &&Parameter| variables.iter().any(|v| v == p.name());
    let mut query = query;
    for parameter in parameters.iter().filter(is_variable) {
        let values = Values { variable: parameter.name.clone(), terms: vec![parameter.term(iris)] };
        query = with_pattern(query, |mut pattern| {
            if narrow(&mut pattern, &values) { pattern } else { join(pattern, &values) }
        });
    }
    query
}

/// Changes the pattern of a query, below what cuts its rows.
pub(super) fn with_pattern(
    query: Query,
    change: impl FnOnce(GraphPattern) -> GraphPattern,
) -> Query {
    let change = |pattern| match pattern {
        GraphPattern::Slice { inner, start, length } => {
            GraphPattern::Slice { inner: Box::new(change(*inner)), start, length }
        }
        pattern => change(pattern),
    };
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

fn join(pattern: GraphPattern, values: &Values) -> GraphPattern {
    use GraphPattern as P;
    let inner = |pattern: Box<P>| Box::new(join(*pattern, values));
    match pattern {
        P::Distinct { inner: p } => P::Distinct { inner: inner(p) },
        P::Reduced { inner: p } => P::Reduced { inner: inner(p) },
        P::Project { inner: p, variables } => P::Project { inner: inner(p), variables },
        P::OrderBy { inner: p, expression } => P::OrderBy { inner: inner(p), expression },
        P::Filter { expr, inner: p } => P::Filter { expr, inner: inner(p) },
        P::Group { inner: p, variables, aggregates } => {
            P::Group { inner: inner(p), variables, aggregates }
        }
        P::Extend { inner: p, variable, expression } if variable != values.variable => {
            P::Extend { inner: inner(p), variable, expression }
        }
        body => P::Join { left: Box::new(values.pattern()), right: Box::new(body) },
    }
}

/// What ends a line that stands only where a parameter is not set, before its name.
const UNLESS: &str = " # unless ";

/// A query with the lines of the parameters that are set, and their values in
/// them, and without the lines that stand where they are not set.
pub(super) fn with_parameters(sparql: &str, set: &[Parameter], iris: &Iris) -> String {
    if set.is_empty() {
        return sparql.to_owned();
    }
    let mut query = String::with_capacity(sparql.len());
    for line in sparql.lines() {
        if line.rsplit_once(UNLESS).is_some_and(|(_, name)| set.iter().any(|p| p.name() == name)) {
            continue;
        }
        let of_parameter = line.strip_prefix('#').and_then(|rest| rest.split_once(' '));
        let is_set = |name: &str| set.iter().any(|p| p.name() == name);
        match of_parameter.filter(|&(name, _)| is_set(name)) {
            Some((_, code)) => query += &with_values(code, set, iris),
            None => query += line,
        }
        query.push('\n');
    }
    query
}

/// A line with the values of parameters in the place of their variables.
fn with_values(line: &str, set: &[Parameter], iris: &Iris) -> String {
    let mut parts = line.split('?');
    let mut whole = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        match set.iter().find(|p| p.name() == name) {
            Some(parameter) => whole += &format!("{}{rest}", parameter.term(iris)),
            None => whole += &format!("?{part}"),
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Question;

    fn iris() -> Iris {
        Iris::new("https://example.org/").unwrap()
    }

    fn check(given: &str, expected: &str) {
        let parameter = given.parse::<Parameter>().unwrap();
        assert_eq!(parameter.term(&iris()).to_string(), expected, "{given}");
    }

    #[test]
    fn values_become_terms() {
        check("who=Kirby", "\"Kirby\"");
        check("?who= \"John Kirby\" ", "\"John Kirby\"");
        check("p=rel:guards", "<https://w3id.org/reportedly/rel/guards>");
        check("p=<urn:x>", "<urn:x>");
        check("p=https://example.org/x", "<https://example.org/x>");
        check("entity=entity/ukraine", "<https://example.org/entity/ukraine>");
        check("entity=<entity/ukraine>", "<https://example.org/entity/ukraine>");
        check("article=article/a-1#char=1,2", "<https://example.org/article/a-1#char=1,2>");
        check("title=Re: rel:guards", "\"Re: rel:guards\"");
        check("x=\" } DROP ALL", "\"\\\" } DROP ALL\"");
        check("x=<not an iri>", "\"<not an iri>\"");
        check("x=either/or", "\"either/or\"");
        check("x=\"entity/ukraine\"", "\"entity/ukraine\"");
    }

    #[test]
    fn what_is_no_parameter_is_refused() {
        assert!("who".parse::<Parameter>().is_err());
        assert!("1 2=x".parse::<Parameter>().is_err());
        assert!("=x".parse::<Parameter>().is_err());
    }

    fn asked(sparql: &str, given: &str) -> Result<String, QueryError> {
        let parameters = vec![given.parse().unwrap()];
        let question = Question { parameters, ..Question::new("q", sparql) };
        Ok(question.query(&iris())?.to_string())
    }

    #[test]
    fn parameters_must_occur() {
        let sparql = "# ?comment\nSELECT ?s WHERE { ?s ?p ?o }";
        assert!(asked(sparql, "s=<urn:x>").is_ok());
        let error = asked(sparql, "comment=x").unwrap_err().to_string();
        assert_eq!(error, "q: no parameter comment; its variables are o, p, s");
        let declared = format!("# Parameter s: the IRI of it\n{sparql}");
        let error = asked(&declared, "x=1").unwrap_err().to_string();
        assert_eq!(error, "q: no parameter x; its parameters are s");
        let error = asked(&declared, "s=Ukraine").unwrap_err().to_string();
        assert!(error.contains("s=Ukraine") && error.contains("entity/"), "{error}");
    }

    #[test]
    fn values_stand_where_they_are_used() {
        let optional = "SELECT ?x WHERE { ?s ?p ?o OPTIONAL { ?s ?q ?x } FILTER(?x != ?y) }";
        let bound = asked(optional, "y=1").unwrap();
        assert!(bound.contains("VALUES ( ?y ) { ( \"1\" )"), "{bound}");
        let lines = "# Parameter who: a name\nSELECT ?s WHERE { ?s ?p ?o\n#who FILTER(CONTAINS(?o, ?who))\n}";
        let bound = asked(lines, "who=A \"B\"").unwrap();
        assert!(bound.contains("CONTAINS(?o, \"A \\\"B\\\"\")"), "{bound}");
        assert!(!bound.contains("VALUES"), "{bound}");
    }

    #[test]
    fn lines_of_parameters_are_part_of_the_query_where_they_are_set() {
        let iris = Iris::new("https://example.org/").unwrap();
        let sparql =
            "# Parameter who: part of a name\nSELECT *\n#who  FILTER(?whole = ?who)\n# who x\n";
        let set = ["who=Ada".parse().unwrap()];
        assert_eq!(with_parameters(sparql, &[], &iris), sparql);
        let expected = sparql.replace("#who  FILTER(?whole = ?who)", " FILTER(?whole = \"Ada\")");
        assert_eq!(with_parameters(sparql, &set, &iris), expected);
        let either = "SELECT * WHERE {\n  ?s ?p ?o # unless who\n#who  ?who ?p ?o\n}\n";
        assert_eq!(with_parameters(either, &[], &iris), either);
        let expected = "SELECT * WHERE {\n \"Ada\" ?p ?o\n}\n";
        assert_eq!(with_parameters(either, &set, &iris), expected);
    }
}
