//! Sentences alone, of a text of which nothing else is asked.

use super::person::PersonLexicon;
use super::seams;
use super::segment::{Segmenter, WeightsError};
use crate::text::{Article, Sentence};

/// Divides articles into the sentences that an [`Analyser`](super::Analyser) with the
/// shipped lists finds in them, without its model.
#[derive(Clone, Debug)]
pub struct SentenceSplitter {
    segmenter: Segmenter,
    persons: PersonLexicon,
}

impl SentenceSplitter {
    /// The one for English that ships.
    ///
    /// # Errors
    /// Only if the program was built with damaged weights.
    pub fn english() -> Result<Self, WeightsError> {
        Ok(Self { segmenter: Segmenter::english()?, persons: PersonLexicon::default() })
    }

    /// The sentences of an article, in order.
    ///
    /// ```
    /// use reportedly::Article;
    /// use reportedly::analyse::SentenceSplitter;
    ///
    /// let article = Article::new("ferry", "Ada B. Moss left. The ferry stayed.");
    /// let sentences = SentenceSplitter::english()?.split(&article);
    /// assert_eq!(sentences[1].span.slice(&article.text), "The ferry stayed.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn split(&self, article: &Article) -> Vec<Sentence> {
        let (sentences, tokens) = self.segmenter.segment(article);
        seams::mend(&self.persons, &tokens, sentences)
    }
}
