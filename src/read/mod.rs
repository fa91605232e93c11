//! Files, streams and lines become [`Article`]s.
//!
//! In: paths, standard input. Out: articles whose text is frozen, one by one,
//! each or the reason why it could not be read. Knows formats of input; knows
//! nothing of language beyond what boilerplate looks like.
//!
//! What is read: plain text and Markdown (one article a file, with an optional
//! header), JSON Lines (one article a line), CoNLL-U (documents parsed
//! elsewhere); each also compressed with gzip or Zstandard; folders with all
//! such files below them. HTML, feeds and WARC are refused by name.
//!
//! **What happens to the text.** A byte order mark and the header are taken
//! off, UTF-16 becomes UTF-8, line ends become `\n`; Markdown becomes the text
//! that a reader sees; a title from the header is put in front. Nothing else
//! changes, and nothing changes afterwards: every offset of every later module
//! points into [`Article::text`].
//!
//! **Layout.** Blocks say what is title, heading, item, paragraph and
//! boilerplate. A line break inside of a block is a space: the text was
//! wrapped there.
//!
//! **Ids.** An `id` from header or JSON, else the file's name without ending,
//! for JSON the address, else a hash of the text. Files of one name in several
//! folders get a short hash of their path behind it, all of them, so that the
//! order of the inputs does not matter.

mod article;
mod articles;
mod blocks;
pub(crate) mod boilerplate;
pub(crate) mod compose;
pub mod conllu;
mod date;
mod error;
mod header;
pub(crate) mod html;
mod input;
mod jsonl;
mod layout;
mod markdown;
mod metadata;
mod stream;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

pub use article::ArticleBuilder;
pub use articles::{Articles, Progress};
use boilerplate::Boilerplate;
use compose::Body;
use conllu::ConlluError;
pub use error::ReadError;
use input::Source;
pub use input::{Format, Input};
use metadata::{id_of, short_hash};
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
}

impl Default for Options {
    fn default() -> Self {
        Self { format: None, longest_article: 16 << 20 }
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
fn stem(path: &Path) -> &str {
    let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("article");
    let name = [".gz", ".zst"].iter().find_map(|z| name.strip_suffix(z)).unwrap_or(name);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
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
        let format = self.options.format.or(source.format);
        let opened = Stream::open(&source.input, &self.progress).and_then(|mut stream| {
            let format = match format {
                Some(format) => format,
                None => sniff(stream.peek()?),
            };
            Ok((stream, format))
        });
        let (stream, format) = match opened {
            Ok(opened) => opened,
            Err(error) => return single(Err(error)),
        };
        match format {
            Format::Text | Format::Markdown => single(self.text(source, stream, format)),
            Format::JsonLines => self.lines(source, stream),
            Format::Conllu => self.conllu(source, stream),
        }
    }

    fn text(&self, source: &Source, stream: Stream, format: Format) -> Result<Read, ReadError> {
        let name: Arc<str> = stream.name.as_str().into();
        let text = stream.text(self.options.longest_article)?;
        if text.starts_with("{\\rtf") {
            let Input::Path(path) = &source.input else { return Err(no_rtf(Path::new("-"))) };
            return Err(no_rtf(path));
        }
        let header::Headed { metadata, body } = header::split(&text);
        let body = match format {
            Format::Markdown => markdown::body(body),
            _ => Body::plain(body),
        };
        if body.units.is_empty() {
            return Err(ReadError::NoBody { name: name.to_string() });
        }
        let id = metadata.id.as_deref().map(id_of);
        let id = id.unwrap_or_else(|| self.id(&source.input, &body.text));
        let article = compose::article(id, metadata, body, &self.boilerplate);
        Ok(Read { item: Item::Article(article), name })
    }

    /// The id of an article that has none of its own: the file's name, with a
    /// hash of its path where it is shared; a hash of the text for a stream.
    fn id(&self, input: &Input, text: &str) -> ArticleId {
        let Input::Path(path) = input else {
            return id_of(&format!("text-{}", short_hash(text.as_bytes(), 12)));
        };
        let id = id_of(stem(path));
        if !self.shared.contains(&id) {
            return id;
        }
        let path: std::path::PathBuf = path.components().collect();
        let hash = short_hash(path.as_os_str().as_encoded_bytes(), 8);
        id_of(&format!("{id}-{hash}"))
    }

    fn lines(self: &Arc<Self>, source: &Source, mut stream: Stream) -> Reads {
        let reader = Arc::clone(self);
        let name: Arc<str> = stream.name.as_str().into();
        let stem = match &source.input {
            Input::Path(path) => stem(path).to_owned(),
            Input::Stdin => "line".to_owned(),
        };
        let limit = self.options.longest_article;
        let mut number = 0;
        let mut broken = false;
        Box::new(std::iter::from_fn(move || {
            loop {
                let line = stream.line(limit).filter(|_| !broken)?;
                number += 1;
                let line = match line {
                    Ok(line) => line,
                    Err(e) if e.kind() == std::io::ErrorKind::FileTooLarge => {
                        let reason = format!("longer than {limit} bytes");
                        let name = name.to_string();
                        return Some(Err(ReadError::Line { name, line: number, reason }));
                    }
                    Err(error) => {
                        broken = true;
                        return Some(Err(stream.fail(error)));
                    }
                };
                let line = line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&line);
                if line.iter().all(u8::is_ascii_whitespace) {
                    continue;
                }
                let article = jsonl::article(&name, &stem, number, line, &reader.boilerplate);
                let name = Arc::clone(&name);
                return Some(article.map(|a| Read { item: Item::Article(a), name }));
            }
        }))
    }

