//! The news agency that an article credits with its text.
//!
//! Many papers print what one agency wrote. Whoever counts how many report
//! something must count the agency once, so its name is looked for where papers
//! put it: in the dateline (*OSLO, May 3 (Newswire) - The ferry …*), in the
//! byline, and in a line of the page (*Source: Newswire*).

use crate::text::{Article, BlockKind};

/// A dateline has at most this many words before the agency.
const DATELINE_WORDS: usize = 7;
/// What stands between the names of a byline.
const BETWEEN: [&str; 8] = [",", "|", "/", ";", " and ", " for ", " via ", " with "];
/// What a line that names the source begins with.
const SOURCE: [&str; 4] = ["source:", "sources:", "via:", "credit:"];

/// The agency's name as printed. A dateline tells by its form, unless the name
/// is known to be that of something else (*KOSICE (Slovakia) - …*); a name
/// elsewhere must be known as that of a news medium. `is_medium` says so of the
/// names that are known.
pub(super) fn credit(article: &Article, is_medium: impl Fn(&str) -> Option<bool>) -> Option<&str> {
    let known = |name: &&str| is_medium(name) == Some(true);
    let texts = |kind: BlockKind| {
        let blocks = article.blocks.iter().filter(move |block| block.kind == kind);
        blocks.map(|block| block.span.slice(&article.text))
    };
    let dateline = texts(BlockKind::Paragraph).next().and_then(in_dateline);
    let byline = || names(article.byline.as_deref()?).find(known);
    let line =
        || texts(BlockKind::Boilerplate).filter_map(after_source).flat_map(names).find(known);
    dateline.filter(|name| is_medium(name) != Some(false)).or_else(byline).or_else(line)
}

/// The name in the brackets of a dateline, before its dash.
fn in_dateline(paragraph: &str) -> Option<&str> {
    let (place, rest) = paragraph.split_once('(')?;
    let (name, rest) = rest.split_once(')')?;
    let words = place.split_whitespace().count();
    let is_place = place.starts_with(char::is_uppercase) && (1..=DATELINE_WORDS).contains(&words);
    let is_name = name.starts_with(char::is_uppercase) && name.split_whitespace().count() <= 4;
    let dash = rest.trim_start().starts_with(['-', '–', '—']);
    (is_place && is_name && dash && !place.contains('\n')).then_some(name.trim())
}

/// The names of a byline.
fn names(byline: &str) -> impl Iterator<Item = &str> {
    let mut parts = vec![byline];
    for mark in BETWEEN {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    parts.into_iter().map(|part| {
        let part = part.trim().trim_end_matches('.');
        let by = part.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "));
        if by { part.get(3..).unwrap_or(part).trim() } else { part }
    })
}

/// What follows *Source:* at the start of a line.
fn after_source(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(['(', '[', '*', ' ']).trim_end_matches([')', ']', ' ']);
    SOURCE.iter().find_map(|word| {
        let head = line.get(..word.len())?;
        head.eq_ignore_ascii_case(word).then(|| line.get(word.len()..).unwrap_or(""))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_name_agencies() {
        let check = |paragraph: &str, expected: Option<&str>| {
            assert_eq!(in_dateline(paragraph), expected, "{paragraph}");
        };
        check("OSLO, May 3 (Newswire) - The ferry sank.", Some("Newswire"));
        check("Porto (Coast News Agency) — Nobody was hurt.", Some("Coast News Agency"));
        check("The ferry (built in 1990) sank.", None);
        check("The ferry (Newswire) sank.", None);
        check("LISBON — The mayor (Ada Brook) - left.", Some("Ada Brook"));
        check("A long sentence that goes on and on (Newswire) - no.", None);
    }

    #[test]
    fn bylines_are_taken_apart() {
        let check = |byline: &str, expected: &[&str]| {
            assert_eq!(names(byline).collect::<Vec<_>>(), expected, "{byline}");
        };
        check("Ada Brook, Newswire", &["Ada Brook", "Newswire"]);
        check("By Ada Brook and Ben Hill for Newswire.", &["Ada Brook", "Ben Hill", "Newswire"]);
    }

    #[test]
    fn lines_name_sources() {
        assert_eq!(after_source("(Source: Newswire)"), Some(" Newswire"));
        assert_eq!(after_source("Sources say so"), None);
    }
}
