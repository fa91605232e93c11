//! Words that tell what a line of a page is: who wrote it, who speaks in it.
//!
//! In: a line, and the list `page-words`. Out: the line without the words around its
//! names, or yes or no.

use crate::text::lexicon::Lexicon;
use crate::text::table::TableError;
use crate::text::{ClassedWords, word_classes};

word_classes! {
    /// What a word tells of its line.
    pub(crate) enum PageWord in "page-words" {
        /// Begins a byline: *Written by*.
        Opener = "opener",
        /// Stands between the names of a byline.
        And = "and",
        /// Stands between an author's name and whom the author writes for.
        Outlet = "outlet",
        /// Says what somebody does: *reporter*.
        Role = "role",
        /// Makes a body of a role, which may stand where a name does: *CNN staff*.
        Body = "body",
        /// A word of speech.
        Speech = "speech",
    }
}

/// The words of lines of pages.
#[derive(Debug)]
pub(crate) struct PageWords {
    words: ClassedWords<PageWord>,
    /// Those that begin a byline, the longest first.
    openers: Vec<String>,
}

impl PageWords {
    /// The words of the list `page-words`.
    pub(crate) fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let words: ClassedWords<PageWord> = ClassedWords::new(lexicon)?;
        let mut openers: Vec<String> =
            words.of(PageWord::Opener).into_iter().map(str::to_owned).collect();
        openers.sort_by_key(|opener| std::cmp::Reverse(opener.len()));
        Ok(Self { words, openers })
    }

    /// Whether a word, as it stands, is of a class.
    pub(crate) fn is(&self, word: &str, class: PageWord) -> bool {
        self.words.is(word, class)
    }

    /// A byline without "By", as it is kept in an article.
    pub(crate) fn without_by<'a>(&self, byline: &'a str) -> &'a str {
        let mut openers = self.openers.iter();
        openers.find_map(|opener| behind(byline, opener)).unwrap_or(byline).trim()
    }
}

/// What stands behind an opener, whatever its capitals; behind a letter only after a
/// space.
fn behind<'a>(line: &'a str, opener: &str) -> Option<&'a str> {
    let (start, rest) = line.split_at_checked(opener.len())?;
    let ends = !opener.ends_with(char::is_alphanumeric) || rest.starts_with(' ');
    (ends && start.eq_ignore_ascii_case(opener)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::lists::word_lists;

    #[test]
    fn bylines_lose_what_opens_them() {
        let words = PageWords::new(&Lexicon::read(word_lists()).unwrap()).unwrap();
        let check = |byline: &str, expected: &str| {
            assert_eq!(words.without_by(byline), expected, "{byline}");
        };
        check("By Ann Lee", "Ann Lee");
        check("WRITTEN BY Ann Lee ", "Ann Lee");
        check("By:Ann Lee", "Ann Lee");
        check("Byron Lee", "Byron Lee");
    }
}
