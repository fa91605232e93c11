//! Attributions: whose word is what.
//!
//! In: the [`Graph`] of a document, what the rules of `rules/attribution` found
//! in it, and the list of [`Cues`]. Out: [`Attribution`]s, in order of their
//! first content, the outer before those that nest in it.
//!
//! ```text
//! matches ──candidate──▶ words of cue, source, content; kept if the list allows them
//!         ──choose─────▶ one candidate a cue
//!         ──resume─────▶ contents end where the reporter takes the word again
//! rejection ───────────▶ "rejected reports that …": the reports beside who rejects them
//! quotation ─reporting─▶ who speaks it, where the tree went wrong at its marks
//! words in a row ─order▶ reporting clauses that the tree has lost, and what no tree
//!                        shows: "Name: …", "“…” — Name", "sources to the Journal"
//!         ──quoted─────▶ contents grow to whole quotations; those without a cue join a speaker
//!         ──uncued─────▶ … or somebody whom the words before them tell of, or nobody
//! inference ───────────▶ what the writer makes of a quotation is nobody else's word
//!         ──nest───────▶ who speaks within whose word
//! ```
//!
//! The rules know the syntax, the list knows the words; neither knows spans.

mod blocks;
mod candidate;
mod choose;
mod contrast;
mod cue;
mod extent;
mod headings;
mod inference;
mod nest;
mod order;
mod quoted;
mod rejection;
mod reporting;
mod resume;
mod running;
mod span;
mod uncued;
mod voice;

pub use self::cue::{Cues, Frame};
pub(super) use self::order::check_frames;
pub(super) use self::rejection::REJECTING;
pub(super) use self::span::subtree_without;

use std::collections::BTreeSet;

use self::candidate::Candidate;
use self::order::OrderReader;
use super::lexicon::Lexicon;
use super::rule::{AttributionMatch, Rules};
use super::{Attribution, Graph, Polarity, Source};
use crate::analyse::syntax::{has_marker, is, is_definite, is_infinitive, is_quotation_mark};
use crate::text::{
    BlockKind, Deprel, Document, FunctionWord, Name, NameKind, Span, TokenId, TokenRange, Upos,
};

/// All attributions of a document.
pub fn attributions(
    graph: &Graph,
    rules: &Rules,
    found: &[AttributionMatch],
    cues: &Cues,
    lexicon: &Lexicon,
) -> Vec<Attribution> {
    let document = graph.document;
    let name = |m: &AttributionMatch| rules.get(m.rule).map_or("", |r| r.id.as_str());
    let candidates =
        found.iter().filter_map(|m| candidate::candidate(graph, cues, name(m), m)).collect();
    let mut chosen = choose::choose(document, candidates);
    resume::resume(document, lexicon, &mut chosen);
    resume::close(&mut chosen);
    chosen.retain(|c| choose::stands(document, cues, lexicon, c));
    let weak = chosen.iter().filter(|c| choose::yields(document, c));
    let weak: BTreeSet<Span> = weak.map(|c| span::cue_span(document, &c.cue, c.head)).collect();
    let mut all: Vec<Attribution> = chosen.iter().filter_map(|c| attribution(graph, c)).collect();
    rejection::complete(document, lexicon, &mut all);
    let orders = OrderReader::new(graph, rules, cues);
    reporting::complete(document, &orders, &mut all);
    let outer = orders.complete(&mut all);
    all.retain(|a| choose::is_spoken(document, cues, lexicon, a));
    blocks::weed(document, lexicon, &mut all);
    headings::complete(document, cues, lexicon, &mut all);
    blocks::complete(graph, cues, lexicon, &mut all);
    nest::untangle(&mut all, &document.article.text);
    let quotations = quoted::outermost(document);
    let turns = quoted::complete(document, &quotations, &mut all);
    uncued::complete(document, lexicon, (&quotations, &turns), &mut all);
    quoted::settle(document, &quotations, &mut all);
    running::add_fragments(document, &mut all);
    all.retain(|a| !a.content.is_empty());
    all.extend(orders.around(outer, &all));
    inference::set_apart(document, &mut all);
    nest::nest(document, lexicon, nest::without_weak(all, &weak))
}

/// Turns words into spans.
fn attribution(graph: &Graph, candidate: &Candidate) -> Option<Attribution> {
    let document = graph.document;
    let sentence = document.sentence_of(candidate.head)?;
    let block = document.sentence(sentence)?.block;
    if block == BlockKind::Boilerplate {
        return None;
    }
    let content = span::spans(document, &candidate.content);
    let cue = span::cue_span(document, &candidate.cue, candidate.head);
    let content = span::cut(&content, cue);
    let source = candidate.source.as_ref().and_then(|(head, words)| source(document, *head, words));
    (!content.is_empty()).then(|| Attribution {
        source,
        cue: Some(cue),
        cue_lemma: candidate.lemma.clone(),
        content,
        kind: candidate.kind,
        attitude: candidate.attitude,
        polarity: polarity(document, candidate.head),
        within: None,
        sentence,
        rule: candidate.rule.clone(),
    })
}

