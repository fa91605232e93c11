//! The first page, and the list of articles.

use super::layout::page;
use super::parts;
use super::search::form;
use crate::query::named_queries;
use crate::serve::facts::{Catalogue, Sources};
use crate::serve::site::Site;

/// So many articles are on one page of the list.
pub(in crate::serve) const ARTICLES: usize = 50;

/// The first page.
pub(in crate::serve) fn home(site: Site<'_>, catalogue: &Catalogue, sources: &Sources) -> String {
    page(site.rights, "Who says what", "/", |html| {
        html.element("h1", &[], "Who did what, and who says so");
        let many = format!("{} articles. Every claim leads to its sentence.", catalogue.len());
        html.element("p", &[("class", "lead")], &many);
        form(html, "");
        html.within("div", &[("class", "halves")], |html| {
            parts::section(html, "newest", "Newest articles", |html| {
                for head in catalogue.newest().take(8) {
                    html.within("p", &[], |html| parts::head(html, site, head));
                }
            });
            parts::section(html, "quoted", "Most quoted", |html| {
                for quoted in sources.named.iter().take(8) {
                    html.within("p", &[], |html| {
                        parts::thing(html, site, &quoted.thing);
                        let many = format!(" · {} times", quoted.attributions);
                        html.element("span", &[("class", "faint")], &many);
                    });
                }
            });
        });
        parts::section(html, "ask", "Questions", |html| {
            html.within("ul", &[("class", "questions")], |html| {
                for query in named_queries() {
                    html.within("li", &[], |html| {
                        let path = format!("/question/{}", query.name);
                        html.element("a", &[("href", &path)], query.question());
                    });
                }
            });
        });
    })
}

/// A page of the list of articles.
pub(in crate::serve) fn articles(site: Site<'_>, catalogue: &Catalogue, start: usize) -> String {
    page(site.rights, "Articles", "/articles", |html| {
        html.element("h1", &[], "Articles");
        let many = format!("{} articles, the newest first.", catalogue.len());
        html.element("p", &[("class", "faint")], &many);
        for head in catalogue.newest().skip(start).take(ARTICLES) {
            html.within("p", &[], |html| parts::head(html, site, head));
        }
        let path = if start > 0 { format!("/articles?start={start}") } else { "/articles".into() };
        parts::downloads(html, &path, parts::PAGE_FORMATS);
        html.within("p", &[], |html| {
            if start > 0 {
                let newer = format!("/articles?start={}", start.saturating_sub(ARTICLES));
                html.element("a", &[("href", &newer), ("rel", "prev")], "newer").text(" ");
            }
            if start + ARTICLES < catalogue.len() {
                let older = format!("/articles?start={}", start + ARTICLES);
                html.element("a", &[("href", &older), ("rel", "next")], "older");
            }
        });
    })
}
