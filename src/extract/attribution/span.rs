//! From heads to phrases: the words of a cue, a source and a content.
//!
//! In: words of a document's tree. Out: sorted words, and the spans that they
//! cover. All functions are pure; the order of the sentence is never left.

use crate::analyse::syntax::{has_verb, is_quotation_mark};
use crate::text::{Deprel, Document, Span, TokenId, Upos};

/// Auxiliaries, negations and adverbs that belong to the group of a verb.
const GROUP: [Deprel; 6] =
    [Deprel::Aux, Deprel::AuxPass, Deprel::Cop, Deprel::CompoundPrt, Deprel::Advmod, Deprel::Det];

/// The cue as one span: its head with auxiliaries, negation, particle, the
/// adverbs before it and the words that the list adds.
pub(super) fn cue_span(document: &Document, cue: &[TokenId], head: TokenId) -> Span {
    let mut group = cue.to_vec();
    for &word in cue {
        let dependents = document.tree.children(word).iter();
        group.extend(dependents.filter(|&&c| joins(document, word, c)));
    }
    group.sort_unstable();
    group.dedup();
    let run = run_around(document, head, cue, &group);
    document.span_of(run.first().unwrap_or(&head).through(*run.last().unwrap_or(&head)))
}

/// Whether a dependent belongs to the group of a cue.
fn joins(document: &Document, head: TokenId, word: TokenId) -> bool {
    let relation = document.tree.deprel(word);
    match document.tag(head).upos {
        Upos::Noun | Upos::Propn => false,
        _ if relation == Deprel::Advmod => word < head && document.tree.children(word).is_empty(),
        _ => GROUP.contains(&relation),
    }
}

/// Of a group, the words that stand together around the head: between two of
/// them may stand nothing but words that hang on them. Subjects in between
/// ("did he say") end the run.
fn run_around(
    document: &Document,
    head: TokenId,
    must: &[TokenId],
    group: &[TokenId],
) -> Vec<TokenId> {
    let needed = |t: TokenId| must.contains(&t);
    let mut run = vec![head];
    for &word in group.iter().filter(|&&w| w > head) {
        let last = run.last().copied().unwrap_or(head);
        if needed(word) || gap_is_light(document, last, word) {
            run.push(word);
        }
    }
    for &word in group.iter().rev().filter(|&&w| w < head) {
        let first = run.first().copied().unwrap_or(head);
        if needed(word) || gap_is_light(document, word, first) {
            run.insert(0, word);
        }
    }
    run
}

/// Whether only particles and adverbs stand between two words.
fn gap_is_light(document: &Document, from: TokenId, to: TokenId) -> bool {
    to - from <= 3
        && (from + 1)
            .until(to)
            .iter()
            .all(|t| matches!(document.tag(t).upos, Upos::Adv | Upos::Part | Upos::Aux))
}

/// The words of a noun phrase: all below its head but clauses that go on
/// without it (`parataxis`), the words of `without` and what hangs on them.
pub(super) fn phrase(document: &Document, head: TokenId, without: &[TokenId]) -> Vec<TokenId> {
    // "*It is* the first case of the firm telling a clerk to lie": only the noun speaks.
    let predicate = document.tree.has(head, Deprel::Cop);
    let subjects = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl];
    let skip = |t: TokenId| {
        without.contains(&t)
            || predicate
                && document.tree.head(t) == Some(head)
                && subjects.contains(&document.tree.deprel(t))
            || matches!(
                document.tree.deprel(t),
                Deprel::Parataxis
                    | Deprel::List
                    | Deprel::Dep
                    | Deprel::Case
                    | Deprel::Mark
                    | Deprel::Cc
                    | Deprel::Cop
                    | Deprel::Aux
            ) && document.tree.head(t) == Some(head)
    };
    let mut words = subtree_without(document, head, skip);
    words.retain(|w| !without.contains(w));
    trim(document, &words)
}

/// The words below a head (itself included), in order, without those that
/// `skip` names and what hangs on them.
pub(in crate::extract) fn subtree_without(
    document: &Document,
    head: TokenId,
    skip: impl Fn(TokenId) -> bool,
) -> Vec<TokenId> {
    let mut words = vec![head];
    let mut next = 0;
    while let Some(&word) = words.get(next) {
        words.extend(document.tree.children(word).iter().copied().filter(|&c| !skip(c)));
        next += 1;
    }
    words.sort_unstable();
    words
}

