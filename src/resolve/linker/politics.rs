//! Titles of politicians: *the minister* may be whom a base calls a member of parliament.

use std::collections::BTreeSet;

use compact_str::CompactString;

use super::stems::stem;
use crate::resolve::lists::shipped;
use crate::text::lexicon::Lexicon;
use crate::text::{Document, Upos, small};

/// The list whose words they are.
const LIST: &str = "politics-words";

/// Words of titles and descriptions that politicians share, whole: by their first letters
/// *secretary* would be *secret*.
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
            all.insert(CompactString::from(row.key()));
            if lexicon.has(LIST, Some("own"), row.key()) {
                own.insert(CompactString::from(row.key()));
            }
        }
        Self { all, own }
    }

    /// How many different words of an article are of politics: nouns and adjectives, those of
    /// one stem once, as *parliament* and *parliamentary*.
    pub(super) fn count(&self, document: &Document) -> usize {
        let mut used = BTreeSet::new();
        for word in document.token_ids() {
            let lemma = small(document.lemma(word));
            let upos = document.tag(word).upos;
            if matches!(upos, Upos::Noun | Upos::Propn | Upos::Adj) && self.all.contains(&*lemma) {
                used.insert(stem(&lemma));
            }
        }
        used.len()
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
    use super::super::stems::words;
    use super::*;

    #[test]
    fn firms_have_presidents_too() {
        let politics = Politics::default();
        let check = |title: &str, is_of: bool, is_only_of: bool| {
            let words = words(title);
            assert_eq!(politics.are_of(&words), is_of, "{title}");
            assert_eq!(politics.are_only_of(&words), is_only_of, "{title}");
        };
        check("vice president", true, false);
        check("foreign minister", true, true);
        check("goalkeeper", false, false);
        check("secret house whip", false, false);
    }
}
