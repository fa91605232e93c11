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
    let heads = if single && find_cycles(&greedy).is_empty() { greedy } else { search(scores) };
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

/// Heads of the best arborescence, counted as in [`best_tree`]. All cycles are
/// contracted at once. Scores that give one small cycle after another still cost the
/// cube of the words, of which `parse` gives 256 at most.
fn edmonds(scores: &Array2<f32>) -> Vec<usize> {
    let mut heads: Vec<usize> = (0..scores.nrows()).map(|d| best_head(scores, d)).collect();
    let cycles = find_cycles(&heads);
    if !cycles.is_empty() {
        let contracted = Contracted::new(scores, &heads, &cycles);
        let above = edmonds(&contracted.scores);
        contracted.expand(&above, &mut heads);
    }
    heads
}

/// The words of each cycle.
fn find_cycles(heads: &[usize]) -> Vec<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    let mut cycles = Vec::new();
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
            cycles.push(std::iter::once(at).chain(rest).collect());
        }
    }
    cycles
}

/// A graph whose nodes are the words outside of all cycles, in order, and then
/// the cycles.
struct Contracted {
    scores: Array2<f32>,
    /// The word and its head (0 is the root) behind each of those scores.
    arcs: Array2<(usize, usize)>,
}

impl Contracted {
    fn new(scores: &Array2<f32>, heads: &[usize], cycles: &[Vec<usize>]) -> Self {
        let (node_of, size) = nodes(heads.len(), cycles);
        let mut whole = vec![0.0; size];
        for (word, &head) in heads.iter().enumerate() {
            whole[node_of[word]] += scores[[word, head]];
        }
        let mut this = Self {
            scores: Array2::from_elem((size, size + 1), f32::NEG_INFINITY),
            arcs: Array2::from_elem((size, size + 1), (0, 0)),
        };
        for (word, &node) in node_of.iter().enumerate() {
            // What a cycle is worth when it is entered at this word.
            let rest = whole[node] - scores[[word, heads[word]]];
            for (head, &score) in scores.row(word).iter().enumerate() {
                let above = head.checked_sub(1).map_or(0, |head| node_of[head] + 1);
                if above != node + 1 {
                    this.offer(node, above, rest + score, (word, head));
                }
            }
        }
        this
    }

    fn offer(&mut self, node: usize, above: usize, score: f32, arc: (usize, usize)) {
        if score > self.scores[[node, above]] {
            self.scores[[node, above]] = score;
            self.arcs[[node, above]] = arc;
        }
    }

    /// Turns heads of the contracted graph into heads of the whole one: a word
    /// gets the head it has there, a cycle is cut where it is entered.
    fn expand(&self, above: &[usize], heads: &mut [usize]) {
        for (node, &above) in above.iter().enumerate() {
            let (word, head) = self.arcs[[node, above]];
            heads[word] = head;
        }
    }
}

/// The node of each word, and how many nodes there are.
fn nodes(words: usize, cycles: &[Vec<usize>]) -> (Vec<usize>, usize) {
    let mut node_of = vec![usize::MAX; words];
    let outside = words - cycles.iter().map(Vec::len).sum::<usize>();
    for (node, cycle) in (outside..).zip(cycles) {
        for &word in cycle {
            node_of[word] = node;
        }
    }
    let free = node_of.iter_mut().filter(|node| **node == usize::MAX);
    free.zip(0..).for_each(|(node, number)| *node = number);
    (node_of, outside + cycles.len())
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
