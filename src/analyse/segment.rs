//! Sentences and tokens from raw text.
//!
//! In: an article; its blocks delimit sentences. Out: sentences and syntactic
//! words as Universal Dependencies divides English: `don't` is `do` and `n't`,
//! `nine-month` is `nine`, `-`, `month`; `U.S.` stays whole. Text outside the
//! blocks is passed over. Every character that is not blank
//! ([`is_blank`](crate::text::is_blank)) belongs to exactly one token, and
//! tokens' spans slice exactly the text.
//!
//! Blank space always separates tokens, and addresses of web pages and mail are
//! one token each. Where else they separate, and where
//! sentences end, two linear classifiers over hashed features decide, at the
//! places where it is in question: between characters of different kinds,
//! inside contractions, and after anything that may end a sentence. Curly and
//! straight quotation marks look the same to them. Time and memory are linear
//! in the length of the text.

mod addresses;
mod features;
mod glyphs;
mod lexicon;
mod split;
mod stop;
mod weights;

use std::ops::Range;

use crate::text::lexicon::Lexicon as WordLists;
use crate::text::{Article, Block, Sentence, Span, Token, TokenId};

pub use weights::{CLASSES, Table, Weights, WeightsError};

use features::Features;
use glyphs::{Glyph, glyphs};
use lexicon::Lexicon;
use split::{Chunk, chunks};
use stop::Outlook;

/// A sentence of more tokens than this is cut at the likeliest place: nothing
/// that somebody wrote is so long, and what comes after need not cope with it.
pub const LONGEST_SENTENCE: usize = 500;

/// What is between two characters of a run without blanks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// Nothing: they belong to one word.
    Inside,
    /// A new token begins.
    Token,
    /// A new word of the same token begins: `do|n't`.
    Joined,
}

/// Who decides in the cases in question: the trained weights, or, in training,
/// the treebank. Places are byte offsets into the article's text.
pub trait Judge {
    /// What is at this place within a run without blanks.
    fn split(&mut self, at: usize, features: &[u32]) -> Split;

    /// How sure it is that a sentence ends before the token at this place:
    /// above 0 for yes.
    fn stop(&mut self, at: usize, features: &[u32]) -> f32;
}

/// Divides text into sentences and tokens.
#[derive(Clone, Debug)]
pub struct Segmenter {
    weights: Weights,
    lexicon: Lexicon,
}

impl Segmenter {
    /// The one for English that ships.
    pub fn english() -> Result<Self, WeightsError> {
        Ok(Self {
            weights: Weights::from_bytes(reportedly_english::SEGMENTS)?,
            lexicon: Lexicon::english(),
        })
    }

    /// The same with the contractions and abbreviations of other word lists.
    #[must_use]
    pub fn with_lists(self, lists: &WordLists) -> Self {
        Self { lexicon: Lexicon::new(lists), ..self }
    }

    /// The sentences and tokens of an article.
    pub fn segment(&self, article: &Article) -> (Vec<Sentence>, Vec<Token>) {
        segment(article, &self.lexicon, &mut &self.weights)
    }
}

/// Divides an article as a judge decides; for training.
pub fn segment_with(article: &Article, judge: &mut impl Judge) -> (Vec<Sentence>, Vec<Token>) {
    segment(article, &Lexicon::english(), judge)
}

fn segment(
    article: &Article,
    lexicon: &Lexicon,
    judge: &mut impl Judge,
) -> (Vec<Sentence>, Vec<Token>) {
    let mut page = Page { lexicon, judge, sentences: Vec::new(), tokens: Vec::new() };
    for (index, block) in (0..).zip(&article.blocks) {
        page.block(index, block, block.span.slice(&article.text));
    }
    (page.sentences, page.tokens)
}

/// A word of a block: a range of its glyphs.
struct Piece {
    glyphs: Range<usize>,
    joined: bool,
}

/// What has been found so far.
struct Page<'a, J> {
    lexicon: &'a Lexicon,
    judge: &'a mut J,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
}

impl<J: Judge> Page<'_, J> {
    fn block(&mut self, index: u32, block: &Block, text: &str) {
        let glyphs = glyphs(text, block.span.start as usize);
        let pieces = self.pieces(&glyphs);
        let first = self.tokens.len();
        for piece in &pieces {
            self.tokens.push(token(&glyphs, piece, block.span.start as usize, text));
        }
        let outlook = Outlook::new(&glyphs, &pieces, self.lexicon);
        for range in self.stops(&outlook, &pieces, &glyphs) {
            let (a, b) = (first + range.start, first + range.end);
            self.sentences.push(Sentence {
                span: self.tokens[a].span.cover(self.tokens[b - 1].span),
                tokens: TokenId::from_index(a).until(TokenId::from_index(b)),
                block: block.kind,
                block_index: index,
            });
        }
    }

    /// The words of a block.
    fn pieces(&mut self, glyphs: &[Glyph]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut features = Features::default();
        for chunk in chunks(glyphs, self.lexicon) {
            let mut start = chunk.range.start;
            let mut joined = false;
            for at in chunk.range.start + 1..chunk.range.end {
                match self.split(&chunk, start, at, &mut features) {
                    Split::Inside => {}
                    split => {
                        pieces.push(Piece { glyphs: start..at, joined });
                        (start, joined) = (at, split == Split::Joined);
                    }
                }
            }
            pieces.push(Piece { glyphs: start..chunk.range.end, joined });
        }
        pieces
    }

    fn split(&mut self, chunk: &Chunk, start: usize, at: usize, features: &mut Features) -> Split {
        if chunk.is_edge(at) {
            return Split::Token;
        }
        if !chunk.in_question(at) {
            return Split::Inside;
        }
        features.clear();
        chunk.describe(start, at, features);
        self.judge.split(chunk.byte(at), features.as_slice())
    }

    /// The sentences of a block, as ranges of its pieces.
    fn stops(
        &mut self,
        outlook: &Outlook,
        pieces: &[Piece],
        glyphs: &[Glyph],
    ) -> Vec<Range<usize>> {
        let mut sentences = Vec::new();
        let mut features = Features::default();
        let (mut start, mut at) = (0, 1);
        let mut best: Option<(f32, usize)> = None;
        while at < pieces.len() {
            let score = if outlook.in_question(at) {
                features.clear();
                outlook.describe(start, at, &mut features);
                let first = &glyphs[pieces[at].glyphs.start];
                self.judge.stop(first.byte, features.as_slice())
            } else {
                f32::NEG_INFINITY
            };
            let long = at - start > LONGEST_SENTENCE / 2;
            if long && best.is_none_or(|(b, _)| score > b) && !pieces[at].joined {
                best = Some((score, at));
            }
            let cut = at - start >= LONGEST_SENTENCE;
            if cut || score > 0.0 {
                if let (Some((_, place)), false) = (best, score > 0.0) {
                    at = place;
                }
                sentences.push(start..at);
                (start, best) = (at, None);
            }
            at += 1;
        }
        sentences.extend((start < pieces.len()).then_some(start..pieces.len()));
        sentences
    }
}

fn token(glyphs: &[Glyph], piece: &Piece, offset: usize, text: &str) -> Token {
    let (first, last) = (&glyphs[piece.glyphs.start], &glyphs[piece.glyphs.end - 1]);
    let form = text.get(first.byte - offset..last.end() - offset);
    let form = form.expect("glyphs begin and end with characters");
    let span = Span::of(first.byte..last.end());
    Token { span, form: form.into(), joined: piece.joined }
}

#[cfg(test)]
mod tests;
