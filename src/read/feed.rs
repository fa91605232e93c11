//! Feeds: RSS 0.9 to 2.0 and Atom, an article an entry.

use std::sync::Arc;

use super::compose::Body;
use super::format::{Format, Kind};
use super::layout::Shape;
use super::metadata::{Field, Metadata};
use super::xml::{self, Element};
use super::{Origin, Part, Read, ReadError, Reader, Reads, encoding, html, single};

pub(super) const KIND: Kind = Kind {
    format: Format::Feed,
    name: "a feed",
    endings: &["rss", "atom", "rdf"],
    begins: |start| {
        let start = String::from_utf8_lossy(start.get(..2048).unwrap_or(start));
        let root = ["<rss", "<feed", "<rdf:RDF"].iter().any(|root| start.contains(root));
        root && start.starts_with('<')
    },
    read,
};

/// The most bytes of a feed, which is read as a whole.
const LONGEST: u64 = 128 << 20;

fn read(reader: &Arc<Reader>, part: Part) -> Reads {
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
        article(reader, &Origin { name, ..origin.clone() }, entry, &of_feed)
    };
    let all: Vec<_> = entries.iter().enumerate().map(read).collect();
    Box::new(all.into_iter())
}

/// What a feed says of all its entries.
fn of_feed(feed: &Element) -> Metadata {
    let channel = feed.find("channel").unwrap_or(feed);
    let own = |name| channel.named(name).map(Element::words).find(|words| !words.is_empty());
    let mut metadata = Metadata::default();
    metadata.set(Field::Publisher, &own("title").unwrap_or_default());
    let language = own("language").or_else(|| feed.attribute("lang").map(str::to_owned));
    metadata.set(Field::Language, &language.unwrap_or_default());
    metadata
}

fn article(
    reader: &Arc<Reader>,
    origin: &Origin,
    entry: &Element,
    of_feed: &Metadata,
) -> Result<Read, ReadError> {
    let own = |name| entry.named(name).map(Element::words).find(|words| !words.is_empty());
    let mut metadata = of_feed.clone();
    metadata.set(Field::Title, &own("title").map(|t| html::unescaped(&t)).unwrap_or_default());
    metadata.set(Field::Url, &address(entry).unwrap_or_default());
    let day = ["pubDate", "published", "date", "issued", "updated", "modified"];
    metadata.set(Field::Published, &day.into_iter().find_map(own).unwrap_or_default());
    metadata.set(Field::Byline, &authors(entry));
    if let Some(source) = own("source").filter(|words| !words.starts_with("http")) {
        metadata.set(Field::Publisher, &source);
    }
    if metadata.url.is_none() {
        metadata.id = own("guid").or_else(|| own("id"));
    }
    let body = body(entry).filter(|body| !body.units.is_empty());
    let body = body.ok_or_else(|| ReadError::NoArticle { name: origin.name.to_string() })?;
    reader.published(origin, metadata, body)
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
    let of = |name| entry.named(name).map(content).find(|html| !html.trim().is_empty());
    if let Some(full) = of("encoded").or_else(|| of("content")) {
        return Some(html::fragment(&full));
    }
    let mut body = html::fragment(&of("description").or_else(|| of("summary"))?);
    let words = body.text.split_whitespace().count();
    const LONGEST_SUMMARY: usize = 120;
    if words <= LONGEST_SUMMARY {
        body.units.iter_mut().for_each(|unit| unit.shape = Shape::Heading);
    }
    Some(body)
}

/// The HTML of an element: as text, or as elements of its own.
fn content(element: &Element) -> String {
    match element.attribute("type") {
        Some("xhtml") => element.to_html(),
        _ if element.children().next().is_some() => element.to_html(),
        _ => element.text(),
    }
}
