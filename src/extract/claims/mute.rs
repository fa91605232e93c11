//! Whether a claim says anything.
//!
//! In: a claim with all that was found for it. Out: no, where its verb needs an object and
//! none was found ("what they *accomplished*", "they *did* so"), where all it says of
//! something is a question word ("this is *where* we met"), or where it only tells how
//! the speaker means to speak ("*to be clear*, …").

use crate::analyse::syntax::is;
use crate::extract::lexicon::Lexicon;
use crate::extract::{ArgumentKind, Claim, Graph};
use crate::text::{Deprel, FunctionWord, Upos};

/// Whether nobody would learn anything from a claim.
pub(super) fn is_mute(graph: &Graph, lexicon: &Lexicon, claim: &Claim) -> bool {
    lacks_object(graph, lexicon, claim)
        || is_question_word(graph, claim)
        || is_manner_of_speaking(graph, claim)
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
    is(document, verb, FunctionWord::Do)
        || claim.qualifiers.is_empty()
            && lexicon.has("transitive", None, document.lemma(verb))
            && !lexicon.has("complete", Some("active"), document.lemma(verb))
}

/// *Where*, *why*: what something is said to be is told by the clause behind it.
fn is_question_word(graph: &Graph, claim: &Claim) -> bool {
    let Some(object) = &claim.object else { return false };
    let document = graph.document;
    let words = document.tokens_in(object.span);
    let told = claim.qualifiers.iter().any(|q| q.argument.kind == ArgumentKind::Clause);
    words.len() == 1 && document.tag(object.head).xpos == "WRB" && !told
}

/// "*To be fair*, the firm paid": nobody is fair.
fn is_manner_of_speaking(graph: &Graph, claim: &Claim) -> bool {
    let document = graph.document;
    let tree = &document.tree;
    let copula = claim.relation.head;
    let Some(what) = tree.head(copula).filter(|_| tree.is(copula, Deprel::Cop)) else {
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
