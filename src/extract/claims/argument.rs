//! The words of an argument: the core that identifies, the whole that a reader needs,
//! and the full phrase.

use super::phrase::{clause_words, least_words, phrase_words, run};
use super::whole;
use crate::analyse::syntax::{is, is_definite, is_nominal, is_quotation_mark};
use crate::extract::lexicon::Lexicon;
use crate::extract::sentence::Graph;
use crate::extract::{Argument, ArgumentKind};
use crate::text::{
    ClusterId, Deprel, Document, FunctionWord, Mention, MentionKind, Span, TokenId, Upos,
};

/// The argument that a word heads, of this kind or of the kind its words tell.
///
/// Left out of its phrase is what hangs on it with the words `without`: the
/// relative clause that makes the claim, the owner that is its subject.
pub(crate) fn argument(
    graph: &Graph,
    lexicon: &Lexicon,
    head: TokenId,
    kind: Option<ArgumentKind>,
    without: &[TokenId],
) -> Argument {
    let document = graph.document;
    let kind = kind.unwrap_or_else(|| kind_of(document, head));
    if kind == ArgumentKind::Clause {
        let phrase = run(document, head, &clause_words(document, head));
        let span = whole::balanced(document, lexicon, head, phrase);
        return Argument { core: span, span, phrase: phrase.cover(span), head, kind };
    }
    let phrase = run(document, head, &phrase_words(document, head, without));
    let least = run(document, head, &least_words(document, lexicon, head, without));
    let core = if phrase.contains(least) { least } else { phrase };
    let span = whole::whole(document, lexicon, head, core, without);
    let core = Span::new(core.start.max(span.start), core.end.min(span.end));
    Argument { core, span, phrase: phrase.cover(span), head, kind }
}

/// An object with the phrase right behind it that hangs on the verb: "granted *immunity* to
/// the envoys". It tells which, or what for, wherever the tree hangs it.
pub(crate) fn extended(graph: &Graph, lexicon: &Lexicon, object: &Argument) -> Option<Argument> {
    let document = graph.document;
    let tree = &document.tree;
    let next = document.tokens_in(object.span).end;
    let verb = tree.head(object.head).filter(|&verb| verb < object.head)?;
    if graph.is_definite(object.head) || !tree.is(next, Deprel::Case) {
        return None;
    }
    let mut beside = tree.children_by(verb, Deprel::Obl);
    let behind = beside.find(|&c| tree.head(next) == Some(c) && extends(document, lexicon, c))?;
    let phrase = argument(graph, lexicon, behind, None, &[]);
    let span = Span::new(object.span.start, phrase.span.end);
    let quotes = document.tokens_in(span).iter().any(|t| is_quotation_mark(document.form(t)));
    (!quotes).then(|| Argument { span, phrase: object.phrase.cover(span), ..*object })
}

/// Whether a preposition joins a noun that tells more of the noun before it; a time tells
/// of the verb.
fn extends(document: &Document, lexicon: &Lexicon, word: TokenId) -> bool {
    let mut cases = document.tree.children_by(word, Deprel::Case);
    document.time_at(word).is_none()
        && is_nominal(document, word)
        && cases.any(|case| {
            let lemma = document.lemma(case).to_lowercase();
            let joins = |class| lexicon.has("additions", Some(class), &lemma);
            joins("noun") || joins("beside")
        })
}

/// Takes off the *no* that makes a claim negative: "no weapons were found" says
/// of weapons that they were not.
pub(crate) fn affirm(document: &Document, argument: &mut Argument) {
    let first = document.tokens_in(argument.phrase).start;
    let noun = matches!(document.tag(argument.head).upos, Upos::Noun | Upos::Propn);
    if noun && first < argument.head && is_no(document, first) {
        for span in [&mut argument.core, &mut argument.span, &mut argument.phrase] {
            let words = document.tokens_in(*span);
            if words.start == first && words.end > first + 1 {
                *span = document.span_of((first + 1).until(words.end));
            }
        }
    }
}

/// Takes off the *only* of a *not only* that stands before it or opens it: "not only the
/// walls" are the walls, and more. Both words of it go.
pub(crate) fn widen(document: &Document, argument: &mut Argument) {
    for span in [&mut argument.core, &mut argument.span, &mut argument.phrase] {
        let words = document.tokens_in(*span);
        let mut first = words.start;
        if is(document, first, FunctionWord::Not) && is_not_only(document, first + 1) {
            first += 1;
        }
        if is_not_only(document, first) && first < argument.head {
            *span = document.span_of((first + 1).until(words.end));
        }
    }
}

