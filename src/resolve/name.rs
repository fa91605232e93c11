//! Names as keys: spelling differences that never tell two things apart are folded away.

use compact_str::CompactString;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::text::{FunctionWord, FunctionWords, NameKind};

/// Folds a name: lower case, no accents, no dots or apostrophes within words
/// (`U.S.` is `us`), every other mark a single space, no `the` in front and
/// no possessive behind.
pub fn fold(name: &str) -> String {
    let name = name.trim();
    let name = ["'s", "’s"].iter().find_map(|s| name.strip_suffix(s)).unwrap_or(name);
    let mut folded = String::with_capacity(name.len());
    for c in name.nfkd().filter(|&c| !is_combining_mark(c)) {
        match c {
            '.' | '\'' | '’' | '‘' | 'ʼ' | '`' => {}
            '&' => push_word(&mut folded, "and"),
            c if c.is_alphanumeric() => push_letter(&mut folded, c),
            _ => push_word(&mut folded, ""),
        }
    }
    let folded = folded.trim_end();
    join_letters(folded.strip_prefix("the ").unwrap_or(folded))
}

/// *u s senate* is *us senate*: some houses write *U. S.*
fn join_letters(folded: &str) -> String {
    let mut joined = String::with_capacity(folded.len());
    let mut letter = false;
    for word in folded.split(' ') {
        let also = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        if !(joined.is_empty() || letter && also) {
            joined.push(' ');
        }
        joined.push_str(word);
        letter = also;
    }
    joined
}

/// Starts a new word, unless one has just been started.
fn push_word(folded: &mut String, word: &str) {
    if !folded.is_empty() && !folded.ends_with(' ') {
        folded.push(' ');
    }
    folded.push_str(word);
    if !word.is_empty() {
        folded.push(' ');
    }
}

/// Letters that Unicode does not decompose, spelt as English texts do.
fn push_letter(folded: &mut String, c: char) {
    match c {
        'ł' | 'Ł' => folded.push('l'),
        'ø' | 'Ø' => folded.push('o'),
        'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
        'ı' => folded.push('i'),
        'ß' => folded.push_str("ss"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        c => folded.extend(c.to_lowercase().filter(|c| !is_combining_mark(*c))),
    }
}

/// Whether a folded name is made of the initials of the words of another:
/// `who` of `world health organization`; *of*, *the* and their like may count
/// or not.
pub(super) fn is_acronym(short: &str, full: &str, lexicon: &FunctionWords) -> bool {
    let words = || full.split(' ').filter(|w| !w.is_empty());
    let all = initials(words());
    let content = initials(words().filter(|w| !lexicon.is(w, FunctionWord::Unlettered)));
    words().count() > 1 && !short.contains(' ') && (short == all || short == content)
}

fn initials<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.filter_map(|w| w.chars().next()).collect()
}

/// Whether two folded names have at least half of the content words of either
/// in common, a different spelling of their ends aside.
pub(super) fn shares_words(a: &str, b: &str, lexicon: &FunctionWords) -> bool {
    let words = |name: &str| -> Vec<String> {
        let counts = |w: &&str| !w.is_empty() && !lexicon.is(w, FunctionWord::Unlettered);
        let content = name.split(' ').filter(counts);
        content.map(|w| w.chars().take(5).collect()).collect()
    };
    let (a, b) = (words(a), words(b));
    let common = a.iter().filter(|w| b.contains(w)).count();
    2 * common >= a.len().max(b.len()) && common > 0
}

/// A folded name of a firm without what only tells its legal form: *home depot* of
/// *home depot inc*; none where it has none, or nothing else.
pub(super) fn without_legal_form<'a>(folded: &'a str, lexicon: &FunctionWords) -> Option<&'a str> {
    let mut name = folded;
    while let Some((rest, last)) = name.rsplit_once(' ')
        && lexicon.is(last, FunctionWord::LegalForm)
    {
        name = rest;
    }
    (name.len() < folded.len()).then_some(name)
}

/// A folded name as a slug: words joined by hyphens.
pub(super) fn slug(folded: &str) -> CompactString {
    folded.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join("-").into()
}

/// The slug of an entity that no gazetteer knows: name and kind, because a
/// town and a person of one name are two things. No other slug has a `_`.
pub(super) fn slug_with_kind(folded: &str, kind: Option<NameKind>) -> CompactString {
    format!("{}_{}", slug(folded), kind_word(kind)).into()
}

/// The kind as a word of a slug.
pub(super) fn kind_word(kind: Option<NameKind>) -> &'static str {
    match kind {
        Some(NameKind::Person) => "person",
        Some(NameKind::Organization) => "organization",
        // Whether it is made is seen otherwise by every article.
        Some(NameKind::Place | NameKind::Facility) => "place",
        Some(NameKind::Event) => "event",
        Some(NameKind::Group) => "group",
        Some(NameKind::Product) => "product",
        Some(NameKind::Money) => "money",
        Some(NameKind::Other) | None => "name",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(name: &str, expected: &str) {
        assert_eq!(fold(name), expected, "{name}");
    }

    #[test]
    fn spellings_fold_together() {
        check("U.S.", "us");
        check("the U. S. Senate", "us senate");
        check("John A Doe", "john a doe");
        check("The Wall Street Journal’s", "wall street journal");
        check("Bashar al-Assad", "bashar al assad");
        check("Recep Tayyip Erdoğan", "recep tayyip erdogan");
        check("AT&T", "at and t");
        check("Lech Wałęsa", "lech walesa");
        check("Washington, D.C.", "washington dc");
        check("  ", "");
        check("The", "the");
    }

    #[test]
    fn acronyms_are_told_from_other_short_names() {
        let words = FunctionWords::shipped();
        let check = |short: &str, full: &str, expected: bool| {
            assert_eq!(is_acronym(short, full, &words), expected, "{short} / {full}");
        };
        check("who", "world health organization", true);
        check("doe", "department of energy", true);
        check("de", "department of energy", true);
        check("boeing", "boeing company", false);
        assert!(shares_words("world health organization", "world health organisation", &words));
        assert!(!shares_words("world health organization", "walnut hill orchard", &words));
    }

    #[test]
    fn the_form_of_a_firm_is_no_part_of_its_name() {
        let words = FunctionWords::shipped();
        assert_eq!(without_legal_form("home depot inc", &words), Some("home depot"));
        assert_eq!(without_legal_form("orm ferry co ltd", &words), Some("orm ferry"));
        assert_eq!(without_legal_form("orm ferry", &words), None);
        assert_eq!(without_legal_form("inc", &words), None);
    }

    #[test]
    fn slugs_join_words() {
        assert_eq!(slug("wall street journal"), "wall-street-journal");
        assert_eq!(slug_with_kind("paris", Some(NameKind::Person)), "paris_person");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing_more(name in "\\PC{0,40}") {
            let once = fold(&name);
            // A second "the" may still be stripped; nothing else may change.
            let twice = fold(&once);
            prop_assert!(once == twice || once.starts_with("the "));
        }
    }
}
