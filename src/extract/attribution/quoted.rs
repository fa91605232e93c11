//! Quotations as contents: contents that end in the middle of a quotation
//! grow, and quotations that go on without a cue join their speaker.

use super::running::{self, Speakers};
use super::span::{cut, merge};
use crate::analyse::syntax::has_verb;
use crate::extract::link::{contents, covering};
use crate::extract::{Attitude, Attribution, AttributionKind, Polarity};
use crate::text::{BlockKind, Document, Quotation, SentenceId, Span};

/// The place of what stands nowhere.
const NOWHERE: Span = Span { start: 0, end: 0 };

/// Quotations that stand in no other.
pub(super) fn outermost(document: &Document) -> Vec<Quotation> {
    let mut all: Vec<Quotation> = Vec::new();
    for &quotation in &document.quotations {
        if all.last().is_none_or(|q| q.span.end <= quotation.span.start) {
            all.push(quotation);
        }
    }
    all
}

/// Whether a quotation holds what somebody said, rather than a word or title
/// that is only set apart: it ends like a clause, or follows a colon or comma.
pub(super) fn is_speech(document: &Document, quotation: &Quotation) -> bool {
    let text = &document.article.text;
    let words = quotation.inner.slice(text);
    let before = text.get(..quotation.span.start as usize).unwrap_or("").trim_end();
    let led = before.is_empty() || before.ends_with([',', ':', '.', '?', '!', '”', '"']);
    let long = document.tokens_in(quotation.inner).len() >= 3;
    let ends = words.ends_with([',', '.', '?', '!', '…', '-', '—', '―']);
    if !long {
        return ends && opens_sentence(document, quotation);
    }
    !is_titled(words) && (ends || led || !quotation.closed)
}

/// Whether a sentence begins with a quotation: `“Again,” he said.`
fn opens_sentence(document: &Document, quotation: &Quotation) -> bool {
    let at = document.sentences.partition_point(|s| s.span.end <= quotation.span.start);
    document.sentences.get(at).is_some_and(|s| s.span.start == quotation.span.start)
}

/// `“Fox and Friends,”`: a name in quotation marks, every long word of it
/// with a capital letter.
fn is_titled(words: &str) -> bool {
    let mut long = words.split_whitespace().filter(|w| w.chars().count() > 3).peekable();
    let inside = words.trim_end_matches(['.', '?', '!', ',']);
    let few = words.split_whitespace().count() <= 8 && !inside.contains(['.', '?', '!']);
    few && long.peek().is_some() && long.all(|w| w.starts_with(char::is_uppercase))
}

/// Makes contents whole: each that reaches into a quotation holds all of it,
/// and none that starts in a quotation leaves it; quotations that go on
/// without a cue join the speaker before. Gives whose turn each quotation is.
pub(super) fn complete(
    document: &Document,
    quotations: &[Quotation],
    all: &mut Vec<Attribution>,
) -> Vec<Option<Turn>> {
    for attribution in all.iter_mut() {
        whole(document, quotations, attribution);
    }
    run_on(document, quotations, all)
}

/// Joins the pieces of contents that touch, and tells how much of them is quoted.
pub(super) fn settle(document: &Document, quotations: &[Quotation], all: &mut [Attribution]) {
    for attribution in all {
        attribution.content =
            merge(std::mem::take(&mut attribution.content), &document.article.text);
        attribution.kind = kind(quotations, attribution);
    }
}

/// The first quotation that ends after an offset.
fn at(quotations: &[Quotation], offset: u32) -> usize {
    quotations.partition_point(|q| q.span.end <= offset)
}

fn whole(document: &Document, quotations: &[Quotation], attribution: &mut Attribution) {
    let text = &document.article.text;
    if let Some(around) = quotation_around(quotations, attribution) {
        attribution.content = within(&attribution.content, around.inner);
        return;
    }
    let mut content = attribution.content.clone();
    for piece in &attribution.content {
        for quotation in touching(quotations, *piece) {
            if quotation.inner.overlaps(*piece) {
                content.push(quotation.span);
            }
        }
    }
    attribution.content = content;
    let cue = attribution.cue.unwrap_or(NOWHERE);
    drop_tail(quotations, attribution, cue);
    let source = attribution.source.as_ref().map_or(cue, |s| s.span);
    attribution.content = merge(std::mem::take(&mut attribution.content), text);
    attribution.content = cut(&cut(&attribution.content, cue), source);
    if attribution.content.is_empty() {
        attribution.content = vec![source];
    }
}

