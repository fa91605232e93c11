//! An article of what is known of it and its body.

use super::blocks::{self, TitleIs};
use super::boilerplate::Boilerplate;
use super::date;
use super::header;
#[cfg(any(feature = "html", feature = "office", feature = "pdf"))]
use super::layout::Shape;
use super::layout::{Unit, units};
use super::metadata::Metadata;
use super::page_words::PageWords;
use crate::text::{Article, ArticleId, Block, BlockKind, Reading, Span};

/// A body that is laid out: its text, and the units it consists of.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) text: String,
    pub(crate) units: Vec<Unit>,
}

impl Body {
    /// A body of plain text.
    pub(crate) fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), units: units(text) }
    }

    /// A body to which units are added.
    #[cfg(any(feature = "html", feature = "office", feature = "pdf"))]
    pub(crate) fn empty() -> Self {
        Self { text: String::new(), units: Vec::new() }
    }

    /// Adds a unit below the others, if it has words.
    #[cfg(any(feature = "html", feature = "office", feature = "pdf"))]
    pub(crate) fn add(&mut self, words: &str, shape: Shape) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(words);
        self.units.push(Unit { span: Span::of(start..self.text.len()), shape });
    }
}

/// Freezes an article. The title comes first in its text, unless it stands
/// there already.
pub(crate) fn article(
    id: ArticleId,
    metadata: Metadata,
    body: Body,
    (boilerplate, words): (&Boilerplate, &PageWords),
) -> Article {
    let published = metadata.day();
    let mut article = Article {
        id,
        url: metadata.url,
        title: metadata.title,
        publisher: metadata.publisher,
        byline: metadata.byline.map(|names| words.without_by(&names).to_owned()),
        dateline: metadata.dateline,
        credit: metadata.credit,
        rights: metadata.rights,
        published,
        language: metadata.language.unwrap_or_else(|| "en".into()),
        text: String::new(),
        blocks: Vec::new(),
        reading: Reading::default(),
    };
    lay_out(&mut article, body, boilerplate);
    fill_from_boilerplate(&mut article, words);
    article
}

/// Sets text, blocks and, if it was unknown, the title.
fn lay_out(article: &mut Article, body: Body, boilerplate: &Boilerplate) {
    let Body { text, units } = body;
    let Some(title) = article.title.as_deref() else {
        article.blocks = blocks::blocks(&text, &units, TitleIs::Sought, boilerplate);
        let title = article.blocks.iter().find(|b| b.kind == BlockKind::Title);
        article.title = title.map(|b| b.span.slice(&text).to_owned());
        article.text = text;
        return;
    };
    let mut below = blocks::blocks(&text, &units, TitleIs::Elsewhere, boilerplate);
    if let Some(at) = blocks::repeated_title(&text, &units, title) {
        below.iter_mut().skip(at).take(1).for_each(|b| b.kind = BlockKind::Title);
        (article.text, article.blocks) = (text, below);
        return;
    }
    article.text = format!("{title}\n\n{text}");
    article.blocks = vec![Block { span: Span::of(0..title.len()), kind: BlockKind::Title }];
    article.blocks.extend(blocks::shifted(below, title.len() + 2));
}

/// Takes author, day and address from the lines that tell them, where nothing
/// else does.
fn fill_from_boilerplate(article: &mut Article, words: &PageWords) {
    let lines = || {
        let marked = article.blocks.iter().filter(|b| b.kind == BlockKind::Boilerplate);
        marked.map(|b| b.span.slice(&article.text))
    };
    let byline = article.byline.clone().or_else(|| lines().find_map(|line| author(line, words)));
    let published = article.published.or_else(|| lines().take(6).find_map(printed_day));
    let url = article
        .url
        .clone()
        .or_else(|| lines().next().filter(|line| header::is_address(line)).map(str::to_owned));
    (article.byline, article.published, article.url) = (byline, published, url);
}

/// The author of a line that consists of "By" and some names.
fn author(line: &str, words: &PageWords) -> Option<String> {
    let names = words.without_by(line).split([',', '|', '/', '(']).next().unwrap_or("").trim();
    let short = names.split_whitespace().count() <= 12 && !names.is_empty();
    (short && names.len() < line.len()).then(|| names.to_owned())
}

/// The day of a short line that holds little else.
fn printed_day(line: &str) -> Option<crate::text::Published> {
    (line.split_whitespace().count() <= 10).then(|| date::parse(line)).flatten()
}
