//! Look-ups in the database, by what is known of a triple.

use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, TermRef};

use super::labels::Held;
use crate::graph::select::{
    self, Select, is_none_of,
    names::{N, O, P, S},
    variable,
};
use crate::graph::vocabulary::{rdf, rdfs, rp, skos};
use crate::graph::{Store, StoreError, TextKind, Wanted};

/// Looks things up in a store.
#[derive(Clone, Copy)]
pub(in crate::serve) struct Lookup<'s> {
    /// The store.
    pub(in crate::serve) store: &'s Store,
    held: &'s Held,
}

impl<'s> Lookup<'s> {
    /// Looks things up in a store, of which something is held in memory.
    pub(in crate::serve) fn new(store: &'s Store, held: &'s Held) -> Self {
        Self { store, held }
    }

    /// So many texts of a kind with some words in them; none where there are too many to
    /// look at.
    pub(super) fn texts(
        self,
        kind: TextKind,
        words: &str,
        wanted: Wanted,
        many: usize,
    ) -> Result<Option<Vec<String>>, StoreError> {
        let Some(held) = self.held.words(self.store)? else { return Ok(Some(Vec::new())) };
        let found = held.containing(kind, words, wanted, many);
        found.map_err(|error| self.store.error(error.into()))
    }

    /// What is said of a node.
    pub(in crate::serve) fn said_of(self, node: &NamedNode) -> Result<Vec<Quad>, StoreError> {
        let subject = Some(node.as_ref().into());
        self.quads(self.store.database().quads_for_pattern(subject, None, None, None), usize::MAX)
    }