/// The quotation that holds the cue of an attribution.
fn quotation_around<'q>(
    quotations: &'q [Quotation],
    attribution: &Attribution,
) -> Option<&'q Quotation> {
    let cue = attribution.cue.filter(|cue| !cue.is_empty())?;
    quotations.get(at(quotations, cue.start)).filter(|q| q.span.contains(cue))
}

/// What of some pieces lies within a span.
fn within(pieces: &[Span], span: Span) -> Vec<Span> {
    let mut inside = Vec::new();
    for piece in pieces {
        let piece = Span::new(piece.start.max(span.start), piece.end.min(span.end));
        if !piece.is_empty() {
            inside.push(piece);
        }
    }
    inside
}

/// The quotations that stand partly or wholly in a piece of text.
fn touching(quotations: &[Quotation], piece: Span) -> &[Quotation] {
    let first = at(quotations, piece.start);
    let end = quotations.partition_point(|q| q.span.start < piece.end);
    &quotations[first.min(end)..end]
}

/// Behind "“…,” said X" only quotations go on with the speech: "…, and left" is
/// the reporter's.
fn drop_tail(quotations: &[Quotation], attribution: &mut Attribution, cue: Span) {
    let quoted =
        |s: &Span| quotations.get(at(quotations, s.start)).is_some_and(|q| q.span.overlaps(*s));
    let leads = attribution.content.iter().any(|s| s.end <= cue.start);
    let speech = attribution.content.iter().filter(|s| s.end <= cue.start).all(quoted);
    if leads && speech {
        attribution.content.retain(|s| s.end <= cue.start || quoted(s));
    }
}

/// A cue and its source.
type Cue = (Span, Option<Span>);

fn cue_of(attribution: &Attribution) -> Option<Cue> {
    Some((attribution.cue?, attribution.source.as_ref().map(|source| source.span)))
}

/// Joins quotations of speech that have no cue to the attribution of the
/// quotation before them; gives whose turn each of them is.
fn run_on(
    document: &Document,
    quotations: &[Quotation],
    all: &mut Vec<Attribution>,
) -> Vec<Option<Turn>> {
    let pieces = contents(all);
    let spans: Vec<Span> = quotations.iter().map(|q| q.inner).collect();
    let holders = covering(&pieces, &spans);
    let mut cues: Vec<Cue> = all.iter().filter_map(cue_of).collect();
    cues.sort_unstable();
    let speakers = Speakers::new(document, all);
    let mut turn: Option<Turn> = None;
    let mut turns = Vec::new();
    for (quotation, held) in quotations.iter().zip(&holders) {
        let holder = held.iter().filter_map(|&p| pieces.get(p)).min_by_key(|(s, _)| s.len());
        let speech = || is_speech(document, quotation);
        if let Some(&(_, id)) = holder {
            turn = Some(Turn::held(id.index(), *quotation));
        } else if let Some(last) = turn
            && speech()
            && goes_on(document, &last.quotation, quotation, &cues, all.get(last.by))
        {
            turn = Some(Turn::added(last.by, *quotation));
        } else if speech() {
            turn = speakers.before(document, quotation).map(|by| Turn::added(by, *quotation));
        } else {
            turns.push(None);
            continue;
        }
        turns.push(turn);
    }
    let turns = whole_speeches(quotations, turns);
    for turn in turns.iter().flatten().filter(|turn| turn.is_new) {
        running::add(document, all, turn.by, &turn.quotation);
    }
    turns
}

/// A quotation and whose words it is.
#[derive(Clone, Copy)]
pub(super) struct Turn {
    /// The attribution, by its index.
    pub(super) by: usize,
    pub(super) quotation: Quotation,
    /// Whether the attribution does not hold it yet.
    is_new: bool,
}

impl Turn {
    pub(super) fn held(by: usize, quotation: Quotation) -> Self {
        Self { by, quotation, is_new: false }
    }

    fn added(by: usize, quotation: Quotation) -> Self {
        Self { by, quotation, is_new: true }
    }
}

/// The turns of quotations, one each or none; of a speech whose cue stands at its
/// end, the paragraphs before that too.
fn whole_speeches(quotations: &[Quotation], mut turns: Vec<Option<Turn>>) -> Vec<Option<Turn>> {
    for i in (1..quotations.len().min(turns.len())).rev() {
        let is_open = turns[i - 1].is_none_or(|turn| turn.is_new);
        if let Some(next) = turns[i].filter(|_| is_open && quotations[i].continues) {
            turns[i - 1] = Some(Turn::added(next.by, quotations[i - 1]));
        }
    }
    turns
}

