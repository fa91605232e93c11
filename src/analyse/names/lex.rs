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

/// A broken rule.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("names.rule:{line}:{column}: {problem}")]
pub(super) struct RuleError {
    /// The line, from 1.
    pub(super) line: usize,
    /// The column, in characters from 1.
    pub(super) column: usize,
    /// What is wrong.
    pub(super) problem: String,
}

/// Reads the words and signs of a line from left to right.
pub(super) struct Cursor<'a> {
    lexemes: &'a [Lexeme<'a>],
    next: usize,
    line: usize,
}

impl<'a> Cursor<'a> {
    /// The signs of a line from one of them on.
    pub(super) fn new(lexemes: &'a [Lexeme<'a>], next: usize, line: usize) -> Self {
        Self { lexemes, next, line }
    }

    pub(super) fn peek(&self) -> Option<&'a Lexeme<'a>> {
        self.lexemes.get(self.next)
    }

    pub(super) fn take(&mut self, sign: &str) -> bool {
        let found = self.peek().is_some_and(|l| l.is(sign));
        self.next += usize::from(found);
        found
    }

    pub(super) fn need(&mut self, sign: &str) -> Result<(), RuleError> {
        if self.take(sign) { Ok(()) } else { Err(self.wrong(&format!("`{sign}` is expected"))) }
    }

    /// The next word or quotation.
    pub(super) fn word(&mut self) -> Result<&'a str, RuleError> {
        let word = self.peek().filter(|l| l.is_word());
        let word = word.ok_or_else(|| self.wrong("a word is expected"))?;
        self.next += 1;
        Ok(word.text)
    }

    /// An error at the next sign, or behind the last one.
    pub(super) fn wrong(&self, problem: &str) -> RuleError {
        let last = self.lexemes.last().map_or(1, |l| l.column + l.text.chars().count());
        let column = self.peek().map_or(last, |l| l.column);
        RuleError { line: self.line, column, problem: problem.to_owned() }
    }

    /// An error at the sign before.
    pub(super) fn wrong_before(&mut self, problem: &str) -> RuleError {
        self.next = self.next.saturating_sub(1);
        self.wrong(problem)
    }
}
