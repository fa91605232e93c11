//! A dependency tree as lines beside the words, in the order of the words.

use crate::text::{TokenId, TokenRange, Tree};

/// One word of a tree, and the lines that lead to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The word.
    pub(super) token: TokenId,
    /// What stands before it: `│  ┌─`.
    pub(super) lines: String,
}

/// Lines longer than this, in characters, are not drawn any deeper.
const DEEPEST: usize = 60;

/// What is left to draw.
enum Step {
    /// A word and all that hangs on it.
    Branch { token: TokenId, own: String, above: String, below: String },
    /// The word alone.
    Word { token: TokenId, own: String },
}

/// The rows of a sentence's tree: the dependents before a word above it, those
/// after it below it.
pub(super) fn rows(tree: &Tree, tokens: TokenRange) -> Vec<Row> {
    let mut rows = Vec::with_capacity(tokens.len());
    let roots = tokens.iter().filter(|&t| tree.head(t).is_none());
    let branch =
        |token| Step::Branch { token, own: "─".into(), above: " ".into(), below: " ".into() };
    let mut steps: Vec<Step> = roots.map(branch).collect();
    steps.reverse();
    while let Some(step) = steps.pop() {
        match step {
            Step::Word { token, own } => rows.push(Row { token, lines: own }),
            Step::Branch { token, own, above, below } => {
                spread(tree, token, own, [&above, &below], &mut steps);
            }
        }
    }
    rows
}

/// Puts a word and its branches on the stack, the last on the bottom.
fn spread(
    tree: &Tree,
    token: TokenId,
    own: String,
    [above, below]: [&str; 2],
    steps: &mut Vec<Step>,
) {
    let children = tree.children(token);
    let (before, after) = children.split_at(children.partition_point(|&c| c < token));
    for (i, &child) in after.iter().enumerate().rev() {
        let last = i + 1 == after.len();
        steps.push(Step::Branch {
            token: child,
            own: longer(below, if last { "└─" } else { "├─" }),
            above: longer(below, "│ "),
            below: longer(below, if last { "  " } else { "│ " }),
        });
    }
    steps.push(Step::Word { token, own });
    for (i, &child) in before.iter().enumerate().rev() {
        steps.push(Step::Branch {
            token: child,
            own: longer(above, if i == 0 { "┌─" } else { "├─" }),
            above: longer(above, if i == 0 { "  " } else { "│ " }),
            below: longer(above, "│ "),
        });
    }
}

/// The lines and some more, unless they are deep enough.
fn longer(lines: &str, more: &str) -> String {
    let deep = lines.chars().count() > DEEPEST;
    if deep { lines.to_owned() } else { format!("{lines}{more}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Deprel;

    fn check(heads: &[Option<u32>], expected: &str) {
        let numbered = heads.iter().map(|head| head.map(TokenId::new)).collect();
        let tree = Tree::new(numbered, heads.iter().map(|_| Deprel::Dep).collect());
        let rows = rows(&tree, TokenRange::first(heads.len()));
        let drawn: Vec<_> = rows.iter().map(|r| format!("{}{}", r.lines, r.token)).collect();
        assert_eq!(drawn.join("\n"), expected);
    }

    #[test]
    fn branches_stand_in_the_order_of_words() {
        check(&[None], "─0");
        check(&[Some(1), None, Some(3), Some(1)], " ┌─0\n─1\n │ ┌─2\n └─3");
        check(&[Some(2), Some(0), None], " ┌─0\n │ └─1\n─2");
    }

    #[test]
    fn endless_chains_are_drawn_in_bounded_space() {
        let heads: Vec<_> = TokenRange::first(50_000).iter().map(TokenId::previous).collect();
        let tree = Tree::new(heads.clone(), heads.iter().map(|_| Deprel::Dep).collect());
        let rows = rows(&tree, TokenRange::first(50_000));
        assert_eq!(rows.len(), 50_000);
        assert!(rows.iter().all(|r| r.lines.chars().count() < 70));
    }
}
