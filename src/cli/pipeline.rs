//! The flags that change the pipeline, and the files that they name.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::graph::{Activity, Used};
use crate::pipeline::{Pipeline, PipelineBuilder, default_base, shipped_digest};
use crate::resolve::{AssertionPolicy, CompiledBase, KnowledgeBase};
use crate::text::hex;

/// What the user puts in the place of what ships, or adds to it.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// More known entities, in the terms of ontology/gazetteer.ttl; may be repeated
    #[arg(long, value_name = "FILE.ttl")]
    gazetteer: Vec<PathBuf>,
    /// A knowledge base that `kb build` compiled, asked after the gazetteer; may be
    /// repeated
    #[arg(long, value_name = "FILE.kb")]
    kb: Vec<PathBuf>,
    /// Leave out the knowledge base that ships, which is asked after all others
    #[arg(long)]
    no_default_kb: bool,
    /// More relations, in the terms of ontology/relations.ttl; may be repeated. One
    /// of the IRI of a shipped one takes its place
    #[arg(long, value_name = "FILE.ttl")]
    ontology: Vec<PathBuf>,
    /// Folder of more rules (.rule) and word lists (.tsv). A rule of the name of a
    /// shipped one takes its place; a list is merged with the shipped one of its name,
    /// whichever module it is of, line by line, and a line `-word` takes one out
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Another model of English
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

impl Flags {
    /// The pipeline that ships, with what the user adds.
    pub(crate) fn builder(&self) -> anyhow::Result<PipelineBuilder> {
        let mut builder = Pipeline::builder();
        for path in &self.gazetteer {
            builder = builder.gazetteer(name(path), text(path)?);
        }
        for path in &self.kb {
            builder = builder.knowledge_base(knowledge_base(path)?);
        }
        if self.no_default_kb {
            builder = builder.without_default_base();
        }
        for path in &self.ontology {
            builder = builder.ontology(name(path), text(path)?);
        }
        if let Some(folder) = &self.rules {
            builder = rules(builder, folder)?;
        }
        if let Some(path) = &self.model {
            builder = builder.model(name(path), std::fs::read(path).with_context(|| name(path))?);
        }
        Ok(builder)
    }

    /// The same flags for another process of this program.
    pub(crate) fn arguments(&self) -> Vec<OsString> {
        let files = [
            ("--gazetteer", self.gazetteer.as_slice()),
            ("--kb", &self.kb),
            ("--ontology", &self.ontology),
            ("--rules", self.rules.as_slice()),
            ("--model", self.model.as_slice()),
        ];
        let each = |(flag, paths): (&'static str, &[PathBuf])| {
            paths.iter().flat_map(|path| [flag.into(), path.into()]).collect::<Vec<OsString>>()
        };
        let switch = self.no_default_kb.then(|| "--no-default-kb".into());
        files.into_iter().flat_map(each).chain(switch).collect()
    }

    /// Refuses words of the user's relations that can never be found, and names the
    /// examples of the user's rules and relations that do not hold.
    pub(crate) fn check(&self, pipeline: &Pipeline) -> anyhow::Result<()> {
        let mut names: Vec<String> = self.ontology.iter().map(|path| name(path)).collect();
        if let Some(folder) = &self.rules {
            names.extend(files(folder)?.iter().map(|path| name(path)));
        }
        let is_given = |file: &str| names.iter().any(|name| name == file);
        if let Some(wrong) = pipeline.unmatchable_words(is_given).first() {
            bail!("{wrong}");
        }
        for example in pipeline.broken_examples(is_given) {
            anstream::eprintln!("warning: {example}");
        }
        Ok(())
    }

    /// What a build with these flags is made with.
    pub(crate) fn activity(&self, assertion: AssertionPolicy) -> anyhow::Result<Activity> {
        let version = env!("CARGO_PKG_VERSION");
        let model = if self.model.is_some() { "" } else { "model, " };
        let shipped =
            format!("{model}rules, word lists, relations and known entities of {version}");
        let digest = shipped_digest();
        let mut used = vec![Used { role: "data".to_owned(), name: shipped, digest }];
        for path in &self.gazetteer {
            used.push(file("gazetteer", path)?);
        }
        for path in &self.kb {
            used.push(file("knowledge base", path)?);
        }
        if !self.no_default_kb {
            let (name, digest) = (format!("entities of {version}"), default_base()?.version());
            used.push(Used { role: "knowledge base".to_owned(), name, digest });
        }
        for path in &self.ontology {
            used.push(file("ontology", path)?);
        }
        if let Some(folder) = &self.rules {
            for path in files(folder)? {
                used.push(file("rules", &path)?);
            }
        }
        if let Some(path) = &self.model {
            used.push(file("model", path)?);
        }
        let parts: Vec<&str> = used.iter().flat_map(|u| [&*u.role, &*u.digest]).collect();
        let digest = sha256(format!("{assertion:?} {}", parts.join(" ")).as_bytes());
        Ok(Activity { digest, used })
    }
}

/// A file, as something that a build uses. Its path is of no concern to others.
fn file(role: &str, path: &Path) -> anyhow::Result<Used> {
    let bytes = std::fs::read(path).with_context(|| name(path))?;
    let name = path.file_name().map_or_else(|| name(path), |n| n.to_string_lossy().into_owned());
    Ok(Used { role: role.to_owned(), name, digest: sha256(&bytes) })
}

/// A compiled knowledge base, called by its file's name without the ending.
pub(super) fn knowledge_base(path: &Path) -> anyhow::Result<CompiledBase> {
    let bytes = std::fs::read(path).with_context(|| name(path))?;
    let stem = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy();
    Ok(CompiledBase::new(&stem, &name(path), bytes)?)
}

fn sha256(bytes: &[u8]) -> String {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    hex(&digest)
}

/// Adds the rules and word lists of a folder and those below it, by path.
fn rules(mut builder: PipelineBuilder, folder: &Path) -> anyhow::Result<PipelineBuilder> {
    for path in files(folder)? {
        builder = match path.extension().and_then(|e| e.to_str()) {
            Some("rule") => builder.rules(name(&path), text(&path)?),
            Some("tsv") => builder.word_list(name(&path), text(&path)?),
            _ => bail!("{}: neither a rule (.rule) nor a word list (.tsv)", path.display()),
        };
    }
    Ok(builder)
}

pub(super) fn name(path: &Path) -> String {
    path.display().to_string()
}

/// The files of a folder and of the folders in it, by name, without those whose
/// name starts with a full stop or with `README`.
pub(super) fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy();
        if entry.file_type().is_file() && !name.starts_with('.') && !name.starts_with("README") {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

pub(super) fn text(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| name(path))
}
