//! Names of authors and sites, cut out of what pages write around them.

/// A headline without the name of the site behind or before it.
pub(crate) fn without_site(title: &str, publisher: &str) -> String {
    const BARS: [&str; 8] = [" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " * "];
    let site = bare(publisher);
    let parts = BARS.iter().filter_map(|bar| title.rsplit_once(bar));
    for (head, tail) in parts {
        let told = bare(tail);
        let named = !site.is_empty() && (told.contains(&site) || site.contains(&told));
        let signed = tail.starts_with("by ") && tail.split_whitespace().count() <= 5;
        if head.split_whitespace().count() >= 3 && (named || signed) {
            return without_site(head, publisher);
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

/// The names in what a page gives as its authors, each once.
pub(crate) fn authors<'a>(told: impl Iterator<Item = &'a str>, publisher: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for words in told {
        for name in split(words) {
            let name = cleaned(&name);
            let is_new = names.iter().all(|known| bare(known) != bare(&name));
            if is_new && is_name(&name) {
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
fn split(words: &str) -> Vec<String> {
    let words = words.replace(" & ", ",").replace(" and ", ",").replace(" AND ", ",");
    words.split([',', ';', '|', '/', '\n']).map(|part| part.trim().to_owned()).collect()
}

fn cleaned(name: &str) -> String {
    let mut name = name.trim();
    for before in [
        "By: ",
        "By ",
        "BY ",
        "by ",
        "By:",
        "Written by ",
        "Posted by ",
        "Reported by ",
        "Story by ",
        "Words by ",
    ] {
        name = name.strip_prefix(before).unwrap_or(name).trim();
    }
    let name = name.split(" for ").next().unwrap_or(name);
    let name = name.split(['(', '[', '<']).next().unwrap_or(name);
    name.trim().trim_end_matches(['.', ':']).trim().to_owned()
}

/// Whether words can be a name: no address, no sentence, no bare role.
fn is_name(words: &str) -> bool {
    const ROLES: [&str; 13] = [
        "reporter",
        "editor",
        "correspondent",
        "writer",
        "contributor",
        "columnist",
        "staff",
        "admin",
        "author",
        "producer",
        "journalist",
        "freelance",
        "administrator",
    ];
    let lower = words.to_lowercase();
    let count = words.split_whitespace().count();
    let role = lower.split_whitespace().last().is_some_and(|w| ROLES.contains(&w))
        && !lower.contains("staff");
    let account = count == 1 && words.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    (1..=7).contains(&count)
        && !account
        && words.chars().any(char::is_alphabetic)
        && !lower.contains("http")
        && !lower.contains("www.")
        && !words.contains('@')
        && !words.contains("://")
        && !role
}

/// The names in a line that holds nothing else: "Ann Lee", "Ann Lee/Bo Day".
pub(crate) fn names_alone(line: &str) -> Option<Vec<String>> {
    let names: Vec<String> = split(line.trim()).iter().map(|name| cleaned(name)).collect();
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
