//! Which pieces of a page are the body of its article.

use super::hint::Hint;
use super::piece::{Piece, PieceKind};
use super::tree::{NodeId, Tree};

/// What a container of paragraphs gets of what its children hold.
const DECAY: f32 = 0.85;

/// Where a piece belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The article's body.
    Body,
    /// Not the article's: what the page says of itself, or of other articles.
    Outside,
}

pub(crate) fn choose(tree: &Tree, hints: &[Hint], pieces: &[Piece]) -> Vec<usize> {
    let kept = keep(tree, hints, pieces);
    let container = container(tree, hints, pieces, &kept);
    let inside: Vec<usize> = (0..pieces.len())
        .filter(|&i| kept[i] && tree.is_within(pieces[i].node, container))
        .collect();
    tidy(pieces, inside, tree)
}

/// How much of an article a piece can be.
fn weight(piece: &Piece) -> f32 {
    let words = piece.words();
    let density = piece.link_density();
    let prose = words >= 8 && density < 0.5;
    match piece.kind {
        PieceKind::Heading(_) => 0.0,
        _ if prose => (words.min(120) as f32) * (1.0 - density),
        _ if density > 0.5 => -(words.min(6) as f32),
        _ => 0.0,
    }
}

/// Pieces that nothing around them rules out.
fn keep(tree: &Tree, hints: &[Hint], pieces: &[Piece]) -> Vec<bool> {
    let mut inside = vec![0.0f32; tree.len()];
    for piece in pieces {
        inside[piece.node.index()] += weight(piece).max(0.0);
    }
    for node in tree.nodes().rev() {
        let up = tree.parent(node);
        if up != node {
            inside[up.index()] += inside[node.index()];
        }
    }
    let all = inside[0].max(1.0);
    let mut pardoned = vec![false; tree.len()];
    for _ in 0..6 {
        let out = ruled_out(tree, hints, &pardoned);
        let honest: f32 = pieces.iter().filter(|p| !out[p.out.unwrap_or(p.node).index()]).map(|p| weight(p).max(0.0)).sum();
        if honest >= 0.2 * all { return pieces.iter().map(|p| !out[p.out.unwrap_or(p.node).index()]).collect(); }
        let worst = tree.nodes().find(|n| is_out(hints[n.index()]) && !pardoned[n.index()] && inside[n.index()] >= 0.5 * all);
        match worst { Some(n) => pardoned[n.index()] = true, None => break }
    }
    let out = ruled_out(tree, hints, &pardoned);
    pieces.iter().map(|p| !out[p.out.unwrap_or(p.node).index()]).collect()
}

fn is_out(hint: Hint) -> bool { matches!(hint, Hint::Out | Hint::Cut) }

/// For each node, whether something around it or before it rules it out.
fn ruled_out(tree: &Tree, hints: &[Hint], pardoned: &[bool]) -> Vec<bool> {
    let mut out = vec![false; tree.len()];
    let mut cut = vec![false; tree.len()];
    for node in tree.nodes() {
        let (i, up) = (node.index(), tree.parent(node).index());
        if i == 0 { continue; }
        out[i] = out[up] || cut[up] || is_out(hints[i]) && !pardoned[i];
        if hints[i] == Hint::Cut && !pardoned[i] { cut[up] = true; }
    }
    out
}

fn container(tree: &Tree, hints: &[Hint], pieces: &[Piece], kept: &[bool]) -> NodeId {
    let mut score = vec![0.0f32; tree.len()];
    for (piece, kept) in pieces.iter().zip(kept) {
        if *kept {
            score[piece.node.index()] += weight(piece);
        }
    }
    for node in tree.nodes().rev() {
        let up = tree.parent(node);
        if up != node {
            let bonus = if hints[node.index()] == Hint::Body { 1.15 } else { 1.0 };
            score[up.index()] += score[node.index()] * DECAY * bonus;
        }
    }
    let mut best = NodeId::ROOT;
    let s = |n: NodeId| score[n.index()] * match (tree.name(n), hints[n.index()]) { (_, Hint::Body) => 1.4, ("article", _) => 1.25, ("main", _) => 1.15, _ => 1.0 };
    for node in tree.nodes() {
        if s(node) >= s(best) { best = node; }
    }
    best
}

fn tidy(pieces: &[Piece], inside: Vec<usize>, _tree: &Tree) -> Vec<usize> {
    inside.into_iter().filter(|&i| {
        let p = &pieces[i];
        !(p.link_density() > 0.6 && p.words() < 60 || p.link_density() > 0.9)
    }).collect()
}
