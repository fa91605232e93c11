//! What a page tells of its article: title, authors, day, publisher, address,
//! language, in the many places where pages tell it.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::json_ld;
use super::names::{authors, bare, ends_in_a_name, same, shortens, without_site};
use super::tree::{NodeId, Tree};
use crate::read::page_words::PageWords;
use crate::text::lexicon::Lexicon;
use crate::text::table::TableError;

/// What can be known of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Field {
    Title,
    Url,
    Publisher,
    Author,
    Dateline,
    Credit,
    Rights,
    Published,
    Language,
    Summary,
    Body,
}

/// Something that a page tells, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fact {
    /// How certain the place is: 0 the most.
    rank: u8,
    place: Where,
    /// What it says.
    pub(crate) value: String,
    /// Where it was found, for people.
    pub(crate) from: String,
}

/// All that a page tells.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    found: HashMap<Field, Vec<Fact>>,
}

impl Facts {
    /// What the page says of a field, the most certain place first, and of
    /// equally certain ones the first in the page.
    pub(crate) fn of(&self, field: Field) -> &[Fact] {
        self.found.get(&field).map_or(&[], Vec::as_slice)
    }

    /// The most certain value of a field.
    pub(crate) fn best(&self, field: Field) -> Option<&Fact> {
        self.of(field).first()
    }

    fn add(&mut self, place: Where, (field, rank): (Field, u8), value: &str, from: String) {
        let value = match field {
            Field::Body => value.trim().to_owned(),
            _ => value.split_whitespace().collect::<Vec<_>>().join(" "),
        };
        if !value.is_empty() {
            self.found.entry(field).or_default().push(Fact { rank, place, value, from });
        }
    }
}

/// Where pages tell what, as `facts.tsv` lists it.
#[derive(Debug, Default)]
pub(crate) struct Places {
    known: HashMap<(Where, String), Vec<(Field, u8)>>,
}

/// The kinds of places; the list has no rows for the elements below `Class`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Where {
    Meta,
    Property,
    JsonLd,
    Link,
    Class,
    Html,
    Heading,
    PageTitle,
    Time,
}

