//! The pages of questions: the shipped ones as forms, and SPARQL of one's own.

use super::html::Html;
use super::layout::page;
use super::parts::{self, Site};
use crate::query::{NamedQuery, named_queries};
use crate::serve::facts::Thing;
use crate::serve::fields::encoded;
use crate::serve::rows::Rows;

/// What was asked, and what came of it.
pub(in crate::serve) enum Asked {
    /// Nothing yet.
    Nothing,
    /// It was answered.
    Answer(Rows),
    /// It gives triples, which are downloaded.
    Triples,
    /// It could not be answered.
    Refused(String),
}

/// The list of the questions.
pub(in crate::serve) fn questions(site: Site<'_>) -> String {
    page(site.rights, "Questions", "/questions", |html| {
        html.element("h1", &[], "Questions");
        for query in named_queries() {
            html.within("p", &[], |html| {
                let path = format!("/question/{}", query.name);
                html.element("a", &[("href", &path)], query.question());
            });
        }
    })
}

/// A question as a form, with its answer.
pub(in crate::serve) fn question(
    site: Site<'_>,
    query: NamedQuery,
    values: &[(&str, &str)],
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
            html.element("button", &[], "Ask");
        });
        answer(html, site, asked);
        let data = format!("/api/question/{}?{}", query.name, encoded(values.iter().copied()));
        let formats = [("csv", "CSV"), ("tsv", "TSV"), ("json", "SPARQL JSON"), ("xml", "XML")];
        parts::downloads(html, &data, &formats);
        html.within("details", &[], |html| {
            html.element("summary", &[], "The question in SPARQL");
            html.element("pre", &[], query.sparql);
        });
    })
}

fn field(html: &mut Html, name: &str, meaning: &str, given: &str) {
    html.within("p", &[], |html| {
        html.element("label", &[("for", name)], meaning);
        html.void("input", &[("id", name), ("name", name), ("value", given)]);
    });
}

/// The page for SPARQL of one's own.
pub(in crate::serve) fn sparql(site: Site<'_>, query: &str, asked: &Asked) -> String {
    page(site.rights, "SPARQL", "/query", |html| {
        html.element("h1", &[], "SPARQL");
        html.within("form", &[("action", "/query"), ("class", "sparql")], |html| {
            let label = "The prefixes rp:, rel:, schema:, skos:, prov:, oa: are known.";
            html.element("label", &[("for", "query")], label);
            let area =
                [("id", "query"), ("name", "query"), ("rows", "10"), ("spellcheck", "false")];
            html.element("textarea", &area, query);
            html.element("button", &[], "Ask");
        });
        answer(html, site, asked);
        let data = format!("/sparql?{}", encoded([("query", query)]));
        match asked {
            Asked::Answer(_) => {
                let formats = [("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("xml", "XML")];
                parts::downloads(html, &data, &formats);
            }
            Asked::Triples => parts::downloads(html, &data, parts::NODE_FORMATS),
            Asked::Nothing | Asked::Refused(_) => {}
        }
    })
}

fn answer(html: &mut Html, site: Site<'_>, asked: &Asked) {
    match asked {
        Asked::Nothing => {}
        Asked::Answer(rows) => table(html, site, rows),
        Asked::Triples => {
            html.element("p", &[], "The answer is a graph; take it as data.");
        }
        Asked::Refused(why) => {
            html.element("pre", &[("class", "problem"), ("role", "alert")], why);
        }
    }
}

fn table(html: &mut Html, site: Site<'_>, rows: &Rows) {
    let more = if rows.more { " and more" } else { "" };
    html.element("p", &[("class", "faint")], &format!("{}{more} rows", rows.rows.len()));
    if rows.rows.is_empty() {
        return;
    }
    let scroll =
        [("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Answer")];
    html.within("div", &scroll, |html| {
        html.within("table", &[], |html| {
            html.within("tr", &[], |html| {
                for column in &rows.columns {
                    html.element("th", &[("scope", "col")], column);
                }
            });
            for row in &rows.rows {
                html.within("tr", &[], |html| {
                    for cell in row {
                        self::cell(html, site, cell.as_ref());
                    }
                });
            }
        });
    });
}

fn cell(html: &mut Html, site: Site<'_>, cell: Option<&Thing>) {
    html.within("td", &[], |html| {
        if let Some(thing) = cell {
            parts::thing(html, site, thing);
        }
    });
}
