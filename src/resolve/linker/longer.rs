//! Names that are part of longer ones: *CBS* of *CBS This Morning*, *Orm* of
//! *Orm-Lisbon*, *St. Joseph* of *St. Joseph's Hospital*.

use crate::resolve::draft::Draft;
use crate::text::{Document, FunctionWord, MentionKind, Name, NameKind, Span, TokenId, Upos};

/// Whether every mention by name is part of a longer name.
pub(super) fn is_part_of_name(document: &Document, draft: &Draft) -> bool {
    let mut has_name = false;
    for mention in &draft.mentions {
        if mention.kind != MentionKind::Name {
            continue;
        }
        has_name = true;
        let Some(name) = document.name_at(mention.head) else { return false };
        if !goes_on(document, name) && !begins_before(document, name) {
            return false;
        }
    }
    has_name
}

/// Whether a name goes on behind what was found of it: at once, behind its owner's ending,
/// or joined by a mark.
fn goes_on(document: &Document, name: &Name) -> bool {
    let next = name.tokens.end;
    if is_joined(document, name.span.end, next) || is_more(document, next) {
        return true;
    }
    let Some(ending) = document.tokens.get(next.index()) else { return false };
    document.words.is(&ending.form, FunctionWord::Possessive) && is_more(document, next + 1)
}

/// Whether a name begins before what was found of it; that of a person has titles there.
fn begins_before(document: &Document, name: &Name) -> bool {
    let Some(before) = name.tokens.start.previous() else { return false };
    let Some(sentence) = document.sentence_at(name.tokens.start) else { return false };
    if !sentence.tokens.contains(before) || name.kind == NameKind::Person {
        return false;
    }
    let joint = document.slice(Span::new(document.span(before).end, name.span.start));
    is_mark(joint) || joint.is_empty() && is_mark(document.form(before))
}

/// Whether a word is written to the end of a name with a mark between them.
fn is_joined(document: &Document, end: u32, next: TokenId) -> bool {
    let Some(token) = document.tokens.get(next.index()) else { return false };
    let is_beside = token.span.start == end && is_mark(&token.form);
    let after = document.tokens.get(next.index() + 1);
    is_beside && after.is_some_and(|after| after.span.start == token.span.end)
}

/// Whether words on both sides of a mark are one.
fn is_mark(text: &str) -> bool {
    matches!(text, "-" | "–" | "/")
}

/// Whether a word belongs to a name, though none was found there.
fn is_more(document: &Document, word: TokenId) -> bool {
    let Some(token) = document.tokens.get(word.index()) else { return false };
    let form = &token.form;
    document.tag(word).upos == Upos::Propn
        && form.starts_with(char::is_uppercase)
        && form.chars().any(char::is_lowercase)
        && document.name_at(word).is_none()
        && document.sentence_of(word) == word.previous().and_then(|w| document.sentence_of(w))
}
