//! CaRB: lenient token match of n-ary tuples, best F1 over confidences.

use std::collections::BTreeMap;

use super::{OpenieError, Tuple};

/// Gold tuples by sentence.
pub type CarbGold = BTreeMap<String, Vec<Tuple>>;

/// Precision and recall of all tuples at or above a confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CarbPoint {
    /// The confidence.
    pub confidence: f32,
    /// Share of what was found that the gold words cover.
    pub precision: f64,
    /// Share of the gold words that what was found covers.
    pub recall: f64,
}

impl CarbPoint {
    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

/// The precision-recall curve, by rising confidence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CarbScore {
    /// Its points.
    pub curve: Vec<CarbPoint>,
}

impl CarbScore {
    /// The point with the best F1.
    pub fn best(&self) -> Option<CarbPoint> {
        self.curve.iter().copied().max_by(|a, b| a.f1().total_cmp(&b.f1()))
    }

    /// The area under the curve, from recall 0 on, by trapezoids.
    pub fn area(&self) -> f64 {
        let mut points: Vec<(f64, f64)> =
            self.curve.iter().map(|p| (p.recall, p.precision)).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let Some(&(_, first)) = points.first() else { return 0.0 };
        points.insert(0, (0.0, first));
        let trapezoid = |w: &[(f64, f64)]| match w {
            [a, b] => (b.0 - a.0) * f64::midpoint(a.1, b.1),
            _ => 0.0,
        };
        points.windows(2).map(trapezoid).sum()
    }
}

/// Reads lines of sentence, relation, argument 1, argument 2, …, with tabs between.
pub fn read_carb(text: &str) -> Result<CarbGold, OpenieError> {
    let mut gold = CarbGold::new();
    for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let mut cells = line.trim_start_matches('\u{feff}').split('\t').map(str::trim);
        let short = OpenieError { line: i + 1, problem: "expected sentence, relation, arguments" };
        let (Some(sentence), Some(relation)) = (cells.next(), cells.next()) else {
            return Err(short);
        };
        let arguments = cells.filter(|c| !c.is_empty()).map(str::to_owned).collect();
        let tuple = Tuple { relation: relation.to_owned(), arguments, confidence: 1.0 };
        gold.entry(sentence.to_owned()).or_default().push(tuple);
    }
    Ok(gold)
}

/// Scores tuples by sentence.
pub fn score_carb(gold: &CarbGold, found: &BTreeMap<String, Vec<Tuple>>) -> CarbScore {
    let mut levels: Vec<f32> = found.values().flatten().map(|t| t.confidence).collect();
    levels.sort_by(f32::total_cmp);
    levels.dedup();
    let none = Vec::new();
    let tables: Vec<_> = gold
        .iter()
        .map(|(sentence, gold)| Table::new(gold, found.get(sentence).unwrap_or(&none)))
        .collect();
    let curve = levels.iter().map(|&level| point(&tables, level)).collect();
    CarbScore { curve }
}

