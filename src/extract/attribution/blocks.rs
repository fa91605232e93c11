//! Attributions that the blocks of a page show: lines that announce the block below
//! them ("According to the charter:", "Okoro added:"), and what only looks like a
//! speaker's name before a colon (the dateline "GENEVA:").
//!
//! In: the blocks of a document, the cues, the list `lexicon/block-leads.tsv`, and what
//! was found so far. Out: the same, completed and weeded; paragraphs between two labels of
//! a transcript go on with the first.

use std::collections::{BTreeMap, BTreeSet};

use super::cue::{Cues, Frame, Licence};
use super::quoted::bare;
use super::span::{phrase, trim};
use super::{Source, source};
use crate::analyse::syntax::{has_verb, is_nominal, is_quoted, is_verbal};
use crate::extract::lexicon::Lexicon;
use crate::extract::{Attitude, Attribution, Graph};
use crate::text::{Block, BlockKind, Deprel, Document, NameKind, Span, TokenId, TokenRange};

/// The longest line that announces a block, in words.
const LINE: usize = 30;

/// The rule of speakers before a colon, and all rules that find labels of transcripts.
const SPEAKER: &str = "speaker-colon";
const LABELS: [&str; 2] = [SPEAKER, "speaker-title-colon"];

/// So many paragraphs of one turn may follow the labelled one.
const RUN: usize = 6;

/// Adds the blocks that the line before them announces.
pub(super) fn complete(graph: &Graph, cues: &Cues, lexicon: &Lexicon, all: &mut Vec<Attribution>) {
    let blocks = &graph.document.article.blocks;
    run_on(blocks, all);
    let is_told = |block: &Block| {
        all.iter().any(|a| a.content.iter().any(|content| content.overlaps(block.span)))
    };
    let mut found = Vec::new();
    for (line, below) in blocks.iter().zip(blocks.iter().skip(1)) {
        let runs = below.kind == BlockKind::Paragraph && line.kind != BlockKind::Boilerplate;
        if runs && !is_told(below) {
            found.extend(announced(graph, cues, lexicon, line, below));
        }
    }
    all.extend(found);
}

/// The attribution of a block to whom the line above it names.
fn announced(
    graph: &Graph,
    cues: &Cues,
    lexicon: &Lexicon,
    line: &Block,
    below: &Block,
) -> Option<Attribution> {
    let document = graph.document;
    let words = document.tokens_in(line.span);
    let comma = |t| document.form(t) == "," && opens_quotation(document, below);
    let colon = words.last().filter(|&t| document.form(t) == ":" || comma(t))?;
    let sentence = document.sentence_at(colon)?.tokens;
    let words = words.start.max(sentence.start).until(colon);
    let (source, cue) = named(document, lexicon, words).or_else(|| said(graph, cues, words))?;
    let sentence = document.sentence_of(colon)?;
    Some(bare(Some(source), cue, below.span, sentence, "announced-block"))
}

/// Whether a block begins with a quotation.
fn opens_quotation(document: &Document, block: &Block) -> bool {
    let at = document.quotations.partition_point(|q| q.span.start < block.span.start);
    document.quotations.get(at).is_some_and(|q| q.span.start == block.span.start)
}

/// "From the chairwoman:", "According to the charter:".
fn named(document: &Document, lexicon: &Lexicon, words: TokenRange) -> Option<(Source, Span)> {
    if words.len() > LINE || has_finite_verb(document, words) {
        return None;
    }
    let mut lead = String::new();
    for (at, word) in words.iter().take(2).enumerate() {
        lead.push_str(if at == 0 { "" } else { " " });
        lead.push_str(&document.form(word).to_lowercase());
        let rest = (word + 1).until(words.end);
        if lexicon.has("block-leads", None, &lead) && !goes_on(document, lexicon, &lead, word) {
            let run = trim(document, &rest.iter().collect::<Vec<_>>());
            let head = rest.iter().find(|&t| is_nominal(document, t))?;
            let cue = document.span_of(words.start.through(word));
            return Some((source(document, head, &run)?, cue));
        }
    }
    None
}

/// Whether a longer lead stands here: *according* goes on with *to*.
fn goes_on(document: &Document, lexicon: &Lexicon, lead: &str, word: TokenId) -> bool {
    let longer = format!("{lead} {}", document.form(word + 1).to_lowercase());
    lexicon.has("block-leads", None, &longer)
}

fn has_finite_verb(document: &Document, words: TokenRange) -> bool {
    words.iter().any(|t| is_verbal(document, t) && document.tag(t).feats.has("VerbForm", "Fin"))
}

