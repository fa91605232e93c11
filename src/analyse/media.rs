//! Words that tell news media: newspapers, agencies, whoever prints what is said.
//!
//! In: a word. Out: what it tells (`news-media.tsv`).

use std::collections::HashSet;

use compact_str::CompactString;

use crate::text::table::Table;

/// What a word tells of a news medium.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaWord {
    /// The last word of a newspaper's name: *Gazette*.
    Newspaper,
    /// The last word of an agency's name.
    Agency,
    /// A word of the name of one whom somebody tells something to print it.
    Medium,
    /// A noun that refers to a newspaper: *daily*.
    NewspaperNoun,
    /// A noun that refers to an agency.
    AgencyNoun,
}

impl MediaWord {
    fn parse(class: &str) -> Option<Self> {
        Some(match class {
            "newspaper" => Self::Newspaper,
            "agency" => Self::Agency,
            "medium" => Self::Medium,
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
        let table = Table::shipped("news-media.tsv", include_str!("news-media.tsv"));
        let mut words = HashSet::new();
        for row in table.rows() {
            let class = row.parse("class", MediaWord::parse).expect("its first line lists them");
            words.insert((row.key().into(), class));
        }
        Self { words }
    }
}

impl MediaLexicon {
    /// Whether a word, whatever its capitals, tells this.
    pub fn is(&self, word: &str, class: MediaWord) -> bool {
        self.words.contains(&(word.to_lowercase().into(), class))
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
