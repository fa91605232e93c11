//! Name tags: outside, beginning or inside of a name of some kind.
//!
//! In: scores of the tags of each word. Out: the names of the best sequence in
//! which an inside tag follows a tag of its own kind (Viterbi 1967).

use std::ops::Range;

use super::model::{NAME_CLASSES, NAME_KINDS};
use crate::text::NameKind;

/// The class of words outside of names.
pub const OUTSIDE: usize = 0;

/// The class of a name's first word.
pub fn beginning(kind: usize) -> usize {
    1 + 2 * kind
}

/// The class of its other words.
pub fn inside(kind: usize) -> usize {
    2 + 2 * kind
}

/// What is added to the scores of a kind's tags. The network sees persons and
/// groups too readily and organisations too rarely, on web texts and on news
/// alike; groups are found by their words, too.
fn leaning(tag: usize) -> f32 {
    match tag.checked_sub(1).and_then(|tag| NAME_KINDS.get(tag / 2)) {
        Some(NameKind::Person) => -0.5,
        Some(NameKind::Organization | NameKind::Event) => 0.4,
        Some(NameKind::Group) => -1.0,
        _ => 0.0,
    }
}

/// Whether a tag may stand after another (`None`: at the start of a sentence).
fn may_follow(tag: usize, before: Option<usize>) -> bool {
    let is_inside = tag != OUTSIDE && tag.is_multiple_of(2);
    !is_inside || before.is_some_and(|before| before == tag || before + 1 == tag)
}

/// The names of one sentence, as ranges of its words.
pub fn decode(scores: &[&[f32]]) -> Vec<(Range<usize>, NameKind)> {
    let mut names: Vec<(Range<usize>, NameKind)> = Vec::new();
    for (word, tag) in best_tags(scores).into_iter().enumerate() {
        if tag == OUTSIDE {
            continue;
        }
        match names.last_mut() {
            Some((range, _)) if tag.is_multiple_of(2) => range.end = word + 1,
            _ => {
                let kind = NAME_KINDS.get((tag - 1) / 2).copied().unwrap_or(NameKind::Other);
                names.push((word..word + 1, kind));
            }
        }
    }
    names
}

fn best_tags(scores: &[&[f32]]) -> Vec<usize> {
    // Outside after outside is by far the commonest: most sentences end here.
    if scores.iter().all(|row| is_outside(row)) {
        return vec![OUTSIDE; scores.len()];
    }
    let mut from: Vec<[usize; NAME_CLASSES]> = Vec::new();
    let mut sums = [0.0f32; NAME_CLASSES];
    for (word, row) in scores.iter().enumerate() {
        let mut next = [f32::NEG_INFINITY; NAME_CLASSES];
        let mut back = [OUTSIDE; NAME_CLASSES];
        for tag in 0..NAME_CLASSES {
            let score = row.get(tag).copied().unwrap_or(0.0) + leaning(tag);
            for (before, &sum) in sums.iter().enumerate() {
                let allowed = may_follow(tag, (word > 0).then_some(before));
                if allowed && sum + score > next[tag] {
                    (next[tag], back[tag]) = (sum + score, before);
                }
            }
        }
        sums = next;
        from.push(back);
    }
    follow_back(&from, super::network::math::greatest(&sums))
}

/// Whether a word's best tag is that of no name.
fn is_outside(row: &[f32]) -> bool {
    let outside = row.first().copied().unwrap_or(0.0);
    row.iter().enumerate().all(|(tag, score)| score + leaning(tag) <= outside)
}

fn follow_back(from: &[[usize; NAME_CLASSES]], last: usize) -> Vec<usize> {
    let mut tags = vec![last];
    for back in from.iter().skip(1).rev() {
        let tag = tags.last().map_or(OUTSIDE, |&tag| back[tag]);
        tags.push(tag);
    }
    tags.reverse();
    tags.truncate(from.len());
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each word's best tag by name: `o`, `P` (person begins), `p`, `G`, `g`.
    fn check(best: &str, expected: &[(Range<usize>, NameKind)]) {
        let rows: Vec<Vec<f32>> = best
            .chars()
            .map(|c| {
                let mut row = vec![0.0; NAME_CLASSES];
                let tag = match c {
                    'P' => beginning(0),
                    'p' => inside(0),
                    'G' => beginning(1),
                    'g' => inside(1),
                    _ => OUTSIDE,
                };
                row[tag] = 2.2;
                row[OUTSIDE] += 1.6;
                row
            })
            .collect();
        let rows: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
        assert_eq!(decode(&rows), expected);
    }

    #[test]
    fn names() {
        use NameKind::{Organization, Person};
        check("", &[]);
        check("ooo", &[]);
        check("oPpoG", &[(1..3, Person), (4..5, Organization)]);
        check("PPp", &[(0..1, Person), (1..3, Person)]);
        // An inside tag cannot begin a name: the best whole sequence wins.
        check("ogo", &[]);
        check("Ppgo", &[(0..2, Person)]);
    }

    #[test]
    fn kinds_lean() {
        let row = |tag: usize, score: f32| {
            let mut row = vec![-9.0; NAME_CLASSES];
            (row[OUTSIDE], row[tag]) = (0.0, score);
            row
        };
        let (person, organization) = (row(beginning(0), 0.3), row(beginning(1), -0.3));
        assert_eq!(decode(&[&person]), []);
        assert_eq!(decode(&[&organization]), [(0..1, NameKind::Organization)]);
    }
}
