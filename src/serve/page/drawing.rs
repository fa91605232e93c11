//! Drawings, each with the same in words beside it.

use super::html::Html;
use super::parts;
use crate::serve::facts::Companion;
use crate::serve::site::Site;

/// So many are worth a drawing.
const DRAWN: usize = 3;

/// How many claims there are, month by month.
pub(super) fn timeline(html: &mut Html, counts: &[(String, usize)]) {
    let Some(most) = counts.iter().map(|(_, count)| *count).max() else { return };
    let words = summary(counts);
    if counts.len() > 1 {
        bars(html, counts, most, &words);
    }
    html.element("p", &[("class", "faint")], &words);
}

/// The last of the counts, a bar each.
fn bars(html: &mut Html, counts: &[(String, usize)], most: usize, words: &str) {
    const HEIGHT: usize = 80;
    let shown: Vec<&(String, usize)> = counts.iter().rev().take(60).rev().collect();
    let view = format!("0 0 {} {HEIGHT}", shown.len() * 12);
    let attributes = [
        ("viewBox", view.as_str()),
        ("preserveAspectRatio", "xMinYMax meet"),
        ("class", "timeline"),
        ("role", "img"),
        ("aria-label", words),
    ];
    html.within("svg", &attributes, |html| {
        for (index, (day, count)) in shown.iter().enumerate() {
            let height = (HEIGHT * count).div_ceil(most);
            let (x, y) = ((index * 12 + 1).to_string(), (HEIGHT - height).to_string());
            let height = height.to_string();
            let bar = [("x", x.as_str()), ("y", &y), ("width", "10"), ("height", &height)];
            html.within("rect", &bar, |html| {
                html.element("title", &[], &format!("{day}: {count}"));
            });
        }
    });
}

fn summary(counts: &[(String, usize)]) -> String {
    let most = counts.iter().max_by_key(|(day, count)| (*count, std::cmp::Reverse(day.clone())));
    match (counts.first(), counts.last(), most) {
        (Some((first, _)), Some((last, _)), Some((day, count))) if first != last => {
            format!("From {first} to {last}; most in {day}: {count} claims")
        }
        (Some((day, count)), ..) => format!("{day}: {count} claims"),
        _ => String::new(),
    }
}

/// Whom an entity is named with, around it.
pub(super) fn companions(html: &mut Html, site: Site<'_>, of: &str, all: &[Companion]) {
    let Some(most) = all.iter().map(|companion| companion.claims).max() else { return };
    if all.len() < DRAWN {
        listed(html, site, all);
        return;
    }
    let words = format!("{of} and whom it is named with");
    let attributes = [("viewBox", "0 0 640 360"), ("class", "net"), ("aria-label", words.as_str())];
    html.within("svg", &attributes, |html| {
        for (place, companion) in places(all.len()).into_iter().zip(all) {
            line(html, place, (1 + 6 * companion.claims / most).to_string());
        }
        for (place, companion) in places(all.len()).into_iter().zip(all) {
            let label = format!("{} ({})", shortened(&companion.thing.label), companion.claims);
            let path = companion.thing.iri.as_deref().and_then(|iri| site.path(iri));
            let href = path.unwrap_or_default();
            html.within("a", &[("href", &href)], |html| words_at(html, place, &label));
        }
        html.within("g", &[("class", "centre")], |html| {
            words_at(html, (320, 180), &shortened(of));
        });
    });
}

fn listed(html: &mut Html, site: Site<'_>, all: &[Companion]) {
    for companion in all {
        html.within("p", &[], |html| {
            parts::thing(html, site, &companion.thing);
            let many = format!(" · {} claims", companion.claims);
            html.element("span", &[("class", "faint")], &many);
        });
    }
}

/// Places on an ellipse around the middle, beginning at the top.
fn places(many: usize) -> Vec<(i32, i32)> {
    let at = |index: usize| {
        let angle = std::f64::consts::TAU * index as f64 / many.max(1) as f64;
        let (x, y) = (320.0 + 220.0 * angle.sin(), 180.0 - 150.0 * angle.cos());
        (x.round() as i32, y.round() as i32)
    };
    (0..many).map(at).collect()
}

fn line(html: &mut Html, (x, y): (i32, i32), width: String) {
    let (x, y) = (x.to_string(), y.to_string());
    let ends = [("x1", "320"), ("y1", "180"), ("x2", x.as_str()), ("y2", &y)];
    html.element("line", &[&ends[..], &[("stroke-width", width.as_str())]].concat(), "");
}

/// Words around a place.
pub(super) fn words_at(html: &mut Html, (x, y): (i32, i32), words: &str) {
    let (x, y) = (x.to_string(), y.to_string());
    html.element("text", &[("x", &x), ("y", &y), ("text-anchor", "middle")], words);
}

/// The beginning of a name.
pub(super) fn shortened(name: &str) -> String {
    const MOST: usize = 24;
    match name.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", name.get(..at).unwrap_or(name).trim_end()),
        None => name.to_owned(),
    }
}
