//! What the words beside the name of a place tell of it: *Birmingham, Ala.* is not the
//! English one, *Washington Gov. Roe* governs the state, and *Orm beat Lisbon* is about
//! teams, which nobody here knows.

use std::collections::BTreeSet;

use compact_str::CompactString;

use super::Linker;
use super::countries::country;
use crate::analyse::syntax::is_quotation_mark;
use crate::resolve::draft::Draft;
use crate::resolve::entry::Entry;
use crate::resolve::knowledge::Query;
use crate::resolve::lists::shipped;
use crate::resolve::name::fold;
use crate::text::lexicon::Lexicon;
use crate::text::table::TableError;
use crate::text::{
    ClassedWords, Deprel, Document, FunctionWord, MentionKind, Name, NameKind, Sort, TokenId, Upos,
    WordClass, small, word_classes,
};

word_classes! {
    /// What a word beside the name of a place tells of it.
    pub(in crate::resolve) enum PlaceWord in "place-words" {
        /// A state has it, a city has none: *governor*.
        Office = "office",
        /// It is of sports: *season*.
        Game = "game",
        /// Teams do it: *beat*.
        Play = "play",
        /// A team has it: *coach*.
        Squad = "squad",
        /// Whom a team plays stands behind it: *against*.
        Rival = "rival",
    }
}

impl PlaceWord {
    /// Whether a word of this part of speech can tell it: *they try* is of no sport, and
    /// *the win* is nothing that teams do.
    fn can_be(self, upos: Upos) -> bool {
        match self {
            Self::Office | Self::Game | Self::Squad => matches!(upos, Upos::Noun | Upos::Propn),
            Self::Play => upos == Upos::Verb,
            Self::Rival => true,
        }
    }
}

/// A place is a team where one of so many of its mentions, or more, is that of one.
const OF_TEAM: usize = 4;
/// An article that has so many different words of sports tells of them.
const SPORTS: usize = 3;
/// *Sen. Ada Brook of Orm*: so many words lie between the office and *of*, at most.
const LONGEST_HOLDER: usize = 4;

/// The words of the list `place-words`.
#[derive(Clone, Debug)]
pub(in crate::resolve) struct PlaceWords(ClassedWords<PlaceWord>);

impl Default for PlaceWords {
    /// The shipped words.
    fn default() -> Self {
        Self::new(&shipped(&[PlaceWord::LIST])).expect("a test reads the shipped list")
    }
}

/// What is known of a place beside its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::resolve) struct PlaceReading {
    /// What stands behind it as the region or country that it is in, each that it may be.
    pub(super) regions: Vec<Region>,
    /// Whether it is a state of a federation.
    pub(super) is_state: bool,
    /// Whether it is a team.
    pub(super) is_team: bool,
    /// Whether it is the title of a work: “*Orm*”.
    pub(super) is_title: bool,
}

/// A region or country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Region {
    slug: CompactString,
    /// Itself, for a country.
    country: CompactString,
    /// Its name, folded, without what tells it from others of that name.
    name: String,
}

