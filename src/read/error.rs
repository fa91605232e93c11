//! Why an input could not be read, and what to do about it.

use std::io;
use std::path::PathBuf;

use super::conllu::ConlluError;
use super::metadata::id_of;
use crate::text::ArticleId;

/// Why one input, or one article of it, could not be read. Each names the
/// input, the line or byte where that helps, and what to do; the inputs after
/// it are read all the same.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Nothing is there.
    #[error("{path}: no such file or folder; check the spelling, or the folder you are in")]
    Missing {
        /// The path as given.
        path: PathBuf,
    },
    /// The system refuses to open or read it.
    #[error("{name}: cannot be read: {source}")]
    Io {
        /// The input.
        name: String,
        /// What the system says.
        source: io::Error,
    },
    /// A folder, or one below it, cannot be listed.
    #[error("{path}: this folder cannot be listed: {source}; check its permissions")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A folder without a file of a kind that can be read.
    #[error(
        "{path}: no articles in this folder; `reportedly build --help` lists the kinds of files \
         that are read"
    )]
    NoArticles {
        /// The folder.
        path: PathBuf,
    },
    /// A kind of file that is known, but not read.
    #[error("{path}: {kind} is not read; save the article as a web page or as plain text")]
    Unsupported {
        /// The file.
        path: PathBuf,
        /// What kind of file it is.
        kind: &'static str,
    },
    /// A list of feeds (OPML).
    #[error(
        "{name}: a list of feeds, which tells where articles are and not what they say; fetch \
         them with `reportedly fetch --list`"
    )]
    FeedList {
        /// The input.
        name: String,
    },
    /// A kind of file that needs a feature which this build was made without.
    #[error("{name}: {kind} is not read by this build; build it with the feature `{feature}`")]
    NotBuilt {
        /// The input.
        name: String,
        /// What kind of file it is.
        kind: &'static str,
        /// The feature of the crate.
        feature: &'static str,
    },
    /// A text whose lines are not those of an article.
    #[error("{name}: {kind}, no article; leave it out")]
    NotProse {
        /// The input.
        name: String,
        /// What it is instead.
        kind: &'static str,
    },
    /// An article in another language than English.
    #[error("{name}: {}not English but {language}; skipped", quoted(title.as_deref()))]
    NotEnglish {
        /// The input.
        name: String,
        /// The article's headline.
        title: Option<String>,
        /// The name of its language, or its tag.
        language: String,
    },
    /// A file that breaks the rules of its format.
    #[error("{name}: this {kind} cannot be read: {reason}")]
    Broken {
        /// The input.
        name: String,
        /// What it should be.
        kind: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// An archive within an archive within an archive, and so on.
    #[error("{name}: too many archives in each other; unpack the outer ones")]
    TooDeep {
        /// The input.
        name: String,
    },
    /// A document whose pages are pictures of text.
    #[error(
        "{name}: its pages are pictures, without text; recognise it first, for example with \
         `ocrmypdf`"
    )]
    Scanned {
        /// The input.
        name: String,
    },
    /// An item that its provider withdrew.
    #[error("{name}: \"{id}\" is killed by its provider; a build takes it out of the store")]
    Withdrawn {
        /// The input.
        name: String,
        /// The provider's id of it.
        id: String,
        /// The number of the version that is killed, where the provider counts them: one
        /// of a higher number is not.
        version: Option<u64>,
    },
    /// A table without a column of texts.
    #[error("{name}: no column is called text, body or content; {hint}")]
    NoTextColumn {
        /// The input.
        name: String,
        /// What its columns are called, and what to do.
        hint: String,
    },
    /// A table without a column that the user named.
    #[error("{name}: no column \"{column}\"{}; it has {columns}", meant(near.as_deref()))]
    NoColumn {
        /// The input.
        name: String,
        /// The column as named.
        column: String,
        /// The names of its columns.
        columns: String,
        /// One that is called much the same.
        near: Option<String>,
    },
    /// An object of a JSON document without the article's text.
    #[error("{name}: no text; {hint}")]
    NoTextField {
        /// The input.
        name: String,
        /// What it has instead, and what to do.
        hint: String,
    },
    /// A page, feed entry or document in which no article was found.
    #[error("{name}: no article found in it; save the page after it has loaded in full")]
    NoArticle {
        /// The input.
        name: String,
    },
    /// An archive, a feed or the like in which no article stands. See
    /// [`ReadError::is_note`].
    #[error("{name}: no article in it")]
    Nothing {
        /// The input.
        name: String,
    },
    /// No byte, or white space only.
    #[error("{name}: empty; remove it from the input")]
    Empty {
        /// The input.
        name: String,
    },
    /// A header and nothing else.
    #[error("{name}: a header, but no text below it; put the article after a blank line")]
    NoBody {
        /// The input.
        name: String,
    },
    /// A NUL byte, which no text holds.
    #[error("{name}: byte {offset} is zero, so this is no text file; convert it to UTF-8 text")]
    Binary {
        /// The input.
        name: String,
        /// Where the byte stands, from 0.
        offset: u64,
    },
    /// Not the encoding that is read.
    #[error(
        "{name}: byte {offset} is not {encoding}; convert it, for example with \
         `iconv -f WINDOWS-1252 -t UTF-8`"
    )]
    Encoding {
        /// The input.
        name: String,
        /// Where the first wrong byte stands, from 0, after decompression.
        offset: u64,
        /// What it was read as.
        encoding: &'static str,
    },
    /// A text longer than any article.
    #[error(
        "{name}: longer than {limit} bytes; one article a file, or JSON Lines with one article \
         a line, is what is read"
    )]
    TooLong {
        /// The input.
        name: String,
        /// The limit, in bytes after decompression.
        limit: u64,
    },
    /// A compressed stream that breaks off or is damaged.
    #[error("{name}: damaged or cut off: {source}; fetch or compress it again")]
    Compression {
        /// The input.
        name: String,
        /// What the decoder says.
        source: io::Error,
    },
    /// A line of JSON Lines that is not a JSON object.
    #[error("{name}, line {line}: not a JSON object: {reason}; the lines after it are read")]
    Json {
        /// The input.
        name: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong, with the column.
        reason: String,
    },
    /// A JSON object without the article's text.
    #[error("{name}, line {line}: no text; {hint}")]
    NoText {
        /// The input.
        name: String,
        /// The line, from 1.
        line: u64,
        /// What it has instead, and what to do.
        hint: String,
    },
    /// A row of a table that is wrong or too long.
    #[error("{name}, line {line}: {reason}")]
    Row {
        /// The input.
        name: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// A line that is wrong or too long as a line.
    #[error("{name}, line {line}: {reason}; the lines after it are read")]
    Line {
        /// The input.
        name: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// A sentence of CoNLL-U that breaks the format; the others are read.
    #[error("{name}, {source}")]
    Conllu {
        /// The input.
        name: String,
        /// The line, and what is wrong.
        source: ConlluError,
    },
    /// A version of an article that is not newer than the one that was read, or is
    /// stored. Nothing is lost, see [`ReadError::is_note`].
    #[error("{name}: {url} is there already, as new or newer; that version is kept")]
    Older {
        /// The input.
        name: String,
        /// The address.
        url: String,
    },
    /// A second article of the same id.
    #[error(
        "{name}: the id \"{id}\" is taken by {first}; the first is kept; give one of them \
         another id"
    )]
    DuplicateId {
        /// The input of the second.
        name: String,
        /// The id of both.
        id: String,
        /// The input of the first.
        first: String,
    },
}

impl ReadError {
    /// Whether it only tells what was passed over, and nothing is missing for it.
    pub fn is_note(&self) -> bool {
        matches!(self, Self::Older { .. } | Self::Nothing { .. } | Self::Withdrawn { .. })
    }

    /// The article that its provider withdrew, and which version of it.
    pub fn withdrawn(&self) -> Option<(ArticleId, Option<u64>)> {
        match self {
            Self::Withdrawn { id, version, .. } => Some((id_of(id), *version)),
            _ => None,
        }
    }

    /// The refusal of what only a feature reads.
    pub(super) fn not_built(name: &str, kind: &'static str, feature: &'static str) -> Self {
        Self::NotBuilt { name: name.to_owned(), kind, feature }
    }
}

/// What may have been meant.
fn meant(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!(", perhaps \"{near}\""))
}

/// A headline in front of what is said of its article.
fn quoted(title: Option<&str>) -> String {
    title.map_or_else(String::new, |title| format!("\u{201C}{title}\u{201D} is "))
}
