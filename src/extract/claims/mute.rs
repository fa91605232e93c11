//! Whether a claim says anything.
//!
//! In: a claim with all that was found for it. Out: no, where its verb needs an object and
//! none was found ("what they *accomplished*", "they *did* so"), where all it says of
//! something is a question word ("this is *where* we met"), where it is about a question
//! word or only tells who is meant ("*those* who fled"), or where it only tells how the
//! speaker means to speak ("*to be clear*, …", "…, *I mean*").

mod alone;
mod cut;

use super::argument::{has_words, is_party_letter};
use super::relation::predicate;
use crate::analyse::syntax::{is, pronoun};
use crate::extract::lexicon::Lexicon;
use crate::extract::{Argument, ArgumentKind, Claim, Graph, Modality, Qualifier};
use crate::text::{Deprel, Document, FunctionWord, Pronoun, TokenId, Upos};

/// Whether nobody would learn anything from a claim.
pub(super) fn is_mute(graph: &Graph, lexicon: &Lexicon, claim: &Claim) -> bool {
    let document = graph.document;
    lacks_object(graph, lexicon, claim)
        || is_question_word(graph, claim)
        || is_manner_of_speaking(graph, claim)
        || is_aside(graph, lexicon, claim)
        || only_tells_who(graph, lexicon, claim)
        || only_points(graph, claim)
        || is_cut_word(document, claim)
        || alone::says_nothing_alone(graph, lexicon, claim)
        || cut::is_cut_off(graph, lexicon, claim)
        || claim.modality != Modality::Asked && is_about_question(graph, claim)
}

/// Whether something is said to be what is another part of the same word with hyphens:
/// "*Editor*-*in-Chief*"; the letter of a party is a word: "*D*-Ohio".
fn is_cut_word(document: &Document, claim: &Claim) -> bool {
    let cut = |argument: &Argument| {
        let words = document.tokens_in(argument.span);
        let hyphen = |t: TokenId| document.tag(t).xpos == "HYPH";
        let before = words.start.previous().is_some_and(hyphen);
        !is_party_letter(document, argument.head)
            && (before || hyphen(words.start) || hyphen(words.end))
    };
    let beside = [Some(claim.subject.head), claim.object_head()];
    beside.contains(&Some(claim.relation.head))
        && (cut(&claim.subject) || claim.object.as_ref().is_some_and(cut))
}

/// "It was cold, *I mean*", "…, *I'm afraid*": nobody means or fears anything.
fn is_aside(graph: &Graph, lexicon: &Lexicon, claim: &Claim) -> bool {
    let document = graph.document;
    let tree = &document.tree;
    // What somebody says of himself may hang so on the verb of saying.
    let told = |verb| lexicon.has("complements", Some("reports"), document.lemma(verb));
    let speaks = matches!(pronoun(document, claim.subject.head), Some(Pronoun::I | Pronoun::You));
    let feels = |object: &Argument| {
        document.tag(object.head).upos == Upos::Adj
            && tree.head_by(object.head, Deprel::Parataxis).is_some_and(|verb| !told(verb))
            && !tree.has_any(object.head, &[Deprel::Ccomp, Deprel::Obl, Deprel::Xcomp])
    };
    let aside = match &claim.object {
        None => tree.is(claim.relation.head, Deprel::Parataxis),
        Some(object) => feels(object),
    };
    speaks && claim.qualifiers.is_empty() && aside
}

/// A clause or participle that only tells who or what is meant, where that is nobody in
/// particular ("*those* who fled", "*any* letter sent to them") or all is said with it ("the men
/// *involved*").
fn only_tells_who(graph: &Graph, lexicon: &Lexicon, claim: &Claim) -> bool {
    let document = graph.document;
    let tree = &document.tree;
    let clause = graph.first_conjunct(predicate(document, &claim.relation));
    let Some(noun) = tree.head_by(clause, Deprel::Acl) else {
        return false;
    };
    let object = claim.object_head();
    if claim.subject.head != noun && object != Some(noun) {
        return false;
    }
    let alone = claim.object.is_none() && claim.qualifiers.is_empty();
    let bare = alone && tree.deprel(clause) == Deprel::Acl && document.tag(clause).xpos == "VBN";
    is_nobody_else(document, lexicon, noun)
        || alone::is_generic(graph, lexicon, noun)
        || bare && graph.is_definite(noun)
}