/// Whether a word is the *only*, *just*, *merely* of a *not only*.
pub(crate) fn is_not_only(document: &Document, word: TokenId) -> bool {
    let not = word.previous().is_some_and(|t| is(document, t, FunctionWord::Not));
    not && is(document, word, FunctionWord::Only)
}

/// Whether a word is the letter of a party, as the rules of descriptions have it: *D*-Ohio.
pub(crate) fn is_party_letter(document: &Document, word: TokenId) -> bool {
    matches!(document.form(word), "D" | "DFL" | "I" | "R")
}

/// Whether a noun is what something does *not* hold of: "met not the mayor but
/// her deputy", but not "not only the mayor".
pub(crate) fn is_excluded(document: &Document, head: TokenId) -> bool {
    let mut negated = false;
    for adverb in document.tree.children_by(head, Deprel::Advmod).filter(|&c| c < head) {
        if is(document, adverb, FunctionWord::Only) {
            return false;
        }
        negated |= is(document, adverb, FunctionWord::Not);
    }
    negated && (is_nominal(document, head) || document.tag(head).upos == Upos::Adj)
}

/// Makes a description of what is said to be something: in "Adams, the owner of
/// the inn" the owner is no second thing beside Adams. Of a description and a
/// name of the same ("The owner is Adams") the name is what something is said of.
pub(crate) fn describe(document: &Document, subject: &mut Argument, object: &mut Argument) {
    let entities = subject.kind == ArgumentKind::Entity && object.kind == ArgumentKind::Entity;
    let cluster = cluster_of(document, subject.head);
    if !entities || cluster.is_none() || cluster != cluster_of(document, object.head) {
        return;
    }
    let (first, second) = (document.tag(subject.head).upos, document.tag(object.head).upos);
    if first == Upos::Noun && second == Upos::Propn {
        std::mem::swap(subject, object);
    }
    if document.tag(object.head).upos == Upos::Noun {
        object.kind = ArgumentKind::Value;
    }
}

/// Whether an object says by a title what somebody is: *President* names nothing else, nor
/// does a noun of office `beside` a name.
pub(crate) fn is_title(
    document: &Document,
    lexicon: &Lexicon,
    object: &Argument,
    beside: bool,
) -> bool {
    let title =
        document.tag(object.head).upos == Upos::Propn && document.name_at(object.head).is_none();
    object.kind == ArgumentKind::Entity
        && (title || beside)
        && lexicon.has("roles", None, &document.lemma(object.head).to_lowercase())
}

/// The cluster of the mention that a word is the head of.
pub(crate) fn cluster_of(document: &Document, head: TokenId) -> Option<ClusterId> {
    mention_at(document, head).map(|m| m.cluster)
}

/// How many mentions may begin before one and still hold its head.
const NESTED: usize = 16;

/// The mention that a word is the head of.
pub(crate) fn mention_at(document: &Document, head: TokenId) -> Option<&Mention> {
    let at = document.span(head);
    let before = document.mentions.partition_point(|m| m.span.start <= at.start);
    document.mentions.iter().take(before).rev().take(NESTED).find(|m| m.head == head)
}

/// Whether a mention of what a word stands for is more than a pronoun.
pub(super) fn has_words(document: &Document, word: TokenId) -> bool {
    let cluster = cluster_of(document, word).and_then(|c| document.clusters.get(c.index()));
    let mut mentions = cluster.into_iter().flat_map(|c| &c.mentions).take(LOOKED_AT);
    mentions
        .any(|m| document.mentions.get(m.index()).is_some_and(|m| m.kind != MentionKind::Pronoun))
}

/// How many mentions of one thing are looked at.
const LOOKED_AT: usize = 256;

/// *No* as a determiner.
fn is_no(document: &Document, word: TokenId) -> bool {
    is(document, word, FunctionWord::No) && document.tree.is(word, Deprel::Det)
}

/// Clauses by their verb, values by their part of speech; the rest are things, *the two* among
/// them.
fn kind_of(document: &Document, head: TokenId) -> ArgumentKind {
    let counts = |class| document.words.is(document.form(head), class);
    match document.tag(head).upos {
        Upos::Num
            if is_definite(document, head)
                && (counts(FunctionWord::Pair) || counts(FunctionWord::Trio)) =>
        {
            ArgumentKind::Entity
        }
        Upos::Verb | Upos::Aux if document.tag(head).xpos.starts_with(['V', 'M']) => {
            ArgumentKind::Clause
        }
        Upos::Num | Upos::Adj | Upos::Adv | Upos::Sym if document.name_at(head).is_none() => {
            ArgumentKind::Value
        }
        _ => ArgumentKind::Entity,
    }
}