impl PlaceWords {
    /// The words of the list.
    pub(in crate::resolve) fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        Ok(Self(ClassedWords::new(lexicon)?))
    }

    /// Whether an article tells of sports.
    pub(super) fn is_about_sports(&self, document: &Document) -> bool {
        let mut used = BTreeSet::new();
        for word in document.token_ids().iter().filter(|&t| self.is(document, t, PlaceWord::Game)) {
            used.insert(small(document.lemma(word)));
        }
        used.len() >= SPORTS
    }

    fn is(&self, document: &Document, word: TokenId, class: PlaceWord) -> bool {
        class.can_be(document.tag(word).upos) && self.0.is(&small(document.lemma(word)), class)
    }

    /// Whether a name is used as that of a team.
    fn is_team(&self, document: &Document, word: TokenId) -> bool {
        let Some(head) = document.tree.head(word) else { return false };
        match document.tree.deprel(word) {
            Deprel::Nsubj | Deprel::Obj => self.is(document, head, PlaceWord::Play),
            Deprel::Compound | Deprel::NmodPoss | Deprel::Amod => {
                self.is(document, head, PlaceWord::Squad)
            }
            Deprel::Conj => document.name_at(head).is_some() && self.is_team(document, head),
            _ => {
                let case = document.tree.child(word, Deprel::Case);
                case.is_some_and(|case| self.is(document, case, PlaceWord::Rival))
            }
        }
    }

    /// Whether a name is used as that of a state: *Orm Gov. Roe*, *Sen. Brook of Orm*.
    fn is_state(&self, document: &Document, name: &Name) -> bool {
        let sentence = document.sentence_of(name.tokens.start);
        let is_office = |word: TokenId| {
            document.sentence_of(word) == sentence && self.is(document, word, PlaceWord::Office)
        };
        let next = name.tokens.end;
        if next.index() < document.tokens.len() && is_office(next) {
            return document.tag(next).feats.has("Number", "Sing");
        }
        let Some(of) = name.tokens.start.previous() else { return false };
        if !document.words.is(document.form(of), FunctionWord::Of) {
            return false;
        }
        let mut before = of;
        for _ in 0..=LONGEST_HOLDER {
            let Some(word) = before.previous() else { return false };
            before = word;
            if is_office(before) {
                return true;
            }
        }
        false
    }
}

impl PlaceReading {
    /// Whether an entity of a list may be meant: no team or title, and no city of another country than
    /// the state behind its name.
    pub(super) fn allows_listed(&self, entry: &Entry) -> bool {
        if (self.is_team || self.is_title) && is_place(entry) {
            return false;
        }
        let is_city = entry.sort == Some(Sort::City);
        let mut states = self.regions.iter().filter(|region| region.is_state()).peekable();
        !is_city
            || states.peek().is_none()
            || states.any(|s| Some(&s.country) == entry.country.as_ref())
    }

    /// Whether an entity may be meant: a city in what stands behind its name.
    pub(super) fn allows(&self, entry: &Entry, country: Option<&CompactString>) -> bool {
        if (self.is_team || self.is_title) && is_place(entry) {
            return false;
        }
        if self.regions.is_empty() || entry.sort != Some(Sort::City) {
            return true;
        }
        let Some(country) = country else { return true };
        let mut regions = self.regions.iter();
        regions.any(|region| region.country == *country && region.holds(entry))
    }

    /// Whether what stands behind the name tells where it is.
    pub(super) fn is_placed(&self) -> bool {
        !self.regions.is_empty()
    }

    /// Whether an entity is known to be in one of the regions.
    fn is_told_of(&self, entry: &Entry, country: Option<&CompactString>) -> bool {
        let description = fold(entry.description.as_deref().unwrap_or_default());
        let is_there = |region: &Region| {
            Some(&region.country) == country
                && (!region.is_state() || description.ends_with(&region.name))
        };
        self.regions.iter().any(is_there)
    }

    /// Whether the state of a federation is meant, where several have the name.
    pub(super) fn prefers(&self, entry: &Entry) -> bool {
        self.is_state && entry.sort == Some(Sort::Place)
    }
}

impl Region {
    /// Whether what is said of an entity names the region; where nothing is said, it may
    /// be there.
    fn holds(&self, entry: &Entry) -> bool {
        let Some(description) = &entry.description else { return true };
        !self.is_state() || fold(description).contains(&self.name)
    }

    fn is_state(&self) -> bool {
        self.slug != self.country
    }
}

/// Whether a mark stands behind a name, or nothing.
fn ends_there(document: &Document, name: &Name) -> bool {
    let next = name.tokens.end;
    next.index() >= document.tokens.len() || document.tag(next).upos == Upos::Punct
}

/// Whether quotation marks stand around a name alone, or around it and a comma or stop.
fn stands_between_marks(document: &Document, name: &Name) -> bool {
    let is_mark = |word: TokenId| is_quotation_mark(document.form(word));
    let next = name.tokens.end;
    let behind = if matches!(document.form(next), "," | ".") { next + 1 } else { next };
    name.tokens.start.previous().is_some_and(is_mark) && is_mark(behind)
}

