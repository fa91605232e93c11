//! What short forms beside a name stand for: *Sen.* a senator, the *D* of "(D-Ohio)" the
//! Democratic Party.
//!
//! In: what somebody is said to be, the list `party-letters`. Out: the same in full, where its
//! one word is short.

use std::collections::HashMap;

use compact_str::CompactString;

use super::lists::shipped;
use crate::extract::Argument;
use crate::text::lexicon::Lexicon;
use crate::text::{Document, Span, TokenId, Upos};

/// Which letters stand for which parties.
#[derive(Clone, Debug)]
pub(super) struct ShortForms {
    parties: HashMap<CompactString, CompactString>,
}

impl Default for ShortForms {
    /// The shipped letters.
    fn default() -> Self {
        Self::new(&shipped(&["party-letters"]))
    }
}

impl ShortForms {
    /// The list `party-letters`.
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let lines = lexicon.rows("party-letters");
        let parties = lines.filter_map(|r| Some((r.key().into(), r.get("party")?.into())));
        Self { parties: parties.collect() }
    }

    /// What somebody is said to be, where it ends in a short title (*Texas Gov.*), or is the
    /// letter of a party of which somebody is a member.
    pub(super) fn in_full(
        &self,
        document: &Document,
        argument: &Argument,
        is_member: bool,
    ) -> Option<String> {
        let word = document.span(argument.head);
        if is_member
            && word.contains(argument.span)
            && let Some(party) = self.parties.get(document.form(argument.head))
        {
            return Some(party.to_string());
        }
        let title = title(document, argument.head).filter(|_| argument.span.end <= word.end)?;
        let before = document.slice(Span::new(argument.span.start.min(word.start), word.start));
        Some(before.split_whitespace().chain([title.as_str()]).collect::<Vec<_>>().join(" "))
    }
}

/// A title in full, as its lemma has it, with the capital letter of its short form.
fn title(document: &Document, word: TokenId) -> Option<String> {
    let (form, lemma) = (document.form(word), document.lemma(word));
    let is_short = document.tag(word).upos == Upos::Propn
        && form.trim_end_matches('.').chars().count() < lemma.chars().count();
    let mut letters = lemma.chars();
    let first = letters.next().filter(|_| is_short)?;
    let first =
        if form.starts_with(char::is_uppercase) { first.to_ascii_uppercase() } else { first };
    Some(format!("{first}{}", letters.as_str()))
}
