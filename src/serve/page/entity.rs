//! The page of an entity.

use super::decisions;
use super::drawing;
use super::html::Html;
use super::layout::page;
use super::parts::{self, PAGE_FORMATS};
use crate::serve::facts::{Entity, local_name};
use crate::serve::rights::Rights;
use crate::serve::site::Site;

/// The page of an entity.
pub(in crate::serve) fn entity(site: Site<'_>, entity: &Entity) -> String {
    let path = site.path(&entity.iri).unwrap_or_default();
    page(site.rights, &entity.label, "", |html| {
        html.element("p", &[("class", "kicker")], &entity.types.join(", "));
        html.element("h1", &[], &entity.label);
        names(html, site, entity);
        html.within("div", &[("class", "drawings")], |html| {
            parts::section(html, "time", "When it is spoken of", |html| {
                drawing::timeline(html, &entity.timeline);
            });
            parts::section(html, "with", "Together with", |html| {
                drawing::companions(html, site, &entity.label, &entity.companions);
            });
        });
        let lists = [
            ("does", "Does", &entity.does),
            ("about", "Said about", &entity.about),
            ("said", "Said by", &entity.said),
        ];
        for (id, title, list) in lists {
            let title = format!("{title} ({})", parts::count(list));
            parts::section(html, id, &title, |html| parts::listed(html, site, list, &path));
        }
        parts::downloads(html, &path, PAGE_FORMATS);
        if site.rights == Rights::Writer {
            decisions::forms(html, site, entity);
        }
    })
}

fn names(html: &mut Html, site: Site<'_>, entity: &Entity) {
    if !entity.names.is_empty() {
        let names = format!("Also: {}", entity.names.join(", "));
        html.element("p", &[("class", "byline")], &names);
    }
    if let Some(article) = entity.article.as_deref().and_then(|iri| site.path(iri)) {
        html.within("p", &[("class", "byline")], |html| {
            html.text("Known in ")
                .element("a", &[("href", &article)], "one article")
                .text(" only.");
        });
    }
    if !entity.links.is_empty() {
        html.within("p", &[("class", "byline")], |html| {
            html.text("Elsewhere: ");
            for (index, link) in entity.links.iter().enumerate() {
                html.text(if index == 0 { "" } else { ", " });
                parts::outside(html, link, name_of(link));
            }
        });
    }
}

/// The end of an address, without a slash behind it.
fn name_of(link: &str) -> &str {
    local_name(link.trim_end_matches('/'))
}
