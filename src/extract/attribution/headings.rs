//! Attributions of headlines and labels: "Spain may join strike, says official", "US to
//! send tanks - sources", "‘Ready to open’: Okoro", "ADA OKORO, MAYOR: We are ready.",
//! "“…” - Commissioner Okoro".
//!
//! In: the blocks and quotations of a document, the cues, the list
//! `lexicon/source-nouns.tsv`, and what was found so far. Out: the same, completed.

use super::cue::{Cues, Frame};
use super::quoted::{bare, outermost};
use super::span::trim;
use super::{Source, source};
use crate::analyse::syntax::{has_verb, is_nominal, is_verbal};
use crate::extract::lexicon::Lexicon;
use crate::extract::{Attitude, Attribution, AttributionKind};
use crate::text::{
    Block, BlockKind, Document, NameKind, Quotation, Span, TokenId, TokenRange, Upos,
};

/// The longest source at the end of a headline, in words.
const SOURCE: usize = 12;
/// The longest source behind a dash, and the longest title before a name.
const SHORT: usize = 4;
/// The longest label before a colon.
const LABEL: usize = 14;
/// The shortest content.
const CONTENT: usize = 3;

/// Adds what headlines, labels and signatures show.
pub(super) fn complete(
    document: &Document,
    cues: &Cues,
    lexicon: &Lexicon,
    all: &mut Vec<Attribution>,
) {
    let mut found = Vec::new();
    for block in &document.article.blocks {
        found.extend(match block.kind {
            BlockKind::Title | BlockKind::Heading => headline(document, cues, lexicon, block),
            BlockKind::Boilerplate => None,
            _ => labelled(document, block),
        });
    }
    found.extend(outermost(document).iter().filter_map(|q| signed(document, q)));
    let known = |new: &Attribution| {
        let content = new.content.first().copied().unwrap_or(Span::new(0, 0));
        all.iter().any(|a| a.cue == new.cue || a.content.iter().any(|c| c.overlaps(content)))
    };
    found.retain(|new| !known(new));
    all.extend(found);
}

fn headline(
    document: &Document,
    cues: &Cues,
    lexicon: &Lexicon,
    block: &Block,
) -> Option<Attribution> {
    let words = document.tokens_in(block.span);
    let found = said(document, cues, words)
        .or_else(|| dashed(document, lexicon, words))
        .or_else(|| quoted(document, block, words));
    found.map(|found| Attribution { kind: AttributionKind::Headline, ..found })
}

/// "…, says official".
fn said(document: &Document, cues: &Cues, words: TokenRange) -> Option<Attribution> {
    let comma = words.iter().rev().find(|&t| document.form(t) == ",")?;
    let cue = comma + 1;
    let licence = cues.licence(document, cue, Frame::Quote, None)?;
    let speaks = licence.attitude == Attitude::States && is_verbal(document, cue);
    let rest = (cue + 1).until(words.end);
    let named = !has_verb(document, rest) && rest.len() <= SOURCE;
    let content = words.start.until(comma);
    if !speaks || !named || content.len() < CONTENT {
        return None;
    }
    made(document, rest, document.span(cue), content, "headline-said")
}

/// "… - sources".
fn dashed(document: &Document, lexicon: &Lexicon, words: TokenRange) -> Option<Attribution> {
    let dash = words.iter().rev().find(|&t| is_dash(document, t))?;
    let rest = (dash + 1).until(words.end);
    let is_source = |t: TokenId| lexicon.has("source-nouns", Some("headline"), document.lemma(t));
    let content = words.start.until(dash);
    let short = rest.len() <= SHORT && rest.iter().any(is_source);
    let made = || made(document, rest, document.span(dash), content, "headline-dash");
    if short && content.len() >= CONTENT { made() } else { None }
}

/// "‘Ready to open’: Ada Okoro".
fn quoted(document: &Document, block: &Block, words: TokenRange) -> Option<Attribution> {
    let at = document.quotations.partition_point(|q| q.span.start < block.span.start);
    let quotation = document.quotations.get(at).filter(|q| q.span.start == block.span.start)?;
    let content = document.tokens_in(quotation.span);
    let colon = Some(content.end).filter(|&t| words.contains(t) && document.form(t) == ":")?;
    let rest = (colon + 1).until(words.end);
    let named = rest.len() <= SOURCE && is_proper(document, rest);
    let made = || made(document, rest, document.span(colon), content, "headline-quotation");
    if named { made() } else { None }
}

/// Whether some words are a name: "Orm Bank", not "a night on the lake".
fn is_proper(document: &Document, words: TokenRange) -> bool {
    let capital = |t: TokenId| document.form(t).starts_with(char::is_uppercase);
    let mut nouns = words.iter().filter(|&t| is_nominal(document, t));
    let led = words.iter().next().is_some_and(|t| is_nominal(document, t));
    led && nouns.all(capital) && !has_verb(document, words)
}

fn is_dash(document: &Document, word: TokenId) -> bool {
    let form = document.form(word);
    !form.is_empty() && form.chars().all(|c| "-–—―".contains(c))
}

/// "ADA OKORO, MAYOR: We are ready."
fn labelled(document: &Document, block: &Block) -> Option<Attribution> {
    let words = document.tokens_in(block.span);
    let colon = words.iter().take(LABEL).find(|&t| document.form(t) == ":")?;
    let comma = words.start.until(colon).iter().find(|&t| document.form(t) == ",")?;
    let label = words.start.until(colon);
    let content = (colon + 1).until(words.end);
    let name = words.start.until(comma);
    let shouted = label.iter().all(|t| is_shouted(document, t));
    if !shouted || name.len() < 2 || content.len() < CONTENT {
        return None;
    }
    made(document, name, document.span(colon), content, "speaker-title-colon")
}

fn is_shouted(document: &Document, word: TokenId) -> bool {
    document.tag(word).upos == Upos::Punct || !document.form(word).contains(char::is_lowercase)
}

/// "“…” - Commissioner Okoro", and the end of the block.
fn signed(document: &Document, quotation: &Quotation) -> Option<Attribution> {
    let blocks = &document.article.blocks;
    let block = blocks.get(blocks.partition_point(|b| b.span.end <= quotation.span.start))?;
    let rest = document.tokens_in(Span::new(quotation.span.end, block.span.end));
    let dash = rest.iter().next().filter(|&t| is_dash(document, t))?;
    let source = (dash + 1).until(rest.end);
    let is_person = |t: TokenId| document.name_kind_at(t) == Some(NameKind::Person);
    let titled = source.iter().take(SHORT).any(is_person);
    if !titled || source.len() > SOURCE || has_verb(document, source) {
        return None;
    }
    let content = document.tokens_in(quotation.span);
    made(document, source, document.span(dash), content, "signed-with-title")
}

/// An attribution of these words.
fn made(
    document: &Document,
    source: TokenRange,
    cue: Span,
    content: TokenRange,
    rule: &str,
) -> Option<Attribution> {
    let sentence = document.sentence_of(content.start)?;
    let source = named(document, source)?;
    Some(bare(Some(source), cue, document.span_of(content), sentence, rule))
}

/// The source that some words are: its head is a person's name, else the last noun.
fn named(document: &Document, words: TokenRange) -> Option<Source> {
    let run = trim(document, &words.iter().collect::<Vec<_>>());
    let nouns = || run.iter().copied().filter(|&t| is_nominal(document, t));
    let person = nouns().find(|&t| document.name_kind_at(t) == Some(NameKind::Person));
    let head = person.or_else(|| nouns().next_back())?;
    source(document, head, &run)
}
