//! The word lists of reading: what tells boilerplate, bylines, and the parts of a page.
//!
//! In: the lists that ship with the program, or those with a user's merged in. Out:
//! [`Lists`], compiled once and shared by all who read.

use std::sync::{Arc, LazyLock};

use super::boilerplate::Boilerplate;
#[cfg(feature = "html")]
use super::html::Pages;
use super::known_tables::KnownTables;
use super::language::Languages;
use super::page_words::PageWords;
use crate::text::lexicon::Lexicon;
use crate::text::table::TableError;

include!(concat!(env!("OUT_DIR"), "/read_lists.rs"));

/// What reading knows of pages, boilerplate and bylines. The default is what ships.
#[derive(Clone, Debug)]
pub struct Lists(Arc<Compiled>);

#[derive(Debug)]
struct Compiled {
    boilerplate: Boilerplate,
    words: PageWords,
    tables: KnownTables,
    languages: Languages,
    #[cfg(feature = "html")]
    pages: Pages,
}

impl Lists {
    /// The lists of these names: `boilerplate`, `boilerplate-looks`, `page-words`,
    /// `known-tables`, `languages`, `hints` and `facts`.
    ///
    /// # Errors
    /// The first line of one that says what cannot be.
    pub fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        Ok(Self(Arc::new(Compiled {
            boilerplate: Boilerplate::new(lexicon)?,
            words: PageWords::new(lexicon)?,
            tables: KnownTables::new(lexicon)?,
            languages: Languages::new(lexicon)?,
            #[cfg(feature = "html")]
            pages: Pages::new(lexicon)?,
        })))
    }

    /// What boilerplate looks like, and the words of bylines.
    pub(super) fn looks(&self) -> (&Boilerplate, &PageWords) {
        (&self.0.boilerplate, &self.0.words)
    }

    /// What boilerplate looks like.
    #[cfg(test)]
    pub(super) fn boilerplate(&self) -> &Boilerplate {
        &self.0.boilerplate
    }

    /// The tables that many people have.
    pub(super) fn tables(&self) -> &KnownTables {
        &self.0.tables
    }

    /// The languages that articles may be in.
    pub(super) fn languages(&self) -> &Languages {
        &self.0.languages
    }

    /// The words of bylines.
    #[cfg(feature = "html")]
    pub(super) fn words(&self) -> &PageWords {
        &self.0.words
    }

    /// What the parts of pages are called.
    #[cfg(feature = "html")]
    pub(super) fn pages(&self) -> &Pages {
        &self.0.pages
    }
}

impl Default for Lists {
    /// Those that ship, compiled once.
    fn default() -> Self {
        static SHIPPED: LazyLock<Lists> = LazyLock::new(|| {
            let lexicon = Lexicon::read(word_lists()).expect("a test reads the shipped lists");
            Lists::new(&lexicon).expect("a test reads the shipped lists")
        });
        SHIPPED.clone()
    }
}

impl PartialEq for Lists {
    /// Whether they are the same ones, not whether they say the same.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Lists {}

/// The lists, by file.
pub fn word_lists() -> impl Iterator<Item = (&'static str, &'static str)> {
    LISTS.iter().copied()
}
