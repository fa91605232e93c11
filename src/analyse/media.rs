//! What is a news medium: a newspaper, an agency, whoever prints what is said.
//!
//! In: a word, or names and what is known of them beforehand. Out: what the word tells
//! (`news-media.tsv`), and names that know their [`Sort`].

use std::collections::HashSet;

use compact_str::CompactString;

use super::known_names::KnownNames;
use super::lists::shipped;
use crate::text::lexicon::Lexicon;
use crate::text::table::TableError;
use crate::text::{Name, Sort, Token, small};

/// What a word tells of a news medium.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaWord {
    /// The last word of a newspaper's name: *Gazette*.
    Newspaper,
    /// The last word of an agency's name.
    Agency,
    /// A word of the name of one whom somebody tells something to print it.
    Medium,
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
    fn names_medium(&self, words: &[Token]) -> bool {
        words.iter().any(|word| self.is(&word.form, MediaWord::Medium))
    }
}

/// Gives each name the sort of its bearer, where that is known beforehand or a word of
/// the name tells it. What is a news medium is asked nowhere else.
pub(super) fn set_sorts(
    known: &KnownNames,
    media: &MediaLexicon,
    tokens: &[Token],
    names: &mut [Name],
) {
    for name in names {
        let range = name.tokens.start.index()..name.tokens.end.index();
        let words = tokens.get(range).unwrap_or_default();
        let told = || media.names_medium(words).then_some(Sort::Media);
        name.sort = known.sort(words).or_else(told).filter(|sort| sort.fits(name.kind));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_media() {
        let media = MediaLexicon::default();
        assert!(
            media.is("Gazette", MediaWord::Newspaper) && media.is("gazette", MediaWord::Medium)
        );
        assert!(media.is("outlet", MediaWord::NewspaperNoun));
        assert!(
            !media.is("Bridge", MediaWord::Newspaper) && !media.is("Gazette", MediaWord::Agency)
        );
    }
}
