//! Live blogs: pages to which is added for hours or days. What is added has a headline, an
//! author and a time of its own, so each update is an article; "on Friday" is counted from
//! its day.
//!
//! In: a page, and its body. Out: the updates that the page shows, and the rest of the body.
//! Most pages list their updates as JSON-LD (`LiveBlogPosting`); what is listed and not shown
//! stands on other pages, or in other versions of this one. Where no words are listed, the
//! page's elements tell what is an update ([`shown`]).

mod shown;

use std::collections::HashSet;

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
    /// The letters and digits of its time, as readers see it.
    clock: String,
    /// Its letters and digits.
    headline: String,
    body: String,
}

/// Whose a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    /// The page's own article.
    Page,
    /// An update, by its number.
    Update(usize),
    /// Nobody's: it is the time of an update.
    Nobody,
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
    let owners = owners(body, updates);
    let mut parts = vec![Part { metadata: page.clone(), body: of(body, &owners, Owner::Page) }];
    for (i, update) in updates.iter().enumerate() {
        let body = of(body, &owners, Owner::Update(i));
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
        let told = places
            .map(|(field, place)| (field, words(place), format!("JSON-LD {UPDATES} {place}")));
        let (headline, body) = (bare(&words("headline")), bare(&words("articleBody")));
        Self { told: told.into(), anchor: None, clock: String::new(), headline, body }
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

/// Whose each paragraph is. Those of an update follow each other, so that it is looked for
/// first where the one before was found.
fn owners(body: &Body, updates: &[Update]) -> Vec<Owner> {
    /// No more letters are looked through; those of a real page are far fewer.
    const MOST_LETTERS: usize = 4_000_000_000;
    let clocks: HashSet<&str> = updates.iter().map(|update| update.clock.as_str()).collect();
    let (mut owners, mut last, mut looked_through) = (Vec::new(), 0, 0);
    for unit in &body.units {
        let words = bare(unit.span.slice(&body.text));
        let is_owner = |(_, update): &(usize, &Update)| {
            looked_through += update.body.len() + SHORTEST;
            let is_within = || words.len() >= SHORTEST && update.body.contains(&words);
            !words.is_empty() && (update.headline == words || is_within())
        };
        let in_order = updates.iter().enumerate();
        let mut from_last = in_order.clone().skip(last).chain(in_order.take(last));
        let found = from_last.find(is_owner).map(|(i, _)| i);
        last = found.unwrap_or(last);
        let is_clock = !words.is_empty() && clocks.contains(words.as_str());
        owners.push(match found {
            _ if is_clock => Owner::Nobody,
            Some(i) => Owner::Update(i),
            None => Owner::Page,
        });
        if looked_through > MOST_LETTERS {
            break;
        }
    }
    owners.resize(body.units.len(), Owner::Page);
    owners
}

/// The paragraphs of a body that are somebody's.
fn of(body: &Body, owners: &[Owner], whose: Owner) -> Body {
    let mut part = Body::empty();
    let own = body.units.iter().zip(owners).filter(|(_, owner)| **owner == whose);
    for (Unit { span, shape }, _) in own {
        part.add(span.slice(&body.text), *shape);
    }
    part
}
