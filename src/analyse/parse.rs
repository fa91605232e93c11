//! Tags, lemmas, trees and names of all sentences, by the model.
//!
//! In: tokens and sentences. Out: [`Layers`], parallel to the tokens.
//! Sentences are read many at a time, so that the products of matrices are
//! large; very long ones are read in pieces, which bounds the work per word.

use std::collections::HashMap;
use std::ops::Range;

use ndarray::Array2;

use super::model::Model;
use super::name_tags;
use super::network::Columns;
use super::network::features::Words;
use super::network::math::{greatest, row};
use super::network::phrases::Marks;
use super::spanning_tree::best_tree;
use crate::text::{
    ArcCertainty, Certainty, Deprel, Feats, Name, Sentence, Tag, Token, TokenId, Tree,
};

/// How many words are read at once, as long as sentences are shorter.
const BATCH: usize = 384;
/// Longer sentences are read in pieces.
const LONGEST: usize = 256;

/// What the model says of the tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct Layers {
    /// One a token.
    pub tags: Vec<Tag>,
    /// One tree a sentence.
    pub tree: Tree,
    /// In order, without overlaps.
    pub names: Vec<Name>,
}

/// Reads all sentences. Pure: the same tokens give the same layers.
pub fn tag_and_parse(model: &Model, tokens: &[Token], sentences: &[Sentence]) -> Layers {
    let mut found = Found { names: Vec::new(), ..Found::new(tokens.len()) };
    for batch in batches(sentences) {
        Reading::new(model, tokens, batch).read_into(&mut found);
    }
    join_pieces(sentences, &mut found);
    let tree = Tree::new(found.heads, found.deprels).with_certainty(found.certainty);
    Layers { tags: found.tags, tree, names: found.names }
}

struct Found {
    tags: Vec<Tag>,
    heads: Vec<Option<TokenId>>,
    deprels: Vec<Deprel>,
    certainty: Vec<ArcCertainty>,
    names: Vec<Name>,
}

impl Found {
    fn new(tokens: usize) -> Self {
        Self {
            tags: vec![Tag::default(); tokens],
            heads: vec![None; tokens],
            deprels: vec![Deprel::Root; tokens],
            certainty: vec![ArcCertainty::FULL; tokens],
            names: Vec::new(),
        }
    }
}

/// The sentences, cut where they are too long, in batches.
fn batches(sentences: &[Sentence]) -> Vec<Vec<Range<usize>>> {
    let mut all = Vec::new();
    let mut batch: Vec<Range<usize>> = Vec::new();
    let mut size = 0;
    for piece in sentences.iter().flat_map(pieces) {
        if size + piece.len() > BATCH && !batch.is_empty() {
            all.push(std::mem::take(&mut batch));
            size = 0;
        }
        size += piece.len();
        batch.push(piece);
    }
    all.push(batch);
    all
}

fn pieces(sentence: &Sentence) -> impl Iterator<Item = Range<usize>> + use<> {
    let (first, last) = (sentence.tokens.start.index(), sentence.tokens.end.index());
    (first..last).step_by(LONGEST).map(move |start| start..last.min(start + LONGEST))
}

/// Every piece but the first has a root of its own: it hangs on the first's.
fn join_pieces(sentences: &[Sentence], found: &mut Found) {
    for sentence in sentences.iter().filter(|s| s.tokens.len() > LONGEST) {
        let is_root = |&t: &TokenId| found.heads.get(t.index()).is_some_and(Option::is_none);
        let roots: Vec<TokenId> = sentence.tokens.iter().filter(is_root).collect();
        for &root in roots.iter().skip(1) {
            found.heads[root.index()] = roots.first().copied();
            found.deprels[root.index()] = Deprel::Parataxis;
        }
    }
}

/// One batch on its way through the model.
struct Reading<'a> {
    model: &'a Model,
    tokens: &'a [Token],
    columns: Columns,
    /// The sentences, as ranges of tokens, one after another without gaps.
    pieces: Vec<Range<usize>>,
    /// The same as ranges of rows.
    rows: Vec<Range<usize>>,
    scores: Array2<f32>,
}

impl<'a> Reading<'a> {
    fn new(model: &'a Model, tokens: &'a [Token], pieces: Vec<Range<usize>>) -> Self {
        let mut words = Words::default();
        let mut numbers: HashMap<(&str, Marks), usize> = HashMap::new();
        let (mut text, mut rows) = (Vec::new(), Vec::new());
        for piece in &pieces {
            let start = text.len();
            let piece = tokens.get(piece.clone()).unwrap_or(&[]);
            let forms: Vec<&str> = piece.iter().map(|token| token.form.as_str()).collect();
            for (form, marks) in forms.iter().zip(model.network.phrases().marks(&forms)) {
                let next = words.len();
                let number = *numbers.entry((form, marks)).or_insert(next);
                if number == next {
                    words.push_marked(form, marks);
                }
                text.push(number);
            }
            rows.push(start..text.len());
        }
        let scores = model.network.read(&words, &text, &rows);
        let columns = model.network.shape().columns();
        Self { model, tokens, columns, pieces, rows, scores }
    }

    /// The row of a token, with the token, for all of them.
    fn words(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.rows.iter().zip(&self.pieces).flat_map(|(rows, piece)| rows.clone().zip(piece.clone()))
    }

