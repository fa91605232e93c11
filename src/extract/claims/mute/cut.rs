//! Claims that were cut off from what their verb needs beside its object.
//!
//! In: a claim. Out: whether it says nothing by that: whom somebody gives something, without
//! what ("*owes her*"), what somebody finds *it* to be, without what *it* is ("*finds it
//! hard*"), who somebody is to himself ("it makes *it* dear"), what anybody does with what the
//! sentence is about ("the walls *you see* are old"), or only that the speaker goes on (*for
//! example*).

use super::alone::is_named;
use crate::analyse::syntax::pronoun;
use crate::extract::claims::argument::cluster_of;
use crate::extract::claims::qualifier::only_goes_on;
use crate::extract::lexicon::Lexicon;
use crate::extract::relative::known_kind;
use crate::extract::{Claim, Graph};
use crate::text::{Deprel, Document, FunctionWord, NameKind, Pronoun, TokenId, TokenRange, Upos};

/// Whether a claim lacks what its verb needs.
pub(super) fn is_cut_off(graph: &Graph, lexicon: &Lexicon, claim: &Claim) -> bool {
    let document = graph.document;
    lacks_second_object(graph, lexicon, claim)
        || finds_it(document, claim)
        || does_itself(document, claim)
        || is_seen_by_anybody(document, claim)
        || claim.object.as_ref().is_some_and(|object| only_goes_on(document, lexicon, object.head))
}

/// Whether an object is whom something is given, and what is given is not told.
fn lacks_second_object(graph: &Graph, lexicon: &Lexicon, claim: &Claim) -> bool {
    let document = graph.document;
    let tree = &document.tree;
    let verb = claim.relation.head;
    let Some(object) = claim.object.as_ref().map(|object| object.head) else { return false };
    let gives = claim.relation.lemmas.len() == 1
        && lexicon.has("incomplete", Some("giving"), document.lemma(verb))
        && !graph.is_passive(verb);
    let others = [Deprel::Ccomp, Deprel::Xcomp, Deprel::Obj, Deprel::Iobj];
    let second =
        tree.children(verb).iter().any(|&t| t != object && others.contains(&tree.deprel(t)));
    gives && is_somebody(document, object) && !second
}

fn is_somebody(document: &Document, word: TokenId) -> bool {
    let kind = document.name_kind_at(word).or_else(|| known_kind(document, word));
    document.tag(word).upos == Upos::Pron
        || matches!(kind, Some(NameKind::Person | NameKind::Group | NameKind::Organization))
}

/// "They *find it hard* to believe that …": what is hard is told by the clause behind.
fn finds_it(document: &Document, claim: &Claim) -> bool {
    let Some(object) = claim.object.as_ref().map(|object| object.head) else { return false };
    let tree = &document.tree;
    let verb = claim.relation.head;
    let words = claim.object.as_ref().map(|object| document.tokens_in(object.span));
    let last = words.and_then(TokenRange::last).unwrap_or(object);
    let open = last == object || document.tag(last).upos == Upos::Verb;
    document.tag(object).upos == Upos::Adj
        && open
        && tree.is(object, Deprel::Xcomp)
        && tree.head(object) == Some(verb)
        && tree.has(verb, Deprel::Expl)
}

/// A pronoun that would have to be *itself* if it stood for the subject.
fn does_itself(document: &Document, claim: &Claim) -> bool {
    let Some(object) = &claim.object else { return false };
    let points = pronoun(document, object.head).is_some_and(Pronoun::is_third_person)
        && document.tokens_in(object.span).len() == 1
        && !document.words.is(document.form(object.head), FunctionWord::Reflexive)
        && document.tree.is(object.head, Deprel::Obj);
    let same = cluster_of(document, object.head);
    points && same.is_some() && same == cluster_of(document, claim.subject.head)
}

/// "The walls *you see* are old": only tells which.
fn is_seen_by_anybody(document: &Document, claim: &Claim) -> bool {
    let tree = &document.tree;
    let verb = claim.relation.head;
    let noun = tree.head(verb).filter(|_| tree.deprel(verb) == Deprel::AclRelcl);
    pronoun(document, claim.subject.head) == Some(Pronoun::You)
        && !is_named(document, claim.subject.head)
        && noun.is_some()
        && claim.object.as_ref().map(|object| object.head) == noun
}
