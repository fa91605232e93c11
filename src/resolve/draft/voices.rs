//! Who is meant by those who speak: a quoted *I* is the speaker, *we* the speaker's
//! side, *you* whom the speaker talks to; the *I* of nobody's quotation is the
//! author. *They* who act together are all of them.
//!
//! In: the drafts of an article, and its attributions. Out: the drafts, with the
//! mentions of voices where they belong.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use compact_str::format_compact;

use super::cast::{Cast, Part};
use super::joint;
use super::speakers;
use super::{Draft, squeeze};
use crate::analyse::PersonLexicon;
use crate::analyse::syntax::{is, pronoun};
use crate::extract::Attribution;
use crate::resolve::entity::Occurrence;
use crate::text::{
    Deprel, Document, FunctionWord, MentionKind, NameKind, Pronoun, Quotation, Span, TokenId, Upos,
    Voice,
};

/// How many quotations may stand around a word or end right before it.
const NEAR: usize = 8;
/// How many pieces of content are looked at around a word.
const OPEN: usize = 32;

/// Gives each voice of an article to whom it belongs.
pub(super) fn settle(
    document: &Document,
    persons: &PersonLexicon,
    spoken: &[Attribution],
    drafts: Vec<Draft>,
) -> Vec<Draft> {
    let mut cast = Cast::new(drafts);
    speakers::find_names(document, persons, spoken, &mut cast);
    joint::settle(document, spoken, &mut cast);
    let voices = voices(document, spoken);
    let mut sides = BTreeMap::new();
    for said in &voices.quoted {
        let bearer = match said.voice {
            Voice::I => speaker(document, &cast, said.by),
            Voice::We => side(document, &mut cast, &mut sides, said.by),
            Voice::You => addressee(document, &cast, said.by),
        };
        if let Some(bearer) = bearer {
            cast.give(said.mention, bearer);
        }
    }
    give_author(document, persons, &mut cast, &voices.own);
    cast.into_drafts()
}

/// A pronoun of the first or second person in somebody's words.
struct Said<'a> {
    mention: Occurrence,
    voice: Voice,
    by: &'a Attribution,
}

/// The pronouns of the first and second person of an article.
#[derive(Default)]
struct Voices<'a> {
    /// In somebody's words; those of the outer words first.
    quoted: Vec<Said<'a>>,
    /// The *I* of no quotation.
    own: Vec<Occurrence>,
}

fn voices<'a>(document: &Document, spoken: &'a [Attribution]) -> Voices<'a> {
    let mut pieces: Vec<(Span, &Attribution)> =
        spoken.iter().flat_map(|a| a.content.iter().map(move |&piece| (piece, a))).collect();
    pieces.sort_by_key(|(piece, _)| (piece.start, Reverse(piece.end)));
    let mut pieces = pieces.into_iter().peekable();
    let mut open: Vec<(Span, &Attribution)> = Vec::new();
    let mut found = Voices::default();
    let mut depths = Vec::new();
    for mention in document.mentions.iter().filter(|m| m.kind == MentionKind::Pronoun) {
        let Some(voice) = pronoun(document, mention.head).and_then(Pronoun::voice) else {
            continue;
        };
        let at = mention.span;
        while let Some(piece) = pieces.next_if(|(piece, _)| piece.start <= at.start) {
            open.retain(|(piece, _)| piece.end > at.start);
            open.drain(..open.len().saturating_sub(OPEN));
            open.push(piece);
        }
        let around = open.iter().filter(|(piece, _)| piece.contains(at));
        let quotations = around_word(document, at);
        let whose = around
            .filter(|(_, a)| is_verbatim(document, quotations.last(), a))
            .min_by_key(|(piece, _)| piece.len());
        let mention = Occurrence { span: at, head: mention.head, kind: mention.kind };
        match whose {
            Some(&(_, by)) => {
                depths.push((quotations.len(), found.quoted.len()));
                found.quoted.push(Said { mention, voice, by });
            }
            None if quotations.is_empty() && voice == Voice::I => found.own.push(mention),
            None => {}
        }
    }
    let mut order = depths.into_iter();
    found.quoted.sort_by_cached_key(|_| order.next());
    found
}

/// The quotations around a word, the outermost first.
fn around_word(document: &Document, word: Span) -> Vec<&Quotation> {
    let end = document.quotations.partition_point(|q| q.span.start <= word.start);
    let near = document.quotations.get(end.saturating_sub(NEAR)..end).unwrap_or(&[]);
    near.iter().filter(|q| q.span.contains(word)).collect()
}

