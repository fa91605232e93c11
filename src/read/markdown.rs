//! Markdown becomes plain text with the layout that its marks ask for.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::compose::Body;
use super::layout::{Shape, Unit};
use crate::text::Span;

/// The text of a Markdown document as a reader sees it: without marks, link
/// targets, pictures, code blocks and raw HTML; a blank line between blocks.
/// Its headings, items, table rows and paragraphs are units.
pub(crate) fn body(markdown: &str) -> Body {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut page = Page::default();
    for event in Parser::new_ext(markdown, options) {
        page.take(event);
    }
    page.close();
    Body { text: page.text, units: page.units }
}

#[derive(Default)]
struct Page {
    text: String,
    units: Vec<Unit>,
    /// Where the open unit starts, and its shape.
    open: Option<(usize, Shape)>,
    /// How many list items are open.
    items: usize,
    /// How many pictures, code blocks and the like are open.
    hidden: usize,
}

impl Page {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) => self.write(&words),
            Event::SoftBreak => self.write(" "),
            Event::HardBreak => self.write("\n"),
            Event::Rule => self.close(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { .. } => self.begin(Shape::Heading),
            Tag::Item => {
                self.items += 1;
                self.begin(Shape::Item);
            }
            Tag::Paragraph if self.items == 0 => self.begin(Shape::Plain),
            Tag::Paragraph | Tag::TableHead | Tag::TableRow => self.begin(Shape::Item),
            Tag::TableCell if self.is_written() => self.write("\t"),
            Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.hidden += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Item => {
                self.items = self.items.saturating_sub(1);
                self.close();
            }
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::TableRow | TagEnd::TableHead => {
                self.close();
            }
            TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                self.hidden = self.hidden.saturating_sub(1);
            }
            _ => {}
        }
    }

    /// Opens a unit. One that is open and still empty takes the new shape.
    fn begin(&mut self, shape: Shape) {
        if self.is_written() {
            self.close();
        }
        if self.open.is_none() && !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.open = Some((self.text.len(), shape));
    }

    fn write(&mut self, words: &str) {
        if self.hidden > 0 {
            return;
        }
        if self.open.is_none() {
            self.begin(if self.items > 0 { Shape::Item } else { Shape::Plain });
        }
        self.text.push_str(words);
    }

    fn is_written(&self) -> bool {
        self.open.is_some_and(|(start, _)| start < self.text.len())
    }

    /// Ends the open unit, if it holds anything but white space.
    fn close(&mut self) {
        let Some((start, shape)) = self.open.take() else { return };
        let words = self.text.get(start..).unwrap_or("");
        let inner = words.trim();
        let first = start + (words.len() - words.trim_start().len());
        if inner.is_empty() {
            self.text.truncate(self.text.trim_end().len());
            return;
        }
        let last = first + inner.len();
        self.text.truncate(last);
        self.units.push(Unit { span: Span::of(first..last), shape });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, expected: &str) {
        let Body { text, units } = body(markdown);
        let shown: Vec<String> = units
            .iter()
            .map(|u| format!("{:?} {}", u.shape, u.span.slice(&text)).replace('\n', "⏎"))
            .collect();
        assert_eq!(shown.join("\n"), expected);
    }

    #[test]
    fn marks_become_layout() {
        check(
            "# Ferry *sinks*\n\nThe [owner](https://e.example) said\n**nothing** &amp; left.\n\n\
             ![a ferry](f.png)\n\n> \"Quoted,\" she said.\n\n* one\n* two\n  more\n\n\
             ```\ncode\n```\n\n<div>raw</div>\n\n| a | b |\n|---|---|\n| c | d |\n",
            "Heading Ferry sinks\nPlain The owner said nothing & left.\n\
             Plain \"Quoted,\" she said.\nItem one\nItem two more\nItem a\tb\nItem c\td",
        );
    }

    #[test]
    fn loose_and_nested_lists_are_items() {
        check(
            "- one\n\n- two\n\n  still two\n    - deep\n",
            "Item one\nItem two\nItem still two\nItem deep",
        );
    }
}
