//! A pipeline from what ships and what the user adds.

use std::sync::Arc;

use super::fingerprint::Fingerprint;
use super::{Pipeline, PipelineError, Stages};
use crate::analyse::{self, Analyser, KnownNames, Model};
use crate::extract::{self, Extractor, ExtractorError};
use crate::graph::{declared_relations, embedded_gazetteer, embedded_relations, gazetteer_entries};
use crate::read;
use crate::resolve::{self, AssertionPolicy, CompiledBase, CompiledError, KnowledgeBase, Resolver};
use crate::text::table::TableError;
use crate::text::{self, lexicon::Lexicon};

/// What a [`Pipeline`] is made of. Every default is what ships in the program,
/// complete; each method adds to it or puts something in its place. Files are
/// given by their names, for errors, and their contents.
///
/// ```
/// use reportedly::Pipeline;
///
/// let pipeline = Pipeline::builder()
///     .gazetteer("mine.ttl", r#"
///         @prefix schema: <https://schema.org/> .
///         @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
///         <https://news.example/known/harbour-courier> a schema:NewsMediaOrganization ;
///             skos:prefLabel "Harbour Courier"@en .
///     "#)
///     .build()?;
/// # Ok::<(), reportedly::PipelineError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a builder makes nothing until it is built"]
pub struct PipelineBuilder {
    model: Option<(String, Vec<u8>)>,
    gazetteers: Vec<Text>,
    knowledge_bases: Vec<Arc<dyn KnowledgeBase>>,
    ontologies: Vec<Text>,
    rules: Vec<Text>,
    word_lists: Vec<Text>,
    left_out: Vec<String>,
    assertion: AssertionPolicy,
    without_default_base: bool,
}

/// What links say that they were found by in the base that ships.
const DEFAULT_BASE: &str = "entities";

/// The knowledge base that ships.
pub(crate) fn default_base() -> Result<CompiledBase, CompiledError> {
    CompiledBase::shipped(DEFAULT_BASE, reportedly_entities::ENTITIES)
}

/// A file by its name and contents.
#[derive(Clone, Debug)]
struct Text {
    name: String,
    contents: String,
}

impl Text {
    fn new(name: impl Into<String>, contents: impl Into<String>) -> Self {
        Self { name: name.into(), contents: contents.into() }
    }

    fn pair(&self) -> (&str, &str) {
        (&self.name, &self.contents)
    }
}

impl PipelineBuilder {
    /// Another model of English, in place of the one that ships.
    pub fn model(mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.model = Some((name.into(), bytes.into()));
        self
    }

    /// More known entities: Turtle in the terms of `ontology/gazetteer.ttl`. An
    /// entity of the IRI of an earlier one takes its place.
    pub fn gazetteer(mut self, name: impl Into<String>, turtle: impl Into<String>) -> Self {
        self.gazetteers.push(Text::new(name, turtle));
        self
    }

    /// Somebody else who knows entities. It is asked after the gazetteer and after
    /// those that were added before; the first that knows an entity is heeded. Those
    /// whose candidates have a prior, as those of a
    /// [`CompiledBase`](crate::resolve::CompiledBase) do, come last, and are weighed
    /// together.
    pub fn knowledge_base(mut self, base: impl KnowledgeBase + 'static) -> Self {
        self.knowledge_bases.push(Arc::new(base));
        self
    }

    /// Leaves out the knowledge base that ships: links come from the gazetteer, and from
    /// what is added.
    pub fn without_default_base(mut self) -> Self {
        self.without_default_base = true;
        self
    }

    /// More declared relations: Turtle in the terms of `ontology/relations.ttl`.
    /// One of the IRI of a shipped one takes its place.
    pub fn ontology(mut self, name: impl Into<String>, turtle: impl Into<String>) -> Self {
        self.ontologies.push(Text::new(name, turtle));
        self
    }

    /// More rules, in the language of `src/extract/rules/README.md`. A rule of
    /// the name of a shipped one takes its place.
    pub fn rules(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.rules.push(Text::new(name, text));
        self
    }

    /// A word list, merged line by line with the shipped one of the same file name
    /// (`cues.tsv`; see [`Table::merge`](crate::text::table::Table::merge)), or a new
    /// one for rules of your own.
    pub fn word_list(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.word_lists.push(Text::new(name, text));
        self
    }

