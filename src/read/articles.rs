//! All articles of the inputs, one after the other, each once.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::folder::{self, Source};
use super::input::Input;
use super::metadata::id_of;
use super::{Item, Options, Original, Progress, Read, ReadError, Reader, Reads, single, stem};
use crate::text::{Article, ArticleId, Published};

/// The articles of some inputs, each or the reason why it could not be read; see
/// [`articles`](super::articles).
pub struct Articles {
    sources: std::vec::IntoIter<Result<Source, ReadError>>,
    /// The source that is being read.
    open: Option<Open>,
    reader: Arc<Reader>,
    seen: Seen,
}

/// A source that is being read.
struct Open {
    reads: Reads,
    /// What messages call it, until it has given anything.
    silent: Option<String>,
}

/// An article with what is known of where it stood, for whoever keeps articles.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Found {
    /// The article itself.
    pub item: Item,
    /// What messages call its input.
    pub name: Arc<str>,
    /// The file that it is named by, with its whole path; `None` where it has a name of
    /// its own: an id, an address, or publisher, day and headline.
    pub file: Option<Arc<str>>,
    /// When it was fetched, where an archive tells.
    pub fetched: Option<Published>,
    /// The number of its version, where its provider counts them.
    pub version: Option<u64>,
    /// What it was read from.
    pub original: Option<Original>,
    /// Its place in the order of reading, from 0. Of two articles of one id the
    /// later one counts.
    pub turn: u64,
}

impl Articles {
    /// Lists the files of the inputs, once.
    pub(super) fn new(inputs: &[Input], options: &Options) -> Self {
        let sources = once_each(inputs.iter().flat_map(folder::sources));
        let reader = Arc::new(Reader::new(options, shared_names(&sources)));
        Self { sources: sources.into_iter(), open: None, reader, seen: Seen::default() }
    }

    /// The articles of bytes that are called something.
    pub(super) fn of_bytes(
        name: &str,
        bytes: impl std::io::Read + Send + 'static,
        options: &Options,
    ) -> Self {
        let reader = Arc::new(Reader::new(options, BTreeSet::new()));
        let reads = reader.read_bytes(name, bytes);
        let open = Some(Open { reads, silent: Some(name.to_owned()) });
        Self { sources: Vec::new().into_iter(), open, reader, seen: Seen::default() }
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

    /// The next article with what is known of where it stood.
    pub fn next_found(&mut self) -> Option<Result<Found, ReadError>> {
        loop {
            if let Some(open) = &mut self.open {
                if let Some(read) = open.reads.next() {
                    open.silent = None;
                    return Some(
                        read.and_then(|read| self.seen.admit(self.reader.explained(read))),
                    );
                }
                if let Some(name) = open.silent.take() {
                    return Some(Err(ReadError::Nothing { name }));
                }
            }
            self.open = Some(match self.sources.next()? {
                Ok(source) => {
                    let silent = Some(source.input.to_string());
                    Open { reads: self.reader.read(&source), silent }
                }
                Err(error) => Open { reads: single(Err(error)), silent: None },
            });
        }
    }
}

impl Iterator for Articles {
    type Item = Result<Item, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.next_found()?.map(|found| found.item))
    }
}

/// Every file once, at its first place.
fn once_each(
    sources: impl Iterator<Item = Result<Source, ReadError>>,
) -> Vec<Result<Source, ReadError>> {
    let mut seen: HashSet<PathBuf> = HashSet::new();
    let mut all = Vec::new();
    for source in sources {
        let again = match &source {
            Ok(Source { input: Input::Path(path), .. }) => !seen.insert(folder::whole(path)),
            _ => false,
        };
        if !again {
            all.push(source);
        }
    }
    all
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

/// The first half of a SHA-256: two texts of one digest are the same.
type TextDigest = [u8; 16];

/// What has been read so far.
#[derive(Default)]
struct Seen {
    articles: BTreeMap<ArticleId, Known>,
    /// The ids of addresses, and of texts.
    addresses: HashMap<TextDigest, ArticleId>,
    texts: HashMap<TextDigest, ArticleId>,
    turn: u64,
}

/// What is kept of an article that was read.
struct Known {
    /// What messages call its input.
    name: Arc<str>,
    address: Option<TextDigest>,
    version: Version,
}

/// Which of two versions of an article is the newer one: by its provider's number, by when it was fetched,
/// by when it appeared, else the longer one; the last part only decides that it
/// is always the same one, in whatever order they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    number: Option<u64>,
    fetched: Option<jiff::Timestamp>,
    published: Option<jiff::Timestamp>,
    length: usize,
    text: TextDigest,
}

impl Version {
    fn of(read: &Read) -> Self {
        let article = read.item.article();
        Self {
            number: read.version,
            fetched: read.fetched.map(Published::moment),
            published: article.published.map(Published::moment),
            length: article.text.len(),
            text: digest(&article.text),
        }
    }
}

fn digest(words: &str) -> TextDigest {
    let whole: [u8; 32] = Sha256::digest(words.as_bytes()).into();
    let (half, _) = whole.split_first_chunk().expect("32 bytes have 16");
    *half
}

impl Seen {
    /// Lets an article through that is new, or a newer version of one at the
    /// same address.
    fn admit(&mut self, read: Read) -> Result<Found, ReadError> {
        let address = read.item.article().url.as_deref().map(digest);
        let version = Version::of(&read);
        let at_address = address.and_then(|address| self.addresses.get(&address)).cloned();
        let id = at_address.unwrap_or_else(|| read.item.article().id.clone());
        if let Some(first) = self.articles.get(&id) {
            let revised = version.number.is_some() && first.version.number.is_some();
            let again = revised || address.is_some() && first.address == address;
            refuse(&read, &id, first, version, again)?;
        }
        self.tell_same_text(&read, &id, version.text);
        if let Some(address) = address {
            self.addresses.insert(address, id.clone());
        }
        let Read { item, name, file, fetched, version: number, original } = read;
        self.articles.insert(id.clone(), Known { name: Arc::clone(&name), address, version });
        let turn = self.turn;
        self.turn += 1;
        let item = item.called(id);
        Ok(Found { item, name, file, fetched, version: number, original, turn })
    }

    /// Says where two ids mean one text; both are kept.
    fn tell_same_text(&mut self, read: &Read, id: &ArticleId, text: TextDigest) {
        let first = self.texts.entry(text).or_insert_with(|| id.clone());
        if first != id {
            tracing::warn!("{}: the text of \"{id}\" is that of \"{first}\", too", read.name);
        }
    }
}

/// Refuses an article whose id is taken, unless it is a newer version of what
/// was read from the same address.
fn refuse(
    read: &Read,
    id: &ArticleId,
    first: &Known,
    version: Version,
    again: bool,
) -> Result<(), ReadError> {
    let name = read.name.to_string();
    if !again {
        let first = first.name.to_string();
        return Err(ReadError::DuplicateId { name, id: id.to_string(), first });
    }
    if version > first.version {
        return Ok(());
    }
    let Article { url, .. } = read.item.article();
    let url = url.clone().unwrap_or_else(|| id.to_string());
    Err(ReadError::Older { name, url })
}
