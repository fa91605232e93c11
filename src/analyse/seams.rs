//! Sentences that begin or end where no weights can tell.
//!
//! In: the sentences that the segmenter found. Out: the same, but that a dateline is a
//! sentence of its own ("ORM, Norland (Newswire) —": what follows it begins anew, and has
//! its own subject), that a sentence goes on behind an initial (*Ada B. Moss*), a short title
//! (*Rep. Ada Moss*) and a bracket before small letters (*(D-Orm.) said*), and that one begins
//! at a title behind the state of a town ("in Orm, N.L. Mr. Moss").

use super::person::PersonLexicon;
use super::segment::LONGEST_SENTENCE;
use crate::text::{BlockKind, Sentence, Token, TokenId, TokenRange};

/// The longest dateline, in words.
const DATELINE: usize = 14;

/// The sentences with their seams put right.
pub(super) fn mend(
    persons: &PersonLexicon,
    tokens: &[Token],
    sentences: Vec<Sentence>,
) -> Vec<Sentence> {
    let seams = Seams { persons, tokens };
    let mut mended: Vec<Sentence> = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        match mended.last_mut() {
            Some(last) if seams.goes_on(last, &sentence) => {
                *last = seams.over(last, last.tokens.start.until(sentence.tokens.end));
            }
            last => {
                let first = match last {
                    Some(last) => last.block_index != sentence.block_index,
                    None => true,
                };
                mended.extend(seams.divided(&sentence, first));
            }
        }
    }
    mended
}

struct Seams<'a> {
    persons: &'a PersonLexicon,
    tokens: &'a [Token],
}

impl Seams<'_> {
    fn form(&self, word: TokenId) -> &str {
        match self.tokens.get(word.index()) {
            Some(token) => &token.form,
            None => "",
        }
    }

    /// The word so many before another, or nothing.
    fn form_before(&self, word: TokenId, count: u32) -> &str {
        match word.checked_sub(count) {
            Some(word) => self.form(word),
            None => "",
        }
    }

    /// The same sentence with other words.
    fn over(&self, sentence: &Sentence, words: TokenRange) -> Sentence {
        let tokens = self.tokens.get(words.indices()).unwrap_or(&[]);
        let span = match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => sentence.span,
        };
        Sentence { span, tokens: words, ..*sentence }
    }

    /// Whether a sentence is no end: the next goes on with a name or in small letters.
    fn goes_on(&self, last: &Sentence, next: &Sentence) -> bool {
        last.block_index == next.block_index
            && last.tokens.len() + next.tokens.len() <= LONGEST_SENTENCE
            && (self.ends_in_initial(last, next)
                || self.ends_in_title(last, next)
                || self.ends_in_bracket(last, next))
    }

    /// "former *Rep. | Ada* Moss": a short title, and what may be a name.
    fn ends_in_title(&self, last: &Sentence, next: &Sentence) -> bool {
        let end = last.tokens.end;
        let apart = self.form_before(end, 1) == ".";
        let title = self.form_before(end, if apart { 2 } else { 1 });
        (apart || title.ends_with('.'))
            && title.starts_with(char::is_uppercase)
            && last.tokens.len() > 2
            && self.persons.is_clipped_title(title)
            && self.may_be_name(next.tokens.start)
    }

    /// "Ada Moss (D-Orm.) | said": a bracket behind which small letters go on.
    fn ends_in_bracket(&self, last: &Sentence, next: &Sentence) -> bool {
        let first = self.form(next.tokens.start);
        self.form_before(last.tokens.end, 1) == ")" && first.starts_with(char::is_lowercase)
    }

    /// Whether a sentence ends in a given name and an initial, and the next begins with
    /// what may be the rest of that name.
    fn ends_in_initial(&self, last: &Sentence, next: &Sentence) -> bool {
        let end = last.tokens.end;
        let apart = self.form_before(end, 1) == ".";
        let (letter, given) = if apart {
            (self.form_before(end, 2), self.form_before(end, 3))
        } else {
            (self.form_before(end, 1).trim_end_matches('.'), self.form_before(end, 2))
        };
        let stopped = apart || self.form_before(end, 1).ends_with('.');
        let initial = stopped && letter.len() == 1 && letter.starts_with(char::is_uppercase);
        let named =
            given.starts_with(char::is_uppercase) && self.persons.gender_of_given(given).is_some();
        initial && named && last.tokens.len() > 2 && self.may_be_name(next.tokens.start)
    }

    /// A capital and small letters, but no title: *Mr.* begins a sentence.
    fn may_be_name(&self, word: TokenId) -> bool {
        let form = self.form(word);
        let small = form.chars().skip(1).all(char::is_lowercase) && form.chars().count() > 2;
        form.starts_with(char::is_uppercase) && small && !self.persons.is_title(form)
    }

    /// The sentences that a sentence is, which is the first of its block or not.
    fn divided(&self, sentence: &Sentence, first: bool) -> Vec<Sentence> {
        let mut start = sentence.tokens.start;
        let mut parts = Vec::new();
        if first
            && sentence.block == BlockKind::Paragraph
            && let Some(behind) = self.behind_dateline(sentence)
        {
            parts.push(self.over(sentence, start.until(behind)));
            start = behind;
        }
        for word in (start + 3).until(sentence.tokens.end) {
            if self.begins_titled(word) {
                parts.push(self.over(sentence, start.until(word)));
                start = word;
            }
        }
        parts.push(self.over(sentence, start.until(sentence.tokens.end)));
        parts
    }

    /// The word behind the dateline of a sentence: *ORM, May 3 (Newswire) — The*.
    fn behind_dateline(&self, sentence: &Sentence) -> Option<TokenId> {
        let town = self.form(sentence.tokens.start);
        if town.chars().count() < 3 || !town.chars().all(char::is_uppercase) {
            return None;
        }
        for word in sentence.tokens.iter().take(DATELINE) {
            if self.is_dash(word) {
                let next = word + 1;
                let opens = self.form(next).starts_with(is_capital_or_mark);
                return (opens && sentence.tokens.contains(next)).then_some(next);
            }
            if !self.form(word).starts_with(is_of_dateline) {
                return None;
            }
        }
        None
    }

    /// A dash that joins no two words: no hyphen.
    fn is_dash(&self, word: TokenId) -> bool {
        let apart = match self.tokens.get(word.index().saturating_sub(1)..=word.index()) {
            Some([before, dash]) => before.span.end < dash.span.start,
            _ => false,
        };
        match self.form(word) {
            "-" | "–" => apart,
            "—" | "--" | "―" => true,
            _ => false,
        }
    }

    /// A title behind a town and the letters of its state: *in Orm, N.L. Mr. Moss*.
    fn begins_titled(&self, word: TokenId) -> bool {
        let form = self.form(word);
        let title = form.ends_with('.') || self.form(word + 1) == ".";
        title
            && self.persons.is_title(form)
            && are_letters(self.form_before(word, 1))
            && self.form_before(word, 2) == ","
    }
}

