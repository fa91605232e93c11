//! Files, streams and lines become [`Article`]s.
//!
//! In: paths, standard input. Out: articles whose text is frozen, one by one,
//! each or the reason why it could not be read. Knows formats of input; knows
//! nothing of language beyond what boilerplate looks like.
//!
//! What is read stands in `format.rs`, and is read by a file for each: plain text and Markdown
//! (one article a file, with an optional header), pages, feeds, archives, tables,
//! news formats, documents and mail, JSON Lines (one article a line), CoNLL-U
//! (documents parsed elsewhere); each also compressed with gzip, bzip2 or Zstandard;
//! folders with all such files below them. The content tells the format where
//! the name does not: a page that is called `.txt` is a page.
//!
//! **What happens to the text.** A byte order mark and the header are taken
//! off, other encodings become UTF-8, line ends become `\n`; Markdown and HTML
//! become the text that a reader sees; a title from the header is put in front.
//! Nothing else changes, and nothing changes afterwards: every offset of every
//! later module points into [`Article::text`].
//!
//! **Layout.** Blocks say what is title, heading, item, paragraph and
//! boilerplate. A line break inside of a block is a space: the text was
//! wrapped there.
//!
//! **Ids.** An `id` from header or JSON; for pages and JSON the address, or
//! publisher, day and title; else the file's name without ending, else a hash of
//! the text. Files of one name in several
//! folders get a short hash of their path behind it, all of them, so that the
//! order of the inputs does not matter. Whoever keeps articles learns by which
//! file one is named ([`Found::file`]), so that a file of the same name in
//! another folder does not take its place.
//!
//! **Again.** A file that is named twice is read once. Of one address the newest
//! version counts, whatever the order; two ids for one text are told.

#[cfg(feature = "archives")]
mod archive;
mod article;
mod articles;
mod blocks;
mod boilerplate;
#[cfg(feature = "tables")]
mod budget;
mod columns;
mod compose;
pub mod conllu;
mod date;
mod element;
mod encoding;
mod error;
mod explain;
#[cfg(feature = "feeds")]
mod feed;
mod folder;
mod format;
mod guard;
mod header;
#[cfg(feature = "html")]
mod html;
mod input;
mod json;
mod jsonl;
mod known_tables;
mod language;
mod layout;
mod lists;
#[cfg(feature = "mail")]
mod mail;
#[cfg(feature = "markdown")]
mod markdown;
mod metadata;
#[cfg(feature = "feeds")]
mod news;
#[cfg(feature = "office")]
mod office;
mod original;
mod page_words;
#[cfg(feature = "parquet")]
mod parquet;
mod parsed;
mod patterns;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod progress;
mod readers;
mod record;
#[cfg(feature = "office")]
mod rtf;
mod start;
mod stream;
#[cfg(feature = "tables")]
mod table;
#[cfg(feature = "archives")]
mod warc;
#[cfg(any(feature = "feeds", feature = "office"))]
mod xml;
#[cfg(feature = "archives")]
mod zip_file;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use article::ArticleBuilder;
pub use articles::{Articles, Found};
pub use columns::{Columns, ColumnsError};
use compose::Body;
pub use error::ReadError;
#[cfg(feature = "fetch")]
pub(crate) use feed::{Listing, listing};
use folder::Source;
use format::Ending;
pub use format::Format;
pub use guard::is_guarded;
pub use input::Input;
pub use lists::{Lists, word_lists};
pub(crate) use metadata::with_hash;
use metadata::{Metadata, id_of, short_hash};
use original::Note;
pub use original::Original;
pub use progress::Progress;
pub(crate) use stream::Stream;
#[cfg(feature = "fetch")]
pub(crate) use table::addresses;
#[cfg(feature = "fetch")]
pub(crate) use warc::visits;

use crate::text::{Article, ArticleId, Document, Published};

/// How inputs are read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The format of every input, whatever its name; `None` goes by the name,
    /// and by the first bytes where there is none.
    pub format: Option<Format>,
    /// The most bytes that one article, or one line of JSON Lines, may have
    /// after decompression. Default 16 MiB; at most 1 GiB is heeded.
    pub longest_article: u64,
    /// Whether articles in other languages than English are read, too. They
    /// are of no use to the pipeline, which knows English only.
    pub any_language: bool,
    /// Which columns of tables and fields of JSON hold what.
    pub columns: Columns,
    /// What boilerplate, bylines and the parts of pages look like.
    pub lists: Lists,
    /// Whether articles are told how they were found ([`Article::reading`]).
    pub explain: bool,
    /// Whether the bytes that articles are read from are kept ([`Found::original`]).
    pub originals: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            format: None,
            longest_article: 16 << 20,
            any_language: false,
            columns: Columns::default(),
            lists: Lists::default(),
            explain: false,
            originals: false,
        }
    }
}

