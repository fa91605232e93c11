//! The words of an argument: the least whole phrase, and the full one.

use crate::analyse::syntax::{is_negation, is_nominal};
use crate::extract::lexicon::Lexicon;
use crate::extract::sentence::Graph;
use crate::extract::{Argument, ArgumentKind};
use crate::text::{ClusterId, Deprel, Document, Mention, Span, TokenId, Upos};

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
        return Argument { span: phrase, phrase, head, kind };
    }
    let phrase = run(document, head, &phrase_words(document, head, without));
    let least = run(document, head, &least_words(document, lexicon, head, without));
    let span = if phrase.contains(least) { least } else { phrase };
    Argument { span, phrase, head, kind }
}

/// Takes off the *no* that makes a claim negative: "no weapons were found" says
/// of weapons that they were not.
pub(crate) fn affirm(document: &Document, argument: &mut Argument) {
    let first = document.tokens_in(argument.phrase).start;
    let noun = matches!(document.tag(argument.head).upos, Upos::Noun | Upos::Propn);
    if noun && first < argument.head && is_no(document, first) {
        for span in [&mut argument.span, &mut argument.phrase] {
            let words = document.tokens_in(*span);
            if words.start == first && words.end > first + 1 {
                *span = document.span_of((first + 1).until(words.end));
            }
        }
    }
}

