//! Reporting clauses beside quotations: `“…,” said Ada Okoro, the mayor.`
//!
//! Quotation marks lead parsers astray: the subject of *said* becomes part of
//! what was said, or the verb hangs on a word of the quotation. What stands
//! between a quotation and the end of its sentence, or the next quotation, is
//! a *region*; it holds one reporting clause, and a verb of the list and the
//! words before or behind it are enough to read it. In: the tree's
//! attributions. Out: the same, with what was missing or wrong beside
//! quotations put right.

use super::cue::{Cues, Frame, Licence};
use super::quoted::{is_speech, outermost};
use super::span::{cue_span, phrase, trim};
use super::{Source, source};
use crate::analyse::syntax::{has_verb, is_nominal, is_quoted, is_verbal};
use crate::extract::{Attribution, AttributionKind, Graph};
use crate::text::{Deprel, Document, Quotation, SentenceId, Span, TokenId, TokenRange, Upos};

/// The longest source that is read without the tree, in words.
const LONGEST_SOURCE: usize = 30;

/// The words beside a quotation, and on which side they stand.
struct Region {
    words: TokenRange,
    after: bool,
}

/// Puts right what is said of each quotation of speech.
pub(super) fn complete(graph: &Graph, cues: &Cues, all: &mut Vec<Attribution>) {
    let document = graph.document;
    let mut quotations = outermost(document);
    quotations.retain(|q| is_speech(document, q));
    for (i, quotation) in quotations.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|b| quotations.get(b));
        let regions = regions(document, quotation, before, quotations.get(i + 1));
        if regions.iter().any(|r| is_told(document, all, quotation, r)) {
            continue;
        }
        if let Some(found) = regions.iter().find_map(|r| read(graph, cues, quotation, r)) {
            add(all, found, quotation);
        }
    }
}

/// Adds an attribution, or its content to the one that has the same cue: a
/// quotation that the cue breaks. One whose source was sought among the quoted
/// words is replaced.
fn add(all: &mut Vec<Attribution>, found: Attribution, quotation: &Quotation) {
    let same = |a: &Attribution| a.cue.zip(found.cue).is_some_and(|(a, b)| a.overlaps(b));
    let sound = |a: &Attribution| {
        a.source.as_ref().is_some_and(|s| !s.span.overlaps(quotation.span))
            && a.content.iter().any(|c| found.source.as_ref().is_none_or(|s| !s.span.overlaps(*c)))
    };
    if let Some(old) = all.iter_mut().find(|a| same(a) && sound(a)) {
        old.content.extend(found.content);
        return;
    }
    all.retain(|a| !same(a));
    all.push(found);
}

/// What stands behind and before a quotation in its sentences.
fn regions(
    document: &Document,
    quotation: &Quotation,
    before: Option<&Quotation>,
    after: Option<&Quotation>,
) -> Vec<Region> {
    let inside = document.tokens_in(quotation.span);
    let Some(last) = inside.end.checked_sub(1) else { return Vec::new() };
    let word_at = |offset: u32| {
        TokenId::from_index(document.tokens.partition_point(|t| t.span.start < offset))
    };
    let mut regions = Vec::new();
    if let Some(sentence) = document.sentence_of(last) {
        let end = sentence_end(document, quotation, sentence, inside.end);
        let end = after.map_or(end, |q| end.min(word_at(q.span.start)));
        regions.push(Region { words: inside.end.until(end), after: true });
    }
    if let Some(sentence) = document.sentence_of(inside.start) {
        let first = sentence_start(document, sentence, inside.start);
        let start = before.map_or(first, |q| first.max(word_at(q.span.end)));
        regions.push(Region { words: start.min(inside.start).until(inside.start), after: false });
    }
    regions
}

/// Where the words behind a quotation end: with its sentence; with the next
/// one of the block, if a quotation that does not end like a sentence was
/// taken for one (`“Why?” Okoro asked.`) and no verb stands behind it yet.
fn sentence_end(
    document: &Document,
    quotation: &Quotation,
    at: SentenceId,
    from: TokenId,
) -> TokenId {
    let sentences = document.sentences.get(at.index()..).unwrap_or(&[]);
    let Some(own) = sentences.first() else { return from };
    let open = !quotation.inner.slice(&document.article.text).ends_with('.');
    let mut end = own.tokens.end;
    for next in sentences.iter().skip(1).take(2) {
        let goes_on =
            open && next.block_index == own.block_index && !has_verb(document, from.until(end));
        if !goes_on {
            break;
        }
        end = next.tokens.end;
    }
    end
}

/// Where the words before a quotation start: with its sentence; with the one
/// before, if that ends in a colon.
fn sentence_start(document: &Document, at: SentenceId, quotation: TokenId) -> TokenId {
    let Some(own) = document.sentence(at) else { return quotation };
    let before = at
        .previous()
        .and_then(|id| document.sentence(id))
        .filter(|_| own.tokens.start == quotation);
    let colon =
        before.filter(|s| s.tokens.end.checked_sub(1).is_some_and(|t| document.form(t) == ":"));
    colon.map_or(own.tokens.start, |s| s.tokens.start)
}

