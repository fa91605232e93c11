//! Articles and the named things in them as entities of FollowTheMoney, a JSON object a
//! line, for Aleph and what else reads them.
//!
//! An article is an `Article`, a person a `Person`, a body an `Organization`, or a
//! `Company` or `PublicBody` where its own name says so, a place that is linked to a
//! knowledge base an `Address`. `Documentation` joins each to the articles that speak
//! of it, `Mention` tells by which names. Ids are digests of the IRIs of the graph, so
//! that a second export gives the same. What FollowTheMoney has no place for (events,
//! products, phrases, claims) is left out.
//!
//! <https://followthemoney.tech/>

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use oxrdf::{NamedNode, NamedNodeRef, Term};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::claims::{ArticleView, links, objects, text};
use super::ftm_schema::{FtmSchema, schema_of};
use super::{ExportError, Profile};
use crate::graph::Store;
use crate::graph::vocabulary::{oa, rdf, rp, schema, skos};
use crate::resolve::Authority;
use crate::text::hex;

/// How many entities of each schema were written.
pub type FtmSummary = BTreeMap<&'static str, u64>;

/// Writes some articles, and what is named in them. Held in memory are the graph of one
/// article at a time, and the names of what several articles share.
pub fn write_ftm(
    store: &Store,
    articles: &[NamedNode],
    profile: Profile,
    writer: impl Write,
) -> Result<FtmSummary, ExportError> {
    let mut out = Writer { writer, store, shared: BTreeMap::new(), summary: FtmSummary::new() };
    for article in articles {
        out.article(&ArticleView::read_as(store, article, profile)?)?;
    }
    out.shared()?;
    out.writer.flush()?;
    Ok(out.summary)
}

struct Writer<'a, W: Write> {
    writer: W,
    store: &'a Store,
    /// What several articles may speak of, and what each is; nothing where it is left out.
    shared: BTreeMap<NamedNode, Option<FtmSchema>>,
    summary: FtmSummary,
}

/// The properties of an entity: each has several values.
#[derive(Default)]
struct Properties(Map<String, Value>);

impl Properties {
    fn add(&mut self, name: &str, values: impl IntoIterator<Item = String>) {
        let values: BTreeSet<String> = values.into_iter().filter(|v| !v.is_empty()).collect();
        if !values.is_empty() {
            self.0.insert(name.to_owned(), json!(values));
        }
    }

    fn of(pairs: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        let mut properties = Self::default();
        for (name, value) in pairs {
            properties.add(name, [value]);
        }
        properties
    }
}