/// Whether a noun is what something does *not* hold of: "met not the mayor but
/// her deputy", but not "not only the mayor".
pub(crate) fn is_excluded(document: &Document, head: TokenId) -> bool {
    let mut negated = false;
    for adverb in document.tree.children_by(head, Deprel::Advmod).filter(|&c| c < head) {
        let lemma = document.lemma(adverb);
        if matches!(lemma, "only" | "just" | "merely" | "simply") {
            return false;
        }
        negated |= lemma.eq_ignore_ascii_case("not");
    }
    negated && is_nominal(document, head)
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

/// *No* as a determiner.
fn is_no(document: &Document, word: TokenId) -> bool {
    document.lemma(word).eq_ignore_ascii_case("no") && document.tree.is(word, Deprel::Det)
}

/// Clauses by their verb, values by their part of speech; the rest are things.
fn kind_of(document: &Document, head: TokenId) -> ArgumentKind {
    match document.tag(head).upos {
        Upos::Verb | Upos::Aux if document.tag(head).xpos.starts_with(['V', 'M']) => {
            ArgumentKind::Clause
        }
        Upos::Num | Upos::Adj | Upos::Adv | Upos::Sym if document.name_at(head).is_none() => {
            ArgumentKind::Value
        }
        _ => ArgumentKind::Entity,
    }
}

/// The span of the unbroken run of words around the head, without punctuation
/// at its ends.
fn run(document: &Document, head: TokenId, words: &[TokenId]) -> Span {
    let inside = |t: TokenId| words.binary_search(&t).is_ok();
    let mut first = head;
    while first.checked_sub(1).is_some_and(inside) {
        first -= 1;
    }
    let mut last = head;
    while inside(last + 1) {
        last += 1;
    }
    let closes =
        |t: TokenId| t > head && document.tag(t).upos == Upos::Punct && !is_bracket(document, t);
    while closes(last) {
        last -= 1;
    }
    while first < head && document.tag(first).upos == Upos::Punct && !opens(document, first) {
        first += 1;
    }
    document.span_of(first.through(last))
}

fn is_bracket(document: &Document, word: TokenId) -> bool {
    matches!(document.form(word), ")" | "]" | "-RRB-" | "%")
}

fn opens(document: &Document, word: TokenId) -> bool {
    matches!(document.form(word), "(" | "[" | "$" | "#")
}

/// What never belongs to a phrase: its own markers, what is coordinated with
/// it, and the clause around it where it is the predicate.
const OUTSIDE: &[Deprel] = &[
    Deprel::Case,
    Deprel::Mark,
    Deprel::Cc,
    Deprel::Conj,
    Deprel::Parataxis,
    Deprel::Nsubj,
    Deprel::NsubjPass,
    Deprel::NsubjOuter,
    Deprel::Csubj,
    Deprel::Cop,
    Deprel::Aux,
    Deprel::AuxPass,
    Deprel::Expl,
    Deprel::Discourse,
    Deprel::Vocative,
    Deprel::Advcl,
    Deprel::Appos,
    Deprel::Dislocated,
    Deprel::List,
    Deprel::Reparandum,
    Deprel::Orphan,
    Deprel::CcPreconj,
    Deprel::Ccomp,
];

/// Dependents that a predicate has as a clause, not as a phrase.
const OF_CLAUSE: &[Deprel] = &[Deprel::OblUnmarked, Deprel::OblTmod, Deprel::Advmod];

fn phrase_words(document: &Document, head: TokenId, without: &[TokenId]) -> Vec<TokenId> {
    let tree = &document.tree;
    let clause = tree.has(head, Deprel::Cop) || tree.has(head, Deprel::Nsubj);
    let verbal = matches!(document.tag(head).upos, Upos::Adj | Upos::Verb);
    let mut words = vec![head];
    for &child in tree.children(head) {
        let relation = tree.deprel(child);
        let own = relation == Deprel::Ccomp && verbal;
        let clausal = clause && !verbal && OF_CLAUSE.contains(&relation) && child < head;
        let oblique = clause && relation == Deprel::Obl;
        let negation = clause && is_negation(document, child);
        let outside = !own && OUTSIDE.contains(&relation);
        if !outside && !clausal && !oblique && !negation && !holds(document, child, without) {
            words.extend(tree.subtree(child));
        }
    }
    words.sort_unstable();
    words
}

/// Whether one of some words is or hangs below this one.
fn holds(document: &Document, word: TokenId, some: &[TokenId]) -> bool {
    some.iter().any(|&w| w == word || document.tree.dominates(word, w))
}

/// The words of a clause: all but what introduces or is coordinated with it.
fn clause_words(document: &Document, head: TokenId) -> Vec<TokenId> {
    let tree = &document.tree;
    let mut words = vec![head];
    for &child in tree.children(head) {
        let outside = match tree.deprel(child) {
            Deprel::Conj | Deprel::Cc | Deprel::Parataxis | Deprel::Case | Deprel::Punct => true,
            Deprel::Mark => document.lemma(child) != "to",
            _ => false,
        };
        if !outside {
            words.extend(tree.subtree(child));
        }
    }
    words.sort_unstable();
    if let (Some(&first), Some(&last)) = (words.first(), words.last()) {
        let inner = tree.children_by(head, Deprel::Punct).filter(|p| first < *p && *p < last);
        words.extend(inner);
        words.sort_unstable();
    }
    words
}

/// The name the head stands in, or the head with what identifies it.
fn least_words(
    document: &Document,
    lexicon: &Lexicon,
    head: TokenId,
    without: &[TokenId],
) -> Vec<TokenId> {
    let tree = &document.tree;
    let mut words = vec![head];
    for &child in tree.children(head) {
        if identifies(document, lexicon, head, child) && !holds(document, child, without) {
            words.extend(tree.subtree(child));
        }
    }
    if let Some(name) = document.name_at(head) {
        words.extend(name.tokens.iter().filter(|&t| tree.dominates(head, t)));
    }
    words.sort_unstable();
    words.dedup();
    words
}

fn identifies(document: &Document, lexicon: &Lexicon, head: TokenId, child: TokenId) -> bool {
    let tree = &document.tree;
    match tree.deprel(child) {
        Deprel::Compound
        | Deprel::Flat
        | Deprel::Nummod
        | Deprel::NmodPoss
        | Deprel::Goeswith
        | Deprel::NmodDesc
        | Deprel::Fixed => true,
        Deprel::CompoundPrt | Deprel::NmodUnmarked => child == head + 1,
        Deprel::Punct => document.form(child) == "-",
        Deprel::Amod => child < head && document.tag(child).upos != Upos::Verb,
        Deprel::Nmod => {
            let of = tree.children_by(child, Deprel::Case).any(|c| document.lemma(c) == "of");
            of && child > head && lexicon.has("relational", None, document.lemma(head))
        }
        Deprel::Det => document.tag(head).upos == Upos::Pron,
        _ => false,
    }
}