    /// What one graph says of a node, but with some properties.
    pub(super) fn said_in(
        self,
        graph: &NamedNode,
        node: &NamedNode,
        but: &[NamedNodeRef<'_>],
    ) -> Result<Said, StoreError> {
        let said = Select::triples(node.clone(), variable(P), variable(O));
        let said = said.within(graph.clone()).that(is_none_of(P, but));
        let mut all = Said::default();
        for [property, value] in self.rows(said, [P, O])? {
            if let Term::NamedNode(property) = property {
                all.add(property, value);
            }
        }
        Ok(all)
    }

    /// The values that a node has of a property in one graph, in order.
    pub(super) fn objects_in(
        self,
        graph: &NamedNode,
        node: &NamedNode,
        property: NamedNodeRef<'_>,
    ) -> Result<Vec<Term>, StoreError> {
        let (subject, graph) = (Some(node.as_ref().into()), Some(graph.as_ref().into()));
        let database = self.store.database();
        let quads = database.quads_for_pattern(subject, Some(property), None, graph);
        Ok(values(self.quads(quads, usize::MAX)?))
    }

    /// The text of the first of them.
    pub(super) fn text_in(
        self,
        graph: &NamedNode,
        node: &NamedNode,
        property: NamedNodeRef<'_>,
    ) -> Result<Option<String>, StoreError> {
        Ok(self.objects_in(graph, node, property)?.into_iter().next().and_then(text))
    }

    /// The nodes that have a property of some value in one graph, in order.
    pub(super) fn subjects_in(
        self,
        graph: &NamedNode,
        property: NamedNodeRef<'_>,
        value: TermRef<'_>,
    ) -> Result<Vec<NamedNode>, StoreError> {
        let (object, graph) = (Some(value), Some(graph.as_ref().into()));
        let database = self.store.database();
        let quads = database.quads_for_pattern(None, Some(property), object, graph);
        Ok(sorted(self.quads(quads, usize::MAX)?.into_iter().filter_map(subject)))
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
        Ok(values(self.quads(quads, usize::MAX)?))
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
        Ok(self.object(node, property)?.and_then(text))
    }

    /// The nodes that have a property of some value, in order; of many, some.
    pub(in crate::serve) fn subjects(
        self,
        property: NamedNodeRef<'_>,
        value: &Term,
        most: usize,
    ) -> Result<Vec<NamedNode>, StoreError> {
        let triples = Select::triples(variable(S), property.into_owned(), value.clone());
        let rows = self.rows(triples.first(most, &[S]), [S])?;
        Ok(sorted(select::nodes(rows)))
    }

    /// How many triples have a property of some value, counted up to a number.
    pub(super) fn count(
        self,
        property: NamedNodeRef<'_>,
        value: &NamedNode,
        most: usize,
    ) -> Result<usize, StoreError> {
        let triples = Select::triples(variable(S), property.into_owned(), value.clone());
        let rows = self.rows(triples.first(most, &[S]).counted(&[]), [N])?;
        Ok(rows.iter().map(|[n]| select::number(n)).sum())
    }

    /// What a node is called; the end of its IRI where nobody says.
    pub(in crate::serve) fn label(self, node: &NamedNode) -> Result<String, StoreError> {
        self.held.labels.label(node.as_str(), || {
            if let Some(label) = self.text(node, skos::PREF_LABEL)? {
                return Ok(label);
            }
            let label = self.text(node, rdfs::LABEL)?;
            Ok(label.unwrap_or_else(|| local_name(node.as_str()).to_owned()))
        })
    }

    /// The rows of a selection.
    pub(super) fn rows<const N: usize>(
        self,
        select: Select,
        of: [&str; N],
    ) -> Result<Vec<[Term; N]>, StoreError> {
        select.rows(self.store.database(), of).map_err(|error| self.store.error(error))
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

/// Whether a source has no name.
pub(super) fn is_unnamed(lookup: Lookup<'_>, source: &NamedNode) -> Result<bool, StoreError> {
    Ok(lookup.nodes(source, rdf::TYPE)?.iter().any(|kind| *kind == rp::UNNAMED_SOURCE))
}

/// What is said of a node, read at once: properties and values.
#[derive(Clone, Debug, Default)]
pub(super) struct Said(Vec<(NamedNode, Term)>);

impl Said {
    /// Adds a value of a property.
    pub(super) fn add(&mut self, property: NamedNode, value: Term) {
        self.0.push((property, value));
    }

    /// The values of a property.
    fn all(&self, property: NamedNodeRef<'_>) -> impl Iterator<Item = &Term> {
        self.0.iter().filter(move |(p, _)| *p == property).map(|(_, value)| value)
    }

    /// The first value of a property.
    pub(super) fn term(&self, property: NamedNodeRef<'_>) -> Option<&Term> {
        let mut values = self.all(property);
        let first = values.next()?;
        match values.next() {
            None => Some(first),
            Some(_) => self.all(property).min_by_key(ToString::to_string),
        }
    }

    /// The nodes among the values, in order.
    pub(super) fn nodes(&self, property: NamedNodeRef<'_>) -> Vec<NamedNode> {
        let nodes = self.all(property).filter_map(|value| match value {
            Term::NamedNode(node) => Some(node.clone()),
            _ => None,
        });
        sorted(nodes)
    }

    /// The first value, where it is a node.
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
        self.0.iter().map(|(property, value)| (property.as_str(), value))
    }
}

/// The objects of quads, in order.
fn values(quads: Vec<Quad>) -> Vec<Term> {
    let mut all: Vec<Term> = quads.into_iter().map(|quad| quad.object).collect();
    if all.len() > 1 {
        all.sort_by_cached_key(ToString::to_string);
        all.dedup();
    }
    all
}

fn sorted(nodes: impl Iterator<Item = NamedNode>) -> Vec<NamedNode> {
    let mut all: Vec<NamedNode> = nodes.collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn subject(quad: Quad) -> Option<NamedNode> {
    match quad.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

/// The text of a literal.
fn text(term: Term) -> Option<String> {
    match term {
        Term::Literal(literal) => Some(literal.destruct().0),
        _ => None,
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
