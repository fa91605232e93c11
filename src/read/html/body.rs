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

/// The numbers of the pieces that are the body, in order.
pub(crate) fn choose(tree: &Tree, hints: &[Hint], pieces: &[Piece]) -> Vec<usize> {
    let out = ruled_out(tree, hints, pieces);
    let is_out = |piece: &Piece| is_set(&out, piece.out.unwrap_or(piece.node));
    let container = container(tree, hints, pieces.iter().filter(|piece| !is_out(piece)));
    let mut chosen = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        if !is_out(piece) && !is_links(piece) && tree.is_within(piece.node, container) {
            chosen.push(i);
        }
    }
    chosen
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
