//! HTML: pages of news become articles.
//!
//! In: a page as text. Out: what it tells of its article, and the pieces of
//! the article's body in order. What stands around the body (navigation,
//! share bars, teasers, captions, comments) is left out.
//!
//! A page is read in five steps, a file each: `tree` (elements and words),
//! `hint` (what the names of elements say, by `hints.tsv`), `piece` (words
//! block by block), `facts` (title, authors, day, by `facts.tsv`) and `body`
//! (which pieces are the article's). A live blog becomes several articles (`live`).

mod body;
mod element;
mod facts;
mod hint;
mod json_ld;
mod live;
mod names;
mod pausing;
mod piece;
mod tree;

#[cfg(any(feature = "feeds", feature = "office"))]
pub(super) use facts::unescaped;
use facts::{Facts, Field, Places};
use hint::{Hint, Hints};
use names::bare;
use piece::{Piece, PieceKind};
use tree::Tree;

use std::collections::HashSet;
use std::sync::Arc;

use super::compose::Body;
use super::explain;
use super::layout::Shape;
use super::metadata::{self, Metadata};
use super::page_words::PageWords;
use super::{Origin, Part, Read, ReadError, Reader, Reads, encoding, single};
use crate::text::lexicon::Lexicon;
use crate::text::table::TableError;
use crate::text::{LeftOut, Published};

pub(super) fn read(reader: &Arc<Reader>, part: Part) -> Reads {
    let Part { stream, origin } = part;
    let page = stream.all(reader.options.longest_article);
    match page.and_then(|bytes| encoding::page(&origin.name, bytes, None)) {
        Ok(html) => Box::new(articles(reader, &origin, &html, None).into_iter()),
        Err(error) => single(Err(error)),
    }
}

/// The article of a page; those of a live blog. `address` is where it was fetched, if that
/// is known: what the page says of its address counts for more.
pub(super) fn articles(
    reader: &Arc<Reader>,
    origin: &Origin,
    html: &str,
    address: Option<&str>,
) -> Vec<Result<Read, ReadError>> {
    let (pages, words) = (reader.lists().pages(), reader.lists().words());
    let Page { mut metadata, body, updates } = pages.read(html, words);
    if reader.options.explain {
        metadata.noted.left_out = pages.left_out(html);
    }
    if body.units.is_empty() {
        return vec![Err(ReadError::NoArticle { name: origin.name.to_string() })];
    }
    let fetched = address.filter(|address| is_whole(address)).map(str::to_owned);
    metadata.url = metadata.url.or(fetched);
    let Some(parts) = live::parts(&updates, &metadata, &body) else {
        return vec![reader.published(origin, metadata, body)];
    };
    // Those without an address or headline of their own are named by their words.
    let origin = Origin { entry: true, ..origin.clone() };
    let read = |part: live::Part| reader.published(&origin, part.metadata, part.body);
    parts.into_iter().map(read).collect()
}

/// HTML that is nothing but an article's body, as feeds have it: all of its
/// pieces, but for those that are links only.
pub(super) fn fragment(html: &str) -> Body {
    let tree = Tree::parse(html);
    let pieces = piece::pieces(&tree, &[]);
    let prose: Vec<&Piece> = pieces.iter().filter(|piece| piece.link_density() < 0.9).collect();
    lay_out(None, &prose)
}

/// Reads pages, by lists that are compiled once.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    hints: Hints,
    places: Places,
}

/// An article as it was found in a page.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) metadata: Metadata,
    pub(crate) body: Body,
    /// What may be updates of it, if it is a live blog.
    updates: Vec<live::Update>,
}

impl Pages {
    /// The lists `hints` and `facts`.
    pub(crate) fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        Ok(Self { hints: Hints::new(lexicon)?, places: Places::new(lexicon)? })
    }

    /// Reads a page. The body is empty where the page has none.
    pub(crate) fn read(&self, html: &str, words: &PageWords) -> Page {
        let tree = Tree::parse(html);
        let hints = self.hints.of_page(&tree);
        let pieces = piece::pieces(&tree, &hints);
        let facts = self.places.facts(&tree);
        let titles: HashSet<String> =
            facts.of(Field::Title).iter().map(|f| bare(&f.value)).collect();
        let chosen = body::choose(&tree, &hints, &pieces);
        let chosen: Vec<&Piece> = chosen
            .into_iter()
            .filter_map(|i| pieces.get(i))
            .filter(|piece| !titles.contains(&bare(&piece.text)))
            .collect();
        let (chosen, printed) = without_byline(chosen, words);
        let standfirst = standfirst(&pieces, &chosen, &hints, &facts);
        let body = lay_out(standfirst, &chosen);
        let body = described_body(&facts, &body).unwrap_or(body);
        let mut metadata = metadata(&facts, html, words);
        if let Some(names) = printed.filter(|_| metadata.byline == metadata.publisher) {
            metadata.byline = Some(names);
            metadata.tells(metadata::Field::Byline, "the line above the text");
        }
        Page { metadata, body, updates: live::updates(html, &tree, &hints) }
    }
}

impl Pages {
    /// What of a page is not its article's, and why.
    fn left_out(&self, html: &str) -> Vec<LeftOut> {
        let tree = Tree::parse(html);
        let hints = self.hints.of_page(&tree);
        let pieces = piece::pieces(&tree, &hints);
        let reasons = body::reasons(&tree, &hints, &pieces);
        let out = pieces.iter().zip(reasons);
        explain::left_out(out.filter_map(|(piece, why)| Some((piece.text.as_str(), why?))))
    }
}

