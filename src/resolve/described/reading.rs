//! What one mention says of a thing: its kind, whose it is, and where.
//!
//! In: a mention, its words and those behind it. Out: a [`Reading`], or that it is
//! no such thing or another one (*a former president*).

use super::kinds::{Around, Kind, KindId, Kinds, Level};
use super::owner::{Owner, Owners};
use crate::analyse::syntax::{Definiteness, definiteness};
use crate::resolve::entity::Occurrence;
use crate::text::{Deprel, Document, MentionKind, NameKind, TokenId, TokenRange, Upos};

/// How many phrases behind the noun are looked at: *of France in Lisbon*.
const PHRASES: usize = 2;

/// What mentions say of a thing.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) kind: KindId,
    pub(super) owner: Option<Owner>,
    pub(super) place: Option<Owner>,
    /// Whether the reader is to know which one is meant.
    pub(super) definite: bool,
}

/// What a mention is.
pub(super) enum Read {
    /// A thing of which an owner has one.
    Thing(Box<Reading>),
    /// Another thing of such a kind, or one of several.
    Other,
    /// No thing of such a kind.
    Nothing,
}

/// Reads the mentions of an article.
pub(super) struct Reader<'r, 'a> {
    pub(super) document: &'r Document,
    pub(super) kinds: &'r Kinds,
    pub(super) owners: &'r Owners<'r, 'a>,
}

impl Reader<'_, '_> {
    /// What a mention is.
    pub(super) fn read(&self, mention: &Occurrence) -> Read {
        let within = self.document.tokens_in(mention.span);
        let Some((kind, words)) = self.phrase(mention, within) else { return Read::Nothing };
        let is_name = mention.kind == MentionKind::Name;
        let mut found = Found { reader: self, reading: Reading::of(kind), is_name };
        let known = found.read_before(within.start.until(words.start))
            && found.read_behind(words.end, within.end, words);
        if known && !self.is_indefinite(mention, words) {
            found.reading.definite = self.is_known(within, words);
            return Read::Thing(Box::new(found.reading));
        }
        Read::Other
    }

    /// The words that tell the kind: the longest phrase that holds the head, or any of
    /// a name.
    fn phrase(&self, mention: &Occurrence, within: TokenRange) -> Option<(KindId, TokenRange)> {
        let is_name = mention.kind == MentionKind::Name;
        for first in within {
            for length in (1..=self.kinds.longest()).rev() {
                let words = first.until(TokenId::from_index(first.index() + length));
                if let Some(kind) = self.kinds.called(&self.small(words))
                    && (is_name || words.contains(mention.head))
                {
                    return Some((kind, words));
                }
            }
        }
        None
    }

    /// Some words in small letters.
    fn small(&self, words: TokenRange) -> String {
        let forms: Vec<String> =
            words.iter().map(|word| self.document.form(word).to_lowercase()).collect();
        forms.join(" ")
    }

    /// *An embassy*, *no president*.
    fn is_indefinite(&self, mention: &Occurrence, words: TokenRange) -> bool {
        let first = self.document.tokens_in(mention.span).start;
        let heads = [mention.head, words.start, words.last().unwrap_or(words.start)];
        let tag = self.document.tag(first);
        let indefinite = tag.upos == Upos::Det && !tag.feats.has("Definite", "Def");
        indefinite && first < words.start && !tag.feats.has("Poss", "Yes")
            || heads.into_iter().any(|head| self.is_any(head))
    }

    /// Whether a noun stands for any of its kind, or for one that is pointed at.
    fn is_any(&self, noun: TokenId) -> bool {
        matches!(
            definiteness(self.document, noun),
            Definiteness::Indefinite | Definiteness::SuchA | Definiteness::Demonstrative
        )
    }

    /// *The embassy*.
    fn is_known(&self, within: TokenRange, words: TokenRange) -> bool {
        let first = self.document.tag(within.start);
        within.start < words.start && first.feats.has("Definite", "Def")
    }
}

impl Reading {
    fn of(kind: KindId) -> Self {
        Self { kind, owner: None, place: None, definite: false }
    }
}

/// A reading in the making.
struct Found<'f, 'r, 'a> {
    reader: &'f Reader<'r, 'a>,
    reading: Reading,
    is_name: bool,
}

