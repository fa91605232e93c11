//! An entity: its names and links, what it does, what is said about it and by it.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{NamedNode, NamedNodeRef, Term};
use serde::Serialize;

use super::Lookup;
use super::catalogue::Catalogue;
use super::claim::{Claim, article_of};
use super::lookup::number;
use super::reader::Reader;
use super::thing::Thing;
use crate::graph::StoreError;
use crate::graph::select::{
    self, Select, is_none_of,
    names::{C, N, P},
    variable,
};
use crate::graph::vocabulary::{owl, rdf, rel, rp, schema, skos};

/// Of an entity that more is said of, the newest of so many claims are shown.
const MOST: usize = 1_000;
/// These are looked for in so many of the newest articles.
const LOOKED_THROUGH: usize = 1_000;
/// So many claims of each kind are looked through for whom it is named with.
const LOOKED_AT: usize = 150;

/// Whom an entity is named together with, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::serve) struct Companion {
    /// The other.
    #[serde(flatten)]
    pub(in crate::serve) thing: Thing,
    /// In how many of the claims that are shown.
    pub(in crate::serve) claims: usize,
}

/// Some claims of many, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(in crate::serve) struct Listed {
    /// How many there are; at least so many where [`Listed::more`] is set.
    pub(in crate::serve) total: usize,
    /// Whether there are still more.
    pub(in crate::serve) more: bool,
    /// The claims from [`Listed::start`] on.
    pub(in crate::serve) claims: Vec<Claim>,
    /// How many come before them.
    pub(in crate::serve) start: usize,
}

/// An entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::serve) struct Entity {
    /// Its IRI.
    pub(in crate::serve) iri: String,
    /// Its name.
    pub(in crate::serve) label: String,
    /// Other names of it.
    pub(in crate::serve) names: Vec<String>,
    /// What it is: `Person`, `Place`.
    pub(in crate::serve) types: Vec<String>,
    /// Whether it is known in all articles, or belongs to one.
    pub(in crate::serve) article: Option<String>,
    /// What it is elsewhere.
    pub(in crate::serve) links: Vec<String>,
    /// What it does.
    pub(in crate::serve) does: Listed,
    /// What is said of it otherwise.
    pub(in crate::serve) about: Listed,
    /// What it said.
    pub(in crate::serve) said: Listed,
    /// Whom it is named with.
    pub(in crate::serve) companions: Vec<Companion>,
    /// How many claims speak of it on each day or month.
    pub(in crate::serve) timeline: Vec<(String, usize)>,
}

/// An entity; none where the store has no such. Of each list so many claims are
/// read, from `start` on.
pub(in crate::serve) fn entity(
    lookup: Lookup<'_>,
    catalogue: &Catalogue,
    node: &NamedNode,
    start: usize,
    many: usize,
) -> Result<Option<Entity>, StoreError> {
    if lookup.objects(node, skos::PREF_LABEL)?.is_empty() {
        return Ok(None);
    }
    let enough = start.saturating_add(many).clamp(LOOKED_AT, MOST);
    let found = |role| claims(lookup, catalogue, node, role, enough);
    let (does, about, said) = (found(Role::Does)?, found(Role::About)?, found(Role::Said)?);
    let reader = Reader::new(lookup, catalogue);
    let list = |claims: &Claims| listed(&reader, claims, start, many);
    let is_local = catalogue.get(article_of(node.as_str())).is_some();
    Ok(Some(Entity {
        iri: node.as_str().to_owned(),
        label: lookup.label(node)?,
        names: names(lookup, node)?,
        types: types(lookup, node)?,
        article: is_local.then(|| article_of(node.as_str()).to_owned()),
        links: links(lookup, node)?,
        companions: companions(lookup, &does.nodes, &about.nodes)?,
        timeline: timeline(lookup, catalogue, does.nodes.iter().chain(&about.nodes))?,
        does: list(&does)?,
        about: list(&about)?,
        said: list(&said)?,
    }))
}

/// What an entity is to claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Their subject.
    Does,
    /// Their object, or one of their circumstances.
    About,
    /// It makes them.
    Said,
}

/// Claims, those of the newest articles first.
struct Claims {
    nodes: Vec<NamedNode>,
    /// Whether there are more than were looked up.
    more: bool,
}