    /// Leaves out a family of shipped rules, a file or folder of
    /// `src/extract/rules`, to see what it adds.
    pub fn without_rules(mut self, family: impl Into<String>) -> Self {
        self.left_out.push(family.into());
        self
    }

    /// Whose positive, actual claims are asserted; the article's own unless said
    /// otherwise.
    pub fn assertion(mut self, assertion: AssertionPolicy) -> Self {
        self.assertion = assertion;
        self
    }

    /// Reads all of it.
    ///
    /// # Errors
    /// Where something that the builder was given is broken: the error names
    /// the file, and the line where there is one.
    pub fn build(self) -> Result<Pipeline, PipelineError> {
        let fingerprint = self.fingerprint();
        let mut gazetteer = embedded_gazetteer()?;
        for Text { name, contents } in &self.gazetteers {
            gazetteer.extend(gazetteer_entries(contents, name)?);
        }
        let mut bases: Vec<Arc<dyn KnowledgeBase>> = vec![Arc::new(gazetteer)];
        bases.extend(self.knowledge_bases.iter().cloned());
        if !self.without_default_base {
            bases.push(Arc::new(default_base()?));
        }
        let mut relations = embedded_relations()?;
        for Text { name, contents } in &self.ontologies {
            relations.extend(declared_relations(contents, name)?);
        }
        let names = KnownNames::new(bases.iter().flat_map(|base| base.names()));
        let lists = self.lists().map_err(ExtractorError::from)?;
        let reading = read::Lists::new(&lists).map_err(ExtractorError::from)?;
        let analyser = self.analyser()?.with_lists(&lists).map_err(ExtractorError::from)?;
        let analyser = analyser.with_names(names);
        let resolver = Resolver::new(bases, relations).with_lists(&lists);
        let resolver = resolver.map_err(ExtractorError::from)?;
        let extractor = self.extractor(lists)?;
        let stages = Stages { reading, analyser, extractor, resolver, fingerprint };
        let decisions = Arc::default();
        Ok(Pipeline { stages: Arc::new(stages), assertion: self.assertion, decisions })
    }

    fn analyser(&self) -> Result<Analyser, PipelineError> {
        let Some((name, bytes)) = &self.model else { return Ok(Analyser::english()?) };
        let model = Model::read(bytes)
            .map_err(|source| PipelineError::Model { name: name.clone(), source })?;
        Ok(Analyser::with_model(model)?)
    }

    /// The word lists of all modules, with those of the user. A list of another name
    /// is one that the user's rules name.
    fn lists(&self) -> Result<Lexicon, TableError> {
        let shipped = text::word_lists().chain(read::word_lists()).chain(analyse::word_lists());
        let shipped = shipped.chain(extract::word_lists()).chain(resolve::word_lists());
        let users = self.word_lists.iter().map(Text::pair);
        let is_used =
            |list: &str| self.rules.iter().any(|text| extract::names_list(&text.contents, list));
        Lexicon::merged(shipped, users, is_used)
    }

    fn extractor(&self, lists: Lexicon) -> Result<Extractor, ExtractorError> {
        let rules: Vec<_> = self.rules.iter().map(Text::pair).collect();
        Extractor::new(&rules, lists, &self.left_out)
    }

    /// Of all that changes what the pipeline does. Kinds of files are told
    /// apart, so that no two sets of them read the same.
    fn fingerprint(&self) -> Fingerprint {
        let mut fingerprint = Fingerprint::shipped();
        if let Some((name, bytes)) = &self.model {
            fingerprint.add("model", name, bytes);
        }
        let texts = [
            ("gazetteer", &self.gazetteers),
            ("ontology", &self.ontologies),
            ("rules", &self.rules),
            ("word list", &self.word_lists),
        ];
        for (kind, texts) in texts {
            for Text { name, contents } in texts {
                fingerprint.add(kind, name, contents.as_bytes());
            }
        }
        for base in &self.knowledge_bases {
            fingerprint.add("knowledge base", base.name(), base.version().as_bytes());
        }
        for family in &self.left_out {
            fingerprint.add("left out", family, &[]);
        }
        if self.without_default_base {
            fingerprint.add("left out", DEFAULT_BASE, &[]);
        }
        fingerprint
    }
}
