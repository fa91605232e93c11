//! Plain text and Markdown: one article a file, with an optional header.

use std::sync::Arc;

use super::compose::Body;
use super::{Part, Read, ReadError, Reader, Reads, header, single};

pub(super) fn read_text(reader: &Arc<Reader>, part: Part) -> Reads {
    single(read(reader, part, Body::plain))
}

#[cfg(feature = "markdown")]
pub(super) fn read_markdown(reader: &Arc<Reader>, part: Part) -> Reads {
    single(read(reader, part, super::markdown::body))
}

fn read(reader: &Arc<Reader>, part: Part, lay_out: fn(&str) -> Body) -> Result<Read, ReadError> {
    let Part { stream, origin } = part;
    let text = stream.text(reader.options.longest_article)?;
    if let Some(kind) = not_prose(&text) {
        return Err(ReadError::NotProse { name: origin.name.to_string(), kind });
    }
    let header::Headed { metadata, body } = header::split(&text);
    let body = lay_out(body);
    if body.units.is_empty() {
        return Err(ReadError::NoBody { name: origin.name.to_string() });
    }
    let called = match &metadata.id {
        Some(id) => super::metadata::id_of(id).into(),
        None => reader.called_by_file(&origin, &body.text),
    };
    reader.article(origin.name, called, metadata, body)
}

/// What a text is, where its lines are plainly not those of an article.
fn not_prose(text: &str) -> Option<&'static str> {
    const LINES: usize = 40;
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).take(LINES).collect();
    let most = |is: fn(&str) -> bool| {
        lines.len() >= 4 && lines.iter().filter(|line| is(line)).count() * 10 >= lines.len() * 8
    };
    if most(is_log_line) {
        return Some("a log");
    }
    if most(is_markup_line) {
        return Some("markup");
    }
    if most(is_code_line) {
        return Some("a program or a file of settings");
    }
    is_table(&lines).then_some("a table without a column of texts")
}

/// Whether all lines have as many cells, and none ends as a sentence does.
fn is_table(lines: &[&str]) -> bool {
    const FEWEST: usize = 4;
    let ends = |line: &&str| line.ends_with(['.', '!', '?', '”', '"']);
    let same = |mark: char| {
        let mut counts = lines.iter().map(|line| line.matches(mark).count());
        let first = counts.next().filter(|count| *count >= 2);
        first.is_some_and(|first| counts.all(|count| count == first))
    };
    lines.len() >= FEWEST && !lines.iter().any(ends) && [',', ';', '\t', '|'].into_iter().any(same)
}

/// A line that begins with a time of day and a date, or with a date and a level.
fn is_log_line(line: &str) -> bool {
    let line = line.trim_start_matches(['[', '(', '<', ' ']);
    let stamp: String = line.chars().take(24).collect();
    let digits = stamp.chars().filter(char::is_ascii_digit).count();
    let clock = stamp.matches(':').count() >= 2;
    const LEVELS: [&str; 7] = ["INFO", "WARN", "ERROR", "DEBUG", "TRACE", "NOTICE", "FATAL"];
    let level = line.split([' ', ']', ':']).take(6).any(|word| LEVELS.contains(&word));
    digits >= 6 && (clock || level)
}

fn is_markup_line(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('<') && line.ends_with('>')
}

fn is_code_line(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with([';', '{', '}', '\\']) || line.trim_start().starts_with("//")
}
