//! Puts a report together from what a store holds.
//!
//! In: a [`Store`] and a [`Scope`]. Out: a [`Report`].

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::StorageError;
use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::{Appearance, Article, Difference, Report, Shared, Speaker, Story};
use crate::graph::vocabulary::{oa, prov, rdf, rp, schema, skos};
use crate::graph::{Store, StoreError};
use crate::text::one_line;

/// So many claims that it alone makes are shown of an article.
const ALONE: usize = 40;

/// What a report is on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// One story, by its IRI.
    pub story: Option<NamedNode>,
    /// Stories that speak of an entity, and of what they share only what does.
    pub about: Option<NamedNode>,
    /// One claim: what several articles say, or one that says it.
    pub claim: Option<NamedNode>,
    /// Stories that go on on this day (`2024-05-03`) or later.
    pub since: Option<String>,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nothing is such.
    #[error(
        "no story of this store is such; `reportedly query stories` lists those that there are"
    )]
    Nothing,
}

/// The report on what a scope asks for.
pub fn report(store: &Store, scope: &Scope) -> Result<Report, ReportError> {
    let graph = Graph { store };
    let gathered = graph.report(scope).map_err(|e| store.error(e))?;
    if gathered.stories.is_empty() { Err(ReportError::Nothing) } else { Ok(gathered) }
}

/// Looks things up.
struct Graph<'a> {
    store: &'a Store,
}

type Found<T> = Result<T, StorageError>;

