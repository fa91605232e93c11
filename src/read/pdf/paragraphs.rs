//! Columns of lines become paragraphs and headings; words that were parted at
//! the end of a line become whole again.
//!
//! In: the columns of all pages, in order. Out: paragraphs, in order.

use std::collections::BTreeSet;

use super::lines::Piece;
use super::order::{Column, usual_size};
use crate::read::layout::Shape;

/// Lines farther apart than this, in usual distances, belong to two paragraphs.
const WIDE: f32 = 1.3;
/// Lines of a heading may be so far apart.
const WIDE_IN_HEADINGS: f32 = 1.7;
/// A first line is set in by this much, in heights of the font.
const INDENT: f32 = 0.8;
/// A last line is shorter than its column by this share of its width.
const SHORT: f32 = 0.12;
/// Letters of a heading are larger than others by this factor.
const LARGER: f32 = 1.12;

/// A paragraph of a document.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// A heading has larger letters than the rest.
    pub(super) shape: Shape,
}

/// The paragraphs of a document.
pub(super) fn paragraphs(columns: &[Column]) -> Vec<Paragraph> {
    let all: Vec<Piece> = columns.iter().flatten().cloned().collect();
    let usual = usual_size(&all);
    let known = words(&all);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for column in columns {
        let groups = groups(column, usual);
        for (at, lines) in groups.iter().enumerate() {
            let paragraph = Paragraph { text: joined(lines, &known), shape: shape(lines, usual) };
            match paragraphs.last_mut() {
                Some(last) if at == 0 && is_broken_off(last, &paragraph) => {
                    append(&mut last.text, &paragraph.text, &known);
                }
                _ => paragraphs.push(paragraph),
            }
        }
    }
    paragraphs
}

fn shape(lines: &[Piece], usual: f32) -> Shape {
    if lines.iter().all(|line| line.size > usual * LARGER) {
        Shape::Heading
    } else if lines.first().is_some_and(|line| is_item(&line.text)) {
        Shape::Item
    } else {
        Shape::Plain
    }
}

/// The words of the lines, but for those that a line ends with.
fn words(pieces: &[Piece]) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for piece in pieces {
        let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let mut line: Vec<&str> = piece.text.split_whitespace().collect();
        if piece.text.ends_with('-') {
            line.pop();
        }
        words.extend(line.into_iter().map(bare));
    }
    words
}

/// The lines of each paragraph of a column.
fn groups(column: &[Piece], usual: f32) -> Vec<&[Piece]> {
    let measure = Measure::of(column, usual);
    let starts = (1..column.len()).filter(|&at| measure.is_start(&column[at - 1], &column[at]));
    let starts: Vec<usize> = std::iter::once(0).chain(starts).chain([column.len()]).collect();
    starts.windows(2).map(|pair| &column[pair[0]..pair[1]]).collect()
}

/// How the lines of a column stand.
struct Measure {
    left: f32,
    right: f32,
    /// From one base line to the next, in heights of the font.
    leading: f32,
    /// The height of most letters of the document.
    usual: f32,
}

impl Measure {
    fn of(column: &[Piece], usual: f32) -> Self {
        let left = median(column.iter().map(|line| line.left));
        let right = column.iter().map(|line| line.right).fold(f32::MIN, f32::max);
        let pairs = column.windows(2);
        let leading = median(pairs.map(|pair| (pair[1].base - pair[0].base) / pair[1].size));
        Self { left, right, leading: leading.clamp(0.8, 2.4), usual }
    }

    /// Whether a paragraph begins with a line.
    fn is_start(&self, before: &Piece, line: &Piece) -> bool {
        let size = before.size.max(line.size);
        let is_other_size = (before.size - line.size).abs() > 0.12 * size;
        let is_heading = line.size > LARGER * self.usual;
        let wide = if is_heading { WIDE_IN_HEADINGS } else { WIDE };
        let is_far = line.base - before.base > wide * self.leading * size;
        let is_set_in = |line: &Piece| line.left - self.left > INDENT * line.size;
        // Lines of an item stand below its first word.
        let is_indented = is_set_in(line) && !is_set_in(before) && !is_item(&before.text);
        let width = self.right - self.left;
        let is_end = ends_sentence(&before.text) && self.right - before.right > SHORT * width;
        is_other_size || is_far || is_indented || is_end || is_item(&line.text)
    }
}

fn median(values: impl Iterator<Item = f32>) -> f32 {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(1.0)
}

