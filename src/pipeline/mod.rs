//! The one path of an article through the modules: read → analyse → extract →
//! resolve, ready to be rendered as JSON or RDF.
//!
//! In: an [`Article`](crate::text::Article) (or a [`Document`] that was parsed elsewhere),
//! and what a [`PipelineBuilder`] is given: a model, known entities, declared relations,
//! rules and word lists, all as text or bytes. Out: an [`Analysis`]. Reads no
//! files; the program, the tests, evaluation and training all go this way, so
//! that what is measured is what ships.

mod analysis;
mod builder;
mod error;
mod examples;
mod fingerprint;

use std::sync::Arc;

pub use analysis::Analysis;
pub use builder::PipelineBuilder;
#[cfg(feature = "cli")]
pub(crate) use builder::default_base;
pub use error::PipelineError;
pub use examples::{BrokenExample, Fault, Unmatchable};
use fingerprint::Fingerprint;
pub use fingerprint::{ANALYSIS_VERSION, shipped_digest};

use crate::analyse::Analyser;
use crate::extract::{Extraction, Extractor};
use crate::read::{self, Item};
use crate::resolve::{AssertionPolicy, Decisions, Relations, Resolver};
use crate::text::Document;

/// Everything that turns an article into what it claims. Made once, used for
/// many articles and from many threads; a clone shares all of it.
///
/// ```
/// use reportedly::{Article, Pipeline};
///
/// let pipeline = Pipeline::builder().build()?;
/// let article = Article::new("harbour", "Ada Brook sold the ferry, officials said on Friday.");
/// let analysis = pipeline.analyse(article);
///
/// let claim = &analysis.claims()[0];
/// assert_eq!(analysis.document().slice(claim.subject.span), "Ada Brook");
/// assert_eq!(claim.relation.lemmas, ["sell"]);
/// assert!(claim.attribution.is_some(), "it is the word of officials");
/// # Ok::<(), reportedly::PipelineError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Pipeline {
    stages: Arc<Stages>,
    assertion: AssertionPolicy,
    /// What people decided about entities.
    decisions: Arc<Decisions>,
}

/// What all clones of a pipeline share.
#[derive(Debug)]
struct Stages {
    reading: read::Lists,
    analyser: Analyser,
    extractor: Extractor,
    resolver: Resolver,
    /// Of all that the stages were made of.
    fingerprint: Fingerprint,
}

impl Pipeline {
    /// Starts a pipeline: the one that ships, unless the builder is told otherwise.
    pub fn builder() -> PipelineBuilder {
        PipelineBuilder::default()
    }

    /// What an article says, and of whom. Cannot fail: any text gives an
    /// analysis, a poor one at worst. A document that was parsed elsewhere keeps
    /// its layers and gets those that it lacks.
    pub fn analyse(&self, item: impl Into<Item>) -> Analysis {
        let document = self.document(item);
        let extraction = self.stages.extractor.extract(&document);
        self.resolve(document, extraction)
    }

    /// The layers of an article alone: sentences, tokens, tags, trees, names,
    /// times, quotations, mentions and coreference.
    pub fn document(&self, item: impl Into<Item>) -> Document {
        match item.into() {
            Item::Article(article) => self.stages.analyser.analyse(article),
            Item::Document(document) => self.stages.analyser.complete(document),
        }
    }

    /// Adds the edges of the enhanced representation of Universal Dependencies,
    /// unless the document came with some.
    pub fn enhance(&self, document: &mut Document) {
        if document.tree.extra.is_empty() {
            document.tree.extra = self.stages.extractor.enhanced(document);
        }
    }

    /// The analysis of a document whose claims and attributions are known
    /// already: what is left is to find its entities, and what the claims come to.
    pub fn resolve(&self, document: Document, extraction: Extraction) -> Analysis {
        let resolver = &self.stages.resolver;
        let resolution = resolver.resolve(&document, &extraction, self.assertion, &self.decisions);
        Analysis { document, extraction, resolution, relations: Arc::clone(resolver.relations()) }
    }

    /// The same pipeline with another policy of what is asserted.
    #[must_use]
    pub fn with_assertion(&self, assertion: AssertionPolicy) -> Self {
        Self { assertion, ..self.clone() }
    }

    /// The same pipeline with what people decided about entities. It is no part of the
    /// [`fingerprint`](Self::fingerprint): whoever decides builds again what that touches.
    #[must_use]
    pub fn with_decisions(&self, decisions: Decisions) -> Self {
        Self { decisions: Arc::new(decisions), ..self.clone() }
    }

    /// A name (64 hexadecimal digits) for all that the analysis of an item
    /// follows from: the program's version, its data, what the builder was
    /// given, and the item. The same name means the same analysis.
    pub fn fingerprint(&self, item: &Item) -> String {
        self.stages.fingerprint.of(item, self.assertion)
    }

    /// How inputs are read: as they are by default, but with the word lists of this
    /// pipeline, those of its user among them.
    pub fn reading(&self) -> read::Options {
        read::Options { lists: self.stages.reading.clone(), ..read::Options::default() }
    }

    /// The stage that reads English.
    pub fn analyser(&self) -> &Analyser {
        &self.stages.analyser
    }

    /// The stage that runs the rules.
    pub fn extractor(&self) -> &Extractor {
        &self.stages.extractor
    }

    /// The stage that knows entities.
    pub fn resolver(&self) -> &Resolver {
        &self.stages.resolver
    }

    /// The declared relations that claims may express.
    pub fn relations(&self) -> &Relations {
        self.stages.resolver.relations()
    }
}
