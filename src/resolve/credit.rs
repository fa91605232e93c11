//! The news agency that an article credits with its text.
//!
//! Many papers print what one agency wrote. Whoever counts how many report
//! something must count the agency once, so its name is looked for where papers
//! put it: in the dateline (*OSLO, May 3 (Newswire) - The ferry …*), in the
//! byline, and in a line of the page (*Source: Newswire*).

use super::lists::shipped;
use crate::text::lexicon::Lexicon;
use crate::text::table::TableError;
use crate::text::{Article, BlockKind, ClassedWords, WordClass, word_classes};

/// A dateline has at most this many words before the agency.
const DATELINE_WORDS: usize = 7;

word_classes! {
    /// What a word does where a text names whom it is from.
    enum CreditWord in "credits" {
        /// Begins a line that names the source: *Source:*.
        Source = "source",
        /// Stands between the names of a byline.
        Between = "between",
        /// Begins a byline: *By*.
        By = "by",
    }
}

/// The words that tell whom a text is from.
#[derive(Clone, Debug)]
pub(super) struct CreditWords(ClassedWords<CreditWord>);

impl Default for CreditWords {
    /// The shipped words.
    fn default() -> Self {
        Self::new(&shipped(&[CreditWord::LIST])).expect("a test reads the shipped list")
    }
}

impl CreditWords {
    /// The words of the list `credits`.
    pub(super) fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        ClassedWords::new(lexicon).map(Self)
    }

    /// The agency's name as printed. A dateline tells by its form, unless the name
    /// is known to be that of something else (*KOSICE (Slovakia) - …*); a name
    /// elsewhere must be known as that of a news medium. `is_medium` says so of the
    /// names that are known.
    pub(super) fn credit<'a>(
        &self,
        article: &'a Article,
        is_medium: impl Fn(&str) -> Option<bool>,
    ) -> Option<&'a str> {
        let known = |name: &&str| is_medium(name) == Some(true);
        let texts = |kind: BlockKind| {
            let blocks = article.blocks.iter().filter(move |block| block.kind == kind);
            blocks.map(|block| block.span.slice(&article.text))
        };
        let dateline = texts(BlockKind::Paragraph).next().and_then(in_dateline);
        let byline = || self.names(article.byline.as_deref()?).into_iter().find(known);
        let lines = texts(BlockKind::Boilerplate).filter_map(|line| self.after_source(line));
        let line = || lines.flat_map(|line| self.names(line)).find(known);
        dateline.filter(|name| is_medium(name) != Some(false)).or_else(byline).or_else(line)
    }

    /// The names of a byline.
    fn names<'a>(&self, byline: &'a str) -> Vec<&'a str> {
        let mut parts: Vec<&str> = byline.split([',', '|', '/', ';']).collect();
        for word in self.0.of(CreditWord::Between) {
            let joint = format!(" {word} ");
            parts = parts.into_iter().flat_map(|part| part.split(&joint)).collect();
        }
        let names = parts.into_iter().map(|part| part.trim().trim_end_matches('.'));
        names.map(|name| self.without_by(name)).collect()
    }

    /// A byline without its *By*.
    fn without_by<'a>(&self, name: &'a str) -> &'a str {
        let mut by = self.0.of(CreditWord::By).into_iter();
        let rest = by.find_map(|by| behind(name, by)?.strip_prefix(' '));
        rest.map_or(name, str::trim)
    }

    /// What follows *Source:* at the start of a line.
    fn after_source<'a>(&self, line: &'a str) -> Option<&'a str> {
        let line = line.trim_start_matches(['(', '[', '*', ' ']).trim_end_matches([')', ']', ' ']);
        self.0.of(CreditWord::Source).into_iter().find_map(|word| behind(line, word))
    }
}

/// What stands behind a word at the start of a line, whatever its capitals.
fn behind<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let (head, rest) = line.split_at_checked(word.len())?;
    head.eq_ignore_ascii_case(word).then_some(rest)
}

/// The name in the brackets of a dateline, before its dash.
fn in_dateline(paragraph: &str) -> Option<&str> {
    let (place, rest) = paragraph.split_once('(')?;
    let (name, rest) = rest.split_once(')')?;
    let words = place.split_whitespace().count();
    let is_place = place.starts_with(char::is_uppercase) && (1..=DATELINE_WORDS).contains(&words);
    let is_name = name.starts_with(char::is_uppercase) && name.split_whitespace().count() <= 4;
    let dash = rest.trim_start().starts_with(['-', '–', '—']);
    (is_place && is_name && dash && !place.contains('\n')).then_some(name.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_name_agencies() {
        let check = |paragraph: &str, expected: Option<&str>| {
            assert_eq!(in_dateline(paragraph), expected, "{paragraph}");
        };
        check("OSLO, May 3 (Newswire) - The ferry sank.", Some("Newswire"));
        check("Porto (Coast News Agency) — Nobody was hurt.", Some("Coast News Agency"));
        check("The ferry (built in 1990) sank.", None);
        check("The ferry (Newswire) sank.", None);
        check("LISBON — The mayor (Ada Brook) - left.", Some("Ada Brook"));
        check("A long sentence that goes on and on (Newswire) - no.", None);
    }

    #[test]
    fn bylines_are_taken_apart() {
        let check = |byline: &str, expected: &[&str]| {
            assert_eq!(CreditWords::default().names(byline), expected, "{byline}");
        };
        check("Ada Brook, Newswire", &["Ada Brook", "Newswire"]);
        check("By Ada Brook and Ben Hill for Newswire.", &["Ada Brook", "Ben Hill", "Newswire"]);
    }

    #[test]
    fn lines_name_sources() {
        let words = CreditWords::default();
        assert_eq!(words.after_source("(Source: Newswire)"), Some(" Newswire"));
        assert_eq!(words.after_source("Sources say so"), None);
    }
}
