//! Which pieces of a page are the body of its article.
//!
//! The body stands in the element that holds most prose, where prose counts
//! for less the deeper below the element it stands. What names of elements
//! rule out (`hint`) counts for nothing, unless next to nothing else is left:
//! then the page's names mean something else than they say.

use super::hint::Hint;
use super::piece::{Piece, PieceKind};
use super::tree::{NodeId, Tree};

/// What an element gets of what each of its children holds.
const DECAY: f32 = 0.85;
/// Below this share of the page's prose, what is left without all that is
/// ruled out is too little to be the article.
const TOO_LITTLE: f32 = 0.2;

/// Why a piece is not the body's.
#[derive(Clone, Copy, Debug)]
enum Why {
    /// What stands in this node is ruled out.
    Out(NodeId),
    Links,
    /// It does not stand in the element of the body.
    Outside(NodeId),
}

/// The numbers of the pieces that are the body, in order.
pub(crate) fn choose(tree: &Tree, hints: &[Hint], pieces: &[Piece]) -> Vec<usize> {
    let judged = judge(tree, hints, pieces).into_iter().enumerate();
    judged.filter(|(_, why)| why.is_none()).map(|(i, _)| i).collect()
}

/// Why pieces are not the body, for people; nothing for those that are.
pub(crate) fn reasons(tree: &Tree, hints: &[Hint], pieces: &[Piece]) -> Vec<Option<String>> {
    let shown = |why| match why {
        Why::Out(node) => why_out(tree, hints, node),
        Why::Links => "nothing but links".to_owned(),
        Why::Outside(container) => format!("outside {}", tag(tree, container)),
    };
    judge(tree, hints, pieces).into_iter().map(|why| why.map(shown)).collect()
}

fn judge(tree: &Tree, hints: &[Hint], pieces: &[Piece]) -> Vec<Option<Why>> {
    let out = ruled_out(tree, hints, pieces);
    let around = |piece: &Piece| piece.out.unwrap_or(piece.node);
    let is_out = |piece: &Piece| is_set(&out, around(piece));
    let container = container(tree, hints, pieces.iter().filter(|piece| !is_out(piece)));
    let why = |piece: &Piece| {
        if is_out(piece) {
            Some(Why::Out(around(piece)))
        } else if is_links(piece) {
            Some(Why::Links)
        } else {
            (!tree.is_within(piece.node, container)).then_some(Why::Outside(container))
        }
    };
    pieces.iter().map(why).collect()
}

/// What rules a node out: an element around it, or one that cuts off what follows.
fn why_out(tree: &Tree, hints: &[Hint], node: NodeId) -> String {
    let mut around = std::iter::once(node).chain(tree.ancestors(node));
    match around.find(|node| is_out(hints, *node)) {
        Some(out) => format!("in {}", tag(tree, out)),
        None => "behind the end of the article".to_owned(),
    }
}

/// An element as its tag is written, with what it is called.
fn tag(tree: &Tree, node: NodeId) -> String {
    const LONGEST: usize = 60;
    let name = tree.name(node);
    let mut called = ["class", "id", "role"].into_iter();
    let called = called.find_map(|a| Some(format!(" {a}=\"{}\"", tree.attribute(node, a)?)));
    let called: String = called.unwrap_or_default().chars().take(LONGEST).collect();
    if name.is_empty() { "the page".to_owned() } else { format!("<{name}{called}>") }
}

fn is_set(marks: &[bool], node: NodeId) -> bool {
    marks.get(node.index()) == Some(&true)
}

/// Whether a piece is nothing but links: a menu, or a pointer to other pages.
fn is_links(piece: &Piece) -> bool {
    const LONGEST: usize = 60;
    let density = piece.link_density();
    density > 0.9 || density > 0.6 && piece.words() < LONGEST
}

/// How much of an article a piece can be: its words, where they are prose.
/// Links count against what is around them.
fn weight(piece: &Piece) -> f32 {
    const SHORTEST_PROSE: usize = 8;
    const MOST_WORDS: usize = 120;
    const MOST_LINKS: usize = 6;
    let (words, density) = (piece.words(), piece.link_density());
    match piece.kind {
        PieceKind::Heading(_) => 0.0,
        _ if density > 0.5 => -(words.min(MOST_LINKS) as f32),
        _ if words >= SHORTEST_PROSE => words.min(MOST_WORDS) as f32 * (1.0 - density),
        _ => 0.0,
    }
}