    fn read_into(&self, found: &mut Found) {
        for (row, token) in self.words() {
            found.tags[token] = self.tag(row, token);
        }
        let (heads, sure): (Vec<_>, Vec<_>) = self.heads().into_iter().unzip();
        for (((row, token), head), sure) in self.words().zip(&heads).zip(sure) {
            let by = |head: usize| (token + head).checked_sub(row).map(TokenId::from_index);
            found.heads[token] = head.and_then(by);
            found.certainty[token].head = sure;
        }
        for ((_, token), (relation, sure)) in self.words().zip(self.relations(&heads)) {
            found.deprels[token] = relation;
            found.certainty[token].relation = sure;
        }
        let name_scores = self.model.network.name_scores(&self.scores);
        for (rows, piece) in self.rows.iter().zip(&self.pieces) {
            found.names.extend(self.names(&name_scores, rows, piece));
        }
    }

    fn part(&self, row: usize, columns: &Range<usize>) -> &[f32] {
        self::row(&self.scores, row).get(columns.clone()).unwrap_or(&[])
    }

    fn tag(&self, row: usize, token: usize) -> Tag {
        let parts = [&self.columns.upos, &self.columns.xpos, &self.columns.feats];
        let [upos, xpos, feats] = parts.map(|columns| self.part(row, columns));
        let inventory = &self.model.inventory;
        let best = self.model.tagger.best(upos, xpos, feats);
        let xpos = inventory.xpos(best);
        let form = self.tokens.get(token).map_or("", |t| &t.form);
        let lemma = self.model.lemmatiser.lemma(form, &xpos);
        Tag { upos: inventory.upos(best), xpos, feats: Feats(inventory.feats(best)), lemma }
    }

    /// The row of each row's head.
    fn heads(&self) -> Vec<(Option<usize>, Certainty)> {
        let scores = self.model.network.arc_scores(&self.scores, &self.rows);
        let trees = self.rows.iter().zip(&scores);
        let in_batch = |(rows, scores): (&Range<usize>, &Array2<f32>)| {
            let start = rows.start;
            // No word is its own head.
            let sure = |word: usize, head: Option<usize>| {
                let head = head.map_or(0, |head| head + 1);
                certainty(self::row(scores, word), head, |other| other != word + 1)
            };
            let heads = best_tree(scores).into_iter().enumerate();
            let found = heads.map(|(word, head)| (head.map(|head| head + start), sure(word, head)));
            found.collect::<Vec<_>>()
        };
        trees.flat_map(in_batch).collect()
    }

    fn relations(&self, heads: &[Option<usize>]) -> Vec<(Deprel, Certainty)> {
        let scores = self.model.network.relation_scores(&self.scores, heads);
        let relations = &self.model.inventory.relations;
        let name = |row: usize, head: &Option<usize>| match head {
            None => (Deprel::Root, Certainty::FULL),
            Some(_) => {
                let scores = self::row(&scores, row);
                let best = greatest(scores);
                let relation = relations.get(best).copied().unwrap_or(Deprel::Dep);
                (relation, certainty(scores, best, |_| true))
            }
        };
        heads.iter().enumerate().map(|(row, head)| name(row, head)).collect()
    }

    fn names(&self, scores: &Array2<f32>, rows: &Range<usize>, piece: &Range<usize>) -> Vec<Name> {
        let scores: Vec<&[f32]> = rows.clone().map(|row| self::row(scores, row)).collect();
        let span_of = |first: usize, last: usize| {
            let (first, last) = (self.tokens.get(first)?, self.tokens.get(last.checked_sub(1)?)?);
            Some(first.span.cover(last.span))
        };
        name_tags::decode(&scores)
            .into_iter()
            .filter_map(|(range, kind)| {
                let (first, last) = (piece.start + range.start, piece.start + range.end);
                let span = span_of(first, last)?;
                let tokens = TokenId::from_index(first).until(TokenId::from_index(last));
                Some(Name::new(span, tokens, kind))
            })
            .collect()
    }
}

/// How sure the choice at a place among scores is, where some of the others were possible.
fn certainty(scores: &[f32], chosen: usize, is_possible: impl Fn(usize) -> bool) -> Certainty {
    let others = scores.iter().enumerate().filter(|&(at, _)| at != chosen && is_possible(at));
    let chosen = scores.get(chosen).copied().unwrap_or(f32::INFINITY);
    Certainty::of_choice(chosen, others.map(|(_, &score)| score))
}

#[cfg(test)]
mod tests {
    use super::super::model_file::tests::tiny;
    use super::*;
    use crate::text::{BlockKind, Span};

    /// Sentences of so many words: each gets one root, and no cycle.
    fn check(lengths: &[u32]) {
        let model = Model::read(&tiny()).unwrap();
        let count: u32 = lengths.iter().sum();
        let token = |i: u32| Token {
            span: Span::new(2 * i, 2 * i + 1),
            form: ["a", "Ω", "\u{301}", "…"][i as usize % 4].into(),
            joined: false,
        };
        let tokens: Vec<Token> = (0..count).map(token).collect();
        let mut first = 0;
        let sentence = |length: &u32| {
            let words = first..first + length;
            first = words.end;
            let span = Span::new(2 * words.start, 2 * words.end);
            Sentence { span, tokens: words.into(), block: BlockKind::Paragraph, block_index: 0 }
        };
        let sentences: Vec<Sentence> = lengths.iter().map(sentence).collect();
        let layers = tag_and_parse(&model, &tokens, &sentences);
        assert_eq!(layers.tags.len(), tokens.len());
        for sentence in sentences {
            let roots = sentence.tokens.iter().filter(|&t| layers.tree.head(t).is_none()).count();
            assert_eq!(roots, usize::from(!sentence.tokens.is_empty()));
            for token in sentence.tokens {
                assert!(layers.tree.ancestors(token).count() < sentence.tokens.len());
            }
        }
    }

    #[test]
    fn sentences_of_every_length_have_a_tree() {
        check(&[]);
        check(&[0]);
        check(&[1, 0, 2]);
        check(&[LONGEST as u32, LONGEST as u32 + 1, 3]);
        check(&[3000]);
    }
}
