//! Feeds: RSS 0.9 to 2.0 and Atom, an article an entry.

use std::sync::Arc;

use super::compose::Body;
use super::layout::Shape;
use super::metadata::{Field, Metadata};
#[cfg(feature = "fetch")]
use super::start;
use super::xml::{self, Element};
use super::{Origin, Part, Read, ReadError, Reader, Reads, encoding, html, single};

/// The most bytes of a feed, which is read as a whole.
const LONGEST: u64 = 128 << 20;

pub(super) fn read(reader: &Arc<Reader>, part: Part) -> Reads {
    let Part { stream, origin } = part;
    let text = stream.all(LONGEST).and_then(|bytes| encoding::page(&origin.name, bytes, None));
    let feed = text.and_then(|text| {
        let name = origin.name.to_string();
        xml::parse(&text).map_err(|reason| ReadError::Broken { name, kind: "feed", reason })
    });
    let feed = match feed {
        Ok(feed) => feed,
        Err(error) => return single(Err(error)),
    };
    let of_feed = of_feed(&feed);
    let mut entries = Vec::new();
    feed.all(if feed.name == "feed" { "entry" } else { "item" }, &mut entries);
    if entries.is_empty() {
        return single(Err(ReadError::NoArticle { name: origin.name.to_string() }));
    }
    let read = |(i, entry): (usize, &&Element)| {
        let name = format!("{}, entry {}", origin.name, i + 1).into();
        article(reader, &Origin { name, entry: true, ..origin.clone() }, entry, &of_feed)
    };
    let all: Vec<_> = entries.iter().enumerate().map(read).collect();
    Box::new(all.into_iter())
}

/// What a list names.
#[cfg(feature = "fetch")]
pub(crate) enum Listing {
    /// The addresses of a feed's entries.
    Entries(Vec<String>),
    /// The addresses of the feeds of a list (OPML).
    Feeds(Vec<String>),
}

/// The addresses in a feed or a list of feeds; `None` where something is neither.
#[cfg(feature = "fetch")]
pub(crate) fn listing(bytes: &[u8]) -> Option<Listing> {
    let (start, _) = bytes.split_at(bytes.len().min(2048));
    if !start::of_feed(start.trim_ascii_start()) && !start.windows(5).any(|w| w == b"<opml") {
        return None;
    }
    let text = encoding::page("a list", bytes.to_vec(), None).ok()?;
    let root = xml::parse(&text).ok()?;
    let mut found = Vec::new();
    if root.name == "opml" {
        every_outline(&root, &mut found);
        return Some(Listing::Feeds(found));
    }
    let mut entries = Vec::new();
    root.all(if root.name == "feed" { "entry" } else { "item" }, &mut entries);
    found.extend(entries.into_iter().filter_map(address));
    Some(Listing::Entries(found))
}

/// The feeds of a list; what stands in groups, too.
#[cfg(feature = "fetch")]
fn every_outline(element: &Element, found: &mut Vec<String>) {
    for child in element.children() {
        found.extend(child.attribute("xmlUrl").map(str::to_owned));
        every_outline(child, found);
    }
}

/// The words of an element directly in another.
fn own(element: &Element, name: &'static str) -> Option<String> {
    element.named(name).map(Element::words).find(|words| !words.is_empty())
}

/// What a feed says of all its entries.
fn of_feed(feed: &Element) -> Metadata {
    let channel = feed.find("channel").unwrap_or(feed);
    let language = feed.attribute("lang").map(str::to_owned);
    let mut metadata = Metadata::default();
    metadata.set_first(Field::Publisher, [own(channel, "title")]);
    metadata.set_first(Field::Language, [own(channel, "language"), language]);
    metadata
}

fn article(
    reader: &Arc<Reader>,
    origin: &Origin,
    entry: &Element,
    of_feed: &Metadata,
) -> Result<Read, ReadError> {
    let mut metadata = of_feed.clone();
    let source = own(entry, "source").filter(|words| !words.starts_with("http"));
    let day = ["pubDate", "published", "date", "issued", "updated", "modified"];
    metadata.set_first(Field::Title, [own(entry, "title").map(|title| html::unescaped(&title))]);
    metadata.set_first(Field::Url, [address(entry)]);
    metadata.set_first(Field::Published, day.map(|name| own(entry, name)));
    metadata.set_first(Field::Publisher, [source]);
    metadata.set(Field::Byline, &authors(entry));
    if metadata.url.is_none() {
        metadata.id = own(entry, "guid").or_else(|| own(entry, "id"));
    }
    match body(entry) {
        Some(body) if !body.units.is_empty() => reader.published(origin, metadata, body),
        _ => Err(ReadError::NoArticle { name: origin.name.to_string() }),
    }
}

/// The address of an entry: its link to the page, else an identifier that is one.
fn address(entry: &Element) -> Option<String> {
    let is_page = |link: &&Element| link.attribute("rel").is_none_or(|rel| rel == "alternate");
    let link = entry.named("link").filter(is_page).find_map(|link| {
        let target = link.attribute("href").map(str::to_owned);
        target.or_else(|| Some(link.words())).filter(|url| url.starts_with("http"))
    });
    let permanent = |guid: &&Element| guid.attribute("isPermaLink") != Some("false");
    let guid = || entry.named("guid").filter(permanent).map(Element::words).next();
    link.or_else(guid).filter(|url| url.starts_with("http"))
}

/// The names of the authors; mail addresses stand before names in brackets.
fn authors(entry: &Element) -> String {
    let mut names = Vec::new();
    for author in entry.children().filter(|e| matches!(e.name.as_str(), "creator" | "author")) {
        let words = author.words_of("name").unwrap_or_else(|| author.words());
        let inside = words.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
        let name = inside.unwrap_or(&words).trim().to_owned();
        if !name.is_empty() && !name.contains('@') && !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// The body of an entry: its content; where it has none its summary, laid out
/// as the standfirst that it is.
fn body(entry: &Element) -> Option<Body> {
    if let Some(full) = content(entry, "encoded").or_else(|| content(entry, "content")) {
        return Some(html::fragment(&full));
    }
    let summary = content(entry, "description").or_else(|| content(entry, "summary"))?;
    let mut body = html::fragment(&summary);
    let words = body.text.split_whitespace().count();
    const LONGEST_SUMMARY: usize = 120;
    if words <= LONGEST_SUMMARY {
        body.units.iter_mut().for_each(|unit| unit.shape = Shape::Heading);
    }
    Some(body)
}

/// The HTML of an element directly in an entry.
fn content(entry: &Element, name: &'static str) -> Option<String> {
    entry.named(name).map(html_of).find(|html| !html.trim().is_empty())
}

/// The HTML of an element: as text, or as elements of its own.
fn html_of(element: &Element) -> String {
    let elements = element.children().next().is_some();
    if elements || element.attribute("type") == Some("xhtml") {
        element.to_html()
    } else {
        element.text()
    }
}
