//! An answer as a table, as bars, or as a graph.

use super::drawing::shortened;
use super::html::Html;
use super::net::{Edge, net};
use super::parts;
use crate::serve::facts::{Thing, local_name};
use crate::serve::rows::Rows;
use crate::serve::site::Site;

/// How an answer is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::serve) enum View {
    /// As a table.
    #[default]
    Table,
    /// As bars: the first column, by the last number.
    Chart,
    /// As nodes and what joins them.
    Graph,
}

impl View {
    /// All, with their names and words for them.
    pub(super) const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Table, "table", "Table"),
        (Self::Chart, "chart", "Bars, by the last number"),
        (Self::Graph, "graph", "Graph of nodes"),
    ];

    /// The one of a name.
    pub(in crate::serve) fn of(name: Option<&str>) -> Self {
        let named = Self::ALL.into_iter().find(|(_, other, _)| Some(*other) == name);
        named.map_or(Self::Table, |(view, ..)| view)
    }
}

/// So many bars are drawn.
const BARS: usize = 40;

/// The answer; where it cannot be drawn, that is said and the table stands alone.
pub(super) fn results(html: &mut Html, site: Site<'_>, view: View, rows: &Rows) {
    let more = if rows.more { " and more" } else { "" };
    html.element("p", &[("class", "faint")], &format!("{}{more} rows", rows.rows.len()));
    if rows.rows.is_empty() {
        return;
    }
    let drawn = match view {
        View::Table => None,
        View::Chart => Some(chart(rows)),
        View::Graph => Some(net(&edges(rows), |thing| path(site, thing))),
    };
    match drawn {
        None => table(html, site, rows),
        Some(None) => {
            let why = "This cannot be drawn so: bars want a column of numbers behind another, a \
                       graph two columns of which one has nodes.";
            html.element("p", &[("role", "status")], why);
            table(html, site, rows);
        }
        Some(Some(drawing)) => {
            html.within("figure", &[("class", "drawn")], |html| {
                html.add(&drawing);
            });
            html.within("details", &[], |html| {
                html.element("summary", &[], "The same as a table");
                table(html, site, rows);
            });
        }
    }
}

fn path(site: Site<'_>, thing: &Thing) -> Option<String> {
    thing.iri.as_deref().and_then(|iri| site.path(iri))
}

/// The bars: what stands in the first column, by the last number of its row.
fn chart(rows: &Rows) -> Option<Html> {
    let number = |row: &[Option<Thing>]| -> Option<f64> {
        let cell = row.iter().skip(1).flatten().rev().find_map(|cell| cell.label.parse().ok());
        cell.filter(|number: &f64| number.is_finite() && *number >= 0.0)
    };
    let bars: Vec<(String, f64)> = rows
        .rows
        .iter()
        .take(BARS)
        .filter_map(|row| Some((row.first()?.as_ref()?.label.clone(), number(row)?)))
        .collect();
    let most = bars.iter().map(|(_, value)| *value).fold(0.0, f64::max);
    (most > 0.0).then(|| drawn_bars(&bars, most))
}

fn drawn_bars(bars: &[(String, f64)], most: f64) -> Html {
    const ROW: usize = 26;
    let view = format!("0 0 640 {}", bars.len() * ROW);
    let words = format!("{} bars, the longest {most}", bars.len());
    let mut html = Html::default();
    let attributes =
        [("viewBox", view.as_str()), ("class", "bars"), ("role", "img"), ("aria-label", &words)];
    html.within("svg", &attributes, |html| {
        for (index, (name, value)) in bars.iter().enumerate() {
            let (top, width) = (index * ROW, (value / most * 330.0).max(1.0).round() as i32);
            let (y, width_text) = ((top + 3).to_string(), width.to_string());
            let bar = [("x", "230"), ("y", y.as_str()), ("width", &width_text), ("height", "18")];
            html.element("rect", &bar, "");
            let base = (top + 17).to_string();
            let label = [("x", "222"), ("y", base.as_str()), ("text-anchor", "end")];
            html.element("text", &label, &shortened(name));
            let end = (236 + width).to_string();
            html.element("text", &[("x", &end), ("y", &base)], &value.to_string());
        }
    });
    html
}

/// What joins what: subject and object of triples; else the first column and the last that
/// is something, by what stands between.
fn edges(rows: &Rows) -> Vec<Edge<'_>> {
    let mut edges = Vec::new();
    for row in &rows.rows {
        let cells: Vec<&Thing> = row.iter().flatten().collect();
        if let (Some(from), Some(to), true) = (cells.first(), cells.last(), cells.len() > 1) {
            let between = if cells.len() == 3 { cells.get(1) } else { None };
            let words = between.map_or("", |thing| match &thing.iri {
                Some(iri) => local_name(iri),
                None => &thing.label,
            });
            edges.push(Edge { from, to, words });
        }
    }
    edges
}

fn table(html: &mut Html, site: Site<'_>, rows: &Rows) {
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