/// With what the words of a dateline begin.
fn is_of_dateline(sign: char) -> bool {
    sign.is_uppercase() || sign.is_numeric() || matches!(sign, ',' | '.' | '/' | '(' | ')')
}

/// With what the sentence behind a dateline begins.
fn is_capital_or_mark(sign: char) -> bool {
    sign.is_uppercase() || matches!(sign, '"' | '“' | '‘')
}

/// *N.L.*
fn are_letters(form: &str) -> bool {
    let letters = form.trim_end_matches('.');
    form.ends_with('.') && letters.contains('.') && letters.split('.').all(is_one_letter)
}

fn is_one_letter(part: &str) -> bool {
    part.len() == 1
}

#[cfg(test)]
mod tests {
    use crate::analyse::Analyser;
    use crate::text::Article;

    /// The sentences of a paragraph, `|` between them.
    fn check(expected: &str) {
        let text = expected.replace(" | ", " ");
        let article = Article::paragraph("a", &text);
        let document = Analyser::english().unwrap().analyse(article);
        let text = &document.article.text;
        let found: Vec<&str> = document.sentences.iter().map(|s| s.span.slice(text)).collect();
        assert_eq!(found.join(" | "), expected);
    }

    #[test]
    fn titles_and_brackets_end_nothing() {
        check("The seat of former Cong. Ada Moss is open.");
        check("Harbour chairman Bo Hale (D-Orm.) revealed that the dam had failed.");
    }

    #[test]
    fn a_dateline_stands_alone() {
        check("ORMTON, Norland (Newswire) — | The dam at Orm has failed.");
        check("ORMTON -- | Ada Moss was elected on Sunday.");
        check("NATO — the alliance — met on Sunday.");
        check("ORM-based firms met on Sunday.");
    }

    #[test]
    fn an_initial_ends_no_sentence() {
        check("It was praised by President Vladimir V. Ormov of Norland.");
    }

    #[test]
    fn a_title_behind_a_state_begins_one() {
        check("The server was at her home in Orm, N.Y. | Mr. Moss had asked for it.");
    }
}
