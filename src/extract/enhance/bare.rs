//! Objects that the parser takes for adverbial phrases.
//!
//! In: a noun that hangs on a verb as an oblique. Out: whether it is the object: nothing joins
//! it, it stands right behind the verb or its particle ("called on *the mayor*", "touched off
//! *a row*"), and tells no time, place or measure.

use crate::analyse::syntax::is_passive;
use crate::extract::lexicon::Lexicon;
use crate::text::{Deprel, Document, TokenId, Upos};

/// Whether an oblique noun is the object of its verb.
pub(super) fn is_object(document: &Document, lexicon: &Lexicon, noun: TokenId) -> bool {
    let tree = &document.tree;
    let Some(verb) = tree.head(noun).filter(|&verb| verb < noun) else { return false };
    let lemma = document.lemma(noun).to_lowercase();
    let time = document.time_at(noun).is_some() || lexicon.has("time-words", None, &lemma);
    let joined = tree.has_any(noun, &[Deprel::Case, Deprel::Mark, Deprel::Nummod]);
    let first = tree.subtree(noun).first().copied().unwrap_or(noun);
    let between = (verb + 1).until(first);
    let particle = |t: TokenId| tree.is(t, Deprel::CompoundPrt) || tree.is(t, Deprel::Advmod);
    let own = [Deprel::Obj, Deprel::Iobj, Deprel::Ccomp, Deprel::Xcomp, Deprel::Cop];
    matches!(document.tag(noun).upos, Upos::Noun | Upos::Propn)
        && document.tag(verb).upos == Upos::Verb
        && !time
        && !joined
        && !tree.has_any(verb, &own)
        && !is_passive(document, verb)
        && between.iter().all(particle)
        && document.tag(noun).upos != Upos::Adv
}
