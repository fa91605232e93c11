//! The words that tell names and amounts of money, beside what the model learned.
//!
//! In: a word. Out: what it tells.

use std::collections::HashSet;

/// Words of nationalities, religions and political camps.
#[derive(Clone, Debug)]
pub struct GroupLexicon {
    words: HashSet<&'static str>,
}

impl Default for GroupLexicon {
    /// The shipped words.
    fn default() -> Self {
        let lines = include_str!("groups.txt").lines();
        Self { words: lines.filter(|line| !line.starts_with('#')).collect() }
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
    /// Stands before a person's name and is no part of it: *Mr*.
    Title,
    /// Stands before the name of a storm: *Hurricane*.
    Storm,
    /// Names nobody by itself, whatever its capital: *Indigenous*.
    Common,
    /// Names an organisation by itself, though a town or a person may be called
    /// the same: *Toyota*.
    Organization,
    /// The last word of an organisation's name: *Ltd*.
    Firm,
    /// Stands after the name of a people: *elder*.
    People,
    /// Follows the name of a firm, often behind a comma: *Inc.*
    Suffix,
    /// Stands before where something is: *at*.
    Locative,
    /// Stands before a person's name and belongs to it: *Sheikh*.
    Style,
    /// The whole name of a made place: *Oval Office*.
    Landmark,
    /// A planet, which is neither place nor person: *Venus*.
    Planet,
    /// An organisation where it has a capital and an article: *the Cabinet*.
    Body,
    /// What its owner's name stands before: *Pizza* of *Ray's Pizza*.
    Shop,
    /// A word of the name of an event: *Festival*.
    Event,
    /// Makes an adjective of the name before its hyphen: *Kim-led*.
    Modifier,
}

/// All words that tell names.
#[derive(Clone, Debug)]
pub(super) struct NameLexicon {
    /// A word can be of several.
    classes: HashSet<(WordClass, &'static str)>,
    groups: GroupLexicon,
}

impl Default for NameLexicon {
    /// The shipped words.
    fn default() -> Self {
        let class = |line: &'static str| {
            let (class, word) = line.split_once('\t')?;
            let class = match class {
                "facility" => WordClass::Facility,
                "currency" => WordClass::Currency,
                "scale" => WordClass::Scale,
                "sign" => WordClass::Sign,
                "part" => WordClass::Part,
                "illness" => WordClass::Illness,
                "issuer" => WordClass::Issuer,
                "region" => WordClass::Region,
                "title" => WordClass::Title,
                "storm" => WordClass::Storm,
                "common" => WordClass::Common,
                "organization" => WordClass::Organization,
                "firm" => WordClass::Firm,
                "people" => WordClass::People,
                "suffix" => WordClass::Suffix,
                "locative" => WordClass::Locative,
                "style" => WordClass::Style,
                "landmark" => WordClass::Landmark,
                "planet" => WordClass::Planet,
                "body" => WordClass::Body,
                "shop" => WordClass::Shop,
                "event" => WordClass::Event,
                "modifier" => WordClass::Modifier,
                _ => return None,
            };
            Some((class, word))
        };
        let classes = include_str!("name-words.tsv").lines().filter_map(class).collect();
        Self { classes, groups: GroupLexicon::default() }
    }
}

impl NameLexicon {
    /// Whether a word is of a class, in any case of its letters.
    pub(super) fn is(&self, word: &str, class: WordClass) -> bool {
        self.classes.contains(&(class, word.to_lowercase().as_str()))
    }

    /// Whether a word names a group.
    pub(super) fn is_group(&self, word: &str) -> bool {
        self.groups.contains(word)
    }
}
