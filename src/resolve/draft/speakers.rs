//! Speakers that only a pronoun stands for: *he said*, *she added*. Who spoke last
//! and can be meant is meant, where nothing nearer was found.
//!
//! In: drafts, attributions. Out: the drafts of such speakers joined with those of
//! the persons that they are.

use super::cast::{Cast, Part};
use crate::analyse::syntax::{is_quoted, pronoun};
use crate::analyse::{Gender, PersonLexicon};
use crate::extract::Attribution;
use crate::text::{Document, MentionKind, NameKind, Pronoun, SentenceId, TokenId};

/// How many sentences back somebody must have spoken.
const REACH: usize = 8;

/// Joins each speaker that is a mere pronoun with the last named one that agrees.
pub(super) fn find_names(
    document: &Document,
    persons: &PersonLexicon,
    spoken: &[Attribution],
    cast: &mut Cast,
) {
    let heads = spoken.iter().filter_map(|a| a.source.as_ref()).map(|s| s.head);
    let mut heads: Vec<TokenId> = heads.filter(|&head| !is_quoted(document, head)).collect();
    heads.sort_unstable();
    heads.dedup();
    let mut last: Vec<(SentenceId, Part)> = Vec::new();
    for head in heads {
        let (Some(sentence), Some(part)) = (document.sentence_of(head), cast.part(head)) else {
            continue;
        };
        let gender = gender(document, persons, cast, part);
        if is_named(cast, part) {
            last.retain(|&(_, other)| other != part);
            last.push((sentence, part));
        } else if is_mere_pronoun(cast, part) && gender.is_some() {
            let near = |s: SentenceId| sentence.index() - s.index() <= REACH;
            let agrees = |other| {
                self::gender(document, persons, cast, other).is_none_or(|g| Some(g) == gender)
            };
            let found = last.iter().rev().find(|&&(s, other)| near(s) && agrees(other));
            if let Some(&(_, other)) = found {
                cast.join(other, part);
            }
        }
    }
}

fn is_named(cast: &Cast, part: Part) -> bool {
    let draft = cast.draft(part);
    draft.kind == Some(NameKind::Person) && !draft.names.is_empty()
}

/// Whether somebody is only ever *he*, *she* or *I*.
fn is_mere_pronoun(cast: &Cast, part: Part) -> bool {
    cast.draft(part).mentions.iter().all(|m| m.kind == MentionKind::Pronoun)
}

/// By its pronouns, else by its names.
fn gender(document: &Document, persons: &PersonLexicon, cast: &Cast, part: Part) -> Option<Gender> {
    let draft = cast.draft(part);
    let by_pronoun = draft.mentions.iter().find_map(|m| pronoun_gender(document, m.head));
    by_pronoun.or_else(|| draft.fullest_name().and_then(|name| persons.gender(name)))
}

fn pronoun_gender(document: &Document, word: TokenId) -> Option<Gender> {
    match pronoun(document, word)? {
        Pronoun::He => Some(Gender::Masculine),
        Pronoun::She => Some(Gender::Feminine),
        _ => None,
    }
}
