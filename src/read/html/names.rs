//! Names of authors and sites, cut out of what pages write around them.

use crate::read::page_words::{PageWord, PageWords};
use crate::text::small;

/// A headline without the name of the site behind or before it.
pub(crate) fn without_site(title: &str, publisher: &str, words: &PageWords) -> String {
    const BARS: [&str; 8] = [" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " * "];
    let site = bare(publisher);
    let parts = BARS.iter().filter_map(|bar| title.rsplit_once(bar));
    for (head, tail) in parts {
        let told = bare(tail);
        let named = !site.is_empty() && (told.contains(&site) || site.contains(&told));
        let mut tail_words = tail.split_whitespace();
        let signed = tail_words.next().is_some_and(|word| words.is(word, PageWord::Opener))
            && tail_words.count() < 5;
        if head.split_whitespace().count() >= 3 && (named || signed) {
            return without_site(head, publisher, words);
        }
    }
    title.trim().to_owned()
}

/// Whether a title is another one and the name of a site or author behind a bar.
pub(crate) fn ends_in_a_name(title: &str, other: &str) -> bool {
    let bar = |c: char| matches!(c, '|' | '-' | '–' | '—' | '*' | '»' | '•' | ':' | '·');
    let rest = title.strip_prefix(other.trim()).unwrap_or("");
    other.split_whitespace().count() >= 3
        && rest.starts_with(' ')
        && rest.trim_start().starts_with(bar)
        && rest.split_whitespace().count() <= 12
}

/// Whether a title has only words of another, and fewer.
pub(crate) fn shortens(title: &str, other: &str) -> bool {
    let words = |title: &str| -> Vec<String> { title.split_whitespace().map(bare).collect() };
    let (title, other) = (words(title), words(other));
    title.len() < other.len() && title.iter().all(|word| other.contains(word))
}

/// Whether titles differ in nothing but case, blanks and marks.
pub(crate) fn same(title: &str, other: &str) -> bool {
    bare(title) == bare(other)
}

/// The names in what a page gives as its authors, each once.
pub(crate) fn authors<'a>(
    told: impl Iterator<Item = &'a str>,
    publisher: &str,
    words: &PageWords,
) -> Vec<String> {
    /// No page tells more.
    const MOST: usize = 200;
    let mut names: Vec<String> = Vec::new();
    for line in told.take(MOST) {
        for name in split(line, words) {
            let name = cleaned(&name, words);
            let is_new = names.iter().all(|known| bare(known) != bare(&name));
            if is_new && is_name(&name, words) {
                names.push(name);
            }
        }
    }
    if names.len() > 1 {
        names.retain(|name| bare(name) != bare(publisher));
    }
    names
}

/// The parts of "A, B and C".
fn split(line: &str, words: &PageWords) -> Vec<String> {
    let parts = line.split([',', ';', '|', '/', '\n']);
    parts.flat_map(|part| around(part.trim(), words, PageWord::And)).collect()
}

/// What stands before, between and behind the words of a class.
fn around(part: &str, words: &PageWords, class: PageWord) -> Vec<String> {
    let spaced: Vec<&str> = part.split(' ').collect();
    let parts = spaced.split(|word| words.is(&small(word), class));
    parts.map(|words| words.join(" ").trim().to_owned()).collect()
}

fn cleaned(name: &str, words: &PageWords) -> String {
    let name = words.without_by(name.trim());
    let parts = around(name, words, PageWord::Outlet);
    let name = parts.first().map_or(name, String::as_str);
    let name = name.split(['(', '[', '<']).next().unwrap_or(name);
    name.trim().trim_end_matches(['.', ':']).trim().to_owned()
}

/// Whether words can be a name: no address, no sentence, no bare role.
fn is_name(name: &str, words: &PageWords) -> bool {
    let lower = name.to_lowercase();
    let count = name.split_whitespace().count();
    let has_body = lower.split_whitespace().any(|word| words.is(word, PageWord::Body));
    let last = lower.split_whitespace().last();
    let role = last.is_some_and(|word| words.is(word, PageWord::Role)) && !has_body;
    let account = count == 1 && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    (1..=7).contains(&count)
        && !account
        && name.chars().any(char::is_alphabetic)
        && !lower.contains("http")
        && !lower.contains("www.")
        && !name.contains('@')
        && !name.contains("://")
        && !role
}

/// The names in a line that holds nothing else: "Ann Lee", "Ann Lee/Bo Day".
pub(crate) fn names_alone(line: &str, words: &PageWords) -> Option<Vec<String>> {
    let names: Vec<String> =
        split(line.trim(), words).iter().map(|name| cleaned(name, words)).collect();
    let is_full = |name: &String| {
        let words: Vec<&str> = name.split_whitespace().collect();
        (2..=4).contains(&words.len())
            && words
                .iter()
                .all(|w| w.starts_with(char::is_uppercase) && w.chars().any(char::is_lowercase))
            && !name.ends_with(['.', '?', '!', ':'])
    };
    (names.len() <= 4 && names.iter().all(is_full)).then_some(names)
}

/// The letters and digits of some words, in lower case.
pub(crate) fn bare(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
