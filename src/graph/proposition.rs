//! What claims of several articles have in common: subject, relation and
//! object, normalised. Polarity and modality stay with each claim.

use oxrdf::{Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use sha2::{Digest, Sha256};

use super::below::is_below;
use crate::text::{hex, one_line};

/// The name of a triple's proposition: the same for the same entities,
/// relation and words, whatever the article. 32 hexadecimal digits, the first
/// half of a SHA-256.
pub(super) fn hash(triple: &Triple) -> String {
    let mut hasher = Sha256::new();
    let subject = match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str(),
        NamedOrBlankNode::BlankNode(node) => node.as_str(),
    };
    let object = normal(&triple.object).to_string();
    for part in [subject, triple.predicate.as_str(), object.as_str()] {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let digest: [u8; 32] = hasher.finalize().into();
    hex(&digest[..16])
}

/// Whether another article can have the same triple: not where an argument is a node that
/// only this one has.
pub(super) fn can_be_shared(article: &NamedNode, triple: &Triple) -> bool {
    let is_own = |node: &NamedNode| is_below(article, node);
    let own_subject = matches!(&triple.subject, NamedOrBlankNode::NamedNode(node) if is_own(node));
    let own_object = matches!(&triple.object, Term::NamedNode(node) if is_own(node));
    !own_subject && !own_object
}

/// An object without what differs by chance: words in lower case, one space
/// between them, without punctuation around them.
pub(super) fn normal(object: &Term) -> Term {
    match object {
        Term::Literal(words) if words.datatype() == oxrdf::vocab::xsd::STRING => {
            let words = one_line(&words.value().to_lowercase());
            let words = words.trim_matches(|c: char| !c.is_alphanumeric());
            Literal::new_simple_literal(words).into()
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash_of(object: impl Into<Term>) -> String {
        let node = |name: &str| NamedNode::new_unchecked(format!("https://example.org/{name}"));
        hash(&Triple::new(node("s"), node("p"), object))
    }

    fn check(one: &str, other: &str, same: bool) {
        let of = |words| hash_of(Literal::new_simple_literal(words));
        assert_eq!(of(one) == of(other), same, "{one:?} and {other:?}");
    }

    #[test]
    fn words_are_normalised() {
        check("Ready", "ready", true);
        check("“that  no one\ncame.”", "that no one came", true);
        check("ready", "not ready", false);
    }

    #[test]
    fn what_only_one_article_has_is_not_shared() {
        let node = |path: &str| NamedNode::new_unchecked(format!("https://example.org/{path}"));
        let check = |subject: &str, object: Term, shared: bool| {
            let triple = Triple::new(node(subject), node("rel/p"), object);
            assert_eq!(can_be_shared(&node("article/a"), &triple), shared, "{triple}");
        };
        check("entity/ada", node("entity/lima").into(), true);
        check("entity/ada", Literal::from(3).into(), true);
        check("article/a/entity/mayor", Literal::from(3).into(), false);
        check("entity/ada", node("article/a#phrase=3,9").into(), false);
        check("article/a-2/entity/mayor", Literal::from(3).into(), true);
    }

    #[test]
    fn an_entity_is_not_its_name() {
        let node = NamedNode::new_unchecked("ready");
        assert_ne!(hash_of(node), hash_of(Literal::new_simple_literal("<ready>")));
        assert_eq!(hash_of(Literal::from(true)).len(), 32);
    }
}
