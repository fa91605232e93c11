//! Lines of plain text become units: paragraphs, headings and list items as
//! the page showed them.
//!
//! Two habits have to be told apart. Scraped text mostly puts each paragraph
//! on a line of its own, with or without blank lines between; mail and old
//! agency text breaks lines at some 72 columns and puts blank lines or an
//! indent between paragraphs.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::Span;

/// A run of the text that was laid out as one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Where it stands, without white space around it.
    pub(crate) span: Span,
    /// What its looks tell.
    pub(crate) shape: Shape,
}

/// What the looks of a unit tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Nothing: prose, or a heading.
    Plain,
    /// Marked as the title or a heading.
    Heading,
    /// It starts with the mark of a list item.
    Item,
}

/// A line with something on it.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    /// Where its text stands, without blanks around it.
    span: Span,
    text: &'a str,
    /// Its length in characters.
    width: usize,
    /// Blanks before it.
    indent: usize,
    /// Whether a blank line stands before it.
    gap: bool,
}

/// Lines at most this wide, in characters, can have been broken by a program.
const WIDEST_WRAP: usize = 100;
/// Lines narrower than this are verse, lists or tables, not broken prose.
const NARROWEST_WRAP: usize = 45;

/// The units of a plain text, in order, white space between them.
pub(crate) fn units(text: &str) -> Vec<Unit> {
    let lines = lines(text);
    let wrap = wrap_width(&lines);
    let mut units: Vec<Unit> = Vec::new();
    let mut last: Option<Line> = None;
    for line in lines {
        let goes_on = last.is_some_and(|last| continues(&last, &line, wrap));
        match units.last_mut().filter(|_| goes_on) {
            Some(unit) => unit.span = unit.span.cover(line.span),
            None => units.push(Unit { span: line.span, shape: shape(line.text) }),
        }
        last = Some(line);
    }
    units
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let mut gap = false;
    let mut lines = Vec::new();
    for whole in text.split_inclusive('\n') {
        let inner = whole.trim();
        let indent = whole.len() - whole.trim_start().len();
        if inner.is_empty() {
            gap = true;
        } else {
            let start = at + indent;
            let span = Span::of(start..start + inner.len());
            lines.push(Line { span, text: inner, width: inner.chars().count(), indent, gap });
            gap = false;
        }
        at += whole.len();
    }
    lines
}

/// The column at which a program broke the lines, if one did: most lines that
/// have a next one are so full that its first word would not have fitted.
fn wrap_width(lines: &[Line]) -> Option<usize> {
    let pairs = || {
        lines
            .iter()
            .zip(lines.iter().skip(1))
            .filter(|(line, next)| !next.gap && next.indent < line.indent + 2)
    };
    let width = lines.iter().map(|l| l.width + l.indent).max()?;
    let (mut all, mut full) = (0, 0);
    for (line, next) in pairs() {
        all += 1;
        full += usize::from(is_full(line, next, width));
    }
    let fits = (NARROWEST_WRAP..=WIDEST_WRAP).contains(&width);
    (fits && all > 0 && full * 10 >= all * 7).then_some(width)
}

/// Whether the first word of the next line would not have fitted on this one;
/// two characters of leeway, because editors count differently.
fn is_full(line: &Line, next: &Line, width: usize) -> bool {
    let word = next.text.split_whitespace().next().map_or(0, |w| w.chars().count());
    line.indent + line.width + 1 + word + 2 > width
}

/// Whether a line goes on with the paragraph of the line before it.
fn continues(last: &Line, line: &Line, wrap: Option<usize>) -> bool {
    if line.gap || shape(line.text) == Shape::Item {
        return false;
    }
    let lower = line.text.starts_with(char::is_lowercase);
    match wrap {
        Some(width) => line.indent < last.indent + 2 && (lower || is_full(last, line, width)),
        None => lower && last.width >= NARROWEST_WRAP && !ends_clause(last.text),
    }
}

/// Whether a line ends where a sentence or clause can end.
fn ends_clause(line: &str) -> bool {
    !line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '–' | '—'))
}

fn shape(line: &str) -> Shape {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[-*+•●▪◦‣·■►–—]\s|\(?(?:\d{1,3}|[a-zA-Z])[.)]\s)").expect("a constant")
    });
    let initial = line.split(' ').next().is_some_and(|w| w.len() == 2 && w.ends_with('.'))
        && line.starts_with(|c: char| c.is_ascii_uppercase());
    if MARK.is_match(line) && !initial { Shape::Item } else { Shape::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let units: Vec<_> = units(text).iter().map(|u| u.span.slice(text)).collect();
        assert_eq!(units, expected);
    }

    #[test]
    fn lines_are_paragraphs_where_nothing_was_wrapped() {
        check(
            "Two ships met.\nOne sank at once, and its crew was saved by the other.\n\nNo more.",
            &[
                "Two ships met.",
                "One sank at once, and its crew was saved by the other.",
                "No more.",
            ],
        );
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The harbour master said on Friday that both of the ferries had\n\
                    been inspected in spring, and that no fault was found in either.\n\
                    Nobody was hurt.\n\nThe line reopens in a week, the owner said on Friday, once the\n\
                    divers have looked at the hulls.\n   Fares stay as they are for the rest of \
                    the year.";
        check(
            text,
            &[
                text.split("\n\n").next().unwrap(),
                text.split("\n\n").nth(1).unwrap().split("\n   ").next().unwrap(),
                "Fares stay as they are for the rest of the year.",
            ],
        );
    }

    #[test]
    fn a_broken_line_is_mended() {
        check(
            "The council of the northern district voted to close\nthe bridge for good.\nIt is old.",
            &[
                "The council of the northern district voted to close\nthe bridge for good.",
                "It is old.",
            ],
        );
    }

    #[test]
    fn items_stay_apart() {
        let text =
            "The list:\n- one of the first things that was ever put upon it\n- two\n1. three";
        check(text, &text.lines().collect::<Vec<_>>());
        assert_eq!(shape("A. Smith resigned."), Shape::Plain);
        assert_eq!(shape("12) Finland"), Shape::Item);
        assert_eq!(shape("-5 degrees"), Shape::Plain);
    }
}
