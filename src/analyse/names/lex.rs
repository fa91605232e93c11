//! Splits a line of a rule for names into words and signs.

/// A word or sign, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lexeme<'a> {
    pub(super) text: &'a str,
    /// Whether it stood between quotation marks: never a sign.
    quoted: bool,
    /// In characters, from 1.
    pub(super) column: usize,
}

const SIGNS: &[char] = &['[', ']', '{', '}', '<', '>', '(', ')', ',', ':', '=', '|', '?', '*', '+'];

impl Lexeme<'_> {
    /// Whether it is this sign or keyword.
    pub(super) fn is(&self, sign: &str) -> bool {
        !self.quoted && self.text == sign
    }

    /// Whether it is no sign.
    pub(super) fn is_word(&self) -> bool {
        self.quoted || !self.text.starts_with(SIGNS)
    }
}

/// The words and signs of a line; `Err` is the column of a quotation mark that
/// never closes.
pub(super) fn lexemes(line: &str) -> Result<Vec<Lexeme<'_>>, usize> {
    let mut found = Vec::new();
    let mut rest = line;
    loop {
        rest = rest.trim_start();
        let column = line.chars().count() - rest.chars().count() + 1;
        let Some(first) = rest.chars().next() else { return Ok(found) };
        let quoted = first == '"';
        let (text, after) = match first {
            '"' => quotation(rest).ok_or(column)?,
            c if SIGNS.contains(&c) => rest.split_at(c.len_utf8()),
            _ => rest.split_at(word_length(rest)),
        };
        found.push(Lexeme { text, quoted, column });
        rest = after;
    }
}

/// What stands between quotation marks, and what follows; `"""` is such a mark itself.
fn quotation(rest: &str) -> Option<(&str, &str)> {
    if rest.starts_with("\"\"\"") {
        return Some((rest.get(1..2)?, rest.get(3..)?));
    }
    rest.get(1..)?.split_once('"')
}

fn word_length(rest: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || c == '"' || SIGNS.contains(&c);
    rest.find(ends).unwrap_or(rest.len())
}
