//! Quotations without a cue. What stands between quotation marks is never the article's own
//! word: it is that of whom the words before it are about, else nobody knows whose.
//!
//! In: the quotations of an article, whose word each is so far, and the attributions.
//! Out: attributions of those quotations of whole sentences that are nobody's yet.
//!
//! ```text
//! The mayor picks up the story: “…”      the subject of the words before the colon
//! Is he a good mayor? “…”                whoever is asked: who spoke last
//! The mayor was blunt. “…”               the person whom the sentence is about
//! “…” The lake rose again. “…”           who spoke before in the same paragraph
//! “…”                                    nobody knows
//! ```

use std::collections::BTreeMap;

use super::quoted::{Turn, bare, is_speech};
use super::running::{self, stands_alone, subject};
use super::span::{cue_span, phrase};
use super::voice::{Voice, is_person, voice};
use super::{Source, source};
use crate::analyse::syntax::{has_verb, is_quoted, is_verbal, pronoun};
use crate::extract::lexicon::Lexicon;
use crate::extract::{Attribution, AttributionKind};
use crate::text::{
    Block, BlockKind, ClusterId, Deprel, Document, NameKind, Pronoun, Quotation, SentenceId, Span,
    TokenId, TokenRange,
};

/// How many words before a quotation in its sentence may lead up to it.
const LEAD: u32 = 60;

/// The words that lead up to a quotation.
struct Lead {
    sentence: SentenceId,
    words: TokenRange,
}

/// Whose word a quotation is.
enum Speaker {
    /// That of an attribution that is there, by its index.
    Known(usize),
    New(Box<Attribution>),
}

impl Speaker {
    fn new(found: Attribution) -> Self {
        Self::New(Box::new(found))
    }
}

/// What tells whose word quotations are.
struct Reader<'a> {
    document: &'a Document,
    lexicon: &'a Lexicon,
    clusters: BTreeMap<TokenId, ClusterId>,
}

/// Attributes the quotations of speech that have no turn.
pub(super) fn complete(
    document: &Document,
    lexicon: &Lexicon,
    (quotations, turns): (&[Quotation], &[Option<Turn>]),
    all: &mut Vec<Attribution>,
) {
    let clusters = document.mentions.iter().map(|m| (m.head, m.cluster)).collect();
    let reader = Reader { document, lexicon, clusters };
    let mut last: Option<Turn> = None;
    for (quotation, turn) in quotations.iter().zip(turns) {
        if turn.is_some() {
            last = *turn;
            continue;
        }
        match reader.speaker(quotation, last.as_ref(), all) {
            Some(Speaker::Known(by)) => {
                running::add(document, all, by, quotation);
                last = Some(Turn::held(by, *quotation));
            }
            Some(Speaker::New(found)) => {
                last = Some(Turn::held(all.len(), *quotation));
                all.push(*found);
            }
            None => {}
        }
    }
}

