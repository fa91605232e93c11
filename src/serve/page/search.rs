//! The search page, and the small page that OpenRefine shows of an entity.

use super::html::Html;
use super::layout::page;
use super::parts;
use crate::serve::facts::{Entity, Found, Hit};
use crate::serve::fields::encoded;
use crate::serve::site::Site;

/// The search page. It is complete without a script; with one, results come as one
/// types.
pub(in crate::serve) fn search(site: Site<'_>, words: &str, found: &Found) -> String {
    let title = if words.is_empty() { "Search".to_owned() } else { format!("{words} – Search") };
    page(site.rights, &title, "/search", |html| {
        html.element("h1", &[], "Search");
        form(html, words);
        html.within("div", &[("id", "results"), ("aria-live", "polite")], |html| {
            results(html, site, words, found);
            if !words.is_empty() {
                let path = format!("/search?{}", encoded([("q", words)]));
                parts::downloads(html, &path, parts::PAGE_FORMATS);
            }
        });
    })
}

/// The form that leads to the search page.
pub(super) fn form(html: &mut Html, words: &str) {
    let form = [("action", "/search"), ("role", "search"), ("class", "search")];
    html.within("form", &form, |html| {
        html.element("label", &[("for", "q")], "People, organisations, places, words");
        html.within("div", &[("class", "row")], |html| {
            let field = [
                ("type", "search"),
                ("id", "q"),
                ("name", "q"),
                ("value", words),
                ("autocomplete", "off"),
                ("spellcheck", "false"),
            ];
            html.void("input", &field);
            html.element("button", &[], "Search");
        });
    });
}

fn results(html: &mut Html, site: Site<'_>, words: &str, found: &Found) {
    if words.is_empty() {
        html.element("p", &[("class", "faint")], "Names, headlines and what is said are searched.");
        return;
    }
    let is_empty =
        found.entities.is_empty() && found.articles.is_empty() && found.claims.is_empty();
    if is_empty && !found.too_many {
        let none = "Nothing has these words. Fewer letters of a name find more.";
        html.element("p", &[], none);
    }
    if found.too_many {
        html.element("p", &[("class", "faint")], "Very many texts have these letters; type more.");
    }
    parts::section(html, "entities", "Entities", |html| {
        if !found.entities.is_empty() {
            html.within("ul", &[("class", "hits")], |html| {
                found.entities.iter().for_each(|hit| entity(html, site, hit));
            });
        }
    });
    parts::section(html, "articles", "Articles", |html| {
        for head in &found.articles {
            html.within("p", &[], |html| parts::head(html, site, head));
        }
    });
    parts::section(html, "claims", "Claims with these words", |html| {
        for claim in &found.claims {
            parts::claim(html, site, claim, true);
        }
    });
}

fn entity(html: &mut Html, site: Site<'_>, hit: &Hit) {
    html.within("li", &[], |html| {
        let path = site.path(&hit.iri).unwrap_or_default();
        html.element("a", &[("href", &path)], &hit.label);
        let mut more = format!(" {}", hit.types.join(", "));
        if let Some(other) = &hit.other {
            more.push_str(&format!(", also {other}"));
        }
        let many = if hit.claims == 100 { "100+".to_owned() } else { hit.claims.to_string() };
        more.push_str(&format!(" · {many} claims"));
        html.element("span", &[("class", "faint")], &more);
    });
}

/// An entity in a few words.
pub(in crate::serve) fn preview(site: Site<'_>, entity: &Entity) -> String {
    page(site.rights, &entity.label, "", |html| {
        html.element("h1", &[], &entity.label);
        html.element("p", &[], &entity.types.join(", "));
        html.element("p", &[], &entity.names.join(", "));
        if let Some(claim) = entity.does.claims.first() {
            html.element("p", &[], claim.evidence.as_ref().map_or("", |e| e.text.as_str()));
        }
    })
}
