//! Which columns of a table, or fields of JSON, hold what, as the user says:
//! `text=body,title=headline`.

use std::str::FromStr;

use super::metadata::Field;

/// The names of columns for what is known of an article. What none is named for
/// is known by its usual names.
///
/// ```
/// use reportedly::read::{Columns, Options};
///
/// let mut options = Options::default();
/// options.columns = "text=body,title=source.headline,date=published_at".parse()?;
/// assert!("texts=body".parse::<Columns>().is_err());
/// # Ok::<(), reportedly::read::ColumnsError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(Vec<(Field, String)>);

/// Why some words name no columns.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ColumnsError {
    /// Not two names with `=` between.
    #[error("{0}: not of the form FIELD=COLUMN")]
    Form(String),
    /// No field of an article.
    #[error(
        "{0}: no field of an article; there are id, url, title, publisher, byline, date, language \
         and text"
    )]
    Field(String),
    /// Two columns for one field.
    #[error("{0}: named twice")]
    Twice(String),
}

impl FromStr for Columns {
    type Err = ColumnsError;

    fn from_str(words: &str) -> Result<Self, ColumnsError> {
        let mut columns: Vec<(Field, String)> = Vec::new();
        for part in words.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let Some((name, column)) = part.split_once('=') else {
                return Err(ColumnsError::Form(part.to_owned()));
            };
            let Some((field, _)) = Field::of(name) else {
                return Err(ColumnsError::Field(name.to_owned()));
            };
            if columns.iter().any(|(known, _)| *known == field) {
                return Err(ColumnsError::Twice(name.to_owned()));
            }
            columns.push((field, column.trim().to_owned()));
        }
        Ok(Self(columns))
    }
}

impl Columns {
    /// The column that is named for a field.
    pub(super) fn of(&self, field: Field) -> Option<&str> {
        let (_, column) = self.0.iter().find(|(known, _)| *known == field)?;
        Some(column)
    }

    /// Whether a column, or one within it, is named for a field.
    #[cfg(feature = "parquet")]
    pub(super) fn name(&self, column: &str) -> bool {
        self.0.iter().any(|(_, named)| named == column || outer(named) == column)
    }

    /// The first column that is named and not there; one within another is
    /// looked for by the first part of its name.
    #[cfg(feature = "tables")]
    pub(super) fn missing(&self, names: &[String]) -> Option<&str> {
        let is_there =
            |column: &str| names.iter().any(|name| name == column || name == outer(column));
        let named = self.0.iter().map(|(_, column)| column.as_str());
        named.into_iter().find(|column| !is_there(column))
    }

    /// What to do where no text was found: the names that there are, and which
    /// may hold it, by how long its value is.
    pub(super) fn hint(names: &[&str], lengths: &[usize]) -> String {
        /// A text has this many bytes at least.
        const SHORTEST: usize = 40;
        if names.is_empty() {
            return "there is nothing in it".to_owned();
        }
        let all = names.join(", ");
        let longest = names.iter().zip(lengths).max_by_key(|(_, length)| **length);
        match longest {
            Some((name, length)) if *length >= SHORTEST => {
                format!("its columns are {all}; perhaps --map text={name}")
            }
            _ => format!("its columns are {all}; name the one of the text with --map text=COLUMN"),
        }
    }
}

/// The first part of the name of a column within another: `source.name`.
#[cfg(feature = "tables")]
fn outer(column: &str) -> &str {
    column.split_once('.').map_or(column, |(outer, _)| outer)
}

/// The name that is most like another, where one is like it at all.
#[cfg(feature = "tables")]
pub(super) fn nearest<'a>(names: &'a [String], wanted: &str) -> Option<&'a str> {
    let likeness = |name: &str| strsim::jaro_winkler(&name.to_lowercase(), &wanted.to_lowercase());
    let best = names.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(best) > 0.75).then_some(best.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &str) {
        let found = words.parse::<Columns>();
        let found = found.map_or_else(|e| e.to_string(), |columns| format!("{:?}", columns.0));
        assert!(found.starts_with(expected), "{found}");
    }

    #[test]
    fn columns_are_named_for_fields() {
        check("text=body, date=published_at", "[(Text, \"body\"), (Published, \"published_at\")]");
        check("text", "text: not of the form");
        check("texts=body", "texts: no field of an article");
        check("text=a,body=b", "body: named twice");
    }
}
