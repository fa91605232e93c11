//! Why a question could not be answered.

use oxigraph::sparql::QueryEvaluationError;

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
    /// There is no query of that name.
    #[error(
        "{name}: no such file or named query; `reportedly query --list` shows the named ones; SPARQL itself goes behind -e"
    )]
    UnknownQuery {
        /// The name as given.
        name: String,
    },
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
    /// The error of a parser's message, `error at 3:17: expected …`.
    pub(super) fn syntax(source: &str, sparql: &str, message: &str) -> Self {
        let source_name = source.to_owned();
        let Some((line, column, message)) = place(message) else {
            return Self::Invalid { source_name, message: message.to_owned() };
        };
        let text = sparql.lines().nth(line.saturating_sub(1)).unwrap_or("");
        let excerpt = excerpt(text, line, column);
        Self::Syntax { source_name, line, column, message: readable(message), excerpt }
    }
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
    use crate::query::parse;

    fn check(sparql: &str, expected: &str) {
        let error = parse("here", sparql, "https://example.org/").unwrap_err().to_string();
        let place: Vec<&str> = error.splitn(4, ':').take(3).collect();
        assert_eq!(place.join(":"), expected, "{error}");
    }

    #[test]
    fn errors_name_the_place() {
        check("SELECT ?s WHERE { ?s ?p }", "here:1:26");
        check("SELECT ?s\nWHERE { ?s nope:p ?o }", "here:2:18");
        check("", "here:1:1");
    }

    #[test]
    fn the_place_is_marked() {
        let error = parse("q", "SELECT ?s\nWHERE { ?s ?p }", "https://example.org/").unwrap_err();
        let text = error.to_string();
        let lines: Vec<&str> = text.lines().rev().take(2).collect();
        assert_eq!(lines, ["                   ^", "2 | WHERE { ?s ?p }"]);
    }
}
