//! Writes the graphs of a store.

use std::collections::{BTreeMap, HashSet};
use std::io::Write;

use oxigraph::store::StorageError;
use oxrdf::{GraphName, NamedNode, NamedOrBlankNode, Quad, Triple};

use super::order::compare_subjects;
use super::profile::Spoken;
use super::write::Output;
use super::{ExportError, Options, Profile, Summary};
use crate::graph::Store;
use crate::graph::vocabulary::rdf;

/// Writes a store.
pub fn write_store(
    store: &Store,
    options: &Options,
    writer: impl Write,
) -> Result<Summary, ExportError> {
    let mut output = Output::new(options, store.iris().base(), writer)?;
    let source = Source::new(store, options)?;
    if let Some(graph) = &options.graph {
        let name = GraphName::from(graph.clone());
        if !graphs(store)?.contains(&name) {
            return Err(ExportError::NoGraph { graph: graph.clone() });
        }
        output.write(source.graph(&name)?, &GraphName::DefaultGraph)?;
    } else if options.format.has_graphs() {
        for name in &source.names {
            output.write(source.graph(name)?, name)?;
        }
    } else {
        write_merged(&source, &mut output)?;
    }
    Ok(output.finish()?)
}

/// The names of all graphs that say something, in order; the default graph first.
fn graphs(store: &Store) -> Result<Vec<GraphName>, ExportError> {
    let database = store.database();
    let mut names: Vec<NamedOrBlankNode> =
        database.named_graphs().collect::<Result<_, StorageError>>().map_err(|e| store.error(e))?;
    names.sort_by(compare_subjects);
    let all = names.into_iter().map(GraphName::from);
    Ok(std::iter::once(GraphName::DefaultGraph).chain(all).collect())
}

/// The graphs of a store that are written, and what of each.
pub struct Source<'a> {
    store: &'a Store,
    profile: Profile,
    /// The graphs, in order.
    names: Vec<GraphName>,
    /// The same, to look one up.
    wanted: HashSet<GraphName>,
    /// What the articles speak of, where not all of them are written.
    spoken: Option<Spoken>,
}

impl<'a> Source<'a> {
    /// Those that options ask for.
    pub fn new(store: &'a Store, options: &Options) -> Result<Self, ExportError> {
        let mut names = graphs(store)?;
        names.retain(|name| *name != GraphName::from(store.iris().build_graph()));
        let (profile, wanted) = (options.profile, HashSet::new());
        let mut source = Self { store, profile, names, wanted, spoken: None };
        if let Some(articles) = &options.articles {
            source.restrict(articles)?;
        }
        source.wanted = source.names.iter().cloned().collect();
        Ok(source)
    }

    /// The graphs, in order.
    pub fn names(&self) -> &[GraphName] {
        &self.names
    }

    /// Restricts it to some articles, and what they speak of.
    fn restrict(&mut self, articles: &[NamedNode]) -> Result<(), ExportError> {
        let wanted: HashSet<&NamedNode> = articles.iter().collect();
        let (store, mut spoken) = (self.store, Spoken::default());
        self.names.retain(|name| match name {
            GraphName::NamedNode(node) if is_article(node, store) => wanted.contains(node),
            _ => true,
        });
        for article in self.names.iter().filter(|name| self.is_of_article(name)) {
            spoken.note(&self.graph(article)?);
        }
        for shared in self.names.iter().filter(|name| !self.is_of_article(name)) {
            spoken.follow(&self.graph(shared)?);
        }
        self.spoken = Some(spoken);
        Ok(())
    }

    fn is_of_article(&self, name: &GraphName) -> bool {
        matches!(name, GraphName::NamedNode(node) if is_article(node, self.store))
    }

    /// What is written of a graph.
    pub fn graph(&self, name: &GraphName) -> Result<Vec<Triple>, ExportError> {
        let stored = self.stored(name)?;
        Ok(self.part(name, stored))
    }

    /// What is written of what a graph says.
    fn part(&self, name: &GraphName, stored: Vec<Triple>) -> Vec<Triple> {
        let GraphName::NamedNode(node) = name else { return stored };
        if is_article(node, self.store) {
            return self.profile.of_article(node, stored);
        }
        let mut triples = self.profile.of_shared(self.store.iris(), node, stored);
        if let Some(spoken) = &self.spoken {
            triples.retain(|triple| spoken.has(triple));
        }
        triples
    }

    /// What a graph says.
    fn stored(&self, graph: &GraphName) -> Result<Vec<Triple>, ExportError> {
        let quads = self.quads(None, Some(graph))?;
        Ok(quads.into_iter().map(Triple::from).collect())
    }

    /// What is written of a subject that several graphs speak of. What the graph
    /// of its own article says is written with that.
    fn about(&self, subject: &NamedOrBlankNode) -> Result<Vec<Triple>, ExportError> {
        let mut by_graph: BTreeMap<String, (GraphName, Vec<Triple>)> = BTreeMap::new();
        for quad in self.quads(Some(subject), None)? {
            let graph = quad.graph_name.clone();
            if self.wanted.contains(&graph) && !belongs_to(subject, &graph, self.store) {
                let of_graph = by_graph.entry(graph.to_string());
                of_graph.or_insert_with(|| (graph, Vec::new())).1.push(quad.into());
            }
        }
        let parts = by_graph.into_values().map(|(graph, triples)| self.part(&graph, triples));
        Ok(parts.flatten().collect())
    }

    fn quads(
        &self,
        subject: Option<&NamedOrBlankNode>,
        graph: Option<&GraphName>,
    ) -> Result<Vec<Quad>, ExportError> {
        let (subject, graph) = (subject.map(Into::into), graph.map(Into::into));
        let mut quads = Vec::new();
        for quad in self.store.database().quads_for_pattern(subject, None, None, graph) {
            let quad = quad.map_err(|e| self.store.error(e))?;
            // The triple terms of stores that have them are made of the other form.
            if quad.predicate != rdf::REIFIES {
                quads.push(quad);
            }
        }
        Ok(quads)
    }
}

/// Merges the graphs, in bounded memory: subjects that belong to an article
/// are written with it, those that several graphs speak of after all articles.
fn write_merged<W: Write>(source: &Source<'_>, output: &mut Output<W>) -> Result<(), ExportError> {
    let mut shared: BTreeMap<String, NamedOrBlankNode> = BTreeMap::new();
    for name in &source.names {
        let (own, other): (Vec<_>, Vec<_>) = source
            .graph(name)?
            .into_iter()
            .partition(|triple| belongs_to(&triple.subject, name, source.store));
        output.write(own, &GraphName::DefaultGraph)?;
        shared.extend(other.into_iter().map(|t| (t.subject.to_string(), t.subject)));
    }
    let mut shared: Vec<NamedOrBlankNode> = shared.into_values().collect();
    shared.sort_by(compare_subjects);
    for subject in &shared {
        output.write(source.about(subject)?, &GraphName::DefaultGraph)?;
    }
    Ok(())
}

/// Whether only this graph, of an article, speaks of a node: the article
/// itself and what is named below it.
fn belongs_to(node: &NamedOrBlankNode, graph: &GraphName, store: &Store) -> bool {
    let (NamedOrBlankNode::NamedNode(node), GraphName::NamedNode(graph)) = (node, graph) else {
        return false;
    };
    is_article(graph, store)
        && node
            .as_str()
            .strip_prefix(graph.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['#', '/']))
}

/// Whether a node is named as articles are, and their graphs.
fn is_article(node: &NamedNode, store: &Store) -> bool {
    node.as_str().starts_with(&store.iris().articles())
}
