//! Many quads of one graph, held so that each term stands there once.
//!
//! In: triples, one by one. Out: quads, lent ([`QuadView`]) or owned. An article of 1 MB has
//! some 860,000 quads, which would take 390 MB each with terms of its own; most of these terms
//! stand in many quads, and the name of the graph in all.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use oxrdf::{GraphName, NamedNode, NamedOrBlankNode, Quad, QuadRef, Term};

/// The quads of one graph, in the order in which they were said.
///
/// ```
/// use oxrdf::{Literal, NamedNode};
/// use reportedly::graph::Quads;
///
/// let node = |path: &str| NamedNode::new_unchecked(format!("https://news.example/{path}"));
/// let mut quads = Quads::new(node("article/ferry"));
/// quads.push(node("article/ferry"), node("says"), Literal::from(3));
/// assert_eq!(quads.len(), 1);
/// assert_eq!(quads.iter().next().unwrap().subject, &node("article/ferry").into());
/// assert!(quads.owned().all(|quad| quad.graph_name == node("article/ferry").into()));
/// ```
#[derive(Clone, Debug)]
pub struct Quads {
    graph: GraphName,
    subjects: Terms<NamedOrBlankNode>,
    predicates: Terms<NamedNode>,
    objects: Terms<Term>,
    /// The places of subject, predicate and object.
    quads: Vec<[u32; 3]>,
}

impl Quads {
    /// None yet, of this graph.
    pub fn new(graph: NamedNode) -> Self {
        Self {
            graph: graph.into(),
            subjects: Terms::default(),
            predicates: Terms::default(),
            objects: Terms::default(),
            quads: Vec::new(),
        }
    }

    /// Adds a quad behind the others.
    pub fn push(
        &mut self,
        subject: impl Into<NamedOrBlankNode>,
        predicate: impl Into<NamedNode>,
        object: impl Into<Term>,
    ) {
        self.quads.push([
            self.subjects.place(subject.into()),
            self.predicates.place(predicate.into()),
            self.objects.place(object.into()),
        ]);
    }

    /// Forgets how terms are found again: what is still said takes more room.
    #[must_use]
    pub(super) fn finished(mut self) -> Self {
        self.subjects.finish();
        self.predicates.finish();
        self.objects.finish();
        self.quads.shrink_to_fit();
        self
    }

    /// Keeps those quads only of which something holds.
    #[cfg(any(feature = "store", test))]
    pub(super) fn retain(&mut self, is_kept: impl Fn(QuadView<'_>) -> bool) {
        let mut quads = std::mem::take(&mut self.quads);
        quads.retain(|places| is_kept(self.view(places)));
        self.quads = quads;
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.quads.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.quads.is_empty()
    }

    /// Each in turn.
    pub fn iter(&self) -> QuadViews<'_> {
        QuadViews { of: self, rest: self.quads.iter() }
    }

    /// Each in turn, with terms of its own.
    pub fn owned(&self) -> impl Iterator<Item = Quad> + '_ {
        self.iter().map(Quad::from)
    }

    fn view(&self, [subject, predicate, object]: &[u32; 3]) -> QuadView<'_> {
        QuadView {
            subject: &self.subjects.rows[*subject as usize],
            predicate: &self.predicates.rows[*predicate as usize],
            object: &self.objects.rows[*object as usize],
            graph_name: &self.graph,
        }
    }
}

impl PartialEq for Quads {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<'q> IntoIterator for &'q Quads {
    type Item = QuadView<'q>;
    type IntoIter = QuadViews<'q>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The quads of a graph, in turn.
#[derive(Clone, Debug)]
pub struct QuadViews<'q> {
    of: &'q Quads,
    rest: std::slice::Iter<'q, [u32; 3]>,
}

impl<'q> Iterator for QuadViews<'q> {
    type Item = QuadView<'q>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rest.next().map(|places| self.of.view(places))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rest.size_hint()
    }
}

/// A quad whose terms stand elsewhere, whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuadView<'q> {
    /// What it speaks of.
    pub subject: &'q NamedOrBlankNode,
    /// By which it does.
    pub predicate: &'q NamedNode,
    /// What it says.
    pub object: &'q Term,
    /// Where it stands.
    pub graph_name: &'q GraphName,
}

impl<'q> From<&'q Quad> for QuadView<'q> {
    fn from(quad: &'q Quad) -> Self {
        let Quad { subject, predicate, object, graph_name } = quad;
        Self { subject, predicate, object, graph_name }
    }
}

impl<'q> From<QuadView<'q>> for QuadRef<'q> {
    fn from(quad: QuadView<'q>) -> Self {
        Self::new(quad.subject, quad.predicate, quad.object, quad.graph_name)
    }
}

impl From<QuadView<'_>> for Quad {
    fn from(quad: QuadView<'_>) -> Self {
        QuadRef::from(quad).into_owned()
    }
}

/// Terms, each once.
#[derive(Clone, Debug)]
struct Terms<T> {
    rows: Vec<T>,
    /// The row of a term, by its hash.
    places: HashMap<u64, u32>,
}

impl<T> Default for Terms<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), places: HashMap::new() }
    }
}

impl<T: Eq + Hash> Terms<T> {
    fn place(&mut self, term: T) -> u32 {
        let mut hasher = DefaultHasher::new();
        term.hash(&mut hasher);
        let next = u32::try_from(self.rows.len()).expect("an article has less than 4 GB");
        let place = *self.places.entry(hasher.finish()).or_insert(next);
        if self.rows.get(place as usize) == Some(&term) {
            return place;
        }
        // It is new; where another has the same hash, it is so each time that it comes.
        self.rows.push(term);
        next
    }

    fn finish(&mut self) {
        self.places = HashMap::new();
        self.rows.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use oxrdf::Literal;

    use super::*;

    fn node(path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("https://example.org/{path}"))
    }

    fn some() -> Quads {
        let mut quads = Quads::new(node("graph"));
        quads.push(node("a"), node("p"), node("b"));
        quads.push(node("b"), node("p"), Literal::from(1));
        quads.push(node("a"), node("p"), node("b"));
        quads
    }

    #[test]
    fn quads_come_back_as_they_were_said() {
        let said = [
            Quad::new(node("a"), node("p"), node("b"), node("graph")),
            Quad::new(node("b"), node("p"), Literal::from(1), node("graph")),
            Quad::new(node("a"), node("p"), node("b"), node("graph")),
        ];
        assert!(some().owned().eq(said.clone()));
        assert!(some().iter().eq(said.iter().map(QuadView::from)));
        assert_eq!((some().subjects.rows.len(), some().objects.rows.len()), (2, 2));
    }

    #[test]
    fn equal_are_those_that_say_the_same() {
        let mut less = some().finished();
        assert_eq!(less, some());
        less.retain(|quad| matches!(quad.object, Term::NamedNode(_)));
        assert_eq!(less.len(), 2);
        assert_ne!(less, some());
        less.push(node("b"), node("p"), Literal::from(1));
        assert!(!less.is_empty() && less != some(), "in another order");
    }
}
