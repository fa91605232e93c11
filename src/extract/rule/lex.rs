//! Splits a line of a rule into words and signs.

use compact_str::{CompactString, ToCompactString};

use super::position::Position;

/// A word or sign with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lexeme<'a> {
    pub(super) text: &'a str,
    /// Whether it stood in quotation marks: a literal, never a sign or keyword.
    pub(super) quoted: bool,
    pub(super) at: Position,
}

const SIGNS: &[char] = &['[', ']', '(', ')', ',', '=', '|', '>', '?', '!'];
/// The signs of a line about words in a row.
const ROW_SIGNS: &[char] =
    &['[', ']', '(', ')', ',', '=', '|', '>', '?', '!', '<', '{', '}', '*', '+', '^', '$'];

/// The words and signs of a line; what follows ` #` is a comment. `Err` is the
/// place of a quotation mark that never closes.
pub(super) fn lexemes(line: &str, number: usize) -> Result<Vec<Lexeme<'_>>, Position> {
    split_at(SIGNS, line, number)
}

/// The same of a line about words in a row.
pub(super) fn row_lexemes(line: &str, number: usize) -> Result<Vec<Lexeme<'_>>, Position> {
    split_at(ROW_SIGNS, line, number)
}

fn split_at<'a>(signs: &[char], line: &'a str, number: usize) -> Result<Vec<Lexeme<'a>>, Position> {
    let mut found = Vec::new();
    let mut rest = line;
    loop {
        rest = rest.trim_start();
        let column = line.chars().count() - rest.chars().count() + 1;
        let at = Position { line: number, column };
        let Some(first) = rest.chars().next().filter(|&c| c != '#') else { return Ok(found) };
        let (text, quoted, after) = match first {
            '"' => quotation(rest).ok_or(at)?,
            c if signs.contains(&c) => split(rest, c.len_utf8()),
            _ => split(rest, word_length(signs, rest)),
        };
        found.push(Lexeme { text, quoted, at });
        rest = after;
    }
}

fn split(rest: &str, length: usize) -> (&str, bool, &str) {
    let (text, after) = rest.split_at(length);
    (text, false, after)
}

fn quotation(rest: &str) -> Option<(&str, bool, &str)> {
    let (text, after) = rest.get(1..)?.split_once('"')?;
    Some((text, true, after))
}

fn word_length(signs: &[char], rest: &str) -> usize {
    rest.find(|c: char| c.is_whitespace() || c == '"' || signs.contains(&c)).unwrap_or(rest.len())
}

/// The keywords that a line of a rule may begin with.
const KEYWORDS: &[&str] =
    &["rule", "means", "weight", "match", "where", "emit", "parsed", "unparsed", "says", "silent"];

/// Whether a word may name a node.
pub(super) fn is_name(word: &Lexeme) -> bool {
    !word.quoted
        && word.text.starts_with(|c: char| c.is_ascii_lowercase())
        && !KEYWORDS.contains(&word.text)
        && word.text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// A word as an owned string.
pub(super) fn text(word: &Lexeme) -> CompactString {
    word.text.to_compact_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let shown = lexemes(line, 1).map(|found| {
            found.iter().map(|l| format!("{}@{}", l.text, l.at.column)).collect::<Vec<_>>()
        });
        let shown = shown.map_or_else(|p| format!("broken@{}", p.column), |f| f.join(" "));
        assert_eq!(shown, expected, "{line}");
    }

    #[test]
    fn splits_words_and_signs() {
        check("  verb >nsubj:pass x? # why", "verb@3 >@8 nsubj:pass@9 x@20 ?@21");
        check("x [form=\"“é\"|n't]", "x@1 [@3 form@4 =@8 “é@9 |@13 n't@14 ]@17");
        check("x \"open", "broken@3");
        check("", "");
    }
}
