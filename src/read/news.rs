//! The XML of news agencies: NITF and NewsML-G2.

use std::sync::Arc;

use super::compose::Body;
use super::format::{Format, Kind};
use super::metadata::{Field, Metadata};
use super::xml::{self, Element};
use super::{Origin, Part, Read, ReadError, Reader, Reads, encoding, html, single};

pub(super) const KIND: Kind = Kind {
    format: Format::NewsXml,
    name: "NITF or NewsML-G2",
    endings: &["nitf", "newsml", "xml"],
    begins: |start| {
        let start = String::from_utf8_lossy(start.get(..2048).unwrap_or(start));
        let roots = ["<nitf", "<newsItem", "<newsMessage"];
        start.starts_with('<') && roots.iter().any(|root| start.contains(root))
    },
    read,
};

/// The most bytes of a document, which is read as a whole.
const LONGEST: u64 = 64 << 20;

fn read(reader: &Arc<Reader>, part: Part) -> Reads {
    let Part { stream, origin } = part;
    let root = stream.all(LONGEST).and_then(|bytes| {
        let text = encoding::page(&origin.name, bytes, None)?;
        let name = origin.name.to_string();
        xml::parse(&text).map_err(|reason| ReadError::Broken { name, kind: "XML document", reason })
    });
    let root = match root {
        Ok(root) => root,
        Err(error) => return single(Err(error)),
    };
    let mut items = Vec::new();
    match root.name.as_str() {
        "nitf" | "newsItem" => items.push(&root),
        "newsMessage" => root.all("newsItem", &mut items),
        _ => {}
    }
    if items.is_empty() {
        let name = origin.name.to_string();
        return single(Err(ReadError::NotProse { name, kind: "XML of no kind that is read" }));
    }
    let read: Vec<_> = items.into_iter().map(|item| article(reader, &origin, item)).collect();
    Box::new(read.into_iter())
}

fn article(reader: &Arc<Reader>, origin: &Origin, item: &Element) -> Result<Read, ReadError> {
    let name = || origin.name.to_string();
    if is_withdrawn(item) {
        let id = item.attribute("guid").map(str::to_owned).or_else(|| nitf_id(item));
        return Err(ReadError::Withdrawn { name: name(), id: id.unwrap_or_default() });
    }
    let metadata = if item.name == "nitf" { of_nitf(item) } else { of_newsml(item) };
    let body = body(item).filter(|body| !body.units.is_empty());
    let body = body.ok_or_else(|| ReadError::NoArticle { name: name() })?;
    reader.published(origin, metadata, body)
}

/// Whether the provider killed the item.
fn is_withdrawn(item: &Element) -> bool {
    let status = item.find("pubStatus").and_then(|status| status.attribute("qcode"));
    let killed = item.find("docdata").and_then(|data| data.attribute("management-status"));
    let told = status.and_then(|code| code.rsplit(':').next()).or(killed).unwrap_or("");
    matches!(told, "canceled" | "cancelled" | "withheld" | "withdrawn" | "killed")
}

fn nitf_id(item: &Element) -> Option<String> {
    item.find("doc-id")?.attribute("id-string").map(str::to_owned)
}

fn of_nitf(item: &Element) -> Metadata {
    let mut metadata = Metadata::default();
    let head =
        item.find("hedline").and_then(|h| h.words_of("hl1")).or_else(|| item.words_of("title"));
    let issued = item.find("date.issue").and_then(|date| date.attribute("norm"));
    let issued = issued.or_else(|| item.find("story.date").and_then(|d| d.attribute("norm")));
    let copyright = item.find("doc.copyright").and_then(|c| c.attribute("holder"));
    let name = item.find("pubdata").and_then(|data| data.attribute("name"));
    let distributor = item.words_of("distributor");
    metadata.id = nitf_id(item);
    metadata.set(Field::Title, &head.unwrap_or_default());
    metadata.set(Field::Published, &moment(issued.unwrap_or("")));
    metadata.set(Field::Publisher, name.or(copyright).or(distributor.as_deref()).unwrap_or(""));
    metadata.set(Field::Byline, &byline(item.find("byline")));
    metadata.set(Field::Language, item.attribute("lang").unwrap_or(""));
    metadata
}

fn of_newsml(item: &Element) -> Metadata {
    let mut metadata = Metadata::default();
    let of = |part: &str, name: &str| item.find(part).and_then(|part| part.words_of(name));
    let provider = item.find("provider").map(|p| p.words_of("name").unwrap_or_else(|| p.words()));
    let provider = provider.filter(|name| !name.is_empty());
    let literal = item.find("provider").and_then(|p| p.attribute("literal")).map(str::to_owned);
    let holder = || item.find("copyrightHolder").map(Element::words);
    let created = of("contentMeta", "contentCreated").or_else(|| of("itemMeta", "firstCreated"));
    let created = created.or_else(|| of("itemMeta", "versionCreated"));
    metadata.id = item.attribute("guid").map(str::to_owned);
    metadata.set(
        Field::Title,
        &of("contentMeta", "headline").or_else(|| of("itemMeta", "title")).unwrap_or_default(),
    );
    metadata.set(Field::Published, &created.unwrap_or_default());
    metadata.set(Field::Publisher, &provider.or(literal).or_else(holder).unwrap_or_default());
    metadata.set(Field::Byline, &byline(item.find("by").or_else(|| item.find("byline"))));
    let language = item.find("contentMeta").and_then(|meta| meta.find("language"));
    metadata.set(Field::Language, language.and_then(|l| l.attribute("tag")).unwrap_or(""));
    metadata
}

/// The names of a byline, without the titles that stand beside them.
fn byline(element: Option<&Element>) -> String {
    let person = |element: &Element| element.words_of("person").unwrap_or_else(|| element.words());
    element.map(person).unwrap_or_default()
}

/// `20240501T120000Z` with the marks of ISO 8601; anything else as it is.
fn moment(norm: &str) -> String {
    let digits = |range: std::ops::Range<usize>| {
        norm.get(range).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))
    };
    match (digits(0..8), norm.get(8..9), digits(9..15)) {
        (Some(day), Some("T"), Some(time)) => {
            let zone = norm.get(15..).filter(|zone| !zone.is_empty()).unwrap_or("Z");
            let (year, rest) = day.split_at(4);
            let (month, day) = rest.split_at(2);
            let (hour, rest) = time.split_at(2);
            let (minute, second) = rest.split_at(2);
            format!("{year}-{month}-{day}T{hour}:{minute}:{second}{zone}")
        }
        _ => norm.to_owned(),
    }
}

/// The body: the content of NITF, or of the inline XML of NewsML-G2.
fn body(item: &Element) -> Option<Body> {
    let inline = item.find("inlineXML");
    let content =
        item.find("body.content").or_else(|| inline.and_then(|xml| xml.find("body"))).or(inline);
    if let Some(content) = content {
        return Some(html::fragment(&content.to_html()));
    }
    item.find("inlineData").map(|data| Body::plain(data.text().trim()))
}
