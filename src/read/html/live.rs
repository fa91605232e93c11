//! Live blogs: pages to which is added for hours or days. What is added has a headline, an
//! author and a time of its own, so each update is an article; "on Friday" is counted from
//! its day.
//!
//! In: a page, and its body. Out: the updates that the page shows, and the rest of the body.
//! Most pages list their updates as JSON-LD (`LiveBlogPosting`); what is listed and not shown
//! stands on other pages, or in other versions of this one. Where no words are listed, the
//! page's elements tell what is an update ([`shown`]).

mod shown;

use serde_json::{Map, Value};

use super::hint::Hint;
use super::json_ld;
use super::names::bare;
use super::tree::Tree;
use crate::read::compose::Body;
use crate::read::layout::Unit;
use crate::read::metadata::{Field, Metadata};

/// The property of JSON-LD that lists updates, and of microdata that one is.
const UPDATES: &str = "liveBlogUpdate";
/// The kind of page that has them.
const KIND: &str = "LiveBlogPosting";
/// No more updates of a page are looked at.
const MOST: usize = 2_000;
/// A paragraph with fewer letters may stand in any update.
const SHORTEST: usize = 12;
/// A page shows so many updates at least, or is an article like any other.
const FEWEST: usize = 2;

/// An update of a live blog, as its page lists it or shows it.
#[derive(Clone, Debug)]
pub(super) struct Update {
    /// What the page says of it, and where.
    told: Vec<(Field, String, String)>,
    /// The id of the element that it stands in.
    anchor: Option<String>,
    /// Its letters and digits.
    headline: String,
    body: String,
}

/// An article of a live blog.
pub(super) struct Part {
    pub(super) metadata: Metadata,
    pub(super) body: Body,
}

/// The updates that a page may show, if it is a live blog.
pub(super) fn updates(html: &str, tree: &Tree, hints: &[Hint]) -> Vec<Update> {
    let listed = if html.contains(UPDATES) { listed(tree) } else { Vec::new() };
    let (whole, bare): (Vec<_>, Vec<_>) = listed.into_iter().partition(|u| !u.body.is_empty());
    if whole.len() >= FEWEST {
        return whole;
    }
    let named = hints.iter().filter(|hint| **hint == Hint::Update).count();
    if named < FEWEST && !html.contains(KIND) {
        return whole;
    }
    shown::updates(tree, hints, &bare)
}

/// The articles of a live blog that a page shows: what is none of its updates, then these
/// in their order. `None` where it shows none.
pub(super) fn parts(updates: &[Update], page: &Metadata, body: &Body) -> Option<Vec<Part>> {
    if updates.is_empty() {
        return None;
    }
    let owners: Vec<Option<usize>> =
        body.units.iter().map(|unit| owner(unit.span.slice(&body.text), updates)).collect();
    let mut parts = vec![Part { metadata: page.clone(), body: of(body, &owners, None) }];
    for (i, update) in updates.iter().enumerate() {
        let body = of(body, &owners, Some(i));
        let shows_more =
            body.units.iter().any(|unit| bare(unit.span.slice(&body.text)) != update.headline);
        if shows_more {
            parts.push(Part { metadata: update.metadata(page), body });
        }
    }
    let is_shown = parts.len() > FEWEST;
    parts.retain(|part| !part.body.units.is_empty());
    is_shown.then_some(parts)
}

/// The updates that a page lists.
fn listed(tree: &Tree) -> Vec<Update> {
    let blogs = json_ld::articles(tree).into_iter();
    let listed = blogs.filter_map(|mut blog| match blog.remove(UPDATES) {
        Some(Value::Array(updates)) => Some(updates),
        _ => None,
    });
    let objects = listed.flatten().filter_map(|update| match update {
        Value::Object(update) => Some(update),
        _ => None,
    });
    objects.take(MOST).map(|update| Update::listed(&update)).collect()
}

impl Update {
    /// What an object says of an update.
    fn listed(update: &Map<String, Value>) -> Self {
        let words = |name: &str| {
            let words = update.get(name).map_or_else(Vec::new, json_ld::words).join(", ");
            super::unescaped(&words)
        };
        let places = [
            (Field::Title, "headline"),
            (Field::Url, "url"),
            (Field::Byline, "author"),
            (Field::Published, "datePublished"),
        ];
        let told = places.map(|(field, place)| {
            (field, words(place), format!("JSON-LD {UPDATES} {place}"))
        });
        let (headline, body) = (bare(&words("headline")), bare(&words("articleBody")));
        Self { told: told.into(), anchor: None, headline, body }
    }

    /// What is known of it: what it says itself, and what holds of all of its page.
    fn metadata(&self, page: &Metadata) -> Metadata {
        let address = page.url.as_deref().and_then(|url| url.split('#').next());
        let anchored = |anchor: &String| Some(format!("{}#{anchor}", address?));
        let url = self.anchor.as_ref().and_then(anchored);
        let mut metadata = Metadata { id: None, url, title: None, published: None, ..page.clone() };
        metadata.noted.left_out.clear();
        for (field, value, place) in &self.told {
            if !value.trim().is_empty() {
                metadata.told(*field, value, place);
            }
        }
        metadata
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