impl Found<'_, '_, '_> {
    fn kind(&self) -> Option<&Kind> {
        self.reader.kinds.kind(self.reading.kind)
    }

    /// Whether things of the kind are somewhere.
    fn has_place(&self) -> bool {
        self.kind().is_some_and(|kind| kind.place.is_some())
    }

    /// Reads the words before the noun; whether all of them leave it one of its kind.
    fn read_before(&mut self, words: TokenRange) -> bool {
        let mut at = words.start;
        while at < words.end {
            let end = self.end_of_name(at).min(words.end);
            if !self.read_word(at.until(end)) {
                return false;
            }
            at = end;
        }
        true
    }

    /// Where the name ends that a word stands in; behind the word, if in none.
    fn end_of_name(&self, word: TokenId) -> TokenId {
        let name = self.reader.document.name_at(word);
        name.map_or(word + 1, |name| name.tokens.end)
    }

    /// Reads a name or a word before the noun.
    fn read_word(&mut self, words: TokenRange) -> bool {
        let (document, first) = (self.reader.document, words.start);
        if self.reader.kinds.words.is(&document.lemma(first).to_lowercase(), Around::Other) {
            return false;
        }
        let tag = document.tag(first);
        match tag.upos {
            Upos::Det | Upos::Part | Upos::Punct | Upos::Adv => true,
            Upos::Num => false,
            Upos::Adj if tag.feats.has("NumType", "Ord") => false,
            _ => match self.owner_before(words) {
                Some(owner) => self.take_before(owner),
                // What no name has may be any adjective or owner, but no other noun.
                None => !self.is_name && matches!(tag.upos, Upos::Adj | Upos::Verb | Upos::Pron),
            },
        }
    }

    fn owner_before(&self, words: TokenRange) -> Option<Owner> {
        // Of a name that goes on in the words of the kind only its beginning is the owner's.
        let last = words.last()?;
        let Reader { document, owners, .. } = self.reader;
        if self.end_of_name(last) == words.end
            && let Some(owner) = owners.of_word(last)
        {
            return Some(owner);
        }
        let name = document.slice(document.span_of(words));
        if name.starts_with(char::is_uppercase) { owners.named(name) } else { None }
    }

    /// *The Kyiv embassy* is in Kyiv, *the Ukrainian embassy* is Ukraine's.
    fn take_before(&mut self, owner: Owner) -> bool {
        match owner.level {
            Level::Town if self.has_place() => self.set_place(owner),
            // *The Democratic governor* is a state's.
            Level::Party => true,
            _ => self.set_owner(owner),
        }
    }

    /// Whose it is, if it can be theirs and is nobody else's.
    fn set_owner(&mut self, owner: Owner) -> bool {
        let owner = self.kind().and_then(|kind| self.reader.owners.as_owner(kind, owner));
        let Some(owner) = owner else { return false };
        is_or_becomes(&mut self.reading.owner, owner)
    }

    /// Where it is, if it can be there and is nowhere else.
    fn set_place(&mut self, place: Owner) -> bool {
        let place = self.kind().and_then(|kind| self.reader.owners.as_place(kind, place));
        let Some(place) = place else { return true };
        is_or_becomes(&mut self.reading.place, place)
    }

    /// Reads what hangs behind the noun; the words of a name must all tell whose and
    /// where.
    fn read_behind(&mut self, start: TokenId, end_of_name: TokenId, words: TokenRange) -> bool {
        let mut at = start;
        for _ in 0..PHRASES {
            let Some((joint, end)) = self.phrase_behind(at, words) else { break };
            if !self.read_phrase(joint, at, end) {
                return false;
            }
            at = end;
        }
        if self.is_name { at >= end_of_name } else { !(self.is_person() && self.names_person(at)) }
    }

    fn is_person(&self) -> bool {
        self.kind().is_some_and(|kind| kind.is == Some(NameKind::Person))
    }

    /// Whether somebody's name follows, perhaps behind a comma: *the mayor of Lisbon, Ada
    /// Brook*.
    fn names_person(&self, at: TokenId) -> bool {
        let document = self.reader.document;
        let behind = if document.tag(at).upos == Upos::Punct { at + 1 } else { at };
        let Some(name) = document.name_at(behind) else { return false };
        name.tokens.start == behind && name.kind == NameKind::Person
    }

    /// What joins the phrase behind some words, and where it ends.
    fn phrase_behind(&self, joint: TokenId, words: TokenRange) -> Option<(Around, TokenId)> {
        let document = self.reader.document;
        if document.tag(joint).upos != Upos::Adp || !self.is_in_sentence(joint, words) {
            return None;
        }
        let class = self.joint_class(&document.form(joint).to_lowercase())?;
        let mut end = joint + 1;
        while self.is_in_phrase(end) {
            end = self.end_of_name(end);
            let goes_on = matches!(document.tag(end).upos, Upos::Noun | Upos::Part);
            if document.name_at(end - 1).is_some() && !goes_on {
                break;
            }
        }
        (end > joint + 1).then_some((class, end))
    }

    /// What a word joins to the noun: whose it is, or where.
    fn joint_class(&self, form: &str) -> Option<Around> {
        let words = &self.reader.kinds.words;
        [Around::Owner, Around::Place].into_iter().find(|&class| words.is(form, class))
    }

    fn is_in_sentence(&self, word: TokenId, words: TokenRange) -> bool {
        self.reader.document.sentence_of(word) == self.reader.document.sentence_of(words.start)
    }

    fn is_in_phrase(&self, word: TokenId) -> bool {
        let upos = self.reader.document.tag(word).upos;
        matches!(upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Part | Upos::Pron)
    }

    /// *of France*, *in the Ukrainian capital*.
    fn read_phrase(&mut self, joint: Around, start: TokenId, end: TokenId) -> bool {
        match (joint, self.owner_behind(start, end)) {
            (Around::Owner, None) => false,
            (Around::Owner, Some(owner)) => self.set_owner(owner),
            (_, Some(place)) if self.has_place() => self.set_place(place),
            (_, Some(owner)) if self.hangs_on_noun(start, end) => self.set_owner(owner),
            _ => true,
        }
    }

    /// Whom a phrase names that a word at `joint` begins.
    fn owner_behind(&self, joint: TokenId, end: TokenId) -> Option<Owner> {
        let Reader { document, owners, .. } = self.reader;
        if let Some(owner) = owners.of_word(end - 1) {
            return Some(owner);
        }
        let first = joint + 1;
        owners.named(document.slice(document.span_of(first.until(end))))
    }

    /// Whether the tree hangs a phrase on the noun before it.
    fn hangs_on_noun(&self, joint: TokenId, end: TokenId) -> bool {
        let (tree, noun) = (&self.reader.document.tree, joint - 1);
        (joint + 1)
            .until(end)
            .iter()
            .any(|t| tree.is(t, Deprel::Nmod) && tree.head(t) == Some(noun))
    }
}

/// Whether an owner is the known one; the first becomes it.
fn is_or_becomes(known: &mut Option<Owner>, owner: Owner) -> bool {
    if let Some(known) = known {
        return known.key == owner.key;
    }
    *known = Some(owner);
    true
}