/// A source from its words; of several runs the one with the head.
fn source(document: &Document, head: TokenId, words: &[TokenId]) -> Option<Source> {
    let start = span::behind_dateline(document, *words.first()?);
    let first = words.iter().copied().find(|&t| start.is_none_or(|start| t >= start))?;
    let last = before_mark(document, first.through(before_time(document, head, *words.last()?)))?;
    let bearer_behind = name_behind(document, last);
    let last = bearer_behind.and_then(|n| n.tokens.last()).unwrap_or(last);
    let span = document.span_of(first.through(last));
    let named = || bearer(document, head, span).or_else(|| person_titled(document, head, span));
    let head = bearer_behind.and_then(|n| outermost(document, n)).or_else(named).unwrap_or(head);
    Some(Source { span, head, unnamed: is_unnamed(document, head, span) })
}

/// The last word of a source without the time behind it, which tells when it spoke: "the
/// mayor *on Monday* said …".
fn before_time(document: &Document, head: TokenId, last: TokenId) -> TokenId {
    let tree = &document.tree;
    let Some(time) = document.time_at(last).filter(|time| time.tokens.last() == Some(last)) else {
        return last;
    };
    // "the court *Thursday*", "Mr. Orr *Monday*": the bare day hangs there as if it were a name.
    let loose = |t: TokenId| match tree.deprel(t).main() {
        Deprel::Nmod | Deprel::Obl => true,
        Deprel::Flat | Deprel::Appos => {
            let name = document.name_at(t);
            time.tokens.start == t && name.is_none_or(|name| name.kind == NameKind::Person)
        }
        _ => false,
    };
    let hangs = |t: &TokenId| tree.head(*t) == Some(head) && loose(*t);
    let Some(noun) = time.tokens.iter().find(hangs) else { return last };
    let first = tree.subtree(noun).first().copied().unwrap_or(noun);
    first.previous().filter(|&before| before >= head).unwrap_or(last)
}

/// The last word of a source without the quotation mark that opens behind it, and the comma
/// there: "according to the mayor, “".
fn before_mark(document: &Document, words: TokenRange) -> Option<TokenId> {
    let is_mark = |t: TokenId| is_quotation_mark(document.form(t));
    let is_open = words.iter().filter(|&t| is_mark(t)).count() % 2 == 1;
    let mut ending =
        words.iter().rev().skip_while(|&t| is_open && (is_mark(t) || document.form(t) == ","));
    ending.next()
}

/// The name of who is meant, behind a phrase that breaks off before it or in it: *Ada
/// Brook* behind "bureau spokesman", "Rep." or "Dr. Ada".
fn name_behind(document: &Document, last: TokenId) -> Option<&Name> {
    let proper = document.tag(last).upos == Upos::Propn;
    let inside = document.name_at(last);
    let stop = proper && document.form(last + 1) == "." && inside.is_none();
    let next = last + 1 + u32::from(stop);
    let name = inside.or_else(|| document.name_at(next))?;
    let goes_on = name.tokens.contains(next) && (inside.is_some() || name.tokens.start == next);
    let noun = proper || document.tag(last).upos == Upos::Noun;
    let same = document.sentence_of(next) == document.sentence_of(last);
    Some(name).filter(|n| n.kind == NameKind::Person && noun && goes_on && same)
}

/// The word of a name that hangs on none of the others.
fn outermost(document: &Document, name: &Name) -> Option<TokenId> {
    let outside = |t: &TokenId| document.tree.head(*t).is_none_or(|h| !name.tokens.contains(h));
    name.tokens.iter().find(outside)
}

/// The person whom a description names: *Ada Brook* of "the firm's director and chief
/// economist Ada Brook", "the minister of health, Ada Brook", and nobody of "an ally of
/// Ada Brook".
fn person_titled(document: &Document, title: TokenId, phrase: Span) -> Option<TokenId> {
    let tree = &document.tree;
    let person = people(document, phrase).last().filter(|n| n.tokens.start > title)?;
    let head = outermost(document, person)?;
    let free = |t: TokenId| !tree.has(t, Deprel::Case) && !tree.is(t, Deprel::NmodPoss);
    let joins = |t: TokenId| {
        let relation = tree.deprel(t).main();
        matches!(relation, Deprel::Flat | Deprel::Appos | Deprel::Compound | Deprel::Nmod)
    };
    let noun = matches!(document.tag(title).upos, Upos::Noun | Upos::Propn);
    let titled = noun && document.name_at(title).is_none() && joins(head);
    let path = std::iter::once(head).chain(tree.ancestors(head)).take_while(|&t| t != title);
    let close = tree.dominates(title, head) && path.into_iter().all(free);
    Some(head).filter(|_| titled && close)
}

