//! The words that attribute, and what each of them takes.
//!
//! In: the word lists `lexicon/cues.tsv` (which words) and `lexicon/cue-kinds.tsv`
//! (what each kind of them takes), and the tree of a document. Out: for a cue
//! and its content, whether the words allow it, and the attitude they express.
//! Cues of several words (`point out`, `call for`, `cast doubt on`) are tried
//! before their parts.

use std::collections::BTreeMap;

use compact_str::{CompactString, format_compact};

use crate::extract::Attitude;
use crate::extract::lexicon::{Lexicon, WordList};
use crate::text::table::{Row, TableError};
use crate::text::{Deprel, Document, TokenId, Upos};

/// A set of [`Frame`]s.
type Frames = u16;

/// How a cue takes its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// A finite clause or question, before or after: "that …", "whether …", "…, X said".
    Clause,
    /// Words between quotation marks.
    Quote,
    /// An infinitive of its own subject: "promised to …".
    Infinitive,
    /// A gerund: "suggested moving".
    Gerund,
    /// An object and what it should do: "urged him to …".
    Person,
    /// An object, or the object of its preposition: "criticised the plan", "called for calm".
    Object,
    /// An object and what it is called: "called it a shame".
    Naming,
    /// An infinitive, the subject of which is what is attributed too: "is expected to …".
    Raising,
    /// What follows is the source: "according to".
    Source,
    /// The clause of a noun that is its object: "rejected reports that …".
    Report,
}

impl Frame {
    const ALL: [(Self, &'static str); 10] = [
        (Self::Clause, "clause"),
        (Self::Quote, "quote"),
        (Self::Infinitive, "infinitive"),
        (Self::Gerund, "gerund"),
        (Self::Person, "person"),
        (Self::Object, "object"),
        (Self::Naming, "naming"),
        (Self::Raising, "raising"),
        (Self::Source, "source"),
        (Self::Report, "report"),
    ];

    /// The frame of this name.
    pub(super) fn parse(name: &str) -> Option<Self> {
        named(&Self::ALL, name)
    }

    fn bit(self) -> Frames {
        1 << self as u16
    }
}

/// What sort of word a cue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CueClass {
    Verb,
    Noun,
    Adjective,
    Phrase,
    Adverb,
}

impl CueClass {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Verb, "verb"),
        (Self::Noun, "noun"),
        (Self::Adjective, "adjective"),
        (Self::Phrase, "phrase"),
        (Self::Adverb, "adverb"),
    ];
}

/// What a word takes in one of its kinds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    class: CueClass,
    attitude: Attitude,
    frames: Frames,
}

/// The cues, by their lemmas.
#[derive(Clone, Debug, Default)]
pub struct Cues {
    entries: BTreeMap<CompactString, Vec<Entry>>,
}

/// A cue that its words allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Licence {
    /// The lemmas that were found in the list.
    pub(super) lemma: CompactString,
    pub(super) attitude: Attitude,
    /// Words of the cue beside its head: particle, preposition, idiom's noun.
    pub(super) words: Vec<TokenId>,
}

impl Cues {
    /// Reads the lists `cues` and `cue-kinds`.
    ///
    /// # Errors
    /// Where a line names no known kind, class, attitude or frame.
    pub fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let mut kinds: BTreeMap<&str, Entry> = BTreeMap::new();
        for row in lexicon.list("cue-kinds").into_iter().flat_map(WordList::rows) {
            kinds.insert(row.key(), entry(row)?);
        }
        let mut entries: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in lexicon.list("cues").into_iter().flat_map(WordList::rows) {
            let entry = row.parse("kind", |kind| kinds.get(kind).copied())?;
            entries.entry(row.key().into()).or_default().push(entry);
        }
        Ok(Self { entries })
    }

    /// How many cues there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn get(&self, lemma: &str, class: CueClass, frame: Frame) -> Option<Attitude> {
        let fits = |e: &&Entry| e.class == class && e.frames & frame.bit() != 0;
        self.entries.get(lemma)?.iter().find(fits).map(|e| e.attitude)
    }

    /// Whether what these words attribute may be shown by a thing: *reveal*, *suggest*.
    pub(super) fn can_show(&self, lemma: &str) -> bool {
        let entries = self.entries.get(lemma);
        entries.is_some_and(|entries| entries.iter().any(|e| e.attitude == Attitude::Shows))
    }

    /// Whether `head` may be a cue in this frame; `case` is the preposition of
    /// its content, where it has one.
    pub(super) fn licence(
        &self,
        document: &Document,
        head: TokenId,
        frame: Frame,
        case: Option<TokenId>,
    ) -> Option<Licence> {
        let class = class(document, head, frame)?;
        let mut phrases = phrases(document, head, case);
        if frame == Frame::Source {
            phrases.splice(..0, with_next(document, head));
        }
        phrases.into_iter().find_map(|(lemma, words)| {
            let takes_case = matches!(frame, Frame::Object | Frame::Naming | Frame::Person);
            if takes_case && case.is_some_and(|c| !words.contains(&c)) {
                return None;
            }
            let found = class.iter().find_map(|&class| self.get(&lemma, class, frame));
            found.map(|attitude| Licence { lemma, attitude, words })
        })
    }
}