impl Reader<'_> {
    fn speaker(
        &self,
        quotation: &Quotation,
        last: Option<&Turn>,
        all: &[Attribution],
    ) -> Option<Speaker> {
        let document = self.document;
        if is_heading(document, quotation) {
            let kind = AttributionKind::Headline;
            return Some(Speaker::new(Attribution { kind, ..nobody(document, quotation) }));
        }
        let lead = lead(document, quotation);
        let speech = is_speech(document, quotation);
        let says =
            speech || stands_in_heading(document, quotation) && has_words(document, quotation);
        if let Some(lead) = lead.as_ref().filter(|lead| says && ends_in(document, lead, ":")) {
            return Some(Speaker::new(self.introduced(lead, quotation)));
        }
        if !speech || !is_whole(document, quotation) {
            return None;
        }
        let known = last.filter(|last| {
            let speaks_on = |lead| is_asked(document, lead) || self.is_of_speaker(lead, last, all);
            let told = || lead.as_ref().is_some_and(speaks_on);
            quotation.continues || is_next(document, last, quotation) || told()
        });
        let near = |last: &&Turn| self.is_near(quotation, last, lead.as_ref(), all);
        Some(match (known, lead.as_ref().and_then(|lead| self.about(lead))) {
            (Some(last), _) => Speaker::Known(last.by),
            (None, Some(head)) => Speaker::new(Attribution {
                source: source(document, head, &phrase(document, head, &[])),
                rule: "quotation-beside".into(),
                ..nobody(document, quotation)
            }),
            (None, None) => last.filter(near).map_or_else(
                || Speaker::new(nobody(document, quotation)),
                |last| Speaker::Known(last.by),
            ),
        })
    }

    /// Whether the sentence before is about who spoke last.
    fn is_of_speaker(&self, lead: &Lead, last: &Turn, all: &[Attribution]) -> bool {
        let source = all.get(last.by).and_then(|by| by.source.as_ref());
        let (Some(source), Some(head)) = (source, self.about(lead)) else { return false };
        let cluster = self.clusters.get(&head);
        source.head == head || cluster.is_some() && self.clusters.get(&source.head) == cluster
    }

    /// Whether who spoke last spoke in the same paragraph, or is spoken of in the words before
    /// a quotation.
    fn is_near(
        &self,
        quotation: &Quotation,
        last: &Turn,
        lead: Option<&Lead>,
        all: &[Attribution],
    ) -> bool {
        let cluster = |word: TokenId| self.clusters.get(&word);
        let source = all.get(last.by).and_then(|by| by.source.as_ref());
        let speaker = source.and_then(|source| cluster(source.head));
        let spoken_of = |lead: &Lead| lead.words.iter().any(|t| cluster(t) == speaker);
        block(self.document, &last.quotation) == block(self.document, quotation)
            || speaker.is_some() && lead.is_some_and(spoken_of)
    }

    /// "The mayor picks up the story: “…”": the subject of the last verb that has one, if it
    /// can speak; without one the only person.
    fn introduced(&self, lead: &Lead, quotation: &Quotation) -> Attribution {
        let document = self.document;
        let found = nobody(document, quotation);
        let tree = &document.tree;
        let own = |t: TokenId| tree.child(t, Deprel::Nsubj).filter(|&s| lead.words.contains(s));
        let verb = lead.words.iter().rev().find(|&t| own(t).is_some_and(|s| s < t));
        let subject = verb.and_then(own).filter(|&head| self.speaks(head));
        let person = || only_person(document, lead.words).filter(|_| verb.is_none());
        let colon = lead.words.last().map(|t| document.span(t));
        let cue = verb.filter(|&t| subject.is_some() && is_verbal(document, t));
        let Some(head) = subject.or_else(person) else { return found };
        Attribution {
            source: source_within(document, head, lead.words),
            cue: cue.map(|t| cue_span(document, &[t], t)).or(colon),
            sentence: lead.sentence,
            rule: "quotation-introduced".into(),
            ..found
        }
    }

    /// Whether somebody or something that somebody wrote is meant.
    fn speaks(&self, head: TokenId) -> bool {
        let words = phrase(self.document, head, &[]);
        let (Some(&first), Some(&end)) = (words.first(), words.last()) else { return false };
        let span = self.document.span_of(first.through(end));
        let voice = voice(self.document, self.lexicon, head, span);
        matches!(voice, Voice::Somebody | Voice::Paper) && !is_quoted(self.document, head)
    }

    /// The person whom the sentence before is about: its subject.
    fn about(&self, lead: &Lead) -> Option<TokenId> {
        let document = self.document;
        let sentence = document.sentence(lead.sentence)?;
        let subject = subject(document, sentence).filter(|&head| !is_quoted(document, head))?;
        let he_or_she = || pronoun(document, subject).is_some_and(Pronoun::is_he_or_she);
        let named = document.name_kind_at(subject) == Some(NameKind::Person);
        (named || he_or_she() || is_person(document, self.lexicon, subject)).then_some(subject)
    }
}

/// The words of nobody knows whom.
fn nobody(document: &Document, quotation: &Quotation) -> Attribution {
    let at = SentenceId::from_index(first_sentence(document, quotation));
    let nothing = Span::new(0, 0);
    let found = bare(None, nothing, quotation.span, at, "quotation-of-nobody");
    Attribution { cue: None, ..found }
}

