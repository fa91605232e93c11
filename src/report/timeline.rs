//! Draws when the articles of a story appeared.
//!
//! In: a [`Story`]. Out: an SVG, as wide as its page allows; nothing where fewer than two
//! days are known.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;

use super::Story;
use crate::text::escaped;

const WIDTH: f64 = 720.0;
const MARGIN: f64 = 110.0;
const ROW: f64 = 18.0;
const TOP: f64 = 14.0;

/// The drawing.
pub(super) fn timeline(story: &Story) -> Option<String> {
    let mut by_day: BTreeMap<Date, Vec<&str>> = BTreeMap::new();
    for article in &story.articles {
        let day = article.day.as_deref().and_then(|day| day.get(..10)?.parse().ok());
        if let Some(day) = day {
            let outlet = article.outlet.as_deref().unwrap_or(&article.headline);
            by_day.entry(day).or_default().push(outlet);
        }
    }
    let (first, last) = (*by_day.keys().next()?, *by_day.keys().next_back()?);
    if first == last {
        return None;
    }
    let span = f64::from(first.until(last).ok()?.get_days());
    let most = by_day.values().map(Vec::len).max().unwrap_or(1);
    let axis = TOP + ROW * most as f64 + 6.0;
    let mut svg = format!(
        "<svg class=\"drawing\" viewBox=\"0 0 {WIDTH} {}\" role=\"img\" \
         aria-label=\"When the articles appeared\">\
         <line x1=\"{MARGIN}\" y1=\"{axis}\" x2=\"{}\" y2=\"{axis}\"/>",
        axis + 30.0,
        WIDTH - MARGIN
    );
    for (day, outlets) in &by_day {
        let days = first.until(*day).map_or(0.0, |span| f64::from(span.get_days()));
        let x = MARGIN + (WIDTH - 2.0 * MARGIN) * days / span;
        let _ = write!(svg, "<circle cx=\"{x:.0}\" cy=\"{axis}\" r=\"4\"/>");
        let _ = write!(svg, "<text x=\"{x:.0}\" y=\"{}\">{day}</text>", axis + 20.0);
        for (row, outlet) in outlets.iter().enumerate() {
            let y = axis - 10.0 - ROW * row as f64;
            let _ = write!(svg, "<text x=\"{x:.0}\" y=\"{y:.0}\">{}</text>", escaped(outlet));
        }
    }
    Some(svg + "</svg>")
}