/// Whether words in the innermost of the quotations around them are those of this
/// attribution's source as it put them: the source stands outside the quotation.
/// Behind a colon ("ROE: I agree.") there need be none.
fn is_verbatim(
    document: &Document,
    quotation: Option<&&Quotation>,
    attribution: &Attribution,
) -> bool {
    let Some(source) = &attribution.source else { return false };
    match quotation {
        Some(quotation) => !quotation.span.overlaps(source.span),
        None => attribution.cue.is_some_and(|cue| document.slice(cue) == ":"),
    }
}

/// The one person who says something.
fn speaker(document: &Document, cast: &Cast, said: &Attribution) -> Option<Part> {
    let head = said.source.as_ref()?.head;
    let part = cast.part(head)?;
    let draft = cast.draft(part);
    (draft.is_person(document) && !draft.is_many(document) && !is_coordinated(document, head))
        .then_some(part)
}

/// *Roe and Doe*: together they are nobody that is mentioned.
fn is_coordinated(document: &Document, head: TokenId) -> bool {
    document.tree.has(head, Deprel::Conj)
}

/// Whom a speaker speaks for: a body or a group for itself, a person for those who
/// are the speaker's side.
fn side(
    document: &Document,
    cast: &mut Cast,
    sides: &mut BTreeMap<Part, Part>,
    said: &Attribution,
) -> Option<Part> {
    if let Some(person) = speaker(document, cast, said) {
        if let Some(&side) = sides.get(&person) {
            return Some(side);
        }
        let draft = side_of(document, cast.draft(person))?;
        let side = cast.add(draft);
        sides.insert(person, side);
        return Some(side);
    }
    let head = said.source.as_ref()?.head;
    let part = cast.part(head)?;
    let draft = cast.draft(part);
    let speaks = draft.is_person(document)
        || matches!(draft.kind, Some(NameKind::Organization | NameKind::Place | NameKind::Group));
    (speaks && !is_coordinated(document, head)).then_some(part)
}

/// The side of somebody who is named or described.
fn side_of(document: &Document, person: &Draft) -> Option<Draft> {
    let name = person.fullest_name().cloned();
    let described = || {
        let first = person.mentions.iter().find(|m| m.kind == MentionKind::Nominal);
        first.map(|m| squeeze(document.slice(m.span)))
    };
    let called = name.or_else(described).map(|name| format_compact!("{name}'s side"))?;
    Some(Draft { kind: Some(NameKind::Group), called: Some(called), ..Draft::default() })
}

/// The one person whom something is said to: *told Roe*, *said to the mayor*.
/// Listeners of no name and number (*told reporters*) are not spoken of.
fn addressee(document: &Document, cast: &Cast, said: &Attribution) -> Option<Part> {
    let tree = &document.tree;
    let speaker = said.source.as_ref()?.head;
    let verbs = document.tokens_in(said.cue?);
    let verb = verbs.iter().find(|&t| document.tag(t).upos == Upos::Verb)?;
    let told = |relation| tree.child(verb, relation).filter(|&t| t != speaker);
    let to = || {
        let mut hanging = tree.children_by(verb, Deprel::Obl);
        hanging
            .find(|&t| tree.children_by(t, Deprel::Case).any(|c| is(document, c, FunctionWord::To)))
    };
    let listener = told(Deprel::Iobj).or_else(|| told(Deprel::Obj)).or_else(to)?;
    let part = cast.part(listener)?;
    let draft = cast.draft(part);
    let one = draft.is_person(document)
        && !draft.is_many(document)
        && !is_coordinated(document, listener);
    (one && cast.part(speaker) != Some(part)).then_some(part)
}

/// The *I* of nobody's quotation is the author, where there is one and its name is
/// a person's.
fn give_author(document: &Document, persons: &PersonLexicon, cast: &mut Cast, own: &[Occurrence]) {
    let Some(author) = author(document, persons).filter(|_| !own.is_empty()) else { return };
    let known = cast.named(author);
    let part = known.unwrap_or_else(|| cast.add(Draft::of_person(author.into())));
    for &mention in own {
        cast.give(mention, part);
    }
}

/// The only name of a byline: two to four words, the first of them a given name.
fn author<'a>(document: &'a Document, persons: &PersonLexicon) -> Option<&'a str> {
    let byline = document.article.byline.as_deref()?.trim();
    let mut words = byline.split_whitespace();
    let given = persons.gender_of_given(words.next()?).is_some();
    let rest: Vec<&str> = words.collect();
    let named = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || "-.'’".contains(c))
    };
    (given && (1..=3).contains(&rest.len()) && rest.iter().all(named)).then_some(byline)
}
