//! Claims as schema.org has them, in JSON-LD: what a `ClaimReview` takes as its
//! `itemReviewed`. No rating: whether a claim is true nobody knows here.
//!
//! In: a store. Out: one document, a `Claim` a line, told story by story. What several
//! articles say in whatever words is one `Claim`; each place where an article says it is an
//! `appearance`, with its words, its speaker and its article. Of the appearances the
//! `firstAppearance` is the one in the article that came first, where one did. An `author`
//! of a claim is who says so in each of its appearances. Whether an appearance affirms
//! it, and as what (planned, possible), schema.org has no terms for, and ours stand there.
//!
//! <https://schema.org/Claim>, <https://schema.org/ClaimReview>

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use oxrdf::{NamedNode, NamedNodeRef, Term};
use serde_json::{Map, Value, json};

use super::claims::{ArticleView, named, named_term, objects, text};
use super::{ExportError, Profile, Publication};
use crate::graph::Store;
use crate::graph::vocabulary::{oa, rdf, rp, schema, skos};

/// Writes the claims of some articles: with [`Profile::Facts`] those that are asserted, else
/// all. How many. Held in memory are the graph of one article, and of the articles of one
/// story what they say in common.
pub fn write_schema_claims(
    store: &Store,
    articles: &[NamedNode],
    profile: Profile,
    publication: &Publication,
    mut writer: impl Write,
) -> Result<u64, ExportError> {
    let told = Told { store, profile, publication };
    let mut alone: BTreeSet<&NamedNode> = articles.iter().collect();
    let mut out = Writer { writer: &mut writer, written: 0 };
    out.begin()?;
    for story in store.stories()? {
        let members = objects(store, &story, schema::HAS_PART, &story)?;
        let members: Vec<&NamedNode> =
            members.iter().filter_map(named_term).filter_map(|m| alone.take(m)).collect();
        if !members.is_empty() {
            told.story(&story, &members, &mut out)?;
        }
    }
    for article in alone {
        told.article(article, &BTreeSet::new(), &mut out)?;
    }
    out.end()
}

/// A document of one claim a line.
struct Writer<W> {
    writer: W,
    written: u64,
}

impl<W: Write> Writer<W> {
    fn begin(&mut self) -> Result<(), ExportError> {
        let day = json!({ "@type": "Date" });
        let context = json!({
            "@vocab": schema::NAMESPACE, "rp": rp::NAMESPACE,
            "datePublished": day, "dateCreated": day, "url": { "@type": "@id" },
        });
        Ok(write!(self.writer, "{{\"@context\":{context},\n\"@graph\":[")?)
    }

    fn put(&mut self, claim: &Value) -> Result<(), ExportError> {
        let comma = if self.written == 0 { "\n" } else { ",\n" };
        self.written += 1;
        Ok(write!(self.writer, "{comma}{claim}")?)
    }

    fn end(&mut self) -> Result<u64, ExportError> {
        writeln!(self.writer, "\n]}}")?;
        self.writer.flush()?;
        Ok(self.written)
    }
}

/// A place where an article makes a claim.
struct Appearance {
    value: Value,
    speakers: Vec<Value>,
    words: String,
    article: NamedNode,
    day: Option<String>,
    is_asserted: bool,
}

/// What is told of a store.
struct Told<'a> {
    store: &'a Store,
    profile: Profile,
    publication: &'a Publication,
}

