//! The words of phrases and clauses.
//!
//! In: the head of one. Out: those of the words below it that are of the phrase: all of
//! them, or the least that identify.

use crate::analyse::syntax::{is, is_negation, is_nominal};
use crate::extract::lexicon::Lexicon;
use crate::text::{Deprel, Document, FunctionWord, Span, TokenId, Upos};

/// The span of the unbroken run of words around the head, without punctuation
/// at its ends.
pub(super) fn run(document: &Document, head: TokenId, words: &[TokenId]) -> Span {
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
    let nominal = is_nominal(document, head);
    let joint = |t: TokenId| nominal && is_joint(document, t);
    while first < head && (begins_none(document, first) || joint(first)) {
        first += 1;
    }
    document.span_of(first.through(last))
}

/// A sign with which no phrase begins.
fn begins_none(document: &Document, word: TokenId) -> bool {
    document.tag(word).upos == Upos::Punct && !opens(document, word)
}

/// A conjunction, or the preposition of a noun behind it: *of State Anna Berg*.
fn is_joint(document: &Document, word: TokenId) -> bool {
    let tree = &document.tree;
    let behind = tree.head(word).filter(|&head| head > word);
    let noun = |t: TokenId| matches!(document.tag(t).upos, Upos::Noun | Upos::Propn);
    tree.is(word, Deprel::Cc) || (tree.is(word, Deprel::Case) && behind.is_some_and(noun))
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

/// The words of the full phrase: all that hangs on its head but what never belongs to
/// it, and what is given in `without`.
pub(super) fn phrase_words(
    document: &Document,
    head: TokenId,
    without: &[TokenId],
) -> Vec<TokenId> {
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
pub(super) fn holds(document: &Document, word: TokenId, some: &[TokenId]) -> bool {
    some.iter().any(|&w| w == word || document.tree.dominates(word, w))
}

/// The words of a clause: all but what introduces or is coordinated with it.
pub(super) fn clause_words(document: &Document, head: TokenId) -> Vec<TokenId> {
    let tree = &document.tree;
    let mut words = vec![head];
    for &child in tree.children(head) {
        let outside = match tree.deprel(child) {
            Deprel::Conj | Deprel::Cc | Deprel::Parataxis | Deprel::Case | Deprel::Punct => true,
            Deprel::Mark => !is(document, child, FunctionWord::To),
            // "*The aim is* to sell it."
            Deprel::NsubjOuter => true,
            Deprel::Cop | Deprel::Aux | Deprel::AuxPass => {
                is_copula_of_outer(document, child, head)
            }
            _ => false,
        };
        if !outside {
            words.extend(tree.subtree(child));
        }
    }
    words.extend(beside_shared_object(document, head));
    words.sort_unstable();
    words.dedup();
    if let (Some(&first), Some(&last)) = (words.first(), words.last()) {
        let inner = tree.children_by(head, Deprel::Punct).filter(|p| first < *p && *p < last);
        words.extend(inner);
        words.sort_unstable();
    }
    words
}

/// What makes a verb whole whose object stands behind the next that it is coordinated with:
/// "*buying* and selling *the farm*".
fn beside_shared_object(document: &Document, head: TokenId) -> Vec<TokenId> {
    let tree = &document.tree;
    let behind = |verb: TokenId| tree.children_by(verb, Deprel::Obj).find(|&o| o > verb);
    if let Some(object) = behind(head) {
        let between = tree.children_by(head, Deprel::Conj).filter(|&c| head < c && c < object);
        return between.flat_map(|c| tree.subtree(c)).collect();
    }
    let first = tree.head_by(head, Deprel::Conj);
    let object = first.and_then(behind).filter(|&object| object > head);
    let same = first.is_some_and(|first| document.tag(first).xpos == document.tag(head).xpos);
    object.filter(|_| same).map_or_else(Vec::new, |object| tree.subtree(object))
}

/// The *is* between a clause and what it is told of.
fn is_copula_of_outer(document: &Document, word: TokenId, clause: TokenId) -> bool {
    let subject = |label| {
        let mut below = document.tree.children(clause).iter().copied();
        below.find(move |&c| document.tree.deprel(c) == label)
    };
    let outer = subject(Deprel::NsubjOuter);
    let first = subject(Deprel::Nsubj).or_else(|| subject(Deprel::NsubjPass)).unwrap_or(clause);
    outer.is_some_and(|outer| outer < word && word < first) && is(document, word, FunctionWord::Be)
}

/// The name the head stands in, or the head with what identifies it.
pub(super) fn least_words(
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
            let of =
                tree.children_by(child, Deprel::Case).any(|c| is(document, c, FunctionWord::Of));
            of && child > head && lexicon.has("relational", None, document.lemma(head))
        }
        Deprel::Det => document.tag(head).upos == Upos::Pron,
        _ => false,
    }
}
