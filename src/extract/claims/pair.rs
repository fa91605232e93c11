//! Noun phrases that the tree breaks in two, or hangs in the wrong place.
//!
//! In: the words that a rule found as subject and object. Out: the phrase that is meant: one
//! company of *a quarry and mining company*, what there is of "there were some *strings
//! attached*", the office right before the name in "the staff of the *mayor*, Ada Moss".

use super::argument;
use super::named::has_name;
use crate::analyse::syntax::{is, is_finite, is_nominal};
use crate::extract::lexicon::Lexicon;
use crate::extract::sentence::Graph;
use crate::extract::{Argument, Relation};
use crate::text::{Deprel, Document, FunctionWord, NameKind, Span, TokenId, Upos};

/// Who is named by a name in apposition: the office right before it, though the tree hangs it
/// on the noun that has the office behind *of*.
pub(super) fn described(
    document: &Document,
    lexicon: &Lexicon,
    subject: TokenId,
    object: Option<TokenId>,
) -> TokenId {
    let tree = &document.tree;
    let named = |t: TokenId| document.name_kind_at(t) == Some(NameKind::Person);
    let Some(name) = object.filter(|&t| tree.is(t, Deprel::Appos) && named(t)) else {
        return subject;
    };
    let first = tree.subtree(name).first().copied().unwrap_or(name);
    let comma = first.previous().filter(|&t| document.form(t) == ",");
    let Some(office) = comma.and_then(TokenId::previous) else { return subject };
    let listed = |t: TokenId| lexicon.has("roles", None, &document.lemma(t).to_lowercase());
    let hangs = tree.head(name) == Some(subject) && tree.dominates(subject, office);
    if hangs && office != subject && listed(office) && !listed(subject) { office } else { subject }
}

/// The name of a person whom a noun for persons in apposition tells: what "the clerk *who hid
/// it*" did behind *Ada Moss*, she did; not what "a *decision* that angered the town" did.
pub(super) fn named(document: &Document, lexicon: &Lexicon, noun: TokenId) -> TokenId {
    let tree = &document.tree;
    let own = argument::cluster_of(document, noun);
    let person = |t: &TokenId| {
        document.name_kind_at(*t) == Some(NameKind::Person)
            && argument::cluster_of(document, *t) != own
    };
    let tells = document.tag(noun).upos == Upos::Noun
        && document.tag(noun).feats.has("Number", "Sing")
        && tree.has(noun, Deprel::Det)
        && is_person(document, lexicon, noun)
        && !own.is_some_and(|cluster| has_name(document, cluster));
    let name = tree.head_by(noun, Deprel::Appos).filter(|_| tells);
    name.filter(person).unwrap_or(noun)
}

/// A noun for persons, or for what they are.
fn is_person(document: &Document, lexicon: &Lexicon, noun: TokenId) -> bool {
    let lemma = document.lemma(noun).to_lowercase();
    lexicon.has("roles", None, &lemma) || lexicon.value("nouns", &lemma, "kind") == Some("person")
}

/// Whether a noun is the last of two that stand under one article and govern one verb in the
/// singular: it is no second thing.
pub(super) fn is_second_half(document: &Document, noun: TokenId) -> bool {
    let tree = &document.tree;
    let first = tree.head_by(noun, Deprel::Conj);
    first.is_some_and(|first| second_half(document, first) == Some(noun))
}

/// The last of two nouns that are one thing: *a quarry and mining company* has opened.
fn second_half(document: &Document, first: TokenId) -> Option<TokenId> {
    let tree = &document.tree;
    let second = tree.child(first, Deprel::Conj)?;
    let own = [Deprel::Det, Deprel::NmodPoss, Deprel::Nummod, Deprel::Case, Deprel::Amod];
    let common = |t: TokenId| document.tag(t).upos == Upos::Noun && document.tag(t).xpos == "NN";
    let only = tree.children_by(first, Deprel::Conj).count() == 1;
    let article = tree
        .children_by(first, Deprel::Det)
        .any(|t| is(document, t, FunctionWord::Article) || is(document, t, FunctionWord::The));
    let verb = tree.head_by(first, Deprel::Nsubj)?;
    (only
        && article
        && common(first)
        && common(second)
        && !tree.has_any(second, &own)
        && is_singular(document, verb))
    .then_some(second)
}

/// Whether a verb or what helps it shows that its subject is one.
fn is_singular(document: &Document, verb: TokenId) -> bool {
    let tree = &document.tree;
    let helps = |t: &TokenId| matches!(tree.deprel(*t).main(), Deprel::Aux | Deprel::Cop);
    let mut words = tree.children(verb).iter().copied().filter(helps).chain([verb]);
    words.any(|t| document.tag(t).feats.has("Number", "Sing") && is_finite(document, t))
}

/// Gives the subject of a claim the words that the tree hangs elsewhere.
pub(super) fn complete(
    graph: &Graph,
    lexicon: &Lexicon,
    subject: &mut Argument,
    relation: &Relation,
) {
    let document = graph.document;
    if let Some(second) = second_half(document, subject.head) {
        let second = argument::argument(graph, lexicon, second, None, &[relation.head]);
        widen(subject, second.span);
        subject.core = subject.span;
    } else if document.tree.has(relation.head, Deprel::Expl)
        && let Some(state) = state_behind(document, subject, relation.head)
    {
        let state = argument::argument(graph, lexicon, state, None, &[]);
        widen(subject, state.span);
    }
}

fn widen(argument: &mut Argument, span: Span) {
    argument.span = argument.span.cover(span);
    argument.phrase = argument.phrase.cover(span);
}

/// The participle right behind what there is, which tells what it does or is done to it:
/// "there were *crews waiting* at the gate".
fn state_behind(document: &Document, subject: &Argument, be: TokenId) -> Option<TokenId> {
    let tree = &document.tree;
    let end = document.tokens_in(subject.span).end;
    let beside = |t: TokenId| {
        matches!(tree.deprel(t).main(), Deprel::Advcl | Deprel::Acl | Deprel::Xcomp)
            && tree.subtree(t).first() == Some(&end)
            && matches!(&*document.tag(t).xpos, "VBN" | "VBG" | "JJ")
    };
    let mut below = tree.children(be).iter().copied();
    below.find(|&t| is_nominal(document, subject.head) && beside(t))
}
