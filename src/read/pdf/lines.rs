//! The characters of a page become pieces of lines: words that stand on one base
//! line with no more than a word's distance between them.
//!
//! In: glyphs in any order. Out: pieces, from top to bottom and left to right.

use super::glyphs::Glyph;

/// A wider space than this, in heights of the font, stands between two words.
const WORD_GAP: f32 = 0.16;
/// A wider space than this stands between two columns.
const COLUMN_GAP: f32 = 1.2;
/// Base lines that differ by less are one line, though a sign is raised.
const SAME_LINE: f32 = 0.5;
/// Raised signs are smaller than the line they stand on by this factor.
const RAISED: f32 = 0.8;
/// Entries of a table of contents have so many dots before the page.
const LEADER_DOTS: usize = 5;

/// A line, or the part of one that stands in one column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) base: f32,
    /// The height of the font of most of it.
    pub(super) size: f32,
}

impl Piece {
    /// The upper edge of its letters.
    pub(super) fn top(&self) -> f32 {
        self.base - self.size * 0.75
    }

    /// The lower edge of its letters.
    pub(super) fn bottom(&self) -> f32 {
        self.base + self.size * 0.25
    }
}

/// The pieces of the lines of a page.
pub(super) fn pieces(glyphs: &[Glyph]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for mut line in base_lines(runs(glyphs)) {
        drop_marks(&mut line);
        pieces.extend(joined(line));
    }
    pieces.retain(|piece| !piece.text.is_empty() && !is_entry(&piece.text));
    pieces
}

/// Takes away the raised signs that point to notes.
fn drop_marks(line: &mut Vec<Piece>) {
    let main = line.iter().max_by_key(|run| run.text.len());
    let Some((size, base)) = main.map(|run| (run.size, run.base)) else { return };
    line.retain(|run| {
        let is_raised = run.size < RAISED * size && run.base < base - 0.1 * size;
        // Ordinals keep their end: the 19th.
        let letters = run.text.chars().filter(|c| c.is_alphabetic()).count();
        !(is_raised && letters < 2 && run.text.trim().chars().count() <= 3)
    });
}

/// Whether a line is an entry of a table of contents.
fn is_entry(text: &str) -> bool {
    let mut dots = 0;
    for c in text.chars() {
        match c {
            '.' => dots += 1,
            ' ' => {}
            _ if dots >= LEADER_DOTS => return true,
            _ => dots = 0,
        }
    }
    dots >= LEADER_DOTS
}

/// What is drawn without a jump.
fn runs(glyphs: &[Glyph]) -> Vec<Piece> {
    let mut runs: Vec<Piece> = Vec::new();
    for glyph in glyphs {
        match runs.last_mut() {
            Some(run) if goes_on(run, glyph) => add(run, glyph),
            _ => runs.push(begun(glyph)),
        }
    }
    runs.retain(|run| !run.text.trim().is_empty());
    runs
}

fn begun(glyph: &Glyph) -> Piece {
    let Glyph { text, left, right, base, size } = glyph.clone();
    Piece { text: written(&text), left, right, base, size }
}

fn goes_on(run: &Piece, glyph: &Glyph) -> bool {
    let gap = glyph.left - run.right;
    // A raised sign is a run of its own.
    let is_same_line = (glyph.base - run.base).abs() < 0.1 * run.size;
    is_same_line && gap > -0.5 * run.size && gap < COLUMN_GAP * run.size
}

fn add(run: &mut Piece, glyph: &Glyph) {
    let text = written(&glyph.text);
    if glyph.left - run.right > WORD_GAP * run.size {
        space(&mut run.text);
    }
    if text == " " {
        space(&mut run.text);
    } else {
        run.text.push_str(&text);
    }
    run.right = run.right.max(glyph.right);
}

/// Puts a space behind a text, unless it ends with one.
fn space(text: &mut String) {
    if !text.ends_with(' ') {
        text.push(' ');
    }
}

