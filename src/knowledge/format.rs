//! What kinds of knowledge bases are read, and how they are told apart.

use super::error::KnowledgeError;
use crate::read::Stream;

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A JSON dump of Wikidata: an array with one item a line.
    Wikidata,
    /// N-Triples.
    NTriples,
    /// Turtle.
    Turtle,
    /// A table of GeoNames: 19 columns without a header.
    GeoNames,
    /// A table with commas between its cells, and a header.
    Csv,
    /// A table with tabs between its cells, and a header.
    Tsv,
    /// FollowTheMoney, as OpenSanctions has it: one entity a line.
    FollowTheMoney,
    /// One entity a line: `qid`, `label`, `aliases`, `kind`, `desc`.
    JsonLines,
}

/// How many columns a table of GeoNames has.
pub(super) const GEONAMES_COLUMNS: usize = 19;

impl Format {
    /// All formats with their names on the command line.
    pub const ALL: [(&'static str, Self); 8] = [
        ("wikidata", Self::Wikidata),
        ("ntriples", Self::NTriples),
        ("turtle", Self::Turtle),
        ("geonames", Self::GeoNames),
        ("csv", Self::Csv),
        ("tsv", Self::Tsv),
        ("ftm", Self::FollowTheMoney),
        ("jsonl", Self::JsonLines),
    ];

    /// What an input is, by its name, else by how it begins.
    pub(super) fn of(stream: &mut Stream) -> Result<Self, KnowledgeError> {
        let name = stream.name.to_lowercase();
        let packed = [".gz", ".bz2", ".zst"];
        let name = packed.iter().find_map(|e| name.strip_suffix(e)).unwrap_or(&name).to_owned();
        let start = stream.start().map_err(KnowledgeError::Read)?;
        let start = String::from_utf8_lossy(start).into_owned();
        let by_start = || by_start(start.trim_start_matches('\u{feff}'));
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_owned());
        let format = match ending.as_deref() {
            Some("nt") => Some(Self::NTriples),
            Some("ttl") => Some(Self::Turtle),
            Some("csv") => Some(Self::Csv),
            Some("tsv") => Some(Self::Tsv),
            _ => by_start(),
        };
        format.ok_or(KnowledgeError::Unknown { file: stream.name.clone() })
    }
}

fn by_start(start: &str) -> Option<Format> {
    let line = start.lines().find(|line| !matches!(line.trim(), "" | "["))?;
    let cells: Vec<&str> = line.split('\t').collect();
    if cells.len() == GEONAMES_COLUMNS && cells[0].bytes().all(|b| b.is_ascii_digit()) {
        return Some(Format::GeoNames);
    }
    let has = |key: &str| line.contains(&format!("\"{key}\""));
    match line.trim_start().chars().next()? {
        '{' if has("qid") => Some(Format::JsonLines),
        '{' if has("schema") => Some(Format::FollowTheMoney),
        '{' if has("labels") || has("claims") || has("type") => Some(Format::Wikidata),
        '@' => Some(Format::Turtle),
        '<' => Some(Format::NTriples),
        _ if cells.len() > 1 => Some(Format::Tsv),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(start: &str, expected: Option<Format>) {
        assert_eq!(by_start(start), expected, "{start}");
    }

    #[test]
    fn formats_are_told_by_how_they_begin() {
        check("[\n{\"type\":\"item\",\"id\":\"Q1\"},\n", Some(Format::Wikidata));
        check("{\"qid\": \"Q1\", \"label\": \"Orm\"}\n", Some(Format::JsonLines));
        check("{\"id\": \"x\", \"schema\": \"Person\"}\n", Some(Format::FollowTheMoney));
        check("@prefix a: <b> .\n", Some(Format::Turtle));
        check("<https://a.example/1> <p> \"x\" .\n", Some(Format::NTriples));
        check(&format!("12\tOrm{}\n", "\t".repeat(17)), Some(Format::GeoNames));
        check("id\tname\n", Some(Format::Tsv));
        check("Once upon a time", None);
        check("", None);
    }
}