/// The claims that an entity has a role in: all of them, or of very many so many of the
/// newest.
fn claims(
    lookup: Lookup<'_>,
    catalogue: &Catalogue,
    node: &NamedNode,
    role: Role,
    enough: usize,
) -> Result<Claims, StoreError> {
    if how_many(lookup, node, role)? >= MOST {
        return Ok(Claims { nodes: of_newest(lookup, catalogue, node, role, enough)?, more: true });
    }
    let nodes = match role {
        Role::Does => lookup.subjects(rdf::SUBJECT, &node.clone().into(), MOST)?,
        Role::About => about(lookup, node)?,
        Role::Said => said(lookup, node)?,
    };
    Ok(Claims { nodes: newest(catalogue, nodes), more: false })
}

/// How many claims there are, counted up to a number.
fn how_many(lookup: Lookup<'_>, node: &NamedNode, role: Role) -> Result<usize, StoreError> {
    match role {
        Role::Does => lookup.count(rdf::SUBJECT, node, MOST),
        Role::About => lookup.count(rdf::OBJECT, node, MOST),
        Role::Said => {
            let said = Select::triples(node.clone(), rp::STATED.into_owned(), variable(C));
            let rows = lookup.rows(said.first(MOST, &[C]).counted(&[]), [N])?;
            Ok(rows.iter().map(|[n]| select::number(n)).sum())
        }
    }
}

/// Claims of the newest articles, looked up article by article until there are enough: what
/// is so frequent stands in many of them.
fn of_newest(
    lookup: Lookup<'_>,
    catalogue: &Catalogue,
    node: &NamedNode,
    role: Role,
    enough: usize,
) -> Result<Vec<NamedNode>, StoreError> {
    let mut found = Vec::new();
    for head in catalogue.newest().take(LOOKED_THROUGH) {
        if found.len() >= enough {
            break;
        }
        let Some(article) = lookup.store.iris().graph_of(&head.iri) else { continue };
        let by = |role| lookup.subjects_in(&article, role, node.as_ref().into());
        let mut claims = match role {
            Role::Does => by(rdf::SUBJECT)?,
            Role::About => by(rdf::OBJECT)?,
            Role::Said => {
                let said = lookup.objects_in(&article, node, rp::STATED)?;
                said.into_iter().filter_map(select::node).collect()
            }
        };
        claims.sort_by_key(|claim| number(claim.as_str()));
        found.extend(claims);
    }
    Ok(found)
}

/// Claims, those of the newest articles first.
fn newest(catalogue: &Catalogue, mut claims: Vec<NamedNode>) -> Vec<NamedNode> {
    claims.sort_by_cached_key(|node| {
        let article = article_of(node.as_str());
        let day = catalogue.get(article).and_then(|head| head.published.clone());
        (std::cmp::Reverse(day), article.to_owned(), number(node.as_str()))
    });
    claims
}

