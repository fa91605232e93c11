//! The page of what went wrong.

use super::layout::page;
use crate::serve::http::Problem;

/// The page of what went wrong, and of what helps.
pub(in crate::serve) fn problem(problem: &Problem) -> String {
    page(problem.title(), "", |html| {
        html.element("h1", &[], problem.title());
        html.element("pre", &[("class", "problem")], &problem.detail);
        html.within("p", &[], |html| {
            html.element("a", &[("href", "/")], "To the first page");
        });
    })
}
