//! Running quotations: one without a cue, that is a whole sentence or more, is the
//! words of who spoke in the sentence before it, or before a sentence or two about
//! the speaker.
//!
//! In: the attributions of an article so far. Out: which of them a quotation goes
//! on with, and the attributions with that quotation.

use std::collections::BTreeMap;

use crate::analyse::syntax::{is, is_quoted, pronoun};
use crate::extract::{Attitude, Attribution, AttributionKind, Polarity};
use crate::text::{
    ClusterId, Deprel, Document, FunctionWord, Pronoun, Quotation, Sentence, SentenceId, Span,
    TokenId,
};

/// How many sentences about the speaker may stand between.
const ASIDES: usize = 2;

/// Who speaks in each sentence that has somebody speak.
pub(super) struct Speakers {
    by_sentence: BTreeMap<SentenceId, Turn>,
    clusters: BTreeMap<TokenId, ClusterId>,
}

/// Who speaks in a sentence.
#[derive(Clone, Copy)]
struct Turn {
    /// The attribution, by its index.
    by: usize,
    speaker: Speaker,
    /// Whether somebody else speaks there, too.
    shared: bool,
}

/// Whoever is spoken of: by what is known to be the same, else by a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Speaker {
    Cluster(ClusterId),
    Word(TokenId),
}

impl Speakers {
    /// The speakers of these attributions.
    pub(super) fn new(document: &Document, all: &[Attribution]) -> Self {
        let clusters = document.mentions.iter().map(|m| (m.head, m.cluster)).collect();
        let mut speakers = Self { by_sentence: BTreeMap::new(), clusters };
        for (by, attribution) in all.iter().enumerate() {
            let Some(source) = &attribution.source else { continue };
            if speaks(attribution) && is_told_of(document, source.head) {
                let turn = Turn { by, speaker: speakers.speaker(source.head), shared: false };
                speakers.take(all, attribution.sentence, turn);
            }
        }
        speakers
    }

    /// Of two who speak in a sentence, the one that reports the other's words; else
    /// there are two.
    fn take(&mut self, all: &[Attribution], sentence: SentenceId, turn: Turn) {
        let first = self.by_sentence.entry(sentence).or_insert(turn);
        let (Some(outer), Some(inner)) = (all.get(first.by), all.get(turn.by)) else { return };
        if reports(inner, outer) {
            *first = turn;
        } else if first.speaker != turn.speaker && !reports(outer, inner) {
            first.shared = true;
        }
    }

    fn speaker(&self, word: TokenId) -> Speaker {
        self.clusters.get(&word).map_or(Speaker::Word(word), |&cluster| Speaker::Cluster(cluster))
    }

    /// The attribution that a quotation without a cue goes on with.
    pub(super) fn before(&self, document: &Document, quotation: &Quotation) -> Option<usize> {
        let own = document.sentences.partition_point(|s| s.span.end <= quotation.span.start);
        let block = document.sentences.get(own)?.block_index;
        if !stands_alone(document, own, quotation.span) {
            return None;
        }
        let mut topics = Vec::new();
        for at in (own.saturating_sub(1 + ASIDES)..own).rev() {
            let sentence = document.sentences.get(at)?;
            let turn = self.by_sentence.get(&SentenceId::from_index(at));
            if let Some(turn) = turn {
                let alone = !turn.shared && topics.iter().all(|&topic| topic == turn.speaker);
                let near = sentence.block_index + 1 >= block;
                return (alone && near).then_some(turn.by);
            }
            if sentence.block_index != block {
                return None;
            }
            topics.push(self.speaker(subject(document, sentence)?));
        }
        None
    }
}

/// Whether somebody says something, rather than shows it or holds a view that a
/// noun tells of.
fn speaks(attribution: &Attribution) -> bool {
    attribution.attitude != Attitude::Shows && attribution.kind != AttributionKind::Noun
}

