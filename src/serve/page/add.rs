//! The page that adds articles: a text that is pasted, or files that are dropped.

use super::html::Html;
use super::layout::page;
use crate::serve::rights::Rights;

/// What may be said of a pasted text: name, label, kind of field, example.
const HEAD: [(&str, &str, &str, &str); 5] = [
    ("title", "Headline", "text", ""),
    ("publisher", "Publisher", "text", ""),
    ("date", "Day it appeared", "date", ""),
    ("byline", "Written by", "text", ""),
    ("url", "Address", "url", "https://"),
];

/// The page.
pub(in crate::serve) fn add(rights: Rights) -> String {
    page(rights, "Add articles", "/add", |html| {
        html.element("h1", &[], "Add articles");
        let words = "A text, or files of any kind that `reportedly build` reads: pages, documents, \
                     feeds, tables, archives. They are read, and their claims stand in the store \
                     as soon as they are.";
        html.element("p", &[("class", "faint")], words);
        let form = [
            ("action", "/add"),
            ("method", "post"),
            ("enctype", "multipart/form-data"),
            ("class", "add"),
            ("id", "add"),
        ];
        html.within("form", &form, |html| {
            html.element("label", &[("for", "text")], "The text of an article");
            let area = [("id", "text"), ("name", "text"), ("rows", "12"), ("class", "prose")];
            html.element("textarea", &area, "");
            html.within("div", &[("class", "fields")], head);
            html.within("p", &[("class", "drop"), ("id", "drop")], |html| {
                html.element("label", &[("for", "file")], "Or files; they can be dropped here");
                let field = [("type", "file"), ("id", "file"), ("name", "file"), ("multiple", "")];
                html.void("input", &field);
            });
            html.element("button", &[], "Add");
        });
    })
}

fn head(html: &mut Html) {
    for (name, label, kind, example) in HEAD {
        html.within("p", &[], |html| {
            html.element("label", &[("for", name)], label);
            let field = [("type", kind), ("id", name), ("name", name), ("placeholder", example)];
            html.void("input", &field);
        });
    }
}
