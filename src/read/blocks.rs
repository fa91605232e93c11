//! Units become blocks: which is the title, which are headings, items,
//! paragraphs, and which are not the article's.

use super::boilerplate::{Boilerplate, ends_sentence};
use super::layout::{Shape, Unit};
use crate::text::{Block, BlockKind, Span};

/// Headlines have at most so many words.
const LONGEST_HEADLINE: usize = 24;
/// Headings within an article have at most so many words.
const LONGEST_HEADING: usize = 14;

/// Where the title of an article is to be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TitleIs {
    /// Known from elsewhere: among the units is none.
    Elsewhere,
    /// Perhaps among the first units, by its looks.
    Sought,
}

/// The blocks of a text, from its units.
pub(crate) fn blocks(
    text: &str,
    units: &[Unit],
    title: TitleIs,
    boilerplate: &Boilerplate,
) -> Vec<Block> {
    let marks = boilerplate.mark(text, units);
    let title = (title == TitleIs::Sought).then(|| title_at(text, units, &marks)).flatten();
    let prose = |i: usize| i < units.len() && !marks.get(i).copied().unwrap_or(true);
    let mut blocks = Vec::with_capacity(units.len());
    for (i, unit) in units.iter().enumerate() {
        let next = (i + 1..units.len()).find(|&j| prose(j)).and_then(|j| units.get(j));
        let kind = if title == Some(i) {
            BlockKind::Title
        } else if !prose(i) {
            BlockKind::Boilerplate
        } else {
            kind(text, unit, next)
        };
        blocks.push(Block { span: unit.span, kind });
    }
    blocks
}

/// The kind of a unit that is neither title nor boilerplate.
fn kind(text: &str, unit: &Unit, next: Option<&Unit>) -> BlockKind {
    let words = unit.span.slice(text);
    let heads = next.is_some_and(|next| {
        next.shape == Shape::Plain && next.span.len() > 2 * unit.span.len().min(120)
    });
    match unit.shape {
        Shape::Heading => BlockKind::Heading,
        Shape::Item => BlockKind::Item,
        Shape::Plain if is_heading(words) && heads => BlockKind::Heading,
        Shape::Plain => BlockKind::Paragraph,
    }
}

/// Whether a unit looks like a heading: short, and does not end as a sentence does.
fn is_heading(words: &str) -> bool {
    let question = words.ends_with('?') && !words.starts_with(['"', '“', '‘']);
    words.split_whitespace().count() <= LONGEST_HEADING
        && (!ends_sentence(words) || question)
        && words.starts_with(|c: char| !c.is_lowercase())
}

/// The unit that looks like the headline: the first that is not boilerplate,
/// short, without a full stop (or with the capitals of a headline), and with
/// something longer below it.
fn title_at(text: &str, units: &[Unit], marks: &[bool]) -> Option<usize> {
    const LAST: usize = 4;
    let prose = |from: usize| (from..units.len()).find(|&i| marks.get(i) == Some(&false));
    let first = prose(0).filter(|&i| i < LAST)?;
    let unit = units.get(first)?;
    if unit.shape == Shape::Heading {
        return Some(first);
    }
    let below = prose(first + 1)?;
    let (words, rest) = (unit.span.slice(text), units.get(below..)?);
    let longer = rest.iter().take(4).any(|u| u.span.len() > words.len());
    (unit.shape != Shape::Item && is_headline(words) && longer).then_some(first)
}

fn is_headline(words: &str) -> bool {
    let count = words.split_whitespace().count();
    let ends = words.trim_end_matches(['"', '\'', '”', '’', ')']);
    let sentence = ends.ends_with(['.', ':', ';', ',', '…']);
    (1..=LONGEST_HEADLINE).contains(&count)
        && !words.contains('\n')
        && (!sentence || ends.ends_with('.') && has_title_case(words))
}

/// Whether words are capitalised as in headlines: nearly all that have more
/// than three letters.
fn has_title_case(words: &str) -> bool {
    let long = || words.split_whitespace().skip(1).filter(|w| w.chars().count() > 3);
    let capitals = long().filter(|w| w.starts_with(|c: char| c.is_uppercase())).count();
    capitals >= 3 && capitals * 10 >= long().count() * 8
}

