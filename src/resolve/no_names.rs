//! What is written like a name and is none: titles, days, *a Republican*, *the
//! Department*.
//!
//! In: a draft, the list `no-names`. Out: whether any of what are taken for its names is
//! one. Short forms of places (`place-abbreviations.tsv`) are spelled out here, too.

use std::collections::HashMap;

use compact_str::CompactString;

use super::draft::Draft;
use super::lists::shipped;
use super::name::fold;
use crate::analyse::GroupLexicon;
use crate::analyse::syntax::choose_among;
use crate::text::lexicon::Lexicon;
use crate::text::table::TableError;
use crate::text::{ClassedWords, Document, MentionKind, NameKind, Upos, WordClass, word_classes};

word_classes! {
    /// What a word tells of what is written like a name.
    enum NoName in "no-names" {
        /// By itself it names nothing: *Department*.
        Alone = "alone",
        /// What ends in it is what somebody is: *Party Chairman*.
        End = "end",
    }
}

/// The words that tell what is no name, and short forms of names.
#[derive(Clone, Debug)]
pub(super) struct NoNames {
    words: ClassedWords<NoName>,
    groups: GroupLexicon,
    in_full: HashMap<CompactString, CompactString>,
}

impl Default for NoNames {
    /// The shipped words.
    fn default() -> Self {
        let lists = shipped(&[NoName::LIST, "place-abbreviations"]);
        Self::new(&lists).expect("a test reads the shipped lists")
    }
}

impl NoNames {
    /// The words of the lists `no-names` and `place-abbreviations`.
    pub(super) fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let short = lexicon.rows("place-abbreviations");
        Ok(Self {
            words: ClassedWords::new(lexicon)?,
            groups: GroupLexicon::default(),
            in_full: short.filter_map(|r| Some((r.key().into(), r.get("full")?.into()))).collect(),
        })
    }

    /// What the short form of a place stands for, folded.
    pub(super) fn in_full(&self, folded: &str) -> Option<String> {
        self.in_full.get(folded).map(ToString::to_string)
    }

    /// Whether a draft is called by what looks like names, and none of them is one. A
    /// day that became an event has its name.
    pub(super) fn has_none(&self, document: &Document, draft: &Draft) -> bool {
        !draft.names.is_empty()
            && !matches!(draft.kind, Some(NameKind::Person | NameKind::Event))
            && (is_noun(document, draft)
                || is_time(document, draft)
                || self.is_one_of_group(document, draft)
                || draft.names.iter().all(|name| self.is_none(name)))
    }

    /// Whether a draft is never all who bear the name of a group or body, but some of
    /// them: *several leading Greens*.
    pub(super) fn is_some_of(document: &Document, draft: &Draft) -> bool {
        let named = || draft.mentions.iter().filter(|m| m.kind == MentionKind::Name);
        let is_person_or_place = matches!(
            draft.kind,
            Some(NameKind::Person | NameKind::Place | NameKind::Facility | NameKind::Product)
        );
        !is_person_or_place
            && named().next().is_some()
            && named().all(|mention| {
                let first = document.tokens_in(mention.span).start;
                let before = first.until(mention.head).iter().map(|t| document.tag(t));
                document.tag(mention.head).feats.has("Number", "Plur") && choose_among(before)
            })
    }

    /// *Department*, *Wisconsin Party Chairman*.
    fn is_none(&self, name: &str) -> bool {
        let folded = fold(name);
        match folded.rsplit_once(' ') {
            Some((_, last)) => self.words.is(last, NoName::End),
            None => self.words.is(&folded, NoName::Alone),
        }
    }

    /// An adjective that only a group has (*Western* papers), or one of a group: *an
    /// American*.
    fn is_one_of_group(&self, document: &Document, draft: &Draft) -> bool {
        if draft.kind != Some(NameKind::Group) {
            return false;
        }
        let is_listed = draft.names.iter().all(|name| self.groups.contains(name));
        draft.adjectival || is_listed && !has_plural_name(document, draft)
    }
}

fn has_plural_name(document: &Document, draft: &Draft) -> bool {
    for mention in &draft.mentions {
        let is_plural = document.tag(mention.head).feats.has("Number", "Plur");
        if mention.kind == MentionKind::Name && is_plural {
            return true;
        }
    }
    false
}

/// A common noun with a capital letter: *the Ministry*.
fn is_noun(document: &Document, draft: &Draft) -> bool {
    draft.names.iter().all(|name| !name.contains(' '))
        && draft.words.iter().all(|&word| document.tag(word).upos == Upos::Noun)
        && !draft.words.is_empty()
}

/// *Tuesday*.
fn is_time(document: &Document, draft: &Draft) -> bool {
    !draft.words.is_empty() && draft.words.iter().all(|&word| document.time_at(word).is_some())
}
