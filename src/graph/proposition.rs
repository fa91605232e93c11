//! What claims of several articles have in common: subject, relation and
//! object, normalised. Polarity and modality stay with each claim.

use oxrdf::{Literal, NamedOrBlankNode, Term, Triple};
use sha2::{Digest, Sha256};

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
    use oxrdf::NamedNode;

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
    fn an_entity_is_not_its_name() {
        let node = NamedNode::new_unchecked("ready");
        assert_ne!(hash_of(node), hash_of(Literal::new_simple_literal("<ready>")));
        assert_eq!(hash_of(Literal::from(true)).len(), 32);
    }
}