/// Where in the body the title stands again, among the first units.
pub(crate) fn repeated_title(text: &str, units: &[Unit], title: &str) -> Option<usize> {
    let bare = |s: &str| -> String {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let title = bare(title);
    units.iter().take(3).position(|u| !title.is_empty() && bare(u.span.slice(text)) == title)
}

/// The same blocks, `by` bytes further on.
pub(crate) fn shifted(blocks: Vec<Block>, by: usize) -> impl Iterator<Item = Block> {
    let by = by as u32;
    blocks.into_iter().map(move |Block { span, kind }| Block {
        span: Span::new(span.start + by, span.end + by),
        kind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Lists;
    use crate::read::layout::units;

    fn check(text: &str, expected: &str) {
        let lists = Lists::default();
        let kinds: String = blocks(text, &units(text), TitleIs::Sought, lists.boilerplate())
            .iter()
            .map(|b| match b.kind {
                BlockKind::Title => 't',
                BlockKind::Heading => 'h',
                BlockKind::Paragraph => 'p',
                BlockKind::Item => 'i',
                BlockKind::Boilerplate => '-',
            })
            .collect();
        assert_eq!(kinds, expected, "{text}");
    }

    const BODY: &str = "The ferry that sank in the harbour on Friday had been inspected twice \
                        this year, its owner said on Sunday.";

    #[test]
    fn the_first_short_line_is_the_title() {
        check(&format!("Ferry had been inspected twice\n\n{BODY}"), "tp");
        check(&format!("Report: ferry was inspected\n{BODY}"), "tp");
        check(&format!("Was the Ferry Ever Inspected?\n{BODY}"), "tp");
        check(&format!("Sunken Ferry Had Twice Passed Inspection, Owner Says.\n{BODY}"), "tp");
        check(&format!("By Ann Lee\n\nFerry had been inspected twice\n\n{BODY}"), "-tp");
    }

    #[test]
    fn a_sentence_is_no_title() {
        check(&format!("A ferry sank on Friday.\n\n{BODY}"), "pp");
        check(BODY, "p");
        check("Only a short line", "p");
    }

    #[test]
    fn headings_stand_above_longer_text() {
        check(&format!("{BODY}\n\nWhat happened\n\n{BODY}\nThe end is near"), "phpp");
        check(&format!("{BODY}\n- first thing\n- second thing"), "pii");
    }

    #[test]
    fn boilerplate_is_marked() {
        let tail = [
            "Read more: How the port was built",
            "Ann Lee ✉",
            "Ann Lee is a reporter at the Bay Gazette.",
            "Photo: Bo Day/Bay Gazette",
            "Follow us on Twitter @baygazette",
            "Sign up for our daily newsletter.",
            "© 2022 Bay Gazette. All rights reserved.",
            "Leave a Reply",
            "I was on that ferry and nobody told us anything.",
        ]
        .join("\n");
        check(&format!("{BODY}\n{BODY}\n{BODY}\n{tail}"), "ppp---------");
    }

    #[test]
    fn notes_on_authors_name_somebody_new() {
        let note = "Bo Day is director of harbour studies at the University of Elsewhere.";
        check(&format!("{BODY}\n{BODY}\n{BODY}\n{note}"), "ppp-");
        check(&format!("{BODY}\n{BODY} “Bad luck,” said Bo Day.\n{BODY}\n{note}"), "pppp");
    }

    #[test]
    fn sentences_that_only_look_like_it_are_kept() {
        for line in [
            "By Friday, the divers had found the wheel.",
            "The photo was published by the Bay Gazette on Monday.",
            "“Follow us,” the captain said.",
            "Ann Lee, a reporter, was on board when the alarm was raised.",
            "The port's privacy policy was criticised by two members of the council.",
            "Related claims are being heard by a court in the capital.",
            "The report published on Tuesday showed that half of the boats were old.",
            "Above, the crane swung over the wreck.",
        ] {
            check(&format!("{BODY}\n{BODY}\n{BODY}\n{line}\n{BODY}\n{BODY}"), "pppppp");
        }
    }
}
