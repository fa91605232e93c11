//! What all pages have around them.

use super::html::Html;
use crate::serve::rights::Rights;

/// The places that every page leads to. A page of stories goes here.
const PLACES: [(&str, &str); 6] = [
    ("/search", "Search"),
    ("/question/stories", "Stories"),
    ("/articles", "Articles"),
    ("/sources", "Sources"),
    ("/questions", "Questions"),
    ("/query", "SPARQL"),
];

/// And those for who may write.
const WRITERS: [(&str, &str); 2] = [("/add", "Add"), ("/decisions", "Decisions")];

/// A page with its title; what is of its own goes into `<main>`.
pub(super) fn page(
    rights: Rights,
    title: &str,
    here: &str,
    fill: impl FnOnce(&mut Html),
) -> String {
    let mut html = Html::default();
    html.within("html", &[("lang", "en")], |html| {
        html.within("head", &[], |html| head(html, title));
        html.within("body", &[], |html| {
            html.element("a", &[("class", "skip"), ("href", "#main")], "Skip to content");
            html.within("header", &[("class", "top")], |html| top(html, rights, here));
            html.within("main", &[("id", "main"), ("tabindex", "-1")], fill);
            html.within("footer", &[], |html| foot(html, rights));
        });
    });
    html.document()
}

fn head(html: &mut Html, title: &str) {
    html.void("meta", &[("charset", "utf-8")]);
    html.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    html.void("meta", &[("name", "color-scheme"), ("content", "light dark")]);
    html.element("title", &[], &format!("{title} – Reportedly"));
    html.void("link", &[("rel", "stylesheet"), ("href", "/assets/style.css")]);
    html.void("link", &[("rel", "icon"), ("href", "/assets/icon.svg"), ("type", "image/svg+xml")]);
    html.element("script", &[("src", "/assets/script.js"), ("defer", "")], "");
}

fn top(html: &mut Html, rights: Rights, here: &str) {
    html.element("a", &[("class", "brand"), ("href", "/")], "Reportedly");
    html.within("nav", &[("aria-label", "Main")], |html| {
        let writers: &[_] = if rights == Rights::Writer { &WRITERS } else { &[] };
        for &(path, name) in PLACES.iter().chain(writers) {
            let current: &[_] = if path == here { &[("aria-current", "page")] } else { &[] };
            html.element("a", &[&[("href", path)], current].concat(), name);
        }
    });
}

fn foot(html: &mut Html, rights: Rights) {
    match rights {
        Rights::ReadOnly => {}
        Rights::Reader => {
            html.within("p", &[], |html| {
                html.element("a", &[("href", "/sign-in")], "Sign in").text(" to add articles.");
            });
        }
        Rights::Writer => {
            let form = [("action", "/sign-out"), ("method", "post")];
            html.within("form", &form, |html| {
                html.element("button", &[("class", "quiet")], "Sign out");
            });
        }
    }
    html.within("p", &[], |html| {
        html.text("Every statement here leads to the sentence it was read from. For programs: ");
        let links = [
            ("/api/openapi.json", "JSON"),
            ("/sparql", "SPARQL"),
            ("/reconcile", "reconciliation"),
            ("/.well-known/void", "VoID"),
        ];
        for (index, (path, name)) in links.into_iter().enumerate() {
            html.text(if index == 0 { "" } else { ", " }).element("a", &[("href", path)], name);
        }
        html.text(".");
    });
}
