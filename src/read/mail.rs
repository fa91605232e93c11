//! Mail: single messages, boxes of them, and pages saved as mail (MHTML).

use std::io::ErrorKind;
use std::sync::Arc;

use mail_parser::{Message, MessageParser, MimeHeaders};

use super::compose::Body;
use super::metadata::{Field, Metadata};
use super::stream::Stream;
use super::{Origin, Part, Read, ReadError, Reader, Reads, encoding, html, single};

/// The most bytes of a message with all that is attached to it.
const LONGEST: u64 = 64 << 20;

pub(super) fn read_message(reader: &Arc<Reader>, part: Part) -> Reads {
    let Part { stream, origin } = part;
    single(stream.all(LONGEST).and_then(|bytes| article(reader, &origin, &bytes)))
}

pub(super) fn read_box(reader: &Arc<Reader>, part: Part) -> Reads {
    let Part { stream, origin } = part;
    let (reader, bytes) = (Arc::clone(reader), stream);
    Box::new(Letters { reader, origin, bytes, number: 0, found: false, ended: false })
}

/// The messages of a box, one at a time: each begins with a line `From …`.
struct Letters {
    reader: Arc<Reader>,
    origin: Origin,
    bytes: Stream,
    /// How many messages have begun.
    number: usize,
    found: bool,
    ended: bool,
}

impl Letters {
    /// The bytes of the next message; `None` for one that is too long, of which
    /// no more is kept than a message may have.
    fn message(&mut self) -> Result<Option<Vec<u8>>, ReadError> {
        let (mut message, mut whole) = (Vec::new(), true);
        loop {
            let line = match self.bytes.line(LONGEST) {
                Some(Ok(line)) => line,
                Some(Err(error)) if error.kind() == ErrorKind::FileTooLarge => {
                    whole = false;
                    continue;
                }
                Some(Err(error)) => return Err(self.bytes.fail(error)),
                None => {
                    self.ended = true;
                    break;
                }
            };
            if line.starts_with(b"From ") {
                break;
            }
            whole &= (message.len() + line.len()) as u64 <= LONGEST;
            if whole {
                message.extend_from_slice(without_mark(&line));
                message.push(b'\n');
            }
        }
        Ok(whole.then_some(message))
    }
}

/// A line `>From …` without the mark that tells it from the begin of a message.
fn without_mark(line: &[u8]) -> &[u8] {
    let Some(bare) = line.strip_prefix(b">") else { return line };
    let marks = bare.iter().take_while(|b| **b == b'>').count();
    let (_, rest) = bare.split_at(marks);
    if rest.starts_with(b"From ") { bare } else { line }
}

impl Iterator for Letters {
    type Item = Result<Read, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let message = match self.message() {
                Ok(message) => message,
                Err(error) => {
                    (self.found, self.ended) = (true, true);
                    return Some(Err(error));
                }
            };
            let number = self.number;
            self.number += 1;
            // What stands before the first line of a message is none.
            if number == 0 && message.as_ref().is_some_and(|bytes| bytes.trim_ascii().is_empty()) {
                continue;
            }
            self.found = true;
            let name: Arc<str> = format!("{}, message {number}", self.origin.name).into();
            let Some(bytes) = message else {
                return Some(Err(ReadError::TooLong { name: name.to_string(), limit: LONGEST }));
            };
            let origin = Origin { name, entry: true, ..self.origin.clone() };
            let read = article(&self.reader, &origin, &bytes);
            return Some(read.map(|read| read.with_original(self.reader.original(&bytes))));
        }
        if self.found {
            return None;
        }
        self.found = true;
        Some(Err(ReadError::NoArticle { name: self.origin.name.to_string() }))
    }
}

fn article(reader: &Arc<Reader>, origin: &Origin, bytes: &[u8]) -> Result<Read, ReadError> {
    let name = || origin.name.to_string();
    let message = MessageParser::default().parse(bytes);
    let message = message.ok_or_else(|| ReadError::NoArticle { name: name() })?;
    let body = match (message.body_html(0), message.body_text(0)) {
        (Some(page), _) if message.html_body_count() > 0 && is_html(&message) => {
            html::fragment(&page)
        }
        (_, Some(text)) => Body::plain(&without_quoted(&text)),
        (Some(page), None) => html::fragment(&page),
        (None, None) => return Err(ReadError::NoArticle { name: name() }),
    };
    if body.units.is_empty() {
        return Err(ReadError::NoArticle { name: name() });
    }
    let mut metadata = Metadata::default();
    metadata.set(Field::Title, message.subject().unwrap_or(""));
    let sender = message.from().and_then(|from| from.first());
    let written_by = sender.and_then(|sender| sender.name().or(sender.address()));
    metadata.set(Field::Byline, written_by.unwrap_or(""));
    if let Some(date) = message.date() {
        metadata.set(Field::Published, &date.to_rfc3339());
    }
    metadata.id = message.message_id().map(str::to_owned);
    reader.published(origin, metadata, body)
}

fn is_html(message: &Message<'_>) -> bool {
    let part = message.html_part(0);
    part.is_some_and(|part| part.content_type().is_some_and(|t| t.subtype() == Some("html")))
}

/// The text of a message without what it quotes of others, and its signature.
fn without_quoted(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for line in text.lines() {
        if line == "-- " || line.starts_with("-----Original Message-----") {
            break;
        }
        let quotes = line.trim_start().starts_with('>');
        if quotes && kept.last().is_some_and(|last| last.trim_end().ends_with("wrote:")) {
            kept.pop();
        }
        if !quotes {
            kept.push(line);
        }
    }
    kept.join("\n")
}

pub(super) fn read_page(reader: &Arc<Reader>, part: Part) -> Reads {
    match page(reader, part) {
        Ok(read) => Box::new(read.into_iter()),
        Err(error) => single(Err(error)),
    }
}

/// The page of an MHTML file: its first part of HTML.
fn page(reader: &Arc<Reader>, part: Part) -> Result<Vec<Result<Read, ReadError>>, ReadError> {
    let Part { stream, origin } = part;
    let bytes = stream.all(LONGEST)?;
    let none = || ReadError::NoArticle { name: origin.name.to_string() };
    let message = MessageParser::default().parse(&bytes).ok_or_else(none)?;
    let mut parts = message.parts.iter();
    let is_page = |part: &&mail_parser::MessagePart<'_>| {
        part.content_type().is_some_and(|t| t.ctype() == "text" && t.subtype() == Some("html"))
    };
    let part = parts.find(is_page).ok_or_else(none)?;
    let declared = part.content_type().and_then(|t| t.attribute("charset"));
    let page = encoding::page(&origin.name, part.contents().to_vec(), declared)?;
    Ok(html::articles(reader, &origin, &page, part.content_location()))
}
