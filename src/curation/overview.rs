//! Which entities a store has, and what is known of one.
//!
//! In: a store. Out: lists for people who decide about entities. Read by the indexes of
//! the database, not by SPARQL: one pass over the names for a list, a few look-ups for one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use crate::graph::vocabulary::{owl, rdf, rp, schema, skos};
use crate::graph::{Store, StoreError};
use crate::resolve::{Decision, EntityNode, Verdict};
use crate::text::ArticleId;

/// Which entities are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words in one of its names, whatever their case.
    pub words: Option<String>,
    /// The last part of its class, `Person`, whatever its case.
    pub kind: Option<String>,
}

/// An entity that is the same in every article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its IRI.
    pub entity: NamedNode,
    /// What it is called.
    pub label: String,
    /// The last part of its class.
    pub kind: String,
    /// How many articles speak of it.
    pub articles: usize,
    /// Its ids in knowledge bases that are said to mean the same.
    pub same: Vec<String>,
}

/// The entities that are the same in every article: those that most articles speak of
/// first, then by label.
///
/// # Errors
/// Where the database cannot be read.
pub fn list(store: &Store, filter: &Filter) -> Result<Vec<Listed>, StoreError> {
    let names = Reader { store }.read(None, Some(schema::NAME), None)?;
    let mut counts: BTreeMap<NamedNode, usize> = BTreeMap::new();
    for quad in names {
        if let NamedOrBlankNode::NamedNode(node) = quad.subject {
            *counts.entry(node).or_default() += 1;
        }
    }
    let reader = Reader { store };
    let mut all = Vec::new();
    for (entity, articles) in counts {
        let kind = reader.kind(&entity)?;
        let is_kind = filter.kind.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(&kind));
        if !is_kind || !reader.has_words(&entity, filter.words.as_deref())? {
            continue;
        }
        let (label, same) = (reader.label(&entity)?, reader.same(&entity)?);
        all.push(Listed { entity, label, kind, articles, same });
    }
    all.sort_by(|a, b| {
        let key = |listed: &Listed| (Reverse(listed.articles), listed.label.to_lowercase());
        key(a).cmp(&key(b)).then_with(|| a.entity.cmp(&b.entity))
    });
    Ok(all)
}

/// What is known of an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Its IRI.
    pub entity: NamedNode,
    /// What it is called.
    pub label: String,
    /// The last part of its class.
    pub kind: String,
    /// All that articles call it, and how many do.
    pub names: Vec<(String, usize)>,
    /// What it is in knowledge bases.
    pub links: Vec<ShownLink>,
    /// The articles that speak of it, newest first.
    pub articles: Vec<ShownArticle>,
    /// The decisions that are about it, or that made something it.
    pub decisions: Vec<Decision>,
}

/// What an entity is in a knowledge base, and why that is thought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownLink {
    /// Its IRI there.
    pub target: String,
    /// How sure it is.
    pub score: String,
    /// How it was found.
    pub method: String,
}

/// An article that speaks of an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownArticle {
    /// Its id.
    pub id: ArticleId,
    /// The day it was published.
    pub day: String,
    /// Its headline.
    pub title: String,
}

/// What is known of an entity; none where no article speaks of it.
///
/// # Errors
/// Where the database cannot be read.
pub fn show(store: &Store, node: &EntityNode) -> Result<Option<Shown>, StoreError> {
    let ids = store.articles_with(node)?;
    if ids.is_empty() {
        return Ok(None);
    }
    let (reader, entity) = (Reader { store }, store.iris().entity_node(node));
    let articles = ids.into_iter().map(|id| reader.article(id));
    let mut articles = articles.collect::<Result<Vec<_>, _>>()?;
    articles.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.id.cmp(&b.id)));
    let decisions = store.decisions()?;
    let about = decisions.iter().filter(|(_, decision)| is_about(decision, node));
    Ok(Some(Shown {
        label: reader.label(&entity)?,
        kind: reader.kind(&entity)?,
        names: reader.names(&entity)?,
        links: reader.links(&entity)?,
        articles,
        decisions: about.map(|(_, decision)| decision.clone()).collect(),
        entity,
    }))
}

/// What an entity is called; none where no article speaks of it.
///
/// # Errors
/// Where the database cannot be read.
pub fn label_of(store: &Store, node: &EntityNode) -> Result<Option<String>, StoreError> {
    let label = Reader { store }.label(&store.iris().entity_node(node))?;
    Ok(Some(label).filter(|label| !label.is_empty()))
}

/// Whether a decision is about an entity, or makes something it.
fn is_about(decision: &Decision, node: &EntityNode) -> bool {
    let target = match &decision.verdict {
        Verdict::Same { key, .. } | Verdict::Apart { key, .. } => Some(key),
        Verdict::Linked(_) | Verdict::NotLinked(_) | Verdict::Called(_) => None,
    };
    decision.node == *node || target.is_some_and(|key| EntityNode::Global(key.clone()) == *node)
}

