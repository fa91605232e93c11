//! Why a question could not be answered.

use oxigraph::sparql::QueryEvaluationError;
use regex::Regex;

use super::named_queries;
use crate::graph::StoreError;
use crate::graph::vocabulary::PREFIXES;

/// Why a question could not be answered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// The query is not SPARQL.
    #[error("{source_name}:{line}:{column}: broken SPARQL: {message}\n\n{excerpt}")]
    Syntax {
        /// The file, named query or option it came from.
        source_name: String,
        /// Line, counted from 1.
        line: usize,
        /// Column in characters, counted from 1.
        column: usize,
        /// What was expected.
        message: String,
        /// The line, with the place marked below it.
        excerpt: String,
    },
    /// The query is not SPARQL, and the parser does not say where.
    #[error("{source_name}: broken SPARQL: {message}")]
    Invalid {
        /// The file, named query or option it came from.
        source_name: String,
        /// What is wrong.
        message: String,
    },
    /// A parameter is set that the query does not have.
    #[error("{source_name}: no parameter {name}; {known}")]
    UnknownParameter {
        /// The file, named query or option it came from.
        source_name: String,
        /// The parameter as given.
        name: String,
        /// Those it has.
        known: String,
    },
    /// What follows `--set` is not `name=value`.
    #[error("--set {given}: not name=value; for example --set who=Kirby")]
    BadParameter {
        /// As given.
        given: String,
    },
    /// A text is given where the query wants an IRI.
    #[error(
        "{source_name}: --set {name}={given}: not an IRI; tables show those of the store, such as \
         entity/ukraine; for words, see the query's other parameters"
    )]
    NotAnIri {
        /// The file, named query or option it came from.
        source_name: String,
        /// The parameter.
        name: String,
        /// Its value as given.
        given: String,
    },
    /// There is no query of that name.
    #[error(
        "{name}: no such file or named query{near}; `reportedly query --list` shows the named \
         ones; SPARQL itself goes behind -e"
    )]
    UnknownQuery {
        /// The name as given.
        name: String,
        /// A name much like it, as a question; may be empty.
        near: String,
    },
    /// It is an update.
    #[error("{source_name}: the store is read only for queries, and this is a SPARQL update")]
    ReadOnly {
        /// The file, named query or option it came from.
        source_name: String,
    },
    /// It uses a prefix that is neither declared nor known.
    #[error(
        "{source_name}:{line}: the prefix {prefix}: is not declared{near}; write PREFIX {prefix}: \
         <…> before the query"
    )]
    UnknownPrefix {
        /// The file, named query or option it came from.
        source_name: String,
        /// Line, counted from 1.
        line: usize,
        /// The prefix.
        prefix: String,
        /// A known prefix much like it, as a question; may be empty.
        near: String,
    },
    /// It was stopped from outside.
    #[error("{source_name}: stopped")]
    Cancelled {
        /// The file, named query or option it came from.
        source_name: String,
    },
    /// An update fetches something.
    #[error("{source_name}: LOAD is off: nothing is fetched; INSERT DATA takes the triples")]
    Load {
        /// What names the update.
        source_name: String,
    },
    /// Graphs are named beside an update and in it.
    #[error("{source_name}: using-graph-uri is for updates without USING and WITH")]
    UsingTwice {
        /// What names the update.
        source_name: String,
    },
    /// The database could not make a change.
    #[error("{source_name}: {message}")]
    Update {
        /// What names the update.
        source_name: String,
        /// What the database says.
        message: String,
    },
    /// Its comment promises rows part by part, but it gives no rows.
    #[error("{source_name}: # Rows: by VARIABLE is for SELECT with that variable")]
    NotByPart {
        /// The file, named query or option it came from.
        source_name: String,
    },
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database could not answer it.
    #[error("{source_name}: {error}")]
    Evaluation {
        /// The file, named query or option it came from.
        source_name: String,
        /// What the database says.
        error: QueryEvaluationError,
    },
}

impl QueryError {
    /// The error of a name that no named query has.
    pub fn unknown_query(name: &str) -> Self {
        let near = near(name, named_queries().map(|query| query.name));
        Self::UnknownQuery { name: name.to_owned(), near }
    }

    /// The error of an evaluation.
    pub fn evaluation(source: &str, error: QueryEvaluationError) -> Self {
        let source_name = source.to_owned();
        match error {
            QueryEvaluationError::Cancelled => Self::Cancelled { source_name },
            error => Self::Evaluation { source_name, error },
        }
    }

    pub(super) fn not_by_part(source: &str) -> Self {
        Self::NotByPart { source_name: source.to_owned() }
    }

    /// The error of a parser's message, `error at 3:17: expected …`.
    pub(super) fn syntax(source: &str, sparql: &str, message: &str) -> Self {
        let source_name = source.to_owned();
        if let Some((line, prefix)) = undeclared(sparql) {
            let near = near(&prefix, PREFIXES.iter().map(|(name, _)| *name));
            return Self::UnknownPrefix { source_name, line, prefix, near };
        }
        let Some((line, column, message)) = place(message) else {
            return Self::Invalid { source_name, message: message.to_owned() };
        };
        let text = sparql.lines().nth(line.saturating_sub(1)).unwrap_or("");
        let excerpt = excerpt(text, line, column);
        Self::Syntax { source_name, line, column, message: readable(message), excerpt }
    }
}

