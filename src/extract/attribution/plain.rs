//! Reporting clauses read from the order of the words alone.
//!
//! A parser that stumbles over a long sentence loses "…, sources said" at its
//! end, though nothing is plainer. In: the attributions found so far. Out: for
//! each finite verb of saying that none of them has for its cue, an attribution
//! if the words around it stand in one of three orders: `content, source
//! cue.`, `content, source cue, content`, `source cue (that) content`.

use std::collections::BTreeSet;

use super::cue::{Cues, Frame, Licence};
use super::reporting::nominal;
use super::span::{cue_span, is_quotation_mark, spans, trim};
use crate::analyse::syntax::{has_verb, is_finite_form, is_nominal, is_quoted, is_verbal};
use crate::extract::{Attribution, AttributionKind};
use crate::text::{
    BlockKind, Deprel, Document, Sentence, SentenceId, Span, TokenId, TokenRange, Upos,
};

/// The longest end of a sentence behind its cue ("told the paper on Monday").
const TAIL: usize = 10;
/// How far behind the cue *that* may stand.
const REACH: usize = 14;

/// Where the source and cue stand in their sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// Between content and content, or behind it, set off by commas: an order
    /// that leaves no doubt.
    SetOff,
    /// Before the content.
    Before,
}

/// Adds what the tree has lost, and puts in the place of what it found wrong
/// where the order of the words leaves no doubt.
pub(super) fn complete(document: &Document, cues: &Cues, all: &mut Vec<Attribution>) {
    let mut taken: Vec<Span> = all.iter().filter_map(|a| a.cue).collect();
    taken.sort_unstable();
    let mut found = Vec::new();
    let mut sure = BTreeSet::new();
    let sentences = document.sentences.iter().enumerate();
    for (id, sentence) in sentences.filter(|(_, s)| s.block != BlockKind::Boilerplate) {
        for verb in sentence.tokens.iter().filter(|&t| has_tense(document, t)) {
            if is_quoted(document, verb) {
                continue;
            }
            let cue = taken_by(document, &taken, verb);
            match read(document, cues, sentence, SentenceId::from_index(id), verb) {
                Some((Order::SetOff, attribution)) => {
                    sure.extend(cue);
                    let cited = cited(document, sentence, verb, &attribution);
                    sure.extend(cited.iter().filter_map(|a| a.cue));
                    found.push(attribution);
                    found.extend(cited);
                }
                Some((Order::Before, attribution)) if cue.is_none() => found.push(attribution),
                _ => {}
            }
        }
    }
    all.retain(|a| a.cue.is_none_or(|c| !sure.contains(&c)));
    all.extend(found);
}

/// A verb that is finite by itself, and asks nobody to do something.
fn has_tense(document: &Document, word: TokenId) -> bool {
    let tag = document.tag(word);
    tag.upos == Upos::Verb && tag.xpos != "VB" && is_finite_form(document, word)
}

/// The cue that a word is part of.
fn taken_by(document: &Document, taken: &[Span], word: TokenId) -> Option<Span> {
    let token = document.tokens.get(word.index())?.span;
    let next = taken.partition_point(|c| c.end <= token.start);
    taken.get(next).copied().filter(|c| c.overlaps(token))
}

/// Reads the words around a verb.
fn read(
    document: &Document,
    cues: &Cues,
    sentence: &Sentence,
    id: SentenceId,
    verb: TokenId,
) -> Option<(Order, Attribution)> {
    let licence = cues.licence(document, verb, Frame::Clause, None)?;
    cues.licence(document, verb, Frame::Quote, None)?;
    let (first, source) = source(document, sentence, verb)?;
    let (order, content) = content(document, sentence, first, verb)?;
    let content = spans(document, &content);
    let Licence { lemma, attitude, mut words } = licence;
    words.push(verb);
    words.sort_unstable();
    if content.is_empty() {
        return None;
    }
    let attribution = Attribution {
        source: Some(source),
        cue: Some(cue_span(document, &words, verb)),
        cue_lemma: lemma,
        content,
        kind: AttributionKind::Indirect,
        attitude,
        polarity: super::polarity(document, verb),
        within: None,
        sentence: id,
        rule: "plain-clause".into(),
    };
    Some((order, attribution))
}

/// The words of the content: what stands before the source and behind the cue.
fn content(
    document: &Document,
    sentence: &Sentence,
    first: TokenId,
    verb: TokenId,
) -> Option<(Order, Vec<TokenId>)> {
    let is_comma = |t: TokenId| document.form(t) == ",";
    let start = sentence.tokens.start;
    let before = start.until(first.saturating_sub(1).max(start));
    let behind = (verb + 1).until(sentence.tokens.end);
    if first > sentence.tokens.start && document.form(first - 1).eq_ignore_ascii_case("as") {
        return noted(document, sentence, first - 1, behind).map(|c| (Order::SetOff, c));
    }
    let unquoted = |t: TokenId| !is_quotation_mark(document.form(t));
    let set_off = first > sentence.tokens.start + 1 && is_comma(first - 1) && unquoted(first - 2);
    if set_off && is_comma(verb + 1) && has_verb(document, behind) {
        return Some((Order::SetOff, before.iter().chain(behind).collect()));
    }
    let tail = behind.iter().take_while(|&t| !is_citing(document, t)).count();
    let ends = tail <= TAIL && !has_verb(document, behind.start.until(behind.start + tail as u32));
    if set_off && ends && has_verb(document, before) && !sets_scene(document, before, verb) {
        return Some((Order::SetOff, before.iter().collect()));
    }
    if set_off && !has_verb(document, behind) || is_comma(verb + 1) {
        return None;
    }
    let start = complement(document, behind)?;
    let content = start.until(sentence.tokens.end);
    let subject = content.iter().take_while(|&t| !is_verbal(document, t));
    let named = matches!(document.lemma(start), "that" | "whether" | "how" | "why");
    if !named && subject.clone().any(is_comma) {
        return None;
    }
    has_verb(document, content).then(|| (Order::Before, content.iter().collect()))
}

