//! What the user names as input, and the files that it stands for.

use std::convert::Infallible;
use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use walkdir::{DirEntry, WalkDir};

use super::ReadError;

/// One input as the user names it. Sorts by path, standard input first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Input {
    /// Standard input, named `-`.
    Stdin,
    /// A file, or a folder with all that is below it.
    Path(PathBuf),
}

impl Input {
    /// The size of a file in bytes; `None` for what has none: streams, pipes.
    pub(crate) fn size(&self) -> Option<u64> {
        let Self::Path(path) = self else { return None };
        std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|file| file.len())
    }
}

impl From<OsString> for Input {
    fn from(name: OsString) -> Self {
        if name == "-" { Self::Stdin } else { Self::Path(name.into()) }
    }
}

impl From<&Path> for Input {
    fn from(path: &Path) -> Self {
        Self::Path(path.to_owned())
    }
}

impl FromStr for Input {
    type Err = Infallible;

    fn from_str(name: &str) -> Result<Self, Infallible> {
        Ok(OsString::from(name).into())
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("standard input"),
            Self::Path(path) => path.display().fmt(f),
        }
    }
}

/// How the bytes of an input are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text, one article, with an optional header.
    Text,
    /// Markdown, one article, with an optional header or front matter.
    Markdown,
    /// JSON Lines, one article a line.
    JsonLines,
    /// CoNLL-U: documents parsed elsewhere.
    Conllu,
}

/// What the ending of a file's name says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// A format that is read.
    Known(Format),
    /// Articles come like this, but it is not read.
    Unsupported(&'static str),
    /// No ending, or none that is known.
    Unknown,
}

impl Ending {
    /// The ending of a file's name, below `.gz` and `.zst`.
    pub(crate) fn of(path: &Path) -> Self {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("").to_ascii_lowercase();
        let plain = [".gz", ".zst"].iter().find_map(|z| name.strip_suffix(z)).unwrap_or(&name);
        match plain.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "txt" | "text" => Self::Known(Format::Text),
            "md" | "markdown" => Self::Known(Format::Markdown),
            "jsonl" | "ndjson" => Self::Known(Format::JsonLines),
            "conllu" => Self::Known(Format::Conllu),
            "html" | "htm" | "xhtml" => Self::Unsupported("HTML"),
            "json" => Self::Unsupported("JSON that is not one article a line"),
            "xml" | "rss" | "atom" => Self::Unsupported("XML"),
            "warc" => Self::Unsupported("WARC"),
            "pdf" => Self::Unsupported("PDF"),
            "doc" | "docx" | "odt" | "rtf" => Self::Unsupported("a word processor's file"),
            _ => Self::Unknown,
        }
    }
}

/// One file to read, or standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// Where it is.
    pub(crate) input: Input,
    /// What its name says; `None` has to be found out from its bytes.
    pub(crate) format: Option<Format>,
}

/// The files that an input stands for: itself, or all of a folder that can be
/// read, by name, folder by folder.
pub(crate) fn sources(input: &Input) -> Box<dyn Iterator<Item = Result<Source, ReadError>> + Send> {
    let Input::Path(path) = input else {
        return one(Ok(Source { input: Input::Stdin, format: None }));
    };
    match std::fs::metadata(path) {
        Ok(is) if is.is_dir() => folder(path),
        Ok(_) => one(file(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            one(Err(ReadError::Missing { path: path.clone() }))
        }
        Err(source) => one(Err(ReadError::Io { name: input.to_string(), source })),
    }
}

fn one(
    source: Result<Source, ReadError>,
) -> Box<dyn Iterator<Item = Result<Source, ReadError>> + Send> {
    Box::new(std::iter::once(source))
}

/// A file the user named: one of unknown kind is looked into.
fn file(path: &Path) -> Result<Source, ReadError> {
    let format = match Ending::of(path) {
        Ending::Known(format) => Some(format),
        Ending::Unknown => None,
        Ending::Unsupported(kind) => {
            return Err(ReadError::Unsupported { path: path.to_owned(), kind });
        }
    };
    Ok(Source { input: path.into(), format })
}

fn folder(path: &Path) -> Box<dyn Iterator<Item = Result<Source, ReadError>> + Send> {
    let files = WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
    let mut found = files.filter_entry(|e| !is_hidden(e)).filter_map(in_folder).peekable();
    if found.peek().is_none() {
        return one(Err(ReadError::NoArticles { path: path.to_owned() }));
    }
    Box::new(found)
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// A file met in a folder: those of unknown kind are passed over.
fn in_folder(entry: walkdir::Result<DirEntry>) -> Option<Result<Source, ReadError>> {
    match entry {
        Ok(entry) if entry.file_type().is_dir() => None,
        Ok(entry) if Ending::of(entry.path()) == Ending::Unknown => {
            tracing::debug!(path = %entry.path().display(), "passed over: no known ending");
            None
        }
        Ok(entry) => Some(file(entry.path())),
        Err(error) => Some(Err(unlisted(error))),
    }
}

fn unlisted(error: walkdir::Error) -> ReadError {
    let path = error.path().unwrap_or(Path::new("")).to_owned();
    ReadError::Folder { path, source: error.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Ending) {
        assert_eq!(Ending::of(Path::new(name)), expected, "{name}");
    }

    #[test]
    fn endings_tell_formats() {
        check("a.txt", Ending::Known(Format::Text));
        check("dir/a.b.TXT.GZ", Ending::Known(Format::Text));
        check("a.md.zst", Ending::Known(Format::Markdown));
        check("a.jsonl", Ending::Known(Format::JsonLines));
        check("a.conllu", Ending::Known(Format::Conllu));
        check("a.html.gz", Ending::Unsupported("HTML"));
        check("LICENSE", Ending::Unknown);
        check("a.png", Ending::Unknown);
    }

    #[test]
    fn a_dash_is_standard_input() {
        assert_eq!("-".parse(), Ok(Input::Stdin));
        assert_eq!("./-".parse(), Ok(Input::Path("./-".into())));
    }
}
