//! Live blogs: pages to which is added for hours or days. What is added has a headline, an
//! author and a time of its own, so each update is an article; "on Friday" is counted from
//! its day.
//!
//! In: a page, and its body. Out: the updates that the page shows, and the rest of the body.
//! The page lists its updates as JSON-LD (`LiveBlogPosting`); what is listed and not shown
//! stands on other pages, or in other versions of this one.

use serde_json::{Map, Value};

use super::json_ld;
use super::names::bare;
use super::tree::Tree;
use crate::read::compose::Body;
use crate::read::layout::Unit;
use crate::read::metadata::{Field, Metadata};

/// The property of JSON-LD that lists updates.
const UPDATES: &str = "liveBlogUpdate";
/// No more updates of a page are looked at.
const MOST: usize = 2_000;
/// A paragraph with fewer letters may stand in any update.
const SHORTEST: usize = 12;
/// A page shows so many updates at least, or is an article like any other.
const FEWEST: usize = 2;

/// An update of a live blog, as its page lists it.
struct Update {
    metadata: Metadata,
    /// Its letters and digits.
    headline: String,
    body: String,
}

/// An article of a live blog.
pub(super) struct Part {
    pub(super) metadata: Metadata,
    pub(super) body: Body,
}

/// The articles of a live blog that a page shows: what is none of its updates, then these
/// in their order. `None` where the page is no live blog, or shows none of it.
pub(super) fn parts(html: &str, page: &Metadata, body: &Body) -> Option<Vec<Part>> {
    if !html.contains(UPDATES) {
        return None;
    }
    let updates = updates(&Tree::parse(html), page);
    let owners: Vec<Option<usize>> =
        body.units.iter().map(|unit| owner(unit.span.slice(&body.text), &updates)).collect();
    let mut parts = vec![Part { metadata: page.clone(), body: of(body, &owners, None) }];
    for (i, update) in updates.into_iter().enumerate() {
        let body = of(body, &owners, Some(i));
        let shows_more =
            body.units.iter().any(|unit| bare(unit.span.slice(&body.text)) != update.headline);
        if shows_more {
            parts.push(Part { metadata: update.metadata, body });
        }
    }
    let is_shown = parts.len() > FEWEST;
    parts.retain(|part| !part.body.units.is_empty());
    is_shown.then_some(parts)
}

/// The updates that a page lists.
fn updates(tree: &Tree, page: &Metadata) -> Vec<Update> {
    let blogs = json_ld::articles(tree).into_iter();
    let listed = blogs.filter_map(|mut blog| match blog.remove(UPDATES) {
        Some(Value::Array(updates)) => Some(updates),
        _ => None,
    });
    let objects = listed.flatten().filter_map(|update| match update {
        Value::Object(update) => Some(update),
        _ => None,
    });
    objects.take(MOST).filter_map(|update| Update::new(&update, page)).collect()
}

impl Update {
    /// What an object says of an update; `None` without its words.
    fn new(update: &Map<String, Value>, page: &Metadata) -> Option<Self> {
        let words = |name: &str| {
            let words = update.get(name).map_or_else(Vec::new, json_ld::words).join(", ");
            super::unescaped(&words)
        };
        let (headline, body) = (words("headline"), bare(&words("articleBody")));
        let mut metadata =
            Metadata { id: None, url: None, title: None, published: None, ..page.clone() };
        metadata.noted.left_out.clear();
        let places = [
            (Field::Title, "headline"),
            (Field::Url, "url"),
            (Field::Byline, "author"),
            (Field::Published, "datePublished"),
        ];
        for (field, place) in places {
            let value = words(place);
            if !value.trim().is_empty() {
                metadata.told(field, &value, &format!("JSON-LD {UPDATES} {place}"));
            }
        }
        let headline = bare(&headline);
        (!body.is_empty()).then_some(Self { metadata, headline, body })
    }
}

/// The update that a paragraph stands in.
fn owner(words: &str, updates: &[Update]) -> Option<usize> {
    let words = bare(words);
    let is_owner = |update: &Update| {
        update.headline == words || words.len() >= SHORTEST && update.body.contains(&words)
    };
    updates.iter().position(is_owner)
}

/// The paragraphs of a body that belong to an update, or to none.
fn of(body: &Body, owners: &[Option<usize>], whose: Option<usize>) -> Body {
    let mut part = Body::empty();
    let own = body.units.iter().zip(owners).filter(|(_, owner)| **owner == whose);
    for (Unit { span, shape }, _) in own {
        part.add(span.slice(&body.text), *shape);
    }
    part
}
