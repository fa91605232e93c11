//! The article: its frozen text, what is known of it, and how it is laid out.

use std::fmt;
use std::str::FromStr;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::{Reading, Span};

/// The name of an article, unique in a store: letters, digits, `-`, `_` and `.` only,
/// so that it can stand in an IRI and a file name as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ArticleId(CompactString);

impl ArticleId {
    /// Makes an id of any words: characters that may not stand in an id become `-`.
    /// Empty input gives `article`.
    pub fn new(words: &str) -> Self {
        let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let id: String = words.chars().map(|c| if safe(c) { c } else { '-' }).collect();
        let id = id.trim_matches(['-', '.']);
        Self(if id.is_empty() { "article".into() } else { id.into() })
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One article as it was read. The text never changes again.
///
/// [`Article::new`] makes one of plain text, [`Article::builder`] one of which
/// more is known; [`read`](crate::read) makes them of files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Article {
    /// Its name in the store.
    pub id: ArticleId,
    /// Where it was published.
    pub url: Option<String>,
    /// Its headline; also stands in `text` as a [`BlockKind::Title`] block, so
    /// that claims of the headline have evidence.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it, as printed (without "By").
    pub byline: Option<String>,
    /// Where and when it was reported, as an agency gives it: `OSLO, May 3`.
    pub dateline: Option<String>,
    /// Whom it is credited to, as an agency or a page gives it.
    pub credit: Option<String>,
    /// Whose it is and what may be done with it, as given.
    pub rights: Option<String>,
    /// When it was published; `None` is unknown and never stands for today.
    pub published: Option<Published>,
    /// BCP 47 tag, `en` if nothing else is known.
    pub language: CompactString,
    /// The whole text. Blocks, not the text, say what is boilerplate.
    pub text: String,
    /// The layout, in order, without overlaps; gaps are white space.
    pub blocks: Vec<Block>,
    /// How it was found in what was read.
    #[serde(skip)]
    pub reading: Reading,
}

impl Article {
    /// An article that is laid out already, of which nothing else is known.
    ///
    /// # Panics
    /// Where the blocks do not stand in order and without overlaps, on character
    /// boundaries of the text.
    pub fn laid_out(id: &str, text: impl Into<String>, blocks: Vec<Block>) -> Self {
        let text = text.into();
        let in_order = blocks.windows(2).all(|two| two[0].span.end <= two[1].span.start);
        let fit = blocks.iter().all(|block| text.get(block.span.range()).is_some());
        assert!(in_order && fit, "the blocks of {id} do not fit its text");
        Self {
            id: ArticleId::new(id),
            url: None,
            title: None,
            publisher: None,
            byline: None,
            dateline: None,
            credit: None,
            rights: None,
            published: None,
            language: "en".into(),
            text,
            blocks,
            reading: Reading::default(),
        }
    }

    /// An article that is one paragraph.
    pub fn paragraph(id: &str, text: impl Into<String>) -> Self {
        let text = text.into();
        let block = Block { span: Span::of(0..text.len()), kind: BlockKind::Paragraph };
        Self::laid_out(id, text, vec![block])
    }
}

/// When an article appeared: a day, and the time of day where it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Published {
    /// A moment with its offset, kept as UTC.
    Moment(jiff::Timestamp),
    /// A day of the calendar.
    Day(jiff::civil::Date),
}

impl Published {
    /// The day, in UTC where a moment is known.
    pub fn day(self) -> jiff::civil::Date {
        match self {
            Self::Moment(t) => t.to_zoned_datetime(jiff::tz::TimeZone::UTC).date(),
            Self::Day(d) => d,
        }
    }

    /// The moment; of a day its first, in UTC.
    pub(crate) fn moment(self) -> jiff::Timestamp {
        match self {
            Self::Moment(t) => t,
            Self::Day(d) => {
                let midnight = d.to_datetime(jiff::civil::Time::midnight());
                let ends = [jiff::Timestamp::MIN, jiff::Timestamp::MAX];
                let moment = jiff::tz::TimeZone::UTC.to_timestamp(midnight);
                // The first and the last day of the calendar have none.
                moment.unwrap_or(ends[usize::from(d.year() > 0)])
            }
        }
    }
}

/// Text that is neither a day nor a moment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("neither a day (2024-05-31) nor a moment (2024-05-31T12:00:00Z): {0}")]
pub struct NoDate(String);

impl FromStr for Published {
    type Err = NoDate;

    /// Reads ISO 8601: `2024-05-31`, `2024-05-31T12:00:00Z`.
    fn from_str(text: &str) -> Result<Self, NoDate> {
        let moment = text.parse().map(Self::Moment);
        moment.or_else(|_| text.parse().map(Self::Day)).map_err(|_| NoDate(text.to_owned()))
    }
}

/// A run of the text that is laid out as one thing. Sentences never cross blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// The headline of the article.
    Title,
    /// A heading within it, or a standfirst.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list.
    Item,
    /// Text that is not the article's: bylines, share buttons, copyright,
    /// author biographies, "read more", comments. Kept in the text, never
    /// extracted from.
    Boilerplate,
}

impl BlockKind {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Title, Self::Heading, Self::Paragraph, Self::Item, Self::Boilerplate];

    /// The kind's name, as JSON and CoNLL-U write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Item => "item",
            Self::Boilerplate => "boilerplate",
        }
    }
}