impl Graph<'_> {
    fn report(&self, scope: &Scope) -> Found<Report> {
        let mut stories = Vec::new();
        for node in self.asked_for(scope)? {
            let story = self.story(&node, scope)?;
            stories.extend(story.filter(|story| is_since(story, scope)));
        }
        stories.sort_by(|a, b| last_day(b).cmp(last_day(a)).then_with(|| a.label.cmp(&b.label)));
        let title = match (&scope.about, &stories[..]) {
            (Some(entity), _) => self.label(entity)?,
            (None, [story]) => story.label.clone(),
            (None, all) => format!("{} stories", all.len()),
        };
        Ok(Report { title, stories })
    }

    /// The stories that may be asked for.
    fn asked_for(&self, scope: &Scope) -> Found<Vec<NamedNode>> {
        let Some(asked) = &scope.story else {
            return self.subjects(rdf::TYPE, rp::STORY_CLASS.into());
        };
        let is_story = self.nodes(asked, rdf::TYPE)?.iter().any(|class| *class == rp::STORY_CLASS);
        Ok(if is_story { vec![asked.clone()] } else { Vec::new() })
    }

    /// A story; none where nothing of it is asked for.
    fn story(&self, node: &NamedNode, scope: &Scope) -> Found<Option<Story>> {
        let articles = self.articles(node)?;
        let places: BTreeMap<&NamedNode, usize> =
            articles.iter().enumerate().map(|(place, article)| (article, place)).collect();
        let mut shared = Vec::new();
        let mut shown = BTreeSet::new();
        for claim in self.subjects(rp::STORY, node.clone().into())? {
            let claims = self.nodes(&claim, schema::APPEARANCE)?;
            shown.extend(claims.iter().cloned());
            if self.is_asked_for(&claim, &claims, scope)? {
                shared.push(self.shared(&claim, &claims, &places)?);
            }
        }
        let is_narrow = scope.about.is_some() || scope.claim.is_some();
        if is_narrow && shared.is_empty() {
            return Ok(None);
        }
        shared.sort_by(|a: &Shared, b: &Shared| {
            let first =
                |shared: &Shared| shared.appearances.first().map(|a| (a.article, a.characters));
            (b.articles, first(a), &a.iri).cmp(&(a.articles, first(b), &b.iri))
        });
        let mut story = Story {
            iri: node.as_str().to_owned(),
            label: self.label(node)?,
            days: self.text(node, schema::TEMPORAL_COVERAGE)?.unwrap_or_default(),
            shared,
            ..Story::default()
        };
        for entity in self.nodes(node, schema::ABOUT)? {
            story.about.push(self.label(&entity)?);
        }
        story.about.sort_unstable();
        for article in &articles {
            let alone = if is_narrow { None } else { Some(&shown) };
            story.articles.push(self.article(article, &places, alone)?);
        }
        if !is_narrow {
            story.differences = self.differences(node, &places)?;
        }
        Ok(Some(story))
    }

    /// The articles of a story, by day; those without one are last.
    fn articles(&self, story: &NamedNode) -> Found<Vec<NamedNode>> {
        let mut by_day = Vec::new();
        for article in self.nodes(story, schema::HAS_PART)? {
            let day = self.text(&article, schema::DATE_PUBLISHED)?;
            by_day.push((day.is_none(), day, article));
        }
        by_day.sort_unstable();
        Ok(by_day.into_iter().map(|(_, _, article)| article).collect())
    }

    fn is_asked_for(&self, claim: &NamedNode, claims: &[NamedNode], scope: &Scope) -> Found<bool> {
        if let Some(asked) = &scope.claim {
            return Ok(asked == claim || claims.contains(asked));
        }
        let Some(entity) = &scope.about else { return Ok(true) };
        for claim in claims {
            for property in [rdf::SUBJECT, rdf::OBJECT] {
                if self.nodes(claim, property)?.contains(entity) {
                    return Ok(true);
                }
            }
            if self.subjects(rp::STATED, claim.clone().into())?.contains(entity) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn shared(
        &self,
        node: &NamedNode,
        claims: &[NamedNode],
        places: &BTreeMap<&NamedNode, usize>,
    ) -> Found<Shared> {
        let mut shared =
            Shared { iri: node.as_str().to_owned(), text: self.label(node)?, ..Shared::default() };
        for origin in self.nodes(node, rp::ORIGIN)? {
            shared.origins.push(self.label(&origin)?);
        }
        shared.origins.sort_unstable();
        for claim in claims {
            shared.appearances.extend(self.appearance(claim, places)?);
        }
        shared.appearances.sort_by_key(|a| (a.article, a.characters, a.iri.clone()));
        shared.appearances.dedup_by(|a, b| a.article == b.article && a.characters == b.characters);
        let articles: BTreeSet<usize> = shared.appearances.iter().map(|a| a.article).collect();
        shared.articles = articles.len();
        Ok(shared)
    }

    /// A claim; none of an article that is not of the story.
    fn appearance(
        &self,
        claim: &NamedNode,
        places: &BTreeMap<&NamedNode, usize>,
    ) -> Found<Option<Appearance>> {
        let articles = self.nodes(claim, prov::WAS_DERIVED_FROM)?;
        let Some(&article) = articles.first().and_then(|article| places.get(article)) else {
            return Ok(None);
        };
        let passage = self.nodes(claim, rp::EVIDENCE)?.into_iter().next();
        let words = match &passage {
            Some(passage) => self.text(passage, oa::EXACT)?.unwrap_or_default(),
            None => String::new(),
        };
        let local = |nodes: Vec<NamedNode>| {
            let node = nodes.into_iter().next();
            node.and_then(|node| Some(node.as_str().rsplit_once('#')?.1.to_owned()))
        };
        Ok(Some(Appearance {
            iri: claim.as_str().to_owned(),
            article,
            words: one_line(&words),
            characters: passage.as_ref().and_then(characters),
            holds: self.nodes(claim, rp::POLARITY)?.contains(&rp::POSITIVE.into_owned()),
            modality: local(self.nodes(claim, rp::MODALITY)?).unwrap_or_default(),
            speakers: self.speakers(claim)?,
        }))
    }

    /// Whose word a claim is: the source of its attribution, then of those around it.
    fn speakers(&self, claim: &NamedNode) -> Found<Vec<Speaker>> {
        let mut speakers: Vec<Speaker> = Vec::new();
        let mut next = self.subjects(rp::CLAIM_OF, claim.clone().into())?.into_iter().next();
        let mut seen = BTreeSet::new();
        while let Some(attribution) = next {
            if !seen.insert(attribution.clone()) {
                break;
            }
            if let Some(source) = self.nodes(&attribution, rp::SOURCE)?.into_iter().next() {
                let classes = self.nodes(&source, rdf::TYPE)?;
                let is_unnamed = classes.contains(&rp::UNNAMED_SOURCE.into_owned());
                speakers.push(Speaker { name: self.label(&source)?, is_unnamed });
            }
            next = self.nodes(&attribution, rp::WITHIN)?.into_iter().next();
        }
        Ok(speakers)
    }

    /// An article; what it alone says, unless only a part of the story is asked for.
    fn article(
        &self,
        node: &NamedNode,
        places: &BTreeMap<&NamedNode, usize>,
        shown: Option<&BTreeSet<NamedNode>>,
    ) -> Found<Article> {
        let outlet = self.nodes(node, schema::PUBLISHER)?.into_iter().next();
        let claims = self.subjects(prov::WAS_DERIVED_FROM, node.clone().into())?;
        let mut article = Article {
            iri: node.as_str().to_owned(),
            headline: self.text(node, schema::HEADLINE)?.unwrap_or_else(|| short(node)),
            outlet: outlet.map(|outlet| self.label(&outlet)).transpose()?,
            day: self.text(node, schema::DATE_PUBLISHED)?,
            url: self.nodes(node, schema::URL)?.first().map(|url| url.as_str().to_owned()),
            copy_of: self
                .nodes(node, rp::NEAR_COPY_OF)?
                .iter()
                .filter_map(|other| places.get(other).copied())
                .min(),
            ..Article::default()
        };
        for claim in claims {
            if !claim.as_str().contains("/claim/") {
                continue;
            }
            article.claims += 1;
            let is_alone = shown.is_some_and(|shown| !shown.contains(&claim));
            if is_alone && article.copy_of.is_none() && self.is_worth_telling(&claim)? {
                article.alone.extend(self.appearance(&claim, places)?);
            }
        }
        article.alone.sort_by_key(|a| (a.characters, a.iri.clone()));
        article.alone.dedup_by(|a, b| a.characters == b.characters);
        article.alone.truncate(ALONE);
        Ok(article)
    }

    /// Whether an article asserts a claim or gives it as the word of somebody.
    fn is_worth_telling(&self, claim: &NamedNode) -> Found<bool> {
        Ok(self.object(claim, rp::ASSERTED)?.is_some() || !self.speakers(claim)?.is_empty())
    }

    fn differences(
        &self,
        story: &NamedNode,
        places: &BTreeMap<&NamedNode, usize>,
    ) -> Found<Vec<Difference>> {
        let kinds = [
            (rp::CONTRADICTS, "contradicts"),
            (rp::UPDATES, "updates"),
            (rp::SUPERSEDES, "supersedes"),
        ];
        let mut found: Vec<Difference> = Vec::new();
        for (property, kind) in kinds {
            let graph = Some(story.as_ref().into());
            let pairs = self.store.database().quads_for_pattern(None, Some(property), None, graph);
            for quad in pairs.collect::<Result<Vec<_>, _>>()? {
                let (NamedOrBlankNode::NamedNode(one), Term::NamedNode(other)) =
                    (quad.subject, quad.object)
                else {
                    continue;
                };
                // Contradicting is mutual; each pair is shown once.
                if kind == "contradicts" && one > other {
                    continue;
                }
                if let (Some(one), Some(other)) =
                    (self.appearance(&one, places)?, self.appearance(&other, places)?)
                {
                    found.push(Difference { kind, one, other });
                }
            }
        }
        found.sort_by_key(|d| {
            (d.kind, d.one.article, d.one.characters, d.other.article, d.other.characters)
        });
        // One difference for each two articles and passage is enough for a reader.
        found.dedup_by(|a, b| {
            a.kind == b.kind
                && a.one.characters == b.one.characters
                && a.one.article == b.one.article
                && a.other.article == b.other.article
        });
        Ok(found)
    }

    fn objects(&self, node: &NamedNode, predicate: NamedNodeRef<'_>) -> Found<Vec<Term>> {
        // Of an article itself other graphs tell, too.
        let graph = self.store.iris().graph_of(node.as_str()).filter(|graph| graph != node);
        let subject = Some(node.as_ref().into());
        let graph = graph.as_ref().map(|graph| graph.as_ref().into());
        let quads = self.store.database().quads_for_pattern(subject, Some(predicate), None, graph);
        quads.map(|quad| Ok(quad?.object)).collect()
    }

    fn object(&self, node: &NamedNode, predicate: NamedNodeRef<'_>) -> Found<Option<Term>> {
        Ok(self.objects(node, predicate)?.into_iter().next())
    }

    fn nodes(&self, node: &NamedNode, predicate: NamedNodeRef<'_>) -> Found<Vec<NamedNode>> {
        let mut nodes = Vec::new();
        for object in self.objects(node, predicate)? {
            if let Term::NamedNode(object) = object {
                nodes.push(object);
            }
        }
        nodes.sort_unstable();
        nodes.dedup();
        Ok(nodes)
    }

    fn subjects(&self, predicate: NamedNodeRef<'_>, object: Term) -> Found<Vec<NamedNode>> {
        let object = Some(object.as_ref());
        let quads = self.store.database().quads_for_pattern(None, Some(predicate), object, None);
        let mut nodes = Vec::new();
        for quad in quads {
            if let NamedOrBlankNode::NamedNode(node) = quad?.subject {
                nodes.push(node);
            }
        }
        nodes.sort_unstable();
        nodes.dedup();
        Ok(nodes)
    }

    fn text(&self, node: &NamedNode, predicate: NamedNodeRef<'_>) -> Found<Option<String>> {
        Ok(match self.object(node, predicate)? {
            Some(Term::Literal(literal)) => Some(literal.destruct().0),
            _ => None,
        })
    }

    /// What a node is called; the end of its IRI where nothing says it.
    fn label(&self, node: &NamedNode) -> Found<String> {
        Ok(self.text(node, skos::PREF_LABEL)?.unwrap_or_else(|| short(node)))
    }
}

fn short(node: &NamedNode) -> String {
    node.as_str().rsplit('/').next().unwrap_or_default().to_owned()
}

fn last_day(story: &Story) -> &str {
    story.days.rsplit('/').next().unwrap_or_default()
}

fn is_since(story: &Story, scope: &Scope) -> bool {
    scope.since.as_deref().is_none_or(|day| last_day(story) >= day)
}

/// The characters of a passage, by its fragment `#char=12,34`.
fn characters(passage: &NamedNode) -> Option<(usize, usize)> {
    let (start, end) = passage.as_str().rsplit_once("#char=")?.1.split_once(',')?;
    Some((start.parse().ok()?, end.parse().ok()?))
}
