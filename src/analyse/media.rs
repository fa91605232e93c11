//! Words that tell news media: newspapers, agencies, whoever prints what is said.
//!
//! In: words. Out: what they tell (`news-media.tsv`). That a name is a medium's is asked
//! of the name itself: see [`sorts`](super::sorts).

use std::collections::HashSet;

use compact_str::CompactString;

use super::lists::shipped;
use crate::text::lexicon::Lexicon;
use crate::text::table::TableError;
use crate::text::{Token, small};

/// What a word tells of a news medium.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaWord {
    /// The last word of a newspaper's name: *Gazette*.
    Newspaper,
    /// The last word of an agency's name.
    Agency,
    /// A word of the name of one whom somebody tells something to print it.
    Medium,
    /// The last word of names that few but media have: *Gazette*, not *Mail*.
    Masthead,
    /// A medium that goes by one word, or a word that only names of it have.
    Outlet,
    /// The whole name of a medium, which is known to be one: *Daily Mail*.
    Name,
    /// A noun that refers to a newspaper: *daily*.
    NewspaperNoun,
    /// A noun that refers to an agency.
    AgencyNoun,
}

impl MediaWord {
    pub(super) fn parse(class: &str) -> Option<Self> {
        Some(match class {
            "newspaper" => Self::Newspaper,
            "agency" => Self::Agency,
            "medium" => Self::Medium,
            "masthead" => Self::Masthead,
            "outlet" => Self::Outlet,
            "name" => Self::Name,
            "newspaper-noun" => Self::NewspaperNoun,
            "agency-noun" => Self::AgencyNoun,
            _ => return None,
        })
    }
}

/// The words of news media.
#[derive(Clone, Debug)]
pub struct MediaLexicon {
    words: HashSet<(CompactString, MediaWord)>,
}

impl Default for MediaLexicon {
    /// The shipped words.
    #[allow(clippy::expect_used)]
    fn default() -> Self {
        Self::new(&shipped(&["news-media"])).expect("a test reads the shipped list")
    }
}

impl MediaLexicon {
    /// The words of the list `news-media`.
    ///
    /// # Errors
    /// Where a line has a class that is none.
    pub fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let mut words = HashSet::new();
        for row in lexicon.rows("news-media") {
            words.insert((row.key().into(), row.parse("class", MediaWord::parse)?));
        }
        Ok(Self { words })
    }

    /// Whether a word, whatever its capitals, tells this.
    pub fn is(&self, word: &str, class: MediaWord) -> bool {
        self.words.contains(&(small(word).into(), class))
    }

    /// Whether words name a medium, where their name is that of something that acts or
    /// is made.
    pub(super) fn names_medium(&self, words: &[Token]) -> bool {
        let forms: Vec<&str> = words.iter().map(|word| word.form.as_str()).collect();
        let several = forms.len() > 1;
        forms.iter().any(|form| self.is(form, MediaWord::Outlet))
            || several && forms.last().is_some_and(|last| self.is(last, MediaWord::Masthead))
            || several && self.is(&forms.join(" "), MediaWord::Name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn words_tell_media() {
        let media = MediaLexicon::default();
        assert!(
            media.is("Gazette", MediaWord::Newspaper) && media.is("gazette", MediaWord::Medium)
        );
        let token =
            |form: &&str| Token { span: Span::new(0, 0), form: (*form).into(), joined: false };
        let named =
            |words: &[&str]| media.names_medium(&words.iter().map(token).collect::<Vec<_>>());
        assert!(
            named(&["BBC", "Persian"]) && named(&["Orm", "Gazette"]) && named(&["Daily", "Mail"])
        );
        assert!(!named(&["Royal", "Mail"]) && !named(&["Post", "Office"]) && !named(&["Times"]));
        assert!(media.is("outlet", MediaWord::NewspaperNoun));
        assert!(
            !media.is("Bridge", MediaWord::Newspaper) && !media.is("Gazette", MediaWord::Agency)
        );
    }
}
