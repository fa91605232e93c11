//! The words that tell names and amounts of money, beside what the model learned.
//!
//! In: a word. Out: what it tells.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use compact_str::CompactString;

use super::lists::shipped;
use super::media::MediaWord;
use crate::text::lexicon::Lexicon;
use crate::text::small;
use crate::text::table::TableError;

/// Words of nationalities, religions and political camps.
#[derive(Clone, Debug)]
pub struct GroupLexicon {
    words: HashSet<CompactString>,
}

impl Default for GroupLexicon {
    /// The shipped words.
    fn default() -> Self {
        let lexicon = shipped(&["groups"]);
        Self { words: lexicon.rows("groups").map(|row| row.key().into()).collect() }
    }
}

impl GroupLexicon {
    /// Whether words, written with their capitals, name a group.
    pub fn contains(&self, word: &str) -> bool {
        self.words.contains(word)
    }
}

/// What a word tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum WordClass {
    /// The last word of the name of a made place: *airport*.
    Facility,
    /// Stands after an amount: *dollars*.
    Currency,
    /// Stands between number and currency: *million*.
    Scale,
    /// Stands before an amount: *$*.
    Sign,
    /// Begins the name of a group: *South* Korean.
    Part,
    /// Names an illness, which models older than it take for who knows what.
    Illness,
    /// Tells whose currency a sign is of: *US* $.
    Issuer,
    /// A country or a part of one, whose name often follows a town's: *Reno Nevada*.
    Region,
    /// Stands before the name of a storm: *Hurricane*.
    Storm,
    /// Names nobody by itself, whatever its capital: *Indigenous*.
    Common,
    /// Names an organisation by itself, though a town or a person may be called
    /// the same: *Toyota*.
    Organization,
    /// The last word of an organisation's name: *Ltd*.
    Firm,
    /// Follows the name of a firm, often behind a comma: *Inc.*
    Suffix,
    /// Stands before a person's name and belongs to it: *Sheikh*.
    Style,
    /// The whole name of a made place: *Oval Office*.
    Landmark,
    /// An organisation where it has a capital and an article: *the Cabinet*.
    Body,
    /// A word of the name of an event: *Festival*.
    Event,
    /// The whole name of an event: *Easter*.
    Occasion,
    /// Makes an adjective of the name before its hyphen: *Kim-led*.
    Modifier,
    /// Has no letter in acronyms: *of*.
    Unlettered,
    /// A month.
    Calendar,
    /// A day of the week.
    Weekday,
    /// The whole name of a news medium of several words: *Daily Mail*.
    Paper,
    /// Stands before the name of whom a picture shows or who took it: *Photo*.
    Caption,
    /// Stands before a name, in small letters: *the*.
    Article,
    /// Names a group, with its capital: *Afghan* (`groups.tsv`).
    Group,
    /// Begins a phrase of several words that is of some class.
    Begins,
}

/// The classes of a word, one bit each.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WordClasses(u32);

impl WordClasses {
    pub(super) fn has(self, class: WordClass) -> bool {
        self.0 >> class as u32 & 1 == 1
    }
}

/// All words that tell names, and phrases of up to three words.
#[derive(Clone, Debug)]
pub(super) struct NameLexicon {
    /// A word can be of several classes.
    classes: HashMap<CompactString, WordClasses>,
}

impl Default for NameLexicon {
    /// The shipped words.
    #[allow(clippy::expect_used)]
    fn default() -> Self {
        Self::new(&shipped(&["name-words", "groups", "news-media"]))
            .expect("a test reads the shipped lists")
    }
}

impl WordClass {
    pub(super) fn parse(code: &str) -> Option<Self> {
        let class = match code {
            "facility" => Self::Facility,
            "currency" => Self::Currency,
            "scale" => Self::Scale,
            "sign" => Self::Sign,
            "part" => Self::Part,
            "illness" => Self::Illness,
            "issuer" => Self::Issuer,
            "region" => Self::Region,
            "storm" => Self::Storm,
            "common" => Self::Common,
            "organization" => Self::Organization,
            "firm" => Self::Firm,
            "suffix" => Self::Suffix,
            "style" => Self::Style,
            "landmark" => Self::Landmark,
            "body" => Self::Body,
            "event" => Self::Event,
            "occasion" => Self::Occasion,
            "modifier" => Self::Modifier,
            "unlettered" => Self::Unlettered,
            "calendar" => Self::Calendar,
            "weekday" => Self::Weekday,
            // Rules have it, `name-words.tsv` has not: see `news-media.tsv`.
            "paper" => Self::Paper,
            "caption" => Self::Caption,
            "article" => Self::Article,
            "group" => Self::Group,
            _ => return None,
        };
        Some(class)
    }
}

impl NameLexicon {
    /// The words of the lists `name-words` and `groups`, and the names of `news-media`.
    pub(super) fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let mut this = Self { classes: HashMap::new() };
        for row in lexicon.rows("name-words") {
            this.add(row.key(), row.parse("class", WordClass::parse)?);
        }
        for row in lexicon.rows("news-media") {
            if row.parse("class", MediaWord::parse)? == MediaWord::Name {
                this.add(row.key(), WordClass::Paper);
            }
        }
        for row in lexicon.rows("groups") {
            this.add(row.key(), WordClass::Group);
        }
        Ok(this)
    }

    /// The classes of a word: as it stands, and in small letters.
    pub(super) fn classes(&self, word: &str) -> WordClasses {
        let of = |word: &str| self.classes.get(word).map_or(0, |classes| classes.0);
        match small(word) {
            Cow::Borrowed(word) => WordClasses(of(word)),
            Cow::Owned(lower) => WordClasses(of(word) | of(&lower)),
        }
    }

    /// Whether words are of a class.
    pub(super) fn is(&self, words: &str, class: WordClass) -> bool {
        self.classes(words).has(class)
    }

    /// Whether a word is an article in small letters, which is no part of a name.
    pub(super) fn is_article(&self, form: &str) -> bool {
        form.starts_with(char::is_lowercase) && self.is(form, WordClass::Article)
    }

    fn add(&mut self, words: &str, class: WordClass) {
        self.classes.entry(words.into()).or_default().0 |= 1 << class as u32;
        if let Some((first, _)) = words.split_once(' ') {
            self.classes.entry(first.into()).or_default().0 |= 1 << WordClass::Begins as u32;
        }
    }
}

/// Whether a word is nothing but a few capitals: *USA*, *EU*.
pub(super) fn is_acronym(form: &str) -> bool {
    (2..=8).contains(&form.chars().count()) && form.chars().all(char::is_uppercase)
}