/// One thing that was read.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)] // articles are moved once or twice in their lives
pub enum Item {
    /// An article, to be analysed.
    Article(Article),
    /// A document that was analysed elsewhere.
    Document(Document),
}

impl Item {
    /// The article itself.
    pub fn article(&self) -> &Article {
        match self {
            Self::Article(article) => article,
            Self::Document(document) => &document.article,
        }
    }

    fn article_mut(&mut self) -> &mut Article {
        match self {
            Self::Article(article) => article,
            Self::Document(document) => &mut document.article,
        }
    }

    /// The same article by another name.
    #[must_use]
    pub fn called(mut self, id: ArticleId) -> Self {
        self.article_mut().id = id;
        self
    }
}

impl From<Article> for Item {
    fn from(article: Article) -> Self {
        Self::Article(article)
    }
}

impl From<Document> for Item {
    fn from(document: Document) -> Self {
        Self::Document(document)
    }
}

/// Reads all articles of the inputs, one after the other: inputs as given, the
/// files of a folder by name. Folders are listed at once; no file is opened
/// before its turn comes, each is read once, and one article is held at a time.
/// What cannot be read is an error in its place; the rest is read all the same.
///
/// ```
/// use reportedly::read::{self, Input, Options};
///
/// let inputs = ["examples/world-cup-brief.txt".parse::<Input>()?];
/// for item in read::articles(&inputs, &Options::default()) {
///     assert_eq!(item?.article().id.as_str(), "world-cup-brief");
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn articles(inputs: &[Input], options: &Options) -> Articles {
    Articles::new(inputs, options)
}

/// Reads all articles of bytes at hand, such as a page that somebody sent. `name` is what
/// messages call them, and its ending counts as that of a file.
///
/// ```
/// use reportedly::read::{self, Options};
///
/// let page = "<title>Ferry sold</title><p>Ada Brook sold the ferry on Friday, she said.</p>";
/// let mut articles = read::from_reader("ferry.html", page.as_bytes(), &Options::default());
/// # if cfg!(feature = "html") {
/// let article = articles.next().expect("a page with an article")?;
/// assert_eq!(article.article().title.as_deref(), Some("Ferry sold"));
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn from_reader(
    name: &str,
    bytes: impl std::io::Read + Send + 'static,
    options: &Options,
) -> Articles {
    Articles::of_bytes(name, bytes, options)
}

/// Some hexadecimal digits that tell bytes from others, for names.
pub fn short_digest(bytes: &[u8]) -> String {
    short_hash(bytes, 8)
}

/// The name of a file without its endings.
fn stem(path: &Path) -> String {
    let name = path.file_name().map_or("article".into(), |name| name.to_string_lossy());
    let name = [".gz", ".zst"].iter().find_map(|z| name.strip_suffix(z)).unwrap_or(&name);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
        _ => name.to_owned(),
    }
}

/// What was read, with what is known of where it stood.
struct Read {
    item: Item,
    /// What messages call its input.
    name: Arc<str>,
    /// The file that it is named by.
    file: Option<Arc<str>>,
    /// When it was fetched, where an archive tells.
    fetched: Option<Published>,
    /// Which version of it, where its provider counts them.
    version: Option<u64>,
    /// What it was read from.
    original: Option<Original>,
}

impl Read {
    fn new(item: impl Into<Item>, name: Arc<str>, file: Option<Arc<str>>) -> Self {
        let (item, fetched, version, original) = (item.into(), None, None, None);
        Self { item, name, file, fetched, version, original }
    }

    /// The same, read from something, unless that is known more closely.
    fn with_original(mut self, original: impl Into<Option<Original>>) -> Self {
        self.original = self.original.or(original.into());
        self
    }
}

/// The id of an article, and the file that it was made of, if it was.
struct Called {
    id: ArticleId,
    file: Option<Arc<str>>,
}

impl From<ArticleId> for Called {
    fn from(id: ArticleId) -> Self {
        Self { id, file: None }
    }
}

