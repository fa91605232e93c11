//! What a verb is really coordinated with.
//!
//! In: a conjunct and the word that the tree joins it to. Out: the word above that it can be
//! joined to by its form. A finite verb is no second half of an infinitive ("*likes* to argue
//! and *uses* slides"), a participle none of a finite verb ("*saying* she had won and *vowing*
//! to go on").

use crate::analyse::syntax::{is_finite, is_infinitive};
use crate::text::{Deprel, Document, TokenId, Upos};

/// What a conjunct is joined to: the word above that has its form, else what the tree says.
pub(super) fn joined_to(document: &Document, word: TokenId, first: TokenId) -> TokenId {
    let fits = |t: TokenId| {
        if is_participle(document, word) {
            is_participle(document, t)
        } else {
            is_finite(document, t)
        }
    };
    if !is_misjoined(document, word, first) {
        return first;
    }
    let mut above = document.tree.ancestors(first).take_while(|&t| t < word);
    above.find(|&t| fits(t) && is_verb(document, t)).unwrap_or(first)
}

/// Whether a conjunct cannot be joined to a word by its form.
pub(super) fn is_misjoined(document: &Document, word: TokenId, first: TokenId) -> bool {
    let predicate = is_verb(document, first) || document.tree.has(first, Deprel::Cop);
    if !is_verb(document, word) || !predicate || has_subject(document, word) {
        return false;
    }
    if is_participle(document, word) {
        return is_finite(document, first) && document.tag(first).xpos != "VBG";
    }
    let open = is_infinitive(document, first) || is_participle(document, first);
    matches!(&*document.tag(word).xpos, "VBZ" | "VBD") && is_finite(document, word) && open
}

fn is_verb(document: &Document, word: TokenId) -> bool {
    document.tag(word).upos == Upos::Verb
}

fn has_subject(document: &Document, word: TokenId) -> bool {
    document.tree.has_any(word, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Csubj])
}

/// A participle in *-ing* that nothing helps.
fn is_participle(document: &Document, word: TokenId) -> bool {
    document.tag(word).xpos == "VBG" && !document.tree.has_any(word, &[Deprel::Aux, Deprel::Cop])
}