/// Whether a source is somebody the article tells of, neither in somebody's words
/// nor the writer, who asks the questions of an interview: *I say*.
fn is_told_of(document: &Document, source: TokenId) -> bool {
    let voice = pronoun(document, source).and_then(Pronoun::voice);
    voice.is_none() && !is_quoted(document, source)
}

/// Whether one attribution stands in the content of the other.
fn reports(outer: &Attribution, inner: &Attribution) -> bool {
    inner.cue.is_some_and(|cue| outer.content.iter().any(|piece| piece.contains(cue)))
}

/// Whether a quotation begins and ends where sentences do.
pub(super) fn stands_alone(document: &Document, first: usize, quotation: Span) -> bool {
    let last = document.sentences.partition_point(|s| s.span.end < quotation.end);
    let start = document.sentences.get(first).map(|s| s.span.start);
    let end = document.sentences.get(last).map(|s| s.span.end);
    start == Some(quotation.start) && end.is_some_and(|end| end <= quotation.end + 1)
}

/// The subject of what a sentence says.
pub(super) fn subject(document: &Document, sentence: &Sentence) -> Option<TokenId> {
    let root = sentence.tokens.iter().find(|&t| document.tree.head(t).is_none())?;
    document.tree.child(root, Deprel::Nsubj)
}

/// Adds a quotation to an attribution; as words of their own where those before
/// them are not simply stated.
pub(super) fn add(
    document: &Document,
    all: &mut Vec<Attribution>,
    by: usize,
    quotation: &Quotation,
) {
    let Some(before) = all.get_mut(by) else { return };
    if before.attitude == Attitude::States && before.polarity == Polarity::Positive {
        before.content.push(quotation.span);
        return;
    }
    let at = document.sentences.partition_point(|s| s.span.end <= quotation.span.start);
    let running = Attribution {
        source: before.source.clone(),
        cue: None,
        cue_lemma: "say".into(),
        content: vec![quotation.span],
        kind: AttributionKind::Direct,
        attitude: Attitude::States,
        polarity: Polarity::Positive,
        within: None,
        sentence: SentenceId::from_index(at),
        rule: "running-quotation".into(),
    };
    all.push(running);
}

/// Adds sentences that are no more than a clause with *that* to what was said in the sentence
/// before: "She says the dam is old. That it leaks, too."
pub(super) fn add_fragments(document: &Document, all: &mut [Attribution]) {
    let mut told: BTreeMap<SentenceId, usize> = BTreeMap::new();
    let size = |a: &Attribution| a.content.iter().map(|piece| piece.len()).sum::<usize>();
    for (by, attribution) in all.iter().enumerate().filter(|(_, a)| is_reported(a)) {
        let longest = told.entry(attribution.sentence).or_insert(by);
        if all.get(*longest).is_some_and(|known| size(known) < size(attribution)) {
            *longest = by;
        }
    }
    for at in 1..document.sentences.len() {
        let id = SentenceId::from_index(at);
        let before = id.previous().and_then(|before| told.get(&before).copied());
        let Some(by) = before.filter(|_| is_fragment(document, id)) else { continue };
        if let (Some(attribution), Some(sentence)) = (all.get_mut(by), document.sentence(id)) {
            attribution.content.push(sentence.span);
            told.insert(id, by);
        }
    }
}

/// Whether what somebody says or thinks is told in a clause.
fn is_reported(attribution: &Attribution) -> bool {
    let told = matches!(attribution.kind, AttributionKind::Indirect | AttributionKind::Mixed);
    let holds = matches!(attribution.attitude, Attitude::States | Attitude::Believes);
    told && holds && attribution.source.is_some() && attribution.polarity == Polarity::Positive
}

/// Whether a sentence is a clause with *that* and has no other predicate.
fn is_fragment(document: &Document, id: SentenceId) -> bool {
    let Some(sentence) = document.sentence(id) else { return false };
    let first = sentence.tokens.start;
    let above = document.tree.head_by(first, Deprel::Mark);
    is(document, first, FunctionWord::That)
        && above.is_some_and(|root| document.tree.head(root).is_none())
        && !is_quoted(document, first)
}