fn point(tables: &[Table], confidence: f32) -> CarbPoint {
    let mut sums = [0.0; 4];
    for table in tables {
        let kept = table.kept(confidence);
        let counts =
            [table.precision(&kept), kept.len() as f64, table.recall(&kept), table.gold as f64];
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    let [precise, found, recalled, gold] = sums;
    let ratio = |a: f64, b: f64| if b > 0.0 { a / b } else { 1.0 };
    CarbPoint { confidence, precision: ratio(precise, found), recall: ratio(recalled, gold) }
}

/// Precision and recall of each tuple found against each gold one.
struct Table {
    gold: usize,
    /// For each tuple found: its confidence and its match with each gold tuple.
    found: Vec<(f32, Vec<Match>)>,
}

#[derive(Clone, Copy, Default)]
struct Match {
    precision: f64,
    recall: f64,
}

impl Table {
    fn new(gold: &[Tuple], found: &[Tuple]) -> Self {
        let row = |t: &Tuple| (t.confidence, gold.iter().map(|g| tuple_match(g, t)).collect());
        Self { gold: gold.len(), found: found.iter().map(row).collect() }
    }

    /// The tuples found at or above a confidence.
    fn kept(&self, confidence: f32) -> Vec<&Vec<Match>> {
        self.found.iter().filter(|(c, _)| *c >= confidence).map(|(_, m)| m).collect()
    }

    /// Each gold tuple counts with its best match; many may share one.
    fn recall(&self, kept: &[&Vec<Match>]) -> f64 {
        let best = |gold: usize| {
            let matches = kept.iter().filter_map(|row| row.get(gold));
            matches.map(|m| m.recall).fold(0.0, f64::max)
        };
        (0..self.gold).map(best).sum()
    }

    /// Pairs found and gold tuples, the most precise pair first, each once.
    fn precision(&self, kept: &[&Vec<Match>]) -> f64 {
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for (found, row) in kept.iter().enumerate() {
            pairs.extend(row.iter().enumerate().map(|(gold, m)| (m.precision, gold, found)));
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let (mut gold_taken, mut found_taken) = (vec![false; self.gold], vec![false; kept.len()]);
        let mut sum = 0.0;
        for (precision, gold, found) in pairs {
            if !gold_taken[gold] && !found_taken[found] {
                (gold_taken[gold], found_taken[found]) = (true, true);
                sum += precision;
            }
        }
        sum
    }
}

/// Verbs of saying, whose arguments may stand in either order.
const SAID: &[&str] = &["said", "told", "added", "adds", "says"];

/// All arguments after the first count as one; for verbs of saying the better
/// of both orders counts.
fn tuple_match(gold: &Tuple, found: &Tuple) -> Match {
    let (gold_parts, found_parts) = (binary(gold), binary(found));
    let straight = part_match(&gold_parts, &found_parts);
    if !SAID.iter().any(|verb| gold.relation.contains(verb)) {
        return straight;
    }
    let mut reversed = found_parts;
    if reversed.len() == 3 {
        reversed.swap(1, 2);
    }
    let reversed = part_match(&gold_parts, &reversed);
    if (reversed.precision, reversed.recall) > (straight.precision, straight.recall) {
        reversed
    } else {
        straight
    }
}

/// The words of relation, subject, and everything else.
fn binary(tuple: &Tuple) -> Vec<Vec<&str>> {
    let mut parts: Vec<Vec<&str>> = vec![tuple.relation.split_whitespace().collect()];
    if let Some((first, rest)) = tuple.arguments.split_first() {
        parts.push(first.split_whitespace().collect());
        if !rest.is_empty() {
            parts.push(rest.iter().flat_map(|a| a.split_whitespace()).collect());
        }
    }
    parts
}

fn part_match(gold: &[Vec<&str>], found: &[Vec<&str>]) -> Match {
    let mut shared: Vec<usize> = gold.iter().zip(found).map(|(g, f)| common(g, f)).collect();
    if let (Some(shared), Some(gold), Some(found)) =
        (shared.first_mut(), gold.first(), found.first())
    {
        *shared += usize::from(is_form_of_be(gold, found));
    }
    if shared.first().is_none_or(|&n| n == 0) || found.len() < gold.len().min(3) {
        return Match::default();
    }
    let count = |parts: &[Vec<&str>]| parts.iter().map(Vec::len).sum::<usize>().max(1) as f64;
    let total = shared.iter().sum::<usize>() as f64;
    let compared = found.get(..gold.len().min(found.len())).unwrap_or(found);
    Match { precision: total / count(compared), recall: total / count(gold) }
}

/// Whether a relation has a `be` of its own that stands for another form of it.
fn is_form_of_be(gold: &[&str], found: &[&str]) -> bool {
    let forms = ["be", "is", "am", "are", "was", "were", "been", "being"];
    let count = |words: &[&str]| words.iter().filter(|w| **w == "be").count();
    count(found) > count(gold) && gold.iter().any(|w| forms.contains(w))
}

/// How many words two lists share, each counted as often as in both.
fn common(gold: &[&str], found: &[&str]) -> usize {
    let mut left = found.to_vec();
    let taken = |word: &&&str| {
        let at = left.iter().position(|w| w == *word);
        at.map(|i| left.swap_remove(i)).is_some()
    };
    gold.iter().filter(taken).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tuple(relation: &str, arguments: &[&str]) -> Tuple {
        let arguments = arguments.iter().map(|a| (*a).to_owned()).collect();
        Tuple { relation: relation.to_owned(), arguments, confidence: 1.0 }
    }

    fn check(gold: &Tuple, found: &Tuple, expected: (f64, f64)) {
        let m = tuple_match(gold, found);
        assert_eq!((m.precision, m.recall), expected, "{gold:?} {found:?}");
    }

    #[test]
    fn matches_words_of_each_part() {
        let gold = tuple("sold", &["the baker", "the mill", "in May"]);
        check(&gold, &gold, (1.0, 1.0));
        check(&gold, &tuple("sold", &["the baker", "the mill"]), (1.0, 5.0 / 7.0));
        check(&gold, &tuple("has sold", &["baker", "the old mill in May"]), (6.0 / 8.0, 6.0 / 7.0));
        check(&gold, &tuple("bought", &["the baker", "the mill"]), (0.0, 0.0));
        let passive = tuple("was sold", &["the mill", "Miller"]);
        check(&passive, &tuple("be sold", &["the mill", "Miller"]), (1.0, 1.0));
        check(&passive, &tuple("be burnt", &["the mill", "Miller"]), (4.0 / 5.0, 4.0 / 5.0));
        check(&gold, &tuple("sold", &["the baker"]), (0.0, 0.0));
    }

    #[test]
    fn verbs_of_saying_match_either_way() {
        let gold = tuple("said", &["the dam leaks", "Miller"]);
        check(&gold, &tuple("said", &["Miller", "the dam leaks"]), (1.0, 1.0));
    }

    #[test]
    fn one_tuple_cannot_be_precise_twice() {
        let gold = read_carb("s\tsold\tA\tB\ns\tsold\tA\tC\n").unwrap();
        let twice = vec![tuple("sold", &["A", "B"]), tuple("sold", &["A", "B"])];
        let score = score_carb(&gold, &[("s".to_owned(), twice)].into());
        let point = score.best().unwrap();
        assert_eq!(
            (point.precision, point.recall),
            (f64::midpoint(1.0, 2.0 / 3.0), f64::midpoint(1.0, 2.0 / 3.0))
        );
        assert!(read_carb("s\n").is_err());
    }
}
