//! The files that an input stands for.

use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::format::{Ending, Format};
use super::stream::Stream;
use super::{Input, Progress, ReadError};

/// One file to read, or standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// Where it is.
    pub(crate) input: Input,
    /// What its name says; `None` has to be found out from its bytes.
    pub(crate) format: Option<Format>,
}

/// The whole path of a file, without links; as it is where nobody can tell.
pub(super) fn whole(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
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
    let (mut found, mut passed) = (Vec::new(), Vec::new());
    for entry in files.filter_entry(|e| !is_hidden(e)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => match in_folder(entry.path()) {
                Some(source) => found.push(source),
                None => passed.push(entry.file_name().to_string_lossy().into_owned()),
            },
            Err(error) => found.push(Err(unlisted(error))),
        }
    }
    if found.is_empty() {
        return one(Err(ReadError::NoArticles { path: path.to_owned() }));
    }
    tell_passed(path, &passed);
    Box::new(found.into_iter())
}

/// Says which files of a folder are not read: all are counted, some named.
fn tell_passed(folder: &Path, names: &[String]) {
    const NAMED: usize = 5;
    let Some(some) = names.get(..names.len().min(NAMED)).filter(|some| !some.is_empty()) else {
        return;
    };
    let (folder, count, some) = (folder.display(), names.len(), some.join(", "));
    let more = if names.len() > NAMED { ", …" } else { "" };
    tracing::warn!("{folder}: {count} files are no articles by name and content: {some}{more}");
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// A file met in a folder: one of unknown ending is read where it begins as a
/// known format does.
fn in_folder(path: &Path) -> Option<Result<Source, ReadError>> {
    if Ending::of(path) != Ending::Unknown {
        return Some(file(path));
    }
    let mut stream = Stream::open(&path.into(), &Progress::default()).ok()?;
    let format = Format::of_start(stream.start().ok()?, Some(Format::Text));
    let told = format != Format::Text;
    told.then(|| Ok(Source { input: path.into(), format: Some(format) }))
}

fn unlisted(error: walkdir::Error) -> ReadError {
    let path = error.path().unwrap_or(Path::new("")).to_owned();
    ReadError::Folder { path, source: error.into() }
}