/// The phrase of a head, as far as it stands within some words.
fn source_within(document: &Document, head: TokenId, words: TokenRange) -> Option<Source> {
    let mut run = phrase(document, head, &[]);
    run.retain(|&t| words.contains(t));
    source(document, head, &run)
}

/// The only person who is named in some words.
fn only_person(document: &Document, words: TokenRange) -> Option<TokenId> {
    let mut people = super::people(document, document.span_of(words));
    let person = people.next().filter(|_| people.next().is_none())?;
    super::outermost(document, person)
}

/// Whether somebody is asked or spoken to, outside quotations: who asks tells of it.
fn is_asked(document: &Document, lead: &Lead) -> bool {
    let you = |t: TokenId| pronoun(document, t) == Some(Pronoun::You) && !is_quoted(document, t);
    let asks = || {
        let last = lead.words.last();
        ends_in(document, lead, "?") && last.is_some_and(|t| !is_quoted(document, t))
    };
    asks() || lead.words.iter().any(you)
}

fn ends_in(document: &Document, lead: &Lead, mark: &str) -> bool {
    lead.words.last().is_some_and(|t| document.form(t) == mark)
}

/// The words of a quotation's sentence before it, else the sentence before, if that is text and
/// stands in the same paragraph or the one before.
fn lead(document: &Document, quotation: &Quotation) -> Option<Lead> {
    let own = SentenceId::from_index(first_sentence(document, quotation));
    let sentence = document.sentence(own)?;
    let first = document.tokens_in(quotation.span).start;
    if sentence.tokens.start < first {
        let near = first.checked_sub(LEAD).unwrap_or(sentence.tokens.start);
        return Some(Lead { sentence: own, words: sentence.tokens.start.max(near).until(first) });
    }
    let id = own.previous()?;
    let before = document.sentence(id)?;
    let near = before.block_index + 1 >= sentence.block_index;
    let text = matches!(before.block, BlockKind::Paragraph | BlockKind::Item);
    let asks = before.tokens.last().is_some_and(|t| document.form(t) == "?");
    (near && (text || asks)).then_some(Lead { sentence: id, words: before.tokens })
}

/// Whether a quotation is all of a sentence or more of running text.
fn is_whole(document: &Document, quotation: &Quotation) -> bool {
    let own = first_sentence(document, quotation);
    let sentence = document.sentences.get(own);
    let text = sentence.is_some_and(|s| matches!(s.block, BlockKind::Paragraph | BlockKind::Item));
    text && stands_alone(document, own, quotation.span)
}

/// Whether a heading is a quotation, and says something.
fn is_heading(document: &Document, quotation: &Quotation) -> bool {
    let block = block_around(document, quotation);
    let behind = document.tokens_in(quotation.span).end;
    let leads =
        |block: &Block| quotation.span.start == block.span.start && document.form(behind) == ":";
    block.is_some_and(|block| quotation.span.contains(block.span) || leads(block))
        && stands_in_heading(document, quotation)
        && has_words(document, quotation)
}

fn stands_in_heading(document: &Document, quotation: &Quotation) -> bool {
    let heads = |kind| matches!(kind, BlockKind::Heading | BlockKind::Title);
    block_around(document, quotation).is_some_and(|block| heads(block.kind))
}

/// Whether a quotation has a verb.
fn has_words(document: &Document, quotation: &Quotation) -> bool {
    has_verb(document, document.tokens_in(quotation.inner))
}

fn block_around<'d>(document: &'d Document, quotation: &Quotation) -> Option<&'d Block> {
    let blocks = &document.article.blocks;
    blocks.get(blocks.partition_point(|b| b.span.end <= quotation.span.start))
}

/// Whether nothing stands between a quotation and the one that was spoken before.
fn is_next(document: &Document, last: &Turn, quotation: &Quotation) -> bool {
    let (from, to) = (last.quotation.span.end, quotation.span.start);
    from <= to && document.tokens_in(Span::new(from, to)).is_empty()
}

fn block(document: &Document, quotation: &Quotation) -> Option<u32> {
    let sentence = document.sentences.get(first_sentence(document, quotation));
    sentence.map(|sentence| sentence.block_index)
}

fn first_sentence(document: &Document, quotation: &Quotation) -> usize {
    document.sentences.partition_point(|s| s.span.end <= quotation.span.start)
}