/// The claims that have a node elsewhere than as their subject: as object, or as one of
/// their circumstances. Of what is named very often, not all circumstances are found.
fn about(lookup: Lookup<'_>, node: &NamedNode) -> Result<Vec<NamedNode>, StoreError> {
    /// What else has entities for values, of every claim, passage or link.
    const OTHERS: [NamedNodeRef<'static>; 6] =
        [rp::MENTIONS, rp::SOURCE, rp::ENTITY, rdf::SUBJECT, rdf::OBJECT, schema::ABOUT];
    let mut found: BTreeSet<NamedNode> =
        lookup.subjects(rdf::OBJECT, &node.clone().into(), MOST)?.into_iter().collect();
    let triples = Select::triples(variable(C), variable(P), node.clone());
    let triples = triples.first(5 * MOST, &[C, P]).that(is_none_of(P, &OTHERS));
    for row in lookup.rows(triples, [C, P])? {
        let [Term::NamedNode(claim), Term::NamedNode(property)] = row else { continue };
        if property.as_str().starts_with(rel::NAMESPACE) && claim.as_str().contains("/claim/") {
            found.insert(claim);
        }
    }
    Ok(found.into_iter().take(MOST).collect())
}

fn said(lookup: Lookup<'_>, node: &NamedNode) -> Result<Vec<NamedNode>, StoreError> {
    let triples = Select::triples(node.clone(), rp::STATED.into_owned(), variable(C));
    Ok(select::nodes(lookup.rows(triples.first(MOST, &[C]), [C])?).collect())
}

/// Some of the claims.
fn listed(
    reader: &Reader<'_>,
    claims: &Claims,
    start: usize,
    many: usize,
) -> Result<Listed, StoreError> {
    let some: Vec<NamedNode> = claims.nodes.iter().skip(start).take(many).cloned().collect();
    let total = if claims.more { MOST } else { claims.nodes.len() };
    Ok(Listed { total, more: claims.more, claims: reader.claims(&some)?, start })
}

fn names(lookup: Lookup<'_>, node: &NamedNode) -> Result<Vec<String>, StoreError> {
    let mut names = BTreeSet::new();
    for property in [skos::ALT_LABEL, schema::NAME, schema::ALTERNATE_NAME, skos::PREF_LABEL] {
        for name in lookup.objects(node, property)? {
            if let Term::Literal(name) = name {
                names.insert(name.value().to_owned());
            }
        }
    }
    names.remove(&lookup.label(node)?);
    Ok(names.into_iter().collect())
}

fn types(lookup: Lookup<'_>, node: &NamedNode) -> Result<Vec<String>, StoreError> {
    let types = lookup.nodes(node, rdf::TYPE)?;
    let mut names: Vec<String> =
        types.iter().map(|kind| super::lookup::local_name(kind.as_str()).to_owned()).collect();
    names.dedup();
    Ok(names)
}

fn links(lookup: Lookup<'_>, node: &NamedNode) -> Result<Vec<String>, StoreError> {
    let mut links = lookup.nodes(node, owl::SAME_AS)?;
    for target in lookup.nodes(node, skos::CLOSE_MATCH)? {
        if !links.contains(&target) {
            links.push(target);
        }
    }
    Ok(links.into_iter().map(NamedNode::into_string).collect())
}

/// Whom the claims about a node have on their other side, the most frequent first.
fn companions(
    lookup: Lookup<'_>,
    does: &[NamedNode],
    about: &[NamedNode],
) -> Result<Vec<Companion>, StoreError> {
    /// So many are shown.
    const SHOWN: usize = 12;
    let below = lookup.store.iris().entities();
    let mut counts: BTreeMap<NamedNode, usize> = BTreeMap::new();
    for (claims, side) in [(does, rdf::OBJECT), (about, rdf::SUBJECT)] {
        for claim in claims.iter().take(LOOKED_AT) {
            let Some(graph) = lookup.store.iris().graph_of(claim.as_str()) else { continue };
            for other in lookup.objects_in(&graph, claim, side)? {
                if let Term::NamedNode(other) = other
                    && other.as_str().starts_with(&below)
                {
                    *counts.entry(other).or_default() += 1;
                }
            }
        }
    }
    let mut counts: Vec<(NamedNode, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.truncate(SHOWN);
    let companion = |(node, claims): (NamedNode, usize)| {
        let iri = Some(node.as_str().to_owned());
        Ok(Companion { thing: Thing { iri, label: lookup.label(&node)? }, claims })
    };
    counts.into_iter().map(companion).collect()
}

/// How many claims there are for each month (or day, where all are of one month),
/// by their own time or else their article's.
fn timeline<'n>(
    lookup: Lookup<'_>,
    catalogue: &Catalogue,
    nodes: impl Iterator<Item = &'n NamedNode>,
) -> Result<Vec<(String, usize)>, StoreError> {
    /// So many claims are looked at.
    const COUNTED: usize = 400;
    let mut days = Vec::new();
    for node in nodes.take(COUNTED) {
        let Some(graph) = lookup.store.iris().graph_of(node.as_str()) else { continue };
        let own = lookup.text_in(&graph, node, rp::WHEN)?;
        let head = catalogue.get(article_of(node.as_str()));
        days.extend(own.or_else(|| head.and_then(|head| head.published.clone())));
    }
    let cut = |day: &str, length: usize| day.get(..length).map(str::to_owned);
    let months: BTreeSet<_> = days.iter().filter_map(|day| cut(day, 7)).collect();
    let length = if months.len() > 1 { 7 } else { 10 };
    let mut counts = BTreeMap::new();
    for day in days.iter().filter_map(|day| cut(day, length)) {
        *counts.entry(day).or_default() += 1;
    }
    Ok(counts.into_iter().collect())
}