/// *Those*, *someone*, *one*, *any letter*: who is meant is told by the clause behind alone.
fn is_nobody_else(document: &Document, lexicon: &Lexicon, word: TokenId) -> bool {
    let tree = &document.tree;
    let tag = document.tag(word);
    let speaks = matches!(pronoun(document, word), Some(Pronoun::I | Pronoun::We | Pronoun::You));
    let stands_in =
        matches!(tag.upos, Upos::Pron | Upos::Det) || is(document, word, FunctionWord::One);
    let free =
        |c: TokenId| lexicon.has("determiners", Some("free"), &document.lemma(c).to_lowercase());
    let of_some = tree.has(word, Deprel::Nmod);
    stands_in && !speaks && !of_some && !has_words(document, word)
        || tree.children_by(word, Deprel::Det).any(free)
}

/// "*Here* are the rules": what something is said to be only points at it.
fn only_points(graph: &Graph, claim: &Claim) -> bool {
    let document = graph.document;
    let Some(object) = &claim.object else { return false };
    let tag = document.tag(object.head);
    object.head < claim.subject.head
        && tag.upos == Upos::Adv
        && tag.feats.has("PronType", "Dem")
        && document.tokens_in(object.span).len() == 1
        && is(document, claim.relation.head, FunctionWord::Be)
}

/// About *what*, *whose house*, *how many people*: a question that something answers, or a
/// clause that is told of something else.
fn is_about_question(graph: &Graph, claim: &Claim) -> bool {
    let document = graph.document;
    let asks = |argument: &Argument| is_question_phrase(document, argument);
    asks(&claim.subject) || claim.object.as_ref().is_some_and(asks) && !is_answered(claim)
}

/// "He explained *how*: they had a ladder".
fn is_answered(claim: &Claim) -> bool {
    claim.qualifiers.iter().any(|q| q.argument.kind == ArgumentKind::Clause)
}

/// Whether a phrase asks, and has no clause that tells what is meant.
fn is_question_phrase(document: &Document, argument: &Argument) -> bool {
    let words = document.tokens_in(argument.span);
    let asks = |t: TokenId| document.tag(t).xpos.starts_with('W');
    let tells = |t: TokenId| matches!(document.tag(t).upos, Upos::Verb | Upos::Aux);
    argument.kind != ArgumentKind::Clause
        && (asks(argument.head) || asks(words.start))
        && !words.iter().any(tells)
        && !(words.len() == 1 && has_words(document, argument.head))
}

/// A verb in the active voice that says nothing without the object that it lacks.
fn lacks_object(graph: &Graph, lexicon: &Lexicon, claim: &Claim) -> bool {
    let document = graph.document;
    let verb = claim.relation.head;
    let bare = claim.relation.lemmas.len() == 1 && claim.object.is_none();
    let active = document.tag(verb).upos == Upos::Verb && !graph.is_passive(verb);
    if !bare || !active || document.tree.has(verb, Deprel::Expl) {
        return false;
    }
    let adverb = |q: &Qualifier| document.tag(q.argument.head).upos == Upos::Adv;
    is(document, verb, FunctionWord::Do)
        || claim.qualifiers.iter().all(adverb)
            && lexicon.has("transitive", None, document.lemma(verb))
            && !lexicon.has("complete", Some("active"), document.lemma(verb))
}

/// *Where*, *why*: what something is said to be is told by the clause behind it.
fn is_question_word(graph: &Graph, claim: &Claim) -> bool {
    let Some(object) = &claim.object else { return false };
    let document = graph.document;
    let words = document.tokens_in(object.span);
    words.len() == 1 && document.tag(object.head).xpos == "WRB" && !is_answered(claim)
}

/// "*To be fair*, the firm paid": nobody is fair.
fn is_manner_of_speaking(graph: &Graph, claim: &Claim) -> bool {
    let document = graph.document;
    let tree = &document.tree;
    let copula = claim.relation.head;
    let Some(what) = tree.head_by(copula, Deprel::Cop) else {
        return false;
    };
    let first = tree.subtree(what).first().copied();
    let fronted = tree.head(what).is_some_and(|verb| what < verb);
    let opens = first.zip(document.sentence_at(what));
    tree.is(what, Deprel::Advcl)
        && fronted
        && graph.is_infinitive(what)
        && document.tag(what).upos == Upos::Adj
        && opens.is_some_and(|(first, sentence)| first <= sentence.tokens.start + 1)
}
