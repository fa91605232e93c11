//! The members of an archive, one after the other.

use std::sync::Arc;

use super::{Member, Source};
use crate::read::{Inner, Origin, Read, ReadError, Reader, Reads};

/// The articles of an archive, member by member.
pub(super) struct Members {
    reader: Arc<Reader>,
    origin: Origin,
    source: Source,
    /// Those of the member that is being read.
    reads: Option<Reads>,
    found: bool,
    ended: bool,
}

impl Members {
    pub(super) fn new(reader: &Arc<Reader>, origin: Origin, source: Source) -> Self {
        let reader = Arc::clone(reader);
        Self { reader, origin, source, reads: None, found: false, ended: false }
    }

    /// The next member's articles; `None` at the end of the archive.
    fn member(&mut self) -> Option<Result<Reads, ReadError>> {
        while !self.ended {
            match self.source.next() {
                Ok(Some(member)) if !is_read(&member.path) => {}
                Ok(Some(member)) => match self.read(member) {
                    Ok(None) => {}
                    read => return read.transpose(),
                },
                Ok(None) => self.ended = true,
                Err(source) => {
                    self.ended = true;
                    let name = self.origin.name.to_string();
                    return Some(Err(ReadError::Compression { name, source }));
                }
            }
        }
        None
    }

    /// The articles of a member; `None` for one that is no article.
    fn read(&self, member: Member) -> Result<Option<Reads>, ReadError> {
        let Member { path, bytes } = member;
        let name = format!("{}!{path}", self.origin.name);
        match bytes {
            Ok(bytes) => {
                let file = self.origin.file.as_ref().map(|file| format!("{file}!{path}").into());
                let depth = self.origin.depth + 1;
                self.reader.read_inner(Inner { name, path: path.into(), file, depth, bytes })
            }
            Err(source) => Err(ReadError::Io { name, source }),
        }
    }
}

impl Iterator for Members {
    type Item = Result<Read, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(read) = self.reads.as_mut().and_then(Iterator::next) {
                self.found = true;
                return Some(read);
            }
            match self.member() {
                Some(Ok(reads)) => self.reads = Some(reads),
                Some(Err(error)) => {
                    self.found = true;
                    return Some(Err(error));
                }
                None if self.found => return None,
                None => {
                    self.found = true;
                    return Some(Err(ReadError::NoArticle { name: self.origin.name.to_string() }));
                }
            }
        }
    }
}

/// What is read of a member by its name: nothing of folders, hidden files and
/// what macOS adds.
fn is_read(path: &str) -> bool {
    let mut parts = path.split('/');
    !path.ends_with('/')
        && parts.all(|part| part == ".." || !part.starts_with('.') && part != "__MACOSX")
}
