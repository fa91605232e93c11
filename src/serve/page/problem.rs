//! The page of what went wrong.

use super::layout::page;
use crate::serve::http::Problem;
use crate::serve::rights::Rights;

/// The page of what went wrong, and of what helps.
pub(in crate::serve) fn problem(rights: Rights, problem: &Problem) -> String {
    page(rights, problem.title(), "", |html| {
        html.element("h1", &[], problem.title());
        html.element("pre", &[("class", "problem")], &problem.detail);
        html.within("p", &[], |html| {
            if problem.status == 401 {
                html.element("a", &[("href", "/sign-in")], "Sign in").text(" · ");
            }
            html.element("a", &[("href", "/")], "To the first page");
        });
    })
}