fn prose(piece: &Piece) -> f32 {
    weight(piece).max(0.0)
}

/// For each element, whether it is not the article's, by its own names or those
/// around or before it.
fn ruled_out(tree: &Tree, hints: &[Hint], pieces: &[Piece]) -> Vec<bool> {
    const MOST_PARDONS: usize = 6;
    let inside = prose_inside(tree, pieces);
    let all = inside.first().copied().unwrap_or(0.0).max(1.0);
    let mut pardoned = vec![false; tree.len()];
    for _ in 0..MOST_PARDONS {
        let out = spread(tree, hints, &pardoned);
        let left: f32 = pieces
            .iter()
            .filter(|piece| !is_set(&out, piece.out.unwrap_or(piece.node)))
            .map(prose)
            .sum();
        let holds_most = |node: &NodeId| {
            let here = inside.get(node.index()).copied().unwrap_or(0.0);
            is_out(hints, *node) && !is_set(&pardoned, *node) && here >= 0.5 * all
        };
        let wrong = tree.nodes().find(holds_most).filter(|_| left < TOO_LITTLE * all);
        match wrong.and_then(|node| pardoned.get_mut(node.index())) {
            Some(pardon) => *pardon = true,
            None => return out,
        }
    }
    spread(tree, hints, &pardoned)
}

fn is_out(hints: &[Hint], node: NodeId) -> bool {
    matches!(hints.get(node.index()), Some(Hint::Out | Hint::Cut))
}

/// How much prose stands within each element.
fn prose_inside(tree: &Tree, pieces: &[Piece]) -> Vec<f32> {
    let mut inside = vec![0.0; tree.len()];
    for piece in pieces {
        add(&mut inside, piece.node, prose(piece));
    }
    for node in tree.nodes().rev().filter(|node| *node != NodeId::ROOT) {
        let here = inside.get(node.index()).copied().unwrap_or(0.0);
        add(&mut inside, tree.parent(node), here);
    }
    inside
}

fn add(sums: &mut [f32], node: NodeId, more: f32) {
    if let Some(sum) = sums.get_mut(node.index()) {
        *sum += more;
    }
}

/// Spreads what is ruled out to what is within, and what cuts off to what follows.
fn spread(tree: &Tree, hints: &[Hint], pardoned: &[bool]) -> Vec<bool> {
    let mut out = vec![false; tree.len()];
    let mut cut = vec![false; tree.len()];
    for node in tree.nodes().filter(|node| *node != NodeId::ROOT) {
        let up = tree.parent(node);
        let own = is_out(hints, node) && !is_set(pardoned, node);
        let is = own || is_set(&out, up) || is_set(&cut, up);
        if let Some(mark) = out.get_mut(node.index()) {
            *mark = is;
        }
        if own && hints.get(node.index()) == Some(&Hint::Cut) {
            cut.get_mut(up.index()).into_iter().for_each(|mark| *mark = true);
        }
    }
    out
}

/// The element that the body stands in.
fn container<'a>(tree: &Tree, hints: &[Hint], pieces: impl Iterator<Item = &'a Piece>) -> NodeId {
    let mut scores = vec![0.0; tree.len()];
    for piece in pieces {
        add(&mut scores, piece.node, weight(piece));
    }
    for node in tree.nodes().rev().filter(|node| *node != NodeId::ROOT) {
        let here = scores.get(node.index()).copied().unwrap_or(0.0);
        let bonus = if hints.get(node.index()) == Some(&Hint::Body) { 1.15 } else { 1.0 };
        add(&mut scores, tree.parent(node), here * DECAY * bonus);
    }
    let score = |node: NodeId| {
        let own = scores.get(node.index()).copied().unwrap_or(0.0);
        own * promise(tree, hints, node)
    };
    let mut best = NodeId::ROOT;
    for node in tree.nodes() {
        // The deepest of equals, which comes last.
        if score(node) >= score(best) {
            best = node;
        }
    }
    best
}

/// How much an element's name and names make of what it holds.
fn promise(tree: &Tree, hints: &[Hint], node: NodeId) -> f32 {
    match (tree.name(node), hints.get(node.index())) {
        (_, Some(Hint::Body)) => 1.4,
        ("article", _) => 1.25,
        ("main", _) => 1.15,
        _ => 1.0,
    }
}