fn is_place(entry: &Entry) -> bool {
    matches!(entry.sort, Some(Sort::City | Sort::Place | Sort::Country))
}

impl Linker<'_> {
    /// What stands beside the names of a draft.
    pub(super) fn place_reading(
        &self,
        document: &Document,
        draft: &Draft,
        is_sports: bool,
    ) -> PlaceReading {
        if draft.kind == Some(NameKind::Person) {
            return PlaceReading::default();
        }
        let (mut all, mut states, mut teams, mut titles) = (0, 0, 0, 0);
        let mut reading = PlaceReading::default();
        for mention in draft.mentions.iter().filter(|m| m.kind == MentionKind::Name) {
            let Some(name) = document.name_at(mention.head) else { continue };
            all += 1;
            states += usize::from(self.places.is_state(document, name));
            teams += usize::from(is_sports && self.places.is_team(document, mention.head));
            titles += usize::from(stands_between_marks(document, name));
            reading.regions.extend(self.regions_behind(document, name));
        }
        reading.is_state = 2 * states > all;
        reading.is_title = titles > 0 && 2 * titles >= all;
        reading.is_team = teams > 0 && OF_TEAM * teams >= all;
        reading
    }

    /// Whether a city is known to be elsewhere than what stands behind its name, where one
    /// of the same name is: *Portland, Maine*.
    pub(super) fn is_elsewhere(
        &self,
        entry: &Entry,
        names: &[String],
        reading: &PlaceReading,
    ) -> bool {
        if !reading.is_placed() || entry.sort != Some(Sort::City) {
            return false;
        }
        let mut there = Vec::new();
        for base in self.bases.iter().filter(|base| base.is_last()) {
            for name in names {
                let query = Query { name, names, kind: Some(NameKind::Place), adjectival: false };
                for candidate in base.candidates(&query) {
                    let country = country(self, &candidate.entry);
                    if reading.is_told_of(&candidate.entry, country.as_ref()) {
                        there.push(candidate);
                    }
                }
            }
        }
        let is_it = |other: &Entry| other.ids.iter().any(|id| entry.ids.contains(id));
        !there.is_empty() && !there.iter().any(|candidate| is_it(&candidate.entry))
    }

    /// What a comma and a region behind a name may mean.
    fn regions_behind(&self, document: &Document, name: &Name) -> Vec<Region> {
        let comma = name.tokens.end;
        let start = comma + 1;
        let is_there = start.index() < document.tokens.len() && document.form(comma) == ",";
        if !is_there || document.sentence_of(start) != document.sentence_of(comma) {
            return Vec::new();
        }
        let Some(region) = document.name_at(start).filter(|name| name.tokens.start == start) else {
            return Vec::new();
        };
        let folded = fold(region.span.slice(&document.article.text));
        match self.no_names.in_full(&folded) {
            Some(full) => self.regions(&full),
            // *In Istanbul, Turkey and Greece signed it* tells nothing of where that is.
            None if !ends_there(document, region) => Vec::new(),
            None => self.regions(&folded),
        }
    }

    /// The regions and countries of a name, as lists know them.
    fn regions(&self, folded: &str) -> Vec<Region> {
        let names = &[folded.to_owned()];
        let kind = Some(NameKind::Place);
        let query = Query { name: folded, names, kind, adjectival: false };
        let mut regions = Vec::new();
        for base in self.bases.iter().filter(|base| !base.is_last()) {
            for candidate in base.candidates(&query) {
                let entry = &candidate.entry;
                let is_listed = candidate.prior.is_none();
                if is_listed && matches!(entry.sort, Some(Sort::Place | Sort::Country)) {
                    let country = entry.country.as_ref().unwrap_or(&entry.slug).clone();
                    let label = fold(entry.label.split(" (").next().unwrap_or_default());
                    regions.push(Region { slug: entry.slug.clone(), country, name: label });
                }
            }
        }
        regions
    }
}
