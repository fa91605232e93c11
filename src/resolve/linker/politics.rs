//! Titles of politicians: *the minister* may be whom a base calls a member of parliament.

use std::collections::BTreeSet;

use compact_str::CompactString;

use super::stems::stems;
use crate::resolve::lists::shipped;
use crate::text::lexicon::Lexicon;

/// The list whose words they are.
const LIST: &str = "politics-words";

/// Words of titles and descriptions that politicians share, as they are compared.
#[derive(Clone, Debug)]
pub(in crate::resolve) struct Politics(BTreeSet<CompactString>);

impl Default for Politics {
    /// The shipped words.
    fn default() -> Self {
        Self::new(&shipped(&[LIST]))
    }
}

impl Politics {
    /// The words of the list.
    pub(in crate::resolve) fn new(lexicon: &Lexicon) -> Self {
        Self(lexicon.rows(LIST).flat_map(|row| stems(row.key())).collect())
    }

    /// How many words of an article are of politics.
    pub(super) fn count(&self, words: &BTreeSet<CompactString>) -> usize {
        self.0.intersection(words).count()
    }

    /// Whether some of the words are of politics.
    pub(super) fn are_of(&self, words: &[CompactString]) -> bool {
        words.iter().any(|word| self.0.contains(word))
    }
}
