//! The best tree over the words of one sentence (Chu and Liu 1965, Edmonds 1967; Tarjan 1977).
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
    let heads = if single && !has_cycle(&greedy) { greedy } else { search(scores) };
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

/// Heads of the best arborescence, counted as in [`best_tree`]: a path is grown from
/// head to head until it reaches the root or a word that does; where it meets itself,
/// the cycle becomes one node in the place of its last word (Tarjan 1977). A cycle of
/// `k` words costs `k` rows and columns, so all cycles together cost the square of the
/// words.
fn edmonds(scores: &Array2<f32>) -> Vec<usize> {
    let mut graph = Contracting::new(scores);
    for word in 0..scores.nrows() {
        graph.grow_from(word);
    }
    graph.expand()
}

/// An arc: a word and its head, 0 for the root.
type Arc = (usize, usize);

/// What is known of the node that stands in a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Fresh,
    /// On the path that is being grown.
    OnPath,
    /// Its heads lead to the root.
    Settled,
    /// It is part of a cycle that stands in another row.
    Gone,
}

/// A graph whose cycles become nodes. A node stands in the row of one of its words;
/// nodes are numbered, first the words and then the cycles in the order in which they
/// were found.
struct Contracting {
    scores: Array2<f32>,
    /// The arc of words behind each score.
    arcs: Array2<Arc>,
    state: Vec<State>,
    /// The number of the node in each row.
    node: Vec<usize>,
    /// The cycle that each node is part of.
    parent: Vec<Option<usize>>,
    /// The arc above each node.
    above: Vec<Arc>,
}

impl Contracting {
    fn new(scores: &Array2<f32>) -> Self {
        let size = scores.nrows();
        Self {
            scores: scores.clone(),
            arcs: Array2::from_shape_fn(scores.dim(), |arc| arc),
            state: vec![State::Fresh; size],
            node: (0..size).collect(),
            parent: vec![None; size],
            above: vec![(0, 0); size],
        }
    }

    /// Grows a path from a word until it reaches what is settled. A word whose row is gone
    /// was settled with its cycle.
    fn grow_from(&mut self, word: usize) {
        let mut path: Vec<usize> = Vec::new();
        let mut at = word;
        while self.state[at] == State::Fresh {
            self.state[at] = State::OnPath;
            path.push(at);
            let Some(next) = self.head_of(at) else { break };
            at = next;
            if self.state[at] == State::OnPath {
                at = self.contract(&mut path, at);
            }
        }
        for row in path {
            self.state[row] = State::Settled;
        }
    }

    /// Chooses the best head of a node, and gives its row; none for the root.
    fn head_of(&mut self, row: usize) -> Option<usize> {
        let mut best = 0;
        for (head, &score) in self.scores.row(row).iter().enumerate().skip(1) {
            let is_other = head - 1 != row && self.state[head - 1] != State::Gone;
            if is_other && score > self.scores[[row, best]] {
                best = head;
            }
        }
        self.above[self.node[row]] = self.arcs[[row, best]];
        // What a cycle is worth when it is entered here instead.
        let cost = self.scores[[row, best]];
        self.scores.row_mut(row).mapv_inplace(|score| score - cost);
        best.checked_sub(1)
    }

    /// Makes one node of the end of a path from a row on, and gives its row, which is
    /// taken off the path and fresh.
    fn contract(&mut self, path: &mut Vec<usize>, from: usize) -> usize {
        let start = path.iter().rposition(|&row| row == from).expect("the row is on the path");
        let cycle = path.split_off(start);
        let cycle_node = self.parent.len();
        self.parent.push(None);
        self.above.push((0, 0));
        let (&kept, rest) = cycle.split_last().expect("a cycle has words");
        for &row in &cycle {
            self.parent[self.node[row]] = Some(cycle_node);
        }
        for &row in rest {
            self.merge(row, kept);
        }
        self.node[kept] = cycle_node;
        self.state[kept] = State::Fresh;
        kept
    }

    /// Puts what leads into and out of one row into another.
    fn merge(&mut self, gone: usize, kept: usize) {
        self.state[gone] = State::Gone;
        for other in 0..self.scores.ncols() {
            self.offer((kept, other), (gone, other));
        }
        for other in 0..self.scores.nrows() {
            self.offer((other, kept + 1), (other, gone + 1));
        }
    }

    fn offer(&mut self, to: Arc, from: Arc) {
        if self.scores[from] > self.scores[to] {
            self.scores[to] = self.scores[from];
            self.arcs[to] = self.arcs[from];
        }
    }

    /// The heads of all words: each cycle, the last first, is cut at the word by which
    /// it is entered.
    fn expand(mut self) -> Vec<usize> {
        let words = self.state.len();
        for cycle in (words..self.parent.len()).rev() {
            let arc = self.above[cycle];
            let mut node = arc.0;
            while let Some(parent) = self.parent[node].filter(|&parent| parent != cycle) {
                node = parent;
            }
            self.above[node] = arc;
        }
        self.above.iter().take(words).map(|&(_, head)| head).collect()
    }
}

/// Whether some words are each other's heads.
fn has_cycle(heads: &[usize]) -> bool {
    let mut seen = vec![0; heads.len()];
    (0..heads.len()).any(|start| {
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = start + 1;
            match heads[at].checked_sub(1) {
                Some(head) => at = head,
                None => return false,
            }
        }
        seen[at] == start + 1
    })
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

    /// Words that want each other two by two, and their pairs again.
    #[test]
    fn nested_cycles() {
        let distance = |d: usize, h: usize| (d ^ h).leading_zeros() as f32;
        let arc = |(d, head): (usize, usize)| {
            head.checked_sub(1).map_or(d as f32 / 100.0, |h| distance(d, h))
        };
        let scores = Array2::from_shape_fn((64, 65), arc);
        let heads = best_tree(&scores);
        assert!(is_tree(&heads));
        assert_eq!(heads.iter().position(Option::is_none), Some(63));
    }

    /// One small cycle after another, each of the cycle before and the next word.
    #[test]
    fn cycles_in_a_row() {
        let arc = |(d, head): (usize, usize)| match head.checked_sub(1) {
            None => 0.0,
            Some(h) => 1000.0 - d.max(h) as f32 - d.abs_diff(h) as f32 / 10.0,
        };
        let scores = Array2::from_shape_fn((80, 81), arc);
        let heads = best_tree(&scores);
        assert!(is_tree(&heads));
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
