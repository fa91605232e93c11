//! HTML that cannot be broken by what stands in it: tags and the names of attributes
//! are constants of this program, and all else is escaped.

use crate::report::{PassageLink, Report, to_sections};
use crate::text::push_escaped;

/// A piece of HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Html(String);

/// The attributes of an element.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Html {
    /// Adds text.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        push_escaped(&mut self.0, text);
        self
    }

    /// Adds the stories of a report, which has escaped what comes of articles.
    pub(super) fn stories(&mut self, report: &Report, link: PassageLink<'_>) -> &mut Self {
        self.0.push_str(&to_sections(report, link));
        self
    }

    /// Adds an element that has nothing in it: `<input>`.
    pub(super) fn void(&mut self, tag: &'static str, attributes: Attributes<'_>) -> &mut Self {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            self.text(value);
            self.0.push('"');
        }
        self.0.push('>');
        self
    }

    /// Adds an element with what the function puts into it.
    pub(super) fn within(
        &mut self,
        tag: &'static str,
        attributes: Attributes<'_>,
        fill: impl FnOnce(&mut Self),
    ) -> &mut Self {
        self.void(tag, attributes);
        fill(self);
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
        self
    }

    /// Adds an element with text in it.
    pub(super) fn element(
        &mut self,
        tag: &'static str,
        attributes: Attributes<'_>,
        text: &str,
    ) -> &mut Self {
        self.within(tag, attributes, |html| {
            html.text(text);
        })
    }

    /// Adds another piece.
    pub(super) fn add(&mut self, other: &Self) -> &mut Self {
        self.0.push_str(&other.0);
        self
    }

    /// A whole document.
    pub(super) fn document(self) -> String {
        format!("<!DOCTYPE html>\n{}\n", self.0)
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_cannot_break_out() {
        let mut html = Html::default();
        html.element("p", &[("title", "\" onclick='x'")], "<script>&\u{0}");
        let expected = "<p title=\"&quot; onclick=&#39;x&#39;\">&lt;script&gt;&amp;\u{fffd}</p>";
        assert_eq!(html.0, expected);
    }
}
