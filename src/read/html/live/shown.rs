//! Updates as a page shows them, where it does not list their words.
//!
//! In: a page as a tree. Out: its updates, each with its time and words. A mark of an update
//! is its time, or its headline where the page lists headlines; an update is the largest
//! element with one mark in it, of those that stand beside others of their kind.

use std::collections::{BTreeMap, BTreeSet};

use super::super::element::heading_level;
use super::super::hint::Hint;
use super::super::names::bare;
use super::super::tree::{NodeId, Tree};
use super::{FEWEST, MOST, Update};
use crate::read::metadata::Field;

/// Something that an update has one of.
struct Mark {
    node: NodeId,
    /// Its time or headline. Of one update it may stand there twice.
    value: String,
}

/// The updates that a page shows; `listed` are those that it lists without their words.
pub(super) fn updates(tree: &Tree, hints: &[Hint], listed: &[Update]) -> Vec<Update> {
    let times = times(tree);
    let headlines = headlines(tree, listed);
    let mut homes = homes(tree, &headlines);
    if homes.len() < FEWEST {
        homes = named(tree, hints, &times);
    }
    if homes.len() < FEWEST {
        homes = self::homes(tree, &times);
    }
    let all: BTreeSet<NodeId> = homes.iter().copied().collect();
    homes.iter().map(|home| update(tree, *home, &all, listed)).collect()
}

/// The times of a page, but for those of changes.
fn times(tree: &Tree) -> Vec<Mark> {
    let marks = tree.nodes().filter_map(|node| {
        let time = time(tree, node).filter(|time| super::super::day(time).is_some())?;
        Some(Mark { node, value: time.to_owned() })
    });
    marks.take(MOST).collect()
}

/// The time that an element tells.
fn time(tree: &Tree, node: NodeId) -> Option<&str> {
    match (tree.name(node), tree.attribute(node, "itemprop")) {
        (_, Some("dateModified")) => None,
        ("time", _) => tree.attribute(node, "datetime"),
        (_, Some("datePublished")) => {
            tree.attribute(node, "content").or(tree.attribute(node, "datetime"))
        }
        _ => None,
    }
}

/// The headings that are listed as headlines.
fn headlines(tree: &Tree, listed: &[Update]) -> Vec<Mark> {
    let listed: BTreeSet<&str> = listed.iter().map(|update| update.headline.as_str()).collect();
    let headings = tree.nodes().filter(|node| heading_level(tree.name(*node)).is_some());
    let marks = headings.map(|node| Mark { node, value: bare(&tree.first_words(node)) });
    let is_listed = |mark: &Mark| !mark.value.is_empty() && listed.contains(mark.value.as_str());
    marks.filter(is_listed).take(MOST).collect()
}

/// The largest elements with one mark in them, of the kind that most are of.
fn homes(tree: &Tree, marks: &[Mark]) -> Vec<NodeId> {
    let mut held: BTreeMap<NodeId, Option<&str>> = BTreeMap::new();
    for mark in marks {
        for node in around(tree, mark.node) {
            let value = held.entry(node).or_insert(Some(&mark.value));
            *value = value.filter(|value| *value == mark.value);
        }
    }
    let has_one = |node: &NodeId| held.get(node).is_some_and(Option::is_some);
    let home = |mark: &Mark| around(tree, mark.node).take_while(has_one).last();
    let homes: BTreeSet<NodeId> = marks.iter().filter_map(home).collect();
    most_of_a_kind(tree, homes)
}

fn around(tree: &Tree, node: NodeId) -> impl Iterator<Item = NodeId> {
    std::iter::once(node).chain(tree.ancestors(node))
}

/// The largest elements that are called updates, stand beside another one, and have a time.
fn named(tree: &Tree, hints: &[Hint], times: &[Mark]) -> Vec<NodeId> {
    let is_named = |node: &NodeId| hints.get(node.index()) == Some(&Hint::Update);
    let mut beside: BTreeMap<(NodeId, &str), usize> = BTreeMap::new();
    for node in tree.nodes().filter(is_named) {
        *beside.entry((tree.parent(node), tree.name(node))).or_insert(0) += 1;
    }
    let is_one = |node: &NodeId| {
        let kind = (tree.parent(*node), tree.name(*node));
        is_named(node) && beside.get(&kind).is_some_and(|count| *count >= FEWEST)
    };
    let home = |mark: &Mark| around(tree, mark.node).filter(is_one).last();
    let homes: BTreeSet<NodeId> = times.iter().filter_map(home).collect();
    homes.into_iter().collect()
}

/// Of some elements those whose names, and those around them, are most often the same.
fn most_of_a_kind(tree: &Tree, nodes: BTreeSet<NodeId>) -> Vec<NodeId> {
    let mut kinds: BTreeMap<_, Vec<NodeId>> = BTreeMap::new();
    for node in nodes {
        let parent = tree.parent(node);
        let kind = (tree.name(node), tree.name(parent), tree.attribute(parent, "class"));
        kinds.entry(kind).or_default().push(node);
    }
    kinds.into_values().max_by_key(Vec::len).unwrap_or_default()
}

/// The update that stands in an element. Where that is but a heading or a time, it goes on
/// until the next one.
fn update(tree: &Tree, home: NodeId, all: &BTreeSet<NodeId>, listed: &[Update]) -> Update {
    let mut words = tree.words(home);
    if heading_level(tree.name(home)).is_some() || tree.name(home) == "time" {
        let beside = tree.children(tree.parent(home)).skip_while(|node| *node != home).skip(1);
        beside.take_while(|node| !all.contains(node)).for_each(|node| {
            words.push('\n');
            words.push_str(&tree.words(node));
        });
    }
    let within = || std::iter::once(home).chain(tree.descendants(home));
    let heading = within().find(|node| heading_level(tree.name(*node)).is_some());
    let heading = heading.map(|node| tree.first_words(node)).unwrap_or_default();
    let (headline, body) = (bare(&heading), bare(&words));
    let clock = within().find(|node| tree.name(*node) == "time");
    let clock = clock.map(|node| bare(&tree.first_words(node))).unwrap_or_default();
    let same = listed.iter().find(|update| !headline.is_empty() && update.headline == headline);
    if let Some(listed) = same {
        return Update { clock, body, ..listed.clone() };
    }
    let time = within().find_map(|node| time(tree, node)).unwrap_or_default();
    let told = vec![
        (Field::Title, heading, "the update's heading".to_owned()),
        (Field::Published, time.to_owned(), "the update's <time>".to_owned()),
    ];
    Update { told, anchor: tree.attribute(home, "id").map(str::to_owned), clock, headline, body }
}
