//! Scores of a model on gold tokens.

use std::fmt;

use reportedly::analyse::name_tags::decode;
use reportedly::analyse::{Model, NAME_CLASSES, NAME_KINDS, tag_and_parse};
use reportedly::text::{self, BlockKind, NameKind, Span, Token, TokenId};

use super::data::{ANY, Allowed, Sentence};

/// Counts of what was right.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    words: usize,
    upos: usize,
    xpos: usize,
    feats: usize,
    lemma: usize,
    uas: usize,
    las: usize,
    /// Right, gold and found persons, organisations, places and groups.
    names: [[usize; 3]; 4],
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |part: usize| 100.0 * part as f64 / self.words.max(1) as f64;
        let f1 =
            |[right, gold, found]: [usize; 3]| 200.0 * right as f64 / (gold + found).max(1) as f64;
        let sum = |i: usize| self.names.iter().take(3).map(|kind| kind[i]).sum();
        let all = [sum(0), sum(1), sum(2)];
        let [per, org, loc, group] = self.names.map(f1);
        write!(
            f,
            "upos {:.2} xpos {:.2} feats {:.2} lemma {:.2} uas {:.2} las {:.2} names {:.2} \
             (per {per:.1} org {org:.1} loc {loc:.1} group {group:.1} {all:?})",
            share(self.upos),
            share(self.xpos),
            share(self.feats),
            share(self.lemma),
            share(self.uas),
            share(self.las),
            f1(all),
        )
    }
}

/// Reads gold tokens and compares.
pub(crate) fn score(model: &Model, gold: &[Sentence]) -> Score {
    let (tokens, sentences) = layout(gold);
    let found = tag_and_parse(model, &tokens, &sentences);
    let mut score = Score::default();
    let universal = |relation: &str| relation.split(':').next().unwrap_or("").to_owned();
    let mut at = 0;
    for sentence in gold {
        let start = at;
        for word in &sentence.words {
            let tag = &found.tags[at];
            let head =
                found.tree.head(TokenId::from_index(at)).map_or(0, |h| h.index() + 1 - start);
            let lemma = word.lemma == "_" || word.lemma == tag.lemma.as_str();
            score.words += 1;
            score.upos += usize::from(word.upos == tag.upos.as_str());
            score.xpos += usize::from(word.xpos == tag.xpos.as_str());
            score.feats += usize::from(word.feats == tag.feats.0.as_str());
            score.lemma += usize::from(lemma);
            score.uas += usize::from(word.head == head);
            let same =
                universal(&word.deprel) == universal(found.tree.label(TokenId::from_index(at)));
            score.las += usize::from(word.head == head && same);
            at += 1;
        }
        let names: Vec<_> = found
            .names
            .iter()
            .filter(|n| (start..at).contains(&(n.tokens.start.index())))
            .map(|n| (n.tokens.start.index() - start..n.tokens.end.index() - start, broad(n.kind)))
            .collect();
        score.names(&names, &sentence.names);
    }
    score
}

type Spans = Vec<(std::ops::Range<usize>, NameKind)>;

/// Facilities count as places.
fn broad(kind: NameKind) -> NameKind {
    if kind == NameKind::Facility { NameKind::Place } else { kind }
}

impl Score {
    /// Counts names; a sentence of which gold data leave a word open is left out.
    fn names(&mut self, found: &Spans, allowed: &[Allowed]) {
        if allowed.contains(&ANY) {
            return;
        }
        let rows: Vec<Vec<f32>> = allowed.iter().map(|&a| as_scores(a)).collect();
        let rows: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
        let gold: Spans = decode(&rows).into_iter().map(|(r, k)| (r, broad(k))).collect();
        for (counts, kind) in self.names.iter_mut().zip(SCORED) {
            let of_kind = |name: &&(std::ops::Range<usize>, NameKind)| name.1 == kind;
            counts[1] += gold.iter().filter(of_kind).count();
            counts[2] += found.iter().filter(of_kind).count();
            counts[0] += found.iter().filter(of_kind).filter(|name| gold.contains(name)).count();
        }
    }
}

/// The kinds of names that are scored; the first three together as well.
const SCORED: [NameKind; 4] =
    [NameKind::Person, NameKind::Organization, NameKind::Place, NameKind::Group];

/// Outside where that is open, else the first class that is.
fn as_scores(allowed: Allowed) -> Vec<f32> {
    let first = allowed.trailing_zeros() as usize;
    debug_assert!(NAME_KINDS.len() * 2 < NAME_CLASSES);
    (0..NAME_CLASSES).map(|class| if class == first { 9.0 } else { 0.0 }).collect()
}

/// The sentences as the program's own tokens, with made-up offsets.
fn layout(gold: &[Sentence]) -> (Vec<Token>, Vec<text::Sentence>) {
    let (mut tokens, mut sentences) = (Vec::new(), Vec::new());
    let mut at = 0;
    for sentence in gold {
        let (first, start) = (TokenId::from_index(tokens.len()), at);
        for word in &sentence.words {
            let span = Span::new(at, at + word.form.len() as u32);
            at = span.end + 1;
            tokens.push(Token { span, form: word.form.as_str().into(), joined: false });
        }
        let last = TokenId::from_index(tokens.len());
        let (span, block) = (Span::new(start, at), BlockKind::Paragraph);
        sentences.push(text::Sentence { span, tokens: first.until(last), block, block_index: 0 });
    }
    (tokens, sentences)
}
