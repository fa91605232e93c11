//! Heads as they are written, made into a tree: one root, no ring.

use super::ConlluError;
use super::lines::Word;

/// A head within its sentence: index of the word, `None` for the root.
pub(super) type Head = Option<usize>;

/// The heads and relations of a sentence; what had to be repaired is reported.
/// A sentence with no heads at all hangs flat on its first word.
pub(super) fn tree(words: &[Word], errors: &mut Vec<ConlluError>) -> (Vec<Head>, Vec<String>) {
    if words.iter().all(|w| w.head == "_") {
        return flat(words.len());
    }
    let written: Vec<_> = (0..).zip(words).map(|(i, w)| written(i, w, words.len())).collect();
    let root = written.iter().position(|head| *head == Ok(None));
    if root.is_none() {
        errors.extend(words.first().map(|w| ConlluError::NoRoot { line: w.line }));
    }
    let heads = place(&written, root.unwrap_or(0), errors);
    break_rings(words, heads, errors)
}

fn flat(n: usize) -> (Vec<Head>, Vec<String>) {
    let heads = (0..n).map(|i| (i > 0).then_some(0)).collect();
    let deprels = (0..n).map(|i| if i > 0 { "dep" } else { "root" }.to_owned()).collect();
    (heads, deprels)
}

/// The head of word `i` of `n`, as it is written.
fn written(i: usize, word: &Word, n: usize) -> Result<Head, ConlluError> {
    let error = || ConlluError::Head { line: word.line, head: word.head.to_owned() };
    let head: usize = word.head.parse().map_err(|_| error())?;
    if head == i + 1 || head > n { Err(error()) } else { Ok(head.checked_sub(1)) }
}

/// Gives the sentence the root and hangs there what has no head elsewhere.
fn place(
    written: &[Result<Head, ConlluError>],
    root: usize,
    errors: &mut Vec<ConlluError>,
) -> Vec<Head> {
    let mut heads = Vec::with_capacity(written.len());
    for (i, head) in written.iter().enumerate() {
        if let (Err(error), true) = (head, i != root) {
            errors.push(error.clone());
        }
        let head = head.as_ref().ok().copied().flatten();
        heads.push(if i == root { None } else { head.or(Some(root)) });
    }
    heads
}

/// Hangs one word of each ring on the root, and gives every relation its place:
/// `root` is the root's, and nobody else's.
fn break_rings(
    words: &[Word],
    mut heads: Vec<Head>,
    errors: &mut Vec<ConlluError>,
) -> (Vec<Head>, Vec<String>) {
    let root = heads.iter().position(Option::is_none);
    for i in rings(&heads) {
        errors.extend(words.get(i).map(|w| ConlluError::Cycle { line: w.line }));
        heads[i] = root;
    }
    let mut deprels = Vec::with_capacity(words.len());
    for (word, head) in words.iter().zip(&heads) {
        if head.is_some() && word.head == "0" {
            errors.push(ConlluError::SecondRoot { line: word.line });
        }
        deprels.push(relation(word.deprel, *head).to_owned());
    }
    (heads, deprels)
}

fn relation(deprel: &str, head: Head) -> &str {
    match (head, deprel) {
        (None, _) => "root",
        (Some(_), "root") => "parataxis",
        (Some(_), "_") => "dep",
        (Some(_), deprel) => deprel,
    }
}

/// One word of each ring: the first that is met on the way up.
fn rings(heads: &[Head]) -> Vec<usize> {
    let mut walk: Vec<Option<usize>> = vec![None; heads.len()];
    let mut found = Vec::new();
    for start in 0..heads.len() {
        let mut at = Some(start);
        while let Some(i) = at.filter(|&i| walk[i].is_none()) {
            walk[i] = Some(start);
            at = heads[i];
        }
        found.extend(at.filter(|&i| walk[i] == Some(start)));
    }
    found
}
