//! Which word of the system is which word of the gold data.

use std::collections::BTreeMap;
use std::ops::Range;

use super::side::Word;

/// Aligned words, in order.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// Indices of gold and system words.
    pub(super) pairs: Vec<(usize, usize)>,
    gold_of: BTreeMap<usize, usize>,
}

impl Alignment {
    /// The gold word of a system word.
    pub(super) fn gold_of(&self, system: usize) -> Option<usize> {
        self.gold_of.get(&system).copied()
    }

    fn push(&mut self, gold: usize, system: usize) {
        self.pairs.push((gold, system));
        self.gold_of.insert(system, gold);
    }
}

/// Aligns words with the same characters; where either side has a multi-word
/// token, the words under the smallest run of characters that no multi-word
/// token crosses are aligned by the longest common subsequence of their forms.
pub(super) fn align(gold: &[Word], system: &[Word]) -> Alignment {
    let mut alignment = Alignment::default();
    let (mut g, mut s) = (0, 0);
    while let (Some(a), Some(b)) = (gold.get(g), system.get(s)) {
        if a.multiword || b.multiword {
            let (golds, systems) = run(gold, system, g, s);
            (g, s) = (golds.end, systems.end);
            align_run(gold, system, golds, systems, &mut alignment);
        } else if a.span == b.span {
            alignment.push(g, s);
            (g, s) = (g + 1, s + 1);
        } else if a.span.0 <= b.span.0 {
            g += 1;
        } else {
            s += 1;
        }
    }
    alignment
}

/// The words of both sides that share the multi-word token at `g` or `s`.
fn run(gold: &[Word], system: &[Word], mut g: usize, mut s: usize) -> (Range<usize>, Range<usize>) {
    let (Some(a), Some(b)) = (gold.get(g), system.get(s)) else { return (g..g, s..s) };
    let mut end = if a.multiword { a.span.1 } else { b.span.1 };
    // A plain word that began before the multi-word token takes no part.
    if a.multiword && !b.multiword && b.span.0 < a.span.0 {
        s += 1;
    } else if !a.multiword && a.span.0 < b.span.0 {
        g += 1;
    }
    let (first_gold, first_system) = (g, s);
    loop {
        let (a, b) = (gold.get(g), system.get(s));
        if beyond(a, end) && beyond(b, end) {
            return (first_gold..g, first_system..s);
        }
        let take_gold = a.is_some_and(|a| b.is_none_or(|b| a.span.0 <= b.span.0));
        let taken = if take_gold { a } else { b };
        end = taken.filter(|w| w.multiword).map_or(end, |w| end.max(w.span.1));
        (g, s) = (g + usize::from(take_gold), s + usize::from(!take_gold));
    }
}

/// Whether a word lies outside of a run that ends at `end`.
fn beyond(word: Option<&Word>, end: usize) -> bool {
    match word {
        None => true,
        Some(word) if word.multiword => word.span.0 >= end,
        Some(word) => word.span.1 > end,
    }
}

fn align_run(
    gold: &[Word],
    system: &[Word],
    golds: Range<usize>,
    systems: Range<usize>,
    alignment: &mut Alignment,
) {
    let keys = |words: &'_ [Word], range: Range<usize>| -> Vec<String> {
        words.get(range).unwrap_or(&[]).iter().map(|w| w.key.clone()).collect()
    };
    let (a, b) = (keys(gold, golds.clone()), keys(system, systems.clone()));
    let length = common(&a, &b);
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            alignment.push(golds.start + i, systems.start + j);
            (i, j) = (i + 1, j + 1);
        } else if length[i][j] == length[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

/// `common(a, b)[i][j]`: length of the longest common subsequence of `a[i..]` and `b[j..]`.
fn common(a: &[String], b: &[String]) -> Vec<Vec<usize>> {
    let mut length = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let same = if a[i] == b[j] { 1 + length[i + 1][j + 1] } else { 0 };
            length[i][j] = same.max(length[i + 1][j]).max(length[i][j + 1]);
        }
    }
    length
}
