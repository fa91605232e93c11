//! The optional header of a plain text or Markdown article.

use super::date;
use super::metadata::{Field, Metadata, language};

/// What a header says, and the text below it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Headed<'a> {
    pub(crate) metadata: Metadata,
    pub(crate) body: &'a str,
}

/// Takes the header off a text, where it has one: front matter between `---`
/// lines, or `key: value` lines before a blank line, or an address alone on
/// the first line.
///
/// A single `key: value` line is a header only where its value is what the key
/// promises, so that "Source: talks fail" stays a headline.
pub(crate) fn split(text: &str) -> Headed<'_> {
    let text = text.trim_start_matches(['\n', ' ', '\t']);
    let lines = front_matter(text).or_else(|| key_lines(text)).or_else(|| address(text));
    let Some((entries, body)) = lines else {
        return Headed { metadata: Metadata::default(), body: text };
    };
    let mut metadata = Metadata::default();
    for (field, value) in &entries {
        metadata.set(*field, value);
    }
    Headed { metadata, body: body.trim_start_matches('\n') }
}

type Entries = Vec<(Field, String)>;

/// `---`, `key: value` lines, `---`; unknown keys are passed over.
fn front_matter(text: &str) -> Option<(Entries, &str)> {
    let inside = text.strip_prefix("---\n")?;
    let end = inside.find("\n---\n").map(|at| (at, at + 5));
    let (end, body) = end.or_else(|| {
        let at = inside.strip_suffix("\n---")?.len();
        Some((at, inside.len()))
    })?;
    let lines: Vec<&str> = inside.get(..end)?.lines().collect();
    let entries = entries(&lines);
    (!entries.is_empty()).then_some((entries, inside.get(body..)?))
}

/// The entries of lines, each with the indented or `- ` lines that go on from it.
fn entries(lines: &[&str]) -> Entries {
    let mut all: Vec<(Option<Field>, String)> = Vec::new();
    for line in lines {
        let more = line.strip_prefix([' ', '\t']).or_else(|| line.strip_prefix('-'));
        if let (Some(more), Some((_, value))) = (more, all.last_mut()) {
            let more = unquote(more.trim().trim_start_matches("- "));
            let joint = if value.is_empty() { "" } else { ", " };
            *value = format!("{value}{joint}{more}");
        } else if let Some((key, value)) = line.split_once(':') {
            all.push((Field::of(key.trim()).map(|f| f.0), unquote(value)));
        }
    }
    all.into_iter().filter_map(|(field, value)| Some((field?, value))).collect()
}

/// A value without quotation marks, brackets and blanks around it.
fn unquote(value: &str) -> String {
    let value = value.trim();
    let list = value.strip_prefix('[').and_then(|v| v.strip_suffix(']'));
    if let Some(list) = list {
        return list.split(',').map(unquote).collect::<Vec<_>>().join(", ");
    }
    let inside = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    inside('"').or_else(|| inside('\'')).unwrap_or(value).to_owned()
}

/// `key: value` lines up to the first blank line or line of another shape.
fn key_lines(text: &str) -> Option<(Entries, &str)> {
    let mut rest = text;
    let mut entries: Entries = Vec::new();
    while let Some((field, value)) = rest.lines().next().and_then(key_line) {
        entries.extend(field.map(|f| (f, value.to_owned())));
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    let blank = rest.lines().next().is_none_or(|line| line.trim().is_empty());
    let header = match entries.as_slice() {
        [] => false,
        [(field, value)] => blank && keeps_promise(*field, value),
        _ => true,
    };
    header.then_some((entries, rest))
}

/// The field, if known, and the value of a line like `Key: value`.
fn key_line(line: &str) -> Option<(Option<Field>, &str)> {
    let (key, value) = line.split_once(':')?;
    let word = |w: &str| w.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let words = key.split(' ').filter(|w| !w.is_empty()).count();
    let known = Field::of(key).map(|f| f.0).filter(|f| *f != Field::Text);
    let shaped = (1..=2).contains(&words) && key.split(' ').all(word) && key.len() <= 30;
    let spaced = value.is_empty() || value.starts_with([' ', '\t']);
    (shaped && spaced && (known.is_some() || words == 1)).then_some((known, value.trim()))
}

/// Whether a value is of the kind that its key promises.
fn keeps_promise(field: Field, value: &str) -> bool {
    match field {
        Field::Title => !value.is_empty(),
        Field::Id => !value.is_empty() && !value.contains(' '),
        Field::Url => is_address(value),
        Field::Published => date::parse(value).is_some(),
        Field::Language => language(value).is_some(),
        Field::Publisher
        | Field::Byline
        | Field::Dateline
        | Field::Credit
        | Field::Rights
        | Field::Text => false,
    }
}

/// An address alone on the first line, before a blank line.
fn address(text: &str) -> Option<(Entries, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let first = first.trim();
    let blank = rest.lines().next().is_some_and(|line| line.trim().is_empty());
    (blank && is_address(first)).then(|| (vec![(Field::Url, first.to_owned())], rest))
}

/// Whether the words are an address on the web and nothing else.
pub(crate) fn is_address(words: &str) -> bool {
    let rest = words.strip_prefix("https://").or_else(|| words.strip_prefix("http://"));
    rest.is_some_and(|r| r.contains('.') && !r.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let Headed { metadata: m, body } = split(text);
        let day = m.published.map(|p| p.day().to_string());
        let known = [m.id, m.url, m.title, m.publisher, m.byline, day]
            .map(|field| field.unwrap_or("-".into()));
        assert_eq!(format!("{} | {body}", known.join(" ")), expected);
    }

    #[test]
    fn key_lines_are_a_header() {
        check(
            "Title: Mayor resigns\nPublisher: Bay Gazette\nAuthor: By Ann Lee\n\
             Date: 22 May 2022\nSection: local\n\nShe left.",
            "- - Mayor resigns Bay Gazette By Ann Lee 2022-05-22 | She left.",
        );
        check("title: Mayor resigns\nid: m1\nShe left.", "m1 - Mayor resigns - - - | She left.");
        check("URL: https://e.example/a\n\nShe left.", "- https://e.example/a - - - - | She left.");
    }

    #[test]
    fn front_matter_is_a_header() {
        check(
            "---\ntitle: \"Mayor: I go\"\nauthors:\n  - Ann Lee\n  - Bo Day\ntags: [a, b]\n\
             date: 2022-05-22\n---\n\nShe left.",
            "- - Mayor: I go - Ann Lee, Bo Day 2022-05-22 | She left.",
        );
        check("---\n\nShe left.\n\n---\n", "- - - - - - | ---\n\nShe left.\n\n---\n");
    }

    #[test]
    fn an_address_may_stand_alone() {
        check("https://e.example/a\n\nShe left.", "- https://e.example/a - - - - | She left.");
    }

    #[test]
    fn sentences_with_colons_are_no_header() {
        for text in [
            "Report: mayor to go\n\nShe left.",
            "Source: talks fail\n\nThey left.",
            "Author: book was stolen\n\nShe wept.",
            "Date: nobody knows\n\nIt was late.",
            "The mayor said: enough.\nShe left.",
            "KYIV: Two died.\n\nMore.",
        ] {
            check(text, &format!("- - - - - - | {text}"));
        }
    }
}