/// "…, citing": whom a report cites comes behind it.
fn is_citing(document: &Document, word: TokenId) -> bool {
    document.tag(word).xpos == "VBG" && matches!(document.lemma(word), "cite" | "quote")
}

/// Those whom a report cites behind its cue, with the same content.
fn cited(
    document: &Document,
    sentence: &Sentence,
    verb: TokenId,
    report: &Attribution,
) -> Option<Attribution> {
    let cue = (verb + 1).until(sentence.tokens.end).iter().find(|&t| is_citing(document, t))?;
    Some(Attribution {
        source: Some(nominal(document, (cue + 1).until(sentence.tokens.end))?),
        cue: Some(document.span(cue)),
        cue_lemma: document.lemma(cue).into(),
        rule: "attribute-citing-plain".into(),
        ..report.clone()
    })
}

/// Whether the words before a source only say when and where it speaks: "In
/// Oslo, where the ministers met, Miller warned …".
fn sets_scene(document: &Document, before: TokenRange, verb: TokenId) -> bool {
    let Some(first) = before.iter().find(|&t| !is_quotation_mark(document.form(t))) else {
        return false;
    };
    let opens = matches!(document.tag(first).upos, Upos::Adp | Upos::Sconj | Upos::Adv);
    let below = before.iter().filter(|&t| document.tree.head(t) == Some(verb));
    let circumstance = |t: TokenId| {
        let relation = document.tree.deprel(t);
        matches!(
            relation.main(),
            Deprel::Obl | Deprel::Advcl | Deprel::Advmod | Deprel::Punct | Deprel::Nsubj
        )
    };
    opens && below.clone().count() > 0 && below.into_iter().all(circumstance)
}

/// "As the auditors noted on Monday, …": what follows the comma behind the
/// cue; where the clause ends the sentence, what stands before it.
fn noted(
    document: &Document,
    sentence: &Sentence,
    marker: TokenId,
    behind: TokenRange,
) -> Option<Vec<TokenId>> {
    let end =
        behind.iter().take_while(|&t| !is_verbal(document, t)).find(|&t| document.form(t) == ",");
    if marker == sentence.tokens.start {
        return Some((end? + 1).until(sentence.tokens.end).iter().collect());
    }
    let set_off = document.form(marker - 1) == ",";
    let ends = end.is_none() && behind.len() <= TAIL && !has_verb(document, behind);
    (set_off && ends).then(|| sentence.tokens.start.until(marker - 1).iter().collect())
}

/// Where the complement starts: at *that* if it follows soon, else right
/// behind the cue and the pronoun that is told.
fn complement(document: &Document, behind: TokenRange) -> Option<TokenId> {
    let near = behind.iter().take(REACH).take_while(|&t| !is_verbal(document, t));
    let that = near.filter(|&t| matches!(document.lemma(t), "that" | "whether" | "how" | "why"));
    let next = behind.start;
    let told = matches!(document.form(next), "me" | "him" | "us" | "them" | "reporters");
    let bare = next + u32::from(told);
    let opens = matches!(
        document.tag(bare).upos,
        Upos::Pron | Upos::Det | Upos::Propn | Upos::Noun | Upos::Adj | Upos::Num
    );
    that.min().or_else(|| (opens && bare < behind.end).then_some(bare))
}

/// The noun phrase before a verb, and its first word; an insertion between
/// commas right before the verb belongs to it.
fn source(
    document: &Document,
    sentence: &Sentence,
    verb: TokenId,
) -> Option<(TokenId, crate::extract::Source)> {
    let adverbial = |t: TokenId| matches!(document.tag(t).upos, Upos::Adv | Upos::Aux | Upos::Part);
    let end = sentence.tokens.start.until(verb).iter().rev().find(|&t| !adverbial(t))?;
    let mut last = end;
    if document.form(end) == "," {
        let open = sentence
            .tokens
            .start
            .until(end)
            .iter()
            .rev()
            .take(20)
            .find(|&t| document.form(t) == ",")?;
        last = open.checked_sub(1)?;
    }
    let nominal = |t: TokenId| {
        let tag = document.tag(t);
        let inside = matches!(
            document.form(t),
            "(" | ")" | "-" | "." | "’s" | "'s" | "of" | "for" | "at" | "in" | "to"
        );
        inside
            || document.name_at(t).is_some()
            || matches!(
                tag.upos,
                Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det | Upos::Adj | Upos::Num
            )
    };
    let run: Vec<TokenId> =
        sentence.tokens.start.through(last).iter().rev().take_while(|&t| nominal(t)).collect();
    let first = *run.last()?;
    let words = trim(document, &first.through(end).iter().collect::<Vec<_>>());
    let noun = |&t: &TokenId| is_nominal(document, t);
    let inside =
        |t: TokenId| document.tree.head(t).is_some_and(|h| first.through(last).contains(h));
    let nouns: Vec<TokenId> = first.through(last).iter().filter(noun).collect();
    let head = nouns.iter().copied().find(|&t| !inside(t)).or_else(|| nouns.first().copied())?;
    Some((first, super::source(document, head, &words)?))
}
