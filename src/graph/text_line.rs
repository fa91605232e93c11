//! The lines of the store's file of texts: a letter for the kind, the text in lower case,
//! and behind a tab the text itself where that differs.

use memchr::memmem::Finder;

/// The kinds of texts that are looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// What entities and phrases are called.
    Label,
    /// The words of passages.
    Passage,
}

/// The kind of the text of a line.
pub(super) fn kind_of(line: &[u8]) -> Option<TextKind> {
    match line.first()? {
        b'l' => Some(TextKind::Label),
        b'e' => Some(TextKind::Passage),
        _ => None,
    }
}

/// The text of a line in lower case.
pub(super) fn lower_of(line: &[u8]) -> String {
    let lower = line.get(1..).and_then(|texts| texts.split(|&b| b == b'\t').next());
    lower.and_then(unescaped).unwrap_or_default()
}

/// The text of a line, if its lower case has what is sought in it.
pub(super) fn text_with(line: &[u8], sought: &Finder<'_>) -> Option<String> {
    let mut columns = line.get(1..)?.split(|&b| b == b'\t');
    let lower = columns.next()?;
    sought.find(lower)?;
    unescaped(columns.next().unwrap_or(lower))
}

/// A text without line breaks and tabs.
pub(super) fn escaped(text: &str) -> Vec<u8> {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t").into_bytes()
}

fn unescaped(text: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(text).ok()?;
    let mut characters = text.chars();
    let mut plain = String::with_capacity(text.len());
    while let Some(c) = characters.next() {
        plain.push(match c {
            '\\' => match characters.next()? {
                'n' => '\n',
                't' => '\t',
                other => other,
            },
            other => other,
        });
    }
    Some(plain)
}
