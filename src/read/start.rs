//! How files of each format begin: the content tells a format where the name does not.
//!
//! In: the first kilobytes of a file, without byte order mark and white space
//! before them. Out: whether it is of a format.

use super::element;
use super::metadata::Field;

/// Nothing that can be seen tells text and Markdown.
pub(super) fn of_nothing(_: &[u8]) -> bool {
    false
}

pub(super) fn of_zip(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04")
}

pub(super) fn of_tar(start: &[u8]) -> bool {
    start.get(257..262) == Some(b"ustar")
}

pub(super) fn of_warc(start: &[u8]) -> bool {
    start.starts_with(b"WARC/")
}

pub(super) fn of_parquet(start: &[u8]) -> bool {
    start.starts_with(b"PAR1")
}

pub(super) fn of_rtf(start: &[u8]) -> bool {
    start.starts_with(b"{\\rtf")
}

pub(super) fn of_pdf(start: &[u8]) -> bool {
    start.starts_with(b"%PDF-")
}

pub(super) fn of_feed(start: &[u8]) -> bool {
    has_root(start, &["<rss", "<feed", "<rdf:RDF"])
}

pub(super) fn of_news(start: &[u8]) -> bool {
    has_root(start, &["<nitf", "<newsItem", "<newsMessage", "<opml"])
}

/// Whether XML has one of these elements near its beginning.
fn has_root(start: &[u8], roots: &[&str]) -> bool {
    let start = first(start, 2048);
    start.starts_with('<') && roots.iter().any(|root| start.contains(root))
}

/// So many bytes as text.
fn first(start: &[u8], bytes: usize) -> std::borrow::Cow<'_, str> {
    let (start, _) = start.split_at(bytes.min(start.len()));
    String::from_utf8_lossy(start)
}

fn first_line(start: &[u8]) -> &[u8] {
    start.split(|b| *b == b'\n').next().expect("splitting gives one piece at least")
}

/// Whether something begins as pages do: with the document's type, or with
/// nothing but elements of HTML.
pub(super) fn of_page(start: &[u8]) -> bool {
    let start = first(start, 1024).to_ascii_lowercase();
    let tag = past_prologue(&start).strip_prefix('<').unwrap_or("");
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric() && c != '!');
    let (name, _) = tag.split_at(end.unwrap_or(tag.len()));
    let page = matches!(name, "html" | "head" | "body" | "meta" | "title" | "link" | "script");
    let block = element::is_block(name)
        || element::is_formatting(name)
        || matches!(name, "a" | "img" | "br");
    page || tag.starts_with("!doctype html") || block && tag.contains("</")
}

/// What follows the comments and the declaration of XML.
fn past_prologue(start: &str) -> &str {
    let mut rest = start.trim_start();
    for (mark, end) in [("<!--", "-->"), ("<?xml", "?>")] {
        while let Some(inside) = rest.strip_prefix(mark) {
            let Some((_, after)) = inside.split_once(end) else { return "" };
            rest = after.trim_start();
        }
    }
    rest
}

/// A list of objects, or an object that goes on over several lines, which is no
/// line of JSON Lines.
pub(super) fn of_json(start: &[u8]) -> bool {
    if let Some(rest) = start.strip_prefix(b"[") {
        return matches!(rest.trim_ascii_start().first(), Some(b'{' | b']'));
    }
    let Some(rest) = start.strip_prefix(b"{") else { return false };
    let line = first_line(start);
    rest.trim_ascii_start().starts_with(b"\"") && start.len() > line.len() && !is_json(line)
}

pub(super) fn of_json_lines(start: &[u8]) -> bool {
    let object = start.first() == Some(&b'{') && start.get(1) != Some(&b'\\');
    object && start.iter().take(4096).any(|b| *b == b'"')
}

/// Whether something is JSON Lines: its first line is whole, and more follow.
pub(super) fn is_json_lines(start: &[u8]) -> bool {
    let line = first_line(start);
    let (_, rest) = start.split_at(line.len());
    line.starts_with(b"{") && !rest.trim_ascii().is_empty() && is_json(line)
}

fn is_json(bytes: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok()
}

/// Whether the first line that is no comment has ten columns.
pub(super) fn of_conllu(start: &[u8]) -> bool {
    let lines = start.split(|b| *b == b'\n');
    let Some(word) = lines.into_iter().find(|line| !line.starts_with(b"#")) else { return false };
    let columns = word.split(|b| *b == b'\t').count();
    columns == 10 && (start.starts_with(b"1\t") || start.starts_with(b"#"))
}

pub(super) fn of_mail(start: &[u8]) -> bool {
    mail_headers(start).is_some_and(|known| known >= 3)
}

/// A line `From ann Sun May 22 10:00:00 2022`, and headers below it.
pub(super) fn of_mail_box(start: &[u8]) -> bool {
    let line = first_line(start);
    let (_, rest) = start.split_at(line.len());
    let is_clock = |w: &[u8]| w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit();
    let dated = line.starts_with(b"From ") && line.windows(3).any(is_clock);
    dated && mail_headers(rest.trim_ascii_start()).is_some()
}

pub(super) fn of_mhtml(start: &[u8]) -> bool {
    let start = first(start, 4096).to_ascii_lowercase();
    start.contains("multipart/related") && mail_headers(start.as_bytes()).is_some()
}

const MAIL_HEADERS: [&str; 12] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "received",
    "return-path",
    "delivered-to",
    "reply-to",
    "snapshot-content-location",
];

/// How many headers of mail stand at the start; `None` where something else does.
fn mail_headers(start: &[u8]) -> Option<usize> {
    let start = String::from_utf8_lossy(start);
    let mut known = 0;
    for line in start.lines().take_while(|line| !line.trim().is_empty()) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let (name, _) = line.split_once(':')?;
        let word = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !word {
            return None;
        }
        known += usize::from(MAIL_HEADERS.contains(&name.to_ascii_lowercase().as_str()));
    }
    let technical = ["message-id:", "mime-version:", "received:", "return-path:"];
    let lower = start.to_ascii_lowercase();
    let is_mail = known >= 2 && technical.iter().any(|name| lower.contains(name));
    is_mail.then_some(known)
}

/// A first line of column names, one of which is that of texts.
pub(super) fn of_table(start: &[u8]) -> bool {
    let line = first_line(start);
    let more = start.len() > line.len();
    let line = String::from_utf8_lossy(line);
    let names: Vec<&str> = line.split(char::from(delimiter(&line))).map(bare_column).collect();
    let known: Vec<Field> = names.iter().filter_map(|name| Some(Field::of(name)?.0)).collect();
    let short = names.iter().all(|name| name.len() < 60);
    more && names.len() >= 2 && known.len() >= 2 && known.contains(&Field::Text) && short
}

/// The name of a column without quotation marks and blanks.
pub(super) fn bare_column(name: &str) -> &str {
    name.trim().trim_matches('"').trim()
}

/// What stands between the columns of a row: what the first row has most of.
pub(super) fn delimiter(first: &str) -> u8 {
    let mut best = (0, b',');
    for mark in [b',', b'\t', b';', b'|'] {
        let count = first.bytes().filter(|b| *b == mark).count();
        if count > best.0 {
            best = (count, mark);
        }
    }
    best.1
}
