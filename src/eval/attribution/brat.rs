//! Reads brat standoff annotations (<https://brat.nlplab.org/standoff.html>)
//! of attributions: text-bound `Source`, `Cue` and `Content`, and the events
//! that join them. Notes, and spans that no event joins, are passed over.

use std::collections::BTreeMap;

use super::Roles;
use crate::text::Span;

/// What is wrong with a line of annotations.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BratError {
    /// The line does not have the form its first letter asks for.
    #[error("line {line}: cannot be read: {text}")]
    Malformed {
        /// Counted from 1.
        line: usize,
        /// The line itself.
        text: String,
    },
    /// A span ends outside of the text.
    #[error("line {line}: the text has no character {offset}")]
    Outside {
        /// Counted from 1.
        line: usize,
        /// In characters.
        offset: usize,
    },
}

/// Reads the attributions of one annotation file. Offsets are characters of `text`.
pub fn read_brat(text: &str, annotations: &str) -> Result<Vec<Roles>, BratError> {
    let bytes: Vec<u32> =
        text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
    let mut bound = BTreeMap::new();
    let mut events = Vec::new();
    for (i, line) in annotations.lines().enumerate() {
        let mut fields = line.split('\t');
        let (Some(id), Some(rest)) = (fields.next(), fields.next()) else { continue };
        if is_id(id, 'T') {
            bound.insert(id, spans(rest, &bytes, i + 1)?);
        } else if is_id(id, 'E') {
            events.push(rest);
        }
    }
    Ok(events.iter().map(|e| roles(e, &bound)).filter(|r| !r.content.is_empty()).collect())
}

fn is_id(id: &str, letter: char) -> bool {
    id.strip_prefix(letter).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// `Content 12 34;40 50` as byte spans.
fn spans(field: &str, bytes: &[u32], line: usize) -> Result<Vec<Span>, BratError> {
    let malformed = || BratError::Malformed { line, text: field.to_owned() };
    let at = |number: &str| {
        let offset: usize = number.parse().map_err(|_| malformed())?;
        bytes.get(offset).copied().ok_or(BratError::Outside { line, offset })
    };
    let (_, ranges) = field.split_once(' ').ok_or_else(malformed)?;
    let range = |range: &str| {
        let (start, end) = range.split_once(' ').ok_or_else(malformed)?;
        Ok(Span::new(at(start)?, at(end)?))
    };
    ranges.split(';').map(range).collect()
}

/// `Attribution:T8 Source:T3 Cue:T2 Content:T1 Content2:T9`.
fn roles(event: &str, bound: &BTreeMap<&str, Vec<Span>>) -> Roles {
    let mut roles = Roles::default();
    for (role, id) in event.split(' ').filter_map(|argument| argument.split_once(':')) {
        let spans = bound.get(id).into_iter().flatten().copied();
        match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "Source" => roles.source.extend(spans),
            "Cue" => roles.cue.extend(spans),
            "Content" => roles.content.extend(spans),
            _ => {}
        }
    }
    roles.source.sort_unstable();
    roles.cue.sort_unstable();
    roles.content.sort_unstable();
    roles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, annotations: &str, expected: Result<&str, BratError>) {
        let read = read_brat(text, annotations).map(|all| {
            let words = |spans: &[Span]| -> String {
                spans.iter().map(|s| s.slice(text)).collect::<Vec<_>>().join("+")
            };
            let lines = all
                .iter()
                .map(|r| [&r.source, &r.cue, &r.content].map(|spans| words(spans)).join("|"));
            lines.collect::<Vec<_>>().join("\n")
        });
        assert_eq!(read, expected.map(str::to_owned));
    }

    #[test]
    fn reads_events() {
        check(
            "“Né,” he said, “so.”",
            "T1\tContent 0 5;15 20\t“Né,” “so.”\nT2\tCue 9 13\tsaid\nT3\tSource 6 8\the\n\
             T4\tAttribution 9 13\tsaid\nE1\tAttribution:T4 Source:T3 Cue:T2 Content:T1\n\
             #1\tAnnotatorNotes T1\tsure?\nand more",
            Ok("he|said|“Né,”+“so.”"),
        );
    }

    #[test]
    fn names_the_broken_line() {
        let broken = BratError::Malformed { line: 1, text: "Content".into() };
        check("a", "T1\tContent", Err(broken));
        check("a", "\nT1\tCue 0 9", Err(BratError::Outside { line: 2, offset: 9 }));
    }
}