/// A character as text has it: one letter for each of a ligature, plain spaces,
/// nothing for what cannot be seen.
fn written(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{FB00}' => written.push_str("ff"),
            '\u{FB01}' => written.push_str("fi"),
            '\u{FB02}' => written.push_str("fl"),
            '\u{FB03}' => written.push_str("ffi"),
            '\u{FB04}' => written.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => written.push_str("st"),
            c if c.is_whitespace() => written.push(' '),
            c if c.is_control() || c == '\u{FEFF}' || c == '\u{200B}' => {}
            c => written.push(c),
        }
    }
    written
}

/// Runs by their base lines, from top to bottom.
fn base_lines(mut runs: Vec<Piece>) -> Vec<Vec<Piece>> {
    runs.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    for run in runs {
        match lines.last_mut() {
            Some(line) if is_on(line, &run) => line.push(run),
            _ => lines.push(vec![run]),
        }
    }
    lines
}

/// Whether a run stands on the line that the others stand on.
fn is_on(line: &[Piece], run: &Piece) -> bool {
    let longest = line.iter().max_by_key(|run| run.text.len());
    longest.is_some_and(|other| run.base - other.base < SAME_LINE * run.size.max(other.size))
}

/// The runs of one line, joined where no column ends between them.
fn joined(mut line: Vec<Piece>) -> Vec<Piece> {
    line.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut pieces: Vec<Piece> = Vec::new();
    for run in line {
        match pieces.last_mut() {
            Some(piece) if is_near(piece, &run) => append(piece, run),
            _ => pieces.push(run),
        }
    }
    for piece in &mut pieces {
        piece.text = piece.text.trim().to_owned();
    }
    pieces
}

fn is_near(piece: &Piece, run: &Piece) -> bool {
    run.left - piece.right < COLUMN_GAP * piece.size.max(run.size)
}

fn append(piece: &mut Piece, run: Piece) {
    // The same words drawn twice, for bold type.
    if run.right <= piece.right && piece.text.trim_end().ends_with(run.text.trim()) {
        return;
    }
    if run.left - piece.right > WORD_GAP * piece.size {
        space(&mut piece.text);
    }
    if run.text.len() > piece.text.len() {
        (piece.size, piece.base) = (run.size, run.base);
    }
    let has_two_spaces = piece.text.ends_with(' ') && run.text.starts_with(' ');
    piece.text.push_str(if has_two_spaces { run.text.trim_start() } else { &run.text });
    piece.right = piece.right.max(run.right);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters half as wide as high, one after the other.
    fn drawn(text: &str, left: f32, base: f32, size: f32) -> Vec<Glyph> {
        let glyph = |(at, c): (usize, char)| {
            let left = left + at as f32 * size / 2.0;
            Glyph { text: c.to_string(), left, right: left + size / 2.0, base, size }
        };
        text.chars().enumerate().map(glyph).collect()
    }

    fn texts(glyphs: &[Glyph]) -> Vec<String> {
        pieces(glyphs).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn gaps_part_words_and_wide_gaps_part_columns() {
        let mut line = drawn("north", 0.0, 50.0, 10.0);
        line.extend(drawn("pier", 28.0, 50.0, 10.0));
        line.extend(drawn("closed", 100.0, 50.0, 10.0));
        assert_eq!(texts(&line), ["north pier", "closed"]);
    }

    #[test]
    fn lines_come_from_top_to_bottom_however_they_are_drawn() {
        let mut page = drawn("below", 0.0, 90.0, 10.0);
        page.extend(drawn("above", 0.0, 50.0, 10.0));
        assert_eq!(texts(&page), ["above", "below"]);
    }

    #[test]
    fn signs_that_point_to_notes_are_left_out() {
        let mut line = drawn("inspection", 0.0, 50.0, 10.0);
        line.extend(drawn("12", 50.0, 46.0, 6.0));
        line.extend(drawn("ended", 60.0, 50.0, 10.0));
        assert_eq!(texts(&line), ["inspection ended"]);
    }

    #[test]
    fn ligatures_become_letters_and_tables_of_contents_nothing() {
        assert_eq!(texts(&drawn("o\u{FB03}ce", 0.0, 50.0, 10.0)), ["office"]);
        assert_eq!(texts(&drawn("1.2 Scope . . . . . . 7", 0.0, 50.0, 10.0)), [""; 0]);
        assert_eq!(texts(&drawn("And so on ...", 0.0, 50.0, 10.0)), ["And so on ..."]);
    }
}
