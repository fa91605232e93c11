//! Documents of word processors (DOCX, ODT) and e-books (EPUB): ZIP files with
//! XML in them.

use std::io::Read;
use std::sync::Arc;

use super::compose::Body;
use super::html;
use super::layout::Shape;
use super::metadata::{Field, Metadata};
use super::xml::{self, Element};
use super::zip_file::{Document, ZipBytes, ZipMember};
use super::{Origin, ReadError, Reader, Reads, encoding, single};

/// The articles of a document: one, or one for each chapter of an e-book.
pub(super) fn read(
    reader: &Arc<Reader>,
    origin: &Origin,
    file: &ZipBytes,
    members: &[ZipMember],
    kind: Document,
) -> Reads {
    let package = Package { reader, origin, file, members };
    match kind {
        Document::Docx => single(package.docx()),
        Document::Odt => single(package.odt()),
        Document::Epub => match package.epub() {
            Ok(chapters) => Box::new(chapters.into_iter()),
            Err(error) => single(Err(error)),
        },
    }
}

struct Package<'a> {
    reader: &'a Arc<Reader>,
    origin: &'a Origin,
    file: &'a ZipBytes,
    members: &'a [ZipMember],
}

impl Package<'_> {
    fn broken(&self, reason: String) -> ReadError {
        ReadError::Broken { name: self.origin.name.to_string(), kind: "document", reason }
    }

    /// The text of a member, which may be at most four times as long as an article.
    fn text(&self, path: &str) -> Result<String, ReadError> {
        let member = self.members.iter().find(|member| member.path() == path);
        let member = member.ok_or_else(|| self.broken(format!("{path} is missing")))?;
        let limit = self.reader.options.longest_article * 4;
        let mut bytes = Vec::new();
        let read = self.file.member(member).and_then(|m| m.take(limit + 1).read_to_end(&mut bytes));
        let name = format!("{}!{path}", self.origin.name);
        read.map_err(|source| ReadError::Compression { name: name.clone(), source })?;
        if bytes.len() as u64 > limit {
            return Err(ReadError::TooLong { name, limit });
        }
        encoding::page(&name, bytes, None)
    }

    fn xml(&self, path: &str) -> Result<Element, ReadError> {
        xml::parse(&self.text(path)?).map_err(|reason| self.broken(format!("{path}: {reason}")))
    }

    fn docx(&self) -> Result<super::Read, ReadError> {
        let document = self.xml("word/document.xml")?;
        let mut metadata = self.properties("docProps/core.xml");
        let mut body = Body::empty();
        write_word(&document, &mut body, &mut metadata);
        self.article(metadata, body)
    }

    fn odt(&self) -> Result<super::Read, ReadError> {
        let document = self.xml("content.xml")?;
        let mut body = Body::empty();
        if let Some(text) = document.find("text") {
            write_open(text, Shape::Plain, &mut body);
        }
        self.article(self.properties("meta.xml"), body)
    }

    fn article(&self, metadata: Metadata, body: Body) -> Result<super::Read, ReadError> {
        if body.units.is_empty() {
            return Err(ReadError::NoArticle { name: self.origin.name.to_string() });
        }
        self.reader.published(self.origin, metadata, body)
    }

    /// What a document's properties say; their date is when it was written.
    fn properties(&self, path: &str) -> Metadata {
        let mut metadata = Metadata::default();
        let Ok(properties) = self.xml(path) else { return metadata };
        let of = |name: &str| properties.words_of(name).unwrap_or_default();
        metadata.set(Field::Title, &of("title"));
        metadata.set(Field::Byline, &of("creator"));
        metadata.set(Field::Publisher, &of("publisher"));
        let created = [of("created"), of("creation-date"), of("date")];
        let created = created.into_iter().find(|date| !date.is_empty());
        metadata.set(Field::Published, &created.unwrap_or_default());
        metadata
    }

    /// The chapters of an e-book, in the order of its spine.
    fn epub(&self) -> Result<Vec<Result<super::Read, ReadError>>, ReadError> {
        const SHORTEST: usize = 40;
        let container = self.xml("META-INF/container.xml")?;
        let root = container.find("rootfile").and_then(|file| file.attribute("full-path"));
        let root = root.ok_or_else(|| self.broken("it names no root file".to_owned()))?;
        let folder =
            root.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let package = self.xml(root)?;
        let mut book = Metadata::default();
        let of = |name: &str| package.words_of(name).unwrap_or_default();
        book.set(Field::Byline, &of("creator"));
        book.set(Field::Published, &of("date"));
        book.set(Field::Language, &of("language"));
        let (publisher, title) = (of("publisher"), of("title"));
        book.set(Field::Publisher, if publisher.is_empty() { &title } else { &publisher });
        let mut chapters = Vec::new();
        for (number, path) in spine(&package).into_iter().enumerate() {
            let name: Arc<str> = format!("{}, chapter {}", self.origin.name, number + 1).into();
            let path = format!("{folder}{path}");
            let chapter = self.text(&path).map(|page| html::fragment(&page));
            let body = match chapter {
                Ok(body) => body,
                Err(error) => {
                    chapters.push(Err(error));
                    continue;
                }
            };
            if body.text.split_whitespace().count() < SHORTEST {
                continue;
            }
            let file = self.origin.file.as_ref().map(|file| format!("{file}!{path}").into());
            let depth = self.origin.depth + 1;
            let origin = Origin { name, path: Some(path.into()), file, entry: false, depth };
            chapters.push(self.reader.published(&origin, book.clone(), body));
        }
        if chapters.is_empty() {
            return Err(ReadError::NoArticle { name: self.origin.name.to_string() });
        }
        Ok(chapters)
    }
}

