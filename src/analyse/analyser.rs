//! The layers put together, in the order in which each needs the others.

use std::sync::Arc;

use thiserror::Error;

use super::coreference::clusters;
use super::known_names::KnownNames;
use super::lemma::Lemmatiser;
use super::mend::{self, MendWords, View};
use super::mentions::mentions;
use super::model::Model;
use super::model_file::ModelError;
use super::name_words::{NameLexicon, is_acronym};
use super::names::{NameRules, Words, trim};
use super::parse::{Layers, tag_and_parse};
use super::quotations::quotations;
use super::reference::{Parsed, ReferenceLexicon};
use super::seams;
use super::segment::{Segmenter, WeightsError};
use super::sorts::set_sorts;
use super::times::{TimeLexicon, times};
use crate::text::lexicon::Lexicon;
use crate::text::table::TableError;
use crate::text::{Article, Document, FunctionWords, Name, Sentence, Tag, Token};

/// Why there is no analyser.
#[derive(Debug, Error)]
pub enum AnalyserError {
    /// The segmenter's weights cannot be read.
    #[error("weights of the segmenter: {0}")]
    Segmenter(#[from] WeightsError),
    /// The model cannot be read.
    #[error("model: {0}")]
    Model(#[from] ModelError),
}

/// Everything that analysis needs to know, read once and shared by all articles.
#[derive(Clone, Debug)]
pub struct Analyser {
    segmenter: Segmenter,
    model: Model,
    name_words: NameLexicon,
    name_rules: NameRules,
    time_words: TimeLexicon,
    reference_words: ReferenceLexicon,
    known_names: KnownNames,
    mend_words: MendWords,
    words: Arc<FunctionWords>,
}

impl Analyser {
    /// An analyser with the model that ships in the program.
    ///
    /// # Errors
    /// Only if the program was built with a damaged model file.
    pub fn english() -> Result<Self, AnalyserError> {
        Self::with_model(Model::english()?)
    }

    /// An analyser with another model.
    ///
    /// # Errors
    /// As [`Analyser::english`].
    pub fn with_model(model: Model) -> Result<Self, AnalyserError> {
        let segmenter = Segmenter::english()?;
        let vectors = model.network.pretrained();
        Ok(Self {
            segmenter,
            reference_words: ReferenceLexicon::default().with_vectors(vectors),
            model,
            name_words: NameLexicon::default(),
            name_rules: NameRules::shipped(),
            time_words: TimeLexicon::default(),
            known_names: KnownNames::default(),
            mend_words: mend::shipped_words(),
            words: FunctionWords::shipped(),
        })
    }

    /// The same, with other word lists.
    ///
    /// # Errors
    /// The first line of one that says what cannot be.
    pub fn with_lists(self, lists: &Lexicon) -> Result<Self, TableError> {
        let vectors = self.model.network.pretrained();
        Ok(Self {
            segmenter: self.segmenter.with_lists(lists),
            name_words: NameLexicon::new(lists)?,
            time_words: TimeLexicon::new(lists)?,
            reference_words: ReferenceLexicon::new(lists)?.with_vectors(vectors),
            mend_words: MendWords::new(lists)?,
            words: Arc::new(FunctionWords::new(lists)?),
            ..self
        })
    }

    /// The same, with names that it knows beforehand. Words that may also be a
    /// person or a place by the model's lists are not among them, but acronyms
    /// are: *EU* is not the town of Eu.
    #[must_use]
    pub fn with_names(self, known_names: KnownNames) -> Self {
        let phrases = self.model.network.phrases();
        let known_names =
            known_names.unless(|word| !is_acronym(word) && phrases.is_person_or_place(word));
        Self { known_names, ..self }
    }

    /// What it makes lemmas with.
    pub fn lemmatiser(&self) -> &Lemmatiser {
        &self.model.lemmatiser
    }

    /// What tells who is meant.
    pub fn reference_words(&self) -> &ReferenceLexicon {
        &self.reference_words
    }

    /// Analyses an article.
    pub fn analyse(&self, article: Article) -> Document {
        let (sentences, tokens) = self.segmenter.segment(&article);
        let sentences = seams::mend(&self.reference_words.persons, &tokens, sentences);
        self.annotate(article, sentences, tokens)
    }

    /// Analyses an article whose sentences and tokens are known already, from
    /// gold data or from another program.
    pub fn annotate(
        &self,
        article: Article,
        sentences: Vec<Sentence>,
        tokens: Vec<Token>,
    ) -> Document {
        let Layers { tags, tree, names } = tag_and_parse(&self.model, &tokens, &sentences);
        let names = self.names(&sentences, &tokens, &tags, names);
        let tree = mend::mended(View {
            lexicon: &self.name_words,
            reference: &self.reference_words,
            mend_words: &self.mend_words,
            words: &self.words,
            sentences: &sentences,
            tokens: &tokens,
            tags: &tags,
            names: &names,
            tree: &tree,
        });
        let bare = Document::new(article);
        self.refer(Document { sentences, tokens, tags, tree, names, ..bare })
    }

    /// Adds what a document that was parsed elsewhere lacks: times, quotations,
    /// mentions and clusters, as far as its tags and trees allow; names that are
    /// known beforehand, if it has none at all.
    pub fn complete(&self, mut document: Document) -> Document {
        if document.names.is_empty() {
            let Document { sentences, tokens, tags, .. } = &document;
            document.names = self.names(sentences, tokens, tags, Vec::new());
        } else {
            let media = &self.reference_words.media;
            set_sorts(&self.known_names, media, &document.tokens, &mut document.names);
        }
        self.refer(document)
    }

    /// Names, put right by the lists.
    fn names(
        &self,
        sentences: &[Sentence],
        tokens: &[Token],
        tags: &[Tag],
        found: Vec<Name>,
    ) -> Vec<Name> {
        let (lexicon, reference) = (&self.name_words, &self.reference_words);
        let found = trim(reference, lexicon, tokens, found);
        let names = self.known_names.correct(lexicon, sentences, tokens, found);
        let phrases = self.model.network.phrases();
        let words = Words { lexicon, reference, phrases, sentences, tokens, tags };
        let mut names = self.name_rules.resolve(words, names);
        set_sorts(&self.known_names, &reference.media, tokens, &mut names);
        names
    }

    /// The layers that rest on words, trees and names.
    fn refer(&self, mut document: Document) -> Document {
        document.words = Arc::clone(&self.words);
        let Document { article, sentences, tokens, tags, tree, names, words, .. } = &document;
        let quotations = quotations(article, words);
        let times = times(article, sentences, tokens, tags, tree, &self.time_words);
        let parsed =
            Parsed { sentences, tokens, tags, tree, names, quotations: &quotations, words };
        let mentions = mentions(&parsed, &self.reference_words);
        let (mentions, clusters) = clusters(&parsed, &self.reference_words, mentions);
        document.quotations = quotations;
        document.times = times;
        document.mentions = mentions;
        document.clusters = clusters;
        document
    }
}
