//! Where quads are looked up: in the store, or among those about to be stored.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::QuadView;
use super::select::{
    Select,
    names::{C, G, M, N, O, P},
    number, variable,
};
use super::vocabulary::{dcterms, rp, schema};
use super::vote::{Put, Vote};

/// A set of quads to ask.
pub(super) trait Lookup {
    /// What all graphs say of a node: with this predicate, or all of it.
    fn said_of(
        &self,
        node: &NamedNode,
        predicate: Option<NamedNodeRef<'_>>,
    ) -> Result<Vec<Quad>, StorageError>;

    /// The quads of all graphs with this predicate and object.
    fn said_with(
        &self,
        predicate: NamedNodeRef<'_>,
        object: &NamedNode,
    ) -> Result<Vec<Quad>, StorageError>;

    /// The values that a node has of a property, each with how often it is said.
    fn counted(
        &self,
        node: &NamedNode,
        predicate: NamedNodeRef<'_>,
    ) -> Result<Vec<(Term, usize)>, StorageError> {
        Ok(self.objects(node, predicate)?.into_iter().map(|object| (object, 1)).collect())
    }

    /// What the articles say of a proposition.
    fn said_of_proposition(&self, proposition: &NamedNode) -> Result<Said, StorageError> {
        said_of_proposition(self, self.said_with(rp::EXPRESSES, proposition)?)
    }

    /// The objects of what is said of a node with a predicate.
    fn objects(
        &self,
        node: &NamedNode,
        predicate: NamedNodeRef<'_>,
    ) -> Result<Vec<Term>, StorageError> {
        Ok(self.said_of(node, Some(predicate))?.into_iter().map(|quad| quad.object).collect())
    }
}

/// What articles say of a proposition.
pub(super) struct Said {
    /// How many have claims of it.
    pub(super) articles: usize,
    /// How many have it as being so.
    pub(super) affirmations: usize,
    /// How many have it as not being so.
    pub(super) denials: usize,
    /// Where the claims come from, each with how often.
    pub(super) origins: Vec<(Term, usize)>,
}

fn said_of_proposition(
    quads: &(impl Lookup + ?Sized),
    expressed: Vec<Quad>,
) -> Result<Said, StorageError> {
    let mut articles: BTreeMap<String, BTreeSet<Vote>> = BTreeMap::new();
    let mut origins = Vec::new();
    // One claim alone is not disputed.
    let may_differ = expressed.len() > 1;
    for quad in expressed {
        let NamedOrBlankNode::NamedNode(claim) = quad.subject else { continue };
        origins.extend(quads.counted(&claim, rp::ORIGIN)?);
        let votes = articles.entry(quad.graph_name.to_string()).or_default();
        if may_differ {
            let polarity = quads.objects(&claim, rp::POLARITY)?;
            let modality = quads.objects(&claim, rp::MODALITY)?;
            votes.extend(vote(polarity.iter().chain(&modality)));
        }
    }
    let with = |vote: &Vote| articles.values().filter(|votes| votes.contains(vote)).count();
    let (affirmations, denials) = (with(&Vote::Affirmation), with(&Vote::Denial));
    Ok(Said { articles: articles.len(), affirmations, denials, origins })
}

/// What a claim of this polarity and modality says of its proposition.
fn vote<'t>(values: impl IntoIterator<Item = &'t Term>) -> Option<Vote> {
    let mut put = Put::default();
    values.into_iter().for_each(|value| put.note(value));
    put.vote()
}

/// What more quads than these say is counted by the database: a frequent entity stands in
/// thousands of articles, which have the same few names for it.
const FEW: usize = 64;

