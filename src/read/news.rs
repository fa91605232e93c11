//! The XML of news agencies: NITF and NewsML-G2.

use std::sync::Arc;

use super::compose::Body;
use super::metadata::{Field, Metadata};
use super::xml::{self, Element};
use super::{Origin, Part, Read, ReadError, Reader, Reads, encoding, html, single};

/// The most bytes of a document, which is read as a whole.
const LONGEST: u64 = 64 << 20;

pub(super) fn read(reader: &Arc<Reader>, part: Part) -> Reads {
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
    if root.name == "opml" {
        return single(Err(ReadError::FeedList { name: origin.name.to_string() }));
    }
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
    let origin = Origin { entry: items.len() > 1, ..origin };
    let read: Vec<_> = items.into_iter().map(|item| article(reader, &origin, item)).collect();
    Box::new(read.into_iter())
}

fn article(reader: &Arc<Reader>, origin: &Origin, item: &Element) -> Result<Read, ReadError> {
    let name = || origin.name.to_string();
    if is_withdrawn(item) {
        let id = item.attribute("guid").map(str::to_owned).or_else(|| nitf_id(item));
        let id = id.ok_or_else(|| ReadError::NoArticle { name: name() })?;
        return Err(ReadError::Withdrawn { name: name(), id, version: Some(version(item)) });
    }
    let metadata = if item.name == "nitf" { of_nitf(item) } else { of_newsml(item) };
    let body = body(item).filter(|body| !body.units.is_empty());
    let body = body.ok_or_else(|| ReadError::NoArticle { name: name() })?;
    let version = metadata.id.is_some().then(|| version(item));
    reader.published(origin, Metadata { version, ..metadata }, body)
}

/// Whether the provider killed the item.
fn is_withdrawn(item: &Element) -> bool {
    const TOLD: [&str; 5] = ["canceled", "cancelled", "withheld", "withdrawn", "killed"];
    let status = attribute_of(item, "pubStatus", "qcode");
    let status = status.or_else(|| attribute_of(item, "docdata", "management-status"));
    status.is_some_and(|code| TOLD.iter().any(|told| code.rsplit(':').next() == Some(told)))
}

/// The number of an item's version; providers correct an item under its id.
fn version(item: &Element) -> u64 {
    let told = item.attribute("version").map(str::to_owned);
    let told = told.or_else(|| attribute_of(item, "du-key", "version"));
    told.and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn nitf_id(item: &Element) -> Option<String> {
    attribute_of(item, "doc-id", "id-string")
}

/// The words of an element in a part of an item.
fn words_in(item: &Element, part: &str, name: &str) -> Option<String> {
    item.find(part)?.words_of(name)
}

/// An attribute of a part of an item.
fn attribute_of(item: &Element, part: &str, name: &str) -> Option<String> {
    item.find(part)?.attribute(name).map(str::to_owned)
}

fn of_nitf(item: &Element) -> Metadata {
    let mut metadata = Metadata { id: nitf_id(item), ..Metadata::default() };
    let title = [words_in(item, "hedline", "hl1"), item.words_of("title")];
    let issued =
        [attribute_of(item, "date.issue", "norm"), attribute_of(item, "story.date", "norm")];
    let publisher = [
        attribute_of(item, "pubdata", "name"),
        attribute_of(item, "doc.copyright", "holder"),
        item.words_of("distributor"),
    ];
    metadata.set_first(Field::Title, title);
    metadata.set_first(Field::Published, issued.map(|norm| Some(moment(&norm?))));
    metadata.set_first(Field::Publisher, publisher);
    metadata.set_first(Field::Byline, [byline(item, "byline")]);
    metadata.set_first(Field::Dateline, [item.words_of("dateline")]);
    metadata.set_first(Field::Credit, [words_in(item, "body.head", "distributor")]);
    metadata.set_first(Field::Rights, [item.words_of("rights"), copyright(item)]);
    metadata.set_first(Field::Language, [item.attribute("lang").map(str::to_owned)]);
    metadata
}

fn of_newsml(item: &Element) -> Metadata {
    let id = item.attribute("guid").map(str::to_owned);
    let mut metadata = Metadata { id, ..Metadata::default() };
    let title = [words_in(item, "contentMeta", "headline"), words_in(item, "itemMeta", "title")];
    let created = [
        words_in(item, "contentMeta", "contentCreated"),
        words_in(item, "itemMeta", "firstCreated"),
        words_in(item, "itemMeta", "versionCreated"),
    ];
    let provider = [
        words_in(item, "provider", "name"),
        item.words_of("provider"),
        attribute_of(item, "provider", "literal"),
        item.words_of("copyrightHolder"),
    ];
    let language = item.find("contentMeta").and_then(|meta| attribute_of(meta, "language", "tag"));
    metadata.set_first(Field::Title, title);
    metadata.set_first(Field::Published, created);
    metadata.set_first(Field::Publisher, provider);
    metadata.set_first(Field::Byline, [byline(item, "by"), byline(item, "byline")]);
    let rights = |name| words_in(item, "rightsInfo", name);
    metadata.set_first(Field::Dateline, [words_in(item, "contentMeta", "dateline")]);
    metadata.set_first(Field::Credit, [words_in(item, "contentMeta", "creditline")]);
    metadata
        .set_first(Field::Rights, ["copyrightNotice", "usageTerms", "copyrightHolder"].map(rights));
    metadata.set_first(Field::Language, [language]);
    metadata
}

/// Year and holder of the copyright of NITF.
fn copyright(item: &Element) -> Option<String> {
    let of = |name| attribute_of(item, "doc.copyright", name);
    let holder = of("holder")?;
    Some(format!("© {} {holder}", of("year").unwrap_or_default()))
}

/// The names of a byline, without the titles that stand beside them.
fn byline(item: &Element, name: &str) -> Option<String> {
    words_in(item, name, "person").or_else(|| item.words_of(name))
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