type Reads = Box<dyn Iterator<Item = Result<Read, ReadError>> + Send>;

fn single(read: Result<Read, ReadError>) -> Reads {
    Box::new(std::iter::once(read))
}

/// Something that is to be read: bytes, and where they come from.
struct Part {
    stream: Stream,
    origin: Origin,
}

/// A file within another.
#[cfg(feature = "archives")]
struct Inner {
    /// What messages call it.
    name: String,
    /// Its path within the other.
    path: PathBuf,
    /// As [`Origin::file`].
    file: Option<Arc<str>>,
    /// How many archives are around it.
    depth: u8,
    bytes: Box<dyn std::io::Read + Send>,
}

/// Archives may stand in each other so deep.
#[cfg(feature = "archives")]
const DEEPEST: u8 = 3;

/// Where something comes from: what messages call it, and what ids are made of.
#[derive(Clone, Debug)]
struct Origin {
    /// What messages call it: the path, and the path within an archive.
    name: Arc<str>,
    /// The file; within an archive the path there. `None` for a stream.
    path: Option<PathBuf>,
    /// The same wherever the program was started: the whole path of the file,
    /// and that within an archive.
    file: Option<Arc<str>>,
    /// Whether it is one of many articles of its file.
    entry: bool,
    /// How many archives are around it.
    depth: u8,
}

/// All that reading needs to know.
struct Reader {
    options: Options,
    shared: BTreeSet<ArticleId>,
    progress: Progress,
}

impl Reader {
    fn new(options: &Options, shared: BTreeSet<ArticleId>) -> Self {
        let longest_article = options.longest_article.min(1 << 30);
        let options = Options { longest_article, ..options.clone() };
        Self { options, shared, progress: Progress::default() }
    }

    /// The articles of bytes whose name is that of a file.
    fn read_bytes(
        self: &Arc<Self>,
        name: &str,
        bytes: impl std::io::Read + Send + 'static,
    ) -> Reads {
        let path = PathBuf::from(name);
        let format = match Ending::of(&path) {
            Ending::Unsupported(kind) => {
                return single(Err(ReadError::Unsupported { path, kind }));
            }
            Ending::Known(format) => Some(format),
            Ending::Unknown => None,
        };
        let origin =
            Origin { name: name.into(), path: Some(path), file: None, entry: false, depth: 0 };
        match Stream::new(name.to_owned(), self.progress.counting(bytes)) {
            Ok(stream) => self.read_part(Part { stream, origin }, format),
            Err(error) => single(Err(error)),
        }
    }

    /// What an article was read from that stands in these bytes.
    fn original(&self, bytes: &[u8]) -> Original {
        Original::of(bytes, self.options.originals)
    }

    /// What an article was read from that is a row of a table.
    #[cfg(feature = "tables")]
    fn original_row(&self, values: serde_json::Map<String, serde_json::Value>) -> Original {
        self.original(serde_json::Value::Object(values).to_string().as_bytes())
    }

    /// What was read, with what it was read from among its reasons where these are asked for.
    fn explained(&self, mut read: Read) -> Read {
        if let (true, Some(original)) = (self.options.explain, &read.original) {
            let told = format!("sha256:{}, {} bytes", original.digest, original.length);
            read.item.article_mut().reading.source = Some(told);
        }
        read
    }

    fn lists(&self) -> &Lists {
        &self.options.lists
    }

    /// The articles of one file or stream.
    fn read(self: &Arc<Self>, source: &Source) -> Reads {
        let stream = match Stream::open(&source.input, &self.progress) {
            Ok(stream) => stream,
            Err(error) => return single(Err(error)),
        };
        let path = match &source.input {
            Input::Path(path) => Some(path.clone()),
            Input::Stdin => None,
        };
        let file = path.as_deref().map(|path| folder::whole(path).to_string_lossy().into());
        let name = stream.name.as_str().into();
        let origin = Origin { name, path, file, entry: false, depth: 0 };
        self.read_part(Part { stream, origin }, source.format)
    }

