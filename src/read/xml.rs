//! XML as a tree of elements, for the formats that are written in it.
//!
//! Entities of a document's own are not expanded, elements may be nested 200
//! deep, and names are kept without their prefixes.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::html;

/// Elements may be nested so deep.
const DEEPEST: usize = 200;

/// An element with what is in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    /// Its name without prefix.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) content: Vec<Content>,
}

/// What stands in an element.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Element(Element),
    Text(String),
}

/// Reads a document; `Err` says what is wrong with it, and at which byte. What
/// stands before the fault of one that is cut off is kept.
pub(super) fn parse(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if open.len() > DEEPEST => {
                let name = name_of(&tag);
                return Err(format!("<{name}> is nested deeper than {DEEPEST} elements"));
            }
            Ok(Event::Start(tag)) => open.push(element(&tag)),
            Ok(Event::Empty(tag)) => add(&mut open, Content::Element(element(&tag))),
            Ok(Event::End(_)) if open.len() > 1 => close(&mut open),
            Ok(Event::Text(raw)) => {
                add(&mut open, Content::Text(unescaped(&String::from_utf8_lossy(&raw))));
            }
            Ok(Event::CData(raw)) => {
                add(&mut open, Content::Text(String::from_utf8_lossy(&raw).into_owned()));
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => return Err(format!("byte {}: {error}", reader.error_position())),
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    let elements = open.pop().into_iter().flat_map(|top| top.content);
    let mut root = elements.filter_map(|content| match content {
        Content::Element(element) => Some(element),
        Content::Text(_) => None,
    });
    root.next_back().ok_or_else(|| "no element".to_owned())
}

fn add(open: &mut [Element], content: Content) {
    if let Some(top) = open.last_mut() {
        top.content.push(content);
    }
}

fn close(open: &mut Vec<Element>) {
    if let Some(element) = open.pop() {
        add(open, Content::Element(element));
    }
}

fn name_of(tag: &BytesStart<'_>) -> String {
    String::from_utf8_lossy(tag.local_name().as_ref()).into_owned()
}

fn element(tag: &BytesStart<'_>) -> Element {
    // Whether one stands there twice is checked one against all others.
    let mut attributes = tag.attributes();
    let attributes = attributes.with_checks(false).flatten().map(|attribute| {
        let name = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
        (name, unescaped(&String::from_utf8_lossy(&attribute.value)))
    });
    Element { name: name_of(tag), attributes: attributes.collect(), content: Vec::new() }
}

/// Text with its references resolved: those of XML, of HTML, and numbers.
fn unescaped(raw: &str) -> String {
    match quick_xml::escape::unescape(raw) {
        Ok(text) => text.into_owned(),
        Err(_) => html::unescaped(raw),
    }
}

impl Element {
    /// The value of an attribute, by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The elements directly in it.
    pub(super) fn children(&self) -> impl Iterator<Item = &Element> {
        self.content.iter().filter_map(|content| match content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        })
    }

    /// The elements of a name directly in it.
    #[cfg(feature = "feeds")]
    pub(super) fn named(&self, name: &'static str) -> impl Iterator<Item = &Element> {
        self.children().filter(move |child| child.name == name)
    }

    /// The first element of a name in it, however deep, in the order of the document.
    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        self.children()
            .find_map(|child| if child.name == name { Some(child) } else { child.find(name) })
    }

    /// All elements of a name in it, however deep; what is in them is not searched.
    pub(super) fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        for child in self.children() {
            if child.name == name {
                found.push(child);
            } else {
                child.all(name, found);
            }
        }
    }

    /// All of its words, white space as single blanks.
    pub(super) fn words(&self) -> String {
        let mut words = String::new();
        self.write(&mut words);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The words of the first element of a name in it.
    pub(super) fn words_of(&self, name: &str) -> Option<String> {
        self.find(name).map(Element::words).filter(|words| !words.is_empty())
    }

    /// All of its text as it stands.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, words: &mut String) {
        for content in &self.content {
            match content {
                Content::Text(text) => words.push_str(text),
                Content::Element(element) => element.write(words),
            }
        }
    }

    /// What is in it as HTML, for content that is XHTML or near it.
    #[cfg(feature = "feeds")]
    pub(super) fn to_html(&self) -> String {
        let mut html = String::new();
        self.write_html(&mut html);
        html
    }

    #[cfg(feature = "feeds")]
    fn write_html(&self, html: &mut String) {
        for content in &self.content {
            match content {
                Content::Text(text) => {
                    html.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
                }
                Content::Element(element) => {
                    html.push_str(&format!("<{}>", element.name));
                    element.write_html(html);
                    html.push_str(&format!("</{}>", element.name));
                }
            }
        }
    }
}

#[cfg(all(test, feature = "feeds"))]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = parse(text).map_or_else(|e| format!("error: {e}"), |root| root.to_html());
        assert!(found.starts_with(expected), "{found:?} for {expected:?}");
    }

    #[test]
    fn documents_are_read_and_broken_ones_named() {
        check(
            "<a><b>1 &lt; 2 &amp; &eacute;</b><![CDATA[<i>]]></a>",
            "<b>1 &lt; 2 &amp; é</b>&lt;i>",
        );
        check("<x:a xmlns:x='y'><x:b/>cut off", "<b></b>cut off");
        check("no element", "error: no element");
        check(&"<a>".repeat(1000), "error: <a> is nested deeper than 200");
    }

    #[test]
    fn entities_of_the_document_are_not_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;'>]><a>&y;</a>";
        check(bomb, "&amp;y;");
    }
}
