//! One side of the comparison: tokens, sentences and words over characters.

use super::EvaluationError;
use crate::text::{Document, Span, Tag, TokenId};

/// All documents of one side, one after the other. Positions count the
/// characters of all texts, white space left out.
#[derive(Debug, Default)]
pub(super) struct Side {
    pub(super) characters: Vec<char>,
    pub(super) tokens: Vec<(usize, usize)>,
    pub(super) sentences: Vec<(usize, usize)>,
    pub(super) words: Vec<Word>,
    /// For each sentence its article, number, text and words.
    pub(super) names: Vec<SentenceName>,
    /// Where each article's characters begin.
    articles: Vec<(usize, String)>,
}

/// Where a sentence comes from.
#[derive(Debug)]
pub(super) struct SentenceName {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) words: std::ops::Range<usize>,
}

/// A syntactic word.
#[derive(Debug)]
pub(super) struct Word {
    /// The characters of its surface token.
    pub(super) span: (usize, usize),
    /// Whether that token has other words too.
    pub(super) multiword: bool,
    pub(super) form: String,
    /// The form in lower case.
    pub(super) key: String,
    pub(super) tag: Tag,
    /// The universal ones among its features, sorted.
    pub(super) feats: Vec<String>,
    /// Index of its head; none for a root.
    pub(super) parent: Option<usize>,
    /// Its relation without the subtype.
    pub(super) deprel: String,
    /// Its dependents by functional relations, in order.
    pub(super) function_words: Vec<usize>,
}

const CONTENT: [&str; 29] = [
    "nsubj",
    "obj",
    "iobj",
    "csubj",
    "ccomp",
    "xcomp",
    "obl",
    "vocative",
    "expl",
    "dislocated",
    "advcl",
    "advmod",
    "discourse",
    "nmod",
    "appos",
    "nummod",
    "acl",
    "amod",
    "conj",
    "fixed",
    "flat",
    "compound",
    "list",
    "parataxis",
    "orphan",
    "goeswith",
    "reparandum",
    "root",
    "dep",
];
const FUNCTIONAL: [&str; 7] = ["aux", "cop", "mark", "det", "clf", "case", "cc"];
const FEATURES: [&str; 21] = [
    "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number",
    "Case", "Definite", "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident",
    "Polarity", "Person", "Polite",
];

impl Word {
    /// Whether it hangs by a content relation.
    pub(super) fn is_content(&self) -> bool {
        CONTENT.contains(&self.deprel.as_str())
    }

    fn is_functional(&self) -> bool {
        FUNCTIONAL.contains(&self.deprel.as_str())
    }

    /// Its lemma, if it has one to compare with.
    pub(super) fn lemma(&self) -> Option<&str> {
        Some(self.tag.lemma.as_str()).filter(|l| !l.is_empty() && *l != "_")
    }
}

impl Side {
    pub(super) fn of(documents: &[Document]) -> Self {
        let mut side = Self::default();
        for document in documents {
            side.add(document);
        }
        for i in 0..side.words.len() {
            let functional = side.words.get(i).filter(|w| w.is_functional());
            let parent = functional.and_then(|w| w.parent);
            if let Some(parent) = parent.and_then(|p| side.words.get_mut(p)) {
                parent.function_words.push(i);
            }
        }
        side
    }

    fn add(&mut self, document: &Document) {
        let positions = Positions::new(&document.article.text, self.characters.len());
        self.articles.push((self.characters.len(), document.article.id.to_string()));
        let characters = document.article.text.chars().filter(|c| !c.is_whitespace());
        self.characters.extend(characters);
        let first_word = self.words.len();
        self.add_words(document, &positions);
        for (number, sentence) in (1..).zip(&document.sentences) {
            self.sentences.push(positions.span(sentence.span));
            let words = first_word + sentence.tokens.start.index()
                ..first_word + sentence.tokens.end.index();
            let name = format!("{}-{number}", document.article.id);
            let text = document.slice(sentence.span).to_owned();
            self.names.push(SentenceName { name, text, words });
        }
    }

    fn add_words(&mut self, document: &Document, positions: &Positions) {
        let first_word = self.words.len();
        let tokens = &document.tokens;
        let mut start = 0;
        while let Some(token) = tokens.get(start) {
            let rest = tokens.get(start + 1..).unwrap_or(&[]);
            let joined = rest.iter().take_while(|t| t.joined).count();
            let end = start + 1 + joined;
            let span = rest.iter().take(joined).fold(token.span, |span, t| span.cover(t.span));
            let span = positions.span(span);
            self.tokens.push(span);
            for i in start..end {
                let word = word(document, i, span, joined > 0);
                let parent = word.parent.map(|p| p + first_word);
                self.words.push(Word { parent, ..word });
            }
            start = end;
        }
    }

    /// Checks that both sides are over the same characters.
    pub(super) fn same_characters(&self, system: &Self) -> Result<(), EvaluationError> {
        if self.characters == system.characters {
            return Ok(());
        }
        let pairs = self.characters.iter().zip(&system.characters);
        let at = pairs.take_while(|(a, b)| a == b).count();
        let article = self.articles.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        let next = |side: &Self| side.characters.iter().skip(at).take(20).collect();
        Err(EvaluationError::Characters {
            article: self.articles.get(article).map(|(_, id)| id.clone()).unwrap_or_default(),
            at,
            gold: next(self),
            system: next(system),
        })
    }
}

/// Word `i` of a document, its head counted within the document.
fn word(document: &Document, i: usize, span: (usize, usize), multiword: bool) -> Word {
    let token = TokenId::from_index(i);
    let tag = document.tag(token).clone();
    let feats = tag.feats.0.split('|').filter(|f| {
        let name = f.split('=').next().unwrap_or("");
        FEATURES.contains(&name)
    });
    let mut feats: Vec<String> = feats.map(str::to_owned).collect();
    feats.sort_unstable();
    let form = document.form(token).to_owned();
    let deprel = document.tree.label(token);
    Word {
        span,
        multiword,
        key: form.to_lowercase(),
        form,
        feats,
        parent: document.tree.head(token).map(TokenId::index),
        deprel: deprel.split(':').next().unwrap_or("").to_owned(),
        function_words: Vec::new(),
        tag,
    }
}

/// Byte offsets of a text as positions among its characters, white space left out.
struct Positions {
    of_byte: Vec<usize>,
}

impl Positions {
    fn new(text: &str, start: usize) -> Self {
        let mut of_byte = vec![start; text.len() + 1];
        let mut position = start;
        for (at, c) in text.char_indices() {
            if let Some(bytes) = of_byte.get_mut(at..at + c.len_utf8()) {
                bytes.fill(position);
            }
            position += usize::from(!c.is_whitespace());
        }
        of_byte[text.len()] = position;
        Self { of_byte }
    }

    fn span(&self, span: Span) -> (usize, usize) {
        let at = |byte: u32| self.of_byte.get(byte as usize).copied().unwrap_or(0);
        (at(span.start), at(span.end))
    }
}