/// The names of people in a phrase.
fn people(document: &Document, phrase: Span) -> impl Iterator<Item = &Name> {
    let first = document.names.partition_point(|n| n.span.end <= phrase.start);
    let names = document.names.get(first..).unwrap_or(&[]).iter();
    let inside = names.take_while(move |n| n.span.end <= phrase.end);
    inside.filter(move |n| n.kind == NameKind::Person && phrase.contains(n.span))
}

/// The person who bears an office that stands before the name: the name of
/// *Secretary of State Ada Brook*, whatever the tree makes of the office.
fn bearer(document: &Document, office: TokenId, phrase: Span) -> Option<TokenId> {
    let person = people(document, phrase).next().filter(|n| n.tokens.start > office)?;
    let titled = |t: TokenId| {
        let form = document.form(t);
        form.starts_with(char::is_uppercase) || document.words.is(form, FunctionWord::OfOffice)
    };
    let plain = |t: TokenId| document.form(t).starts_with(char::is_uppercase);
    let close =
        office.until(person.tokens.start).iter().all(titled) && plain(person.tokens.start - 1);
    outermost(document, person).filter(|_| close && plain(office))
}

/// Whether a source has no name and is nobody in particular: a common noun or
/// an indefinite pronoun, the cluster of which has no name either.
fn is_unnamed(document: &Document, head: TokenId, phrase: Span) -> bool {
    match document.tag(head).upos {
        Upos::Pron => is(document, head, FunctionWord::Indefinite),
        Upos::Noun | Upos::Adj | Upos::Num | Upos::Det => {
            !is_one_definite(document, head)
                && !has_name(document, head)
                && !names_person(document, phrase)
        }
        _ => false,
    }
}

/// *The mayor*, *his lawyer*: one that the reader can tell.
fn is_one_definite(document: &Document, head: TokenId) -> bool {
    document.tag(head).feats.has("Number", "Sing") && is_definite(document, head)
}

/// Whether another mention of the same thing is a name.
fn has_name(document: &Document, head: TokenId) -> bool {
    let mention = document.mentions.iter().find(|m| m.head == head);
    let cluster = mention.and_then(|m| document.clusters.get(m.cluster.index()));
    let mut members = cluster.into_iter().flat_map(|c| &c.mentions);
    members.any(|&m| {
        let mention = document.mentions.get(m.index());
        mention.is_some_and(|m| m.kind == crate::text::MentionKind::Name)
    })
}

/// Whether a person is named in the phrase: "spokesman John Kirby".
fn names_person(document: &Document, phrase: Span) -> bool {
    people(document, phrase).next().is_some()
}

/// Negative where the cue is negated ("did not say", "no one said"), or stands
/// under a verb or noun that denies it ("refused to say", "stopped short of saying",
/// "had no reason to believe").
fn polarity(document: &Document, head: TokenId) -> Polarity {
    let tree = &document.tree;
    let negation = |t: TokenId| is(document, t, FunctionWord::Negation);
    let hangs_beside = |t: TokenId| tree.is(t, Deprel::Advcl) && is_infinitive(document, t);
    let negated = |t: TokenId| tree.children(t).iter().any(|&c| negation(c) && c < t);
    let above = tree.head_by(head, Deprel::Xcomp);
    let kept = tree.head(head).filter(|_| has_marker(document, head, FunctionWord::ByObject));
    let refused = above.is_some_and(|h| is(document, h, FunctionWord::Refusal))
        || kept.is_some_and(|h| is(document, h, FunctionWord::Abstention));
    let beside = tree.head(head).filter(|_| tree.is(head, Deprel::Xcomp) || hangs_beside(head));
    let object = beside.and_then(|verb| tree.child(verb, Deprel::Obj)).filter(|&o| o < head);
    let lacking = tree.head_by(head, Deprel::Acl).or(object);
    let nobody = tree.child(head, Deprel::Nsubj).is_some_and(|s| negation(s) || negated(s));
    if negated(head) || nobody || refused || lacking.is_some_and(negated) {
        Polarity::Negative
    } else {
        Polarity::Positive
    }
}

#[cfg(test)]
mod tests;