impl Lookup for Transaction<'_> {
    fn said_of(
        &self,
        node: &NamedNode,
        predicate: Option<NamedNodeRef<'_>>,
    ) -> Result<Vec<Quad>, StorageError> {
        self.quads_for_pattern(Some(node.as_ref().into()), predicate, None, None).collect()
    }

    fn said_with(
        &self,
        predicate: NamedNodeRef<'_>,
        object: &NamedNode,
    ) -> Result<Vec<Quad>, StorageError> {
        said_with(self, predicate, object, None)
    }

    fn counted(
        &self,
        node: &NamedNode,
        predicate: NamedNodeRef<'_>,
    ) -> Result<Vec<(Term, usize)>, StorageError> {
        let said = self.quads_for_pattern(Some(node.as_ref().into()), Some(predicate), None, None);
        let some: Vec<Quad> = said.take(FEW + 1).collect::<Result<_, _>>()?;
        if some.len() <= FEW {
            return Ok(some.into_iter().map(|quad| (quad.object, 1)).collect());
        }
        let all = Select::triples(node.clone(), predicate.into_owned(), variable(O));
        let all = all.within(variable(G)).counted(&[O]);
        let rows = all.rows_within(self, [O, N])?;
        Ok(rows.into_iter().map(|[value, count]| (value, number(&count))).collect())
    }

    fn said_of_proposition(&self, proposition: &NamedNode) -> Result<Said, StorageError> {
        let object = Some(proposition.as_ref().into());
        let said = self.quads_for_pattern(None, Some(rp::EXPRESSES), object, None);
        let some: Vec<Quad> = said.take(FEW + 1).collect::<Result<_, _>>()?;
        if some.len() <= FEW {
            return said_of_proposition(self, some);
        }
        let claims =
            || Select::triples(variable(C), rp::EXPRESSES.into_owned(), proposition.clone());
        let articles = claims().within(variable(G)).counted_with(&[], G);
        let articles = articles.rows_within(self, [M])?.iter().map(|[count]| number(count)).sum();
        // The values are variables, so that the claims are found first.
        let put = claims().and(variable(C), rp::POLARITY.into_owned(), variable(O));
        let put = put.and(variable(C), rp::MODALITY.into_owned(), variable(P));
        let put = put.within(variable(G)).counted_with(&[O, P], G);
        let put = put.rows_within(self, [O, P, M])?;
        let with = |wanted: &Vote| {
            let with = put.iter().find(|[polarity, modality, _]| {
                vote([polarity, modality]).as_ref() == Some(wanted)
            });
            with.map_or(0, |[_, _, count]| number(count))
        };
        let origins = claims().and(variable(C), rp::ORIGIN.into_owned(), variable(O));
        let origins = origins.within(variable(G)).counted(&[O]);
        let origins = origins.rows_within(self, [O, N])?;
        let origins = origins.into_iter().map(|[origin, count]| (origin, number(&count)));
        Ok(Said {
            articles,
            affirmations: with(&Vote::Affirmation),
            denials: with(&Vote::Denial),
            origins: origins.collect(),
        })
    }
}

/// The quads of a store, of one graph or all, with this predicate and object.
pub(super) fn said_with(
    transaction: &Transaction<'_>,
    predicate: NamedNodeRef<'_>,
    object: &NamedNode,
    graph: Option<&NamedNode>,
) -> Result<Vec<Quad>, StorageError> {
    let graph = graph.map(|g| GraphNameRef::from(g.as_ref()));
    let object = Some(object.as_ref().into());
    transaction.quads_for_pattern(None, Some(predicate), object, graph).collect()
}

/// Quads that are about to be stored: those of them that something follows
/// from, once each.
#[derive(Default)]
pub(super) struct Loaded<'a> {
    of: HashMap<&'a NamedNode, Vec<QuadView<'a>>>,
    with: HashMap<&'a NamedNode, Vec<QuadView<'a>>>,
}

impl<'a> Loaded<'a> {
    /// Sorts quads.
    pub(super) fn new(quads: impl Iterator<Item = QuadView<'a>>) -> Self {
        let mut this = Self::default();
        for quad in quads {
            if let NamedOrBlankNode::NamedNode(subject) = quad.subject
                && is_asked_for(quad.predicate.as_ref())
            {
                push(&mut this.of, subject, quad);
            }
            if let Term::NamedNode(object) = quad.object
                && WITH.contains(&quad.predicate.as_ref())
            {
                push(&mut this.with, object, quad);
            }
        }
        this
    }
}

/// What is asked for by subject.
const OF: [NamedNodeRef<'static>; 10] = [
    schema::NAME,
    schema::ALTERNATE_NAME,
    schema::ADDITIONAL_TYPE,
    rp::TARGET,
    rp::SCORE,
    rp::METHOD,
    dcterms::DATE,
    rp::ORIGIN,
    rp::POLARITY,
    rp::MODALITY,
];
fn is_asked_for(predicate: NamedNodeRef<'_>) -> bool {
    OF.contains(&predicate)
}

/// What is asked for by object.
const WITH: [NamedNodeRef<'static>; 2] = [rp::ENTITY, rp::EXPRESSES];

fn push<'a>(
    to: &mut HashMap<&'a NamedNode, Vec<QuadView<'a>>>,
    node: &'a NamedNode,
    quad: QuadView<'a>,
) {
    let quads = to.entry(node).or_default();
    if !quads.contains(&quad) {
        quads.push(quad);
    }
}

impl Lookup for Loaded<'_> {
    fn said_of(
        &self,
        node: &NamedNode,
        predicate: Option<NamedNodeRef<'_>>,
    ) -> Result<Vec<Quad>, StorageError> {
        let all = self.of.get(node).into_iter().flatten().copied();
        Ok(all
            .filter(|quad| predicate.is_none_or(|p| *quad.predicate == p))
            .map(Quad::from)
            .collect())
    }

    fn said_with(
        &self,
        predicate: NamedNodeRef<'_>,
        object: &NamedNode,
    ) -> Result<Vec<Quad>, StorageError> {
        let all = self.with.get(object).into_iter().flatten().copied();
        Ok(all.filter(|quad| *quad.predicate == predicate).map(Quad::from).collect())
    }
}
