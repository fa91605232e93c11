//! The pages of questions: the shipped ones as forms, and SPARQL of one's own.

use super::html::Html;
use super::layout::page;
use super::parts;
use super::results::{View, results};
use crate::query::{NamedQuery, named_queries};
use crate::serve::fields::encoded;
use crate::serve::rows::Rows;
use crate::serve::site::Site;

/// What was asked, and what came of it.
pub(in crate::serve) enum Asked {
    /// Nothing yet.
    Nothing,
    /// It was answered.
    Answer(Rows),
    /// It could not be answered.
    Refused(String),
}

/// The formats of rows.
const ROW_FORMATS: &[(&str, &str)] =
    &[("csv", "CSV"), ("tsv", "TSV"), ("json", "SPARQL JSON"), ("xml", "XML")];

/// The list of the questions.
pub(in crate::serve) fn questions(site: Site<'_>) -> String {
    page(site.rights, "Questions", "/questions", |html| {
        html.element("h1", &[], "Questions");
        list(html);
        parts::downloads(html, "/questions", &[("csv", "CSV")]);
    })
}

fn list(html: &mut Html) {
    for query in named_queries() {
        html.within("p", &[], |html| {
            let path = format!("/question/{}", query.name);
            html.element("a", &[("href", &path)], query.question());
        });
    }
}

/// A question as a form, with its answer.
pub(in crate::serve) fn question(
    site: Site<'_>,
    query: NamedQuery,
    values: &[(&str, &str)],
    view: View,
    asked: &Asked,
) -> String {
    let path = format!("/question/{}", query.name);
    page(site.rights, query.question(), "/questions", |html| {
        html.element("h1", &[], query.question());
        html.within("form", &[("action", &path), ("class", "question")], |html| {
            for (name, meaning) in query.parameters() {
                let given = values.iter().find(|(key, _)| *key == name).map_or("", |(_, v)| *v);
                field(html, name, meaning, given);
            }
            views(html, view);
            html.element("button", &[], "Ask");
        });
        answer(html, site, view, asked);
        let data = format!("/api/question/{}?{}", query.name, encoded(values.iter().copied()));
        parts::downloads(html, &data, ROW_FORMATS);
        html.within("details", &[], |html| {
            html.element("summary", &[], "The question in SPARQL");
            html.element("pre", &[], query.sparql);
            let path = format!("/query?{}", encoded([("query", query.sparql)]));
            html.element("a", &[("href", &path)], "Change it");
        });
    })
}

fn field(html: &mut Html, name: &str, meaning: &str, given: &str) {
    html.within("p", &[], |html| {
        html.element("label", &[("for", name)], meaning);
        html.void("input", &[("id", name), ("name", name), ("value", given)]);
    });
}

/// Which view of the answer is wanted.
fn views(html: &mut Html, view: View) {
    html.within("p", &[], |html| {
        html.element("label", &[("for", "view")], "Show as");
        html.within("select", &[("id", "view"), ("name", "view")], |html| {
            for (other, name, words) in View::ALL {
                let selected: &[_] = if other == view { &[("selected", "")] } else { &[] };
                html.element("option", &[&[("value", name)], selected].concat(), words);
            }
        });
    });
}

/// The page for SPARQL of one's own. With a script, words are coloured and completed.
pub(in crate::serve) fn sparql(site: Site<'_>, query: &str, view: View, asked: &Asked) -> String {
    page(site.rights, "SPARQL", "/query", |html| {
        html.element("h1", &[], "SPARQL");
        html.within("form", &[("action", "/query"), ("class", "sparql")], |html| {
            let label = "Query. The prefixes rp:, rel:, schema:, skos:, prov:, oa: are known.";
            html.element("label", &[("for", "query")], label);
            html.within("div", &[("class", "editor"), ("id", "editor")], |html| {
                let area =
                    [("id", "query"), ("name", "query"), ("rows", "12"), ("spellcheck", "false")];
                html.element("textarea", &area, query);
            });
            views(html, view);
            html.element("button", &[], "Ask");
        });
        answer(html, site, view, asked);
        let data = format!("/sparql?{}", encoded([("query", query)]));
        match asked {
            Asked::Answer(rows) if rows.is_graph => {
                parts::downloads(html, &data, parts::NODE_FORMATS);
            }
            Asked::Answer(_) => parts::downloads(html, &data, ROW_FORMATS),
            Asked::Nothing | Asked::Refused(_) => {}
        }
        html.within("details", &[], |html| {
            html.element("summary", &[], "The questions that ship");
            list(html);
        });
        html.element("script", &[("src", "/assets/sparql.js"), ("defer", "")], "");
    })
}

fn answer(html: &mut Html, site: Site<'_>, view: View, asked: &Asked) {
    match asked {
        Asked::Nothing => {}
        Asked::Answer(rows) => results(html, site, view, rows),
        Asked::Refused(why) => {
            html.element("pre", &[("class", "problem"), ("role", "alert")], why);
        }
    }
}
