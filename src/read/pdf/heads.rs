//! Running heads and numbers of pages: what stands at the edge of pages again and
//! again, and is no part of the text.
//!
//! In: the pieces of all pages. Out: the same without them.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::Piece;

/// Heads and feet stand within this share of a page's height from its edges.
const EDGE: f32 = 0.12;
/// They stand at the same height, give or take so many points.
const SAME_HEIGHT: f32 = 4.0;

/// A page: how high it is, and what stands on it.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) height: f32,
    pub(super) pieces: Vec<Piece>,
}

/// Takes away what a third of the pages have at their edges, and what numbers a
/// page.
pub(super) fn remove(sheets: &mut [Sheet]) {
    let mut counts: BTreeMap<(String, i64), usize> = BTreeMap::new();
    for sheet in sheets.iter() {
        let heads = sheet.pieces.iter().filter(|piece| is_at_edge(piece, sheet.height));
        let heads: BTreeSet<_> = heads.map(looks).collect();
        for head in heads {
            *counts.entry(head).or_default() += 1;
        }
    }
    let pages = sheets.len();
    let is_repeated = |piece: &Piece| {
        let count = counts.get(&looks(piece)).copied();
        count.is_some_and(|count| count >= 2 && count * 3 >= pages)
    };
    for Sheet { height, pieces } in sheets {
        let is_head = |piece: &Piece| is_repeated(piece) || is_number(&piece.text);
        pieces.retain(|piece| !(is_at_edge(piece, *height) && is_head(piece)));
    }
}

/// What heads of several pages have in common: their words and their height.
fn looks(piece: &Piece) -> (String, i64) {
    (without_numbers(&piece.text), (piece.base / SAME_HEIGHT).round() as i64)
}

fn is_at_edge(piece: &Piece, height: f32) -> bool {
    piece.top() < EDGE * height || piece.bottom() > (1.0 - EDGE) * height
}

/// The words of a text, each number as one sign.
fn without_numbers(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_ascii_digit() {
            bare.push(c);
        } else if !bare.ends_with('0') {
            bare.push('0');
        }
    }
    bare
}

/// Whether a text is a number and its ornaments: "3", "– 3 –", "3/7".
fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (1..=8).contains(&digits) && !text.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, base: f32) -> Piece {
        Piece { text: text.to_owned(), left: 40.0, right: 300.0, base, size: 10.0 }
    }

    fn kept(sheets: &[&[(&str, f32)]]) -> Vec<String> {
        let sheet = |lines: &&[(&str, f32)]| {
            let pieces = lines.iter().map(|(text, base)| piece(text, *base)).collect();
            Sheet { height: 600.0, pieces }
        };
        let mut sheets: Vec<Sheet> = sheets.iter().map(sheet).collect();
        remove(&mut sheets);
        sheets.into_iter().flat_map(|s| s.pieces).map(|piece| piece.text).collect()
    }

    #[test]
    fn what_several_pages_have_at_their_edges_goes() {
        let first: &[_] = &[("Statement 7, page 1 of 2", 30.0), ("It closed.", 300.0)];
        let second: &[_] = &[("Statement 7, page 2 of 2", 30.0), ("It opened.", 300.0)];
        assert_eq!(kept(&[first, second]), ["It closed.", "It opened."]);
    }

    #[test]
    fn numbers_of_pages_go_and_what_stands_once_stays() {
        let page: &[_] = &[("The pier", 40.0), ("1987", 300.0), ("– 3 –", 580.0)];
        assert_eq!(kept(&[page]), ["The pier", "1987"]);
    }
}
