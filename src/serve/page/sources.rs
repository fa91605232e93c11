//! The page of sources: who is quoted how often.

use super::html::Html;
use super::layout::page;
use super::parts;
use crate::serve::facts::{Quoted, Sources};
use crate::serve::site::Site;

/// So many of each kind are shown.
const SHOWN: usize = 200;

/// The page of sources.
pub(in crate::serve) fn sources(site: Site<'_>, sources: &Sources) -> String {
    page(site.rights, "Sources", "/sources", |html| {
        html.element("h1", &[], "Sources");
        let intro = "Who is quoted or cited, how often, and in how many articles.";
        html.element("p", &[("class", "faint")], intro);
        html.within("div", &[("class", "halves")], |html| {
            table(html, site, "named", "With a name", &sources.named);
            table(html, site, "unnamed", "Without a name", &sources.unnamed);
        });
        parts::downloads(html, "/sources", parts::PAGE_FORMATS);
    })
}

fn table(html: &mut Html, site: Site<'_>, id: &str, title: &str, all: &[Quoted]) {
    let title = format!("{title} ({})", all.len());
    parts::section(html, id, &title, |html| {
        if all.is_empty() {
            return;
        }
        html.within("table", &[], |html| {
            html.within("tr", &[], |html| {
                html.element("th", &[("scope", "col")], "Source");
                html.element("th", &[("scope", "col"), ("class", "number")], "Attributions");
                html.element("th", &[("scope", "col"), ("class", "number")], "Articles");
            });
            for quoted in all.iter().take(SHOWN) {
                row(html, site, quoted);
            }
        });
    });
}

fn row(html: &mut Html, site: Site<'_>, quoted: &Quoted) {
    html.within("tr", &[], |html| {
        html.within("td", &[], |html| parts::thing(html, site, &quoted.thing));
        html.element("td", &[("class", "number")], &quoted.attributions.to_string());
        html.element("td", &[("class", "number")], &quoted.articles.to_string());
    });
}
