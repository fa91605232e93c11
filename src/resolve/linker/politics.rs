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
pub(in crate::resolve) struct Politics {
    all: BTreeSet<CompactString>,
    /// Those that nobody else has.
    own: BTreeSet<CompactString>,
}

impl Default for Politics {
    /// The shipped words.
    fn default() -> Self {
        Self::new(&shipped(&[LIST]))
    }
}

impl Politics {
    /// The words of the list.
    pub(in crate::resolve) fn new(lexicon: &Lexicon) -> Self {
        let (mut all, mut own) = (BTreeSet::new(), BTreeSet::new());
        for row in lexicon.rows(LIST) {
            all.extend(stems(row.key()));
            if lexicon.has(LIST, Some("own"), row.key()) {
                own.extend(stems(row.key()));
            }
        }
        Self { all, own }
    }

    /// How many words of an article are of politics.
    pub(super) fn count(&self, words: &BTreeSet<CompactString>) -> usize {
        self.all.intersection(words).count()
    }

    /// Whether some of the words are of politics.
    pub(super) fn are_of(&self, words: &[CompactString]) -> bool {
        words.iter().any(|word| self.all.contains(word))
    }

    /// Whether some of the words are of nothing else: not *president*, as a firm has one.
    pub(super) fn are_only_of(&self, words: &[CompactString]) -> bool {
        words.iter().any(|word| self.own.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn firms_have_presidents_too() {
        let politics = Politics::default();
        let check = |title: &str, is_of: bool, is_only_of: bool| {
            let words = stems(title);
            assert_eq!(politics.are_of(&words), is_of, "{title}");
            assert_eq!(politics.are_only_of(&words), is_only_of, "{title}");
        };
        check("vice president", true, false);
        check("foreign minister", true, true);
        check("goalkeeper", false, false);
    }
}