/// Whether a quotation goes on with the speech of the one before: it says so
/// itself, or nothing but the speaker's own cue stands between them, in one
/// paragraph or at the seam of two.
fn goes_on(
    document: &Document,
    before: &Quotation,
    quotation: &Quotation,
    cues: &[Cue],
    speaker: Option<&Attribution>,
) -> bool {
    if quotation.continues {
        return true;
    }
    let own = speaker.and_then(|a| a.cue);
    let name = speaker.and_then(|a| a.source.as_ref()).map(|source| source.span);
    let from = cues.partition_point(|(cue, _)| cue.start < before.span.end);
    let between = cues.iter().skip(from).take_while(|(cue, _)| cue.end <= quotation.span.start);
    let same = |source: Option<Span>| source.is_some() && source == name;
    let alone = between.into_iter().all(|&(cue, source)| Some(cue) == own || same(source));
    let gap = Span::new(before.span.end, quotation.span.start);
    alone
        && !is_led_by_verb(document, gap, own)
        && !has_sentence_beside(document, gap, own)
        && blocks_between(document, gap) <= 1
        && is_heading(document, before) == is_heading(document, quotation)
}

/// Whether a quotation stands in a heading: it goes on with nothing above it.
fn is_heading(document: &Document, quotation: &Quotation) -> bool {
    let blocks = &document.article.blocks;
    let block = blocks.get(blocks.partition_point(|b| b.span.end <= quotation.span.start));
    block.is_some_and(|block| matches!(block.kind, BlockKind::Heading | BlockKind::Title))
}

/// Whether a verb leads up to the quotation behind a gap, other than the speaker's cue: "The
/// mayor called the plan a “gift to the town.”" goes on with nobody's speech.
fn is_led_by_verb(document: &Document, gap: Span, cue: Option<Span>) -> bool {
    let at = document.sentences.partition_point(|s| s.span.end <= gap.end);
    let Some(sentence) = document.sentences.get(at) else { return false };
    let lead = Span::new(gap.start.max(sentence.span.start).min(gap.end), gap.end);
    let own = cue.is_some_and(|cue| cue.start >= lead.start && cue.end <= lead.end);
    !own && has_verb(document, document.tokens_in(lead))
}

/// Whether a whole sentence stands in a gap that does not hold the speaker's cue.
fn has_sentence_beside(document: &Document, gap: Span, cue: Option<Span>) -> bool {
    let first = document.sentences.partition_point(|s| s.span.end <= gap.start);
    let end = document.sentences.partition_point(|s| s.span.start < gap.end);
    for sentence in &document.sentences[first.min(end)..end] {
        let holds_cue = cue.is_some_and(|cue| sentence.span.contains(cue));
        if gap.contains(sentence.span) && !holds_cue {
            return true;
        }
    }
    false
}

/// How many blocks start within a span.
fn blocks_between(document: &Document, gap: Span) -> usize {
    let blocks = &document.article.blocks;
    let from = blocks.partition_point(|b| b.span.start <= gap.start);
    blocks.iter().skip(from).take_while(|b| b.span.start <= gap.end).count()
}

/// Direct where all of the content is quoted, mixed where some clause of it is.
fn kind(quotations: &[Quotation], attribution: &Attribution) -> AttributionKind {
    if matches!(attribution.kind, AttributionKind::Noun | AttributionKind::Headline) {
        return attribution.kind;
    }
    let cue = attribution.cue.unwrap_or(NOWHERE);
    let (mut all, mut quoted) = (0, 0);
    for &piece in &attribution.content {
        all += piece.len();
        for quotation in touching(quotations, piece) {
            if cue.is_empty() || !quotation.span.contains(cue) {
                let end = quotation.span.end.min(piece.end);
                quoted += (end - quotation.span.start.max(piece.start)) as usize;
            }
        }
    }
    match quoted {
        0 => AttributionKind::Indirect,
        n if n + 2 * attribution.content.len() >= all => AttributionKind::Direct,
        _ => AttributionKind::Mixed,
    }
}

/// An attribution that only the layout shows.
pub(super) fn bare(
    source: Option<crate::extract::Source>,
    cue: Span,
    content: Span,
    sentence: SentenceId,
    rule: &str,
) -> Attribution {
    Attribution {
        source,
        cue: Some(cue),
        cue_lemma: "say".into(),
        content: vec![content],
        kind: AttributionKind::Direct,
        attitude: Attitude::States,
        polarity: Polarity::Positive,
        within: None,
        sentence,
        rule: rule.into(),
    }
}
