//! The path of one article through the modules, and what it needs on the way.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::analyse::{Analyser, KnownNames, Model};
use crate::extract::{Extraction, Extractor};
use crate::graph::declared::Relations;
use crate::graph::{Assertion, embedded_gazetteer, gazetteer_entries};
use crate::read::Item;
use crate::resolve::{Resolution, Resolver};
use crate::text::Document;

/// What the user puts in the place of what ships, or adds to it.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// More known entities, in the terms of ontology/gazetteer.ttl; may be repeated
    #[arg(long, value_name = "FILE.ttl")]
    gazetteer: Vec<PathBuf>,
    /// More relations, in the terms of ontology/relations.ttl; may be repeated. One
    /// of the IRI of a shipped one takes its place
    #[arg(long, value_name = "FILE.ttl")]
    ontology: Vec<PathBuf>,
    /// Folder of more rules (.rule) and word lists (.tsv); one of the name of a
    /// shipped one takes its place
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Another model of English
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

/// All that turns what was read into what is claimed. Made once, used by many threads.
pub(crate) struct Pipeline {
    analyser: Analyser,
    extractor: Extractor,
    resolver: Resolver,
    /// What claims may express.
    pub(crate) relations: Relations,
    /// Of all that the pipeline is made of.
    digest: Sha256,
}

impl Pipeline {
    /// The pipeline that ships, with what the user adds.
    pub(crate) fn load(flags: &Flags) -> anyhow::Result<Self> {
        let mut digest = Sha256::new();
        digest.update(env!("REPORTEDLY_SOURCES"));
        let mut gazetteer = embedded_gazetteer()?;
        for path in &flags.gazetteer {
            let text = read(path, &mut digest)?;
            gazetteer.extend(gazetteer_entries(&text, &path.display().to_string())?);
        }
        let mut relations = Relations::embedded()?;
        for path in &flags.ontology {
            relations.read(&read(path, &mut digest)?, &path.display().to_string())?;
        }
        let extractor = extractor(flags.rules.as_deref(), &mut digest)?;
        let analyser = analyser(flags.model.as_deref(), &mut digest)?;
        let analyser = analyser.with_names(KnownNames::new(gazetteer.names()));
        let resolver = Resolver::new(gazetteer);
        Ok(Self { analyser, extractor, resolver, relations, digest })
    }

    /// What an article says, and of whom.
    pub(crate) fn run(&self, item: Item) -> (Document, Extraction, Resolution) {
        let document = self.analyse(item);
        let extraction = self.extractor.extract(&document);
        let resolution = self.resolver.resolve(&document, &extraction);
        (document, extraction, resolution)
    }

    /// The layers of an article; a document gets those that it lacks.
    pub(crate) fn analyse(&self, item: Item) -> Document {
        match item {
            Item::Document(document) => self.analyser.complete(document),
            Item::Article(article) => self.analyser.analyse(article),
        }
    }

    /// Adds the edges of the enhanced representation, unless they came with it.
    pub(crate) fn enhance(&self, document: &mut Document) {
        if document.tree.extra.is_empty() {
            document.tree.extra = self.extractor.enhanced(document);
        }
    }

    /// Tells whether the graph of an article would be the same again.
    pub(crate) fn digest(&self, item: &Item, assertion: Assertion) -> String {
        let mut digest = self.digest.clone();
        digest.update([assertion as u8, u8::from(matches!(item, Item::Document(_)))]);
        let json = match item {
            Item::Article(article) => serde_json::to_vec(article),
            Item::Document(document) => serde_json::to_vec(document),
        };
        // Articles are plain data: there is always JSON of them.
        digest.update(json.unwrap_or_default());
        let bytes: [u8; 32] = digest.finalize().into();
        bytes.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

/// The analyser that ships, as articles are read with it: evaluation scores
/// this one.
pub(crate) fn shipped_analyser() -> anyhow::Result<Analyser> {
    let gazetteer = embedded_gazetteer()?;
    Ok(Analyser::english()?.with_names(KnownNames::new(gazetteer.names())))
}

/// The analyser with the model that ships, or with another.
fn analyser(model: Option<&Path>, digest: &mut Sha256) -> anyhow::Result<Analyser> {
    let Some(path) = model else { return Ok(Analyser::english()?) };
    let name = || path.display().to_string();
    let bytes = std::fs::read(path).with_context(name)?;
    digest.update((bytes.len() as u64).to_le_bytes());
    digest.update(&bytes);
    Ok(Analyser::with_model(Model::read(&bytes).with_context(name)?)?)
}

/// The extractor that ships, with the rules and word lists of a folder.
fn extractor(folder: Option<&Path>, digest: &mut Sha256) -> anyhow::Result<Extractor> {
    let (mut rules, mut lists) = (Vec::new(), Vec::new());
    for entry in folder.into_iter().flat_map(|f| WalkDir::new(f).sort_by_file_name()) {
        let path = entry?.into_path();
        let of_kind = match path.extension().and_then(|e| e.to_str()) {
            Some("rule") => &mut rules,
            Some("tsv") => &mut lists,
            _ => continue,
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        of_kind.push((name, read(&path, digest)?));
    }
    Ok(Extractor::new(&borrowed(&rules), &borrowed(&lists))?)
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

/// Reads a file that changes what the pipeline does.
fn read(path: &Path, digest: &mut Sha256) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    digest.update((text.len() as u64).to_le_bytes());
    digest.update(&text);
    Ok(text)
}