fn states(licence: &Licence) -> bool {
    matches!(licence.attitude, Attitude::States | Attitude::Asks)
}

/// "Okoro added:": the last verb of saying of the line, and its subject.
fn said(graph: &Graph, cues: &Cues, words: TokenRange) -> Option<(Source, Span)> {
    let document = graph.document;
    let speaks = |&t: &TokenId| {
        is_verbal(document, t)
            && !is_quoted(document, t)
            && cues.licence(document, t, Frame::Quote, None).is_some_and(|l| states(&l))
            && !document.tree.has(t, Deprel::AuxPass)
    };
    let cue = words.iter().rev().find(speaks)?;
    let behind = (cue + 1).until(words.end);
    let subject = document.tree.child(cue, Deprel::Nsubj)?;
    let phrase = phrase(document, subject, &[cue]);
    (!has_verb(document, behind)).then_some(())?;
    Some((source(document, subject, &phrase)?, document.span(cue)))
}

/// Takes out datelines that were taken for speakers: a name in capitals that neither a
/// person bears nor a role is, and that stands before a colon only once in the article, or
/// is a place's.
pub(super) fn weed(document: &Document, lexicon: &Lexicon, all: &mut Vec<Attribution>) {
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    for label in all.iter().filter_map(|a| label(document, a)) {
        *times.entry(label).or_default() += 1;
    }
    let people = names_of_people(document);
    all.retain(|a| {
        let Some(label) = label(document, a) else { return true };
        let kind = name_kind(document, a);
        let repeats = times.get(&label).is_some_and(|&times| times > 1);
        kind == Some(NameKind::Person)
            || repeats && kind != Some(NameKind::Place)
            || is_initial(document, a)
            || is_somebody(document, lexicon, &people, a)
    });
}

/// The words of a label before a colon.
fn label(document: &Document, attribution: &Attribution) -> Option<String> {
    let source = attribution.source.as_ref().filter(|_| attribution.rule == SPEAKER)?;
    Some(document.slice(source.span).to_lowercase())
}

/// The words of the names of people, in small letters.
fn names_of_people(document: &Document) -> BTreeSet<String> {
    let people = document.names.iter().filter(|n| n.kind == NameKind::Person);
    people.flat_map(|n| n.tokens.iter()).map(|t| document.form(t).to_lowercase()).collect()
}

/// Whether a label is a role (*HOST*), or what a person is called elsewhere: the last name
/// of Ada Okoro.
fn is_somebody(
    document: &Document,
    lexicon: &Lexicon,
    people: &BTreeSet<String>,
    attribution: &Attribution,
) -> bool {
    let Some(source) = &attribution.source else { return false };
    let last = document.tokens_in(source.span).last().unwrap_or(source.head);
    let word = document.form(last).to_lowercase();
    let role = |list, class| lexicon.has(list, class, &word);
    people.contains(&word) || role("roles", None) || role("source-nouns", Some("speaker"))
}

/// Adds the paragraphs between two labels of a transcript to the words of the first.
fn run_on(blocks: &[Block], all: &mut [Attribution]) {
    let at = |span: Span| blocks.partition_point(|b| b.span.end <= span.start);
    let mut labels: Vec<(usize, usize)> = Vec::new();
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for (i, attribution) in all.iter().enumerate() {
        told.extend(attribution.content.iter().map(|&span| at(span)));
        told.extend(attribution.cue.map(at));
        if LABELS.contains(&attribution.rule.as_str()) {
            labels.extend(attribution.cue.map(|cue| (at(cue), i)));
        }
    }
    labels.sort_unstable();
    for pair in labels.windows(2) {
        let &[(first, label), (next, _)] = pair else { continue };
        let between = first + 1..next;
        let plain = |i: usize| {
            !told.contains(&i) && blocks.get(i).is_some_and(|b| b.kind == BlockKind::Paragraph)
        };
        if between.len() <= RUN && between.clone().all(plain) {
            all[label].content.extend(blocks[between].iter().map(|b| b.span));
        }
    }
}

fn name_kind(document: &Document, attribution: &Attribution) -> Option<NameKind> {
    let head = attribution.source.as_ref()?.head;
    document.name_kind_at(head)
}

/// The *Q* and *A* of interviews.
fn is_initial(document: &Document, attribution: &Attribution) -> bool {
    let source = attribution.source.as_ref();
    source.is_some_and(|source| document.form(source.head).chars().count() == 1)
}