/// The paths of an e-book's chapters.
fn spine(package: &Element) -> Vec<String> {
    let mut items = Vec::new();
    package.all("item", &mut items);
    let mut order = Vec::new();
    package.all("itemref", &mut order);
    let path = |id: &str| {
        let item = items.iter().find(|item| item.attribute("id") == Some(id))?;
        item.attribute("href").map(|href| href.replace("%20", " "))
    };
    order.iter().filter_map(|reference| path(reference.attribute("idref")?)).collect()
}

/// Writes the paragraphs of DOCX.
fn write_word(element: &Element, body: &mut Body, metadata: &mut Metadata) {
    for child in element.children() {
        match child.name.as_str() {
            "p" => {
                let words = word_text(child);
                let style =
                    child.find("pStyle").and_then(|style| style.attribute("val")).unwrap_or("");
                let listed = child.find("numPr").is_some();
                let shape = match style {
                    "Title" if !words.trim().is_empty() => {
                        metadata.set(Field::Title, &words);
                        continue;
                    }
                    _ if style.starts_with("Heading") || style == "Subtitle" => Shape::Heading,
                    _ if listed || style.starts_with("List") => Shape::Item,
                    _ => Shape::Plain,
                };
                body.add(&words, shape);
            }
            "tr" => {
                let mut cells = Vec::new();
                child.all("tc", &mut cells);
                let words: Vec<String> = cells.iter().map(|cell| word_text(cell)).collect();
                body.add(&words.join("\t"), Shape::Item);
            }
            "del" | "moveFrom" | "Fallback" => {}
            _ => write_word(child, body, metadata),
        }
    }
}

/// The words of a paragraph of DOCX: its runs, with tabs and line breaks, without
/// what was deleted and without the codes of fields.
fn word_text(element: &Element) -> String {
    let mut words = String::new();
    for child in element.children() {
        match child.name.as_str() {
            "t" => words.push_str(&child.text()),
            "tab" => words.push('\t'),
            "br" | "cr" => words.push('\n'),
            "noBreakHyphen" => words.push('-'),
            "del" | "moveFrom" | "instrText" | "pPr" | "rPr" | "Fallback" => {}
            "p" => words.push_str(&(word_text(child) + "\n")),
            _ => words.push_str(&word_text(child)),
        }
    }
    words
}

/// Writes the paragraphs of ODT.
fn write_open(element: &Element, shape: Shape, body: &mut Body) {
    for child in element.children() {
        match child.name.as_str() {
            "h" => body.add(&open_text(child), Shape::Heading),
            "p" => body.add(&open_text(child), shape),
            "list-item" => write_open(child, Shape::Item, body),
            "table-row" => {
                let mut cells = Vec::new();
                child.all("table-cell", &mut cells);
                let words: Vec<String> = cells.iter().map(|cell| cell.words()).collect();
                body.add(&words.join("\t"), Shape::Item);
            }
            "tracked-changes" | "annotation" | "note" | "table-of-content" => {}
            _ => write_open(child, shape, body),
        }
    }
}

/// The words of a paragraph of ODT, without notes and comments.
fn open_text(element: &Element) -> String {
    let mut words = String::new();
    for content in &element.content {
        match content {
            xml::Content::Text(text) => words.push_str(text),
            xml::Content::Element(child) => match child.name.as_str() {
                "s" => words.push(' '),
                "tab" => words.push('\t'),
                "line-break" => words.push('\n'),
                "note" | "annotation" | "annotation-end" => {}
                _ => words.push_str(&open_text(child)),
            },
        }
    }
    words
}