impl Places {
    /// The places of the list `facts`.
    pub(crate) fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let mut places = Self::default();
        for row in lexicon.rows("facts") {
            let key = (row.parse("where", Where::named)?, row.key().to_ascii_lowercase());
            let rank = row.parse("rank", |rank| rank.parse().ok())?;
            let fact = (row.parse("field", field_named)?, rank);
            places.known.entry(key).or_default().push(fact);
        }
        Ok(places)
    }

    /// What a page tells of its article.
    pub(crate) fn facts(&self, tree: &Tree) -> Facts {
        let mut facts = Facts::default();
        let articles = json_ld::articles(tree);
        if let Some(article) = main_article(&articles, tree) {
            self.take_json_ld(article, &mut facts);
        }
        for node in tree.nodes() {
            self.take_element(tree, node, &mut facts);
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is put in order by itself")]
        for found in facts.found.values_mut() {
            found.sort_by_key(|fact| fact.rank);
        }
        facts
    }

    fn at(&self, place: Where, name: &str) -> impl Iterator<Item = (Field, u8)> {
        let found = self.known.get(&(place, name.to_ascii_lowercase()));
        found.into_iter().flatten().copied()
    }

    fn take_json_ld(&self, article: &Map<String, Value>, facts: &mut Facts) {
        for (name, value) in article {
            for place in self.at(Where::JsonLd, name) {
                for words in json_ld::words(value) {
                    let from = format!("JSON-LD {name}");
                    facts.add(Where::JsonLd, place, &unescaped(&words), from);
                }
            }
        }
    }

    fn take_element(&self, tree: &Tree, node: NodeId, facts: &mut Facts) {
        match tree.name(node) {
            "meta" => self.take_meta(tree, node, facts),
            "link" | "a" => self.take_link(tree, node, facts),
            "html" => {
                if let Some(language) = tree.attribute(node, "lang") {
                    let from = "<html lang>".to_owned();
                    facts.add(Where::Html, (Field::Language, 3), language, from);
                }
            }
            "h1" => take_title(tree, node, (Where::Heading, 6), facts),
            "title" => take_title(tree, node, (Where::PageTitle, 7), facts),
            "time" => take_time(tree, node, facts),
            _ => self.take_property(tree, node, facts),
        }
        self.take_byline(tree, node, facts);
    }

    /// An element whose class says that it tells something: who the author is.
    fn take_byline(&self, tree: &Tree, node: NodeId, facts: &mut Facts) {
        const LONGEST: usize = 80;
        let Some(class) = tree.attribute(node, "class") else { return };
        let told = class.split_whitespace().find_map(|name| self.at(Where::Class, name).next());
        let Some(place) = told else { return };
        let words = tree.first_words(node);
        let line = words.trim().lines().next().unwrap_or("").trim().trim_end_matches(',');
        if !line.is_empty() && line.len() <= LONGEST {
            facts.add(Where::Class, place, line, format!("class {class}"));
        }
    }

    fn take_meta(&self, tree: &Tree, node: NodeId, facts: &mut Facts) {
        let Some(content) = tree.attribute(node, "content") else { return };
        for attribute in ["property", "name", "itemprop"] {
            let Some(name) = tree.attribute(node, attribute) else { continue };
            for place in self.at(Where::Meta, name) {
                facts.add(Where::Meta, place, content, format!("<meta {name}>"));
            }
            if attribute == "itemprop" {
                for place in self.at(Where::Property, name) {
                    facts.add(Where::Property, place, content, format!("itemprop {name}"));
                }
            }
        }
    }

    fn take_link(&self, tree: &Tree, node: NodeId, facts: &mut Facts) {
        let relations = tree.attribute(node, "rel").unwrap_or("");
        for relation in relations.split_whitespace() {
            for place in self.at(Where::Link, relation) {
                let words = match place.0 {
                    Field::Url => tree.attribute(node, "href").unwrap_or("").to_owned(),
                    _ => tree.first_words(node),
                };
                facts.add(Where::Link, place, &words, format!("rel {relation}"));
            }
        }
        self.take_property(tree, node, facts);
    }

    fn take_property(&self, tree: &Tree, node: NodeId, facts: &mut Facts) {
        let names = tree.attribute(node, "itemprop").unwrap_or("");
        for name in names.split_whitespace() {
            for place in self.at(Where::Property, name) {
                let mut told = ["content", "datetime"].iter();
                let told = told.find_map(|a| tree.attribute(node, a)).map(str::to_owned);
                let words = told.unwrap_or_else(|| name_in(tree, node));
                if words.len() < 400 {
                    facts.add(Where::Property, place, &words, format!("itemprop {name}"));
                }
            }
        }
    }
}

/// The words of the element that a thing gives as its name, else all of its words.
fn name_in(tree: &Tree, node: NodeId) -> String {
    let mut inner = tree.descendants(node);
    let named = inner.find(|inner| tree.attribute(*inner, "itemprop") == Some("name"));
    match named {
        Some(named) => match tree.attribute(named, "content") {
            Some(content) => content.to_owned(),
            None => tree.first_words(named),
        },
        None => tree.first_words(node),
    }
}

/// A `<time>` tells when the article appeared where it says so, and less
/// certainly where it is the first of the page.
fn take_time(tree: &Tree, node: NodeId, facts: &mut Facts) {
    let Some(time) = tree.attribute(node, "datetime") else { return };
    let property = tree.attribute(node, "itemprop").unwrap_or("");
    let published = property == "datePublished"
        || tree.attribute(node, "class").is_some_and(|c| c.contains("publish"));
    if property == "dateModified" {
        return;
    }
    let rank = if published { 4 } else { 7 };
    facts.add(Where::Time, (Field::Published, rank), time, "<time>".to_owned());
}

/// An element whose words are a title.
fn take_title(tree: &Tree, node: NodeId, (place, rank): (Where, u8), facts: &mut Facts) {
    let from = format!("<{}>", tree.name(node));
    facts.add(place, (Field::Title, rank), &tree.first_words(node), from);
}

/// The article that a page is about, of those it describes: the one whose
/// headline the page's title begins with, else the first.
fn main_article<'a>(
    articles: &'a [Map<String, Value>],
    tree: &Tree,
) -> Option<&'a Map<String, Value>> {
    let title = tree.nodes().find(|node| tree.name(*node) == "title").map(|node| tree.words(node));
    let title = bare(&title.unwrap_or_default());
    let headline =
        |article: &Map<String, Value>| article.get("headline").and_then(Value::as_str).map(bare);
    let mut named = articles.iter().filter(|a| {
        headline(a).is_some_and(|h| !h.is_empty() && (title.contains(&h) || h.contains(&title)))
    });
    named.next().or_else(|| articles.iter().find(|a| headline(a).is_some())).or(articles.first())
}