/// The name most like a mistyped one, as a question, if one is much like it.
fn near<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    const ALIKE: f64 = 0.6;
    let likeness = |known: &&str| strsim::normalized_damerau_levenshtein(name, known);
    let best = known.max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let best = best.filter(|best| likeness(best) >= ALIKE);
    best.map_or_else(String::new, |best| format!(" (did you mean {best}?)"))
}

/// The first prefix that is used but neither declared nor known, and its line.
fn undeclared(sparql: &str) -> Option<(usize, String)> {
    let declaration = Regex::new(r"(?i)\bprefix\s+([\w-]*):").ok()?;
    // What may hold a colon without being a prefixed name is passed over.
    let token =
        Regex::new(r#"(?m)"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|<[^<>\s]*>|#.*$|([\w-]*):"#).ok()?;
    let declared: Vec<&str> =
        declaration.captures_iter(sparql).filter_map(|c| Some(c.get(1)?.as_str())).collect();
    let known = |name: &str| declared.contains(&name) || PREFIXES.iter().any(|(p, _)| *p == name);
    let used = token.captures_iter(sparql).filter_map(|captures| captures.get(1));
    let unknown = used.into_iter().find(|name| !known(name.as_str()) && name.as_str() != "_")?;
    let line = sparql.get(..unknown.start())?.matches('\n').count() + 1;
    Some((line, unknown.as_str().to_owned()))
}

fn place(message: &str) -> Option<(usize, usize, &str)> {
    let (place, message) = message.strip_prefix("error at ")?.split_once(": ")?;
    let (line, column) = place.split_once(':')?;
    Some((line.parse().ok()?, column.parse().ok()?, message))
}

/// What was expected, without the classes of characters that the parser also
/// names (`['A' ..= 'Z' | …]`), and without a list too long to read.
fn readable(message: &str) -> String {
    const SHOWN: usize = 8;
    let Some(list) = message.strip_prefix("expected one of ") else { return message.to_owned() };
    let flat = list.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut words: Vec<&str> = flat.split(", ").filter(|w| !w.contains(['[', ']'])).collect();
    words.dedup();
    match words.len() {
        0 => "this was not expected here".to_owned(),
        n if n > SHOWN => {
            format!("expected {}, …", words.get(..SHOWN).unwrap_or_default().join(", "))
        }
        _ => format!("expected {}", words.join(" or ")),
    }
}

/// The line with a mark under the column; of a long line, what is around it.
fn excerpt(text: &str, line: usize, column: usize) -> String {
    const AROUND: usize = 60;
    let skipped = column.saturating_sub(AROUND);
    let shown: String = text
        .chars()
        .skip(skipped)
        .take(2 * AROUND)
        .map(|c| if c == '\t' { ' ' } else { c })
        .collect();
    let margin = format!("{line} | ");
    let before = margin.len() + (column - skipped).saturating_sub(1);
    format!("{margin}{shown}\n{}^", " ".repeat(before))
}

#[cfg(test)]
mod tests {
    use super::QueryError;
    use crate::query::parse;

    fn check(sparql: &str, expected: &str) {
        let error = parse("here", sparql, "https://example.org/").unwrap_err().to_string();
        let place: Vec<&str> = error.splitn(4, ':').take(3).collect();
        assert_eq!(place.join(":"), expected, "{error}");
    }

    #[test]
    fn errors_name_the_place() {
        check("SELECT ?s WHERE { ?s ?p }", "here:1:26");
        check("SELECT ?s\nWHERE { ?s <x> ?o ?o }", "here:2:23");
        check("", "here:1:1");
    }

    fn message(sparql: &str) -> String {
        parse("here", sparql, "https://example.org/").unwrap_err().to_string()
    }

    #[test]
    fn prefixes_that_are_not_declared_are_named() {
        let error = message("SELECT ?s\nWHERE { ?s nope:p ?o }");
        assert!(error.starts_with("here:2: the prefix nope: is not declared; "), "{error}");
        let error = message("SELECT ?s { ?s schem:name \"a:b\" }");
        assert!(error.contains("schem: is not declared (did you mean schema?)"), "{error}");
        let error = message("SELECT ?s { ?s <urn:p> 'x: \\'y' . _:b :p ?s ?s }");
        assert!(error.contains("the prefix : is not declared"), "{error}");
    }

    #[test]
    fn updates_are_refused_as_such() {
        let error = message("DELETE WHERE { ?s rp:text ?o }");
        assert_eq!(error, "here: the store is read only for queries, and this is a SPARQL update");
    }

    #[test]
    fn near_names_are_suggested() {
        let error = |name| QueryError::unknown_query(name).to_string();
        assert!(error("said_by").contains("did you mean said-by?"));
        assert!(!error("weather").contains("did you mean"));
    }

    #[test]
    fn the_place_is_marked() {
        let error = parse("q", "SELECT ?s\nWHERE { ?s ?p }", "https://example.org/").unwrap_err();
        let text = error.to_string();
        let lines: Vec<&str> = text.lines().rev().take(2).collect();
        assert_eq!(lines, ["                   ^", "2 | WHERE { ?s ?p }"]);
    }
}
