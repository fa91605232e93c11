//! Words for who or what a text has spoken of: epithets of persons, parties, sorts of
//! bodies.
//!
//! In: words. Out: what they tell (`epithets.tsv`, `party-words.tsv`, `body-words.tsv`).

use std::collections::HashMap;

use compact_str::CompactString;

use crate::text::lexicon::Lexicon;
use crate::text::table::TableError;

/// How a noun may stand for a person of whom the text has just spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Epithet {
    /// By itself: *the senator*.
    Alone,
    /// With a word that tells more: *the young lawyer*.
    Told,
}

/// A sort of bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodySort {
    Company,
    Airline,
    Department,
    Agency,
    Group,
    Newspaper,
    Broadcaster,
    Committee,
    Court,
    Party,
    Team,
    School,
    Force,
    /// One of a sort that no noun of the list refers to.
    Other,
}

impl BodySort {
    fn parse(sort: &str) -> Option<Self> {
        Some(match sort {
            "company" => Self::Company,
            "airline" => Self::Airline,
            "department" => Self::Department,
            "agency" => Self::Agency,
            "group" => Self::Group,
            "newspaper" => Self::Newspaper,
            "broadcaster" => Self::Broadcaster,
            "committee" => Self::Committee,
            "court" => Self::Court,
            "party" => Self::Party,
            "team" => Self::Team,
            "school" => Self::School,
            "force" => Self::Force,
            "other" => Self::Other,
            _ => return None,
        })
    }
}

/// Some sorts of bodies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct BodySorts(u16);

impl BodySorts {
    /// These sorts.
    pub(super) fn of(sorts: &[BodySort]) -> Self {
        sorts.iter().fold(Self::default(), |all, &sort| all.with(Self(1 << sort as u16)))
    }

    /// Those of both.
    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether some are in both.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there are none.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Where a word tells the sort of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    Noun,
    Name,
}

impl Place {
    fn parse(place: &str) -> Option<Self> {
        match place {
            "noun" => Some(Self::Noun),
            "name" => Some(Self::Name),
            _ => None,
        }
    }
}

/// The words of descriptions.
#[derive(Clone, Debug)]
pub(super) struct DescriptionWords {
    epithets: HashMap<CompactString, Epithet>,
    parties: HashMap<CompactString, CompactString>,
    bodies: HashMap<(CompactString, Place), BodySorts>,
}

impl DescriptionWords {
    /// The words of the lists `epithets`, `party-words` and `body-words`.
    ///
    /// # Errors
    /// Where a line has a class that is none.
    pub(super) fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let mut epithets = HashMap::new();
        for row in lexicon.rows("epithets") {
            epithets.insert(row.key().into(), row.parse("class", epithet)?);
        }
        let mut bodies: HashMap<(CompactString, Place), BodySorts> = HashMap::new();
        for row in lexicon.rows("body-words") {
            let place = row.parse("in", Place::parse)?;
            let sort = BodySorts::of(&[row.parse("sort", BodySort::parse)?]);
            let sorts = bodies.entry((row.key().into(), place)).or_default();
            *sorts = sorts.with(sort);
        }
        let parties = lexicon.rows("party-words");
        let parties = parties.filter_map(|row| Some((row.key().into(), row.get("party")?.into())));
        Ok(Self { epithets, parties: parties.collect(), bodies })
    }

    /// How a noun may stand for a person.
    pub(super) fn epithet(&self, noun: &str) -> Option<Epithet> {
        self.epithets.get(noun).copied()
    }

    /// The party that a word tells, whatever its capitals: *republican* for *GOP*.
    pub(super) fn party(&self, word: &str) -> Option<&str> {
        self.parties.get(&*word.to_lowercase()).map(|party| &**party)
    }

    /// The sorts of bodies that a noun refers to.
    pub(super) fn of_noun(&self, noun: &str) -> BodySorts {
        self.body(noun, Place::Noun)
    }

    /// The sorts of bodies that a word in their name tells, whatever its capitals.
    pub(super) fn of_name(&self, word: &str) -> BodySorts {
        self.body(&word.to_lowercase(), Place::Name)
    }

    fn body(&self, word: &str, place: Place) -> BodySorts {
        let sorts = self.bodies.get(&(word.into(), place));
        sorts.copied().unwrap_or_default()
    }
}

fn epithet(class: &str) -> Option<Epithet> {
    match class {
        "alone" => Some(Epithet::Alone),
        "told" => Some(Epithet::Told),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::reference::ReferenceLexicon;

    #[test]
    fn words_tell_who_is_described() {
        let words = ReferenceLexicon::default().descriptions;
        assert_eq!(words.epithet("senator"), Some(Epithet::Alone));
        assert_eq!(words.epithet("nominee"), Some(Epithet::Told));
        assert_eq!(words.epithet("witness"), None);
        assert_eq!(words.party("GOP"), Some("republican"));
        assert_eq!(words.party("Green"), None);
        assert!(words.of_noun("bank").meets(words.of_name("Bank")));
        assert!(!words.of_noun("network").meets(words.of_name("Times")));
        assert!(!words.of_noun("airline").meets(words.of_name("Authority")));
        assert!(words.of_noun("mountain").is_empty());
    }
}