impl Told<'_> {
    /// What articles of a story say in common, then what each alone says.
    fn story<W: Write>(
        &self,
        story: &NamedNode,
        articles: &[&NamedNode],
        out: &mut Writer<W>,
    ) -> Result<(), ExportError> {
        let shared = self.shared(story)?;
        let met: BTreeSet<NamedNode> = shared.values().flatten().cloned().collect();
        let mut appearances = BTreeMap::new();
        for article in articles {
            let view = ArticleView::read(self.store, article)?;
            for claim in view.claims(false).into_iter().filter(|claim| met.contains(claim)) {
                let appearance = self.appearance(&view, &claim)?;
                appearances.insert(claim, appearance);
            }
        }
        for (node, claims) in &shared {
            let within: Vec<&Appearance> =
                claims.iter().filter_map(|claim| appearances.get(claim)).collect();
            let label = objects(self.store, node, skos::PREF_LABEL, story)?;
            self.claim(node, label.first().map(text), &within, out)?;
        }
        articles.iter().try_for_each(|article| self.article(article, &met, out))
    }

    /// The claims of a story that several articles make, each with its appearances.
    fn shared(
        &self,
        story: &NamedNode,
    ) -> Result<BTreeMap<NamedNode, BTreeSet<NamedNode>>, ExportError> {
        let mut all: BTreeMap<NamedNode, BTreeSet<NamedNode>> = BTreeMap::new();
        let (database, graph) = (self.store.database(), Some(story.as_ref().into()));
        for quad in database.quads_for_pattern(None, Some(schema::APPEARANCE), None, graph) {
            let quad = quad.map_err(|e| self.store.error(e))?;
            if let (Some(node), Term::NamedNode(claim)) = (named(&quad.subject), quad.object) {
                all.entry(node.clone()).or_default().insert(claim);
            }
        }
        Ok(all)
    }

    /// What an article alone claims.
    fn article<W: Write>(
        &self,
        article: &NamedNode,
        met: &BTreeSet<NamedNode>,
        out: &mut Writer<W>,
    ) -> Result<(), ExportError> {
        let view = ArticleView::read(self.store, article)?;
        for claim in view.claims(false).into_iter().filter(|claim| !met.contains(claim)) {
            let appearance = self.appearance(&view, &claim)?;
            // The claim and the words that make it are two things.
            let node = self.store.iris().shared_claim(&claim);
            self.claim(&node, None, &[&appearance], out)?;
        }
        Ok(())
    }

    fn claim<W: Write>(
        &self,
        node: &NamedNode,
        label: Option<String>,
        appearances: &[&Appearance],
        out: &mut Writer<W>,
    ) -> Result<(), ExportError> {
        let is_wanted = |a: &&Appearance| self.profile != Profile::Facts || a.is_asserted;
        let Some(first) = appearances.first() else { return Ok(()) };
        if !appearances.iter().any(is_wanted) {
            return Ok(());
        }
        let mut claim = Map::new();
        claim.insert("@id".to_owned(), json!(node.as_str()));
        claim.insert("@type".to_owned(), json!("Claim"));
        claim.insert("name".to_owned(), json!(label.unwrap_or_else(|| first.words.clone())));
        let authors: Vec<&Value> = first
            .speakers
            .iter()
            .filter(|speaker| appearances.iter().all(|a| a.speakers.contains(speaker)))
            .collect();
        if !authors.is_empty() {
            claim.insert("author".to_owned(), json!(authors));
        }
        let Publication { created, creator, license } = self.publication;
        if let Some(created) = created {
            claim.insert("dateCreated".to_owned(), json!(created));
        }
        for (term, node) in [("claimInterpreter", creator), ("license", license)] {
            if let Some(node) = node {
                claim.insert(term.to_owned(), json!({ "@id": node.as_str() }));
            }
        }
        if let Some(first) = first_of(appearances) {
            claim.insert("firstAppearance".to_owned(), json!({ "@id": first.value["@id"] }));
        }
        let values: Vec<&Value> = appearances.iter().map(|appearance| &appearance.value).collect();
        claim.insert("appearance".to_owned(), json!(values));
        out.put(&Value::Object(claim))
    }

    /// The words of an article that make a claim, who says so, and how it is put.
    fn appearance(
        &self,
        view: &ArticleView<'_>,
        claim: &NamedNode,
    ) -> Result<Appearance, ExportError> {
        let (article, passages) = (&view.article, view.nodes(claim, rp::EVIDENCE));
        let words = passages.iter().flat_map(|passage| view.objects(passage, oa::EXACT));
        let words = words.map(text).next().unwrap_or_default();
        let mut speakers = Vec::new();
        for speaker in view.subjects(rp::STATED, claim) {
            speakers.push(self.agent(view, speaker)?);
        }
        let mut value = Map::new();
        value.insert("@id".to_owned(), json!(claim.as_str()));
        value.insert("@type".to_owned(), json!("CreativeWork"));
        value.insert("text".to_owned(), json!(words));
        if !speakers.is_empty() {
            value.insert("author".to_owned(), json!(speakers));
        }
        for (term, property) in [("rp:polarity", rp::POLARITY), ("rp:modality", rp::MODALITY)] {
            if let Some(node) = view.nodes(claim, property).first() {
                value.insert(term.to_owned(), json!({ "@id": node.as_str() }));
            }
        }
        value.insert("isPartOf".to_owned(), self.work(view)?);
        Ok(Appearance {
            value: Value::Object(value),
            speakers,
            words,
            article: article.clone(),
            day: view.objects(article, schema::DATE_PUBLISHED).into_iter().map(text).next(),
            is_asserted: !view.objects(claim, rp::ASSERTED).is_empty(),
        })
    }

    /// The article.
    fn work(&self, view: &ArticleView<'_>) -> Result<Value, ExportError> {
        let article = &view.article;
        let mut work = Map::new();
        work.insert("@id".to_owned(), json!(article.as_str()));
        work.insert("@type".to_owned(), json!("NewsArticle"));
        for (term, property) in [
            ("headline", schema::HEADLINE),
            ("url", schema::URL),
            ("datePublished", schema::DATE_PUBLISHED),
        ] {
            if let Some(value) = view.objects(article, property).first() {
                work.insert(term.to_owned(), json!(text(value)));
            }
        }
        if let Some(publisher) = view.nodes(article, schema::PUBLISHER).first() {
            work.insert("publisher".to_owned(), self.agent(view, publisher)?);
        }
        Ok(Value::Object(work))
    }

    /// Who says or publishes something: what it is called, and whether it is a person or
    /// a body.
    fn agent(&self, view: &ArticleView<'_>, node: &NamedNode) -> Result<Value, ExportError> {
        let mut agent = Map::new();
        agent.insert("@id".to_owned(), json!(node.as_str()));
        let classes = self.said(view, node, rdf::TYPE)?;
        for (class, name) in [(schema::PERSON, "Person"), (schema::ORGANIZATION, "Organization")] {
            if classes.contains(&class.into()) {
                agent.insert("@type".to_owned(), json!(name));
            }
        }
        if let Some(label) = self.said(view, node, skos::PREF_LABEL)?.first() {
            agent.insert("name".to_owned(), json!(text(label)));
        }
        Ok(Value::Object(agent))
    }

    /// What is said of a node, in the graph of its article or of all.
    fn said(
        &self,
        view: &ArticleView<'_>,
        node: &NamedNode,
        property: NamedNodeRef<'_>,
    ) -> Result<Vec<Term>, ExportError> {
        if view.owns(node) {
            return Ok(view.objects(node, property).into_iter().cloned().collect());
        }
        objects(self.store, node, property, &self.store.iris().entity_graph())
    }
}

/// The appearance in the article that came first: none where a day is missing, or two articles
/// share the first.
fn first_of<'a>(appearances: &[&'a Appearance]) -> Option<&'a Appearance> {
    let mut days = BTreeMap::new();
    for appearance in appearances {
        // A day, or a moment that begins with one.
        days.insert(&appearance.article, appearance.day.as_deref()?.get(..10)?);
    }
    let first = days.values().min()?;
    let mut of_first = days.iter().filter(|(_, day)| *day == first).map(|(article, _)| *article);
    let article = of_first.next().filter(|_| of_first.next().is_none())?;
    appearances.iter().copied().find(|appearance| appearance.article == *article)
}
