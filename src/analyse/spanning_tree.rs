//! The best tree over the words of one sentence (Chu and Liu 1965, Edmonds 1967).
//!
//! In: a score for every head of every word. Out: each word's head, such that
//! there is one root, no cycle, and no better sum.

use ndarray::Array2;

/// Taken off every arc from the root, so that the best tree has only one.
const ROOT_COST: f32 = 10_000.0;

/// The best heads: `scores[[d, h]]` scores word `d` hanging on word `h − 1`, or
/// on the root for `h = 0`. One `None`, for the root word; empty for no words.
pub fn best_tree(scores: &Array2<f32>) -> Vec<Option<usize>> {
    if scores.is_empty() {
        return Vec::new();
    }
    let greedy: Vec<usize> = (0..scores.nrows()).map(|d| best_head(scores, d)).collect();
    let single = greedy.iter().filter(|&&h| h == 0).count() == 1;
    let heads = if single && find_cycle(&greedy).is_none() { greedy } else { search(scores) };
    heads.into_iter().map(|h| h.checked_sub(1)).collect()
}

fn best_head(scores: &Array2<f32>, dependent: usize) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (head, &score) in scores.row(dependent).iter().enumerate() {
        if head != dependent + 1 && score > best.1 {
            best = (head, score);
        }
    }
    best.0
}

fn search(scores: &Array2<f32>) -> Vec<usize> {
    let mut scores = scores.clone();
    for score in &mut scores.column_mut(0) {
        *score = if score.is_finite() { *score - ROOT_COST } else { -2.0 * ROOT_COST };
    }
    edmonds(&scores)
}

/// Heads of the best arborescence, counted as in [`best_tree`].
fn edmonds(scores: &Array2<f32>) -> Vec<usize> {
    let mut heads: Vec<usize> = (0..scores.nrows()).map(|d| best_head(scores, d)).collect();
    let Some(cycle) = find_cycle(&heads) else { return heads };
    let contracted = Contracted::new(scores, &heads, cycle);
    let above = edmonds(&contracted.scores);
    contracted.expand(&above, &mut heads);
    heads
}

/// The words of some cycle.
fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = start + 1;
            match heads[at].checked_sub(1) {
                Some(head) => at = head,
                None => break,
            }
        }
        if seen[at] == start + 1 && heads[at] != 0 {
            // The walk came back to a word of its own: that word lies on a cycle.
            let round = std::iter::successors(Some(at), |&word| heads[word].checked_sub(1));
            let rest = round.skip(1).take_while(|&word| word != at);
            return Some(std::iter::once(at).chain(rest).collect());
        }
    }
    None
}

/// A graph in which a cycle has become one word, the last.
struct Contracted {
    scores: Array2<f32>,
    cycle: Vec<usize>,
    /// The words outside of the cycle, in order.
    outside: Vec<usize>,
    /// For each head outside (0 is the root): which word of the cycle it would take over.
    enter: Vec<usize>,
    /// For each word outside: which word of the cycle would be its head.
    leave: Vec<usize>,
}

impl Contracted {
    fn new(scores: &Array2<f32>, heads: &[usize], cycle: Vec<usize>) -> Self {
        let n = scores.nrows();
        let mut in_cycle = vec![false; n];
        for &word in &cycle {
            in_cycle[word] = true;
        }
        let outside: Vec<usize> = (0..n).filter(|&word| !in_cycle[word]).collect();
        let size = outside.len() + 1;
        let mut this = Self {
            scores: Array2::from_elem((size, size + 1), f32::NEG_INFINITY),
            cycle,
            enter: vec![0; size],
            leave: vec![0; size],
            outside,
        };
        this.copy_outside(scores);
        this.score_leaving(scores);
        this.score_entering(scores, heads);
        this
    }

    /// The heads outside, as columns of the old scores: the root, then words.
    fn old_head(&self, head: usize) -> usize {
        head.checked_sub(1).map_or(0, |word| self.outside[word] + 1)
    }

