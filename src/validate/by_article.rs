//! A store against shapes, one article's graph after the other.
//!
//! In: the union of the store's graphs, and shapes. Out: how many nodes each shape spoke
//! of, and what is wrong with them. What only the graph of its article speaks of is looked
//! at in memory; what graphs share, in the database. Where the graph of an article speaks
//! of nodes of another article, as no graph of this program does, there is no telling what
//! is said of a node without the database, and nothing comes out.

use std::collections::HashSet;

use oxigraph::store::StorageError;
use oxrdf::{GraphNameRef, NamedNode, Term, Triple};
use rayon::prelude::*;

use super::constraint;
use super::data::{Data, Node, Union};
use super::evidence::triples;
use super::local::{Local, of_other_articles};
use super::report::Violation;
use super::shapes::{Shape, Target};
use super::targets::{Targeting, Targets};
use crate::graph::Store;

/// What came of one shape.
#[derive(Default)]
pub(super) struct Verdict {
    pub(super) nodes: usize,
    pub(super) violations: Vec<Violation>,
}

/// What an article's graph gives.
struct Looked {
    verdicts: Vec<Verdict>,
    /// Targets of which other graphs may speak, too.
    shared: Targets,
    /// Whether it speaks of nodes of other articles.
    is_foreign: bool,
}

/// What comes of each shape, in order.
pub(super) fn check(
    store: &Store,
    shapes: &[&Shape],
    union: &Union<'_>,
    graphs: &[NamedNode],
) -> Result<Option<Vec<Verdict>>, StorageError> {
    let articles = store.iris().articles();
    let (of_articles, common): (Vec<_>, Vec<_>) =
        graphs.iter().partition(|graph| graph.as_str().starts_with(&articles));
    let targeting = Targeting::new(shapes, union);
    let (mut spoken_of, mut shared) = (HashSet::new(), targeting.of([]));
    let mut note = |triples: Vec<Triple>| {
        let others = triples.iter().flat_map(|t| of_other_articles(store.iris(), None, t));
        spoken_of.extend(others.cloned());
        merge(&mut shared, targeting.of(&triples));
    };
    note(without_name(store)?);
    for graph in common {
        note(triples(store, graph)?);
    }
    let looked = of_articles.par_iter().map(|article| {
        let triples = triples(store, article)?;
        look_at(store, article, &triples, &spoken_of, shapes, union, &targeting)
    });
    let looked: Vec<Looked> = looked.collect::<Result<_, _>>()?;
    if looked.iter().any(|looked| looked.is_foreign) {
        return Ok(None);
    }
    let mut verdicts: Vec<Verdict> = shapes.iter().map(|_| Verdict::default()).collect();
    for looked in looked {
        add(&mut verdicts, looked.verdicts);
        merge(&mut shared, looked.shared);
    }
    for (shape, targets) in shapes.iter().zip(&mut shared) {
        targets.extend(shape.targets.iter().filter_map(|target| match target {
            Target::Node(node) => Some(node.clone()),
            _ => None,
        }));
    }
    add(&mut verdicts, in_database(shapes, shared, union)?);
    Ok(Some(verdicts))
}

/// The triples that stand in no named graph.
fn without_name(store: &Store) -> Result<Vec<Triple>, StorageError> {
    let found =
        store.database().quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph));
    found.map(|quad| quad.map(Triple::from)).collect()
}

fn look_at(
    store: &Store,
    article: &NamedNode,
    triples: &[Triple],
    spoken_of: &HashSet<NamedNode>,
    shapes: &[&Shape],
    union: &Union<'_>,
    targeting: &Targeting,
) -> Result<Looked, StorageError> {
    let is_foreign =
        triples.iter().any(|t| of_other_articles(store.iris(), Some(article), t).next().is_some());
    let local = Local::new(article, triples, spoken_of);
    let data = Data::with_local(union, &local);
    let (mut verdicts, mut shared) = (Vec::new(), Vec::new());
    for (shape, targets) in shapes.iter().zip(targeting.of(triples)) {
        let (own, others) = targets.into_iter().partition(|node| local.tells_all_of(node));
        verdicts.push(judge(shape, sorted(own), &data)?);
        shared.push(others);
    }
    Ok(Looked { verdicts, shared, is_foreign })
}

/// Nodes are looked up in parts of so many, on all threads.
const PART: usize = 1024;

/// What comes of nodes of which several graphs may speak.
pub(super) fn in_database(
    shapes: &[&Shape],
    targets: Targets,
    union: &Union<'_>,
) -> Result<Vec<Verdict>, StorageError> {
    let mut verdicts = Vec::new();
    for (shape, targets) in shapes.iter().zip(targets) {
        let targets = sorted(targets);
        let parts = targets.par_chunks(PART);
        let judged = parts.map(|part| judge(shape, part.to_vec(), &Data::new(union)));
        let mut sum = Verdict::default();
        for verdict in judged.collect::<Result<Vec<_>, _>>()? {
            sum.add(verdict);
        }
        verdicts.push(sum);
    }
    Ok(verdicts)
}

fn judge(shape: &Shape, targets: Vec<Term>, data: &Data<'_>) -> Result<Verdict, StorageError> {
    let mut verdict = Verdict { nodes: targets.len(), violations: Vec::new() };
    for target in targets {
        verdict.violations.extend(constraint::check(shape, &Node::new(target), data)?);
    }
    Ok(verdict)
}

impl Verdict {
    fn add(&mut self, other: Self) {
        self.nodes += other.nodes;
        self.violations.extend(other.violations);
    }
}

fn add(all: &mut [Verdict], more: Vec<Verdict>) {
    all.iter_mut().zip(more).for_each(|(all, more)| all.add(more));
}

fn merge(all: &mut Targets, more: Targets) {
    all.iter_mut().zip(more).for_each(|(all, more)| all.extend(more));
}

fn sorted(targets: HashSet<Term>) -> Vec<Term> {
    let mut targets: Vec<Term> = targets.into_iter().collect();
    targets.sort_by_cached_key(ToString::to_string);
    targets
}