/// Whether a line begins with the mark of a list item.
fn is_item(text: &str) -> bool {
    text.starts_with(['•', '◦', '▪', '■', '●', '‣', '–', '—'])
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '\'', '”', '’', ')', ']']);
    text.ends_with(['.', '!', '?', ':', '…'])
}

/// Whether a paragraph goes on in the next column or on the next page.
fn is_broken_off(last: &Paragraph, next: &Paragraph) -> bool {
    let goes_on = next.text.chars().next().is_some_and(char::is_lowercase);
    last.shape != Shape::Heading
        && next.shape == Shape::Plain
        && goes_on
        && !ends_sentence(&last.text)
}

fn joined(lines: &[Piece], known: &BTreeSet<String>) -> String {
    let mut text = String::new();
    for line in lines {
        append(&mut text, &line.text, known);
    }
    text
}

/// Adds a line to a text: a word that is parted at its end becomes whole again,
/// with its hyphen only if the document writes it so elsewhere.
fn append(text: &mut String, line: &str, known: &BTreeSet<String>) {
    if let Some(before) = text.strip_suffix('\u{AD}') {
        text.truncate(before.len());
        text.push_str(line);
    } else if is_parted(text, line) {
        let parts = (text.split_whitespace().next_back(), line.split_whitespace().next());
        let (Some(head), Some(tail)) = parts else { return text.push_str(line) };
        let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let whole = bare(&format!("{head}{tail}"));
        if !known.contains(&whole) || known.contains(&whole.replace('-', "")) {
            text.pop();
        }
        text.push_str(line);
    } else {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(line);
    }
}

/// Whether a hyphen at the end of a text may only part a word.
fn is_parted(text: &str, line: &str) -> bool {
    let mut end = text.chars().rev();
    let is_hyphen = matches!(end.next(), Some('-' | '\u{2010}'));
    let is_word = end.next().is_some_and(char::is_alphabetic);
    is_hyphen && is_word && line.chars().next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, left: f32, right: f32, base: f32) -> Piece {
        Piece { text: text.to_owned(), left, right, base, size: 10.0 }
    }

    fn texts(columns: &[Column]) -> Vec<String> {
        paragraphs(columns).into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn gaps_indents_and_short_lines_end_paragraphs() {
        let column = vec![
            line("The pier is closed, the town", 40.0, 200.0, 100.0),
            line("said, and stays so.", 40.0, 150.0, 112.0),
            line("Nobody was hurt when a part", 40.0, 200.0, 124.0),
            line("of it fell into the water below.", 40.0, 199.0, 136.0),
            line("Divers went down at noon", 52.0, 200.0, 148.0),
            line("and came up again at five.", 40.0, 200.0, 160.0),
            line("The end", 40.0, 90.0, 190.0),
        ];
        let expected = [
            "The pier is closed, the town said, and stays so.",
            "Nobody was hurt when a part of it fell into the water below.",
            "Divers went down at noon and came up again at five.",
            "The end",
        ];
        assert_eq!(texts(&[column]), expected);
    }

    #[test]
    fn words_that_a_line_parts_become_whole() {
        let column = vec![
            line("A well-known firm of the reg-", 40.0, 200.0, 100.0),
            line("ion asked for another in\u{AD}", 40.0, 200.0, 112.0),
            line("spection by its own well-", 40.0, 200.0, 124.0),
            line("known engineers.", 40.0, 120.0, 136.0),
        ];
        let expected = "A well-known firm of the region asked for another inspection by its own \
                        well-known engineers.";
        assert_eq!(texts(&[column]), [expected]);
    }

    #[test]
    fn a_sentence_goes_on_in_the_next_column() {
        let first = vec![line("The town will decide in", 40.0, 200.0, 500.0)];
        let second = vec![line("spring.", 220.0, 260.0, 100.0)];
        assert_eq!(texts(&[first, second]), ["The town will decide in spring."]);
    }

    #[test]
    fn larger_letters_make_a_heading() {
        let large = Piece { size: 16.0, ..line("The pier", 40.0, 100.0, 80.0) };
        let column = vec![large, line("It is closed, the town said.", 40.0, 200.0, 120.0)];
        let shapes: Vec<Shape> = paragraphs(&[column]).into_iter().map(|p| p.shape).collect();
        assert_eq!(shapes, [Shape::Heading, Shape::Plain]);
    }
}
