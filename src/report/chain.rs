//! Draws from whom the articles of a story have what they share.
//!
//! In: a [`Story`]. Out: an SVG: on the left whose word it is, in the middle the outlets
//! that it comes from, on the right the articles; lines are the wider the more of the
//! shared claims go that way.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Story;
use crate::text::escaped;

const WIDTH: f64 = 720.0;
const ROW: f64 = 22.0;
/// So many of those who say most are drawn.
const MOST: usize = 12;
/// Longer names are cut.
const LETTERS: usize = 24;
/// Where the three columns stand.
const COLUMNS: [f64; 3] = [4.0, 290.0, 560.0];
/// What stands for an origin that nobody knows.
const UNKNOWN: &str = "origin unknown";

type Counts = BTreeMap<(String, String), usize>;

/// The drawing; nothing where the articles share nothing.
pub(super) fn chain(story: &Story) -> Option<String> {
    if story.shared.is_empty() {
        return None;
    }
    let (said, printed) = counts(story);
    let speakers = column(said.iter().map(|((speaker, _), n)| (speaker, *n)));
    let origins = column(printed.iter().map(|((origin, _), n)| (origin, *n)));
    let outlets = column(printed.iter().map(|((_, outlet), n)| (outlet, *n)));
    let rows = speakers.len().max(origins.len()).max(outlets.len());
    let height = ROW * rows as f64 + 34.0;
    let mut svg = format!(
        "<svg class=\"drawing chain\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-label=\"From whom the articles have what they share\">"
    );
    lines(&mut svg, &said, &speakers, &origins, 0);
    lines(&mut svg, &printed, &origins, &outlets, 1);
    write_column(&mut svg, COLUMNS[0], "whose word", &speakers);
    write_column(&mut svg, COLUMNS[1], "comes from", &origins);
    write_column(&mut svg, COLUMNS[2], "printed by", &outlets);
    Some(svg + "</svg>")
}

fn write_column(svg: &mut String, x: f64, head: &str, names: &[String]) {
    let _ = write!(svg, "<text class=\"head\" x=\"{x}\" y=\"14\">{head}</text>");
    for (row, name) in names.iter().enumerate() {
        let _ = write!(svg, "<text x=\"{x}\" y=\"{:.0}\">{}</text>", y(row) + 4.0, cut(name));
    }
}

/// How many shared claims go from each speaker to each origin, and from there to each
/// article's outlet.
fn counts(story: &Story) -> (Counts, Counts) {
    let (mut said, mut printed) = (Counts::new(), Counts::new());
    for shared in &story.shared {
        let origins = if shared.origins.is_empty() {
            vec![UNKNOWN.to_owned()]
        } else {
            shared.origins.clone()
        };
        for appearance in &shared.appearances {
            let article = &story.articles[appearance.article];
            let outlet = article.outlet.clone().unwrap_or_else(|| article.headline.clone());
            // Where an article's own outlet is an origin, the claim is its own.
            let own = origins.iter().find(|origin| **origin == outlet).cloned();
            for origin in own.map_or_else(|| origins.clone(), |own| vec![own]) {
                *printed.entry((origin.clone(), outlet.clone())).or_default() += 1;
                if let Some(speaker) = appearance.speakers.first().filter(|s| s.name != origin) {
                    *said.entry((speaker.name.clone(), origin)).or_default() += 1;
                }
            }
        }
    }
    (said, printed)
}

/// The names of a column, those with most claims first.
fn column<'a>(counts: impl Iterator<Item = (&'a String, usize)>) -> Vec<String> {
    let mut sums: BTreeMap<&String, usize> = BTreeMap::new();
    for (name, n) in counts {
        *sums.entry(name).or_default() += n;
    }
    let mut names: Vec<(&String, usize)> = sums.into_iter().collect();
    names.sort_by(|(a, x), (b, y)| y.cmp(x).then(a.cmp(b)));
    names.into_iter().take(MOST).map(|(name, _)| name.clone()).collect()
}

fn lines(svg: &mut String, counts: &Counts, from: &[String], to: &[String], column: usize) {
    let most = counts.values().copied().max().unwrap_or(1) as f64;
    for ((one, other), n) in counts {
        let row = |names: &[String], name: &String| names.iter().position(|other| other == name);
        let (Some(start), Some(end)) = (row(from, one), row(to, other)) else { continue };
        let (x1, x2) = (COLUMNS[column] + 165.0, COLUMNS[column + 1] - 8.0);
        let (y1, y2, middle) = (y(start), y(end), f64::midpoint(x1, x2));
        let width = 1.0 + 5.0 * *n as f64 / most;
        let _ = write!(
            svg,
            "<path d=\"M{x1:.0} {y1:.0} C{middle:.0} {y1:.0} {middle:.0} {y2:.0} {x2:.0} {y2:.0}\" \
             stroke-width=\"{width:.1}\"><title>{n}</title></path>"
        );
    }
}

fn y(row: usize) -> f64 {
    34.0 + ROW * row as f64
}

fn cut(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return escaped(name);
    }
    let kept: String = name.chars().take(LETTERS - 1).collect();
    escaped(&kept) + "…"
}
