//! What people decided about entities: the list, and the forms on an entity's page.

use super::html::Html;
use super::layout::page;
use super::parts;
use crate::serve::facts::{Decided, Entity};
use crate::serve::rights::Rights;
use crate::serve::site::Site;

/// The list of the decisions.
pub(in crate::serve) fn decisions(site: Site<'_>, all: &[Decided]) -> String {
    page(site.rights, "Decisions", "/decisions", |html| {
        html.element("h1", &[], "Decisions");
        let words = "What people decided about the entities of this store. A decision holds in \
                     every later build; undone, it is as if it had never been made.";
        html.element("p", &[("class", "faint")], words);
        if all.is_empty() {
            let none = "Nothing was decided yet. The forms are on the pages of entities.";
            html.element("p", &[], none);
        }
        html.within("ul", &[("class", "hits")], |html| {
            for decided in all {
                html.within("li", &[("class", "decision")], |html| decision(html, site, decided));
            }
        });
        parts::downloads(html, "/graph/decisions", parts::NODE_FORMATS);
    })
}

fn decision(html: &mut Html, site: Site<'_>, decided: &Decided) {
    html.within("p", &[], |html| {
        parts::thing(html, site, &decided.entity);
        html.text(" ").element("strong", &[], decided.verdict).text(" ");
        parts::thing(html, site, &decided.target);
        for (index, article) in decided.articles.iter().enumerate() {
            html.text(if index == 0 { " in " } else { ", " });
            parts::thing(html, site, article);
        }
    });
    let said: Vec<&str> =
        [&decided.reason, &decided.by, &decided.on].into_iter().flatten().map(|t| &**t).collect();
    if !said.is_empty() {
        html.element("p", &[("class", "faint")], &said.join(" · "));
    }
    if site.rights == Rights::Writer {
        html.within("form", &[("action", "/decide"), ("method", "post")], |html| {
            hidden(html, "kind", "undo");
            hidden(html, "decision", &decided.id);
            html.element("button", &[("class", "quiet")], "Undo");
        });
    }
}

fn hidden(html: &mut Html, name: &str, value: &str) {
    html.void("input", &[("type", "hidden"), ("name", name), ("value", value)]);
}

/// A form: its kind, heading and button, and its fields with their labels.
type Form = (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)]);

/// What can be decided.
const FORMS: [Form; 5] = [
    (
        "merge",
        "Another entity is this one",
        "Merge",
        &[("other", "The other: the address of its page, such as entity/brook")],
    ),
    (
        "split",
        "Some articles mean another",
        "Split",
        &[
            ("article", "The article: its address, such as article/ferry"),
            ("as", "Whom it means: a name that tells it from this one, or an entity"),
        ],
    ),
    ("link", "It has an id elsewhere", "Link", &[("id", "Q597, or an IRI")]),
    ("unlink", "It is not what it is linked to", "Unlink", &[("id", "Q597, or an IRI")]),
    ("rename", "It is called otherwise", "Rename", &[("name", "Its name")]),
];

/// The forms on the page of an entity, for who may write.
pub(super) fn forms(html: &mut Html, site: Site<'_>, entity: &Entity) {
    let path = site.path(&entity.iri).unwrap_or_default();
    html.within("details", &[("class", "decide")], |html| {
        html.element("summary", &[], "Correct this entity");
        html.within("div", &[("class", "fields")], |html| {
            for (kind, heading, button, fields) in FORMS {
                form(html, path.trim_start_matches('/'), (kind, heading, button), fields);
            }
        });
        html.element("a", &[("href", "/decisions")], "What was decided");
    });
}

fn form(
    html: &mut Html,
    path: &str,
    (kind, heading, button): (&str, &str, &str),
    fields: &[(&str, &str)],
) {
    html.within("form", &[("action", "/decide"), ("method", "post"), ("id", kind)], |html| {
        html.element("h2", &[], heading);
        hidden(html, "kind", kind);
        hidden(html, "entity", path);
        for (name, label) in fields {
            field(html, kind, name, label, true);
        }
        field(html, kind, "reason", "Why", false);
        field(html, kind, "by", "Who decides", false);
        html.element("button", &[], button);
    });
}

fn field(html: &mut Html, kind: &str, name: &str, label: &str, is_needed: bool) {
    let id = format!("{kind}-{name}");
    html.within("p", &[], |html| {
        html.element("label", &[("for", &id)], label);
        let needed: &[_] = if is_needed { &[("required", "")] } else { &[] };
        html.void("input", &[&[("id", id.as_str()), ("name", name)], needed].concat());
    });
}
