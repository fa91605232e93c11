//! Names of persons: titles, initials, which of two names is fuller.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use compact_str::CompactString;

/// Words that stand before or after a person's name and are no part of it.
const TITLES: &str = include_str!("lexicon/titles.txt");

/// Names from the fullest to the least: the most words, then the most letters,
/// then in order of the alphabet.
pub(super) fn fullest(names: &BTreeSet<CompactString>) -> Vec<CompactString> {
    let mut names: Vec<_> = names.iter().cloned().collect();
    names.sort_by_key(|n| (Reverse(n.split(' ').count()), Reverse(n.chars().count())));
    names
}

/// A person's name without titles, middle initials and suffixes, so that
/// *Sen. John A. Doe Jr.* and *John Doe* are one key.
pub(super) fn bare(name: &str) -> CompactString {
    let is_title = |word: &str| {
        let word = word.trim_matches(['.', ',']).to_lowercase();
        TITLES.lines().any(|title| title == word)
    };
    let words: Vec<&str> = name.split(' ').map(|w| w.trim_end_matches(',')).collect();
    let kept: Vec<&str> = words.iter().copied().filter(|w| !is_title(w)).collect();
    let last = kept.len().saturating_sub(1);
    let is_middle_initial =
        |i: usize, w: &str| i > 0 && i < last && w.trim_end_matches('.').chars().count() == 1;
    let kept: Vec<&str> = kept
        .iter()
        .enumerate()
        .filter(|&(i, w)| !is_middle_initial(i, w))
        .map(|(_, w)| *w)
        .collect();
    if kept.is_empty() { name.into() } else { kept.join(" ").into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &str) {
        assert_eq!(bare(name), expected, "{name}");
    }

    #[test]
    fn titles_and_initials_are_no_part_of_a_name() {
        check("Lt. Gen. Jane Q. Doe Jr.", "Jane Doe");
        check("President Ruto", "Ruto");
        check("J. Doe", "J. Doe");
        check("Mr. President", "Mr. President");
        check("Malcolm X", "Malcolm X");
    }
}
