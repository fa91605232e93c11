//! What a Turtle file of a user is for, by what it speaks of.

use oxrdf::{NamedOrBlankNode, Term};
use oxttl::TurtleParser;

use super::vocabulary::{ontolex, owl, rdf, rel, rp, sh};

/// What a Turtle file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurtleKind {
    /// Declared relations, as `ontology/relations.ttl` has them.
    Relations,
    /// Known entities, as `ontology/gazetteer.ttl` has them.
    Entities,
    /// SHACL shapes.
    Shapes,
}

impl TurtleKind {
    /// Of the triples up to the first mistake: shapes, if one has a term of SHACL;
    /// relations, if one speaks of a relation, a property or words for one; else
    /// entities.
    pub fn of(turtle: &str) -> Self {
        let mut kind = Self::Entities;
        for triple in TurtleParser::new().for_slice(turtle.as_bytes()).map_while(Result::ok) {
            let is_of = |namespace| {
                triple.predicate.as_str().starts_with(namespace)
                    || matches!(&triple.object, Term::NamedNode(n) if n.as_str().starts_with(namespace))
            };
            if is_of(sh::NAMESPACE) {
                return Self::Shapes;
            }
            let is_relation = matches!(
                &triple.subject,
                NamedOrBlankNode::NamedNode(node) if node.as_str().starts_with(rel::NAMESPACE)
            );
            let classes = [owl::OBJECT_PROPERTY, rdf::PROPERTY];
            let is_property = classes.iter().any(|&class| triple.object == class.into());
            if is_relation || is_property || is_of(ontolex::NAMESPACE) || is_of(rp::NAMESPACE) {
                kind = Self::Relations;
            }
        }
        kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_what_it_speaks_of() {
        let shipped = |file: &str| {
            let path = format!("{}/ontology/{file}.ttl", env!("CARGO_MANIFEST_DIR"));
            TurtleKind::of(&std::fs::read_to_string(path).unwrap())
        };
        assert_eq!(shipped("relations"), TurtleKind::Relations);
        assert_eq!(shipped("gazetteer"), TurtleKind::Entities);
        assert_eq!(shipped("shapes"), TurtleKind::Shapes);
        let elsewhere = "<urn:x> a <http://www.w3.org/2002/07/owl#ObjectProperty> . <urn:y";
        assert_eq!(TurtleKind::of(elsewhere), TurtleKind::Relations);
    }
}