    /// The documents of a CoNLL-U file, after the lines that could not be read.
    fn conllu(&self, source: &Source, stream: Stream) -> Reads {
        let name: Arc<str> = stream.name.as_str().into();
        let text = match stream.text(LONGEST_CONLLU) {
            Ok(text) => text,
            Err(error) => return single(Err(error)),
        };
        let id = self.id(&source.input, &text);
        let conllu::Conllu { documents, errors } = conllu::parse(&text, id.as_str());
        let wrong = {
            let name = Arc::clone(&name);
            let errors = errors.into_iter().filter(|error| counts(&name, error));
            errors
                .map(|e| ReadError::Conllu { name: name.to_string(), source: e })
                .collect::<Vec<_>>()
        };
        let documents = documents.into_iter().map(move |document| {
            Ok(Read { item: Item::Document(document), name: Arc::clone(&name) })
        });
        Box::new(wrong.into_iter().map(Err).chain(documents))
    }
}

/// The most bytes of a CoNLL-U file, which is read as a whole.
const LONGEST_CONLLU: u64 = 256 << 20;

/// Whether something was lost by an error; what was repaired is but a warning.
fn counts(name: &str, error: &ConlluError) -> bool {
    use ConlluError::{Columns, Form, Number, Unfinished};
    let lost = matches!(error, Columns { .. } | Form { .. } | Number { .. } | Unfinished { .. });
    if !lost {
        tracing::warn!(file = name, "{error}");
    }
    lost
}

fn no_rtf(path: &Path) -> ReadError {
    ReadError::Unsupported { path: path.to_owned(), kind: "RTF" }
}

/// Tells a format by the first bytes.
fn sniff(start: &[u8]) -> Format {
    let start = start.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(start).trim_ascii_start();
    let first = start.split(|&b| b == b'\n').find(|l| !l.starts_with(b"#")).unwrap_or(&[]);
    let columns = first.split(|&b| b == b'\t').count();
    match start.first() {
        Some(b'{') if start.get(1) != Some(&b'\\') => Format::JsonLines,
        Some(b'1' | b'#') if columns == 10 => Format::Conllu,
        _ => Format::Text,
    }
}