/// What a line of `cue-kinds` says.
fn entry(row: Row<'_>) -> Result<Entry, TableError> {
    Ok(Entry {
        class: row.parse("class", |name| named(&CueClass::ALL, name))?,
        attitude: row.parse("attitude", Attitude::parse)?,
        frames: row.parse("frames", frames)?,
    })
}

/// The frames of a list with commas.
fn frames(list: &str) -> Option<Frames> {
    list.split(',').map(|name| named(&Frame::ALL, name.trim()).map(Frame::bit)).sum()
}

/// What is called so.
fn named<T: Copy>(all: &[(T, &str)], name: &str) -> Option<T> {
    all.iter().find(|(_, known)| *known == name).map(|(this, _)| *this)
}

/// The classes that a word may stand for.
fn class(document: &Document, head: TokenId, frame: Frame) -> Option<&'static [CueClass]> {
    use CueClass::{Adjective, Adverb, Noun, Phrase, Verb};
    Some(match document.tag(head).upos {
        Upos::Verb | Upos::Aux if frame == Frame::Source => &[Phrase, Verb],
        Upos::Verb | Upos::Aux => &[Verb, Adjective],
        Upos::Noun | Upos::Propn => &[Noun],
        Upos::Adj => &[Adjective],
        Upos::Adv => &[Adverb, Adjective],
        Upos::Adp | Upos::Sconj => &[Phrase, Adjective],
        _ => return None,
    })
}

/// A cue with the preposition behind it, whatever the tree makes of that: `according to`.
fn with_next(document: &Document, head: TokenId) -> Vec<(CompactString, Vec<TokenId>)> {
    let next = document.form(head + 1).to_lowercase();
    let name = |lemma: CompactString| (format_compact!("{lemma} {next}"), vec![head + 1]);
    names(document, head).into_iter().map(name).collect()
}

/// What the list may call a cue, the longest first, each with the words beside
/// the head that it consists of.
fn phrases(
    document: &Document,
    head: TokenId,
    case: Option<TokenId>,
) -> Vec<(CompactString, Vec<TokenId>)> {
    let mut found = Vec::new();
    for lemma in names(document, head) {
        for extra in idioms(document, head) {
            let mut words: Vec<TokenId> = extra;
            let mut phrase = lemma.clone();
            for &word in &words {
                phrase = format_compact!("{phrase} {}", document.form(word).to_lowercase());
            }
            if let Some(case) = case {
                let with = format_compact!("{phrase} {}", document.form(case).to_lowercase());
                words.push(case);
                found.push((with, words.clone()));
                words.pop();
            }
            found.push((phrase, words));
        }
    }
    found.sort_by_key(|(_, words)| std::cmp::Reverse(words.len()));
    found
}

/// The names of a head word: its lemma; of a participle also its form (`worried`),
/// of a passive the form with *be* (`be expected`).
fn names(document: &Document, head: TokenId) -> Vec<CompactString> {
    let lemma = CompactString::from(document.lemma(head).to_lowercase());
    let form = CompactString::from(document.form(head).to_lowercase());
    let tree = &document.tree;
    let be = tree.child(head, Deprel::AuxPass).is_some() || tree.child(head, Deprel::Cop).is_some();
    let mut names = vec![lemma];
    if be {
        names.insert(0, format_compact!("be {form}"));
    }
    if !names.contains(&form) {
        names.push(form);
    }
    names
}

/// Words that may make an idiom with the head: its particle (`point out`), or
/// the bare noun or adjective it goes with (`cast doubt`, `make clear`); and none.
fn idioms(document: &Document, head: TokenId) -> Vec<Vec<TokenId>> {
    let tree = &document.tree;
    let particle = tree.child(head, Deprel::CompoundPrt);
    let bare = |t: &TokenId| {
        matches!(
            tree.deprel(*t),
            Deprel::Obj | Deprel::Xcomp | Deprel::Obl | Deprel::Advmod | Deprel::Ccomp
        ) && *t > head
    };
    let mut found: Vec<Vec<TokenId>> =
        tree.children(head).iter().copied().filter(bare).map(|t| vec![t]).collect();
    found.extend(particle.map(|p| vec![p]));
    found.push(Vec::new());
    found
}
