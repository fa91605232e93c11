//! Look-ups in the database, by what is known of a triple.

use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use crate::graph::vocabulary::{rdfs, skos};
use crate::graph::{Store, StoreError};

/// Looks things up in a store.
#[derive(Clone, Copy)]
pub(in crate::serve) struct Lookup<'s> {
    /// The store.
    pub(in crate::serve) store: &'s Store,
}

impl<'s> Lookup<'s> {
    /// Looks things up in a store.
    pub(in crate::serve) fn new(store: &'s Store) -> Self {
        Self { store }
    }

    /// What is said of a node.
    pub(in crate::serve) fn said_of(self, node: &NamedNode) -> Result<Vec<Quad>, StoreError> {
        let subject = Some(node.as_ref().into());
        self.quads(self.store.database().quads_for_pattern(subject, None, None, None), usize::MAX)
    }

    /// The values that a node has of a property, in order.
    pub(in crate::serve) fn objects(
        self,
        node: &NamedNode,
        property: NamedNodeRef<'_>,
    ) -> Result<Vec<Term>, StoreError> {
        let subject = Some(node.as_ref().into());
        let database = self.store.database();
        let quads = database.quads_for_pattern(subject, Some(property), None, None);
        let quads = self.quads(quads, usize::MAX)?;
        let mut all: Vec<Term> = quads.into_iter().map(|quad| quad.object).collect();
        all.sort_by_cached_key(ToString::to_string);
        all.dedup();
        Ok(all)
    }

    /// The first of them.
    pub(in crate::serve) fn object(
        self,
        node: &NamedNode,
        property: NamedNodeRef<'_>,
    ) -> Result<Option<Term>, StoreError> {
        Ok(self.objects(node, property)?.into_iter().next())
    }

    /// The nodes among them.
    pub(in crate::serve) fn nodes(
        self,
        node: &NamedNode,
        property: NamedNodeRef<'_>,
    ) -> Result<Vec<NamedNode>, StoreError> {
        let nodes = self.objects(node, property)?.into_iter().filter_map(|term| match term {
            Term::NamedNode(node) => Some(node),
            _ => None,
        });
        Ok(nodes.collect())
    }

    /// The text of the first value.
    pub(in crate::serve) fn text(
        self,
        node: &NamedNode,
        property: NamedNodeRef<'_>,
    ) -> Result<Option<String>, StoreError> {
        Ok(self.object(node, property)?.and_then(|term| match term {
            Term::Literal(literal) => Some(literal.value().to_owned()),
            _ => None,
        }))
    }

    /// The nodes that have a property of some value, in order; of many, some.
    pub(in crate::serve) fn subjects(
        self,
        property: NamedNodeRef<'_>,
        value: &Term,
        most: usize,
    ) -> Result<Vec<NamedNode>, StoreError> {
        let database = self.store.database();
        let quads = database.quads_for_pattern(None, Some(property), Some(value.as_ref()), None);
        let mut all = Vec::new();
        for quad in self.quads(quads, most)? {
            if let NamedOrBlankNode::NamedNode(node) = quad.subject {
                all.push(node);
            }
        }
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }

    /// What a node is called; the end of its IRI where nobody says.
    pub(in crate::serve) fn label(self, node: &NamedNode) -> Result<String, StoreError> {
        if let Some(label) = self.text(node, skos::PREF_LABEL)? {
            return Ok(label);
        }
        if let Some(label) = self.text(node, rdfs::LABEL)? {
            return Ok(label);
        }
        Ok(local_name(node.as_str()).to_owned())
    }

    /// As many quads as are wanted.
    fn quads(
        self,
        quads: impl Iterator<Item = Result<Quad, oxigraph::store::StorageError>>,
        most: usize,
    ) -> Result<Vec<Quad>, StoreError> {
        quads.take(most).collect::<Result<_, _>>().map_err(|error| self.store.error(error))
    }
}

/// What is said of a node, read at once.
pub(super) struct Said(Vec<Quad>);

impl Said {
    /// What is said of a node.
    pub(super) fn of(lookup: Lookup<'_>, node: &NamedNode) -> Result<Self, StoreError> {
        lookup.said_of(node).map(Self)
    }

    /// The first value of a property.
    pub(super) fn term(&self, property: NamedNodeRef<'_>) -> Option<&Term> {
        let values = self.0.iter().filter(|quad| quad.predicate == property);
        values.map(|quad| &quad.object).min_by_key(ToString::to_string)
    }

    /// The same, where it is a node.
    pub(super) fn node(&self, property: NamedNodeRef<'_>) -> Option<&NamedNode> {
        match self.term(property) {
            Some(Term::NamedNode(node)) => Some(node),
            _ => None,
        }
    }

    /// The same, where it is text.
    pub(super) fn text(&self, property: NamedNodeRef<'_>) -> Option<String> {
        match self.term(property) {
            Some(Term::Literal(literal)) => Some(literal.value().to_owned()),
            _ => None,
        }
    }

    /// All of it, each with the name of its property.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Term)> {
        self.0.iter().map(|quad| (quad.predicate.as_str(), &quad.object))
    }
}

/// What stands behind the last `#` or `/` of an IRI.
pub(in crate::serve) fn local_name(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

/// The number at the end of an IRI.
pub(super) fn number(iri: &str) -> Option<u32> {
    local_name(iri).parse().ok()
}
