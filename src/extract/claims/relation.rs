//! The words of a relation.

use compact_str::CompactString;

use super::qualifier::{adverb_before, marker_word};
use crate::analyse::syntax::{is, is_negation};
use crate::extract::Relation;
use crate::extract::lexicon::Lexicon;
use crate::extract::rule::RelationPart;
use crate::extract::sentence::Graph;
use crate::text::{Deprel, Document, FunctionWord, Span, TokenId, Upos};

/// The relation that the parts of a form make, where one of them stands in the text.
pub(crate) fn relation(
    graph: &Graph,
    lexicon: &Lexicon,
    parts: &[RelationPart],
    nodes: &[Option<TokenId>],
) -> Option<Relation> {
    let document = graph.document;
    let mut lemmas: Vec<CompactString> = Vec::new();
    let mut words: Vec<TokenId> = Vec::new();
    for part in parts {
        match part {
            RelationPart::Word(word) => lemmas.push(word.clone()),
            RelationPart::Node(node) => {
                let Some(word) = nodes.get(*node).copied().flatten() else { continue };
                lemmas.extend(lemmas_of(document, lexicon, word));
                words.push(word);
            }
            RelationPart::Mapped(node, list, column) => {
                let word = nodes.get(*node).copied().flatten()?;
                let lemma = document.lemma(word).to_lowercase();
                let mapped = lexicon.value(list, &lemma, column)?;
                lemmas.extend(mapped.split(' ').map(CompactString::from));
                words.push(word);
            }
            RelationPart::Place(node) => words.extend(nodes.get(*node).copied().flatten()),
        }
    }
    let head = *words.first()?;
    Some(Relation { span: span(document, head, &words), head, lemmas })
}

/// The word that says what a claim does: the head of its relation, or what that is the
/// copula of.
pub(super) fn predicate(document: &Document, relation: &Relation) -> TokenId {
    let (tree, head) = (&document.tree, relation.head);
    tree.head_by(head, Deprel::Cop).unwrap_or(head)
}

/// Whether a participle does the work of a preposition: "*given* the prices, many
/// farms closed" says of no farm that it was given anything.
pub(crate) fn is_preposition(document: &Document, lexicon: &Lexicon, word: TokenId) -> bool {
    let tree = &document.tree;
    let listed = |w: &str| lexicon.has("loose-prepositions", None, &w.to_lowercase());
    let joins = tree.has(word, Deprel::Obl);
    matches!(&*document.tag(word).xpos, "VBN" | "VBG")
        && tree.is(word, Deprel::Advcl)
        && (tree.has(word, Deprel::Obj) || joins && listed(document.form(word)))
        && !tree.has_any(word, &[Deprel::Aux, Deprel::Nsubj, Deprel::Mark])
        && (listed(document.lemma(word)) || listed(document.form(word)))
}

/// The lemma of a word, with its particle, what is fixed to it, and what makes its office
/// another: *vice* president, attorney *general*.
fn lemmas_of(document: &Document, lexicon: &Lexicon, word: TokenId) -> Vec<CompactString> {
    let tree = &document.tree;
    let lower = |t: TokenId| match tree.deprel(t) {
        Deprel::Case => CompactString::from(marker_word(document, t).to_lowercase()),
        _ => CompactString::from(document.lemma(t).to_lowercase()),
    };
    let part = |c: &TokenId| is_title_part(document, lexicon, *c);
    let joined = |c: &TokenId| matches!(tree.deprel(*c), Deprel::CompoundPrt | Deprel::Fixed);
    let (before, behind): (Vec<TokenId>, Vec<TokenId>) =
        tree.children(word).iter().partition(|c| **c < word);
    let mut lemmas: Vec<CompactString> = before.into_iter().filter(part).map(lower).collect();
    lemmas.extend(adverb_before(document, lexicon, word).map(lower));
    lemmas.push(lower(word));
    let particle = particle(document, lexicon, word);
    lemmas.extend(behind.into_iter().filter(|c| joined(c) || part(c)).map(lower));
    lemmas.extend(particle.map(lower));
    lemmas.extend(next_preposition(document, word).map(lower));
    lemmas
}

/// The adverb right behind a verb that makes it another: hold *back*.
fn particle(document: &Document, lexicon: &Lexicon, verb: TokenId) -> Option<TokenId> {
    let tree = &document.tree;
    let next = verb + 1;
    let beside = tree.is(next, Deprel::Advmod) && tree.head(next) == Some(verb);
    let is_verb = document.tag(verb).upos == Upos::Verb;
    let listed = lexicon.has("particles", None, &document.lemma(next).to_lowercase());
    (is_verb && beside && listed && tree.children(next).is_empty()).then_some(next)
}

/// The second of two prepositions before one noun: out *of* the room.
fn next_preposition(document: &Document, word: TokenId) -> Option<TokenId> {
    let tree = &document.tree;
    let next = word + 1;
    let case = |t: TokenId| tree.is(t, Deprel::Case) && document.tag(t).upos == Upos::Adp;
    (case(word) && case(next) && tree.head(word) == tree.head(next)).then_some(next)
}

/// Whether a word beside a noun makes its office another.
fn is_title_part(document: &Document, lexicon: &Lexicon, word: TokenId) -> bool {
    let hangs = matches!(document.tree.deprel(word), Deprel::Compound | Deprel::Amod);
    hangs && lexicon.has("title-parts", None, &document.lemma(word).to_lowercase())
}

/// How far apart, in words, the words of a relation may stand in one span.
const LONGEST: u32 = 12;

/// From the first to the last of the words, with the auxiliaries and negations
/// right before and the particle right behind.
fn span(document: &Document, head: TokenId, words: &[TokenId]) -> Span {
    let tree = &document.tree;
    let copula = |w: TokenId| tree.head_by(w, Deprel::Cop);
    let helps = |t: TokenId| {
        let of = |w: &TokenId| {
            tree.head(t) == Some(*w) || (copula(*w).is_some() && tree.head(t) == copula(*w))
        };
        let adverb = tree.is(t, Deprel::Advmod) && document.tag(t).upos != Upos::Adj;
        words.iter().any(of)
            && (tree.is(t, Deprel::Aux) || tree.is(t, Deprel::Cop) || adverb || is_to(document, t))
    };
    let mut first = words.iter().copied().min().unwrap_or(head);
    let mut last = words.iter().copied().max().unwrap_or(head);
    if last - first > LONGEST {
        (first, last) = (head, head);
    }
    while first.checked_sub(1).is_some_and(helps) {
        first -= 1;
    }
    while first < head && tree.is(first, Deprel::Advmod) && !is_negation(document, first) {
        first += 1;
    }
    while tree.deprel(last + 1) == Deprel::CompoundPrt && tree.head(last + 1) == Some(head) {
        last += 1;
    }
    document.span_of(first.through(last))
}

fn is_to(document: &Document, word: TokenId) -> bool {
    document.tree.is(word, Deprel::Mark) && is(document, word, FunctionWord::To)
}