struct Reader<'a> {
    store: &'a Store,
}

impl Reader<'_> {
    fn read(
        &self,
        subject: Option<&NamedNode>,
        predicate: Option<NamedNodeRef<'_>>,
        graph: Option<&NamedNode>,
    ) -> Result<Vec<Quad>, StoreError> {
        let subject = subject.map(|node| node.as_ref().into());
        let graph = graph.map(|node| node.as_ref().into());
        let quads = self.store.database().quads_for_pattern(subject, predicate, None, graph);
        quads.collect::<Result<_, _>>().map_err(|error| self.store.error(error))
    }

    fn texts(
        &self,
        node: &NamedNode,
        property: NamedNodeRef<'_>,
        graph: Option<&NamedNode>,
    ) -> Result<Vec<String>, StoreError> {
        let text = |quad: Quad| match quad.object {
            Term::Literal(literal) => Some(literal.destruct().0),
            _ => None,
        };
        Ok(self.read(Some(node), Some(property), graph)?.into_iter().filter_map(text).collect())
    }

    fn label(&self, node: &NamedNode) -> Result<String, StoreError> {
        Ok(self.texts(node, skos::PREF_LABEL, None)?.into_iter().next().unwrap_or_default())
    }

    /// The last part of its class: that of an entity of every article is told once.
    fn kind(&self, node: &NamedNode) -> Result<String, StoreError> {
        let classes = self.read(Some(node), Some(rdf::TYPE), None)?;
        let first = classes.into_iter().find_map(|quad| match quad.object {
            Term::NamedNode(class) => class.as_str().rsplit(['/', '#']).next().map(str::to_owned),
            _ => None,
        });
        Ok(first.unwrap_or_default())
    }

    fn has_words(&self, node: &NamedNode, words: Option<&str>) -> Result<bool, StoreError> {
        let Some(words) = words.map(str::to_lowercase) else { return Ok(true) };
        for property in [skos::PREF_LABEL, skos::ALT_LABEL] {
            let names = self.texts(node, property, None)?;
            if names.iter().any(|name| name.to_lowercase().contains(&words)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn same(&self, node: &NamedNode) -> Result<Vec<String>, StoreError> {
        let quads = self.read(Some(node), Some(owl::SAME_AS), None)?;
        let iris: BTreeSet<String> = quads
            .into_iter()
            .filter_map(|quad| match quad.object {
                Term::NamedNode(target) => Some(target.into_string()),
                _ => None,
            })
            .collect();
        Ok(iris.into_iter().collect())
    }

    /// All that articles call it, by how many do.
    fn names(&self, node: &NamedNode) -> Result<Vec<(String, usize)>, StoreError> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for property in [schema::NAME, schema::ALTERNATE_NAME] {
            for name in self.texts(node, property, None)? {
                *counts.entry(name).or_default() += 1;
            }
        }
        let mut names: Vec<_> = counts.into_iter().collect();
        names.sort_by_key(|(_, count)| Reverse(*count));
        Ok(names)
    }

    fn links(&self, node: &NamedNode) -> Result<Vec<ShownLink>, StoreError> {
        let graph = self.store.iris().link_graph();
        let mut links = Vec::new();
        for quad in self.linking(node, &graph)? {
            let NamedOrBlankNode::NamedNode(link) = quad.subject else { continue };
            let target = self.read(Some(&link), Some(rp::TARGET), Some(&graph))?;
            let target = target.into_iter().find_map(|quad| match quad.object {
                Term::NamedNode(target) => Some(target.into_string()),
                _ => None,
            });
            let first = |texts: Vec<String>| texts.into_iter().next().unwrap_or_default();
            links.push(ShownLink {
                target: target.unwrap_or_default(),
                score: first(self.texts(&link, rp::SCORE, Some(&graph))?),
                method: first(self.texts(&link, rp::METHOD, Some(&graph))?),
            });
        }
        links.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.target.cmp(&b.target)));
        Ok(links)
    }

    fn linking(&self, node: &NamedNode, graph: &NamedNode) -> Result<Vec<Quad>, StoreError> {
        let (object, graph) = (Term::from(node.clone()), GraphName::from(graph.clone()));
        let quads = self.store.database().quads_for_pattern(
            None,
            Some(rp::ENTITY),
            Some(object.as_ref()),
            Some(graph.as_ref()),
        );
        quads.collect::<Result<_, _>>().map_err(|error| self.store.error(error))
    }

    fn article(&self, id: ArticleId) -> Result<ShownArticle, StoreError> {
        let node = self.store.iris().article(&id);
        let first = |texts: Vec<String>| texts.into_iter().next().unwrap_or_default();
        let title = first(self.texts(&node, schema::HEADLINE, Some(&node))?);
        let day = self.store.published(&id)?.map(|published| published.day().to_string());
        Ok(ShownArticle { id, day: day.unwrap_or_default(), title })
    }
}