/// Words with the character references of HTML resolved, which JSON-LD should
/// not have and often has.
pub(crate) fn unescaped(words: &str) -> String {
    if !words.contains('&') && !words.contains('<') {
        return words.to_owned();
    }
    let tree = Tree::parse(words);
    tree.words(NodeId::ROOT)
}

impl Where {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "meta" => Self::Meta,
            "prop" => Self::Property,
            "ld" => Self::JsonLd,
            "rel" => Self::Link,
            "class" => Self::Class,
            _ => return None,
        })
    }
}

fn field_named(name: &str) -> Option<Field> {
    Some(match name {
        "title" => Field::Title,
        "url" => Field::Url,
        "publisher" => Field::Publisher,
        "author" => Field::Author,
        "dateline" => Field::Dateline,
        "credit" => Field::Credit,
        "rights" => Field::Rights,
        "published" => Field::Published,
        "language" => Field::Language,
        "summary" => Field::Summary,
        "body" => Field::Body,
        _ => return None,
    })
}

impl Facts {
    /// The headline, without the name of the site.
    pub(crate) fn title(&self, words: &PageWords) -> Option<Fact> {
        let fact = self.printed_headline().or_else(|| self.best(Field::Title))?;
        let told = || self.of(Field::Title).iter().map(|told| told.value.as_str());
        let shorter =
            told().filter(|other| ends_in_a_name(&fact.value, other)).min_by_key(|o| o.len());
        let publisher = self.best(Field::Publisher).map_or("", |p| p.value.as_str());
        let value =
            shorter.map_or_else(|| without_site(&fact.value, publisher, words), str::to_owned);
        Some(Fact { value, ..fact.clone() })
    }

    /// The headline that readers see, an `<h1>` that JSON-LD repeats, where the title for other
    /// sites is not it: where that is the one of the `<title>`, made for search engines; or
    /// where it is nowhere else, and only shortens the headline, which `<title>` has in full.
    fn printed_headline(&self) -> Option<&Fact> {
        const MOST: usize = 20;
        let shared = self.best(Field::Title)?;
        let titles = self.of(Field::Title).iter();
        let at = |place: Where| titles.clone().filter(move |f| f.place == place).take(MOST);
        let is_described = |h1: &&Fact| at(Where::JsonLd).any(|f| same(&f.value, &h1.value));
        let printed = at(Where::Heading).find(is_described)?;
        let page_title = bare(&at(Where::PageTitle).next()?.value);
        if page_title.starts_with(&bare(&printed.value)) {
            let is_again = |f: &Fact| f.from != shared.from && same(&f.value, &shared.value);
            let alone = !at(Where::Meta).any(is_again);
            return (alone && shortens(&shared.value, &printed.value)).then_some(printed);
        }
        page_title.starts_with(&bare(&shared.value)).then_some(printed)
    }

    /// The publisher, in the spelling that has most capitals and spaces of
    /// those that differ in nothing else.
    pub(crate) fn publisher(&self) -> Option<&Fact> {
        let best = self.best(Field::Publisher)?;
        let same = self.of(Field::Publisher).iter().filter(|f| bare(&f.value) == bare(&best.value));
        let printed = |f: &&Fact| f.value.chars().filter(|c| c.is_uppercase() || *c == ' ').count();
        same.rev().max_by_key(printed)
    }

    /// The names of the authors, and where they were told.
    pub(crate) fn authors(&self, words: &PageWords) -> Option<(Vec<String>, &str)> {
        let told = self.of(Field::Author);
        let publisher = self.best(Field::Publisher).map_or("", |p| p.value.as_str());
        let mut ranks: Vec<u8> = told.iter().map(|fact| fact.rank).collect();
        ranks.dedup();
        for rank in ranks {
            let mut one = told.iter().filter(|f| f.rank == rank).peekable();
            let from = one.peek()?.from.as_str();
            let same = one.filter(|f| f.from == from);
            let names = authors(same.map(|f| f.value.as_str()), publisher, words);
            if !names.is_empty() {
                return Some((names, from));
            }
        }
        None
    }
}
