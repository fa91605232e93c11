//! Names of persons: titles, given names, initials.

use std::collections::{HashMap, HashSet};

use compact_str::CompactString;

use super::lists::shipped;
use crate::text::lexicon::Lexicon;
use crate::text::table::Row;

/// Whether somebody is spoken of as *he* or as *she*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// *he*
    Masculine,
    /// *she*
    Feminine,
}

impl Gender {
    /// `m` and `f`, as the word lists write them.
    pub(super) fn parse(code: &str) -> Option<Self> {
        match code {
            "m" => Some(Self::Masculine),
            "f" => Some(Self::Feminine),
            _ => None,
        }
    }
}

/// What is known of the words of persons' names.
#[derive(Clone, Debug)]
pub struct PersonLexicon {
    titles: HashMap<CompactString, Option<Gender>>,
    given: HashMap<CompactString, Gender>,
    /// Words behind a name that father and son share.
    generations: HashSet<CompactString>,
}

impl Default for PersonLexicon {
    /// The shipped words.
    fn default() -> Self {
        Self::new(&shipped(&["titles", "given-names", "name-signs"]))
    }
}

/// The class of the words that tell fathers from sons.
const GENERATION: &str = "generation";

/// A word without the stop of an abbreviation, in lower case.
fn key(word: &str) -> String {
    word.trim_matches(['.', ',']).to_lowercase()
}

/// A clipped title has so many letters at most: *Prof.*
const LONGEST_CLIPPED: usize = 4;

impl PersonLexicon {
    /// The words of the lists `titles`, `given-names` and `name-signs`.
    pub fn new(lexicon: &Lexicon) -> Self {
        let genders = |row: Row<'_>| (row.key().into(), row.get("gender").and_then(Gender::parse));
        let given = lexicon.rows("given-names").map(genders);
        Self {
            titles: lexicon.rows("titles").map(genders).collect(),
            given: given.filter_map(|(name, gender)| Some((name, gender?))).collect(),
            generations: lexicon
                .rows("name-signs")
                .filter(|row| row.get("class") == Some(GENERATION))
                .map(|row| row.key().into())
                .collect(),
        }
    }

    /// Whether a word is a title: *Mr.*, *President*, *Jr.*
    pub fn is_title(&self, word: &str) -> bool {
        self.titles.contains_key(&*key(word))
    }

    /// Whether a word is the beginning of a longer title: *Rep.*, *Sen.*
    pub fn is_clipped_title(&self, word: &str) -> bool {
        let short = key(word);
        let is_longer = |title: &str| title.starts_with(&*short) && title.len() > short.len() + 2;
        short.len() <= LONGEST_CLIPPED
            && self.is_title(word)
            && self.titles.keys().any(|title| is_longer(title))
    }

    /// The words of a name that are the name: without titles, suffixes and
    /// middle initials, so that *Sen. John A. Doe Jr.* and *John Doe* are one.
    /// A name of nothing but titles stays as it is.
    pub fn bare<'a>(&self, name: &'a str) -> Vec<&'a str> {
        let words: Vec<&str> = name.split_whitespace().map(|w| w.trim_end_matches(',')).collect();
        let kept: Vec<&str> = words.iter().copied().filter(|w| !self.is_title(w)).collect();
        if kept.is_empty() {
            return words;
        }
        let last = kept.len() - 1;
        let is_initial = |w: &str| w.trim_end_matches('.').chars().count() == 1;
        let kept = kept.iter().enumerate().filter(|&(i, w)| i == 0 || i == last || !is_initial(w));
        kept.map(|(_, w)| *w).collect()
    }

    /// The words of a name that tell whose it is: [`bare`](Self::bare), and what tells
    /// fathers from sons, *Jr.*
    pub fn identifying<'a>(&self, name: &'a str) -> Vec<&'a str> {
        let mut words = self.bare(name);
        let last = name.split_whitespace().next_back().filter(|last| self.is_generation(last));
        words.extend(last.filter(|last| words.last() != Some(last)));
        words
    }

    /// Whether a word tells fathers from sons: *Jr.*
    pub fn is_generation(&self, word: &str) -> bool {
        self.generations.contains(&*key(word))
    }

    /// The gender of a name, by its titles, else by its first word.
    pub fn gender(&self, name: &str) -> Option<Gender> {
        self.gender_by_title(name).or_else(|| {
            let bare = self.bare(name);
            let first = bare.first().filter(|_| bare.len() > 1)?;
            self.gender_of_given(first)
        })
    }

    /// The gender that the titles of a name tell: *Mrs. Roe*.
    pub fn gender_by_title(&self, name: &str) -> Option<Gender> {
        let titled = |w: &str| self.titles.get(&*key(w)).copied().flatten();
        name.split_whitespace().find_map(titled)
    }

    /// The gender of a given name.
    pub fn gender_of_given(&self, word: &str) -> Option<Gender> {
        let word = key(word);
        let given = |w: &str| self.given.get(w).copied();
        given(&word).or_else(|| given(word.split('-').next()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, bare: &str, gender: Option<Gender>) {
        let persons = PersonLexicon::default();
        assert_eq!(persons.bare(name).join(" "), bare, "{name}");
        assert_eq!(persons.gender(name), gender, "{name}");
    }

    #[test]
    fn titles_and_initials_are_no_part_of_a_name() {
        check("Lt. Gen. Jane Q. Doe Jr.", "Jane Doe", Some(Gender::Feminine));
        check("Mrs. Ruto", "Ruto", Some(Gender::Feminine));
        check("J. Doe", "J. Doe", None);
        check("Mr. President", "Mr. President", Some(Gender::Masculine));
        check("Malcolm X", "Malcolm X", Some(Gender::Masculine));
        check("", "", None);
    }

    #[test]
    fn fathers_are_told_from_sons() {
        let persons = PersonLexicon::default();
        assert_eq!(persons.identifying("Gen. John A. Doe, Jr.").join(" "), "John Doe Jr.");
        assert_eq!(persons.identifying("John Doe").join(" "), "John Doe");
    }
}
