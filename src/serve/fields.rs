//! Names and values, as addresses and forms have them.

use serde::{Deserialize, Serialize};

/// The fields of a query string or a form, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Those of `a=1&b=2`, percent-encoded.
    pub(super) fn parse(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// The first value of a field.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// The first value of a field that has words in it.
    pub(super) fn words(&self, name: &str) -> Option<&str> {
        self.get(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// All values of a field.
    pub(super) fn all<'f>(&'f self, name: &str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Every name and value.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// These and others.
    pub(super) fn with(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}

/// A query string of names and values.
pub(super) fn encoded<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_decoded() {
        let fields = Fields::parse(b"q=a+b%26c&q=2&empty=+");
        assert_eq!(fields.get("q"), Some("a b&c"));
        assert_eq!(fields.all("q").collect::<Vec<_>>(), ["a b&c", "2"]);
        assert_eq!(fields.words("empty"), None);
        assert_eq!(encoded([("q", "a b&c")]), "q=a+b%26c");
    }
}
