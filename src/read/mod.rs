//! Files, streams and lines become [`Article`]s.
//!
//! In: paths, standard input. Out: articles whose text is frozen, one by one,
//! each or the reason why it could not be read. Knows formats of input; knows
//! nothing of language beyond what boilerplate looks like.
//!
//! What is read stands in `format.rs`, a file for each: plain text and Markdown
//! (one article a file, with an optional header), pages, feeds, archives, tables,
//! news formats, documents and mail, JSON Lines (one article a line), CoNLL-U
//! (documents parsed elsewhere); each also compressed with gzip or Zstandard;
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
//! order of the inputs does not matter.

mod archive;
mod article;
mod articles;
mod blocks;
mod boilerplate;
mod compose;
pub mod conllu;
mod date;
mod encoding;
mod error;
mod feed;
mod format;
mod header;
mod html;
mod input;
mod json;
mod jsonl;
mod language;
mod layout;
mod mail;
mod markdown;
mod metadata;
mod news;
mod office;
mod plain;
mod rtf;
mod stream;
mod table;
mod warc;
mod xml;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use article::ArticleBuilder;
pub use articles::{Articles, Progress};
use boilerplate::Boilerplate;
use compose::Body;
pub use error::ReadError;
pub use format::Format;
pub use input::Input;
use input::Source;
use metadata::{Metadata, id_of, short_hash};
use stream::Stream;

use crate::text::{Article, ArticleId, Document};

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
}

impl Default for Options {
    fn default() -> Self {
        Self { format: None, longest_article: 16 << 20, any_language: false }
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

/// The cues that ship with the program; a test holds that they can be read.
fn shipped() -> Boilerplate {
    Boilerplate::shipped().expect("the cues that ship can be read")
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

/// What was read, with the name of its input.
struct Read {
    item: Item,
    name: Arc<str>,
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

/// Where something comes from: what messages call it, and what ids are made of.
#[derive(Clone, Debug)]
struct Origin {
    /// What messages call it: the path, and the path within an archive.
    name: Arc<str>,
    /// The file; within an archive the path there. `None` for a stream.
    path: Option<PathBuf>,
    /// How many archives are around it.
    depth: u8,
}

/// All that reading needs to know.
struct Reader {
    options: Options,
    boilerplate: Boilerplate,
    shared: BTreeSet<ArticleId>,
    progress: Progress,
}

impl Reader {
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
        let origin = Origin { name: stream.name.as_str().into(), path, depth: 0 };
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
        (kind.read)(self, part)
    }

    /// The article of what was found in an input, unless it is in another
    /// language than English.
    fn article(
        &self,
        name: Arc<str>,
        id: ArticleId,
        metadata: Metadata,
        body: Body,
    ) -> Result<Read, ReadError> {
        let tag = metadata.language.clone().unwrap_or_default();
        let any = self.options.any_language;
        let other = (!any).then(|| language::other_than_english(&body.text, &tag)).flatten();
        if let Some(language) = other {
            let name = name.to_string();
            return Err(ReadError::NotEnglish { name, title: metadata.title, language });
        }
        let article = compose::article(id, metadata, body, &self.boilerplate);
        Ok(Read { item: Item::Article(article), name })
    }

    /// The id of an article that is the only one of its file: the file's name,
    /// with a hash of its path where it is shared; a hash of the text for a stream.
    fn id_of_file(&self, origin: &Origin, text: &str) -> ArticleId {
        let Some(path) = &origin.path else {
            return id_of(&format!("text-{}", short_hash(text.as_bytes(), 12)));
        };
        let id = id_of(&stem(path));
        if origin.depth == 0 && !self.shared.contains(&id) {
            return id;
        }
        let path: PathBuf = path.components().collect();
        let hash = short_hash(path.as_os_str().as_encoded_bytes(), 8);
        id_of(&format!("{id}-{hash}"))
    }

    /// An article that was published somewhere. It is named by its address, by
    /// publisher, day and title, else by its file.
    fn published(
        &self,
        origin: &Origin,
        metadata: Metadata,
        body: Body,
    ) -> Result<Read, ReadError> {
        let id = metadata.given_id().unwrap_or_else(|| self.id_of_file(origin, &body.text));
        self.article(Arc::clone(&origin.name), id, metadata, body)
    }
}
