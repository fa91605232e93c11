//! Quotation marks and brackets: none is left alone in an argument.

use super::Phrase;
use crate::text::TokenId;

impl Phrase<'_> {
    /// The run without a quotation mark or bracket whose other one stands outside; a closing
    /// one right behind it is taken in.
    pub(super) fn balance(&self, first: TokenId, last: TokenId) -> (TokenId, TokenId) {
        let (mut first, mut last) = (first, last);
        // Each round takes one sign away or in; more than a few are no phrase.
        for _ in 0..8 {
            match self.single(first, last) {
                Some((_, true)) if self.is_closed_by(last + 1, last) => last += 1,
                Some((sign, true))
                    if self.is_stop(last + 1, sign) && self.is_closed_by(last + 2, last) =>
                {
                    last += 2;
                }
                Some((sign, _)) if sign < self.head => first = sign + 1,
                Some((sign, _)) if sign > self.head => last = self.last_of(sign - 1),
                _ => break,
            }
        }
        (first, last)
    }

    /// The first sign of a run that has no other one, and whether it opens.
    fn single(&self, first: TokenId, last: TokenId) -> Option<(TokenId, bool)> {
        let mut open: Vec<(TokenId, char)> = Vec::new();
        for word in first.through(last) {
            let Some(sign) = self.sign(word, &open) else { continue };
            let closing = open.last().is_some_and(|(_, opening)| closes(*opening, sign));
            match sign {
                _ if closing => drop(open.pop()),
                '”' | '»' | ')' | ']' => return Some((word, false)),
                _ => open.push((word, sign)),
            }
        }
        open.first().map(|&(word, _)| (word, true))
    }

    /// The quotation mark or bracket that a word is; what may be an apostrophe closes only
    /// what is open.
    fn sign(&self, word: TokenId, open: &[(TokenId, char)]) -> Option<char> {
        match self.document.form(word) {
            "‘" => Some('‘'),
            "’" => open.last().filter(|(_, opening)| *opening == '‘').map(|_| '’'),
            form => sign(form),
        }
    }

    /// What ends a sentence, or a part of one between single marks or behind the head, and may
    /// stand before the sign that closes a quotation: what he calls “a *fraud,*”.
    fn is_stop(&self, word: TokenId, opening: TokenId) -> bool {
        match self.document.form(word) {
            "." | "?" | "!" => true,
            "," => opening > self.head || self.document.form(opening) == "‘",
            _ => false,
        }
    }

    /// Whether a word is a closing sign, in the sentence of the one before it.
    fn is_closed_by(&self, word: TokenId, before: TokenId) -> bool {
        let closing = |s: char| matches!(s, '"' | '”' | '»' | ')' | ']');
        let form = self.document.form(word);
        (form == "’" || sign(form).is_some_and(closing))
            && self.document.sentence_of(word) == self.document.sentence_of(before)
    }
}

/// The quotation mark or bracket that a word is.
fn sign(form: &str) -> Option<char> {
    Some(match form {
        "\"" => '"',
        "“" | "„" | "``" => '“',
        "”" | "''" => '”',
        "«" => '«',
        "»" => '»',
        "(" | "-LRB-" => '(',
        ")" | "-RRB-" => ')',
        "[" => '[',
        "]" => ']',
        _ => return None,
    })
}

fn closes(opening: char, sign: char) -> bool {
    matches!(
        (opening, sign),
        ('‘', '’') | ('"', '"') | ('“', '”' | '"') | ('«', '»') | ('(', ')') | ('[', ']')
    )
}
