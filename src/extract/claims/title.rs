//! The whole title before a name: *Attorney General*, *Lt. Gen.*
//!
//! In: who is called by a title, and its word. Out: all words of it that hang on the name side
//! by side; none for a word before the last, with which the whole is told.

use crate::extract::Argument;
use crate::extract::lexicon::Lexicon;
use crate::text::{Deprel, Document, TokenId, Upos};

/// Whether a title is told by its last word; it then has the words before.
pub(super) fn complete(
    document: &Document,
    lexicon: &Lexicon,
    who: TokenId,
    title: &mut Argument,
) -> bool {
    let is_part = |word: TokenId| is_part(document, lexicon, who, word);
    if title.head >= who || !is_part(title.head) {
        return true;
    }
    let mut behind = (title.head + 1).until(who).iter();
    let next = behind.find(|&t| document.tag(t).upos != Upos::Punct);
    if next.is_some_and(is_part) {
        return false;
    }
    let mut first = document.tokens_in(title.span.cover(document.span(title.head))).start;
    while let Some(before) = first.previous().filter(|&t| is_part(t)) {
        first = before;
    }
    let start = document.span(first).start;
    for span in [&mut title.core, &mut title.span, &mut title.phrase] {
        span.start = span.start.min(start);
    }
    true
}

/// A word of office, or one that makes it another (*vice*), that hangs on the name itself.
fn is_part(document: &Document, lexicon: &Lexicon, who: TokenId, word: TokenId) -> bool {
    let lemma = document.lemma(word).to_lowercase();
    document.tree.head(word) == Some(who)
        && document.tree.is(word, Deprel::NmodDesc)
        && document.tag(word).upos == Upos::Propn
        && (lexicon.has("roles", None, &lemma) || lexicon.has("title-parts", None, &lemma))
}
