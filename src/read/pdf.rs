//! PDF: the words of its pages, in the order in which they are read.
//!
//! In: the bytes of a file. Out: an article. Pages are interpreted by `hayro`,
//! which gives characters with their places (`glyphs`); these become pieces of
//! lines (`lines`), lose running heads (`heads`), come into columns (`order`) and
//! become paragraphs and headings (`paragraphs`).

mod glyphs;
mod heads;
mod lines;
mod order;
mod paragraphs;
mod streams;

use std::sync::Arc;

use encoding_rs::WINDOWS_1252;
use hayro_interpret::hayro_syntax::metadata::Metadata as Properties;
use hayro_interpret::hayro_syntax::object::Object;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{InterpreterCache, InterpreterSettings};

use super::compose::Body;
use super::date;
use super::guard::guarded;
use super::metadata::{Field, Metadata};
use super::{Part, Read, ReadError, Reader, Reads, single};
use glyphs::{Steps, TooMuch};
use heads::Sheet;

/// A document with fewer letters than this on a page is a scanned one.
const FEWEST_LETTERS: usize = 25;
/// Title, author and day of a document stand in one of so many paragraphs.
const FIRST_UNITS: usize = 8;
/// What stands in a file whose streams are locked.
const ENCRYPTED: &[u8] = b"/Encrypt";
const TOO_LARGE: &str = "it unpacks to far more than its size";
/// A line that tells the day has so many words at most.
const WORDS_WITH_DAY: usize = 10;

pub(super) fn read(reader: &Arc<Reader>, part: Part) -> Reads {
    single(article(reader, part))
}

fn article(reader: &Arc<Reader>, part: Part) -> Result<Read, ReadError> {
    let Part { stream, origin } = part;
    // Fonts and pictures make a file far longer than its text.
    let bytes = stream.all(reader.options.longest_article * 4)?;
    let broken = |reason: &str| {
        let (name, reason) = (origin.name.to_string(), reason.to_owned());
        ReadError::Broken { name, kind: "PDF", reason }
    };
    // A file that its interpreter trips over is one bad article, not the end.
    let limit = reader.options.longest_article;
    let document = guarded(|| Document::of(bytes, limit));
    let document = document.map_err(|reason| {
        let endless = reason.is::<TooMuch>();
        broken(if endless { "what it draws takes too long" } else { "its interpreter gave up" })
    })?;
    let document = document.map_err(|fault| match fault {
        Fault::Broken(reason) => broken(reason),
        Fault::TooLong => ReadError::TooLong { name: origin.name.to_string(), limit },
    })?;
    let letters = document.body.text.chars().filter(|c| c.is_alphabetic()).count();
    if letters < FEWEST_LETTERS * document.pages.max(1) {
        return Err(ReadError::Scanned { name: origin.name.to_string() });
    }
    reader.published(&origin, document.metadata, document.body)
}

/// Why a file gives no document.
enum Fault {
    Broken(&'static str),
    TooLong,
}

/// What a file says.
struct Document {
    metadata: Metadata,
    body: Body,
    pages: usize,
}

impl Document {
    /// The document of a file, of so many bytes of text at most.
    fn of(bytes: Vec<u8>, limit: u64) -> Result<Self, Fault> {
        if !streams::are_bounded(&bytes) {
            return Err(Fault::Broken(TOO_LARGE));
        }
        let is_locked = bytes.windows(ENCRYPTED.len()).any(|part| part == ENCRYPTED);
        let pdf = Pdf::new(bytes).map_err(|error| match error {
            LoadPdfError::Decryption(_) => {
                Fault::Broken("it is locked by a password; save it without one")
            }
            LoadPdfError::Invalid => Fault::Broken("it is damaged or cut off; fetch it again"),
        })?;
        if is_locked && !are_bounded(&pdf) {
            return Err(Fault::Broken(TOO_LARGE));
        }
        let body = body(&pdf, limit)?;
        let metadata = metadata(pdf.metadata(), &body);
        Ok(Self { metadata, body, pages: pdf.pages().len() })
    }
}

/// Whether the streams of a file become too large that is locked without a password: their
/// bytes tell nothing before they are unlocked.
fn are_bounded(pdf: &Pdf) -> bool {
    let streams = pdf.objects().into_iter().filter_map(Object::into_stream);
    let unlocked = streams.map(|stream| stream.raw_data());
    unlocked.into_iter().all(|data| streams::unpacked(&data) < streams::LONGEST)
}

fn body(pdf: &Pdf, limit: u64) -> Result<Body, Fault> {
    let (cache, settings) = (InterpreterCache::new(), InterpreterSettings::default());
    let mut sheets: Vec<Sheet> = Vec::new();
    let (mut length, mut steps) = (0, Steps::default());
    for page in pdf.pages().iter() {
        let glyphs = glyphs::of_page(page, &cache, &settings, &mut steps);
        length += glyphs.iter().map(|glyph| glyph.text.len() as u64).sum::<u64>();
        if length > limit {
            return Err(Fault::TooLong);
        }
        let (_, height) = page.render_dimensions();
        sheets.push(Sheet { height, pieces: lines::pieces(&glyphs) });
    }
    heads::remove(&mut sheets);
    let columns: Vec<_> = sheets.into_iter().flat_map(|s| order::columns(s.pieces)).collect();
    let mut body = Body::empty();
    for paragraph in paragraphs::paragraphs(&columns) {
        body.add(&paragraph.text, paragraph.shape);
    }
    Ok(body)
}

/// What a file's properties say. Programs fill in titles and authors of their
/// own ("Microsoft Word - draft2.doc", "user"): those of several words count that
/// stand near the beginning of the text, too.
fn metadata(properties: &Properties, body: &Body) -> Metadata {
    let mut metadata = Metadata::default();
    let first = body.units.iter().take(FIRST_UNITS).map(|unit| unit.span.slice(&body.text));
    let first: Vec<String> = first.map(bare).collect();
    let fields = [(Field::Title, &properties.title), (Field::Byline, &properties.author)];
    for (field, value) in fields {
        let value = value.as_deref().map_or_else(String::new, property);
        let printed = bare(&value);
        if value.contains(' ') && first.iter().any(|unit| unit.contains(&printed)) {
            metadata.set(field, &value);
        }
    }
    if let Some(day) = printed_day(body).or_else(|| made(properties)) {
        metadata.set(Field::Published, &day);
    }
    metadata
}

/// The line among the first that tells the day, and little else.
fn printed_day(body: &Body) -> Option<String> {
    let lines = body.units.iter().take(FIRST_UNITS).map(|unit| unit.span.slice(&body.text));
    let mut short = lines.filter(|line| line.split_whitespace().count() <= WORDS_WITH_DAY);
    short.find(|line| date::parse(line).is_some()).map(str::to_owned)
}

/// The day on which a file was made.
fn made(properties: &Properties) -> Option<String> {
    let made = properties.creation_date?;
    Some(format!("{:04}-{:02}-{:02}", made.year, made.month, made.day))
}

/// The text of a property: UTF-16 or UTF-8 where a mark says so.
fn property(bytes: &[u8]) -> String {
    let (text, _, _) = WINDOWS_1252.decode(bytes);
    text.trim_matches(|c: char| c.is_whitespace() || c.is_control()).to_owned()
}

/// A text without case and spaces.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
