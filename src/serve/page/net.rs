//! Nodes and what joins them, drawn: those that are joined come near each other, all others
//! keep apart. The same graph has the same drawing.

use std::collections::BTreeMap;

use super::drawing::{shortened, words_at};
use super::html::Html;
use crate::serve::facts::Thing;

/// Something that joins two nodes.
pub(super) struct Edge<'t> {
    /// Where it begins.
    pub(super) from: &'t Thing,
    /// Where it ends.
    pub(super) to: &'t Thing,
    /// What it says.
    pub(super) words: &'t str,
}

/// So many nodes are drawn.
const NODES: usize = 60;
/// So often all nodes are moved.
const STEPS: usize = 200;
const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 640.0;

/// Where a node is.
type Place = (f64, f64);

/// The nodes that are drawn, in order, and what joins them: their places in it, and words.
#[derive(Default)]
struct Graph<'t> {
    nodes: Vec<&'t Thing>,
    joined: Vec<([usize; 2], &'t str)>,
}

impl<'t> Graph<'t> {
    /// As many of the edges as there is room for their nodes.
    fn of(edges: &[Edge<'t>]) -> Self {
        let mut graph = Self::default();
        let mut places: BTreeMap<&Thing, usize> = BTreeMap::new();
        for edge in edges {
            let ends = [edge.from, edge.to];
            let new = ends.iter().filter(|end| !places.contains_key(*end)).count();
            if places.len() + new > NODES {
                continue;
            }
            let ends = ends.map(|thing| {
                *places.entry(thing).or_insert_with(|| {
                    graph.nodes.push(thing);
                    graph.nodes.len() - 1
                })
            });
            graph.joined.push((ends, edge.words));
        }
        graph
    }
}

/// The drawing; none where there is nothing to draw. `path` leads to a node's page.
pub(super) fn net(edges: &[Edge<'_>], path: impl Fn(&Thing) -> Option<String>) -> Option<Html> {
    let Graph { nodes, joined } = Graph::of(edges);
    if joined.is_empty() || nodes.iter().all(|thing| thing.iri.is_none()) {
        return None;
    }
    let pairs: Vec<[usize; 2]> = joined.iter().map(|(ends, _)| *ends).collect();
    let places = laid_out(nodes.len(), &pairs);
    let words = format!("{} nodes, {} lines between them", nodes.len(), joined.len());
    let mut html = Html::default();
    let view = format!("0 0 {WIDTH} {HEIGHT}");
    let attributes = [("viewBox", view.as_str()), ("class", "net"), ("aria-label", &words)];
    html.within("svg", &attributes, |html| {
        for (ends, words) in &joined {
            line(html, &places, *ends, words);
        }
        for (thing, place) in nodes.iter().zip(&places) {
            node(html, rounded(*place), thing, path(thing));
        }
    });
    if joined.len() < edges.len() {
        let left_out = edges.len() - joined.len();
        html.element("figcaption", &[], &format!("{left_out} more lines are not drawn"));
    }
    Some(html)
}

/// Moves nodes from a spiral to where they rest (Fruchterman and Reingold 1991).
fn laid_out(many: usize, pairs: &[[usize; 2]]) -> Vec<Place> {
    let mut places: Vec<Place> = (0..many).map(|index| on_spiral(index, many)).collect();
    let ideal = 0.75 * (WIDTH * HEIGHT / many as f64).sqrt();
    for step in 0..STEPS {
        let reach = 0.1 * WIDTH * (1.0 - step as f64 / STEPS as f64) + 1.0;
        let moves = forces(&places, pairs, ideal);
        for (place, (x, y)) in places.iter_mut().zip(moves) {
            let length = x.hypot(y).max(0.01);
            let part = length.min(reach) / length;
            place.0 = (place.0 + x * part).clamp(80.0, WIDTH - 80.0);
            place.1 = (place.1 + y * part).clamp(24.0, HEIGHT - 24.0);
        }
    }
    places
}

/// Which way each node is drawn and pushed: apart from all others, to those it is joined
/// with, and to the middle.
fn forces(places: &[Place], pairs: &[[usize; 2]], ideal: f64) -> Vec<Place> {
    let mut moves = Vec::with_capacity(places.len());
    for (index, (x, y)) in places.iter().enumerate() {
        // Towards the middle, so that what nothing joins is not pushed to the border.
        let mut sum = (3.0 * (WIDTH / 2.0 - x), 5.0 * (HEIGHT / 2.0 - y));
        let others = places.iter().enumerate().filter(|(other, _)| *other != index);
        for (_, (other_x, other_y)) in others {
            // Names are wide: nodes beside each other want more room.
            let (dx, dy) = ((x - other_x) * 0.6, y - other_y);
            let push = ideal * ideal / (dx * dx + dy * dy).max(1.0);
            sum = (sum.0 + dx * push, sum.1 + dy * push);
        }
        moves.push(sum);
    }
    for [from, to] in pairs {
        let (Some(a), Some(b)) = (places.get(*from), places.get(*to)) else { continue };
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let pull = dx.hypot(dy) / ideal;
        for (node, sign) in [(from, 1.0), (to, -1.0)] {
            if let Some(sum) = moves.get_mut(*node) {
                *sum = (sum.0 + sign * dx * pull, sum.1 + sign * dy * pull);
            }
        }
    }
    moves
}

/// A place on a spiral: those that come one after the other are near each other, and none
/// stands just opposite another.
fn on_spiral(index: usize, many: usize) -> Place {
    const GOLDEN_ANGLE: f64 = 2.4;
    let angle = GOLDEN_ANGLE * index as f64;
    let part = 0.4 * ((index + 1) as f64 / many.max(1) as f64).sqrt();
    (WIDTH * (0.5 + part * angle.sin()), HEIGHT * (0.5 - part * angle.cos()))
}

fn rounded((x, y): Place) -> (i32, i32) {
    (x.round() as i32, y.round() as i32)
}

fn line(html: &mut Html, places: &[Place], [from, to]: [usize; 2], words: &str) {
    let (Some(from), Some(to)) = (places.get(from), places.get(to)) else { return };
    let ends = [from.0, from.1, to.0, to.1].map(|at| at.round().to_string());
    let [x1, y1, x2, y2] = ends.each_ref().map(String::as_str);
    html.element("line", &[("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)], "");
    if !words.is_empty() {
        let middle = rounded((f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1)));
        html.within("g", &[("class", "edge")], |html| words_at(html, middle, &shortened(words)));
    }
}

fn node(html: &mut Html, place: (i32, i32), thing: &Thing, path: Option<String>) {
    let name = shortened(thing.label.rsplit('/').next().unwrap_or(&thing.label));
    match path {
        Some(path) => {
            html.within("a", &[("href", path.as_str())], |html| {
                html.element("title", &[], &thing.label);
                words_at(html, place, &name);
            });
        }
        None => {
            html.within("g", &[("class", "centre")], |html| words_at(html, place, &name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thing(label: &str) -> Thing {
        Thing { iri: Some(format!("urn:{label}")), label: label.to_owned() }
    }

    #[test]
    fn joined_nodes_come_nearer_than_others() {
        let places = laid_out(4, &[[0, 2], [1, 3]]);
        let apart =
            |a: usize, b: usize| (places[a].0 - places[b].0).hypot(places[a].1 - places[b].1);
        assert!(apart(0, 2) < apart(0, 1) && apart(1, 3) < apart(0, 3), "{places:?}");
        assert!(places.iter().all(|(x, y)| x.is_finite() && y.is_finite()));
        assert_eq!(places, laid_out(4, &[[0, 2], [1, 3]]));
    }

    #[test]
    fn a_graph_too_large_is_drawn_in_part() {
        let things: Vec<Thing> = (0..100).map(|n| thing(&n.to_string())).collect();
        let pairs = things.iter().zip(things.iter().skip(1));
        let edges: Vec<Edge<'_>> =
            pairs.map(|(from, to)| Edge { from, to, words: "<b>" }).collect();
        let drawn = format!("{:?}", net(&edges, |_| None).unwrap());
        assert!(drawn.contains("more lines are not drawn") && !drawn.contains("<b>"));
        assert!(net(&[], |_| None).is_none());
    }
}