/// The words without punctuation at either end, quotation marks excepted, and
/// without a mark that has lost its partner.
pub(super) fn trim(document: &Document, words: &[TokenId]) -> Vec<TokenId> {
    let loose = |t: &TokenId| {
        let form = document.form(*t);
        document.tag(*t).upos == Upos::Punct
            && !is_quotation_mark(form)
            && !matches!(form, "?" | "!" | "…" | "...")
    };
    let count = |sign: &str| words.iter().filter(|&&t| document.form(t) == sign).count();
    let balanced = count("(") == count(")");
    let end_bracket = |t: &TokenId| balanced && document.form(*t) == ")";
    let start = words.iter().take_while(|t| loose(t)).count();
    let end = words.iter().rev().take_while(|t| loose(t) && !end_bracket(t)).count();
    words.get(start..words.len().saturating_sub(end).max(start)).unwrap_or(&[]).to_vec()
}

/// The longest dateline, in words.
const DATELINE: usize = 14;

/// The word behind the dateline that a word begins: "GENEVA, March 3 (AW) — ".
pub(super) fn behind_dateline(document: &Document, first: TokenId) -> Option<TokenId> {
    let sentence = document.sentence_at(first)?;
    let shouted = |t: TokenId| {
        let form = document.form(t);
        form.chars().count() > 2 && form.chars().all(char::is_uppercase)
    };
    let is_dash = |&t: &TokenId| matches!(document.form(t), "-" | "–" | "—" | "--" | "―");
    let mut opening = sentence.tokens.iter().skip(1).take(DATELINE);
    let dash =
        opening.find(is_dash).filter(|_| sentence.tokens.start == first && shouted(first))?;
    (!has_verb(document, first.until(dash))).then_some(dash + 1)
}

/// The word behind a time that stands right behind a cue ("said **on Monday** the
/// dam …"): it tells when that was said.
pub(super) fn behind_time(document: &Document, from: TokenId, to: TokenId) -> Option<TokenId> {
    let bare = from + u32::from(document.tag(from).upos == Upos::Adp);
    let time = document.time_at(bare).filter(|t| t.tokens.start <= bare && t.tokens.end < to)?;
    let acts = time.tokens.iter().any(|t| document.tree.is(t, Deprel::Nsubj));
    // "said *May's* figures were good": whose they are is no time of saying.
    let owner = |t: TokenId| document.tree.is(t, Deprel::NmodPoss);
    let owns = time
        .tokens
        .iter()
        .any(|t| owner(t) && document.tree.child(t, Deprel::Case) == Some(time.tokens.end));
    (!acts && !owns && document.form(time.tokens.end) != ",").then_some(time.tokens.end)
}

/// Spans over runs of neighbouring words, each run trimmed; runs of
/// punctuation alone are left out.
pub(super) fn spans(document: &Document, words: &[TokenId]) -> Vec<Span> {
    let mut runs: Vec<Vec<TokenId>> = Vec::new();
    for &word in words {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|&l| l + 1 == word) => run.push(word),
            _ => runs.push(vec![word]),
        }
    }
    for run in &mut runs {
        let behind = run.first().and_then(|&first| behind_dateline(document, first));
        run.retain(|&t| behind.is_none_or(|start| t >= start));
    }
    let trimmed = runs.iter().map(|run| trim(document, run));
    trimmed
        .filter(|run| run.iter().any(|&t| document.tag(t).upos != Upos::Punct))
        .filter_map(|run| Some(document.span_of(run.first()?.through(*run.last()?))))
        .collect()
}

/// Spans in order, those that touch or overlap made one. `gap`: bytes of
/// white space that still count as touching.
pub(super) fn merge(mut spans: Vec<Span>, text: &str) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans.into_iter().filter(|s| !s.is_empty()) {
        let blank = |last: &Span| {
            span.start <= last.end
                || Span::new(last.end, span.start).slice(text).chars().all(char::is_whitespace)
        };
        match merged.last_mut() {
            Some(last) if blank(last) => *last = last.cover(span),
            _ => merged.push(span),
        }
    }
    merged
}

/// What is left of some spans without another.
pub(super) fn cut(spans: &[Span], away: Span) -> Vec<Span> {
    let parts = spans.iter().flat_map(|&span| {
        if !span.overlaps(away) {
            return [span, Span::new(0, 0)];
        }
        let before = Span::new(span.start, away.start.max(span.start));
        let after = Span::new(away.end.min(span.end), span.end);
        [before, after]
    });
    parts.filter(|s| !s.is_empty()).collect()
}
