//! What belongs to an article, by its IRI.

use oxrdf::NamedNode;

/// Whether a node is named below an article: a claim, a passage, an entity of its own.
pub fn is_below(article: &NamedNode, node: &NamedNode) -> bool {
    let rest = node.as_str().strip_prefix(article.as_str());
    rest.is_some_and(|rest| rest.starts_with(['/', '#']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_of_an_article() {
        let node = |path: &str| NamedNode::new_unchecked(format!("https://example.org/{path}"));
        let article = node("article/a");
        for own in ["article/a/claim/1", "article/a#char=3,9"] {
            assert!(is_below(&article, &node(own)), "{own}");
        }
        for other in ["article/a", "article/a-2/claim/1", "entity/a"] {
            assert!(!is_below(&article, &node(other)), "{other}");
        }
    }
}