/// Whether the tree found a speaker of this quotation in this region.
fn is_told(
    document: &Document,
    all: &[Attribution],
    quotation: &Quotation,
    region: &Region,
) -> bool {
    let words = document.span_of(region.words);
    all.iter().any(|a| {
        let cue = a.cue.is_some_and(|c| words.contains(c));
        let source = a.source.as_ref().is_some_and(|s| !s.span.overlaps(quotation.span));
        cue && source && a.content.iter().any(|s| s.overlaps(quotation.inner))
    })
}

/// Reads a region as a reporting clause.
fn read(graph: &Graph, cues: &Cues, quotation: &Quotation, region: &Region) -> Option<Attribution> {
    let document = graph.document;
    let (cue, licence) = cue(graph, cues, region)?;
    let mut words = licence.words.clone();
    words.push(cue);
    words.sort_unstable();
    let source = speaker(graph, region, cue, &words);
    if source.is_none() && !region.after {
        return None;
    }
    Some(Attribution {
        source,
        cue: Some(cue_span(document, &words, cue)),
        cue_lemma: licence.lemma,
        content: vec![content(document, quotation, region, cue)],
        kind: AttributionKind::Direct,
        attitude: licence.attitude,
        polarity: super::polarity(document, cue),
        within: None,
        sentence: document.sentence_of(cue)?,
        rule: "reporting-clause".into(),
    })
}

/// The quotation, with what leads up to it where a clause does: "said that
/// the dam was “a disgrace”".
fn content(document: &Document, quotation: &Quotation, region: &Region, cue: TokenId) -> Span {
    let between = (cue + 1).until(region.words.end);
    if region.after || !has_verb(document, between) {
        return quotation.span;
    }
    let that = between.iter().take(12).find(|&t| document.lemma(t) == "that");
    let start = that.unwrap_or(between.start);
    document.span(start).cover(quotation.span)
}

/// The verb of a region that attributes: the main one first, then the nearest
/// to the quotation.
fn cue(graph: &Graph, cues: &Cues, region: &Region) -> Option<(TokenId, Licence)> {
    let document = graph.document;
    let mut verbs = Vec::new();
    for word in region.words {
        if is_verbal(document, word) && !is_quoted(document, word) {
            verbs.push(word);
        }
    }
    if !region.after {
        verbs.reverse();
    }
    verbs.sort_by_key(|&verb| is_embedded(document, verb));
    for verb in verbs {
        if let Some(licence) = cues.licence(document, verb, Frame::Quote, None) {
            return Some((verb, licence));
        }
    }
    None
}

/// Whether a verb is not the main one of its sentence.
fn is_embedded(document: &Document, verb: TokenId) -> bool {
    let relation = document.tree.deprel(verb);
    let below = matches!(relation, Deprel::AclRelcl | Deprel::Acl | Deprel::Advcl | Deprel::Xcomp);
    below || document.tag(verb).xpos == "VBN" && !document.tree.has(verb, Deprel::Aux)
}

/// The subject of the cue: the tree's, if it stands in the region; else what
/// stands before the cue, or behind it where the cue comes first.
fn speaker(graph: &Graph, region: &Region, cue: TokenId, words: &[TokenId]) -> Option<Source> {
    let document = graph.document;
    let subject = subject(graph, cue).filter(|&s| region.words.contains(s));
    if let Some(head) = subject {
        let mut phrase = phrase(document, head, words);
        phrase.retain(|&w| region.words.contains(w));
        return source(document, head, &phrase);
    }
    let first = region.words.iter().find(|&t| document.tag(t).upos != Upos::Punct)?;
    let side = if first >= words.first().copied().unwrap_or(cue) {
        (*words.last()? + 1).until(region.words.end)
    } else {
        first.until(*words.first()?)
    };
    nominal(document, side)
}

/// A noun phrase that begins a stretch of words: up to a verb, or a comma that
/// no name follows.
pub(super) fn nominal(document: &Document, words: TokenRange) -> Option<Source> {
    let run = words.iter().take_while(|&t| goes_on(document, t)).take(LONGEST_SOURCE);
    let run = trim(document, &run.collect::<Vec<TokenId>>());
    let nouns: Vec<TokenId> = run.iter().copied().filter(|&t| is_nominal(document, t)).collect();
    let outside = |&t: &TokenId| document.tree.head(t).is_none_or(|head| !run.contains(&head));
    let head = nouns.iter().copied().find(outside).or(nouns.first().copied())?;
    source(document, head, &run)
}

/// Whether a noun phrase may go on with a word.
fn goes_on(document: &Document, word: TokenId) -> bool {
    let tag = document.tag(word);
    let verbal = matches!(tag.upos, Upos::Aux | Upos::Verb | Upos::Sconj | Upos::Adv)
        && document.name_at(word).is_none();
    let relative = matches!(tag.xpos.as_str(), "WP" | "WDT" | "WP$");
    !verbal && !relative && document.form(word) != ";"
}

/// The subject of a verb, in the tree or understood.
pub(super) fn subject(graph: &Graph, verb: TokenId) -> Option<TokenId> {
    let tree = &graph.document.tree;
    if let Some(subject) = tree.child(verb, Deprel::Nsubj) {
        return Some(subject);
    }
    if let Some(arc) = graph.down(verb).iter().find(|arc| arc.label == Deprel::Nsubj) {
        return Some(arc.dependent);
    }
    if graph.document.tag(verb).xpos == "VBG" {
        return tree.child(tree.head(verb)?, Deprel::Nsubj);
    }
    None
}