/// The pieces without the names that stand alone above them, and these names.
fn without_byline<'a>(
    mut chosen: Vec<&'a Piece>,
    words: &PageWords,
) -> (Vec<&'a Piece>, Option<String>) {
    const LINES: usize = 3;
    let alone = |piece: &&Piece| {
        let plain = piece.kind == PieceKind::Paragraph;
        Some(&piece.text).filter(|_| plain).and_then(|text| names::names_alone(text, words))
    };
    let found = chosen.iter().take(LINES).enumerate().find_map(|(i, p)| Some((i, alone(p)?)));
    let Some((i, names)) = found.filter(|_| chosen.len() > 2 * LINES) else {
        return (chosen, None);
    };
    chosen.remove(i);
    (chosen, Some(names.join(", ")))
}

/// The standfirst, where it stands above the body and outside of it.
fn standfirst<'a>(
    pieces: &'a [Piece],
    chosen: &[&Piece],
    hints: &[Hint],
    facts: &Facts,
) -> Option<&'a Piece> {
    let first = chosen.first()?;
    let told: HashSet<String> = facts.of(Field::Summary).iter().map(|f| bare(&f.value)).collect();
    let above = pieces.iter().take_while(|piece| !std::ptr::eq(*piece, *first));
    let is = |piece: &&Piece| {
        let words = piece.words();
        let bare = bare(&piece.text);
        let hinted = hints.get(piece.node.index()) == Some(&Hint::Summary);
        let described = told.contains(&bare);
        (6..=80).contains(&words) && piece.link_density() < 0.3 && (hinted || described)
    };
    let found = above.filter(is).last()?;
    let again = bare(&found.text);
    chosen.iter().all(|piece| bare(&piece.text) != again).then_some(found)
}

/// Pieces as a text with its units.
fn lay_out(standfirst: Option<&Piece>, chosen: &[&Piece]) -> Body {
    let mut body = Body::empty();
    if let Some(piece) = standfirst {
        body.add(&piece.text, Shape::Heading);
    }
    for piece in chosen {
        let shape = match piece.kind {
            PieceKind::Paragraph => Shape::Plain,
            PieceKind::Heading(_) => Shape::Heading,
            PieceKind::Item | PieceKind::Row => Shape::Item,
        };
        body.add(&piece.text, shape);
    }
    body
}

/// The body as JSON-LD has it, where the page shows less than half of it:
/// some pages are built by scripts only.
fn described_body(facts: &Facts, shown: &Body) -> Option<Body> {
    let words = |text: &str| text.split_whitespace().count();
    let described = facts.best(Field::Body)?;
    if words(&described.value) < 60.max(2 * words(&shown.text)) {
        return None;
    }
    let mut body = Body::empty();
    let paragraphs = described.value.split('\n').map(str::trim).filter(|p| !p.is_empty());
    paragraphs.for_each(|paragraph| body.add(paragraph, Shape::Plain));
    Some(body)
}

/// The metadata of an article by the facts of its page.
fn metadata(facts: &Facts, html: &str, words: &PageWords) -> Metadata {
    let mut metadata = Metadata::default();
    if let Some(title) = facts.title(words) {
        metadata.told(metadata::Field::Title, &title.value, &title.from);
    }
    if let Some(publisher) = facts.publisher() {
        metadata.told(metadata::Field::Publisher, &publisher.value, &publisher.from);
    }
    if let Some((authors, from)) = facts.authors(words) {
        metadata.told(metadata::Field::Byline, &authors.join(", "), from);
    }
    for fact in facts.of(Field::Published) {
        if let Some(day) = day(&fact.value) {
            metadata.published = Some(day);
            metadata.tells(metadata::Field::Published, &fact.from);
            break;
        }
    }
    for (field, known) in [
        (Field::Dateline, metadata::Field::Dateline),
        (Field::Credit, metadata::Field::Credit),
        (Field::Rights, metadata::Field::Rights),
        (Field::Language, metadata::Field::Language),
    ] {
        if let Some(fact) = facts.best(field) {
            metadata.told(known, &fact.value, &fact.from);
        }
    }
    let told = facts.of(Field::Url).iter().map(|fact| (fact.value.as_str(), fact.from.as_str()));
    let saved = saved_from(html).map(|url| (url, "the browser that saved the page"));
    if let Some((url, from)) = told.chain(saved).find(|(url, _)| is_whole(url)) {
        metadata.told(metadata::Field::Url, url, from);
    }
    metadata
}

/// When an article appeared. Midnight of some time zone stands for the day.
fn day(words: &str) -> Option<Published> {
    let midnight = words.split_once("T00:00:00").filter(|(_, zone)| !zone.ends_with('Z'));
    super::date::parse(midnight.map_or(words, |(day, _)| day))
}

fn is_whole(url: &str) -> bool {
    super::header::is_address(url)
}

/// The address that browsers write into pages they save.
fn saved_from(html: &str) -> Option<&str> {
    const FIRST: usize = 2000;
    let (before, after) = html.split_once("<!-- saved from url=(")?;
    if before.len() > FIRST {
        return None;
    }
    let (_, url) = after.split_once(')')?;
    url.split(|c: char| c.is_whitespace() || c == '>').next()
}

#[cfg(test)]
mod tests;