    fn copy_outside(&mut self, scores: &Array2<f32>) {
        for (new, &word) in self.outside.iter().enumerate() {
            for head in 0..=self.outside.len() {
                self.scores[[new, head]] = scores[[word, self.old_head(head)]];
            }
        }
    }

    fn score_leaving(&mut self, scores: &Array2<f32>) {
        let column = self.scores.ncols() - 1;
        for (new, &word) in self.outside.iter().enumerate() {
            for &head in &self.cycle {
                let score = scores[[word, head + 1]];
                if score > self.scores[[new, column]] {
                    self.scores[[new, column]] = score;
                    self.leave[new] = head;
                }
            }
        }
    }

    fn score_entering(&mut self, scores: &Array2<f32>, heads: &[usize]) {
        let last = self.scores.nrows() - 1;
        let whole: f32 = self.cycle.iter().map(|&word| scores[[word, heads[word]]]).sum();
        for head in 0..=self.outside.len() {
            for &word in &self.cycle {
                let arc = scores[[word, self.old_head(head)]];
                let score = whole - scores[[word, heads[word]]] + arc;
                if score > self.scores[[last, head]] {
                    self.scores[[last, head]] = score;
                    self.enter[head] = word;
                }
            }
        }
    }

    /// Turns heads of the contracted graph into heads of the whole one.
    fn expand(&self, above: &[usize], heads: &mut [usize]) {
        let cycle_node = self.outside.len() + 1;
        for (new, &word) in self.outside.iter().enumerate() {
            heads[word] = match above[new] {
                head if head == cycle_node => self.leave[new] + 1,
                head => self.old_head(head),
            };
        }
        let entering = above[self.outside.len()];
        heads[self.enter[entering]] = self.old_head(entering);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(scores: &[&[f32]], expected: &[Option<usize>]) {
        let width = scores.first().map_or(0, |row| row.len());
        let flat: Vec<f32> = scores.iter().flat_map(|row| row.iter().copied()).collect();
        let matrix = Array2::from_shape_vec((scores.len(), width), flat).unwrap();
        assert_eq!(best_tree(&matrix), expected);
    }

    #[test]
    fn trees() {
        check(&[], &[]);
        check(&[&[-5.0, 9.0]], &[None]);
        check(&[&[0.0, 0.0, 2.0], &[5.0, 1.0, 0.0]], &[Some(1), None]);
        // The two want each other: the cheaper break makes the root.
        check(&[&[1.0, 0.0, 9.0], &[3.0, 9.0, 0.0]], &[Some(1), None]);
        // Both want the root: only one may.
        check(&[&[9.0, 0.0, 1.0], &[8.0, 1.5, 0.0]], &[None, Some(0)]);
    }

    fn total(scores: &Array2<f32>, heads: &[Option<usize>]) -> f32 {
        heads.iter().enumerate().map(|(d, h)| scores[[d, h.map_or(0, |h| h + 1)]]).sum()
    }

    fn is_tree(heads: &[Option<usize>]) -> bool {
        heads.iter().filter(|h| h.is_none()).count() == 1
            && (0..heads.len()).all(|word| {
                std::iter::successors(Some(word), |&w| heads[w]).take(heads.len() + 1).count()
                    <= heads.len()
            })
    }

    proptest! {
        /// Against all assignments of heads to four words.
        #[test]
        fn no_tree_is_better(flat in prop::collection::vec(-9.0f32..9.0, 20)) {
            let scores = Array2::from_shape_vec((4, 5), flat).unwrap();
            let mine = best_tree(&scores);
            prop_assert!(is_tree(&mine));
            for code in 0..625usize {
                let other: Vec<Option<usize>> =
                    (0..4u32).map(|w| (code / 5usize.pow(w) % 5).checked_sub(1)).collect();
                if is_tree(&other) {
                    prop_assert!(total(&scores, &other) <= total(&scores, &mine) + 1e-2);
                }
            }
        }
    }
}
