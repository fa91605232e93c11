//! All articles of the inputs, one after the other, and how far reading has come.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::input::{self, Input, Source};
use super::metadata::id_of;
use super::{Item, Options, Read, ReadError, Reader, Reads, shipped, single, stem};
use crate::text::ArticleId;

/// The articles of some inputs, each or the reason why it could not be read; see
/// [`articles`](super::articles).
pub struct Articles {
    sources: std::vec::IntoIter<Result<Source, ReadError>>,
    /// Of the source that is being read.
    reads: Option<Reads>,
    reader: Arc<Reader>,
    /// The ids that are taken, and the inputs that took them.
    ids: BTreeMap<ArticleId, Arc<str>>,
}

impl Articles {
    /// Lists the files of the inputs, once.
    pub(super) fn new(inputs: &[Input], options: &Options) -> Self {
        let sources: Vec<_> = inputs.iter().flat_map(input::sources).collect();
        let longest_article = options.longest_article.min(1 << 30);
        let reader = Arc::new(Reader {
            options: Options { longest_article, ..options.clone() },
            boilerplate: shipped(),
            shared: shared_names(&sources),
            progress: Progress::default(),
        });
        Self { sources: sources.into_iter(), reads: None, reader, ids: BTreeMap::new() }
    }

    /// How far reading has come, for whoever shows it.
    pub fn progress(&self) -> Progress {
        self.reader.progress.clone()
    }

    /// How many bytes are to be read, as [`Progress::bytes`] counts them: the
    /// sizes of the files that are still to come. `None` where nobody can tell, as
    /// of standard input.
    pub fn bytes_to_come(&self) -> Option<u64> {
        let sources = self.sources.as_slice().iter().flatten();
        sources.map(|source| source.input.size()).sum()
    }
}

impl Iterator for Articles {
    type Item = Result<Item, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(read) = self.reads.as_mut().and_then(Iterator::next) {
                return Some(read.and_then(|read| unique(read, &mut self.ids)));
            }
            self.reads = Some(match self.sources.next()? {
                Ok(source) => self.reader.read(&source),
                Err(error) => single(Err(error)),
            });
        }
    }
}

/// Ids that files of several folders would share.
fn shared_names(sources: &[Result<Source, ReadError>]) -> BTreeSet<ArticleId> {
    let (mut seen, mut shared) = (BTreeSet::new(), BTreeSet::new());
    for source in sources.iter().flatten() {
        if let Input::Path(path) = &source.input {
            let id = id_of(&stem(path));
            if !seen.insert(id.clone()) {
                shared.insert(id);
            }
        }
    }
    shared
}

/// Lets the first article of an id through, and no other.
fn unique(read: Read, ids: &mut BTreeMap<ArticleId, Arc<str>>) -> Result<Item, ReadError> {
    let id = read.item.article().id.clone();
    if let Some(first) = ids.get(&id) {
        return Err(ReadError::DuplicateId {
            name: read.name.to_string(),
            id: id.to_string(),
            first: first.to_string(),
        });
    }
    ids.insert(id, read.name);
    Ok(read.item)
}

/// How many bytes of the inputs have been read, as they lie on the disk: before
/// decompression. A clone shows the same.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<AtomicU64>);

impl Progress {
    /// The bytes that have been read.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// A reader whose bytes are counted.
    pub(super) fn counting<R: io::Read>(&self, bytes: R) -> Counted<R> {
        Counted { bytes, progress: self.clone() }
    }
}

/// Counts what is read through it.
pub(super) struct Counted<R> {
    bytes: R,
    progress: Progress,
}

impl<R: io::Read> io::Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.progress.0.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
