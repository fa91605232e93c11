//! The page of a story: what its articles share, from whom, and where they differ.

use super::layout::page;
use super::parts::{self, PAGE_FORMATS};
use crate::report::{Article, Report};
use crate::serve::site::Site;

/// The page.
pub(in crate::serve) fn story(site: Site<'_>, path: &str, report: &Report) -> String {
    page(site.rights, &report.title, "/question/stories", |html| {
        html.within("div", &[("class", "report")], |html| {
            html.element("h1", &[], &report.title);
            let link = |article: &Article, (start, end): (usize, usize)| {
                let passage = format!("{}#char={start},{end}", article.iri);
                site.path(&passage).unwrap_or(passage)
            };
            html.void("link", &[("rel", "stylesheet"), ("href", "/assets/story.css")]);
            html.stories(report, &link);
        });
        parts::downloads(html, path, PAGE_FORMATS);
    })
}