impl<W: Write> Writer<'_, W> {
    fn put(
        &mut self,
        id: &str,
        schema: FtmSchema,
        properties: Properties,
    ) -> Result<(), ExportError> {
        let name = schema.name();
        let entity = json!({ "id": id, "schema": name, "properties": properties.0 });
        writeln!(self.writer, "{entity}")?;
        *self.summary.entry(name).or_default() += 1;
        Ok(())
    }

    fn article(&mut self, view: &ArticleView<'_>) -> Result<(), ExportError> {
        let (node, id) = (&view.article, id(&[view.article.as_str()]));
        let mut properties = Properties::default();
        for (property, name) in [
            (schema::HEADLINE, "title"),
            (schema::AUTHOR, "author"),
            (schema::DATE_PUBLISHED, "publishedAt"),
            (schema::URL, "sourceUrl"),
            (rp::TEXT, "bodyText"),
        ] {
            properties.add(name, view.objects(node, property).into_iter().map(text));
        }
        // Three letters, as FollowTheMoney has them; the pipeline reads English.
        let languages = view.objects(node, schema::IN_LANGUAGE).into_iter().map(text);
        properties.add("language", languages.filter(is_english).map(|_| "eng".to_owned()));
        if let Some(publisher) = view.nodes(node, schema::PUBLISHER).first().copied() {
            let labels = self.labels(view, publisher, skos::PREF_LABEL)?;
            properties.add("publisher", labels);
        }
        self.put(&id, FtmSchema::Article, properties)?;
        let named: BTreeSet<&NamedNode> = view.all_nodes().collect();
        for thing in named {
            if let Some(kind) = self.kind(view, thing)? {
                self.thing(view, thing, kind)?;
            }
        }
        Ok(())
    }

    /// What a node is to FollowTheMoney, if anything.
    fn kind(
        &mut self,
        view: &ArticleView<'_>,
        node: &NamedNode,
    ) -> Result<Option<FtmSchema>, ExportError> {
        if view.owns(node) {
            let classes: Vec<Term> = view.objects(node, rdf::TYPE).into_iter().cloned().collect();
            let labels = self.labels(view, node, skos::PREF_LABEL)?;
            return Ok(schema_of(&classes, &labels, false));
        }
        if !node.as_str().starts_with(&self.store.iris().entities()) {
            return Ok(None);
        }
        if let Some(&kind) = self.shared.get(node) {
            return Ok(kind);
        }
        let classes = objects(self.store, node, rdf::TYPE, &self.store.iris().entity_graph())?;
        let labels = self.labels(view, node, skos::PREF_LABEL)?;
        let kind = schema_of(&classes, &labels, !links(self.store, node)?.is_empty());
        self.shared.insert(node.clone(), kind);
        Ok(kind)
    }

    /// The names of a node, in the graph of its article or of all.
    fn labels(
        &self,
        view: &ArticleView<'_>,
        node: &NamedNode,
        property: NamedNodeRef<'_>,
    ) -> Result<Vec<String>, ExportError> {
        if view.owns(node) {
            return Ok(view.objects(node, property).into_iter().map(text).collect());
        }
        let found = objects(self.store, node, property, &self.store.iris().entity_graph())?;
        Ok(found.iter().map(text).collect())
    }

    /// A thing that an article speaks of: itself, where it is of this article alone; that
    /// the article documents it; and the names that it has there.
    fn thing(
        &mut self,
        view: &ArticleView<'_>,
        node: &NamedNode,
        kind: FtmSchema,
    ) -> Result<(), ExportError> {
        let (article, thing) = (view.article.as_str(), node.as_str());
        let (labels, others) =
            (self.labels(view, node, skos::PREF_LABEL)?, self.labels(view, node, skos::ALT_LABEL)?);
        if view.owns(node) {
            self.put(&id(&[thing]), kind, names(kind, &labels, &others))?;
        }
        let is_source = view.about(node).any(|triple| triple.predicate == rp::STATED);
        let role = if is_source { "source" } else { "mentioned" };
        let properties = Properties::of([
            ("document", id(&[article])),
            ("entity", id(&[thing])),
            ("role", role.to_owned()),
        ]);
        self.put(&id(&[article, thing]), FtmSchema::Documentation, properties)?;
        let mentioned: BTreeSet<String> = view
            .mentioning(node)
            .flat_map(|passage| view.objects(passage, oa::EXACT))
            .map(text)
            .filter(|words| labels.contains(words) || others.contains(words))
            .collect();
        for name in mentioned {
            let id_of_mention = id(&[article, thing, &name]);
            let properties = Properties::of([
                ("document", id(&[article])),
                ("name", name),
                ("resolved", id(&[thing])),
                ("detectedSchema", kind.name().to_owned()),
            ]);
            self.put(&id_of_mention, FtmSchema::Mention, properties)?;
        }
        Ok(())
    }

    /// What several articles may speak of.
    fn shared(&mut self) -> Result<(), ExportError> {
        let graph = self.store.iris().entity_graph();
        for (node, kind) in std::mem::take(&mut self.shared) {
            let Some(kind) = kind else { continue };
            let texts = |property| -> Result<Vec<String>, ExportError> {
                Ok(objects(self.store, &node, property, &graph)?.iter().map(text).collect())
            };
            let (labels, others) = (texts(skos::PREF_LABEL)?, texts(skos::ALT_LABEL)?);
            let mut properties = names(kind, &labels, &others);
            let targets = links(self.store, &node)?;
            properties.add("wikidataId", targets.iter().filter_map(wikidata));
            self.put(&id(&[node.as_str()]), kind, properties)?;
        }
        Ok(())
    }
}

/// The names of a thing; a place also has its name for its address.
fn names(kind: FtmSchema, labels: &[String], others: &[String]) -> Properties {
    let mut properties = Properties::default();
    properties.add("name", labels.iter().cloned());
    let (weak, full): (Vec<&String>, Vec<&String>) =
        others.iter().partition(|name| !name.contains(' '));
    properties.add("alias", full.into_iter().cloned());
    // One word can mean many.
    properties.add("weakAlias", weak.into_iter().cloned());
    if kind == FtmSchema::Address {
        properties.add("full", labels.iter().cloned());
    }
    properties
}

fn is_english(tag: &String) -> bool {
    tag == "en" || tag.starts_with("en-")
}

/// The id of an item of Wikidata.
fn wikidata(target: &Term) -> Option<String> {
    match Authority::of_iri(&text(target)) {
        Some((Authority::Wikidata, id)) => Some(id.to_string()),
        _ => None,
    }
}

/// The id of what these IRIs and names stand for together.
fn id(parts: &[&str]) -> String {
    let digest = Sha256::digest(parts.join("\n"));
    format!("rp-{}", hex(&digest[..20]))
}
