//! Words that tell sources without a verb.
//!
//! In: the word list `lexicon/source-nouns.tsv`, and the words of news media. Out:
//! whether a word stands for a source.

use crate::analyse::{MediaLexicon, MediaWord};
use crate::extract::lexicon::Lexicon;

/// Which words stand for sources.
#[derive(Clone, Copy, Debug)]
pub struct SourceWords<'a> {
    lexicon: &'a Lexicon,
    media: &'a MediaLexicon,
}

impl<'a> SourceWords<'a> {
    /// Of these lists.
    pub fn new(lexicon: &'a Lexicon, media: &'a MediaLexicon) -> Self {
        Self { lexicon, media }
    }

    /// Whether a noun is for those who speak to a newspaper without a name.
    pub(super) fn is_anonymous(self, lemma: &str) -> bool {
        self.lexicon.has("source-nouns", Some("anonymous"), lemma)
    }

    /// Whether a noun stands for a source in a headline.
    pub(super) fn is_headline_source(self, lemma: &str) -> bool {
        self.lexicon.has("source-nouns", Some("headline"), &lemma.to_lowercase())
    }

    /// Whether a word is of the name of one whom somebody tells something to print it.
    pub(super) fn is_medium(self, form: &str) -> bool {
        self.media.is(form, MediaWord::Medium)
    }
}
