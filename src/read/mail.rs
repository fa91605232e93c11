//! Mail: single messages, boxes of them, and pages saved as mail (MHTML).

use std::sync::Arc;

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Message, MessageParser, MimeHeaders};

use super::compose::Body;
use super::format::{Format, Kind};
use super::metadata::{Field, Metadata};
use super::{Origin, Part, Read, ReadError, Reader, Reads, encoding, html, single};

pub(super) const MESSAGE: Kind = Kind {
    format: Format::Mail,
    name: "mail",
    endings: &["eml"],
    begins: |start| headers(start).is_some_and(|known| known >= 3),
    read: |reader, part| single(message(reader, part)),
};

pub(super) const BOX: Kind = Kind {
    format: Format::MailBox,
    name: "a box of mail",
    endings: &["mbox"],
    begins: |start| {
        let line = start.iter().position(|b| *b == b'\n').unwrap_or(start.len());
        let (first, rest) = start.split_at(line);
        let dated = first
            .windows(3)
            .any(|w| w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit());
        first.starts_with(b"From ") && dated && headers(rest.trim_ascii_start()).is_some()
    },
    read: messages,
};

pub(super) const PAGE: Kind = Kind {
    format: Format::Mhtml,
    name: "a page saved as MHTML",
    endings: &["mhtml", "mht"],
    begins: |start| {
        let start = start.get(..4096).unwrap_or(start).to_ascii_lowercase();
        headers(&start).is_some() && start.windows(17).any(|w| w == b"multipart/related")
    },
    read: |reader, part| single(page(reader, part)),
};

/// The most bytes of a message with all that is attached to it.
const LONGEST: u64 = 64 << 20;

/// How many headers of mail stand at the start; `None` where something else does.
fn headers(start: &[u8]) -> Option<usize> {
    const KNOWN: [&str; 12] = [
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "mime-version",
        "content-type",
        "received",
        "return-path",
        "delivered-to",
        "reply-to",
        "snapshot-content-location",
    ];
    let start = String::from_utf8_lossy(start);
    let mut known = 0;
    for line in start.lines().take_while(|line| !line.trim().is_empty()) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let (name, _) = line.split_once(':')?;
        let word = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !word {
            return None;
        }
        known += usize::from(KNOWN.contains(&name.to_ascii_lowercase().as_str()));
    }
    let technical = ["message-id:", "mime-version:", "received:", "return-path:"];
    let lower = start.to_ascii_lowercase();
    let is_mail = known >= 2 && technical.iter().any(|name| lower.contains(name));
    is_mail.then_some(known)
}

fn message(reader: &Arc<Reader>, part: Part) -> Result<Read, ReadError> {
    let Part { stream, origin } = part;
    let bytes = stream.all(LONGEST)?;
    article(reader, &origin, &bytes)
}

/// The messages of a box, one at a time.
fn messages(reader: &Arc<Reader>, part: Part) -> Reads {
    let Part { stream, origin } = part;
    let reader = Arc::clone(reader);
    let all = MessageIterator::new(stream.into_bytes()).enumerate();
    Box::new(all.map_while(move |(i, message)| {
        let name: Arc<str> = format!("{}, message {}", origin.name, i + 1).into();
        let origin = Origin { name: Arc::clone(&name), ..origin.clone() };
        match message {
            Ok(message) => Some(article(&reader, &origin, message.contents())),
            Err(_) if i == 0 => Some(Err(ReadError::NoArticle { name: name.to_string() })),
            Err(_) => None,
        }
    }))
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

/// The page of an MHTML file: its first part of HTML.
fn page(reader: &Arc<Reader>, part: Part) -> Result<Read, ReadError> {
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
    html::article(reader, &origin, &page, part.content_location())
}