    /// The articles of something whose name tells a format, or not.
    fn read_part(self: &Arc<Self>, mut part: Part, ending: Option<Format>) -> Reads {
        let format = match self.options.format {
            Some(format) => format,
            None => match part.stream.start() {
                Ok(start) => Format::of_start(start, ending),
                Err(error) => return single(Err(error)),
            },
        };
        let kind = format.kind();
        tracing::debug!(input = %part.origin.name, format = kind.name, "is read");
        let note = Note::new(self.options.originals);
        part.stream.noted(note.clone());
        match (readers::reader_of(format), format.feature()) {
            (Some(read), _) => {
                let reads = read(self, part);
                Box::new(reads.map(move |read| Ok(read?.with_original(note.original()))))
            }
            (None, feature) => {
                let feature = feature.expect("what no feature reads is always read");
                single(Err(ReadError::not_built(&part.origin.name, kind.name, feature)))
            }
        }
    }

    /// The articles of a file within another; `None` where neither its name nor
    /// its content is that of articles.
    #[cfg(feature = "archives")]
    fn read_inner(self: &Arc<Self>, inner: Inner) -> Result<Option<Reads>, ReadError> {
        let Inner { name, path, file, depth, bytes } = inner;
        if depth > DEEPEST {
            return Err(ReadError::TooDeep { name });
        }
        let format = match Ending::of(&path) {
            Ending::Unsupported(kind) => {
                return Err(ReadError::Unsupported { path: name.into(), kind });
            }
            Ending::Known(format) => Some(format),
            Ending::Unknown => None,
        };
        let path = Some(path);
        let origin = Origin { name: name.as_str().into(), path, file, entry: false, depth };
        let mut stream = Stream::new(name, bytes)?;
        if format.is_none() && Format::of_start(stream.start()?, None) == Format::Text {
            tracing::debug!(member = %origin.name, "passed over: no article's ending");
            return Ok(None);
        }
        Ok(Some(self.read_part(Part { stream, origin }, format)))
    }

    /// The article of what was found in an input, unless it is in another
    /// language than English.
    fn article(
        &self,
        name: Arc<str>,
        called: impl Into<Called>,
        mut metadata: Metadata,
        body: Body,
    ) -> Result<Read, ReadError> {
        let Called { id, file } = called.into();
        let version = metadata.version;
        if let Some(date) = metadata.doubtful.take().filter(|_| metadata.published.is_none()) {
            tracing::warn!(
                "{name}: \"{date}\" is not one certain day; the article goes on without its date"
            );
        }
        let noted = std::mem::take(&mut metadata.noted);
        let limit = self.options.longest_article;
        if body.text.len() as u64 > limit {
            return Err(ReadError::TooLong { name: name.to_string(), limit });
        }
        let tag = metadata.language.clone().unwrap_or_default();
        let any = self.options.any_language;
        let languages = self.lists().languages();
        let other = (!any).then(|| languages.other_than_english(&body.text, &tag)).flatten();
        if let Some(language) = other {
            let name = name.to_string();
            return Err(ReadError::NotEnglish { name, title: metadata.title, language });
        }
        let mut article = compose::article(id, metadata, body, self.lists().looks());
        if self.options.explain {
            article.reading = explain::reading(noted, &article, self.lists().looks().0);
        }
        Ok(Read { version, ..Read::new(article, name, file) })
    }

    /// The id of an article that is the only one of its file: the file's name,
    /// with a hash of its path where it is shared; a hash of the text for a stream.
    fn called_by_file(&self, origin: &Origin, text: &str) -> Called {
        let Some(path) = &origin.path else {
            return id_of(&format!("text-{}", short_hash(text.as_bytes(), 12))).into();
        };
        let id = id_of(&stem(path));
        if origin.entry {
            return id_of(&format!("{id}-{}", short_hash(text.as_bytes(), 12))).into();
        }
        let id = match origin.depth {
            0 if !self.shared.contains(&id) => id,
            0 => with_hash(
                &id,
                path.components().collect::<PathBuf>().as_os_str().as_encoded_bytes(),
            ),
            _ => with_hash(&id, origin.name.as_bytes()),
        };
        Called { id, file: origin.file.clone() }
    }

    /// An article that was published somewhere. It is named by its address, by
    /// publisher, day and title, else by its file.
    #[cfg(feature = "html")]
    fn published(
        &self,
        origin: &Origin,
        metadata: Metadata,
        body: Body,
    ) -> Result<Read, ReadError> {
        let called = match metadata.given_id() {
            Some(id) => id.into(),
            None => self.called_by_file(origin, &body.text),
        };
        self.article(Arc::clone(&origin.name), called, metadata, body)
    }
}
