//! What was found in one article, and its renderings.

use std::sync::Arc;

use oxrdf::{IriParseError, Quad};

use crate::export::document::{Findings, json, json_without_tokens};
use crate::extract::{Attribution, Claim, Extraction};
use crate::graph::{ArticleGraph, Iris, article_graph};
use crate::resolve::{Entity, Relations, Resolution, Statement};
use crate::text::{Article, Document};

/// Everything that was found in one article: what it claims, who said it, of
/// whom it speaks, and the layers below. Offsets inside are bytes of
/// [`Article::text`]; JSON and RDF count characters.
///
/// ```
/// use reportedly::{Article, Pipeline};
///
/// let pipeline = Pipeline::builder().build()?;
/// let analysis = pipeline.analyse(Article::new("ferry", "Ada Brook sold a ferry boat in Lisbon."));
///
/// // One line of JSON, as `reportedly analyse --format jsonl` writes it …
/// assert!(analysis.json().starts_with(r#"{"id":"ferry""#));
/// // … and RDF: quads in a named graph of the article.
/// let quads = analysis.quads("https://news.example/")?;
/// let stated = "<https://news.example/entity/ada-brook_person> \
///     <https://w3id.org/reportedly/rel/sells> \
///     <https://news.example/article/ferry/entity/ferry-boat>";
/// assert!(quads.iter().any(|quad| quad.to_string().starts_with(stated)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Analysis {
    pub(super) document: Document,
    pub(super) extraction: Extraction,
    pub(super) resolution: Resolution,
    pub(super) relations: Arc<Relations>,
}

impl Analysis {
    /// The article.
    pub fn article(&self) -> &Article {
        &self.document.article
    }

    /// Its layers: sentences, tokens, tags, trees, names, times, quotations,
    /// mentions and coreference.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What it says: who did what to whom, and how that is put.
    pub fn claims(&self) -> &[Claim] {
        &self.extraction.claims
    }

    /// Whose word its claims are.
    pub fn attributions(&self) -> &[Attribution] {
        &self.extraction.attributions
    }

    /// Claims and attributions together.
    pub fn extraction(&self) -> &Extraction {
        &self.extraction
    }

    /// Of whom and what it speaks.
    pub fn entities(&self) -> &[Entity] {
        &self.resolution.entities
    }

    /// What its claims come to, one for each, in their order: what JSON and RDF render.
    pub fn statements(&self) -> &[Statement] {
        &self.resolution.statements
    }

    /// Its entities, which words refer to them, and its statements.
    pub fn resolution(&self) -> &Resolution {
        &self.resolution
    }

    /// All of it, as the formats of [`export::document`](crate::export::document)
    /// take it.
    pub fn findings(&self) -> Findings<'_> {
        Findings {
            document: &self.document,
            extraction: &self.extraction,
            resolution: &self.resolution,
        }
    }

    /// One line of JSON, without its end, in the format of
    /// `ontology/analysis.schema.json`.
    pub fn json(&self) -> String {
        json(&self.findings())
    }

    /// The same without its words, which are most of it: `tokens` is empty.
    pub fn json_without_tokens(&self) -> String {
        json_without_tokens(&self.findings())
    }

    /// Its graph, with IRIs below a base.
    pub fn graph(&self, iris: &Iris) -> ArticleGraph {
        let Self { document, extraction, resolution, relations } = self;
        article_graph(iris, relations, document, extraction, resolution)
    }

    /// The quads of its graph, and of what its claims share with those of
    /// other articles. `base` is what their IRIs begin with.
    ///
    /// # Errors
    /// Where the base is no absolute IRI.
    pub fn quads(&self, base: &str) -> Result<Vec<Quad>, IriParseError> {
        let ArticleGraph { quads, shared, .. } = self.graph(&Iris::new(base)?);
        Ok(quads.owned().chain(shared.owned()).collect())
    }
}
